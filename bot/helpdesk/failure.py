"""An update that the handlers could not treat twice: what a human needs is written at once."""

from bot.domain import Priority, Reason, StaffGroup, Words
from bot.helpdesk import danger, handoff
from bot.helpdesk.arrivals import meet
from bot.helpdesk.context import Helpdesk
from bot.helpdesk.desk import find_person
from bot.helpdesk.incoming import Incoming, Sender, StaffSender
from bot.store import ticket


async def tell_person(desk: Helpdesk, sender: Sender, incoming: Incoming) -> None:
    """A message of a person: danger first, then the message itself at the desk."""
    person = await meet(desk, sender)
    found = desk.triage.triage(incoming.text) if incoming.text else None
    if found is not None:
        await danger.respond(desk, person, found, incoming, is_edit=False)
    if await ticket.get_open(desk.tx, person.id) is None:
        await handoff.open_ticket(desk, person, Reason.ROBOT_FAILED)
    if found is None or found.level == danger.ASKS_NOTHING:
        await desk.put(person.id, handoff.word_copy(desk, incoming))
        await desk.say(person, Words(desk.texts.person.robot_failed))
    await desk.post(person.id, Words(desk.texts.team.robot_failed), priority=Priority.RELAY)


async def tell_team(
    desk: Helpdesk, group: StaffGroup, sender: StaffSender, said: Incoming
) -> None:
    """A message of a caseworker: she is told that it did not leave."""
    person = await find_person(desk, group, sender)
    if person is None:
        await desk.post_general(Words(desk.texts.team.robot_failed), reply_to=said.message)
    else:
        await desk.post(person.id, Words(desk.texts.team.robot_failed_here), reply_to=said.message)


async def tell_general(desk: Helpdesk) -> None:
    """An update of a kind that nobody knows: General is told, if there is one."""
    if await desk.get_group() is not None:
        await desk.post_general(Words(desk.texts.team.robot_failed))
