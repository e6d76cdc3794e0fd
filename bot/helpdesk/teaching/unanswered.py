"""Keeping the questions that no entry answers: alike ones are counted together."""

from bot.domain import Exchange, ExchangeId, Reason, Ticket
from bot.helpdesk.context import Helpdesk
from bot.helpdesk.hearing import name_small_talk
from bot.store import unanswered
from faq.alike import find_alike
from faq.entry import Entry
from faq.text import normalise, words

MOST_COMPARED = 300  # newest questions that a new one is compared with
FEWEST_WORDS = 2  # « caf » alone asks nothing that an entry could answer
MOST_WORDS = 60  # more is a story, not a question


async def note(
    desk: Helpdesk, exchange_id: ExchangeId, question: str, chosen: str | None = None
) -> None:
    """No entry answered `question` (masked), or not alone: she `chosen` that one among several.

    Words of danger are kept out of any list.
    """
    if not FEWEST_WORDS <= len(words(question)) <= MOST_WORDS:
        return
    if desk.triage.triage(question) is not None:
        return
    known = await unanswered.list_known(desk.tx, MOST_COMPARED)
    same_kind = {one.id: one.words for one in known if one.chosen_entry == chosen}
    found = find_alike(question, same_kind)
    if found is None:
        found = await unanswered.add(desk.tx, desk.now, chosen)
    await unanswered.attach(desk.tx, exchange_id, found)


async def note_refused(desk: Helpdesk, exchange: Exchange) -> None:
    """What she was shown does not answer; an entry opened from the themes asks nothing."""
    if exchange.outcome != "browsed":
        await note(desk, exchange.id, exchange.question)


async def note_handed_over(
    desk: Helpdesk, opened: Ticket, exchange_id: ExchangeId, question: str
) -> None:
    """The first words of a request that has no question yet are the question handed over.

    A greeting or thanks are none; and a request that an entry opened has its answer.
    """
    if opened.danger_category is not None or opened.is_urgent:
        return
    if opened.reason is Reason.ALWAYS_HUMAN or name_small_talk(
        desk.texts, desk.faq.welcome, question
    ):
        return
    if not await unanswered.has_of_ticket(desk.tx, opened.id):
        await note(desk, exchange_id, question)


async def note_chosen(desk: Helpdesk, exchange: Exchange, entry: Entry) -> None:
    """She found her entry among several: her words may be a phrasing that it lacks."""
    await unanswered.detach(desk.tx, exchange.id)
    known = {normalise(phrasing) for phrasing in (entry.question, *entry.phrasings)}
    if normalise(exchange.question) not in known:
        await note(desk, exchange.id, exchange.question, entry.id)
