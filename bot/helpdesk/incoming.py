"""What a handler hands to the helpdesk: a message, already translated out of Telegram."""

from dataclasses import dataclass

from bot.domain import ChatId, MessageRef, TopicId


@dataclass(frozen=True)
class VoiceNote:
    """A voice note: what Telegram calls it, and its length in seconds."""

    file_id: str
    seconds: int


@dataclass(frozen=True)
class Incoming:
    """One message, new or edited. `text` is the text or the caption, masked.

    `kind` is « text », « photo », « voice »… (a key of texts `kinds`); `album` groups the items
    of one album; `reply_to` is the message it replies to, if any; `entities` is the raw JSON
    list of the text's entities; `masked` names the kinds of private numbers found in it.
    """

    message: MessageRef
    text: str
    kind: str = "text"
    album: str | None = None
    reply_to: MessageRef | None = None
    masked: frozenset[str] = frozenset()
    entities: str = "[]"
    media: str | None = None
    voice: VoiceNote | None = None

    @property
    def is_plain_text(self) -> bool:
        """Whether its text alone says it all (no formatting, no reply, no media)."""
        return self.kind == "text" and self.entities == "[]" and self.reply_to is None

    @property
    def album_key(self) -> str | None:
        """The key of its album among all chats, or None."""
        return None if self.album is None else f"{self.message.chat}:{self.album}"


@dataclass(frozen=True)
class Sender:
    """Who writes in a private chat."""

    chat: ChatId
    first_name: str
    language: str | None


@dataclass(frozen=True)
class StaffSender:
    """Who writes or presses in the team's group.

    `is_anonymous`: an unnamed administrator or, with `is_channel`, a channel.
    """

    user_id: int
    first_name: str
    topic: TopicId | None
    is_anonymous: bool = False
    is_channel: bool = False


LONGEST_NUMBER = 15  # digits; a forged one must not overflow a column


def number_behind(argument: str) -> int | None:
    """The number that a button sends; None for anything else, forged or not."""
    is_number = argument.isascii() and argument.isdigit() and len(argument) <= LONGEST_NUMBER
    return int(argument) if is_number else None
