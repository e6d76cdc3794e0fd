"""The passage to the team: opening a request, bringing messages to the desk, ending it."""

from datetime import timedelta

from bot.domain import Beneficiary, Button, Exchange, Priority, Reason, Ticket, Words, join_words
from bot.helpdesk import hours, privacy
from bot.helpdesk.context import Helpdesk, rows
from bot.helpdesk.incoming import Incoming
from bot.helpdesk.teaching import unanswered
from bot.outgoing import PresentCard, ReopenTopic, SendCopy, SendText
from bot.store import beneficiary as people
from bot.store import exchange as journal
from bot.store import message_map, outbox, ticket
from bot.texts import fill
from faq.danger import Danger

URGENT = "urgent"  # the level of a danger whose request goes before all others


async def hand_over(
    desk: Helpdesk, person: Beneficiary, reason: Reason, *, what: str | None = None
) -> Ticket:
    """Open a request, or keep the open one, and tell her the truth about when she is read.

    `what` names the kind of message that the robot cannot read (« votre photo »).
    """
    already = await ticket.get_open(desk.tx, person.id)
    if already is not None:
        await say_already_open(desk, person, already)
        return already
    opened = await open_ticket(desk, person, reason)
    texts = desk.texts.person
    intro = texts.handed_over_missed if reason is Reason.MISSED else texts.handed_over
    words = fill(intro, number=person.id)  # the number that the topic bears
    if what is not None:
        words = fill(texts.media, what=what) + Words("\n") + words
    await _say_and_acknowledge(desk, person, opened, words)
    return opened


async def say_already_open(desk: Helpdesk, person: Beneficiary, opened: Ticket) -> None:
    """Her request is with the team already: its number, and when she is read."""
    words = fill(desk.texts.person.already_open, number=person.id)
    await _say_and_acknowledge(desk, person, opened, words)


async def _say_and_acknowledge(
    desk: Helpdesk, person: Beneficiary, opened: Ticket, words: Words
) -> None:
    when = await hours.say_when_read(desk, opened)
    await ticket.set_acknowledged(desk.tx, opened.id, is_acknowledged=True)
    await desk.say(person, join_words([words, when]), rows(desk.robot_button()))


async def open_ticket(
    desk: Helpdesk, person: Beneficiary, reason: Reason, danger: Danger | None = None
) -> Ticket:
    """Open a request and bring it to the desk, with all she wrote since the last one."""
    category = danger.id if danger else None
    is_urgent = danger is not None and danger.level == URGENT
    opened = await ticket.add(desk.tx, person.id, reason, desk.now, category, is_urgent)
    await ticket.add_event(desk.tx, opened.id, "opened", desk.now)
    earlier = await journal.list_without_ticket(desk.tx, person.id)
    for exchange in earlier:
        if reason is Reason.ASKED and _left_unanswered(person, exchange, earlier[-1]):
            await unanswered.note_refused(desk, exchange)
    await journal.set_ticket(desk.tx, [exchange.id for exchange in earlier], opened.id)
    await people.set_misses(desk.tx, person.id, 0)
    await people.set_menu(desk.tx, person.id, ())
    await people.set_pending_exchange(desk.tx, person.id, None)
    await _bring_to_desk(desk, person, is_new=True)
    return opened


def _left_unanswered(person: Beneficiary, exchange: Exchange, last: Exchange) -> bool:
    """She asks for a person after an answer without « Oui », or rather than choose a question."""
    is_unchosen = exchange.outcome == "suggested" and exchange.feedback is None
    return exchange.id == person.pending_exchange_id or (exchange == last and is_unchosen)


async def _bring_to_desk(desk: Helpdesk, person: Beneficiary, *, is_new: bool) -> None:
    group = await desk.get_group()
    if person.topic_id is not None and group is not None and person.staff_group_id != group.id:
        await people.set_topic(desk.tx, person.id, None, None)  # her topic was another team's
    elif person.topic_id is not None:
        if person.is_topic_closed:
            await desk.put(person.id, ReopenTopic())
            await people.set_topic_closed(desk.tx, person.id, is_closed=False)
        if is_new:
            await people.set_card(desk.tx, person.id, None)
    await desk.put(person.id, PresentCard())
    await desk.refresh_topic(person.id)


async def reopen(desk: Helpdesk, person: Beneficiary, ended: Ticket) -> Ticket:
    """An ended request starts again: somebody has written in it."""
    await ticket.reopen(desk.tx, ended.id)
    await ticket.add_event(desk.tx, ended.id, "reopened", desk.now)
    await _bring_to_desk(desk, person, is_new=False)
    reopened = await ticket.get_open(desk.tx, person.id)
    assert reopened is not None  # noqa: S101 - it was reopened in this transaction
    return reopened


async def relay(desk: Helpdesk, person: Beneficiary, opened: Ticket, incoming: Incoming) -> None:
    """Bring her message to her topic: a copy, or the masked text with « Voir »."""
    exchange_id = await journal.add(
        desk.tx,
        person.id,
        incoming.text or f"[{incoming.kind}]",
        "relayed",
        desk.now,
        faq_version=desk.faq.version,
        ticket_id=opened.id,
    )
    if incoming.kind == "text":
        await unanswered.note_handed_over(desk, opened, exchange_id, incoming.text)
    priority = Priority.DANGER if opened.is_urgent else Priority.RELAY
    key = None if incoming.masked else incoming.album_key
    delay = desk.options.album_delay if key else timedelta(0)
    body = word_copy(desk, incoming)
    await desk.put(person.id, body, priority=priority, group_key=key, delay=delay)
    if key is not None:
        # The items of an album wait for each other: the last one restarts the clock.
        await outbox.set_group_due(desk.tx, key, desk.now + delay)


def word_copy(desk: Helpdesk, incoming: Incoming) -> SendCopy | SendText:
    """Her message towards the desk: a copy, or the masked text with « Voir »."""
    if incoming.masked:
        return _masked(desk, incoming)
    return SendCopy(
        incoming.message,
        text=incoming.text,
        is_plain_text=incoming.is_plain_text,
        reply_to=incoming.reply_to,
    )


def _masked(desk: Helpdesk, incoming: Incoming) -> SendText:
    team = desk.texts.team
    if incoming.kind == "text":
        words = fill(team.masked_message, words=incoming.text)
    else:
        what = team.kinds.get(incoming.kind, team.kinds["other"])
        words = fill(team.masked_media, what=what, words=incoming.text)
    buttons = rows(Button(desk.texts.labels.see, f"see:{incoming.message.message}"))
    return SendText(words, buttons, reply_to=incoming.reply_to, source=incoming.message)


def name_kind(desk: Helpdesk, kind: str) -> str:
    """« votre photo », « votre message vocal »…"""
    kinds = desk.texts.person.kinds
    return kinds.get(kind, kinds["other"])


async def acknowledge(desk: Helpdesk, person: Beneficiary, opened: Ticket) -> None:
    """Once per silence of the team: her message has arrived, and when the team reads."""
    if opened.is_acknowledged:
        return
    await _say_and_acknowledge(desk, person, opened, Words(desk.texts.person.arrived))


async def end(desk: Helpdesk, person: Beneficiary, opened: Ticket, by: str) -> bool:
    """End a request; True when she had asked to be erased then, which is done at once."""
    await ticket.close(desk.tx, opened.id, desk.now)
    await ticket.add_event(desk.tx, opened.id, "closed", desk.now, words=by)
    await people.set_menu(desk.tx, person.id, ())
    await people.set_misses(desk.tx, person.id, 0)
    await desk.refresh_topic(person.id)
    if opened.is_erased_on_close:
        await privacy.erase(desk, person)
        return True
    return False


async def take_back_robot(desk: Helpdesk, person: Beneficiary) -> None:
    """« Reprendre le robot »: she ends the request herself."""
    opened = await ticket.get_open(desk.tx, person.id)
    if opened is None:
        await desk.say(
            person,
            Words(desk.texts.person.robot_is_here),
            rows(desk.human_button()),
            has_menu_keyboard=False,
        )
        return
    if await end(desk, person, opened, "la personne"):
        return
    await desk.post(person.id, Words(desk.texts.team.person_closed))
    if opened.is_urgent:
        name, number = person.first_name, person.id
        words = fill(desk.texts.team.urgent_left, name=name, number=number)
        await desk.post_general(words, beneficiary_id=person.id, priority=Priority.RELAY)
    await desk.say(person, Words(desk.texts.person.robot_back), rows(desk.human_button()))


async def reopen_by_reply(
    desk: Helpdesk, person: Beneficiary, incoming: Incoming
) -> Ticket | None:
    """She replies to a caseworker's message of an ended request: it starts again by it."""
    if incoming.reply_to is None:
        return None
    source = await message_map.get_source(desk.tx, incoming.reply_to)
    last = await ticket.get_last(desk.tx, person.id)
    if source is None or source.chat == person.chat_id or last is None:
        return None
    return await reopen(desk, person, last)


async def come_back(desk: Helpdesk, person: Beneficiary) -> None:
    """After the goodbye: « Pas encore », the same request starts again."""
    if await ticket.get_open(desk.tx, person.id) is not None:
        return
    last = await ticket.get_last(desk.tx, person.id)
    if last is None:
        await hand_over(desk, person, Reason.ASKED)
        return
    reopened = await reopen(desk, person, last)
    await desk.post(person.id, Words(desk.texts.team.person_back), priority=Priority.RELAY)
    await _say_and_acknowledge(desk, person, reopened, Words(desk.texts.person.reopened))
