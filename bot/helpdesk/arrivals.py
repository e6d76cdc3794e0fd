"""What becomes of a message of a person: danger, private numbers, plain words, team, or FAQ."""

import unicodedata

from bot.domain import Beneficiary, Priority, Reason, Ticket, Words
from bot.helpdesk import answering, danger, handoff, hearing, presses, privacy
from bot.helpdesk.context import Helpdesk, rows
from bot.helpdesk.incoming import Incoming, Sender
from bot.outgoing import EditCopy
from bot.store import beneficiary as people
from bot.store import exchange as journal
from bot.store import message_map, outbox, ticket
from bot.texts import fill
from faq.danger import Danger

UNMOVED = ("location", "venue")  # a live location is « edited » at each step: the first stays
LONGEST_NAME = 40  # characters of a first name shown to the team


async def meet(desk: Helpdesk, sender: Sender) -> Beneficiary:
    """The person who writes, known from now on."""
    # Direction marks in a name would turn the title of her topic around.
    seen = "".join(c for c in sender.first_name if unicodedata.category(c) not in ("Cc", "Cf"))
    name = " ".join(seen.split())[:LONGEST_NAME] or "?"
    return await people.get_or_add(desk.tx, sender.chat, name, sender.language, desk.now)


async def start(desk: Helpdesk, sender: Sender) -> None:
    """/start: who answers here, what is kept, what never to write, how to erase."""
    person = await meet(desk, sender)
    if await desk.get_group() is None:
        await desk.say(person, Words(desk.texts.person.opening_soon))
        return
    await _welcome(desk, person)


async def _welcome(desk: Helpdesk, person: Beneficiary) -> None:
    retention = desk.faq.service.retention
    words = fill(
        desk.texts.person.welcome,
        team=desk.team_name,
        days=retention.exchanges,
        ticket_days=retention.requests,
    )
    await people.set_welcomed(desk.tx, person.id)
    await desk.say(person, words, has_menu_keyboard=True)


async def receive(desk: Helpdesk, sender: Sender, incoming: Incoming) -> None:
    """A new message of a person, whatever its kind: never lost, never without an answer."""
    person = await meet(desk, sender)
    await outbox.drop_unknown_answers(desk.tx, person.id)
    found = _find_danger(desk, incoming)
    if found is not None:
        await danger.respond(desk, person, found, incoming, is_edit=False)
        await _tell_masked(desk, person, incoming)
        return
    await _tell_masked(desk, person, incoming)
    act = hearing.name_act(desk.texts, incoming.text) if incoming.kind == "text" else None
    opened = await ticket.get_open(desk.tx, person.id)
    if opened is None and await desk.get_group() is None:
        await _receive_early(desk, person, incoming, act)
        return
    if opened is None and act is None:
        opened = await handoff.reopen_by_reply(desk, person, incoming)
    await _introduce(desk, person, opened)
    if opened is not None:
        await _receive_for_team(desk, person, opened, incoming, act)
    else:
        await _receive_alone(desk, person, incoming, act)


def _find_danger(desk: Helpdesk, incoming: Incoming) -> Danger | None:
    """The danger her words speak of; « Je suis en sécurité », typed, speaks of none."""
    if not incoming.text or hearing.name_act(desk.texts, incoming.text) == "safe":
        return None
    return desk.triage.triage(incoming.text)


async def _introduce(desk: Helpdesk, person: Beneficiary, opened: Ticket | None) -> None:
    """Her first words came without /start: who answers here, once. Never amid an emergency."""
    if person.is_welcomed or (opened is not None and opened.is_urgent):
        return
    await people.set_welcomed(desk.tx, person.id)
    words = fill(desk.texts.person.welcome_short, team=desk.team_name)
    await desk.say(person, words, has_menu_keyboard=True)


async def _receive_early(
    desk: Helpdesk, person: Beneficiary, incoming: Incoming, act: str | None
) -> None:
    """Set-up mode: the service opens soon; what is kept can be read and erased already."""
    if act in ("data", "erase"):
        await _do(desk, person, act)
        return
    choice = hearing.read_choice(desk.texts, person, incoming.text, is_open=False)
    if choice is not None and choice.startswith("data:"):
        await presses.act(desk, person, choice)
        return
    words = incoming.text or f"[{incoming.kind}]"
    await journal.add(
        desk.tx, person.id, words, "before_opening", desk.now, faq_version=desk.faq.version
    )
    await desk.say(person, Words(desk.texts.person.opening_soon))


async def _receive_for_team(
    desk: Helpdesk, person: Beneficiary, opened: Ticket, incoming: Incoming, act: str | None
) -> None:
    """A request is open: the team reads everything but the words of the keyboard."""
    if act is None or not hearing.is_for_robot(desk.texts, incoming.text):
        await handoff.relay(desk, person, opened, incoming)
    if act is not None:
        await _do(desk, person, act)
    elif not await _act_on_choice(desk, person, incoming, is_open=True):
        await handoff.acknowledge(desk, person, opened)


async def _receive_alone(
    desk: Helpdesk, person: Beneficiary, incoming: Incoming, act: str | None
) -> None:
    """No request is open: small talk, a question, or something only a person can look at."""
    if act is not None:
        await _do(desk, person, act)
    elif incoming.kind == "sticker":
        await _reply_kindly(desk, person, desk.texts.person.sticker)
    elif incoming.kind != "text":
        what = handoff.name_kind(desk, incoming.kind)
        opened = await handoff.hand_over(desk, person, Reason.MEDIA, what=what)
        await handoff.relay(desk, person, opened, incoming)
    elif not await _act_on_choice(desk, person, incoming, is_open=False):
        await _answer_words(desk, person, incoming.text)


async def _answer_words(desk: Helpdesk, person: Beneficiary, text: str) -> None:
    if person.menu[:1] == (hearing.ERASE_YES,):
        await people.set_menu(desk.tx, person.id, ())  # she speaks of something else
    reply = hearing.name_small_talk(desk.texts, desk.faq.welcome, text)
    if reply is not None:
        await _reply_kindly(desk, person, reply)
    elif hearing.read_number(text) is not None:
        await answering.show_themes(desk, person, Words(desk.texts.person.no_such_number))
    else:
        await answering.ask(desk, person, text)


async def _reply_kindly(desk: Helpdesk, person: Beneficiary, reply: str) -> None:
    await desk.say(person, fill(reply), rows(desk.human_button()))


async def _do(desk: Helpdesk, person: Beneficiary, act: str) -> None:
    """The four words of the keyboard, and the plain words that mean the same."""
    if act == "help":
        await _reply_kindly(desk, person, desk.texts.person.help)
    elif act == "stop":
        await _reply_kindly(desk, person, desk.texts.person.stop)
    elif act == "erase":
        await privacy.confirm(desk, person)
    else:
        await presses.act(desk, person, act)


async def _act_on_choice(
    desk: Helpdesk, person: Beneficiary, incoming: Incoming, *, is_open: bool
) -> bool:
    """A typed number, « oui » or « non » means the choice of the last screen shown."""
    if incoming.kind != "text":
        return False
    choice = hearing.read_choice(desk.texts, person, incoming.text, is_open=is_open)
    if choice is not None:
        await presses.act(desk, person, choice)
    return choice is not None


async def _tell_masked(desk: Helpdesk, person: Beneficiary, incoming: Incoming) -> None:
    if incoming.masked and not person.is_mask_told:
        await people.set_mask_told(desk.tx, person.id)
        await desk.say(person, Words(desk.texts.person.masked))


async def receive_edit(desk: Helpdesk, sender: Sender, incoming: Incoming) -> None:
    """An edited message: danger is looked for again, and the copy at the desk follows."""
    if incoming.kind in UNMOVED:
        return
    person = await meet(desk, sender)
    found = _find_danger(desk, incoming)
    was_relayed = await follow_edit(desk, person, incoming)
    if found is not None:
        await danger.respond(desk, person, found, incoming, is_edit=was_relayed)
    await _tell_masked(desk, person, incoming)
    if found is not None or was_relayed:
        return
    act = hearing.name_act(desk.texts, incoming.text) if incoming.kind == "text" else None
    opened = await ticket.get_open(desk.tx, person.id)
    if opened is not None:
        await _receive_for_team(desk, person, opened, incoming, act)
    elif await desk.get_group() is None:
        await desk.say(person, Words(desk.texts.person.opening_soon))
    else:
        await _receive_alone(desk, person, incoming, act)


async def follow_edit(desk: Helpdesk, person: Beneficiary, incoming: Incoming) -> bool:
    """Bring an edit to the copy of the message; False when it was never copied.

    What has not left yet is rewritten where it waits.
    """
    row = await outbox.get_copy_of(desk.tx, incoming.message)
    if row is not None and row.status == "waiting":
        await outbox.set_body(desk.tx, row.id, handoff.word_copy(desk, incoming))
        return True
    copy = await message_map.get_copy(desk.tx, incoming.message)
    if row is None and copy is None:
        return False
    edit = EditCopy(
        incoming.message,
        incoming.text,
        entities=incoming.entities,
        is_caption=incoming.kind != "text",
        media=None if incoming.masked else incoming.media,
    )
    await desk.put(person.id, edit, priority=Priority.RELAY)
    return True
