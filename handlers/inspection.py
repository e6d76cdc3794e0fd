"""What the team's group is at Telegram, and which rights the robot has in it."""

from dataclasses import dataclass

from telegram import Bot, ChatMemberAdministrator, ChatMemberOwner, ChatMemberRestricted
from telegram.error import BadRequest, Forbidden

RIGHTS = ("can_manage_topics", "can_pin_messages", "can_delete_messages")


@dataclass(frozen=True)
class Inspection:
    """The group's title, and the names of what it lacks (keys of texts `problems`)."""

    title: str
    problems: tuple[str, ...]


async def inspect_group(bot: Bot, chat_id: int) -> Inspection:
    """Look at the group; one that cannot be seen has the problem « unreachable »."""
    try:
        chat = await bot.get_chat(chat_id)
        member = await bot.get_chat_member(chat_id, bot.id)
    except Forbidden:
        return Inspection("", ("unreachable",))
    except BadRequest as error:
        if "chat not found" in str(error).lower() or "member" in str(error).lower():
            return Inspection("", ("unreachable",))
        raise
    problems = []
    if chat.type != "supergroup":
        problems.append("supergroup")
    if not chat.is_forum:
        problems.append("topics")
    if isinstance(member, ChatMemberOwner):
        return Inspection(chat.title or "", tuple(problems))
    if str(member.status) in ("left", "kicked"):
        return Inspection(chat.title or "", ("unreachable",))
    if not isinstance(member, ChatMemberAdministrator):
        return Inspection(chat.title or "", (*problems, "administrator"))
    problems.extend(right for right in RIGHTS if not getattr(member, right))
    return Inspection(chat.title or "", tuple(problems))


async def get_status(bot: Bot, chat_id: int, user_id: int) -> str:
    """What somebody is in a group: « creator », « administrator », « member », « left »…

    Telegram answers 400 about somebody it has never seen there: « left » for us.
    """
    try:
        member = await bot.get_chat_member(chat_id, user_id)
    except BadRequest:
        return "left"
    if isinstance(member, ChatMemberRestricted) and not member.is_member:
        return "left"
    return str(member.status)
