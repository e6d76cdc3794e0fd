"""What is to be sent, and where: bodies of the outbox rows, which `kind` names in JSON.

Destinations and messages are symbolic: the courier finds the ids when it sends.
"""

from dataclasses import dataclass
from typing import Literal

from bot.domain import (
    BeneficiaryId,
    ButtonRows,
    ChatId,
    Destination,
    MessageRef,
    TopicId,
    Words,
)


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
