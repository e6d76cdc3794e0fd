"""Formatted text as Telegram reads it: tags, UTF-16 offsets, what it finds by itself."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.simulator import entities


def pieces(text: str, found: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """(type, the text it covers) of each entity."""
    wide = text.encode("utf-16-le")
    return [
        (
            one["type"],
            wide[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le"),
        )
        for one in found
    ]


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("<b>a</b>", "a", [("bold", "a")]),
        ("<strong>a</strong><em>b</em>", "ab", [("bold", "a"), ("italic", "b")]),
        ("<u>a</u><s>b</s><ins>c</ins>", "abc", [("underline", "a"), ("strikethrough", "b"),
                                                  ("underline", "c")]),
        ("<b>a<i>b</i></b>", "ab", [("bold", "ab"), ("italic", "b")]),
        ("👍<b>👍</b>", "👍👍", [("bold", "👍")]),
        ("<code>x</code>", "x", [("code", "x")]),
        ("<pre>x</pre>", "x", [("pre", "x")]),
        ('<span class="tg-spoiler">x</span>', "x", [("spoiler", "x")]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", "x")]),
        ("<blockquote>x</blockquote>", "x", [("blockquote", "x")]),
        ('<tg-emoji emoji-id="5">👍</tg-emoji>', "👍", [("custom_emoji", "👍")]),
        ("&lt;b&gt; &amp; &quot;&#8217;&nbsp;", '<b> & "’&nbsp;', []),
        ("a & b", "a & b", []),
        ("  <b> a </b>  ", "a", [("bold", "a")]),
        ("<b></b>x", "x", []),
    ],
)  # fmt: skip
def test_tags_become_entities(source: str, text: str, expected: list[tuple[str, str]]) -> None:
    """Each tag of the Bot API is its entity, over exactly its text."""
    shown, found = entities.formatted(source, "HTML", None, what="message", limit=4096)
    assert (shown, pieces(shown, found)) == (text, expected)


def test_code_keeps_its_language() -> None:
    """<pre><code class="language-x"> is one block with its language."""
    text, found = entities.parse_html('<pre><code class="language-python">x</code></pre>')
    assert (text, found) == (
        "x",
        [{"type": "pre", "offset": 0, "length": 1, "language": "python"}],
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/start abc", [("bot_command", "/start")]),
        ("a /note@passerelle_bot", [("bot_command", "/note@passerelle_bot")]),
        ("et/ou 1/2", []),
        ("Voir https://www.caf.fr/aide.", [("url", "https://www.caf.fr/aide")]),
        ("sur caf.fr ou ameli.fr !", [("url", "caf.fr"), ("url", "ameli.fr")]),
        ("awa@exemple.fr", [("email", "awa@exemple.fr")]),
        ("@passerelle", [("mention", "@passerelle")]),
        ("👍 /aide", [("bot_command", "/aide")]),
        ("rien du tout", []),
    ],
)
def test_commands_and_addresses_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    """What Telegram marks by itself is marked, whoever wrote it."""
    assert pieces(text, entities.detect(text)) == expected


def test_a_given_entity_wins_over_a_found_one() -> None:
    """Where the sender marked something, nothing else is found."""
    given = [{"type": "code", "offset": 0, "length": 6}]
    assert entities.merge("caf.fr ameli.fr", given) == [
        {"type": "code", "offset": 0, "length": 6},
        {"type": "url", "offset": 7, "length": 8},
    ]


@given(st.text())
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    """html.escape and the parser undo each other, whatever the text."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert entities.parse_html(escaped) == (text, [])
