"""Where a message of the bot goes: chat, topic, message replied to; and what stands in the way.

The texts of the refusals are those of the real server, which clients recognise them by.
"""

from typing import Any, Final, TypeAlias

from bot.simulator.errors import ApiError, bad_request, forbidden
from bot.simulator.world import Chat, Stored, World

Json: TypeAlias = dict[str, Any]

_OUT: Final = {
    "left": "bot is not a member of the {} chat",
    "kicked": "bot was kicked from the {} chat",
}


def known_chat(world: World, chat_id: int | str) -> Chat:
    """A chat that the bot has heard of. Raises ApiError 400 « chat not found »."""
    chat = world.chats.get(chat_id) if isinstance(chat_id, int) else None
    if chat is None or (not chat.is_private and world.bot["id"] not in chat.members):
        raise bad_request("chat not found")
    if chat.migrated_to is not None:
        raise ApiError(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            {"migrate_to_chat_id": chat.migrated_to},
        )
    return chat


def open_chat(world: World, chat_id: int | str) -> Chat:
    """A chat that the bot may write to. Raises ApiError 400 or 403."""
    chat = known_chat(world, chat_id)
    if not chat.is_private:
        inside(world, chat)
        return chat
    person = world.people[chat.id]
    if person.is_deactivated:
        raise forbidden("user is deactivated")
    if person.has_blocked:
        raise forbidden("bot was blocked by the user")
    if not person.has_started:
        raise forbidden("bot can't initiate conversation with a user")
    return chat


def inside(world: World, chat: Chat) -> None:
    """The bot is in the group. Raises ApiError 403."""
    status = chat.member(world.bot["id"]).status
    if status in _OUT:
        raise forbidden(_OUT[status].format(chat.wire["type"]))


def topic_of(world: World, chat: Chat, message_thread_id: int | None) -> int | None:
    """The topic to write in, None for General. Raises ApiError 400.

    General's own id, 1, is refused as the real server refuses it.
    """
    if message_thread_id is None:
        return None
    topic = chat.topics.get(message_thread_id)
    if topic is None or topic.is_deleted:
        raise bad_request("message thread not found")
    if topic.is_closed and not chat.member(world.bot["id"]).may("can_manage_topics"):
        raise bad_request("TOPIC_CLOSED")
    return topic.id


def replied(chat: Chat, parameters: Json | None) -> Stored | None:
    """The message to reply to, None without one. Raises ApiError 400 when it is gone."""
    if parameters is None:
        return None
    if parameters.get("chat_id", chat.id) != chat.id:
        raise bad_request("replies to another chat are not in the simulator")
    found = chat.messages.get(parameters["message_id"])
    if found is None and not parameters.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return found


def quote(reply: Stored | None, parameters: Json | None) -> Json:
    """The ``quote`` field of a reply that quotes; raises ApiError 400 when it does not match."""
    if reply is None or parameters is None or not parameters.get("quote"):
        return {}
    text = reply.wire.get("text") or reply.wire.get("caption") or ""
    position = text.find(parameters["quote"])
    if position < 0:
        raise bad_request("QUOTE_TEXT_INVALID")
    return {"quote": {"text": parameters["quote"], "position": position, "is_manual": True}}


def post(world: World, parameters: Json, content: Json) -> Stored:
    """Sends ``content`` as the bot, to where ``parameters`` say. Raises ApiError."""
    chat = open_chat(world, parameters["chat_id"])
    thread = parameters.get("message_thread_id")
    answering = parameters.get("reply_parameters")
    reply = replied(chat, answering)
    if thread is None and reply is not None:
        thread = reply.topic  # an answer goes where the question is
    topic = topic_of(world, chat, thread)
    extra = quote(reply, answering)
    if parameters.get("protect_content"):
        extra["has_protected_content"] = True
    markup = parameters.get("reply_markup") or {}
    if markup.get("inline_keyboard"):
        extra["reply_markup"] = markup
    stored = world.post(chat, {**content, **extra}, sender=world.bot, topic=topic, reply_to=reply)
    if markup and "inline_keyboard" not in markup:
        stored.keyboard = markup
    return stored
