"""How urgences.yml writes what people say, and the French errors of its expressions."""

import pytest

from faq.danger_words import expression_error, list_error, parse, read_words

LISTS = {"proche": ("mari", "petit ami")}


@pytest.mark.parametrize(
    ("expression", "symbols"),
    [
        ("plus envie de vivre", ("plus", "envie", "de", "vivre")),
        ("je n’ai plus", ("je", "ai", "plus")),
        ("suicid*", ("suicid*",)),
        ("<proche> … menac*", ("<proche>", "…", "menac*")),
        ("c'est trop ... dur", ("c", "est", "trop", "…", "dur")),
        ("fait un AVC", ("fait", "un", "avc")),
    ],
)
def test_an_expression_becomes_symbols(expression: str, symbols: tuple[str, ...]) -> None:
    """Plain words are normalised like those of a message; the rest stands for many words."""
    assert parse(expression) == symbols
    assert expression_error(expression, LISTS) is None


@pytest.mark.parametrize(
    ("expression", "part"),
    [
        ("<voisin> me frappe", "« <voisin> » n’existe pas"),
        ("<Proche> me frappe", "nom de liste comme <proche>"),
        ("!!", "ne contient aucun mot"),
        ("… me frappe", "commencer ou finir"),
        ("me frappe *", "au moins une lettre"),
    ],
)
def test_a_wrong_expression_is_said_in_french(expression: str, part: str) -> None:
    """The sentence tells a caseworker what to change."""
    assert part in (expression_error(expression, LISTS) or "")


def test_a_list_holds_words_only() -> None:
    """A list uses neither another list nor « … »."""
    assert list_error("petit ami") is None
    assert "que des mots" in (list_error("<proche>") or "")
    assert "que des mots" in (list_error("petit … ami") or "")


def test_stroke_is_not_read_as_with() -> None:
    """« avc » is how « avec » is typed; here it stays, since it may be a stroke."""
    assert read_words("je fais un avc ac toi") == ["je", "fais", "un", "avc", "avec", "toi"]
