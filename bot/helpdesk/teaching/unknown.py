"""`/inconnues`: the questions without an answer, and what a caseworker makes of each."""

from bot.domain import Button, ButtonRows, UnansweredId, Words, join_words
from bot.helpdesk.context import Helpdesk, rows
from bot.helpdesk.hours import PARIS, format_date
from bot.helpdesk.incoming import StaffSender, number_behind
from bot.helpdesk.teaching import drafts, replies
from bot.helpdesk.teaching.wording import name_entry
from bot.store import unanswered
from bot.store.unanswered import Unanswered
from bot.texts import fill
from faq.changes import NewPhrasing

PAGE = 5  # questions shown at a time: a group takes 18 messages a minute
MOST_ENTRIES = 3  # entries proposed for a question
SEARCH, ANSWER = "search", "answer"  # what a reply does: « search:<number> », « answer:<number> »
PRESSES = ("which", "create", "ignore", "phrase", "unknown")


async def show(desk: Helpdesk, after: str = "") -> None:
    """The questions of most people first, each with its three ways on.

    `after`: where the page before ended (« people:times:number »), whatever was settled since.
    """
    place = tuple(number_behind(part) or 0 for part in after.split(":"))
    is_first = len(place) != len(unanswered.FIRST)
    listed = await unanswered.list_open(
        desk.tx, PAGE + 1, unanswered.FIRST if is_first else (place[0], place[1], place[2])
    )
    if not listed:
        await desk.post_faq(Words(desk.texts.teaching.all_known))
    found = listed[:PAGE]
    for one in found:
        is_followed = one is found[-1] and len(listed) > PAGE
        buttons = _buttons(desk, one, is_followed=is_followed)
        await desk.post_faq(_word(desk, one), buttons, beneficiary_id=one.first_asker)


def _word(desk: Helpdesk, one: Unanswered) -> Words:
    texts = desk.texts.teaching
    date = format_date(desk.texts, one.last_at.astimezone(PARIS).date())
    if one.times == 1:
        count = fill(texts.asked_once, date=date)
    else:
        count = fill(texts.asked_often, times=one.times, people=one.people, date=date)
    lines = [fill(texts.question, words=one.words), count]
    if one.chosen_entry is not None:
        lines.append(fill(texts.chosen, title=name_entry(desk, one.chosen_entry)))
    return join_words(lines)


def _buttons(desk: Helpdesk, one: Unanswered, *, is_followed: bool) -> ButtonRows:
    labels = desk.texts.teaching.labels
    this_one = f"which:{one.id}"
    if one.chosen_entry is not None:
        this_one = f"phrase:{one.id}:{one.chosen_entry}"
    buttons: ButtonRows = (
        (Button(labels.add_phrasing if one.chosen_entry else labels.this_entry, this_one),),
        (Button(labels.new_entry, f"create:{one.id}"), Button(labels.ignore, f"ignore:{one.id}")),
    )
    if is_followed:
        place = f"{one.people}:{one.times}:{one.id}"
        buttons = (*buttons, (Button(labels.more, f"unknown:{place}"),))
    return buttons


async def press(
    desk: Helpdesk, sender: StaffSender, name: str, argument: str, press_id: str
) -> None:
    """One of the buttons of a question; a settled one is told so."""
    number, _, entry_id = argument.partition(":")
    if name == "unknown":
        await desk.answer_press(press_id)
        await show(desk, argument)
        return
    one = await _get(desk, number)
    if one is None or one.status != "open":
        await desk.answer_press(press_id, desk.texts.teaching.settled, is_alert=True)
        return
    if name != "ignore" and desk.options.why_no_writing is not None:
        await desk.answer_press(press_id, desk.options.why_no_writing, is_alert=True)
        return
    await desk.answer_press(press_id)
    await _act(desk, sender, name, one, entry_id)


async def _get(desk: Helpdesk, number: str) -> Unanswered | None:
    return await unanswered.get(desk.tx, UnansweredId(number_behind(number) or 0))


async def _act(
    desk: Helpdesk, sender: StaffSender, name: str, one: Unanswered, entry_id: str
) -> None:
    texts = desk.texts.teaching
    if name == "which":
        await _propose_entries(desk, one, one.words)
    elif name == "create":
        words = fill(texts.write_answer, words=one.words)
        await desk.post_faq(words, act=f"{ANSWER}:{one.id}", beneficiary_id=one.first_asker)
    elif name == "ignore":
        await unanswered.set_status(desk.tx, one.id, "ignored")
        await desk.post_faq(fill(texts.ignored, name=sender.first_name))
    elif entry_id in desk.faq.entries:
        change = NewPhrasing(entry_id, drafts.straight(" ".join(one.words.split())))
        await drafts.propose(
            desk,
            sender,
            change,
            beneficiary_id=one.first_asker,
            unanswered_id=one.id,
        )
    else:
        await desk.post_faq(Words(texts.entry_gone))


async def _propose_entries(desk: Helpdesk, one: Unanswered, searched: str) -> None:
    """The entries nearest to `searched`; a reply to the message searches another word."""
    texts = desk.texts.teaching
    entries = [
        desk.faq.entries[match.entry_id] for match in desk.faq.search(searched, MOST_ENTRIES)
    ]
    words = fill(texts.which_entry if entries else texts.no_entry, words=one.words)
    lines = [f"{n}. {entry.question}" for n, entry in enumerate(entries, 1)]
    buttons = rows(
        *(
            Button(f"{n}. {entry.title}", f"phrase:{one.id}:{entry.id}")
            for n, entry in enumerate(entries, 1)
        )
    )
    listed = join_words([words, *map(Words, lines)])
    act = f"{SEARCH}:{one.id}"
    await desk.post_faq(listed, buttons, act=act, beneficiary_id=one.first_asker)


async def search(desk: Helpdesk, number: str, text: str) -> None:
    """A reply to « Quelle fiche… »: look for that word."""
    one = await _get(desk, number)
    if one is None or one.status != "open":
        await desk.post_faq(Words(desk.texts.teaching.settled))
    else:
        await _propose_entries(desk, one, text)


async def answer(desk: Helpdesk, sender: StaffSender, number: str, text: str) -> None:
    """A reply to « Nouvelle fiche »: the draft of an entry."""
    one = await _get(desk, number)
    if one is None or one.status != "open":
        await desk.post_faq(Words(desk.texts.teaching.settled))
        return
    today = desk.now.astimezone(PARIS).date()
    change = replies.word_entry(desk, one.words, text.strip(), sender.first_name, today)
    await drafts.propose(
        desk, sender, change, beneficiary_id=one.first_asker, unanswered_id=one.id
    )
