"""What the team reads about a draft, and what is wrong in its words."""

import re
from collections.abc import Iterator
from typing import assert_never

from bot.domain import Draft, Words, join_words
from bot.helpdesk.context import Helpdesk
from bot.store import beneficiary as people
from bot.texts import fill
from faq.changes import Change, NewEntry, NewPhrasing, NewVoice, Redraft
from faq.entry_parts import LONGEST
from faq.text import normalise, words

MOST_LINES = 5  # of an answer
TU = {"tu", "toi", "ton", "ta", "tes", "te"}
MOST_SHOWN = 600  # characters of one field: the remarks must fit in the same message
_ELIDED_TU = re.compile(r"(?<![\w-])t['’]", re.IGNORECASE)  # « t'es », not « y a-t-il »


async def word_draft(desk: Helpdesk, draft: Draft) -> Words:
    """The whole draft, what must be corrected, and who may approve it."""
    texts = desk.texts.teaching
    if draft.change is None:
        return Words(texts.ended)
    is_alone = desk.faq.service.approves_alone
    faults = await list_faults(desk, draft)
    is_voice = isinstance(draft.change, NewVoice)
    parts = [
        _head(desk, draft, draft.change),
        _lines(desk, draft.change),
        fill(texts.voice_by if is_voice else texts.worded_by, name=draft.worded_name),
        Words(texts.alone if is_alone else texts.two_pairs_of_eyes),
        *([fill(texts.to_correct)] if faults else []),
        *(Words(f"– {fault}") for fault in faults),
    ]
    if isinstance(draft.change, Redraft):
        parts += map(Words, _what_stays(desk, draft.change.entry_id))
    if isinstance(draft.change, NewEntry):
        parts.append(Words(texts.how_to_correct))
    elif not is_voice:
        parts.append(Words(texts.how_to_rephrase))
    return join_words(parts)


def _what_stays(desk: Helpdesk, entry_id: str) -> Iterator[str]:
    """What another wording of an answer does not change, and whoever approves it must know."""
    entry = desk.faq.entries.get(entry_id)
    if entry is not None and entry.steps:
        yield desk.texts.teaching.keeps_steps
    if entry is not None and (entry.voice is not None or entry.translations):
        yield desk.texts.teaching.says_otherwise


def _head(desk: Helpdesk, draft: Draft, change: Change) -> Words:
    texts = desk.texts.teaching
    match change:
        case NewEntry():
            return fill(texts.entry_head, number=draft.id)
        case NewPhrasing():
            return fill(texts.phrasing_head, number=draft.id)
        case NewVoice():
            return fill(texts.voice_head, number=draft.id)
        case Redraft():
            return fill(texts.wording_head, number=draft.id)
        case _:
            assert_never(change)


def _lines(desk: Helpdesk, change: Change) -> Words:
    texts = desk.texts.teaching
    if isinstance(change, NewEntry):
        return fill(
            texts.entry_lines,
            theme=name_theme(desk, change.theme),
            title=_shown(change.title),
            question=_shown(change.question),
            answer=_shown(change.answer),
        )
    title = name_entry(desk, change.entry_id)
    if isinstance(change, NewPhrasing):
        return fill(texts.phrasing_lines, title=title, phrasing=_shown(change.phrasing))
    if isinstance(change, Redraft):
        return fill(texts.wording_lines, title=title, answer=_shown(change.answer))
    return fill(texts.voice_lines, title=title, seconds=change.seconds)


def _shown(text: str) -> str:
    """Its beginning; what is longer is too long to be approved."""
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


def name_theme(desk: Helpdesk, theme_id: str) -> str:
    """Its title, or its id when it is gone."""
    return next((theme.title for theme in desk.faq.themes if theme.id == theme_id), theme_id)


def name_entry(desk: Helpdesk, entry_id: str) -> str:
    """Its title, or its id when it is gone."""
    entry = desk.faq.entries.get(entry_id)
    return entry.title if entry else entry_id


async def list_faults(desk: Helpdesk, draft: Draft) -> list[str]:
    """What must be corrected before it is approved, one French sentence each."""
    change = draft.change
    if isinstance(change, NewVoice) or change is None:
        return []
    if isinstance(change, NewPhrasing):
        said = change.phrasing
        faults = list(_length_faults(desk, {"formulation": said}))
    elif isinstance(change, Redraft):
        said = change.answer
        faults = [*_length_faults(desk, {"reponse": said}), *_answer_faults(desk, said)]
    else:
        said = f"{change.title}\n{change.question}\n{change.answer}"
        faults = [*_entry_faults(desk, change)]
    if "•" in said:
        faults.append(desk.texts.teaching.is_masked)
    name = await _first_name(desk, draft)
    if name and _names(name, said) and not _is_of_the_faq(desk, name):
        faults.append(fill(desk.texts.teaching.has_name, name=name).text)
    return faults


def _entry_faults(desk: Helpdesk, change: NewEntry) -> Iterator[str]:
    texts = desk.texts.teaching
    fields = {"titre": change.title, "question": change.question, "reponse": change.answer}
    yield from _length_faults(desk, fields)
    yield from _answer_faults(desk, change.answer)
    titles = {normalise(entry.title) for entry in desk.faq.entries.values()}
    if normalise(change.title) in titles:
        yield fill(texts.title_taken, title=change.title).text
    if change.theme not in {theme.id for theme in desk.faq.themes}:
        yield fill(texts.unknown_theme, theme=change.theme).text
        yield fill(texts.themes, names=", ".join(theme.title for theme in desk.faq.themes)).text


def _answer_faults(desk: Helpdesk, answer: str) -> Iterator[str]:
    texts = desk.texts.teaching
    if (lines := len(answer.splitlines())) > MOST_LINES:
        yield fill(texts.has_lines, count=lines).text
    said_tu = next((word for word in words(answer) if word in TU), None)
    if said_tu is None and _ELIDED_TU.search(answer):
        said_tu = "t'"
    if said_tu is not None:
        yield fill(texts.says_tu, word=said_tu).text


def _length_faults(desk: Helpdesk, fields: dict[str, str]) -> Iterator[str]:
    texts = desk.texts.teaching
    for field, text in fields.items():
        if not text.strip():
            yield fill(texts.is_empty, field=field).text
        elif len(text) > LONGEST[field]:
            yield fill(texts.too_long, field=field, length=len(text), most=LONGEST[field]).text


async def _first_name(desk: Helpdesk, draft: Draft) -> str | None:
    """Of the person whose words it holds."""
    if draft.beneficiary_id is None:
        return None
    person = await people.get(desk.tx, draft.beneficiary_id)
    return person.first_name if person and len(person.first_name) > 1 else None


def _names(name: str, text: str) -> bool:
    sought = normalise(name)  # nothing of a name of emojis
    return bool(sought and re.search(rf"\b{re.escape(sought)}\b", normalise(text)))


def _is_of_the_faq(desk: Helpdesk, name: str) -> bool:
    """« France », « Caf »: a word that the entries say anyway tells nobody's name."""
    said = (f"{entry.title}\n{entry.question}" for entry in desk.faq.entries.values())
    return any(_names(name, text) for text in said)
