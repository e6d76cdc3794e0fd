"""What caseworkers write in the team's group: replies, notes, commands, edits."""

from datetime import timedelta

from bot.domain import (
    Beneficiary,
    DeleteCopy,
    EditCopy,
    MessageRef,
    Priority,
    Reason,
    SendCopy,
    StaffGroup,
    Ticket,
    TicketStatus,
)
from bot.domain import person as to_person
from bot.helpdesk import ending, handoff
from bot.helpdesk.context import Helpdesk
from bot.helpdesk.incoming import Incoming, StaffSender
from bot.store import beneficiary as people
from bot.store import fact, message_map, outbox, staff_group, ticket
from bot.texts import fill

NOTE_RECEIPT = "✍"  # the note is kept here and was sent to nobody
INVISIBLE = "​‌‍⁠﻿­‎‏"  # must not hide a « / »
ALBUM_NOTE = "album_note:"  # fact: an album that holds a note, so that none of it leaves


def is_kept_back(text: str) -> bool:
    """Whether a message of a caseworker stays in the topic: it starts with any « / »."""
    return text.lstrip(INVISIBLE + " \t\r\n ").startswith(("/", "／", "⁄", "∕"))


async def receive(desk: Helpdesk, group: StaffGroup, sender: StaffSender, said: Incoming) -> None:
    """A message in the team's group. Only a member's words in a person's topic are relayed."""
    person = await find_person(desk, group, sender)
    if sender.is_anonymous:
        if person is not None or said.text.startswith("/"):
            await _tell(desk, person, said, desk.texts.team.anonymous)
        return
    await staff_group.set_member(
        desk.tx, group.id, sender.user_id, sender.first_name, is_member=True
    )
    if person is None:
        if is_kept_back(said.text):
            await _run_command(desk, None, sender, said)
    elif is_kept_back(said.text):
        await _keep_back(desk, person, sender, said)
    else:
        await reply(desk, person, sender, said)


async def find_person(
    desk: Helpdesk, group: StaffGroup, sender: StaffSender
) -> Beneficiary | None:
    """The person of the topic where a caseworker writes; None in General and other topics."""
    if sender.topic is None:
        return None
    return await people.get_by_topic(desk.tx, group.id, sender.topic)


async def _tell(desk: Helpdesk, person: Beneficiary | None, said: Incoming, text: str) -> None:
    """Answer a caseworker where she wrote."""
    if person is None:
        await desk.post_general(fill(text), reply_to=said.message)
    else:
        await desk.post(person.id, fill(text), reply_to=said.message)


async def reply(desk: Helpdesk, person: Beneficiary, sender: StaffSender, said: Incoming) -> None:
    """A caseworker's words go to the person; an ended request starts again by it."""
    key = said.album_key
    if key is not None and await fact.get(desk.tx, ALBUM_NOTE + key) is not None:
        return
    opened = await _open_for_reply(desk, person)
    by = (sender.user_id, sender.first_name)
    if opened.status is TicketStatus.NEW:
        if opened.claimed_by is None:
            words = fill(
                desk.texts.person.first_reply, name=sender.first_name, team=desk.team_name
            )
            await desk.say(person, words, priority=Priority.RELAY)
        await ticket.set_in_progress(desk.tx, opened.id)
        await desk.refresh_topic(person.id)
    await ticket.add_event(desk.tx, opened.id, "reply", desk.now, by, said.text or said.kind)
    await ticket.set_acknowledged(desk.tx, opened.id, is_acknowledged=False)
    await people.set_menu(desk.tx, person.id, ())
    body = SendCopy(said.message, text=said.text, reply_to=said.reply_to)
    await _send_to_person(desk, person, body, key)


async def _open_for_reply(desk: Helpdesk, person: Beneficiary) -> Ticket:
    opened = await ticket.get_open(desk.tx, person.id)
    if opened is not None:
        return opened
    last = await ticket.get_last(desk.tx, person.id)
    if last is None:
        return await handoff.open_ticket(desk, person, Reason.REOPENED)
    return await handoff.reopen(desk, person, last)


async def _send_to_person(
    desk: Helpdesk, person: Beneficiary, body: SendCopy, key: str | None
) -> None:
    delay = desk.options.album_delay if key else timedelta(0)
    await outbox.add(
        desk.tx,
        to_person(person.id),
        body,
        Priority.RELAY,
        desk.now,
        beneficiary_id=person.id,
        group_key=key,
        delay=delay,
    )
    if key is not None:
        await outbox.set_group_due(desk.tx, key, desk.now + delay)


async def _keep_back(
    desk: Helpdesk, person: Beneficiary, sender: StaffSender, said: Incoming
) -> None:
    """A note or a command: never relayed; an album is judged whole."""
    key = said.album_key
    if key is not None:
        await fact.set_value(desk.tx, ALBUM_NOTE + key, "1")
        for source in await outbox.list_left_of_group(desk.tx, key):
            await _take_back(desk, person, source)
        await outbox.drop_group(desk.tx, key)
    if is_note(said.text):
        await _keep_note(desk, person, sender, said)
    elif key is not None:
        await _tell(desk, person, said, desk.texts.team.unknown_command)
    else:
        await _run_command(desk, person, sender, said)


def is_note(text: str) -> bool:
    """« // … », « /note … »: words for the team alone."""
    bare = text.lstrip(INVISIBLE + " \t\r\n ")
    return bare.startswith("//") or bare.split(maxsplit=1)[0].split("@")[0] == "/note"


async def _keep_note(
    desk: Helpdesk, person: Beneficiary, sender: StaffSender, said: Incoming
) -> None:
    last = await ticket.get_last(desk.tx, person.id)
    if last is not None:
        by = (sender.user_id, sender.first_name)
        await ticket.add_event(desk.tx, last.id, "note", desk.now, by)
    await desk.give_receipt(said.message, NOTE_RECEIPT, person.id)


async def _run_command(
    desk: Helpdesk, person: Beneficiary | None, sender: StaffSender, said: Incoming
) -> None:
    """A known command acts, an unknown one says that nothing was sent."""
    name = said.text.split(maxsplit=1)[0].split("@")[0].lower()
    if name in ("/aide", "/help", "/start"):
        await _tell(desk, person, said, desk.texts.team.help)
    elif name == "/clore" and person is not None:
        await _close_by_command(desk, person, sender, said)
    elif name == "/clore":
        await _tell(desk, None, said, desk.texts.team.no_request)
    elif person is None and is_note(said.text):
        return
    else:
        await _tell(desk, person, said, desk.texts.team.unknown_command)


async def _close_by_command(
    desk: Helpdesk, person: Beneficiary, sender: StaffSender, said: Incoming
) -> None:
    opened = await ticket.get_open(desk.tx, person.id)
    if opened is None:
        await _tell(desk, person, said, desk.texts.team.no_request)
        return
    await ending.close(desk, person, opened, sender.first_name)


async def close_topic(desk: Helpdesk, group: StaffGroup, sender: StaffSender) -> None:
    """A caseworker closed the topic at Telegram: her request ends with a goodbye."""
    person = await find_person(desk, group, sender)
    if person is None:
        return
    await people.set_topic_closed(desk.tx, person.id, is_closed=True)
    opened = await ticket.get_open(desk.tx, person.id)
    if opened is not None:
        await ending.close(desk, person, opened, sender.first_name)


async def reopen_topic(desk: Helpdesk, group: StaffGroup, sender: StaffSender) -> None:
    """A caseworker opened the topic again: the request follows at the next message."""
    person = await find_person(desk, group, sender)
    if person is not None:
        await people.set_topic_closed(desk.tx, person.id, is_closed=False)


async def receive_edit(
    desk: Helpdesk, group: StaffGroup, sender: StaffSender, said: Incoming
) -> None:
    """An edit is mirrored; a sent message edited into a note is taken back; a note stays one."""
    person = await find_person(desk, group, sender)
    if person is None or sender.is_anonymous:
        return
    row = await outbox.get_copy_of(desk.tx, said.message)
    copy = await message_map.get_copy(desk.tx, said.message)
    is_waiting = row is not None and row.status == "waiting"
    if (row is None and copy is None) or (row is not None and row.status == "dropped"):
        return  # a note, or a message that was taken back: it stays so
    if is_kept_back(said.text):
        if row is not None and is_waiting:
            await outbox.set_dropped(desk.tx, row.id)
            await desk.give_receipt(said.message, NOTE_RECEIPT, person.id)
        else:
            await _take_back(desk, person, said.message)
    elif row is not None and is_waiting:
        body = SendCopy(said.message, text=said.text, reply_to=said.reply_to)
        await outbox.set_body(desk.tx, row.id, body)
    else:
        await _mirror_edit(desk, person, said)


async def _mirror_edit(desk: Helpdesk, person: Beneficiary, said: Incoming) -> None:
    edit = EditCopy(
        said.message,
        said.text,
        entities=said.entities,
        is_caption=said.kind != "text",
        media=said.media,
    )
    await outbox.add(
        desk.tx,
        to_person(person.id),
        edit,
        Priority.RELAY,
        desk.now,
        beneficiary_id=person.id,
    )


async def _take_back(desk: Helpdesk, person: Beneficiary, source: MessageRef) -> None:
    await outbox.add(
        desk.tx,
        to_person(person.id),
        DeleteCopy(source),
        Priority.RELAY,
        desk.now,
        beneficiary_id=person.id,
    )
