"""Callbacks of groups: the team's group, and any other, which the robot leaves."""

from telegram import ChatMember, ChatMemberRestricted, Message, Update

from bot.domain import ChatId, StaffGroup
from bot.helpdesk import desk, notes, team, topics
from handlers import translate
from handlers.context import DeskContext

REGISTER = "/rattacher"


async def _team_group(context: DeskContext, chat_id: int) -> StaffGroup | None:
    """The team's group if that chat is it."""
    group = await context.desk.get_group()
    return group if group is not None and group.chat_id == chat_id else None


def _message(update: Update) -> Message:
    message = update.effective_message
    if message is None:
        raise ValueError("no message")
    return message


async def on_message(update: Update, context: DeskContext) -> None:
    """Anything written in a group."""
    message = _message(update)
    if message.from_user is not None and message.from_user.is_bot and not message.sender_chat:
        return  # another robot of the group speaks for nobody
    said = translate.incoming(message, context.turn.masked)
    sender = translate.staff_sender(message)
    group = await _team_group(context, message.chat_id)
    name, robot = notes.command(said.text)
    if robot and robot != context.bot.username.lower() and sender.topic is None:
        return  # a command for another robot of the group
    if name == REGISTER and await context.desk.get_group() is None:
        code = said.text.split(maxsplit=1)[1:]
        await team.register(context.desk, ChatId(message.chat_id), sender, said, "".join(code))
    elif group is None:
        await team.refuse_foreign(context.desk, ChatId(message.chat_id))
    else:
        await desk.receive(context.desk, group, sender, said)


async def on_edit(update: Update, context: DeskContext) -> None:
    """A caseworker changed what she had written."""
    message = _message(update)
    group = await _team_group(context, message.chat_id)
    if group is not None:
        sender = translate.staff_sender(message)
        said = translate.incoming(message, context.turn.masked)
        await desk.receive_edit(context.desk, group, sender, said)


async def on_press(update: Update, context: DeskContext) -> None:
    """A button in a group: only the team's group has any."""
    query = update.callback_query
    presser = translate.presser(update)
    assert query is not None  # noqa: S101 - the handler takes only these
    chat_id = query.message.chat.id if query.message else 0
    group = await _team_group(context, chat_id)
    if group is None or presser is None:
        text = context.desk.texts.team.pressed_elsewhere
        await context.desk.answer_press(query.id, text, is_alert=True)
        return
    await team.press(context.desk, group, presser, query.data or "", query.id)


async def on_service_message(update: Update, context: DeskContext) -> None:
    """Topics closed or opened, people who join or leave, a group that gets a new id."""
    message = _message(update)
    if message.migrate_to_chat_id is not None:
        old, new = ChatId(message.chat_id), ChatId(message.migrate_to_chat_id)
        await team.migrate(context.desk, old, new)
        return
    if message.migrate_from_chat_id is not None:
        old, new = ChatId(message.migrate_from_chat_id), ChatId(message.chat_id)
        await team.migrate(context.desk, old, new)
        return
    group = await _team_group(context, message.chat_id)
    if group is None:
        if not message.new_chat_members:
            await team.refuse_foreign(context.desk, ChatId(message.chat_id))
        return
    sender = translate.staff_sender(message)
    if message.from_user is not None and message.from_user.id == context.bot.id:
        # What the robot did itself comes back as a service message.
        if message.forum_topic_created is not None and sender.topic is not None:
            title = message.forum_topic_created.name
            await topics.recognise(context.desk, group, sender.topic, title)
        return
    if message.forum_topic_closed is not None:
        await desk.close_topic(context.desk, group, sender)
    elif message.forum_topic_reopened is not None:
        await desk.reopen_topic(context.desk, group, sender)
    for user in message.new_chat_members or ():
        if not user.is_bot:
            await team.set_membership(context.desk, group, user.id, user.first_name, "member")
    if message.left_chat_member is not None and not message.left_chat_member.is_bot:
        user = message.left_chat_member
        await team.set_membership(context.desk, group, user.id, user.first_name, "left")


async def on_member(update: Update, context: DeskContext) -> None:
    """Somebody's place in a group changed."""
    change = update.chat_member
    assert change is not None  # noqa: S101 - the handler takes only these
    group = await _team_group(context, change.chat.id)
    user = change.new_chat_member.user
    if group is not None and not user.is_bot:
        status, before = _status(change.new_chat_member), _status(change.old_chat_member)
        await team.set_membership(
            context.desk,
            group,
            user.id,
            user.first_name,
            status,
            was_there=before in team.MEMBERS,
        )


def _status(member: ChatMember) -> str:
    """« restricted » is said of people who have left as well: then it is « left »."""
    if isinstance(member, ChatMemberRestricted) and not member.is_member:
        return "left"
    return str(member.status)


async def on_own_membership(update: Update, context: DeskContext) -> None:
    """The robot's own place or rights in a group changed."""
    change = update.my_chat_member
    assert change is not None  # noqa: S101 - the handler takes only these
    status = str(change.new_chat_member.status)
    await team.set_own_membership(context.desk, ChatId(change.chat.id), status)


async def on_reaction(update: Update, context: DeskContext) -> None:
    """A caseworker's reaction stays in the group."""
