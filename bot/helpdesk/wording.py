"""An entry as the person reads it."""

from bot.domain import Words, join_words
from bot.helpdesk.context import Helpdesk
from bot.helpdesk.hours import PARIS, format_date
from bot.texts import fill
from faq.entry import Entry


def word_answer(desk: Helpdesk, entry: Entry) -> Words:
    """Title, answer or numbered steps, phone, source with its date.

    An entry past its date gives neither answer nor steps: only where to ask, its source and
    its date, and a warning. What was true then may not be now.
    """
    parts = [fill(desk.texts.person.answered_for, title=entry.title)]
    is_stale = entry.is_stale(desk.now.astimezone(PARIS).date())
    if is_stale:
        parts.append(Words(desk.texts.person.stale))
    else:
        parts.extend(Words(line) for line in _lines(entry))
    parts.extend(_phone(desk, entry))
    sentence = desk.texts.person.stale_source if is_stale else desk.texts.person.source
    date = format_date(desk.texts, entry.checked_on)
    parts.append(fill(sentence, source=entry.source.rstrip("."), date=date))
    return join_words(parts)


def _lines(entry: Entry) -> list[str]:
    steps = [f"{n}. {step.text}" for n, step in enumerate(entry.steps, 1)]
    return [*([entry.answer] if entry.answer else []), *steps]


def _phone(desk: Helpdesk, entry: Entry) -> list[Words]:
    if entry.phone is None:
        return []
    phone = desk.faq.numbers[entry.phone]
    lines = [fill(desk.texts.person.phone, number=phone.number, name=phone.name)]
    if phone.hours:
        lines.append(fill(desk.texts.person.phone_hours, hours=phone.hours))
    return lines
