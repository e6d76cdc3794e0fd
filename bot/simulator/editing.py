"""The methods that change what is already there: edits, deletions, reactions, presses."""

from typing import Any, Final, TypeAlias

from bot.simulator import addressing, keyboards, wire
from bot.simulator.errors import bad_request
from bot.simulator.sending import Uploads, caption_content, media_content, text_content
from bot.simulator.updates import DAY, PRESS_LIFETIME
from bot.simulator.world import Chat, Stored, World

Json: TypeAlias = dict[str, Any]

_NOT_MODIFIED: Final = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_CAPTION: Final = ("caption", "caption_entities", "show_caption_above_media")


def _editable(world: World, p: Json) -> tuple[Chat, Stored]:
    """The bot's own message. Raises ApiError 400.

    A message that brought a keyboard under the text field cannot be edited, only one without
    markup or with buttons of its own.
    """
    if "chat_id" not in p or "message_id" not in p:
        raise bad_request("message identifier is not specified")
    chat = addressing.open_chat(world, p["chat_id"])
    stored = chat.messages.get(p["message_id"])
    if stored is None:
        raise bad_request("message to edit not found")
    if not stored.from_bot or stored.keyboard or wire.is_service(stored.wire):
        raise bad_request("message can't be edited")
    keyboards.check(p.get("reply_markup"), private=chat.is_private)
    return chat, stored


def _edit(world: World, p: Json, chat: Chat, stored: Stored, content: Json) -> Json:
    """Replaces the content; the buttons are those of this call, none when it names none."""
    frame = {k: v for k, v in stored.wire.items() if k not in wire.content(stored.wire)}
    before = {k: v for k, v in stored.wire.items() if k != "edit_date"}
    frame.pop("reply_markup", None)
    frame.pop("edit_date", None)
    after = {**frame, **content}
    markup = p.get("reply_markup") or {}
    if markup.get("inline_keyboard"):
        after["reply_markup"] = markup
    if after == before:
        raise bad_request(_NOT_MODIFIED)
    after["edit_date"] = world.now()
    world.replace(stored, chat, after)
    return after


def edit_message_text(world: World, p: Json, _: Uploads) -> Json:
    """editMessageText."""
    if "text" not in p:
        raise bad_request("message text is empty")
    chat, stored = _editable(world, p)
    if "text" not in stored.wire:
        raise bad_request("there is no text in the message to edit")
    return _edit(world, p, chat, stored, text_content(p))


def edit_message_caption(world: World, p: Json, _: Uploads) -> Json:
    """editMessageCaption."""
    chat, stored = _editable(world, p)
    content = wire.content(stored.wire)
    if wire.MEDIA.isdisjoint(content):
        raise bad_request("there is no caption in the message to edit")
    kept = {name: value for name, value in content.items() if name not in _CAPTION}
    return _edit(world, p, chat, stored, {**kept, **caption_content(p)})


def edit_message_media(world: World, p: Json, uploads: Uploads) -> Json:
    """editMessageMedia: another file and another caption in the same place."""
    chat, stored = _editable(world, p)
    if "text" in stored.wire or wire.MEDIA.isdisjoint(stored.wire):
        raise bad_request("there is no media in the message to edit")
    media = p["media"]
    content = media_content(world, media["type"], media["media"], uploads)
    return _edit(world, p, chat, stored, {**content, **caption_content(media)})


def edit_message_reply_markup(world: World, p: Json, _: Uploads) -> Json:
    """editMessageReplyMarkup."""
    chat, stored = _editable(world, p)
    return _edit(world, p, chat, stored, wire.content(stored.wire))


def delete_message(world: World, p: Json, _: Uploads) -> bool:
    """deleteMessage: within 48 h, except for an administrator who may delete any message."""
    chat = addressing.open_chat(world, p["chat_id"])
    stored = chat.messages.get(p["message_id"])
    if stored is None:
        raise bad_request("message to delete not found")
    if not _may_delete(world, chat, stored):
        raise bad_request("message can't be deleted")
    world.remove(chat, stored.id)
    return True


def _may_delete(world: World, chat: Chat, stored: Stored) -> bool:
    age = world.now() - int(stored.wire["date"])
    if "forum_topic_created" in stored.wire:
        return False
    is_young = age < 2 * DAY
    if chat.is_private:
        return is_young
    if chat.member(world.bot["id"]).may("can_delete_messages"):
        return True
    return stored.from_bot and is_young


def delete_messages(world: World, p: Json, _: Uploads) -> bool:
    """deleteMessages: 1 to 100; those that are gone are left out."""
    chat = addressing.open_chat(world, p["chat_id"])
    if not 1 <= len(p["message_ids"]) <= 100:
        raise bad_request("wrong number of messages to delete specified")
    found = [chat.messages[one] for one in p["message_ids"] if one in chat.messages]
    if not all(_may_delete(world, chat, stored) for stored in found):
        raise bad_request("message can't be deleted")
    for stored in found:
        world.remove(chat, stored.id)
    return True


def set_message_reaction(world: World, p: Json, _: Uploads) -> bool:
    """setMessageReaction: at most one emoji; an empty list takes it away."""
    chat = addressing.open_chat(world, p["chat_id"])
    stored = chat.messages.get(p["message_id"])
    if stored is None:
        raise bad_request("message to react not found")
    emojis = [one.get("emoji", "") for one in p.get("reaction", ())]
    if len(emojis) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if any(emoji not in REACTIONS for emoji in emojis):
        raise bad_request("REACTION_INVALID")
    if emojis:
        stored.reactions[world.bot["id"]] = emojis
    else:
        stored.reactions.pop(world.bot["id"], None)
    world.changes.mark()
    return True


REACTIONS: Final = frozenset(
    "👍👎❤🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌"
    "🏆💔🤨😐🍓🍾💋🖕😈😴😭🤓👻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘"
    "🙉🦄😘💊🙊😎👾😡"
)
"""The emojis that a reaction may be; Telegram refuses every other."""


def answer_callback_query(world: World, p: Json, _: Uploads) -> bool:
    """answerCallbackQuery: once, within 150 s of the press."""
    press = world.presses.pop(p["callback_query_id"], None)
    if press is None or world.clock() - press.at > PRESS_LIFETIME:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = p.get("text", "")
    if len(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    world.callback_answers.append(
        {
            "id": p["callback_query_id"],
            "text": text,
            "show_alert": p.get("show_alert", False),
            "user": press.user_id,
            "chat_id": press.chat_id,
            "message_id": press.message_id,
        }
    )
    message = world.chats[press.chat_id].messages.get(press.message_id)
    if message is not None:  # without words too: the button is pressed no longer
        alert = p.get("show_alert", False)
        message.answers.append({"text": text, "from_id": press.user_id, "alert": alert})
    world.changes.mark()
    return True


METHODS = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageMedia": edit_message_media,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "setMessageReaction": set_message_reaction,
    "answerCallbackQuery": answer_callback_query,
}
