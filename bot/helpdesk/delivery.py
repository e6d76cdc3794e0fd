"""What follows a send: its place in the map, its receipt, or the line that says it failed.

The courier decides nothing: it brings the result here, in the transaction that writes it.
"""

from bot.domain import Beneficiary, Button, MessageRef, Priority, Words
from bot.helpdesk.context import Helpdesk, rows
from bot.outgoing import DeleteCopy, SendCopy, SendPicture, SendText, SendVoice
from bot.outgoing import person as to_person
from bot.store import beneficiary as people
from bot.store import meaning, message_map, outbox, ticket
from bot.store.message_map import Form
from bot.store.outbox import OutboxRow
from bot.texts import fill

ROBOTS = (SendText, SendVoice, SendPicture)  # what the robot says itself
DELIVERED = "👍"  # on a caseworker's message: the person has it
ARRIVED = "👀"  # on the person's message: the team has it
LONGEST_QUOTE = 200  # characters of an answer quoted to the team


async def on_sent(
    desk: Helpdesk, row: OutboxRow, sent: MessageRef | None, form: Form = "copy"
) -> None:
    """The server has accepted it."""
    await outbox.set_sent(desk.tx, row, sent, desk.now)
    if isinstance(row.body, SendText) and row.body.act and sent is not None:
        await meaning.add(desk.tx, sent, row.body.act, desk.now)
    source = _followed_source(row)
    if source is None or row.beneficiary_id is None:
        return
    if sent is not None:
        await message_map.add(desk.tx, source, sent, row.beneficiary_id, form, desk.now)
    emoji = DELIVERED if _is_to_person(row) else ARRIVED
    await desk.give_receipt(source, emoji, row.beneficiary_id)


def _followed_source(row: OutboxRow) -> MessageRef | None:
    if isinstance(row.body, SendText):
        return row.body.source
    if isinstance(row.body, SendCopy) and row.body.is_followed:
        return row.body.source
    return None


def _is_to_person(row: OutboxRow) -> bool:
    return row.destination.startswith("person:")


async def on_refused(desk: Helpdesk, row: OutboxRow, error: str, *, is_blocked: bool) -> None:
    """It can never be sent. The topic says so when a human is concerned."""
    await outbox.set_failed(desk.tx, row.id, error)
    person = await _get_person(desk, row)
    if person is None or not _is_to_person(row):
        return
    if is_blocked:
        await people.set_unreachable(desk.tx, person.id, desk.now)
    texts = desk.texts.team
    words = texts.not_delivered_blocked if is_blocked else texts.not_delivered
    if isinstance(row.body, SendCopy):
        await _report(desk, person, row, words, row.body.source)
        return
    # « Claire vous répond » towards somebody who has blocked: the reply itself says it.
    is_worth_a_line = row.priority is Priority.DANGER or not is_blocked
    if is_worth_a_line and isinstance(row.body, SendText) and await _is_open(desk, person):
        await _report(desk, person, row, words, None)


async def _is_open(desk: Helpdesk, person: Beneficiary) -> bool:
    return await ticket.get_open(desk.tx, person.id) is not None


async def on_not_taken_back(desk: Helpdesk, row: OutboxRow) -> None:
    """The person keeps a message that the team wanted back."""
    await outbox.set_dropped(desk.tx, row.id)
    if row.beneficiary_id is not None and isinstance(row.body, DeleteCopy):
        await desk.post(
            row.beneficiary_id, Words(desk.texts.team.not_taken_back), reply_to=row.body.source
        )


async def on_taken_back(desk: Helpdesk, row: OutboxRow) -> None:
    """The person no longer sees a message that became a note: nothing follows it any more."""
    await outbox.set_sent(desk.tx, row, None, desk.now)
    if not isinstance(row.body, DeleteCopy):
        return
    await message_map.delete(desk.tx, row.body.source)
    original = await outbox.get_copy_of(desk.tx, row.body.source)
    if original is not None:
        await outbox.set_dropped(desk.tx, original.id)
    if row.beneficiary_id is not None and row.body.is_told:
        await desk.post(
            row.beneficiary_id, Words(desk.texts.team.taken_back), reply_to=row.body.source
        )


async def on_nothing_to_take_back(desk: Helpdesk, row: OutboxRow) -> None:
    """No copy is known: it never left, or nobody knows whether it did, and that is said."""
    original = None
    if isinstance(row.body, DeleteCopy):
        original = await outbox.get_copy_of(desk.tx, row.body.source)
    if original is not None and original.status == "unknown":
        await on_not_taken_back(desk, row)
    await outbox.set_dropped(desk.tx, row.id)
    if original is not None and original.status in ("unknown", "failed"):
        await outbox.set_dropped(desk.tx, original.id)  # « Renvoyer » must find nothing


async def _report(
    desk: Helpdesk, person: Beneficiary, row: OutboxRow, words: str, about: MessageRef | None
) -> None:
    if row.group_key is not None:
        album = await outbox.list_resendable(desk.tx, row.group_key)
        if album and album[0].id != row.id:
            return  # one line and one « Renvoyer » for a whole album
    resend = Button(desk.texts.labels.resend, f"resend:{row.id}")
    await desk.post(person.id, Words(words), rows(resend), reply_to=about, priority=Priority.RELAY)


async def _get_person(desk: Helpdesk, row: OutboxRow) -> Beneficiary | None:
    if row.beneficiary_id is None:
        return None
    return await people.get(desk.tx, row.beneficiary_id)


async def on_unknown(desk: Helpdesk, row: OutboxRow) -> None:
    """Cut in flight: it may have arrived. The policy of design §2, by destination and kind."""
    is_robots = isinstance(row.body, ROBOTS)
    if not _is_to_person(row) or _is_repeatable(row):
        # Towards the desk a copy too many is harmless, and marked; a repeated edit is nothing.
        await outbox.set_waiting(desk.tx, row.id, desk.now, "unknown", is_resend=True)
        return
    await outbox.set_unknown(desk.tx, row.id)
    person = await _get_person(desk, row)
    if person is None:
        return
    opened = await ticket.get_open(desk.tx, person.id)
    if isinstance(row.body, SendCopy):
        await _report(desk, person, row, desk.texts.team.unknown_fate, row.body.source)
    elif opened is not None and isinstance(row.body, SendText):
        quote = row.body.words.text[:LONGEST_QUOTE]
        words = fill(desk.texts.team.answer_unknown_fate, words=quote).text
        await _report(desk, person, row, words, None)
    elif is_robots and person.last_seen_at <= row.created_at:
        await _ask_whether_received(desk, person, row)


def _is_repeatable(row: OutboxRow) -> bool:
    return row.priority is Priority.DANGER or not isinstance(row.body, (*ROBOTS, SendCopy))


async def _ask_whether_received(desk: Helpdesk, person: Beneficiary, row: OutboxRow) -> None:
    """Once: a question whose own fate is unknown is not asked again."""
    asked = Words(desk.texts.person.did_you_get_it)
    if isinstance(row.body, SendText) and row.body.words == asked:
        return
    again = Button(desk.texts.labels.see_again, f"again:{row.id}")
    await outbox.add(
        desk.tx,
        to_person(person.id),
        SendText(asked, rows(again, desk.human_button())),
        Priority.ANSWER,
        desk.now,
        beneficiary_id=person.id,
        coalesce_key=f"received:{person.id}",
    )


async def on_text_alone(desk: Helpdesk, row: OutboxRow) -> None:
    """Telegram refused the copy towards the person: the text went alone, the team knows it."""
    if row.beneficiary_id is not None and isinstance(row.body, SendCopy) and _is_to_person(row):
        await desk.post(
            row.beneficiary_id,
            Words(desk.texts.team.uncopied_to_person),
            reply_to=row.body.source,
        )
