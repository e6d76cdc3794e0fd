"""How a text is written in a FAQ file: plain when nobody could mistake it, else between quotes.

No escape is used outside `{…}` and `[…]`: « \\ » is for programmers. What YAML readers take for
something else than words (yes, 12:30, null) is quoted, though ours would not be mistaken.
"""

import json
import re
from datetime import date

Simple = str | int | date

_WORD_FIRST = re.compile(r"[^\W\d_]")  # a letter, of any alphabet
_MEANS_SOMETHING = re.compile(r":(\s|$)|\s#")  # « key: value », « # comment »
_FLOW_SIGNS = re.compile(r"[,\[\]{}:?]")  # libyaml refuses « ? » there
_NOT_WORDS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}


def inline(value: Simple, *, in_flow: bool = False) -> str:
    """`value` on one line. `in_flow`: within `[…]` or `{…}`; only there may it have lines."""
    if not isinstance(value, str):
        return str(value)
    if _is_plain(value) and not (in_flow and _FLOW_SIGNS.search(value)):
        return value
    if "\n" in value:
        return json.dumps(value, ensure_ascii=False)
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def _is_plain(text: str) -> bool:
    return (
        _WORD_FIRST.match(text) is not None
        and text == text.strip()
        and "\n" not in text
        and not _MEANS_SOMETHING.search(text)
        and text.lower() not in _NOT_WORDS
    )


def block(text: str, indent: int) -> list[str]:
    """The lines below `|-`, indented by that many spaces; empty lines stay empty."""
    return [f"{' ' * indent}{line}" if line else "" for line in text.split("\n")]
