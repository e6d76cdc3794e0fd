"""copyMessage, copyMessages, forwardMessage: the same content in another chat."""

from itertools import pairwise
from typing import Any, TypeAlias

from bot.simulator import addressing, wire
from bot.simulator.errors import ApiError, bad_request
from bot.simulator.sending import Uploads, caption_content, check_markup, new_album
from bot.simulator.world import Chat, Stored, World

Json: TypeAlias = dict[str, Any]


def _source(world: World, p: Json, verb: str, message_id: int) -> Stored:
    """The message to take over. Raises ApiError 400 when it is gone or may not be taken."""
    chat: Chat = addressing.known_chat(world, p["from_chat_id"])
    if not chat.is_private:
        addressing.inside(world, chat)
    found = chat.messages.get(message_id)
    if found is None:
        raise bad_request(f"message to {verb} not found")
    if wire.is_service(found.wire) or found.wire.get("has_protected_content"):
        participle = "copied" if verb == "copy" else "forwarded"
        raise bad_request(f"message can't be {participle}")
    return found


def copy_message(world: World, p: Json, _: Uploads) -> Json:
    """copyMessage: formatting is kept, buttons are not, the caption may be replaced."""
    check_markup(world, p)
    content = wire.content(_source(world, p, "copy", p["message_id"]).wire)
    if "caption" in p and not wire.MEDIA.isdisjoint(content):
        content.pop("caption", None)
        content.pop("caption_entities", None)
        content |= caption_content(p)
    return {"message_id": addressing.post(world, p, content).id}


def copy_messages(world: World, p: Json, _: Uploads) -> list[Json]:
    """copyMessages: 1 to 100, albums stay albums, what cannot be copied is left out."""
    ids = p["message_ids"]
    if not 1 <= len(ids) <= 100:
        raise bad_request("wrong number of messages to copy specified")
    if any(later <= earlier for earlier, later in pairwise(ids)):
        raise bad_request("message identifiers must be in a strictly increasing order")
    sources = [source for source in (_or_none(world, p, one) for one in ids) if source]
    if not sources:
        raise bad_request("there are no messages to copy")
    albums: dict[str, Json] = {}
    copies = []
    for source in sources:
        content = wire.content(source.wire)
        if p.get("remove_caption"):
            content.pop("caption", None)
            content.pop("caption_entities", None)
        group = source.wire.get("media_group_id")
        if group is not None:
            content |= albums.setdefault(group, new_album(world))
        copies.append({"message_id": addressing.post(world, p, content).id})
    return copies


def _or_none(world: World, p: Json, message_id: int) -> Stored | None:
    try:
        return _source(world, p, "copy", message_id)
    except ApiError as refusal:
        if "message" in refusal.description:
            return None
        raise  # the chat itself is the trouble


def forward_message(world: World, p: Json, _: Uploads) -> Json:
    """forwardMessage: shows who wrote the original."""
    source = _source(world, p, "forward", p["message_id"])
    origin = source.wire.get("forward_origin") or {
        "type": "user",
        "date": source.wire["date"],
        "sender_user": source.wire["from"],
    }
    content = {**wire.content(source.wire), "forward_origin": origin}
    return addressing.post(world, p, content).wire


METHODS = {
    "copyMessage": copy_message,
    "copyMessages": copy_messages,
    "forwardMessage": forward_message,
}
