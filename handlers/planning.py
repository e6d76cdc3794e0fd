"""From an outbox row, with symbolic destination and messages, to one call with real ids."""

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum, auto

from bot.domain import (
    BeneficiaryId,
    ButtonRows,
    ChatId,
    Destination,
    MessageId,
    MessageRef,
    StaffGroup,
    Words,
)
from bot.helpdesk import card, delivery
from bot.helpdesk.context import Helpdesk
from bot.outgoing import (
    FAQ,
    GENERAL,
    DeleteCopy,
    EditCopy,
    PresentCard,
    RefreshCard,
    RefreshTitle,
    SendCopy,
    SendText,
)
from bot.store import beneficiary as people
from bot.store import message_map, outbox
from bot.store.message_map import Copy
from bot.store.outbox import OutboxRow

BEHIND = timedelta(seconds=5)  # a group is behind when texts have waited that long
LONGEST_MERGE = 3_500  # characters of merged texts; Telegram takes 4,096
MOST_MERGED = 20


class Step(Enum):
    """What the call does: the row itself, or what its topic lacks first."""

    SEND = auto()
    OPEN_TOPIC = auto()
    SEND_CARD = auto()
    PIN_CARD = auto()


@dataclass(frozen=True)
class Job:
    """One call, fully resolved. `rows`: one, or the items of an album, or texts to merge."""

    destination: Destination
    rows: tuple[OutboxRow, ...]
    chat: ChatId
    step: Step = Step.SEND
    thread: int | None = None
    beneficiary_id: BeneficiaryId | None = None
    reply_to: MessageId | None = None
    copy: Copy | None = None
    words: Words | None = None
    buttons: ButtonRows = ()
    message: MessageId | None = None

    @property
    def head(self) -> OutboxRow:
        """The first row."""
        return self.rows[0]


async def plan_lane(
    desk: Helpdesk, destination: Destination, chat: ChatId, group: StaffGroup | None
) -> Job | None:
    """The next call of a lane; None when its head needed none and is settled."""
    heads = await outbox.list_next(desk.tx, destination, 1)
    if not heads:
        return None
    head = heads[0]
    rows: tuple[OutboxRow, ...] = (head,)
    if head.group_key is not None:
        rows = tuple(await outbox.list_group(desk.tx, head.group_key))
    job = Job(destination, rows, chat, beneficiary_id=head.beneficiary_id)
    if destination == FAQ and group is not None:
        if group.faq_topic_id is None:
            return replace(job, step=Step.OPEN_TOPIC, words=Words(desk.texts.team.faq_topic))
        job = replace(job, thread=group.faq_topic_id)
    if destination.startswith("desk:") and group is not None:
        prepared = await _prepare_topic(desk, job, group)
        if prepared is None or prepared.step is not Step.SEND:
            return prepared
        job = await _merge(desk, prepared)
    if isinstance(head.body, PresentCard):
        await outbox.set_sent(desk.tx, head, None, desk.now)
        return None
    return await _resolve(desk, job)


async def _prepare_topic(desk: Helpdesk, job: Job, group: StaffGroup) -> Job | None:
    """What the person's topic lacks: the topic, the card, the pin; or the row itself."""
    person = await people.get(desk.tx, BeneficiaryId(int(job.destination.removeprefix("desk:"))))
    if person is None:
        await outbox.set_dropped(desk.tx, job.head.id)
        return None
    job = replace(job, beneficiary_id=person.id)
    if person.topic_id is None or person.staff_group_id != group.id:
        title = await card.word_title(desk, person.id)
        return replace(job, step=Step.OPEN_TOPIC, words=Words(title or person.first_name))
    job = replace(job, thread=person.topic_id)
    if person.card_message_id is None:
        words, buttons = await card.word_card(desk, person.id) or (Words("?"), ())
        return replace(job, step=Step.SEND_CARD, words=words, buttons=buttons)
    if not person.is_card_pinned:
        return replace(job, step=Step.PIN_CARD, message=person.card_message_id)
    return job


async def _merge(desk: Helpdesk, job: Job) -> Job:
    """Consecutive texts of one person, when they have waited: one message instead of many."""
    if not _can_merge(job.head) or desk.now - job.head.created_at < BEHIND:
        return job
    rows: list[OutboxRow] = []
    length = 0
    for row in await outbox.list_next(desk.tx, job.destination, MOST_MERGED):
        text = row.body.text if isinstance(row.body, SendCopy) else ""
        length += len(text) + 1
        if not _can_merge(row) or length > LONGEST_MERGE:
            break
        rows.append(row)
    return replace(job, rows=tuple(rows)) if len(rows) > 1 else job


def _can_merge(row: OutboxRow) -> bool:
    body = row.body
    return (
        isinstance(body, SendCopy) and body.is_plain_text and bool(body.text) and not row.is_resend
    )


async def _resolve(desk: Helpdesk, job: Job) -> Job | None:
    """Find the ids of the messages that the row names; drop what has lost its meaning."""
    body = job.head.body
    if isinstance(body, EditCopy | DeleteCopy):
        copy = await message_map.get_copy(desk.tx, body.source)
        if copy is None and isinstance(body, DeleteCopy):
            await delivery.on_nothing_to_take_back(desk, job.head)
            return None
        if copy is None:
            await outbox.set_dropped(desk.tx, job.head.id)
            return None
        return replace(job, copy=copy)
    if isinstance(body, SendText | SendCopy) and body.reply_to is not None:
        return replace(job, reply_to=await _find_reply(desk, job.chat, body.reply_to))
    return job


async def _find_reply(desk: Helpdesk, chat: ChatId, wanted: MessageRef) -> MessageId | None:
    if wanted.chat == chat:
        return wanted.message
    found = await message_map.get_counterpart(desk.tx, wanted)
    return found.message if found is not None and found.chat == chat else None


async def plan_refresh(desk: Helpdesk, row: OutboxRow, group: StaffGroup | None) -> Job | None:
    """The new card or title of a topic; None (and dropped) when there is nothing to refresh."""
    body = row.body
    assert isinstance(body, RefreshCard | RefreshTitle)  # noqa: S101 - the caller chose it
    person = await people.get(desk.tx, body.beneficiary_id)
    if person is None or group is None or person.topic_id is None:
        return None
    if person.staff_group_id != group.id:
        return None
    job = Job(
        row.destination, (row,), group.chat_id, thread=person.topic_id, beneficiary_id=person.id
    )
    if isinstance(body, RefreshTitle):
        title = await card.word_title(desk, person.id)
        return (
            None if title in (None, person.topic_title) else replace(job, words=Words(title or ""))
        )
    worded = await card.word_card(desk, person.id)
    if worded is None or person.card_message_id is None:
        return None
    return replace(job, words=worded[0], buttons=worded[1], message=person.card_message_id)


def is_alert(destination: Destination, urgency: int) -> bool:
    """Whether a lane may use the reserve of the group's limit."""
    return destination == GENERAL and urgency == 0
