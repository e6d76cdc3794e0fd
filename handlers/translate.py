"""Telegram's objects as the helpdesk's words."""

import json

from telegram import Message, MessageEntity, Update, User

from bot.domain import ChatId, MessageId, MessageRef, TopicId
from bot.helpdesk.incoming import Incoming, Sender, StaffSender, VoiceNote

# animation before document, venue before location: Telegram fills both.
KINDS = (
    "photo",
    "video",
    "video_note",
    "animation",
    "document",
    "voice",
    "audio",
    "venue",
    "location",
    "contact",
    "sticker",
    "text",
)
EDITABLE_MEDIA = ("photo", "video", "animation", "document", "audio")


def ref(message: Message) -> MessageRef:
    """Where that message stands."""
    return MessageRef(ChatId(message.chat_id), MessageId(message.message_id))


def incoming(message: Message, masked: frozenset[str]) -> Incoming:
    """A message, new or edited; its text was masked before it reached us."""
    kind = next((kind for kind in KINDS if getattr(message, kind)), "other")
    entities = message.entities or message.caption_entities
    return Incoming(
        message=ref(message),
        text=message.text or message.caption or "",
        kind=kind,
        album=message.media_group_id,
        reply_to=_reply(message),
        masked=masked,
        entities=json.dumps([_plain(entity) for entity in entities]),
        media=_media(message, kind),
        voice=_voice(message),
    )


def _plain(entity: MessageEntity) -> dict[str, object]:
    raw: dict[str, object] = json.loads(entity.to_json())
    return raw


def _reply(message: Message) -> MessageRef | None:
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created is not None:
        return None  # every message of a topic replies to the topic's first one
    return ref(replied)


def _media(message: Message, kind: str) -> str | None:
    """The file of a message whose media can be edited, as JSON {type, media}."""
    if kind not in EDITABLE_MEDIA:
        return None
    attachment = message.photo[-1] if kind == "photo" else getattr(message, kind)
    return json.dumps({"type": kind, "media": attachment.file_id})


def _voice(message: Message) -> VoiceNote | None:
    if message.voice is None:
        return None
    length = message.voice.duration
    seconds = length if isinstance(length, int) else int(length.total_seconds())
    return VoiceNote(message.voice.file_id, seconds)


def sender(user: User, chat_id: int) -> Sender:
    """The person of a private chat."""
    return Sender(ChatId(chat_id), user.first_name, user.language_code)


def topic(message: Message) -> TopicId | None:
    """The topic of a message; None in General (`message_thread_id` alone may be a mere reply)."""
    if message.is_topic_message and message.message_thread_id is not None:
        return TopicId(message.message_thread_id)
    return None


def staff_sender(message: Message) -> StaffSender:
    """Who wrote in the team's group; anonymous admins and channels have no name."""
    user, chat = message.from_user, message.sender_chat
    return StaffSender(
        user.id if user else 0,
        user.first_name if user else "",
        topic(message),
        is_anonymous=chat is not None or user is None,
        is_channel=chat is not None and chat.id != message.chat_id,
    )


def presser(update: Update) -> StaffSender | None:
    """Who pressed a button in a group, and in which topic; None when the message is gone."""
    query = update.callback_query
    if query is None or not isinstance(query.message, Message):
        return None
    return StaffSender(query.from_user.id, query.from_user.first_name, topic(query.message))
