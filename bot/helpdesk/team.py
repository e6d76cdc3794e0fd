"""The team's group: registering it, its rights, who belongs to it, its migration."""

import hmac

from bot.domain import Beneficiary, ChatId, Priority, StaffGroup, Words
from bot.helpdesk import desk_presses, members
from bot.helpdesk.context import Helpdesk
from bot.helpdesk.desk import receive_from_member
from bot.helpdesk.incoming import Incoming, StaffSender
from bot.outgoing import FAQ, GENERAL, NOWHERE, InspectGroup, LeaveChat, SendText, VerifyMember
from bot.outgoing import chat as to_chat
from bot.store import beneficiary as people
from bot.store import fact, outbox, staff_group
from bot.texts import fill

SETUP_CODE = "setup_code"  # fact: the one-time code printed in the terminal
ADMINISTRATORS = ("creator", "administrator")
MEMBERS = (*ADMINISTRATORS, "member", "restricted")


async def register(
    desk: Helpdesk, chat_id: ChatId, sender: StaffSender, said: Incoming, code: str
) -> None:
    """`/rattacher <code>` in a group: the right code first, then whether she administrates it."""
    expected = await fact.get(desk.tx, SETUP_CODE)
    if expected is None:
        return
    if not hmac.compare_digest(expected.encode(), code.strip().lower().encode()):
        await _say_in(desk, chat_id, said, desk.texts.team.wrong_code)
    elif sender.is_anonymous:
        await _say_in(desk, chat_id, said, desk.texts.team.anonymous)
    else:
        verify = VerifyMember(
            chat_id, sender.user_id, sender.first_name, "register", message=said.message
        )
        await desk.loose(verify)


async def _say_in(desk: Helpdesk, chat_id: ChatId, said: Incoming, text: str) -> None:
    body = SendText(fill(text), reply_to=said.message)
    await outbox.add(desk.tx, to_chat(chat_id), body, Priority.OTHER, desk.now)


async def press(
    desk: Helpdesk, group: StaffGroup, sender: StaffSender, token: str, press_id: str
) -> None:
    """A press in the team's group: checked like a message; a stranger is looked up first."""
    membership = await staff_group.get_membership(desk.tx, group.id, sender.user_id)
    if membership:
        await desk_presses.press(desk, group, sender, token, press_id)
    elif membership is False:
        await desk.answer_press(press_id, desk.texts.team.not_member, is_alert=True)
    else:
        verify = VerifyMember(
            group.chat_id,
            sender.user_id,
            sender.first_name,
            f"press:{token}",
            press_id=press_id,
            topic=sender.topic,
        )
        await desk.loose(verify, coalesce_key=f"verify:{press_id}")


async def on_verified(desk: Helpdesk, verify: VerifyMember, status: str) -> None:
    """Telegram has said what somebody is in the group: do the act that waited, or refuse it."""
    sender = StaffSender(verify.user_id, verify.first_name, verify.topic)
    if verify.act == "register":
        await _finish_registration(desk, verify, is_administrator=status in ADMINISTRATORS)
        return
    group = await desk.get_group()
    if group is None or group.chat_id != verify.chat:
        return
    is_member = status in MEMBERS
    await staff_group.set_member(desk.tx, group.id, verify.user_id, verify.first_name, is_member)
    if verify.act == members.MESSAGE:
        await _release(desk, group, verify, is_member=is_member)
    elif is_member:
        token = verify.act.removeprefix("press:")
        await desk_presses.press(desk, group, sender, token, verify.press_id)
    else:
        await desk.answer_press(verify.press_id, desk.texts.team.not_member, is_alert=True)


async def _release(
    desk: Helpdesk, group: StaffGroup, verify: VerifyMember, *, is_member: bool
) -> None:
    """What somebody wrote before anybody knew her: a member's words leave, a stranger's do not."""
    released = await members.release(desk, verify)
    for sender, said in released:
        if is_member:
            await receive_from_member(desk, group, sender, said)
    if not is_member and released:
        await _say_in(desk, group.chat_id, released[-1][1], desk.texts.team.stranger)


async def _finish_registration(
    desk: Helpdesk, verify: VerifyMember, *, is_administrator: bool
) -> None:
    if not is_administrator:
        body = SendText(fill(desk.texts.team.not_administrator), reply_to=verify.message)
        await outbox.add(desk.tx, to_chat(verify.chat), body, Priority.OTHER, desk.now)
        return
    await fact.delete(desk.tx, SETUP_CODE)
    await staff_group.set_current(desk.tx, verify.chat)
    group = await desk.get_group()
    if group is not None:
        await staff_group.set_member(
            desk.tx, group.id, verify.user_id, verify.first_name, is_member=True
        )
    await inspect(desk, verify.chat)


async def inspect(desk: Helpdesk, chat_id: ChatId) -> None:
    """Ask Telegram what the group is now, and which rights the robot has."""
    await desk.loose(InspectGroup(chat_id), coalesce_key=f"inspect:{chat_id}")


async def on_inspected(
    desk: Helpdesk, chat_id: ChatId, title: str, problems: tuple[str, ...]
) -> bool:
    """Keep what was found; the group is told when it has changed. Returns whether it has."""
    group = await desk.get_group()
    if group is None or group.chat_id != chat_id:
        return False
    is_reachable = "unreachable" not in problems
    is_news = (
        group.problems != problems or group.title != title or group.is_reachable != is_reachable
    )
    await staff_group.set_state(desk.tx, group.id, title or group.title, problems, is_reachable)
    if is_reachable:
        await outbox.hurry_waiting(desk.tx, "desk:", desk.now)
        await outbox.hurry_waiting(desk.tx, GENERAL, desk.now)
        await outbox.hurry_waiting(desk.tx, FAQ, desk.now)
    if not is_news or not is_reachable:
        return is_news
    texts = desk.texts.team
    if problems:
        listed = word_problems(desk, problems)
        words = fill(texts.group_problems, title=title, problems=listed)
    else:
        words = fill(texts.group_ready, title=title)
    await desk.post_general(words)
    return True


def word_for_terminal(desk: Helpdesk, problems: tuple[str, ...]) -> str:
    """What is missing, as whoever runs the program reads it."""
    terminal = desk.texts.terminal
    if "unreachable" in problems:
        return terminal.group_unreachable
    return terminal.group_problems.format(problems=word_problems(desk, problems))


def word_problems(desk: Helpdesk, problems: tuple[str, ...]) -> str:
    """One line per missing right, in French."""
    return "\n".join(desk.texts.team.problems[name] for name in problems)


async def migrate(desk: Helpdesk, old: ChatId, new: ChatId) -> None:
    """Telegram gave the group a new id: follow it, and look at it again."""
    group = await desk.get_group()
    if group is None or group.chat_id not in (old, new):
        return
    await staff_group.set_migrated(desk.tx, old, new)
    await outbox.drop_coalesced(desk.tx, f"leave:{new}")
    await inspect(desk, new)


async def set_membership(
    desk: Helpdesk,
    group: StaffGroup,
    user_id: int,
    first_name: str,
    status: str,
    *,
    was_there: bool = False,
) -> None:
    """Somebody joined (announced) or left (the buttons are lost at once).

    `was_there`: Telegram says that she belonged to the group before, and only her place changed.
    """
    was_member = await staff_group.get_membership(desk.tx, group.id, user_id)
    is_member = status in MEMBERS
    await staff_group.set_member(desk.tx, group.id, user_id, first_name, is_member)
    if is_member and not was_member and not was_there:
        await desk.post_general(fill(desk.texts.team.joined, name=first_name))
    elif not is_member and was_member is not False:
        await desk.post_general(fill(desk.texts.team.left, name=first_name))


async def set_own_membership(desk: Helpdesk, chat_id: ChatId, status: str) -> None:
    """The robot's own place in a group changed: ours is inspected, a foreign one is left.

    In set-up mode no group is left: one of them is about to be registered.
    """
    group = await desk.get_group()
    if group is not None and group.chat_id == chat_id:
        await inspect(desk, chat_id)
    elif group is not None and status in MEMBERS:
        await _leave(desk, chat_id)


async def refuse_foreign(desk: Helpdesk, chat_id: ChatId) -> None:
    """Something was written in a group that is not the team's: the robot leaves it."""
    if await desk.get_group() is not None:
        await _leave(desk, chat_id)


async def _leave(desk: Helpdesk, chat_id: ChatId) -> None:
    """A little later: a group that migrates may show its new id before it says which it was."""
    await outbox.add(
        desk.tx,
        NOWHERE,
        LeaveChat(chat_id),
        Priority.OTHER,
        desk.now,
        coalesce_key=f"leave:{chat_id}",
        delay=desk.options.album_delay,
    )


async def set_blocked(desk: Helpdesk, person: Beneficiary, *, is_blocked: bool) -> None:
    """The person blocked or unblocked the robot: her topic says so."""
    if is_blocked == (person.unreachable_at is not None):
        return
    at = desk.now if is_blocked else None
    await people.set_unreachable(desk.tx, person.id, at)
    if person.topic_id is not None:
        texts = desk.texts.team
        await desk.post(person.id, Words(texts.blocked if is_blocked else texts.unblocked))
