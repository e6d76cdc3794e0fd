"""Danger first: before any FAQ, in every state, on texts, captions and edits."""

import re
from dataclasses import replace

from bot.domain import (
    Beneficiary,
    Button,
    Priority,
    Reason,
    Ticket,
    Words,
    join_words,
    utf16_length,
)
from bot.helpdesk import handoff, hearing, hours
from bot.helpdesk.context import Helpdesk, rows
from bot.helpdesk.incoming import Incoming
from bot.store import beneficiary as people
from bot.store import exchange as journal
from bot.store import ticket
from bot.texts import fill
from faq.danger import Danger

URGENT = "urgent"  # a level: the request goes to the top, and General is alerted at once
ASKS_NOTHING = "doute"  # a level: the numbers and a question, no urgent request


async def respond(
    desk: Helpdesk, person: Beneficiary, danger: Danger, incoming: Incoming, *, is_edit: bool
) -> None:
    """The numbers at once; then an urgent request, the alert, and her message at the desk."""
    opened = await ticket.get_open(desk.tx, person.id)
    if danger.level == ASKS_NOTHING and opened is None:
        await _care(desk, person, danger, incoming)
        return
    if danger.level == ASKS_NOTHING and opened is not None:
        await _care_while_open(desk, person, danger, opened, None if is_edit else incoming)
        return
    who_is_there = await hours.say_who_is_there(desk, opened)
    # The way back: an alarm may be false, and a priority is no danger.
    way_back = (
        Button(desk.texts.labels.safe, "safe") if danger.level == URGENT else desk.robot_button()
    )
    await desk.say(
        person,
        _word(desk, danger, who_is_there),
        rows(way_back, desk.human_button()),
        priority=Priority.DANGER,
    )
    urgent = await _open_urgent(desk, person, danger, opened)
    if not is_edit:
        await handoff.relay(desk, person, urgent, incoming)


async def _care_while_open(
    desk: Helpdesk, person: Beneficiary, danger: Danger, opened: Ticket, new: Incoming | None
) -> None:
    """« C'est urgent » said to the team: the numbers, and the team reads it; no alarm."""
    # No « J'ai une question » here: what she writes goes to the team.
    lines = tuple(line for line in danger.lines if desk.texts.labels.question not in line)
    words = _word(desk, replace(danger, lines=lines), await hours.say_who_is_there(desk, opened))
    await desk.say(person, words, rows(desk.human_button()), priority=Priority.DANGER)
    if new is not None:
        await handoff.relay(desk, person, opened, new)


async def _care(desk: Helpdesk, person: Beneficiary, danger: Danger, incoming: Incoming) -> None:
    exchange_id = await journal.add(
        desk.tx,
        person.id,
        incoming.text,
        f"danger:{danger.id}",
        desk.now,
        faq_version=desk.faq.version,
    )
    words = _word(desk, danger)
    question = Button(desk.texts.labels.question, f"{hearing.QUESTION}{exchange_id}")
    human = desk.human_button()
    await desk.say(person, words, rows(question, human), priority=Priority.DANGER)
    # « Oui », after « voulez-vous parler à quelqu'un ? », is a call for somebody.
    await people.set_menu(desk.tx, person.id, (question.data or "", human.data or ""))
    if incoming.kind != "text" and await desk.get_group() is not None:
        # A photo with these words under it: only a person can look at it.
        what = handoff.name_kind(desk, incoming.kind)
        opened = await handoff.hand_over(desk, person, Reason.MEDIA, what=what)
        await handoff.relay(desk, person, opened, incoming)


async def _open_urgent(
    desk: Helpdesk, person: Beneficiary, danger: Danger, opened: Ticket | None
) -> Ticket:
    if opened is None:
        urgent = await handoff.open_ticket(desk, person, Reason.DANGER, danger)
    else:
        urgent = opened
        if danger.level == URGENT:
            await ticket.set_urgent(desk.tx, opened.id, danger.id)
        await desk.refresh_topic(person.id)
    await ticket.add_event(desk.tx, urgent.id, danger.level, desk.now)
    await ticket.set_acknowledged(desk.tx, urgent.id, is_acknowledged=True)
    await _alert(desk, person, danger)
    return await ticket.get_open(desk.tx, person.id) or urgent


async def _alert(desk: Helpdesk, person: Beneficiary, danger: Danger) -> None:
    """General hears of it at once; « prioritaire » waits its turn in the group's limit."""
    is_urgent = danger.level == URGENT
    team = desk.texts.team
    template = team.alert if is_urgent else team.alert_soon
    alert = fill(template, title=danger.title, name=person.first_name, number=person.id)
    lines = [alert, Words(team.alert_link)]
    if is_urgent and desk.faq.service.on_duty:
        lines.append(Words(" ".join(desk.faq.service.on_duty)))  # Telegram makes them mentions
    await desk.post_general(
        join_words(lines),
        priority=Priority.DANGER if is_urgent else Priority.RELAY,
        beneficiary_id=person.id,
    )


async def say_safe(desk: Helpdesk, person: Beneficiary) -> None:
    """« Je suis en sécurité »: the team is told; the request stays open for them."""
    opened = await ticket.get_open(desk.tx, person.id)
    if opened is None:
        await desk.say(person, Words(desk.texts.person.safe_alone), rows(desk.human_button()))
        return
    await ticket.add_event(desk.tx, opened.id, "safe", desk.now)
    await desk.post(person.id, Words(desk.texts.team.person_safe), priority=Priority.RELAY)
    await desk.say(
        person,
        Words(desk.texts.person.safe),
        rows(desk.robot_button(), desk.human_button()),
    )


def _word(desk: Helpdesk, danger: Danger, *more: Words) -> Words:
    """The lines of a danger, its numbers in bold."""
    words = join_words([*(Words(line) for line in danger.lines), *more])
    numbers = {desk.faq.numbers[key].number for key in danger.numbers}
    if not numbers:
        return words
    pattern = "|".join(rf"\b{re.escape(number)}\b" for number in sorted(numbers))
    bold = tuple(
        (utf16_length(words.text[: found.start()]), utf16_length(found.group()))
        for found in re.finditer(pattern, words.text)
    )
    return Words(words.text, bold)
