"""Questions and answers: ask, suggest, browse the themes, and what she says of an answer."""

from typing import assert_never

from bot.domain import Beneficiary, Button, ButtonRows, Exchange, ExchangeId, Reason, Words
from bot.helpdesk import handoff
from bot.helpdesk.context import Helpdesk, rows
from bot.helpdesk.hours import PARIS
from bot.helpdesk.teaching import unanswered
from bot.helpdesk.wording import word_answer
from bot.store import beneficiary as people
from bot.store import exchange as journal
from bot.texts import fill
from faq.decision import Answered, NothingFound, Suggested
from faq.entry import Entry, Theme
from faq.entry_parts import LANGUAGES

MISSES_BEFORE_HUMAN = 2
SUGGESTION_COUNT = 3
SEARCH_DEPTH = 10  # candidates looked at for the next best ones


async def ask(desk: Helpdesk, person: Beneficiary, question: str) -> None:
    """Answer a question (masked), propose up to three, or say that nothing was found."""
    after = await _entry_just_given(desk, person)
    if person.pending_exchange_id is not None:
        # She asks something else after an answer: that answer was no miss.
        await people.set_misses(desk.tx, person.id, 0)
        await people.set_pending_exchange(desk.tx, person.id, None)
    decision = desk.faq.decide(question, after)
    match decision:
        case Answered(match=best):
            entry = desk.faq.entries[best.entry_id]
            await people.set_menu(desk.tx, person.id, ())  # of another question
            exchange_id = await journal.add(
                desk.tx,
                person.id,
                question,
                "answered",
                desk.now,
                entry_id=entry.id,
                score=best.score,
                faq_version=desk.faq.version,
            )
            await answer(desk, person, entry, exchange_id)
        case Suggested(matches=matches):
            proposals = tuple(match.entry_id for match in matches[:SUGGESTION_COUNT])
            exchange_id = await journal.add(
                desk.tx,
                person.id,
                question,
                "suggested",
                desk.now,
                score=matches[0].score,
                faq_version=desk.faq.version,
                proposals=proposals,
            )
            await suggest(desk, person, Words(desk.texts.person.which_one), proposals, exchange_id)
        case NothingFound():
            exchange_id = await journal.add(
                desk.tx, person.id, question, "missed", desk.now, faq_version=desk.faq.version
            )
            await unanswered.note(desk, exchange_id, question)
            await miss(desk, person)
        case _:
            assert_never(decision)


async def _entry_just_given(desk: Helpdesk, person: Beneficiary) -> Entry | None:
    """« Et pour ameli ? » is read in the light of the last answer."""
    if person.pending_exchange_id is None:
        return None
    exchange = await journal.get(desk.tx, person.id, person.pending_exchange_id)
    return desk.faq.entries.get(exchange.entry_id or "") if exchange else None


async def answer(
    desk: Helpdesk, person: Beneficiary, entry: Entry, exchange_id: ExchangeId
) -> None:
    """Send one entry: its steps, its site, its phone, its source, and « est-ce bon ? »."""
    words = word_answer(desk, entry)
    if entry.always_human:
        buttons = extra_rows(desk, person, entry)
        await desk.say(person, words, buttons, exchange_id=exchange_id)
        await handoff.hand_over(desk, person, Reason.ALWAYS_HUMAN)
        return
    labels = desk.texts.labels
    feedback = (Button(labels.yes, f"yes:{exchange_id}"), Button(labels.no, f"no:{exchange_id}"))
    buttons = (*extra_rows(desk, person, entry), feedback, (desk.human_button(),))
    asked = words + Words("\n" + desk.texts.person.does_it_help)
    # The menu it was chosen from stays: « 1 », then « 2 », is how people read through it.
    await people.set_pending_exchange(desk.tx, person.id, exchange_id)
    await desk.say(person, asked, buttons, exchange_id=exchange_id)


def extra_rows(desk: Helpdesk, person: Beneficiary, entry: Entry) -> ButtonRows:
    """Its sites on one row; its voice, its pictures and its translation on another."""
    sites = tuple(Button(link.label, url=link.url) for link in entry.links)
    if entry.is_stale(desk.now.astimezone(PARIS).date()):
        return (sites,) if sites else ()  # what was said, shown or translated then may be wrong
    labels = desk.texts.labels
    ways: list[Button] = []
    if entry.voice is not None:
        label = fill(labels.listen, seconds=entry.voice.seconds).text
        ways.append(Button(label, f"listen:{entry.id}"))
    if any(step.picture for step in entry.steps):
        ways.append(Button(labels.pictures, f"pictures:{entry.id}"))
    code = language_of(person)
    if code in entry.translations:
        ways.append(Button(LANGUAGES[code], f"translate:{entry.id}"))
    return tuple(row for row in (sites, tuple(ways)) if row)


def language_of(person: Beneficiary) -> str:
    """The language of her phone: « ar » for « ar-MA »; nothing when it is unknown."""
    return (person.language or "").split("-")[0].lower()


async def suggest(
    desk: Helpdesk,
    person: Beneficiary,
    intro: Words,
    proposals: tuple[str, ...],
    exchange_id: ExchangeId,
) -> None:
    """Show up to three questions, as buttons and as numbers that can be typed."""
    entries = [desk.faq.entries[entry_id] for entry_id in proposals]
    lines = [intro.text, *(f"{n}. {entry.question}" for n, entry in enumerate(entries, 1))]
    choices = [
        Button(f"{n}. {entry.title}", f"pick:{exchange_id}:{entry.id}")
        for n, entry in enumerate(entries, 1)
    ]
    exchange = await journal.get(desk.tx, person.id, exchange_id)
    seen = len(exchange.refused) if exchange else 0
    choices.append(Button(desk.texts.labels.none, f"none:{exchange_id}:{seen}"))
    await show_menu(desk, person, Words("\n".join(lines)), choices, exchange_id)


async def show_menu(
    desk: Helpdesk,
    person: Beneficiary,
    words: Words,
    choices: list[Button],
    exchange_id: ExchangeId | None = None,
) -> None:
    """Show choices, « Parler à quelqu'un » last, and remember what typed numbers mean."""
    choices = [*choices, desk.human_button()]
    await people.set_menu(desk.tx, person.id, tuple(choice.data or "" for choice in choices))
    await desk.say(person, words, rows(*choices), exchange_id=exchange_id)


async def miss(desk: Helpdesk, person: Beneficiary) -> None:
    """One more question without help: the themes, and the second time in a row a person."""
    if not await _count_miss(desk, person):
        await show_themes(desk, person, Words(desk.texts.person.not_found))


async def _count_miss(desk: Helpdesk, person: Beneficiary) -> bool:
    fresh = await people.get(desk.tx, person.id)
    misses = (fresh or person).misses + 1
    await people.set_misses(desk.tx, person.id, misses)
    if misses < MISSES_BEFORE_HUMAN:
        return False
    await handoff.hand_over(desk, person, Reason.MISSED)
    return True


async def refuse_answer(desk: Helpdesk, person: Beneficiary, exchange: Exchange) -> None:
    """« Non » to an answer: the next best questions, or a person; it counts once."""
    if exchange.feedback == "non":
        await _show_next(desk, person, exchange.id, exchange.proposals)
        return
    await journal.set_feedback(desk.tx, exchange.id, "non")
    await unanswered.note_refused(desk, exchange)
    await people.set_pending_exchange(desk.tx, person.id, None)
    shown = (*exchange.refused, *((exchange.entry_id,) if exchange.entry_id else ()))
    await _offer_next(desk, person, exchange, shown)


async def refuse_proposals(
    desk: Helpdesk, person: Beneficiary, exchange: Exchange, seen: int
) -> None:
    """« Aucune de celles-là »; `seen` is how many were refused when this menu was shown."""
    if seen != len(exchange.refused):
        await _show_next(desk, person, exchange.id, exchange.proposals)  # an old menu
        return
    await journal.set_feedback(desk.tx, exchange.id, "aucune")
    await unanswered.note_refused(desk, exchange)
    await _offer_next(desk, person, exchange, (*exchange.refused, *exchange.proposals))


async def _offer_next(
    desk: Helpdesk, person: Beneficiary, exchange: Exchange, refused: tuple[str, ...]
) -> None:
    refused = tuple(dict.fromkeys(refused))
    proposals = _next_best(desk, exchange.question, refused)
    await journal.set_proposals(desk.tx, exchange.id, proposals, refused)
    if not await _count_miss(desk, person):
        await _show_next(desk, person, exchange.id, proposals)


async def _show_next(
    desk: Helpdesk, person: Beneficiary, exchange_id: ExchangeId, proposals: tuple[str, ...]
) -> None:
    known = tuple(name for name in proposals if name in desk.faq.entries)
    if known:
        await suggest(desk, person, Words(desk.texts.person.next_best), known, exchange_id)
    else:
        await show_themes(desk, person, Words(desk.texts.person.not_found))


def _next_best(desk: Helpdesk, question: str, refused: tuple[str, ...]) -> tuple[str, ...]:
    found = desk.faq.search(question, SEARCH_DEPTH)
    floor = desk.faq.service.thresholds.suggest
    better = [match.entry_id for match in found if match.score >= floor / 2]
    return tuple(name for name in better if name not in refused)[:SUGGESTION_COUNT]


async def accept(desk: Helpdesk, person: Beneficiary, exchange: Exchange) -> None:
    """« Oui »: the answer helped."""
    await journal.set_feedback(desk.tx, exchange.id, "oui")
    await people.set_misses(desk.tx, person.id, 0)
    await people.set_pending_exchange(desk.tx, person.id, None)
    await desk.say(person, Words(desk.texts.person.glad), rows(desk.human_button()))


async def pick(desk: Helpdesk, person: Beneficiary, exchange: Exchange, entry_id: str) -> None:
    """She chose a suggestion: the answer, and a candidate phrasing for the entry."""
    entry = desk.faq.entries.get(entry_id)
    if entry is None or not entry.active:
        await show_themes(desk, person, Words(desk.texts.person.entry_gone))
        return
    await journal.set_feedback(desk.tx, exchange.id, f"choisi:{entry_id}")
    await unanswered.note_chosen(desk, exchange, entry)
    chosen_id = await journal.add(
        desk.tx,
        person.id,
        exchange.question,
        "chosen",
        desk.now,
        entry_id=entry.id,
        faq_version=desk.faq.version,
        refused=tuple(name for name in exchange.refused if name != entry_id),
    )
    await answer(desk, person, entry, chosen_id)


async def browse(desk: Helpdesk, person: Beneficiary, entry_id: str) -> None:
    """An entry opened from the themes."""
    entry = desk.faq.entries.get(entry_id)
    if entry is None or not entry.active:
        await show_themes(desk, person, Words(desk.texts.person.entry_gone))
        return
    exchange_id = await journal.add(
        desk.tx,
        person.id,
        entry.question,
        "browsed",
        desk.now,
        entry_id=entry.id,
        faq_version=desk.faq.version,
    )
    await answer(desk, person, entry, exchange_id)


async def show_themes(desk: Helpdesk, person: Beneficiary, intro: Words | None = None) -> None:
    """The themes that have entries, each a button and a number."""
    choices = [
        Button(f"{n}. {theme.title}", f"theme:{theme.id}")
        for n, theme in enumerate(desk.faq.themes, 1)
    ]
    await show_menu(desk, person, intro or Words(desk.texts.person.choose_theme), choices)


async def show_theme(desk: Helpdesk, person: Beneficiary, theme_id: str, page: int) -> None:
    """Three questions of a theme at a time, and « Voir la suite »."""
    theme = next((theme for theme in desk.faq.themes if theme.id == theme_id), None)
    entries = _page(theme, page)
    if theme is None or not entries:
        await show_themes(desk, person, Words(desk.texts.person.theme_empty))
        return
    intro = fill(desk.texts.person.choose_question, theme=theme.title)
    lines = "".join(f"\n{n}. {entry.question}" for n, entry in enumerate(entries, 1))
    choices = [
        Button(f"{n}. {entry.title}", f"entry:{entry.id}") for n, entry in enumerate(entries, 1)
    ]
    if _page(theme, page + 1):
        choices.append(Button(desk.texts.labels.more, f"theme:{theme.id}:{page + 1}"))
    await show_menu(desk, person, intro + Words(lines), choices)


def _page(theme: Theme | None, page: int) -> tuple[Entry, ...]:
    if theme is None or page < 0:
        return ()
    active = tuple(entry for entry in theme.entries if entry.active)
    return active[page * SUGGESTION_COUNT : (page + 1) * SUGGESTION_COUNT]
