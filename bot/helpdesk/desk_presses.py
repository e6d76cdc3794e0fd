"""What the buttons of the team's group do: who takes a request, ends it, sees, sends again."""

from bot.domain import Beneficiary, MessageId, MessageRef, Priority, StaffGroup, Ticket, TicketId
from bot.helpdesk import ending
from bot.helpdesk.context import Helpdesk
from bot.helpdesk.desk import find_person
from bot.helpdesk.incoming import StaffSender, number_behind
from bot.helpdesk.teaching import route as teaching
from bot.outgoing import SendCopy
from bot.store import outbox, ticket
from bot.texts import fill


async def press(
    desk: Helpdesk, group: StaffGroup, sender: StaffSender, token: str, press_id: str
) -> None:
    """A button in the team's group, pressed by a member of it."""
    name, _, argument = token.partition(":")
    person = await find_person(desk, group, sender)
    number = number_behind(argument) or 0
    texts = desk.texts.team
    if name == "twice":
        await desk.answer_press(press_id, texts.why_twice, is_alert=True)
    elif name in teaching.PRESSES:
        await teaching.press(desk, person, sender, name, argument, press_id)
    elif person is None or name not in ("claim", "close", "back", "see", "resend"):
        await desk.answer_press(press_id, texts.dead_button)
    elif name == "see":
        await desk.answer_press(press_id)
        await _show_original(desk, person, number)
    elif name == "resend":
        await _resend(desk, person, number, press_id)
    else:
        await _act_on_ticket(desk, person, sender, name, TicketId(number), press_id)


async def _act_on_ticket(
    desk: Helpdesk,
    person: Beneficiary,
    sender: StaffSender,
    act: str,
    ticket_id: TicketId,
    press_id: str,
) -> None:
    opened = await ticket.get_open(desk.tx, person.id)
    if opened is None or opened.id != ticket_id:
        await desk.answer_press(press_id, desk.texts.team.already_closed, is_alert=True)
    elif act == "claim":
        await _claim(desk, person, sender, opened, press_id)
    elif act == "close":
        await desk.answer_press(press_id)
        await ending.close(desk, person, opened, sender.first_name)
    else:
        await desk.answer_press(press_id)
        await ending.give_back(desk, person, opened, sender.first_name)


async def _claim(
    desk: Helpdesk, person: Beneficiary, sender: StaffSender, opened: Ticket, press_id: str
) -> None:
    """« Je m'en occupe »: one caseworker only; the second is told who has it."""
    texts = desk.texts.team
    name = sender.first_name
    if not await ticket.claim(desk.tx, opened.id, sender.user_id, name):
        taken = fill(texts.already_claimed, name=opened.claimed_name or "?").text
        await desk.answer_press(press_id, taken, is_alert=True)
        return
    by = (sender.user_id, name)
    await ticket.add_event(desk.tx, opened.id, "claimed", desk.now, by)
    await desk.answer_press(press_id, fill(texts.claimed, name=name).text)
    await desk.refresh_topic(person.id)
    words = fill(desk.texts.person.claimed, name=name, team=desk.team_name)
    await desk.say(person, words, priority=Priority.RELAY)


async def _show_original(desk: Helpdesk, person: Beneficiary, message_number: int) -> None:
    """« Voir »: the original is copied from the private chat, and stored nowhere."""
    source = MessageRef(person.chat_id, MessageId(message_number))
    await desk.put(person.id, SendCopy(source, is_followed=False), priority=Priority.RELAY)


async def _resend(desk: Helpdesk, person: Beneficiary, row_id: int, press_id: str) -> None:
    """« Renvoyer »: what failed or may not have arrived goes again, because a human says so."""
    row = await outbox.get(desk.tx, row_id)
    texts = desk.texts.team
    is_hers = row is not None and row.beneficiary_id == person.id and row.body is not None
    if row is None or not is_hers or row.status not in ("unknown", "failed"):
        await desk.answer_press(press_id, texts.nothing_to_resend, is_alert=True)
        return
    album = await outbox.list_resendable(desk.tx, row.group_key) if row.group_key else [row]
    for one in album:
        await outbox.set_waiting(desk.tx, one.id, desk.now, None, is_resend=False)
    await desk.answer_press(press_id, texts.resent)
