"""A caseworker speaks to a person: the request she speaks in, and who has it from then on."""

from bot.domain import Beneficiary, Priority, Reason, Ticket
from bot.helpdesk import handoff
from bot.helpdesk.context import Helpdesk
from bot.helpdesk.incoming import StaffSender
from bot.store import ticket
from bot.texts import fill


async def take_by_replying(
    desk: Helpdesk, person: Beneficiary, sender: StaffSender, opened: Ticket
) -> None:
    """Whoever replies first has the request, as if she had touched « Je m'en occupe »."""
    by = (sender.user_id, sender.first_name)
    await ticket.claim(desk.tx, opened.id, *by)
    await ticket.add_event(desk.tx, opened.id, "claimed", desk.now, by)
    words = fill(desk.texts.person.first_reply, name=sender.first_name, team=desk.team_name)
    await desk.say(person, words, priority=Priority.RELAY)
    await desk.refresh_topic(person.id)


async def open_for_reply(desk: Helpdesk, person: Beneficiary) -> Ticket:
    """Her open request; an ended one starts again, and a first one is opened."""
    opened = await ticket.get_open(desk.tx, person.id)
    if opened is not None:
        return opened
    last = await ticket.get_last(desk.tx, person.id)
    if last is None:
        return await handoff.open_ticket(desk, person, Reason.REOPENED)
    return await handoff.reopen(desk, person, last)
