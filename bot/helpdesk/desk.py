"""What caseworkers write in the team's group: replies, notes, commands, edits."""

from datetime import timedelta

from bot.domain import Beneficiary, MessageRef, Priority, StaffGroup
from bot.helpdesk import ending, members, taking
from bot.helpdesk.context import Helpdesk
from bot.helpdesk.incoming import Incoming, StaffSender
from bot.helpdesk.notes import command, is_kept_back, is_note
from bot.helpdesk.teaching import replies
from bot.helpdesk.teaching import route as teaching
from bot.outgoing import DeleteCopy, EditCopy, SendCopy
from bot.outgoing import person as to_person
from bot.store import beneficiary as people
from bot.store import fact, message_map, outbox, staff_group, ticket
from bot.store.outbox import OutboxRow
from bot.texts import fill

NOTE_RECEIPT = "✍"  # the note is kept here and was sent to nobody
UNMOVED = ("location", "venue")  # a live location is « edited » at each step: the first stays
ALBUM_NOTE = "album_note:"  # fact: an album that holds a note, so that none of it leaves


async def receive(desk: Helpdesk, group: StaffGroup, sender: StaffSender, said: Incoming) -> None:
    """A message in the team's group. Only a member's words in a person's topic are relayed."""
    person = await find_person(desk, group, sender)
    is_meant = is_kept_back(said.text) or await teaching.is_reply(desk, said)
    if person is None and not is_meant:
        return  # General and the team's own topics are theirs
    if sender.is_anonymous:
        texts = desk.texts.team
        text = texts.anonymous_channel if sender.is_channel else texts.anonymous
        await desk.tell(person, said.message, text)
    elif await staff_group.get_membership(desk.tx, group.id, sender.user_id):
        await receive_from_member(desk, group, sender, said)
    else:
        await members.hold(desk, group, sender, said)


async def receive_from_member(
    desk: Helpdesk, group: StaffGroup, sender: StaffSender, said: Incoming
) -> None:
    """The same, once it is sure that she belongs to the team."""
    person = await find_person(desk, group, sender)
    if not is_kept_back(said.text) and await teaching.reply(desk, person, sender, said):
        return
    if person is None:
        if is_kept_back(said.text):
            await _run_command(desk, group, None, sender, said)
    elif is_kept_back(said.text):
        await _keep_back(desk, group, person, sender, said)
    else:
        await reply(desk, person, sender, said)


async def find_person(
    desk: Helpdesk, group: StaffGroup, sender: StaffSender
) -> Beneficiary | None:
    """The person of the topic where a caseworker writes; None in General and other topics."""
    if sender.topic is None:
        return None
    return await people.get_by_topic(desk.tx, group.id, sender.topic)


async def reply(desk: Helpdesk, person: Beneficiary, sender: StaffSender, said: Incoming) -> None:
    """A caseworker's words go to the person; an ended request starts again by it."""
    key = said.album_key
    if key is not None and await fact.get(desk.tx, ALBUM_NOTE + key) is not None:
        return
    opened = await taking.open_for_reply(desk, person)
    by = (sender.user_id, sender.first_name)
    if opened.claimed_by is None:
        await taking.take_by_replying(desk, person, sender, opened)
    await ticket.add_event(
        desk.tx,
        opened.id,
        "reply",
        desk.now,
        by,
        said.text or said.kind,
        said.message.message if said.kind == "text" else None,
    )
    await ticket.set_acknowledged(desk.tx, opened.id, is_acknowledged=False)
    await people.set_menu(desk.tx, person.id, ())
    body = SendCopy(said.message, text=said.text, reply_to=said.reply_to)
    await _send_to_person(desk, person, body, key)
    await replies.offer(desk, person, opened, said)


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
    desk: Helpdesk, group: StaffGroup, person: Beneficiary, sender: StaffSender, said: Incoming
) -> None:
    """A note or a command: never relayed; an album is judged whole."""
    key = said.album_key
    if key is not None:
        await fact.set_value(desk.tx, ALBUM_NOTE + key, "1")
        await _take_album_back(desk, person, key)
    if is_note(said.text):
        await _keep_note(desk, person, sender, said)
    elif key is not None:
        await desk.tell(person, said.message, desk.texts.team.unknown_command)
    else:
        await _run_command(desk, group, person, sender, said)


async def _keep_note(
    desk: Helpdesk, person: Beneficiary, sender: StaffSender, said: Incoming
) -> None:
    last = await ticket.get_last(desk.tx, person.id)
    if last is not None:
        by = (sender.user_id, sender.first_name)
        await ticket.add_event(desk.tx, last.id, "note", desk.now, by)
    await desk.give_receipt(said.message, NOTE_RECEIPT, person.id)


async def _run_command(
    desk: Helpdesk,
    group: StaffGroup,
    person: Beneficiary | None,
    sender: StaffSender,
    said: Incoming,
) -> None:
    """A known command acts, an unknown one says that nothing was sent."""
    name, _ = command(said.text)
    if person is None and is_note(said.text):
        return
    if name in ("/aide", "/help", "/start"):
        await desk.tell(person, said.message, desk.texts.team.help)
    elif name in teaching.COMMANDS:
        await teaching.command(desk, group, person, sender, said, name)
    elif name == "/clore" and person is not None:
        await _close_by_command(desk, person, sender, said)
    elif name == "/clore":
        await desk.tell(None, said.message, desk.texts.team.no_request)
    elif name == "/rattacher":
        await desk.tell(person, said.message, desk.texts.team.already_registered)
    else:
        await desk.tell(person, said.message, desk.texts.team.unknown_command)


async def _close_by_command(
    desk: Helpdesk, person: Beneficiary, sender: StaffSender, said: Incoming
) -> None:
    opened = await ticket.get_open(desk.tx, person.id)
    if opened is None:
        await desk.tell(person, said.message, desk.texts.team.no_request)
        return
    await ending.close(desk, person, opened, sender.first_name)


async def close_topic(desk: Helpdesk, group: StaffGroup, sender: StaffSender) -> None:
    """A caseworker closed the topic at Telegram: her request ends with a goodbye."""
    person = await find_person(desk, group, sender)
    if person is None:
        return
    await people.set_topic_closed(desk.tx, person.id, is_closed=True)
    if sender.is_anonymous:
        await desk.post(person.id, fill(desk.texts.team.closed_anonymously))
        return
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
    if person is None and not sender.is_anonymous:
        if await staff_group.get_membership(desk.tx, group.id, sender.user_id):
            await teaching.correct_again(desk, sender, said)
        return
    if person is None or sender.is_anonymous or said.kind in UNMOVED:
        return
    row = await outbox.get_copy_of(desk.tx, said.message)
    copy = await message_map.get_copy(desk.tx, said.message)
    was_sent = copy is not None or (row is not None and row.status != "dropped")
    is_note_now = is_kept_back(said.text)
    if was_sent:
        words = None if is_note_now else said.text
        await ticket.set_reply_words(desk.tx, person.id, said.message.message, words)
    if is_note_now:
        if was_sent:
            await _make_note(desk, person, said, row)
    elif not was_sent:
        await desk.tell(person, said.message, desk.texts.team.still_kept)
    elif row is not None and row.status == "waiting":
        body = SendCopy(said.message, text=said.text, reply_to=said.reply_to)
        await outbox.set_body(desk.tx, row.id, body)
    else:
        await _mirror_edit(desk, person, said)


async def _make_note(
    desk: Helpdesk, person: Beneficiary, said: Incoming, row: OutboxRow | None
) -> None:
    """A sent message became a note: what has left is taken back, what has not never leaves."""
    if said.album_key is not None:
        await fact.set_value(desk.tx, ALBUM_NOTE + said.album_key, "1")
        await _take_album_back(desk, person, said.album_key)
    elif row is None or row.status in ("sending", "sent"):
        await _take_back(desk, person, said.message)
    else:
        # « Renvoyer » copies the message as it stands now: it must find nothing to send.
        await outbox.set_dropped(desk.tx, row.id)
        if row.status == "unknown":
            await desk.post(person.id, fill(desk.texts.team.not_taken_back), reply_to=said.message)
    await desk.give_receipt(said.message, NOTE_RECEIPT, person.id)


async def _mirror_edit(desk: Helpdesk, person: Beneficiary, said: Incoming) -> None:
    if said.masked:
        # We have only the masked words: what she corrected is copied again, as she wrote it.
        await _send_to_person(desk, person, SendCopy(said.message, text=said.text), None)
        return
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


async def _take_album_back(desk: Helpdesk, person: Beneficiary, key: str) -> None:
    """None of its items stays with the person; the topic says so once."""
    for position, source in enumerate(await outbox.list_left_of_group(desk.tx, key)):
        await _take_back(desk, person, source, is_told=position == 0)
    await outbox.drop_group(desk.tx, key)


async def _take_back(
    desk: Helpdesk, person: Beneficiary, source: MessageRef, *, is_told: bool = True
) -> None:
    await outbox.add(
        desk.tx,
        to_person(person.id),
        DeleteCopy(source, is_told),
        Priority.RELAY,
        desk.now,
        beneficiary_id=person.id,
    )
