"""The words of the trade as values: who writes, what was decided, what is to be sent.

Nothing here knows Telegram. Chat and message ids are opaque numbers that only `handlers/` can
interpret; all times are aware and in UTC.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Literal, NewType

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


# What is to be sent. Every class below is the body of one outbox row; `kind` names it in JSON.


@dataclass(frozen=True)
class SendText:
    """A message of the robot. `file_name` set: the text goes as a small file instead.

    `source` set: it stands for a message that somebody wrote and that goes as (masked) text.
    `act`: what a reply to it is for, in the team's group (table `meaning`).
    """

    words: Words
    buttons: ButtonRows = ()
    has_menu_keyboard: bool = False
    reply_to: MessageRef | None = None
    file_name: str | None = None
    source: MessageRef | None = None
    act: str = ""
    kind: Literal["text"] = "text"


@dataclass(frozen=True)
class SendVoice:
    """A voice note that Telegram keeps (`file_id`), under its title."""

    file_id: str
    words: Words
    buttons: ButtonRows = ()
    kind: Literal["voice"] = "voice"


@dataclass(frozen=True)
class SendPicture:
    """A picture of ours (`path` on this machine), under its words."""

    path: str
    words: Words
    kind: Literal["picture"] = "picture"


@dataclass(frozen=True)
class SendCopy:
    """The copy of a message somebody wrote; `text` (masked) serves when it cannot be copied.

    `is_plain_text` says that nothing is lost if the text goes instead of the copy, so that
    consecutive ones may be merged when a group falls behind. `is_followed` False: the copy is
    only looked at (« Voir »), and no later edit or reply follows it.
    """

    source: MessageRef
    text: str = ""
    is_plain_text: bool = False
    reply_to: MessageRef | None = None
    is_followed: bool = True
    kind: Literal["copy"] = "copy"


@dataclass(frozen=True)
class EditCopy:
    """The copies of a message follow its edit: new text or caption (masked), or new media."""

    source: MessageRef
    text: str
    entities: str = "[]"
    is_caption: bool = False
    media: str | None = None
    kind: Literal["edit_copy"] = "edit_copy"


@dataclass(frozen=True)
class DeleteCopy:
    """The copies of a message are taken back (Telegram allows it for 48 hours).

    `is_told` False: another item of the same album says it in the topic.
    """

    source: MessageRef
    is_told: bool = True
    kind: Literal["delete_copy"] = "delete_copy"


@dataclass(frozen=True)
class EditMessage:
    """One of the robot's own messages changes; `words` None changes only its buttons."""

    message: MessageRef
    words: Words | None = None
    buttons: ButtonRows = ()
    kind: Literal["edit_message"] = "edit_message"


@dataclass(frozen=True)
class PresentCard:
    """The topic of a person is open and shows her card, pinned; the courier opens what lacks."""

    kind: Literal["present_card"] = "present_card"


@dataclass(frozen=True)
class ReopenTopic:
    """A topic that a caseworker closed is opened again: the conversation goes on."""

    kind: Literal["reopen_topic"] = "reopen_topic"


# What stands outside the lanes: it coalesces, or is dropped when stale.


@dataclass(frozen=True)
class RefreshCard:
    """The card of a person is written anew from what the database says when it is sent."""

    beneficiary_id: BeneficiaryId
    kind: Literal["refresh_card"] = "refresh_card"


@dataclass(frozen=True)
class RefreshTitle:
    """The title of a person's topic follows the state of her request."""

    beneficiary_id: BeneficiaryId
    kind: Literal["refresh_title"] = "refresh_title"


@dataclass(frozen=True)
class Receipt:
    """A reaction on somebody's message: it has reached the other side."""

    message: MessageRef
    emoji: str
    kind: Literal["receipt"] = "receipt"


@dataclass(frozen=True)
class AnswerPress:
    """The answer to a button press: it ends the waiting mark, and may show one sentence."""

    press_id: str
    text: str = ""
    is_alert: bool = False
    kind: Literal["answer_press"] = "answer_press"


@dataclass(frozen=True)
class LeaveChat:
    """The robot leaves a group that is not its team's."""

    chat: ChatId
    kind: Literal["leave_chat"] = "leave_chat"


@dataclass(frozen=True)
class InspectGroup:
    """Ask Telegram what the group is and which rights the robot has in it."""

    chat: ChatId
    kind: Literal["inspect_group"] = "inspect_group"


@dataclass(frozen=True)
class VerifyMember:
    """Ask Telegram whether somebody belongs to a group, then do the act that waits for it."""

    chat: ChatId
    user_id: int
    first_name: str
    act: str
    press_id: str = ""
    message: MessageRef | None = None
    topic: TopicId | None = None
    kind: Literal["verify_member"] = "verify_member"


@dataclass(frozen=True)
class DeleteTopic:
    """The topic of an erased person disappears with all it holds."""

    chat: ChatId
    topic: TopicId
    kind: Literal["delete_topic"] = "delete_topic"


Laned = (
    SendText
    | SendVoice
    | SendPicture
    | SendCopy
    | EditCopy
    | DeleteCopy
    | EditMessage
    | PresentCard
    | ReopenTopic
)
Loose = (
    RefreshCard
    | RefreshTitle
    | Receipt
    | AnswerPress
    | LeaveChat
    | InspectGroup
    | VerifyMember
    | DeleteTopic
)
Outgoing = Laned | Loose


def person(beneficiary_id: BeneficiaryId) -> Destination:
    """The private chat of a person."""
    return Destination(f"person:{beneficiary_id}")


def desk(beneficiary_id: BeneficiaryId) -> Destination:
    """The topic of a person in the team's group, opened when it does not exist yet."""
    return Destination(f"desk:{beneficiary_id}")


def chat(chat_id: ChatId) -> Destination:
    """A chat named by its id: for a last word to somebody whose rows are erased."""
    return Destination(f"chat:{chat_id}")


GENERAL = Destination("general")
FAQ = Destination("faq")  # the team's topic « FAQ », opened when it does not exist yet
NOWHERE = Destination("loose")
