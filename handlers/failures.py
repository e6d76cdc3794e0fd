"""What a failed call to Telegram means: the only place that reads its error texts.

Order matters: BadRequest is a subclass of NetworkError, and TimedOut too.
"""

from dataclasses import dataclass
from enum import Enum, auto

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)


class Fate(Enum):
    """What became of the call, and so what can be done."""

    DONE = auto()  # an edit that changes nothing: as good as done
    NOT_SENT = auto()  # surely not accepted: try again later
    UNKNOWN = auto()  # cut in flight: it may have been accepted
    FLOOD = auto()  # too many calls: wait `retry_after` seconds for that chat
    BLOCKED = auto()  # the person has blocked the robot, or her account is gone
    UNREACHABLE = auto()  # the chat cannot be written to: not a member, or not found
    NO_RIGHT = auto()  # the robot lacks a right in the group
    TOPIC_GONE = auto()  # the topic was deleted
    TOPIC_CLOSED = auto()
    MIGRATED = auto()  # the group has a new id
    SOURCE_GONE = auto()  # the message to copy was deleted by whoever wrote it
    REFUSED = auto()  # this very message can never be sent
    FATAL = auto()  # the token is wrong: the program must end


@dataclass(frozen=True)
class Failure:
    """One failed call. `name` is safe for logs: a class or a known sentence, nobody's words."""

    fate: Fate
    name: str
    retry_after: float = 0.0  # seconds
    new_chat: int = 0


# Parts of Telegram's sentences, lower case, and what they mean.
SENTENCES = (
    ("message is not modified", Fate.DONE),
    ("topic_not_modified", Fate.DONE),
    ("message to delete not found", Fate.DONE),
    ("message to copy not found", Fate.SOURCE_GONE),
    ("thread not found", Fate.TOPIC_GONE),
    ("topic_deleted", Fate.TOPIC_GONE),
    ("topic_id_invalid", Fate.TOPIC_GONE),
    ("topic_closed", Fate.TOPIC_CLOSED),
    ("not enough rights", Fate.NO_RIGHT),
    ("chat_admin_required", Fate.NO_RIGHT),
    ("the chat is not a forum", Fate.NO_RIGHT),
    ("chat not found", Fate.UNREACHABLE),
    ("peer_id_invalid", Fate.UNREACHABLE),
    ("group chat was deactivated", Fate.UNREACHABLE),
)

NOT_SENT_CAUSES = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


def classify(error: TelegramError) -> Failure:
    """What that error of a call to the Bot API means."""
    name = type(error).__name__
    if isinstance(error, RetryAfter):
        return Failure(Fate.FLOOD, name, retry_after=_seconds(error))
    if isinstance(error, ChatMigrated):
        return Failure(Fate.MIGRATED, name, new_chat=error.new_chat_id)
    if isinstance(error, InvalidToken | EndPointNotFound):
        return Failure(Fate.FATAL, name)
    if isinstance(error, Forbidden):
        return _classify_forbidden(error)
    if isinstance(error, BadRequest):
        return _classify_bad_request(error)
    if isinstance(error, NetworkError):
        return _classify_network(error)
    return Failure(Fate.NOT_SENT if isinstance(error, Conflict) else Fate.REFUSED, name)


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()


def _classify_forbidden(error: Forbidden) -> Failure:
    text = str(error).lower()
    if "blocked by the user" in text or "deactivated" in text or "initiate" in text:
        return Failure(Fate.BLOCKED, "Forbidden")
    return Failure(Fate.UNREACHABLE, "Forbidden")


def _classify_bad_request(error: BadRequest) -> Failure:
    text = str(error).lower()
    for part, fate in SENTENCES:
        if part in text:
            return Failure(fate, f"BadRequest: {part}")
    return Failure(Fate.REFUSED, "BadRequest")


def _classify_network(error: NetworkError) -> Failure:
    cause = error.__cause__
    name = f"{type(error).__name__}: {type(cause).__name__}"
    if isinstance(cause, NOT_SENT_CAUSES):
        return Failure(Fate.NOT_SENT, name)
    if isinstance(cause, httpx.HTTPError) or isinstance(error, TimedOut):
        return Failure(Fate.UNKNOWN, name)
    return Failure(Fate.NOT_SENT, name)  # the server answered with an error of its own (5xx)


def is_wrong_token(error: TelegramError) -> bool:
    """401 or 404: no call of this program will ever succeed."""
    return isinstance(error, InvalidToken | EndPointNotFound)


def is_conflict(error: TelegramError) -> bool:
    """409: another program reads the updates of this robot."""
    return isinstance(error, Conflict)
