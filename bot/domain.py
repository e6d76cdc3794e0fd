"""The words of the trade as values: who writes, what was decided, what is to be sent.

Nothing here knows Telegram. Chat and message ids are opaque numbers that only `handlers/` can
interpret; all times are aware and in UTC.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import NewType

from faq.changes import Change

ChatId = NewType("ChatId", int)
MessageId = NewType("MessageId", int)
TopicId = NewType("TopicId", int)
BeneficiaryId = NewType("BeneficiaryId", int)
TicketId = NewType("TicketId", int)
ExchangeId = NewType("ExchangeId", int)
UnansweredId = NewType("UnansweredId", int)
DraftId = NewType("DraftId", int)
Destination = NewType("Destination", str)


class Priority(IntEnum):
    """Which lane goes first when several share one limit; lower goes first."""

    DANGER = 0
    RELAY = 1
    ANSWER = 2
    OTHER = 3


class TicketStatus(StrEnum):
    """The life of a request, as the team names it: à traiter, en cours, en attente, terminée."""

    NEW = "new"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    CLOSED = "closed"


class Reason(StrEnum):
    """Why a conversation goes to a person."""

    ASKED = "asked"
    MISSED = "missed"
    MEDIA = "media"
    DANGER = "danger"
    ALWAYS_HUMAN = "always_human"
    DELIVERY = "delivery"
    ROBOT_FAILED = "robot_failed"
    REOPENED = "reopened"


@dataclass(frozen=True)
class MessageRef:
    """One message where it was written: a chat and the message's number in it."""

    chat: ChatId
    message: MessageId


@dataclass(frozen=True)
class Words:
    """A text and its bold parts, each as (offset, length) in UTF-16 code units."""

    text: str
    bold: tuple[tuple[int, int], ...] = ()

    def __add__(self, other: "Words") -> "Words":
        """Both texts in a row, the bold parts moved along."""
        shift = utf16_length(self.text)
        moved = tuple((offset + shift, length) for offset, length in other.bold)
        return Words(self.text + other.text, self.bold + moved)


def utf16_length(text: str) -> int:
    """Length of a text as Telegram counts it, in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def join_words(parts: list[Words], separator: str = "\n") -> Words:
    """The parts in a row, separated; an empty list gives empty words."""
    joined = Words("")
    for position, part in enumerate(parts):
        joined = joined + (Words(separator) if position else Words("")) + part
    return joined


@dataclass(frozen=True)
class Button:
    """A button under a message: it sends `data` back (at most 64 bytes), or opens `url`."""

    label: str
    data: str | None = None
    url: str | None = None


ButtonRows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True)
class Beneficiary:
    """« La personne »: who asks, and where her conversation stands."""

    id: BeneficiaryId
    chat_id: ChatId
    first_name: str
    language: str | None
    staff_group_id: int | None
    topic_id: TopicId | None
    topic_title: str | None
    card_message_id: MessageId | None
    is_card_pinned: bool
    is_topic_closed: bool
    misses: int
    menu: tuple[str, ...]
    pending_exchange_id: ExchangeId | None
    is_welcomed: bool
    is_mask_told: bool
    unreachable_at: datetime | None
    last_seen_at: datetime


@dataclass(frozen=True)
class Ticket:
    """« Une demande »: a period of human help for one person."""

    id: TicketId
    beneficiary_id: BeneficiaryId
    status: TicketStatus
    reason: Reason
    is_urgent: bool
    danger_category: str | None
    opened_at: datetime
    claimed_by: int | None
    claimed_name: str | None
    is_acknowledged: bool
    is_erased_on_close: bool


@dataclass(frozen=True)
class Exchange:
    """One line of the journal: what was asked (masked) and what became of it."""

    id: ExchangeId
    beneficiary_id: BeneficiaryId
    at: datetime
    question: str
    outcome: str
    entry_id: str | None
    score: float | None
    proposals: tuple[str, ...]
    refused: tuple[str, ...]
    feedback: str | None
    ticket_id: TicketId | None


@dataclass(frozen=True)
class StaffGroup:
    """The team's group as we know it; `problems` are the names of the rights it lacks."""

    id: int
    chat_id: ChatId
    title: str
    problems: tuple[str, ...]
    is_reachable: bool
    faq_topic_id: TopicId | None = None

    @property
    def can_receive(self) -> bool:
        """Whether a person's topic can be written in."""
        needed = {"supergroup", "topics", "administrator", "can_manage_topics"}
        return self.is_reachable and needed.isdisjoint(self.problems)


@dataclass(frozen=True)
class Caseworker:
    """« Travailleur social »: a member of the team's group, known by first name only."""

    user_id: int
    first_name: str


class DraftStatus(StrEnum):
    """The life of a draft: to approve, to write, written, refused."""

    WAITING = "waiting"
    APPROVED = "approved"
    WRITTEN = "written"
    REFUSED = "refused"


@dataclass(frozen=True)
class Draft:
    """« Un brouillon »: a change of the FAQ that another caseworker must approve.

    `change` is None once it is written or refused; `worded_by` wrote its last wording.
    """

    id: DraftId
    revision: int
    status: DraftStatus
    change: Change | None
    beneficiary_id: BeneficiaryId | None
    unanswered_id: UnansweredId | None
    worded_by: int
    worded_name: str
    approved_name: str | None
