"""The sentences themselves: plain French, short buttons, complete, and bold that holds."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from bot.texts import FRENCH, Texts, fill, load_texts
from faq.errors import FaqErrors

LONGEST_SENTENCE = 12  # words
LONGEST_MESSAGE = 420  # characters
MOST_LINES = 8
JARGON = (
    "veuillez",
    "le cas échéant",
    "meilleurs délais",
    "cliquez",
    "cliquer",
    "téléservice",
    "justificatif",
    "échéance",
    "solliciter",
    "notification",
    "bug",
    "ticket",
    "FAQ",
)
EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")


@pytest.fixture(name="french", scope="module")
def _french() -> Texts:
    return load_texts()


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        for field in value.model_dump().values():
            yield from _strings(field)
    elif isinstance(value, dict):
        for field in value.values():
            yield from _strings(field)


def _for_persons(french: Texts) -> list[str]:
    said = [*_strings(french.person), *_strings(french.data)]
    return [one for one in said if not one.endswith(".txt")]


def _sentences(text: str) -> list[str]:
    """Split at full stops, questions, colons and lines; a {place} counts as one word."""
    plain = text.replace("**", "").replace("www.cnil.fr", "site")
    parts = re.split(r"[.?!:]\s|\n", plain + "\n")
    return [part.strip() for part in parts if part.strip()]


def _count_words(sentence: str) -> int:
    return len(re.findall(r"[\w{}’'°-]+", sentence))


def test_sentences_are_short(french: Texts) -> None:
    """What persons read: twelve words a sentence at most."""
    said = [sentence for text in _for_persons(french) for sentence in _sentences(text)]
    long = [sentence for sentence in said if _count_words(sentence) > LONGEST_SENTENCE]
    assert not long


def test_messages_are_short(french: Texts) -> None:
    """What persons read fits a small screen."""
    long = [
        text
        for text in _for_persons(french)
        if len(text) > LONGEST_MESSAGE or len(text.splitlines()) > MOST_LINES
    ]
    assert not long


def test_no_jargon(french: Texts) -> None:
    """Usual words only; « vous », never « tu »."""
    said = re.sub(r"{\w+}", "", " ".join(_for_persons(french)).lower())
    found = [word for word in JARGON if re.search(rf"\b{re.escape(word.lower())}", said)]
    assert not found
    assert not re.search(r"\b(tu|ton|ta|tes|toi)\b", said)


def test_buttons_are_short(french: Texts) -> None:
    """Buttons of the person: three words at most, without an emoji."""
    for_team = {"claim", "give_back", "maybe_twice"}
    shown = {**french.menu.model_dump(), **french.labels.model_dump()}
    for name, label in shown.items():
        words = re.findall(r"[\w'-]+", label)
        limit = 4 if name in {"safe", "none", *for_team} else 3  # the issue's own wording
        assert len(words) <= limit, label
        assert not EMOJI.search(label)


def test_no_emoji_inside_a_sentence(french: Texts) -> None:
    """Screen readers read emojis aloud: persons get none in a sentence."""
    assert not [text for text in _for_persons(french) if EMOJI.search(text)]


def test_typography(french: Texts) -> None:
    """The apostrophe of a phone's keyboard, French quotes, a space before « ? ! : »."""
    for text in _strings(french):
        assert "\u2019" not in text, text
        assert not re.search(r"[^\s/0-9](\?|!)", text.replace("???", "")), text
        assert "..." not in text


def test_danger_numbers_are_the_known_ones(french: Texts) -> None:
    """The only number written in a sentence is 112; the others come from the verified table."""
    digits = {found for text in _for_persons(french) for found in re.findall(r"\b\d{2,}\b", text)}
    assert digits == {"112"}


def test_heard_words_can_be_heard(french: Texts) -> None:
    """What the robot listens for is written as it compares: no accent, no apostrophe."""
    heard = french.heard.model_dump()
    for name, phrases in heard.items():
        if name == "sad":
            continue
        for phrase in phrases:
            assert phrase == phrase.lower()
            assert not re.search(r"['’éèàçêô-]", phrase), phrase


def test_no_word_is_heard_twice(french: Texts) -> None:
    """One phrase, one meaning, among the acts of the keyboard."""
    heard = french.heard
    acts = (heard.menu, heard.help, heard.human, heard.stop, heard.robot, heard.erase)
    every = [phrase for phrases in (*acts, heard.data, heard.safe) for phrase in phrases]
    assert len(every) == len(set(every))


def test_fill_keeps_bold_out_of_values() -> None:
    """Stars and braces in a first name are only stars and braces."""
    words = fill("**Bonjour** {name}", name="**{team}** 😀")
    assert words.text == "Bonjour **{team}** 😀"
    assert words.bold == ((0, 7),)


def test_bold_is_counted_as_telegram_counts() -> None:
    """An emoji counts for two: the bold part after it stands where it should."""
    words = fill("😀 {name} **gras**", name="😀")
    assert words.bold == ((6, 4),)


def test_a_missing_sentence_stops_the_start(tmp_path: Path) -> None:
    """One sentence too few, and the error names it."""
    content = FRENCH.read_text(encoding="utf-8").replace("  glad: Tant mieux.", "  glat: A.")
    broken = tmp_path / "texts.yml"
    broken.write_text(content, encoding="utf-8")
    with pytest.raises(FaqErrors, match="glat"):
        load_texts(broken)


def test_a_missing_place_stops_the_start(tmp_path: Path) -> None:
    """A sentence that lost its {number} is refused."""
    content = FRENCH.read_text(encoding="utf-8").replace("demande n° {number}", "demande")
    broken = tmp_path / "texts.yml"
    broken.write_text(content, encoding="utf-8")
    with pytest.raises(FaqErrors):
        load_texts(broken)
