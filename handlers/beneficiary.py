"""Callbacks of the private chat: translate, then defer to the helpdesk."""

from telegram import Message, ReactionTypeEmoji, Update

from bot.domain import ChatId, MessageId, MessageRef
from bot.helpdesk import arrivals, presses, team
from bot.store import beneficiary as people
from handlers import translate
from handlers.context import DeskContext


def _message(update: Update) -> Message:
    message = update.effective_message
    if message is None or message.from_user is None:
        raise ValueError("a message without a sender in a private chat")
    return message


async def on_start(update: Update, context: DeskContext) -> None:
    """/start: the welcome. What follows the command is never read."""
    message = _message(update)
    assert message.from_user is not None  # noqa: S101 - _message checked it
    await arrivals.start(context.desk, translate.sender(message.from_user, message.chat_id))


async def on_message(update: Update, context: DeskContext) -> None:
    """Anything a person sends."""
    message = _message(update)
    assert message.from_user is not None  # noqa: S101 - _message checked it
    sender = translate.sender(message.from_user, message.chat_id)
    await arrivals.receive(context.desk, sender, translate.incoming(message, context.turn.masked))


async def on_edit(update: Update, context: DeskContext) -> None:
    """A person changed what she had written."""
    message = _message(update)
    assert message.from_user is not None  # noqa: S101 - _message checked it
    sender = translate.sender(message.from_user, message.chat_id)
    await arrivals.receive_edit(
        context.desk, sender, translate.incoming(message, context.turn.masked)
    )


async def on_press(update: Update, context: DeskContext) -> None:
    """A person pressed a button; old buttons and forged ones come here too."""
    query = update.callback_query
    assert query is not None  # noqa: S101 - the handler takes only these
    chat_id = query.message.chat.id if query.message else query.from_user.id
    person = await arrivals.meet(context.desk, translate.sender(query.from_user, chat_id))
    await presses.press(context.desk, person, query.data or "", query.id)


async def on_block(update: Update, context: DeskContext) -> None:
    """A person blocked or unblocked the robot."""
    change = update.my_chat_member
    assert change is not None  # noqa: S101 - the handler takes only these
    person = await people.get_by_chat(context.desk.tx, ChatId(change.chat.id))
    if person is not None:
        is_blocked = change.new_chat_member.status in ("kicked", "left")
        await team.set_blocked(context.desk, person, is_blocked=is_blocked)


async def on_reaction(update: Update, context: DeskContext) -> None:
    """A person put a reaction on a message."""
    reaction = update.message_reaction
    assert reaction is not None  # noqa: S101 - the handler takes only these
    if reaction.user is None:
        return
    emojis = [r.emoji for r in reaction.new_reaction if isinstance(r, ReactionTypeEmoji)]
    message = MessageRef(ChatId(reaction.chat.id), MessageId(reaction.message_id))
    sender = translate.sender(reaction.user, reaction.chat.id)
    await presses.react(context.desk, sender, message, "".join(emojis))


async def on_service_message(update: Update, context: DeskContext) -> None:
    """« X a épinglé un message » and the like: nothing was said to us."""
