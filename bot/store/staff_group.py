"""Tables `staff_group` and `caseworker`: the team's group and who belongs to it."""

import sqlite3

from bot.domain import Caseworker, ChatId, StaffGroup, TopicId
from bot.store.database import Transaction

COLUMNS = "id, chat_id, title, problems, is_reachable, faq_topic_id"


def _read(row: sqlite3.Row) -> StaffGroup:
    return StaffGroup(
        id=row["id"],
        chat_id=ChatId(row["chat_id"]),
        title=row["title"],
        problems=tuple(filter(None, row["problems"].split(","))),
        is_reachable=bool(row["is_reachable"]),
        faq_topic_id=row["faq_topic_id"],
    )


async def get_current(tx: Transaction) -> StaffGroup | None:
    """The team's group, or None in set-up mode."""
    row = await tx.one(f"SELECT {COLUMNS} FROM staff_group WHERE is_current = 1")
    return None if row is None else _read(row)


async def get(tx: Transaction, group_id: int) -> StaffGroup | None:
    """A group by our number, or None."""
    row = await tx.one(f"SELECT {COLUMNS} FROM staff_group WHERE id = ?", (group_id,))
    return None if row is None else _read(row)


async def get_by_configured_chat(tx: Transaction, chat_id: ChatId) -> StaffGroup | None:
    """The group that a setting names by its present or its former chat id, or None."""
    row = await tx.one(
        f"SELECT {COLUMNS} FROM staff_group WHERE chat_id = ? OR configured_chat_id = ?"
        " ORDER BY is_current DESC LIMIT 1",
        (chat_id, chat_id),
    )
    return None if row is None else _read(row)


async def set_current(tx: Transaction, chat_id: ChatId) -> None:
    """This group is the team's from now on; any former one is no longer."""
    await tx.execute("UPDATE staff_group SET is_current = 0 WHERE chat_id <> ?", (chat_id,))
    await tx.execute(
        "INSERT INTO staff_group (chat_id, is_current) VALUES (?, 1)"
        " ON CONFLICT (chat_id) DO UPDATE SET is_current = 1, is_reachable = 1",
        (chat_id,),
    )


async def set_migrated(tx: Transaction, old_chat_id: ChatId, new_chat_id: ChatId) -> None:
    """Telegram has given the group another id: follow it, and remember what the setting says."""
    await tx.execute(
        "UPDATE staff_group SET configured_chat_id = coalesce(configured_chat_id, chat_id),"
        " chat_id = ? WHERE chat_id = ?",
        (new_chat_id, old_chat_id),
    )


async def set_state(
    tx: Transaction, group_id: int, title: str, problems: tuple[str, ...], is_reachable: bool
) -> None:
    """What an inspection found."""
    await tx.execute(
        "UPDATE staff_group SET title = ?, problems = ?, is_reachable = ? WHERE id = ?",
        (title, ",".join(problems), is_reachable, group_id),
    )


async def set_reachable(tx: Transaction, group_id: int, is_reachable: bool) -> None:
    """Whether the robot can write to the group at all."""
    await tx.execute(
        "UPDATE staff_group SET is_reachable = ? WHERE id = ?", (is_reachable, group_id)
    )


async def set_faq_topic(tx: Transaction, group_id: int, topic: TopicId | None) -> None:
    """Where the FAQ is talked about; None when that topic is gone."""
    await tx.execute("UPDATE staff_group SET faq_topic_id = ? WHERE id = ?", (topic, group_id))


async def set_member(
    tx: Transaction, group_id: int, user_id: int, first_name: str, is_member: bool
) -> None:
    """Somebody belongs to the group, or has left it."""
    await tx.execute(
        "INSERT INTO caseworker (staff_group_id, user_id, first_name, is_member)"
        " VALUES (?, ?, ?, ?) ON CONFLICT (staff_group_id, user_id) DO UPDATE SET"
        " first_name = excluded.first_name, is_member = excluded.is_member",
        (group_id, user_id, first_name, is_member),
    )


async def get_membership(tx: Transaction, group_id: int, user_id: int) -> bool | None:
    """True for a member, False for somebody who left, None for somebody never seen."""
    row = await tx.one(
        "SELECT is_member FROM caseworker WHERE staff_group_id = ? AND user_id = ?",
        (group_id, user_id),
    )
    return None if row is None else bool(row["is_member"])


async def list_members(tx: Transaction, group_id: int) -> list[Caseworker]:
    """The caseworkers seen in the group who have not left."""
    rows = await tx.all(
        "SELECT user_id, first_name FROM caseworker WHERE staff_group_id = ? AND is_member = 1"
        " ORDER BY first_name",
        (group_id,),
    )
    return [Caseworker(row["user_id"], row["first_name"]) for row in rows]
