"""The end of a request by the team: « Terminer » with a goodbye, « Rendre au robot » without."""

from bot.domain import Beneficiary, Button, Priority, Ticket, Words
from bot.helpdesk import handoff
from bot.helpdesk.context import Helpdesk, rows
from bot.store import beneficiary as people
from bot.texts import fill


async def close(desk: Helpdesk, person: Beneficiary, opened: Ticket, name: str) -> None:
    """« Terminer »: end the request with a goodbye."""
    goodbye = Words(desk.texts.person.closed)
    labels = desk.texts.labels
    buttons = rows(
        Button(labels.yes, "done:yes"),
        Button(labels.not_yet, "done:no"),
        desk.human_button(),
    )
    if await handoff.end(desk, person, opened, name):
        return
    await desk.post(person.id, fill(desk.texts.team.closed, name=name))
    await people.set_menu(desk.tx, person.id, ("done:yes", "done:no", "human"))
    await desk.say(person, goodbye, buttons, priority=Priority.RELAY)


async def give_back(desk: Helpdesk, person: Beneficiary, opened: Ticket, name: str) -> None:
    """« Rendre au robot »: end the request without a goodbye; she is told who answers now."""
    if await handoff.end(desk, person, opened, name):
        return
    await desk.post(person.id, fill(desk.texts.team.given_back, name=name))
    await desk.say(
        person,
        Words(desk.texts.person.robot_back),
        rows(desk.human_button()),
        priority=Priority.RELAY,
    )
