"""« Mes données »: what is kept, who reads it, how long, how to complain, and erasing it all."""

from datetime import timedelta

from bot.domain import Beneficiary, Button, Exchange, Priority, Words, join_words
from bot.helpdesk import hours
from bot.helpdesk.context import Helpdesk, rows
from bot.outgoing import DeleteTopic, SendText, chat
from bot.outgoing import person as to_person
from bot.store import beneficiary as people
from bot.store import draft, fact, inbox, meaning, message_map, outbox, ticket, unanswered
from bot.store import exchange as journal
from bot.texts import fill

OUTBOX_LIFE = timedelta(days=30)  # words of unknown or failed sends, kept for « Renvoyer »


async def show(desk: Helpdesk, person: Beneficiary) -> None:
    """What is kept, who reads it, how long; the rest by buttons."""
    retention = desk.faq.service.retention
    words = fill(
        desk.texts.data.overview,
        team=desk.team_name,
        days=retention.exchanges,
        ticket_days=retention.requests,
    )
    labels = desk.texts.labels
    buttons = rows(
        Button(labels.my_file, "data:file"),
        Button(labels.complain, "data:rights"),
        Button(labels.erase, "data:erase"),
        desk.human_button(),
    )
    await people.set_menu(desk.tx, person.id, ("data:file", "data:rights", "data:erase", "human"))
    await desk.say(person, words, buttons)


async def act(desk: Helpdesk, person: Beneficiary, what: str) -> None:
    """One of the buttons of « Mes données »."""
    if what == "file":
        await _send_file(desk, person)
    elif what == "rights":
        await _show_rights(desk, person)
    elif what == "erase":
        await confirm(desk, person)
    elif what == "erase-yes":
        await erase_or_wait(desk, person)
    elif what == "keep":
        await desk.say(person, Words(desk.texts.data.kept), rows(desk.human_button()))
    else:
        await show(desk, person)


async def _show_rights(desk: Helpdesk, person: Beneficiary) -> None:
    service, data = desk.faq.service, desk.texts.data
    contact = (service.data_officer or service.email) if desk.is_service_known else None
    if contact is None:
        words = fill(data.rights_here, team=desk.team_name)
    else:
        responsible = service.responsible or service.name
        words = fill(data.rights, responsible=responsible, contact=contact)
    await desk.say(person, words, rows(desk.human_button()))


async def _send_file(desk: Helpdesk, person: Beneficiary) -> None:
    await desk.say(person, Words(desk.texts.data.file_caption))
    body = SendText(
        Words(await write_file(desk, person)),
        rows(desk.human_button()),
        file_name=desk.texts.data.file_name,
    )
    await outbox.add(
        desk.tx,
        to_person(person.id),
        body,
        Priority.ANSWER,
        desk.now,
        beneficiary_id=person.id,
    )


async def write_file(desk: Helpdesk, person: Beneficiary) -> str:
    """All that is kept about her, as a text: her words (masked), and what became of them."""
    data = desk.texts.data
    date = hours.format_moment(desk.texts, desk.now)
    lines = [fill(data.file_head, date=date), Words("")]
    lines.append(
        fill(data.file_who, name=person.first_name, number=person.id, chat=person.chat_id)
    )
    if person.language:
        lines.append(fill(data.file_language, language=person.language))
    lines.append(Words(""))
    exchanges = await journal.list_of_beneficiary(desk.tx, person.id)
    lines.extend(_word_exchange(desk, exchange) for exchange in exchanges)
    if not exchanges:
        lines.append(Words(data.file_nothing))
    events = await ticket.list_events(desk.tx, person.id)
    lines.extend(_word_event(desk, event) for event in events)
    return join_words(lines).text + "\n"


def _word_exchange(desk: Helpdesk, exchange: Exchange) -> Words:
    data = desk.texts.data
    outcome = data.outcomes[exchange.outcome.partition(":")[0]]
    entry = desk.faq.entries.get(exchange.entry_id or "")
    if entry is not None:
        outcome += ", " + fill(data.file_answer, title=entry.title).text
    if exchange.feedback is not None:
        feedback = exchange.feedback.partition(":")[0]
        outcome += ", " + fill(data.file_said, feedback=feedback).text
    moment = hours.format_moment(desk.texts, exchange.at)
    return fill(data.file_exchange, moment=moment, words=exchange.question, outcome=outcome)


def _word_event(desk: Helpdesk, event: ticket.TicketEvent) -> Words:
    data = desk.texts.data
    what = data.events.get(event.kind, event.kind)
    by = f" ({event.caseworker_name})" if event.caseworker_name else ""
    words = f" : « {event.words} »" if event.words else ""
    moment = hours.format_moment(desk.texts, event.at)
    return fill(data.file_event, moment=moment, number=event.ticket_id, what=what + by + words)


async def confirm(desk: Helpdesk, person: Beneficiary) -> None:
    """One confirmation before everything disappears."""
    labels = desk.texts.labels
    choices = (
        Button(labels.erase_yes, "data:erase-yes"),
        Button(labels.keep, "data:keep"),
        desk.human_button(),
    )
    await people.set_menu(desk.tx, person.id, ("data:erase-yes", "data:keep", "human"))
    await desk.say(person, fill(desk.texts.data.confirm), rows(*choices))


async def erase_or_wait(desk: Helpdesk, person: Beneficiary) -> None:
    """Erase now; an urgent request still open is erased when it ends, and she is told so."""
    opened = await ticket.get_open(desk.tx, person.id)
    if opened is not None and opened.is_urgent:
        await ticket.set_erased_on_close(desk.tx, opened.id)
        await desk.say(person, Words(desk.texts.data.erased_later), rows(desk.human_button()))
        return
    await erase(desk, person)


async def erase(desk: Helpdesk, person: Beneficiary) -> None:
    """Rows, waiting sends and the topic itself; General says it without a name."""
    await erase_silently(desk, person)
    if await desk.get_group() is not None:
        await desk.post_general(Words(desk.texts.team.person_erased))
    await outbox.add(
        desk.tx,
        chat(person.chat_id),
        SendText(Words(desk.texts.data.erased)),
        Priority.ANSWER,
        desk.now,
        is_forgotten=True,
    )


async def purge(desk: Helpdesk) -> int:
    """Delete what is past its time (`conservation` in service.yml); returns how many rows."""
    retention = desk.faq.service.retention
    exchanges_before = desk.now - timedelta(days=retention.exchanges)
    requests_before = desk.now - timedelta(days=retention.requests)
    count = await ticket.purge(desk.tx, requests_before)
    count += await journal.purge(desk.tx, exchanges_before)
    await fact.purge_passing(desk.tx)
    count += await message_map.purge(desk.tx, requests_before)
    count += await outbox.purge(desk.tx, desk.now - OUTBOX_LIFE)
    count += await inbox.purge(desk.tx, desk.now - timedelta(hours=inbox.LONGEST_KEY_LIFE_HOURS))
    count += await unanswered.purge(desk.tx) + await meaning.purge(desk.tx, requests_before)
    count += await draft.purge(desk.tx, requests_before)
    await unanswered.reopen_undrafted(desk.tx)
    for idle in await people.list_idle(desk.tx, requests_before):
        await erase_silently(desk, idle)
        count += 1
    return count


async def erase_silently(desk: Helpdesk, person: Beneficiary) -> None:
    """Somebody who has not written for the longest time: her rows and her topic."""
    await outbox.delete_of_beneficiary(desk.tx, person.id)
    group = await desk.get_group()
    if person.topic_id is not None and group is not None and person.staff_group_id == group.id:
        await desk.loose(DeleteTopic(group.chat_id, person.topic_id))
    await people.delete(desk.tx, person.id)
    await unanswered.reopen_undrafted(desk.tx)
