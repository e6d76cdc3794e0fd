"""What becomes of a message of a person: danger, private numbers, plain words, team, or FAQ."""

from bot.domain import Beneficiary, EditCopy, Priority, Reason, Words
from bot.helpdesk import answering, danger, handoff, presses, privacy
from bot.helpdesk.context import Helpdesk, rows
from bot.helpdesk.incoming import Incoming, Sender
from bot.store import beneficiary as people
from bot.store import exchange as journal
from bot.store import message_map, outbox, ticket
from bot.texts import fill
from faq.text import normalise

LONGEST_NAME = 40  # characters of a first name shown to the team


async def meet(desk: Helpdesk, sender: Sender) -> Beneficiary:
    """The person who writes, known from now on."""
    name = " ".join(sender.first_name.split())[:LONGEST_NAME] or "?"
    return await people.get_or_add(desk.tx, sender.chat, name, sender.language, desk.now)


async def start(desk: Helpdesk, sender: Sender) -> None:
    """/start: who answers here, what is kept, what never to write, how to erase."""
    person = await meet(desk, sender)
    if await desk.get_group() is None:
        await desk.say(person, Words(desk.texts.person.opening_soon))
        return
    await _welcome(desk, person)


async def _welcome(desk: Helpdesk, person: Beneficiary) -> None:
    days = desk.faq.service.retention.exchanges
    words = fill(desk.texts.person.welcome, team=desk.team_name, days=days)
    await people.set_welcomed(desk.tx, person.id)
    await desk.say(person, words, has_menu_keyboard=True)


async def receive(desk: Helpdesk, sender: Sender, incoming: Incoming) -> None:
    """A new message of a person, whatever its kind: never lost, never without an answer."""
    person = await meet(desk, sender)
    await outbox.drop_unknown_answers(desk.tx, person.id)
    found = desk.triage.triage(incoming.text) if incoming.text else None
    if found is not None:
        await danger.respond(desk, person, found, incoming, is_edit=False)
        await _tell_masked(desk, person, incoming)
        return
    if await desk.get_group() is None:
        await journal.add(desk.tx, person.id, incoming.text, "before_opening", desk.now)
        await desk.say(person, Words(desk.texts.person.opening_soon))
        return
    await _tell_masked(desk, person, incoming)
    if await _act_on_words(desk, person, incoming):
        return
    if not person.is_welcomed:
        await _welcome_shortly(desk, person)
    opened = await ticket.get_open(desk.tx, person.id)
    if opened is not None:
        await handoff.relay(desk, person, opened, incoming)
        await _act_on_number(desk, person, incoming)
        await handoff.acknowledge(desk, person, opened)
    elif not await _act_on_number(desk, person, incoming):
        await _receive_alone(desk, person, incoming)


async def _welcome_shortly(desk: Helpdesk, person: Beneficiary) -> None:
    await people.set_welcomed(desk.tx, person.id)
    words = fill(desk.texts.person.welcome_short, team=desk.team_name)
    await desk.say(person, words, has_menu_keyboard=True)


async def _receive_alone(desk: Helpdesk, person: Beneficiary, incoming: Incoming) -> None:
    """No request is open: small talk, a question, or something only a person can look at."""
    if incoming.kind == "sticker":
        await _reply_kindly(desk, person, desk.texts.person.sticker)
    elif incoming.kind != "text":
        what = handoff.name_kind(desk, incoming.kind)
        opened = await handoff.hand_over(desk, person, Reason.MEDIA, what=what)
        await handoff.relay(desk, person, opened, incoming)
    else:
        reply = _small_talk(desk, incoming.text)
        if reply is None:
            await answering.ask(desk, person, incoming.text)
        else:
            await _reply_kindly(desk, person, reply)


async def _reply_kindly(desk: Helpdesk, person: Beneficiary, reply: str) -> None:
    await desk.say(person, Words(reply), rows(desk.human_button()), has_menu_keyboard=False)


def _small_talk(desk: Helpdesk, text: str) -> str | None:
    """The reply to « bonjour », « merci », « ok », « ?? » or an emoji alone; None otherwise."""
    heard, person = desk.texts.heard, desk.texts.person
    said = normalise(text)
    if not said:
        return person.puzzled if "?" in text else person.okay
    if said in heard.greetings:
        return person.greeting
    if said in heard.thanks:
        return person.thanks
    return person.okay if said in heard.okays else None


async def _act_on_words(desk: Helpdesk, person: Beneficiary, incoming: Incoming) -> bool:
    """The four words of the keyboard, and the plain words that mean the same."""
    if incoming.kind != "text":
        return False
    act = _name_act(desk, incoming.text)
    if act is None:
        return False
    if not person.is_welcomed and act != "human":
        await _welcome_shortly(desk, person)
    if act == "help":
        await _reply_kindly(desk, person, desk.texts.person.help)
    elif act == "stop":
        await _reply_kindly(desk, person, desk.texts.person.stop)
    elif act == "erase":
        await privacy.confirm(desk, person)
    else:
        await presses.act(desk, person, act)
    return True


def _name_act(desk: Helpdesk, text: str) -> str | None:
    menu, heard = desk.texts.menu, desk.texts.heard
    bare = text.strip().lower()
    said = normalise(text) or bare
    words = {
        normalise(menu.ask): "ask",
        normalise(menu.themes): "themes",
        normalise(menu.data): "data",
        normalise(menu.human): "human",
    }
    if said in words:
        return words[said]
    acts = (
        ("themes", heard.menu),
        ("help", heard.help),
        ("human", heard.human),
        ("stop", heard.stop),
        ("robot", heard.robot),
        ("erase", heard.erase),
        ("data", heard.data),
    )
    for act, phrases in acts:
        if said in phrases or bare in phrases:
            return act
    return None


async def _act_on_number(desk: Helpdesk, person: Beneficiary, incoming: Incoming) -> bool:
    """A typed number means the choice of that number in the last menu shown."""
    text = incoming.text.strip().rstrip(".)")
    if incoming.kind != "text" or not text.isascii() or not text.isdigit():
        return False
    position = int(text[:3]) - 1
    if not 0 <= position < len(person.menu):
        return False
    await presses.act(desk, person, person.menu[position])
    return True


async def _tell_masked(desk: Helpdesk, person: Beneficiary, incoming: Incoming) -> None:
    if incoming.masked and not person.is_mask_told:
        await people.set_mask_told(desk.tx, person.id)
        await desk.say(person, Words(desk.texts.person.masked))


async def receive_edit(desk: Helpdesk, sender: Sender, incoming: Incoming) -> None:
    """An edited message: danger is looked for again, and the copy at the desk follows."""
    person = await meet(desk, sender)
    found = desk.triage.triage(incoming.text) if incoming.text else None
    was_relayed = await follow_edit(desk, person, incoming)
    if found is not None:
        await danger.respond(desk, person, found, incoming, is_edit=was_relayed)
    await _tell_masked(desk, person, incoming)
    if found is not None or was_relayed:
        return
    opened = await ticket.get_open(desk.tx, person.id)
    if opened is not None and _name_act(desk, incoming.text) is None:
        await handoff.relay(desk, person, opened, incoming)
        await handoff.acknowledge(desk, person, opened)
    elif await desk.get_group() is None:
        await desk.say(person, Words(desk.texts.person.opening_soon))
    elif opened is None and incoming.kind == "text":
        await answering.ask(desk, person, incoming.text)


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
