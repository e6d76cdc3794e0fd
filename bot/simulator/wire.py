"""Builders of the Bot API's objects, with every field that a client's parser insists on.

Field lists: https://core.telegram.org/bots/api and the constructors of python-telegram-bot 22.8.
"""

from typing import Any, Final, TypeAlias

from bot.simulator.files import StoredFile

Json: TypeAlias = dict[str, Any]

INSIDE: Final = frozenset({"creator", "administrator", "member", "restricted"})

ADMIN_RIGHTS: Final = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
)
"""What an administrator of a supergroup may be allowed."""

ICON_COLORS: Final = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)
"""The six colours that a topic may be created with (RGB)."""

TOPIC_ICONS: Final = {
    "5312536423851630001": "💡",
    "5379748062124056162": "❗️",
    "5377316857231450742": "❓",
    "5237699328843200968": "✅",
    "5312241539987020022": "🔥",
    "5417915203100613993": "💬",
    "5350305691942788490": "📈",
    "5309965701241379366": "👀",
    "5408906741125490282": "🏁",
    "5434144690511290129": "📰",
    "5357315181649076022": "📁",
    "5309984423003823246": "📣",
    "5348436127038579546": "🔔",
    "5368741306484925109": "⏰",
}
"""custom_emoji_id -> emoji, as getForumTopicIconStickers offers them (a selection)."""

ANONYMOUS_ADMIN: Final[Json] = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
CHANNEL_BOT: Final[Json] = {
    "id": 136817688,
    "is_bot": True,
    "first_name": "Channel",
    "username": "Channel_Bot",
}
TELEGRAM: Final[Json] = {"id": 777000, "is_bot": False, "first_name": "Telegram"}

_META: Final = frozenset(
    {
        "message_id",
        "from",
        "sender_chat",
        "chat",
        "date",
        "edit_date",
        "message_thread_id",
        "is_topic_message",
        "is_automatic_forward",
        "reply_to_message",
        "quote",
        "media_group_id",
        "reply_markup",
        "forward_origin",
        "has_protected_content",
    }
)
_SERVICE: Final = frozenset(
    {
        "new_chat_members",
        "left_chat_member",
        "pinned_message",
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_closed",
        "forum_topic_reopened",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
        "new_chat_title",
        "group_chat_created",
        "supergroup_chat_created",
    }
)
TEXT_LIKE: Final = frozenset({"text", "entities", "link_preview_options"})
MEDIA: Final = frozenset({"photo", "document", "voice", "video", "audio", "animation"})
"""The kinds that may have a caption."""


def bot_user(bot_id: int) -> Json:
    """The bot, as it signs its messages."""
    return {
        "id": bot_id,
        "is_bot": True,
        "first_name": "Passerelle (essai)",
        "username": "passerelle_essai_bot",
    }


def me(bot: Json) -> Json:
    """The answer to getMe."""
    return {
        **bot,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def content(message: Json) -> Json:
    """What a message says, without who, where and when: what a copy takes over."""
    return {name: value for name, value in message.items() if name not in _META}


def is_service(message: Json) -> bool:
    """A message that Telegram wrote about an event."""
    return not _SERVICE.isdisjoint(message)


def without_reply(message: Json) -> Json:
    """A message as it is shown inside another one: never nested twice."""
    if "reply_to_message" not in message and "pinned_message" not in message:
        return message
    return {k: v for k, v in message.items() if k not in ("reply_to_message", "pinned_message")}


def member(user: Json, status: str, rights: dict[str, bool]) -> Json:
    """A ChatMember."""
    found: Json = {"user": user, "status": status}
    if status == "creator":
        found["is_anonymous"] = False
    elif status == "administrator":
        found |= {"can_be_edited": False, "is_anonymous": False}
        found |= {right: rights.get(right, False) for right in ADMIN_RIGHTS}
    elif status == "kicked":
        found["until_date"] = 0
    return found


def media(kind: str, file: StoredFile, thumbnail: StoredFile | None = None) -> Json:
    """The fields of a message with a file of this kind; sizes and durations are made up."""
    described = {**file.wire(), "file_name": file.name, "mime_type": file.mime}
    if kind == "photo":
        small = {**(thumbnail or file).wire(), "width": 320, "height": 240}
        return {"photo": [small, {**file.wire(), "width": 1280, "height": 960}]}
    if kind == "voice":
        return {"voice": {**file.wire(), "duration": 3, "mime_type": file.mime}}
    if kind == "video_note":
        return {"video_note": {**file.wire(), "length": 240, "duration": 3}}
    if kind == "audio":
        return {"audio": {**described, "duration": 60, "title": file.name}}
    if kind == "video":
        return {"video": {**described, "width": 640, "height": 480, "duration": 5}}
    if kind == "animation":
        shape = {"width": 320, "height": 240, "duration": 2}
        return {"animation": {**described, **shape}, "document": described}
    if kind == "sticker":
        shape = {"width": 512, "height": 512, "is_animated": False, "is_video": False}
        return {"sticker": {**file.wire(), **shape, "type": "regular", "emoji": "👍"}}
    return {"document": described}


def topic_icon(custom_emoji_id: str, emoji: str) -> Json:
    """A sticker of getForumTopicIconStickers."""
    return {
        "file_id": f"CAACAgIAAxUAA{custom_emoji_id}",
        "file_unique_id": f"AgAD{custom_emoji_id[-8:]}",
        "type": "custom_emoji",
        "width": 512,
        "height": 512,
        "is_animated": True,
        "is_video": False,
        "emoji": emoji,
        "custom_emoji_id": custom_emoji_id,
    }


def full_chat(chat: Json) -> Json:
    """A ChatFullInfo with its required fields; the caller adds what it knows."""
    return {
        **chat,
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }
