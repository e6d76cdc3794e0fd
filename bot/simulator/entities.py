"""Formatted text: HTML to entities, entities that Telegram finds by itself, lengths.

Telegram counts in UTF-16 code units: « 👍 » is two. Offsets and lengths here are such units.
Source of the tags: https://core.telegram.org/bots/api#html-style.
"""

import html
import re
from typing import Any, TypeAlias

from bot.simulator.errors import bad_request

Entity: TypeAlias = dict[str, Any]

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "tg-spoiler": "spoiler",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_TOKEN = re.compile(
    r"<(?P<close>/?)(?P<tag>[a-zA-Z][\w-]*)(?P<attributes>(?:\"[^\"]*\"|'[^']*'|[^<>\"'])*)>"
    r"|(?P<reference>&(?:#\d+|#[xX][0-9a-fA-F]+|lt|gt|amp|quot);)"
    r"|(?P<text>[^<&]+|&)"
    r"|(?P<wrong><)"
)
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))")
_FOUND = re.compile(
    r"(?P<bot_command>(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@\w+)?(?![\w/]))"
    r"|(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<url>(?:https?://|www\.)[^\s<>«»\"]*[^\s<>«»\".,;:!?)]"
    r"|(?<![\w.@-])[\w-]+(?:\.[\w-]+)*\.(?:fr|com|org|net|eu|info)(?![\w.-]*\w)(?:/[^\s]*[\w/])?)"
    r"|(?P<mention>(?<!\w)@[A-Za-z]\w{4,31})"
)


def length(text: str) -> int:
    """UTF-16 code units in ``text``."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def detect(text: str) -> list[Entity]:
    """Commands, addresses and mentions, as the server marks them in any message."""
    if "/" not in text and "@" not in text and "." not in text:
        return []
    return [
        {
            "type": str(found.lastgroup),
            "offset": length(text[: found.start()]),
            "length": length(found.group()),
        }
        for found in _FOUND.finditer(text)
    ]


def formatted(
    text: str, parse_mode: str | None, entities: list[Entity] | None, *, what: str, limit: int
) -> tuple[str, list[Entity]]:
    """What the bot sent, as it will be shown: text without tags, its entities in order.

    ``limit`` is in UTF-16 units after parsing (4096 for a text, 1024 for a caption), ``what``
    names the thing in the refusal. Raises ApiError 400.
    """
    if parse_mode is None:
        given = list(entities or ())
    elif parse_mode.lower() == "html":
        text, given = parse_html(text)
    else:
        raise bad_request(f"unsupported parse_mode {parse_mode} (the simulator reads HTML only)")
    text, given = _trimmed(text, given)
    if length(text) > limit:
        raise bad_request(f"{what} is too long")
    return text, merge(text, given)


def merge(text: str, given: list[Entity]) -> list[Entity]:
    """The given entities, and those found in the text where none of the given stands."""
    found = detect(text)
    if not given:
        return found
    free = [entity for entity in found if not any(_overlap(entity, other) for other in given)]
    return sorted(given + free, key=lambda entity: (entity["offset"], -entity["length"]))


def _overlap(first: Entity, second: Entity) -> bool:
    return bool(
        first["offset"] < second["offset"] + second["length"]
        and second["offset"] < first["offset"] + first["length"]
    )


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """White space at both ends does not survive; entities are cut to what remains."""
    stripped = text.strip()
    if len(stripped) == len(text) and not entities:
        return text, entities
    shift = length(text) - length(text.lstrip())
    end = length(stripped)
    kept = []
    for entity in entities:
        start = max(entity["offset"] - shift, 0)
        stop = min(entity["offset"] + entity["length"] - shift, end)
        if start < stop:
            kept.append({**entity, "offset": start, "length": stop - start})
    return stripped, kept


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Text without tags, and its entities; raises ApiError 400 « can't parse entities »."""
    parts: list[str] = []
    entities: list[Entity] = []
    opened: list[tuple[str, Entity]] = []
    offset = 0
    for token in _TOKEN.finditer(source):
        if token["tag"] is None:
            offset += _append(parts, token)
        elif token["close"]:
            _close(token, opened, entities, offset)
        else:
            opened.append((token["tag"].lower(), _opening(token, offset)))
    if opened:
        raise _unparsable(f'can\'t find end tag corresponding to start tag "{opened[-1][0]}"')
    entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return "".join(parts), entities


def _append(parts: list[str], token: re.Match[str]) -> int:
    if token["wrong"]:
        raise _unparsable(f'unsupported start tag "" at byte offset {token.start()}')
    piece = html.unescape(token.group()) if token["reference"] else token.group()
    parts.append(piece)
    return length(piece)


def _opening(token: re.Match[str], offset: int) -> Entity:
    tag = token["tag"].lower()
    attributes = {
        name.lower(): html.unescape(double or single or bare)
        for name, double, single, bare in _ATTRIBUTE.findall(token["attributes"])
    }
    if tag == "span" and attributes.get("class") == "tg-spoiler":
        return {"type": "spoiler", "offset": offset}
    if tag not in _TAGS:
        raise _unparsable(f'unsupported start tag "{tag}" at byte offset {token.start()}')
    entity: Entity = {"type": _TAGS[tag], "offset": offset}
    if tag == "a":
        entity["url"] = attributes.get("href", "")
    elif tag == "blockquote" and "expandable" in token["attributes"]:
        entity["type"] = "expandable_blockquote"
    elif tag == "code" and attributes.get("class", "").startswith("language-"):
        entity["language"] = attributes["class"].removeprefix("language-")
    elif tag == "tg-emoji":
        entity["custom_emoji_id"] = attributes.get("emoji-id", "")
    return entity


def _close(
    token: re.Match[str], opened: list[tuple[str, Entity]], entities: list[Entity], offset: int
) -> None:
    if not opened:
        raise _unparsable(f"unexpected end tag at byte offset {token.start()}")
    tag, entity = opened.pop()
    if tag != token["tag"].lower():
        raise _unparsable(f'unmatched end tag, expected "</{tag}>", found "</{token["tag"]}>"')
    entity["length"] = offset - entity["offset"]
    language = entity.pop("language", None) if tag == "code" else None
    if language and opened and opened[-1][0] == "pre":
        opened[-1][1]["language"] = language  # <pre><code class="language-x"> is one block
    elif entity["length"] and entity.get("url") != "":
        entities.append(entity)


def _unparsable(why: str) -> Exception:
    return bad_request(f"can't parse entities: {why}")
