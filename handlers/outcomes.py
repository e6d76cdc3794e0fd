"""What became of a call, written down in one transaction, through the helpdesk's use cases."""

import logging
from datetime import timedelta

from bot.domain import ChatId, MessageRef, Priority, TopicId
from bot.helpdesk import card, delivery, team
from bot.helpdesk.context import Helpdesk
from bot.outgoing import (
    FAQ,
    AnswerPress,
    DeleteCopy,
    DeleteTopic,
    InspectGroup,
    RefreshTitle,
    VerifyMember,
)
from bot.store import beneficiary as people
from bot.store import outbox, staff_group
from bot.store.outbox import OutboxRow
from handlers.failures import Failure, Fate
from handlers.planning import Job, Step
from handlers.sending import TO_TEAM, Sent

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 15  # tries of a message to a person before it becomes a dead letter
PATIENCE = timedelta(hours=6)  # and how long it must have waited by then
LONGEST_BACKOFF = timedelta(seconds=60)
STEP_BACKOFF = timedelta(seconds=5)
RIGHTS_BACKOFF = timedelta(seconds=60)  # a missing right is given by a human


async def write_success(desk: Helpdesk, job: Job, sent: Sent) -> None:
    """The server accepted the call."""
    if job.chat < 0:
        await _note_reachable(desk)
    match job.step:
        case Step.OPEN_TOPIC:
            await _write_topic(desk, job, sent)
        case Step.SEND_CARD:
            await _write_card(desk, job, sent)
        case Step.PIN_CARD:
            await _write_pin(desk, job)
        case Step.SEND:
            await _write_sent(desk, job, sent)


async def _note_reachable(desk: Helpdesk) -> None:
    group = await desk.get_group()
    if group is not None and not group.is_reachable:
        await staff_group.set_reachable(desk.tx, group.id, is_reachable=True)


async def _write_topic(desk: Helpdesk, job: Job, sent: Sent) -> None:
    group = await desk.get_group()
    if group is None or sent.topic is None:
        return
    if job.destination == FAQ:
        await staff_group.set_faq_topic(desk.tx, group.id, TopicId(sent.topic))
        return
    if job.beneficiary_id is None:
        return
    title = job.words.text if job.words else ""
    topic = TopicId(sent.topic)
    if await people.get(desk.tx, job.beneficiary_id) is None:
        await desk.loose(DeleteTopic(job.chat, topic))  # she erased everything meanwhile
        return
    await people.set_topic(desk.tx, job.beneficiary_id, group.id, topic, title)
    if await card.word_title(desk, job.beneficiary_id) == title:
        await outbox.drop_coalesced(desk.tx, f"title:{job.beneficiary_id}")


async def _write_card(desk: Helpdesk, job: Job, sent: Sent) -> None:
    if job.beneficiary_id is None or not sent.messages:
        return
    await people.set_card(desk.tx, job.beneficiary_id, sent.messages[0].message)
    worded = await card.word_card(desk, job.beneficiary_id)
    if worded is not None and worded[0] == job.words:
        await outbox.drop_coalesced(desk.tx, f"card:{job.beneficiary_id}")
    else:
        await desk.refresh_topic(job.beneficiary_id)


async def _write_pin(desk: Helpdesk, job: Job) -> None:
    if job.beneficiary_id is not None:
        await people.set_card_pinned(desk.tx, job.beneficiary_id)


async def _write_sent(desk: Helpdesk, job: Job, sent: Sent) -> None:
    body = job.head.body
    if isinstance(body, DeleteCopy):
        await delivery.on_taken_back(desk, job.head)
        return
    if isinstance(body, InspectGroup) and sent.inspection is not None:
        found = sent.inspection
        is_news = await team.on_inspected(desk, body.chat, found.title, found.problems)
        if is_news and found.problems:
            logger.warning("%s", team.word_for_terminal(desk, found.problems))
    elif isinstance(body, VerifyMember) and sent.member_status is not None:
        await team.on_verified(desk, body, sent.member_status)
    elif isinstance(body, RefreshTitle) and job.words is not None:
        await people.set_title(desk.tx, body.beneficiary_id, job.words.text)
    rows = sorted(job.rows, key=lambda row: row.id)
    for position, row in enumerate(rows):
        message = _message_of(sent, position, len(rows))
        await delivery.on_sent(desk, row, message, sent.form)
    if sent.is_text_alone:
        await delivery.on_text_alone(desk, job.head)


def _message_of(sent: Sent, position: int, count: int) -> MessageRef | None:
    """The message made of the row; None when the server made another number of them."""
    return sent.messages[position] if len(sent.messages) == count else None


async def write_failure(desk: Helpdesk, job: Job, failure: Failure) -> None:
    """The call failed: each class of failure has its own way on."""
    match failure.fate:
        case Fate.DONE:
            await write_success(desk, job, Sent())
        case _ if isinstance(job.head.body, AnswerPress):
            await outbox.set_dropped(desk.tx, job.head.id)  # never tried again: it is too late
        case Fate.TOPIC_GONE if job.thread is not None:
            await _forget_topic(desk, job)
            await _wait(desk, job, timedelta(0), failure)
        case Fate.MIGRATED:
            new = ChatId(failure.new_chat)
            await team.migrate(desk, job.chat, new)
            await _wait(desk, job, timedelta(0), failure)
        case Fate.NO_RIGHT | Fate.UNREACHABLE if job.chat < 0:
            await _write_unreachable(desk, job, failure)
        case Fate.FLOOD | Fate.NOT_SENT | Fate.UNKNOWN if job.step is not Step.SEND:
            await _wait(desk, job, STEP_BACKOFF, failure)
        case Fate.FLOOD | Fate.FATAL:
            await _wait(desk, job, timedelta(0), failure)
        case Fate.NOT_SENT:
            await _write_not_sent(desk, job, failure)
        case Fate.UNKNOWN:
            for row in job.rows:
                await delivery.on_unknown(desk, row)
        case _:
            await _write_refused(desk, job, failure)


async def _forget_topic(desk: Helpdesk, job: Job) -> None:
    """The topic was deleted; another call may have opened a new one meanwhile, which stays."""
    group = await desk.get_group()
    if job.destination == FAQ and group is not None and group.faq_topic_id == job.thread:
        await staff_group.set_faq_topic(desk.tx, group.id, None)
    person = await people.get(desk.tx, job.beneficiary_id) if job.beneficiary_id else None
    if person is not None and person.topic_id == job.thread:
        await people.set_topic(desk.tx, person.id, None, None)


async def _wait(desk: Helpdesk, job: Job, delay: timedelta, failure: Failure) -> None:
    for row in job.rows:
        await outbox.set_waiting(desk.tx, row.id, desk.now + delay, failure.name, is_resend=False)


async def _write_unreachable(desk: Helpdesk, job: Job, failure: Failure) -> None:
    """The group cannot be written to: what waits for it is kept, and it is looked at again."""
    group = await desk.get_group()
    if group is None or group.chat_id != job.chat or job.step is Step.PIN_CARD:
        await _write_refused(desk, job, failure)
        return
    if failure.fate is Fate.UNREACHABLE:
        await staff_group.set_reachable(desk.tx, group.id, is_reachable=False)
    await team.inspect(desk, group.chat_id)
    await _wait(desk, job, RIGHTS_BACKOFF, failure)


async def _write_not_sent(desk: Helpdesk, job: Job, failure: Failure) -> None:
    for row in job.rows:
        if _is_hopeless(desk, row):
            await delivery.on_refused(desk, row, failure.name, is_blocked=False)
        else:
            delay = min(timedelta(seconds=2 ** min(row.attempts, 10)), LONGEST_BACKOFF)
            await outbox.set_waiting(
                desk.tx, row.id, desk.now + delay, failure.name, is_resend=False
            )


def _is_hopeless(desk: Helpdesk, row: OutboxRow) -> bool:
    """A message to a person gives up after hours, not after a short outage; one to the team never.

    The numbers of a danger never give up either.
    """
    if row.destination.startswith(TO_TEAM) or row.priority is Priority.DANGER:
        return False
    return row.attempts >= MOST_ATTEMPTS and desk.now - row.created_at > PATIENCE


async def _write_refused(desk: Helpdesk, job: Job, failure: Failure) -> None:
    if job.step is Step.PIN_CARD:
        await _write_pin(desk, job)  # an unpinned card still serves
        return
    if job.step is not Step.SEND:
        await _wait(desk, job, RIGHTS_BACKOFF, failure)  # her words are kept, whatever it is
        return
    if isinstance(job.head.body, DeleteCopy):
        await delivery.on_not_taken_back(desk, job.head)
        return
    for row in job.rows:
        is_blocked = failure.fate is Fate.BLOCKED
        await delivery.on_refused(desk, row, failure.name, is_blocked=is_blocked)


async def write_interrupted(desk: Helpdesk, row: OutboxRow) -> None:
    """Found in flight at start: its fate is unknown."""
    await delivery.on_unknown(desk, row)
