"""`/faq mot`: find an entry, send it to the person as one's reply, give it a voice."""

from bot.domain import Beneficiary, Button, Priority, Words, join_words
from bot.helpdesk import answering, taking
from bot.helpdesk.context import Helpdesk, rows
from bot.helpdesk.hours import PARIS
from bot.helpdesk.incoming import Incoming, StaffSender, VoiceNote
from bot.helpdesk.teaching import drafts
from bot.helpdesk.wording import word_answer
from bot.store import beneficiary as people
from bot.store import ticket
from bot.texts import fill
from faq.changes import NewVoice, Redraft
from faq.entry import Entry
from faq.entry_parts import LONGEST_VOICE

ACT = "entry"  # a voice note in reply to an entry becomes its voice: « entry:<id> »
MOST_FOUND = 3
PRESSES = ("send", "show")


async def find(desk: Helpdesk, person: Beneficiary | None, searched: str) -> None:
    """The best entry in full, and the next ones as buttons."""
    texts = desk.texts.teaching
    if not searched:
        await _post(desk, person, Words(texts.find))
        return
    floor = desk.faq.service.thresholds.suggest
    found = [m for m in desk.faq.search(searched, MOST_FOUND) if m.score >= floor / 2]
    if not found or found[0].score < floor:
        await _post(desk, person, fill(texts.found_nothing, words=searched))
        return
    entries = [desk.faq.entries[match.entry_id] for match in found]
    await _show(desk, person, entries[0], entries[1:])


async def _show(
    desk: Helpdesk, person: Beneficiary | None, entry: Entry, others: list[Entry]
) -> None:
    texts = desk.texts.teaching
    buttons = [
        Button(fill(texts.labels.show, title=other.title).text, f"show:{other.id}")
        for other in others
    ]
    if person is not None:
        label = fill(texts.labels.send, name=person.first_name).text
        buttons.insert(0, Button(label, f"send:{entry.id}"))
    ways = [Words(texts.no_voice_yet if _is_stale(desk, entry) else texts.give_voice)]
    if person is None:  # in her topic, a text in reply goes to her
        ways.append(Words(texts.give_wording))
    words = join_words([word_answer(desk, entry), *ways])
    await _post(desk, person, words, buttons, act=f"{ACT}:{entry.id}")


def _is_stale(desk: Helpdesk, entry: Entry) -> bool:
    """Past its date: people are shown neither its answer nor its voice."""
    return entry.is_stale(desk.now.astimezone(PARIS).date())


async def _post(
    desk: Helpdesk,
    person: Beneficiary | None,
    words: Words,
    buttons: list[Button] | None = None,
    act: str = "",
) -> None:
    """In the person's topic when it was asked there, otherwise in the topic « FAQ »."""
    shown = rows(*(buttons or ()))
    if person is None:
        await desk.post_faq(words, shown, act=act)
    else:
        await desk.post(person.id, words, shown, act=act)


async def press(
    desk: Helpdesk,
    person: Beneficiary | None,
    sender: StaffSender,
    name: str,
    entry_id: str,
    press_id: str,
) -> None:
    """« Voir » another entry, or « Envoyer » this one."""
    entry = desk.faq.entries.get(entry_id)
    if entry is None:
        await desk.answer_press(press_id, desk.texts.teaching.entry_gone, is_alert=True)
    elif name == "show":
        await desk.answer_press(press_id)
        await _show(desk, person, entry, [])
    elif person is None:
        await desk.answer_press(press_id, desk.texts.team.dead_button)
    else:
        await _send(desk, person, sender, entry, press_id)


async def _send(
    desk: Helpdesk, person: Beneficiary, sender: StaffSender, entry: Entry, press_id: str
) -> None:
    """The answer goes to the person as the caseworker's reply; a second touch sends nothing."""
    texts = desk.texts.teaching
    said = fill(texts.sent, name=sender.first_name, title=entry.title)
    current = await ticket.get_open(desk.tx, person.id)
    last = await ticket.get_last_reply(desk.tx, current.id) if current else None
    if last is not None and last.words == entry.title:
        await desk.answer_press(press_id, texts.sent_already, is_alert=True)
        return
    await desk.answer_press(press_id)
    opened = await taking.open_for_reply(desk, person)
    if opened.claimed_by is None:
        await taking.take_by_replying(desk, person, sender, opened)
    by = (sender.user_id, sender.first_name)
    await ticket.add_event(desk.tx, opened.id, "reply", desk.now, by, entry.title)
    await ticket.set_acknowledged(desk.tx, opened.id, is_acknowledged=False)
    await people.set_menu(desk.tx, person.id, ())
    buttons = (*answering.extra_rows(desk, person, entry), (desk.human_button(),))
    await desk.say(person, word_answer(desk, entry), buttons, priority=Priority.RELAY)
    await desk.post(person.id, said)


async def propose_wording(desk: Helpdesk, sender: StaffSender, entry_id: str, text: str) -> None:
    """A text in reply to an entry, in the topic « FAQ »: another wording of its answer."""
    if entry_id not in desk.faq.entries:
        await desk.post_faq(Words(desk.texts.teaching.entry_gone))
    elif desk.options.why_no_writing is not None:
        await desk.post_faq(Words(desk.options.why_no_writing))
    else:
        answer = drafts.straight(text.strip())
        await drafts.propose(desk, sender, Redraft(entry_id, answer, sender.first_name))


async def propose_voice(
    desk: Helpdesk,
    person: Beneficiary | None,
    sender: StaffSender,
    entry_id: str,
    said: Incoming,
    voice: VoiceNote,
) -> None:
    """A voice note in reply to an entry: it never reaches the person, and waits to be approved."""
    texts = desk.texts.teaching
    entry = desk.faq.entries.get(entry_id)
    if entry is None or _is_stale(desk, entry):
        await _post(desk, person, Words(texts.no_voice_yet if entry else texts.entry_gone))
        return
    if desk.options.why_no_writing is not None:
        await _post(desk, person, Words(desk.options.why_no_writing))
        return
    if voice.seconds > LONGEST_VOICE:
        words = fill(texts.too_long_a_voice, seconds=voice.seconds, most=LONGEST_VOICE)
        await _post(desk, person, words)
        return
    if person is not None:
        await desk.post(person.id, Words(texts.voice_kept), reply_to=said.message)
    seconds = max(voice.seconds, 1)
    await drafts.propose(
        desk, sender, NewVoice(entry_id, voice.file_id, seconds, sender.first_name)
    )
