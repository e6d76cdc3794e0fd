"""Drafts: proposed by one caseworker, corrected by any, approved by another, then written.

Approving writes nothing: it marks the draft, and the publisher writes the file outside the
transaction, then comes back to `on_outcome`.
"""

import re
from dataclasses import replace
from typing import assert_never

from bot.domain import (
    BeneficiaryId,
    Button,
    Draft,
    DraftId,
    DraftStatus,
    Priority,
    UnansweredId,
    Words,
)
from bot.helpdesk.context import Helpdesk
from bot.helpdesk.incoming import StaffSender, VoiceNote, number_behind
from bot.helpdesk.teaching.wording import list_faults, name_entry, word_draft
from bot.outgoing import FAQ, SendVoice
from bot.store import draft as drafts
from bot.store import outbox, unanswered
from bot.texts import fill
from faq.changes import Change, NewEntry, NewPhrasing, NewVoice, Redraft, free_id
from faq.entry_parts import LONGEST_VOICE
from faq.loader import INVISIBLE
from faq.text import normalise
from faq.writing import AlreadyThere, Outcome, Refused, Written

ACT = "draft"  # what a reply to the message of a draft does: « draft:<number> »
MOST_SHOWN = 5  # drafts shown again by /brouillons
FIELDS = {"titre": "title", "question": "question", "theme": "theme", "reponse": "answer"}
_FIELD = re.compile(r"\s*(\w+)\s*:\s*(.*)")


async def propose(
    desk: Helpdesk,
    sender: StaffSender,
    change: Change,
    *,
    beneficiary_id: BeneficiaryId | None = None,
    unanswered_id: UnansweredId | None = None,
) -> None:
    """A change of the FAQ waits in the topic « FAQ », for another caseworker."""
    draft = await drafts.add(
        desk.tx,
        change,
        (sender.user_id, sender.first_name),
        desk.now,
        beneficiary_id=beneficiary_id,
        unanswered_id=unanswered_id,
    )
    if unanswered_id is not None:
        await unanswered.set_status(desk.tx, unanswered_id, "drafted")
    await _show(desk, draft)


async def _show(desk: Helpdesk, draft: Draft) -> None:
    labels, number = desk.texts.teaching.labels, f"{draft.id}:{draft.revision}"
    buttons = (
        Button(labels.approve, f"approve:{number}"),
        Button(labels.refuse, f"refuse:{number}"),
    )
    if isinstance(draft.change, NewVoice):  # what is approved is what is heard
        title = name_entry(desk, draft.change.entry_id)
        sound = SendVoice(draft.change.file_id, fill(desk.texts.teaching.voice_of, title=title))
        await outbox.add(desk.tx, FAQ, sound, Priority.OTHER, desk.now)
    await desk.post_faq(
        await word_draft(desk, draft),
        (buttons,),
        act=f"{ACT}:{draft.id}",
        beneficiary_id=draft.beneficiary_id,
    )


def straight(text: str) -> str:
    """With the apostrophe of the files (decision 23), without what they refuse and nobody sees."""
    return INVISIBLE.sub("", text.replace("’", "'").replace("\t", " "))


async def show_waiting(desk: Helpdesk) -> None:
    """`/brouillons`: the oldest drafts that wait, each again with its buttons."""
    waiting = await drafts.list_waiting(desk.tx)
    if not waiting:
        await desk.post_faq(fill(desk.texts.teaching.no_drafts))
    for draft in waiting[:MOST_SHOWN]:
        await _show(desk, draft)


async def press(
    desk: Helpdesk, sender: StaffSender, name: str, argument: str, press_id: str
) -> None:
    """« Valider » or « Refuser », under the last wording only."""
    number, _, revision = argument.partition(":")
    draft = await drafts.get(desk.tx, DraftId(number_behind(number) or 0))
    texts = desk.texts.teaching
    if draft is None or draft.status is not DraftStatus.WAITING:
        await desk.answer_press(press_id, texts.ended, is_alert=True)
    elif revision != str(draft.revision):
        await desk.answer_press(press_id, texts.changed, is_alert=True)
    elif name == "refuse":
        await desk.answer_press(press_id)
        await _refuse(desk, draft, sender)
    elif (why := await _why_not(desk, draft, sender)) is not None:
        await desk.answer_press(press_id, why, is_alert=True)
    else:
        await desk.answer_press(press_id, fill(texts.approved, name=sender.first_name).text)
        await drafts.approve(desk.tx, draft.id, sender.first_name, _with_id(desk, draft.change))


async def _why_not(desk: Helpdesk, draft: Draft, sender: StaffSender) -> str | None:
    """Why she cannot approve it; None when she can."""
    if draft.worded_by == sender.user_id and not desk.faq.service.approves_alone:
        is_voice = isinstance(draft.change, NewVoice)
        return desk.texts.teaching.not_your_voice if is_voice else desk.texts.teaching.not_yours
    if await list_faults(desk, draft):
        return desk.texts.teaching.correct_first
    return desk.options.why_no_writing


def _with_id(desk: Helpdesk, change: Change | None) -> Change:
    """A new entry gets its id now, and keeps it: written twice, it is known again."""
    assert change is not None  # noqa: S101 - a draft that waits has its change
    if isinstance(change, NewEntry) and not change.id:
        return replace(change, id=free_id(change.title, desk.faq.places))
    return change


async def record_again(desk: Helpdesk, sender: StaffSender, number: str, voice: VoiceNote) -> None:
    """A voice note in reply to the draft of a voice takes its place."""
    draft = await drafts.get(desk.tx, DraftId(int(number)))
    texts = desk.texts.teaching
    if draft is None or draft.status is not DraftStatus.WAITING:
        await desk.post_faq(Words(texts.ended))
    elif voice.seconds > LONGEST_VOICE:
        words = fill(texts.too_long_a_voice, seconds=voice.seconds, most=LONGEST_VOICE)
        await desk.post_faq(words)
    elif isinstance(draft.change, NewVoice):
        change = replace(
            draft.change,
            file_id=voice.file_id,
            seconds=max(voice.seconds, 1),
            author=sender.first_name,
        )
        by = (sender.user_id, sender.first_name)
        if (reworded := await drafts.reword(desk.tx, draft.id, change, by)) is not None:
            await _show(desk, reworded)


async def _refuse(desk: Helpdesk, draft: Draft, sender: StaffSender) -> None:
    await drafts.end(desk.tx, draft.id, DraftStatus.REFUSED)
    if draft.unanswered_id is not None:
        await unanswered.set_status(desk.tx, draft.unanswered_id, "open")
    words = fill(desk.texts.teaching.refused_by, number=draft.id, name=sender.first_name)
    await desk.post_faq(words)


async def correct(desk: Helpdesk, sender: StaffSender, number: str, text: str) -> None:
    """A reply to a draft: the whole answer, or « titre : … », « thème : … »."""
    draft = await drafts.get(desk.tx, DraftId(int(number)))
    if draft is None or draft.change is None or draft.status is not DraftStatus.WAITING:
        await desk.post_faq(fill(desk.texts.teaching.ended))
        return
    change = draft.change
    text = straight(text)
    if isinstance(change, NewVoice):
        await desk.post_faq(Words(desk.texts.teaching.give_voice), act=f"{ACT}:{draft.id}")
    elif isinstance(change, NewPhrasing):
        change = replace(change, phrasing=" ".join(text.split()))
    elif isinstance(change, Redraft):
        change = replace(change, answer=text.strip())
    elif isinstance(change, NewEntry):
        change = _corrected(desk, change, text)
    if change == draft.change:
        return
    by = (sender.user_id, sender.first_name)
    reworded = await drafts.reword(desk.tx, draft.id, change, by)
    if reworded is not None:
        await _show(desk, reworded)


def _corrected(desk: Helpdesk, change: NewEntry, text: str) -> NewEntry:
    """Lines that name a field change it; all the others together are the answer."""
    fields: dict[str, str] = {}
    answer: list[str] = []
    for line in text.splitlines():
        found = _FIELD.fullmatch(line)
        name = FIELDS.get(normalise(found[1])) if found else None
        if found is None or name is None:
            answer.append(line)
        elif name == "answer":
            answer.append(found[2])
        else:
            fields[name] = found[2].strip()
    if "\n".join(answer).strip():
        fields["answer"] = "\n".join(answer).strip()
    question = fields.get("question", change.question)
    # Her own words leave with the question that was made of them: nobody would read them again.
    phrasings = (question,) if "question" in fields else change.phrasings
    return replace(
        change,
        id="",  # refused with its id, under another title it gets another
        theme=_find_theme(desk, fields.get("theme", change.theme)),
        title=fields.get("title", change.title),
        question=question,
        phrasings=tuple(filter(None, phrasings)),
        answer=fields.get("answer", change.answer),
    )


def _find_theme(desk: Helpdesk, said: str) -> str:
    """The id of the theme that bears that title or id; what was said when none does."""
    names = {normalise(theme.title): theme.id for theme in desk.faq.themes}
    names |= {normalise(theme.id): theme.id for theme in desk.faq.themes}
    return names.get(normalise(said), said)


async def on_outcome(desk: Helpdesk, draft: Draft, outcome: Outcome) -> None:
    """The publisher has tried: it is written, or the draft waits again with the reasons."""
    texts = desk.texts.teaching
    match outcome:
        case Written(file=file, commit=str() as commit):
            await _end_written(desk, draft)
            words = fill(texts.written_commit, number=draft.id, file=file, commit=commit)
            await desk.post_faq(words)
        case Written(file=file) | AlreadyThere(file=file):
            await _end_written(desk, draft)
            await desk.post_faq(fill(texts.written, number=draft.id, file=file))
        case Refused(sentences=sentences):
            why = "\n".join(f"– {sentence}" for sentence in sentences)
            await desk.post_faq(fill(texts.not_written, number=draft.id, why=why))
            again = await drafts.send_back(desk.tx, draft.id)
            if again is not None:
                await _show(desk, again)
        case _:
            assert_never(outcome)


async def _end_written(desk: Helpdesk, draft: Draft) -> None:
    await drafts.end(desk.tx, draft.id, DraftStatus.WRITTEN)
    if draft.unanswered_id is not None:
        await unanswered.set_status(desk.tx, draft.unanswered_id, "settled")
