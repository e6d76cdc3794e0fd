"""The methods that send something new."""

from typing import Any, TypeAlias

from bot.simulator import addressing, entities, keyboards, wire
from bot.simulator.errors import bad_request
from bot.simulator.files import StoredFile, UploadedFile
from bot.simulator.world import Chat, World

Json: TypeAlias = dict[str, Any]
Uploads: TypeAlias = dict[str, UploadedFile]

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
"""UTF-16 units, after the tags are taken out."""


def check_markup(world: World, p: Json) -> None:
    """Refuses a keyboard that Telegram would; called before anything is posted."""
    chat = world.chats.get(p["chat_id"])
    keyboards.check(p.get("reply_markup"), private=chat is not None and chat.is_private)


def text_content(p: Json) -> Json:
    """The fields of a text message. Raises ApiError 400."""
    text, found = entities.formatted(
        p["text"],
        p.get("parse_mode"),
        p.get("entities"),
        what="message",
        limit=TEXT_LIMIT,
    )
    if not text:
        raise bad_request("message text is empty")
    content: Json = {"text": text}
    if found:
        content["entities"] = found
    if p.get("link_preview_options"):
        content["link_preview_options"] = p["link_preview_options"]
    return content


def caption_content(p: Json) -> Json:
    """The fields of a caption, none when there is no caption. Raises ApiError 400."""
    text, found = entities.formatted(
        p.get("caption", ""),
        p.get("parse_mode"),
        p.get("caption_entities"),
        what="message caption",
        limit=CAPTION_LIMIT,
    )
    content: Json = {"caption": text} if text else {}
    if found:
        content["caption_entities"] = found
    for option in ("show_caption_above_media", "has_spoiler"):
        if p.get(option):
            content["has_media_spoiler" if option == "has_spoiler" else option] = True
    return content


def media_content(world: World, kind: str, value: str, uploads: Uploads) -> Json:
    """The fields of a file that is uploaded (attach://…) or sent again by its file_id."""
    if value.startswith("attach://"):
        upload = uploads.get(value.removeprefix("attach://"))
        if upload is None:
            raise bad_request(f"file {value} was not sent along")
        return add_media(world, kind, upload)
    if value.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content (the simulator has no network)")
    file = world.files.get(value)
    if file is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if file.kind != kind:
        raise bad_request(f"can't use file of type {file.kind} as {kind}")
    return wire.media(kind, file)


def add_media(world: World, kind: str, upload: UploadedFile) -> Json:
    """Keeps a new file, and gives the fields of a message that shows it."""
    thumbnail: StoredFile | None = world.files.add(kind, upload) if kind == "photo" else None
    return wire.media(kind, world.files.add(kind, upload), thumbnail)


def send_message(world: World, p: Json, _: Uploads) -> Json:
    """sendMessage."""
    check_markup(world, p)
    return addressing.post(world, p, text_content(p)).wire


def _send_media(kind: str) -> Any:
    """sendPhoto and its like: one file, a caption for the kinds that have one."""

    def send(world: World, p: Json, uploads: Uploads) -> Json:
        check_markup(world, p)
        addressing.open_chat(world, p["chat_id"])  # a refusal must not keep the file
        caption = caption_content(p) if kind in wire.MEDIA else {}
        content = media_content(world, kind, p[kind], uploads)
        return addressing.post(world, p, {**content, **caption}).wire

    return send


def send_location(world: World, p: Json, _: Uploads) -> Json:
    """sendLocation."""
    check_markup(world, p)
    if not (-90 <= p["latitude"] <= 90 and -180 <= p["longitude"] <= 180):
        raise bad_request("wrong coordinates")
    content = {"location": {"latitude": p["latitude"], "longitude": p["longitude"]}}
    return addressing.post(world, p, content).wire


def send_contact(world: World, p: Json, _: Uploads) -> Json:
    """sendContact."""
    check_markup(world, p)
    names = ("phone_number", "first_name", "last_name", "vcard")
    content = {"contact": {name: p[name] for name in names if name in p}}
    return addressing.post(world, p, content).wire


def send_media_group(world: World, p: Json, uploads: Uploads) -> list[Json]:
    """sendMediaGroup: 2 to 10 files shown as one album."""
    chat = addressing.open_chat(world, p["chat_id"])
    addressing.topic_of(world, chat, p.get("message_thread_id"))
    if not 2 <= len(p["media"]) <= 10:
        raise bad_request("wrong number of messages in the album: 2-10 expected")
    kinds = {item["type"] for item in p["media"]}
    if len(kinds) > 1 and not kinds <= {"photo", "video"}:
        raise bad_request("documents and audio can't be mixed with other media in an album")
    album = new_album(world)
    contents = [
        {**media_content(world, item["type"], item["media"], uploads), **caption_content(item)}
        for item in p["media"]
    ]
    return [addressing.post(world, p, {**content, **album}).wire for content in contents]


def new_album(world: World) -> Json:
    """The field that makes messages an album."""
    return {"media_group_id": str(13_000_000_000_000_000 + world.take_number())}


def send_chat_action(world: World, p: Json, _: Uploads) -> bool:
    """sendChatAction: a passing sign. True even in a deleted topic, as the real server says."""
    chat: Chat = addressing.open_chat(world, p["chat_id"])
    world.changes.tell({"typing": chat.id, "topic": p.get("message_thread_id")})
    return True


METHODS = {
    "sendMessage": send_message,
    "sendPhoto": _send_media("photo"),
    "sendDocument": _send_media("document"),
    "sendVoice": _send_media("voice"),
    "sendVideo": _send_media("video"),
    "sendVideoNote": _send_media("video_note"),
    "sendAudio": _send_media("audio"),
    "sendAnimation": _send_media("animation"),
    "sendSticker": _send_media("sticker"),
    "sendLocation": send_location,
    "sendContact": send_contact,
    "sendMediaGroup": send_media_group,
    "sendChatAction": send_chat_action,
}
