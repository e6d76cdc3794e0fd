"""An answer in other ways than written French: heard, seen, or read in her language."""

from collections.abc import Iterator

from bot.domain import Beneficiary, Priority, Words, join_words
from bot.helpdesk import answering
from bot.helpdesk.context import Helpdesk, rows
from bot.helpdesk.hours import PARIS, format_date
from bot.outgoing import Outgoing, SendPicture, SendText, SendVoice
from bot.outgoing import person as to_person
from bot.store import outbox
from bot.texts import fill
from faq.entry import Entry

WAYS = ("listen", "pictures", "translate")


async def give(desk: Helpdesk, person: Beneficiary, way: str, entry_id: str) -> None:
    """« Écouter », « Voir les images », « English »… of an entry that still has it."""
    entry = desk.faq.entries.get(entry_id)
    if entry is None or entry.is_stale(desk.now.astimezone(PARIS).date()):
        bodies = []
    elif way == "listen":
        bodies = list(_voice(desk, entry))
    elif way == "pictures":
        bodies = list(_pictures(desk, entry))
    else:
        bodies = list(_translation(desk, person, entry))
    if not bodies:
        await answering.show_themes(desk, person, Words(desk.texts.person.entry_gone))
    for body in bodies:
        destination = to_person(person.id)
        await outbox.add(
            desk.tx, destination, body, Priority.ANSWER, desk.now, beneficiary_id=person.id
        )


def _voice(desk: Helpdesk, entry: Entry) -> Iterator[Outgoing]:
    if entry.voice is not None:
        name = entry.voice.author
        words = fill(desk.texts.person.listened, title=entry.title, name=name)
        yield SendVoice(entry.voice.file_id, words, rows(desk.human_button()))


def _pictures(desk: Helpdesk, entry: Entry) -> Iterator[Outgoing]:
    for number, step in enumerate(entry.steps, 1):
        if step.picture is not None:
            path = desk.faq.pictures / step.picture
            yield SendPicture(str(path), Words(f"{number}. {step.text}"))


def _translation(desk: Helpdesk, person: Beneficiary, entry: Entry) -> Iterator[Outgoing]:
    found = entry.translations.get(answering.language_of(person))
    if found is None:
        return
    steps = [Words(f"{number}. {step}") for number, step in enumerate(found.steps, 1)]
    date = format_date(desk.texts, entry.checked_on)
    source = fill(desk.texts.person.source, source=entry.source.rstrip("."), date=date)
    answer = [Words(found.answer)] if found.answer else []
    words = join_words([*answer, *steps, source])
    yield SendText(words, rows(desk.human_button()))
