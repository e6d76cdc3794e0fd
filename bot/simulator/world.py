"""What exists in the simulated Telegram: people, chats, topics, messages. No behaviour of methods.

A message is kept as the wire dict that the Bot API would show; an edit replaces the dict and never
changes it, so that an update or a ledger entry which holds the old one keeps what was true then.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeAlias

from bot.simulator import wire
from bot.simulator.changes import Changes
from bot.simulator.errors import SimulatorError
from bot.simulator.files import Files
from bot.simulator.updates import Updates
from bot.simulator.webhook import Webhook

Json: TypeAlias = dict[str, Any]

ANY: Final = "any"
"""In place of a topic's id: the messages of every topic, General included."""

BOT_ID: Final = 7_000_000_001
DEFAULT_TOKEN: Final = f"{BOT_ID}:AAE-simulateur-embarque-de-Passerelle"
"""Opens nothing: it names the bot of a server that listens on this machine only."""


@dataclass(slots=True)
class Person:
    """A Telegram account; ``user`` is its User object."""

    id: int
    user: Json
    has_started: bool = False  # wrote to the bot, which may write back
    has_blocked: bool = False
    is_deactivated: bool = False
    is_hidden: bool = False  # made to own a group; not one of the people of the page


@dataclass(slots=True)
class Member:
    """Somebody's place in a group: creator, administrator, member, left or kicked."""

    status: str
    rights: dict[str, bool] = field(default_factory=dict)

    @property
    def is_in(self) -> bool:
        """Is in the group now."""
        return self.status in wire.INSIDE

    @property
    def is_admin(self) -> bool:
        """May do what administrators may."""
        return self.status in ("creator", "administrator")

    def may(self, right: str) -> bool:
        """Holds one administrator right (creators hold all)."""
        return self.status == "creator" or (self.is_admin and self.rights.get(right, False))


@dataclass(slots=True)
class Topic:
    """A topic of a forum; its id is that of its first service message."""

    id: int
    name: str
    icon_color: int
    icon_custom_emoji_id: str | None = None
    is_closed: bool = False
    is_deleted: bool = False


@dataclass(slots=True)
class Stored:
    """A message, and what the Bot API never shows of it."""

    wire: Json
    from_bot: bool
    keyboard: Json | None = None  # a reply keyboard, its removal, or a forced reply
    reactions: dict[int, list[str]] = field(default_factory=dict)  # who -> emojis
    answers: list[Json] = field(default_factory=list)  # to presses of its buttons

    @property
    def id(self) -> int:
        """The message_id."""
        return int(self.wire["message_id"])

    @property
    def topic(self) -> int | None:
        """The topic it is in; None in General, in a private chat, in a thread of replies."""
        if self.wire.get("is_topic_message"):
            return int(self.wire["message_thread_id"])
        return None


@dataclass(slots=True)
class Chat:
    """A private chat (``members`` is empty) or a group; ``wire`` is its Chat object."""

    id: int
    wire: Json
    messages: dict[int, Stored] = field(default_factory=dict)
    next_id: int = 1  # supergroups count their own messages
    members: dict[int, Member] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    migrated_to: int | None = None

    @property
    def is_private(self) -> bool:
        """A chat between one person and the bot."""
        return bool(self.wire["type"] == "private")

    @property
    def is_forum(self) -> bool:
        """A supergroup with topics."""
        return bool(self.wire.get("is_forum", False))

    def member(self, user_id: int) -> Member:
        """Somebody's place here; « left » for those who never came."""
        return self.members.get(user_id) or Member("left")


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button that waits for its answerCallbackQuery."""

    user_id: int
    chat_id: int
    message_id: int
    at: float


@dataclass(slots=True)
class Profile:
    """What the bot says of itself: commands by scope and language, descriptions, menu button."""

    commands: dict[str, list[Json]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    menu_buttons: dict[str, Json] = field(default_factory=dict)


class World:
    """All of it, with the few operations that every act and every method share."""

    def __init__(
        self,
        clock: Callable[[], float],
        token: str,
        files: Path | None,
        changes: Changes | None = None,
    ) -> None:
        """An empty world; the bot's id is the number before the colon of ``token``.

        ``files`` is the folder for what is sent; ``changes`` keeps the listeners of another world.
        """
        bot_id = token.partition(":")[0]
        self.clock = clock
        self.token = token
        self.bot = wire.bot_user(int(bot_id) if bot_id.isdecimal() else BOT_ID)
        self.changes = changes or Changes()
        self.updates = Updates(clock)
        self.webhook = Webhook(self.updates)
        self.files = Files(files)
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.presses: dict[str, Press] = {}
        self.callback_answers: list[Json] = []
        self.profile = Profile()
        self.group_id: int | None = None  # the first group: the one that the page shows
        self.next_user_id = 5_000_000_001
        self.next_group_number = 1
        self.next_private_message_id = 1  # the bot's account counts its private chats together
        self.next_number = 1  # presses, albums

    def now(self) -> int:
        """Whole seconds since 1970, as every date on the wire."""
        return int(self.clock())

    def chat(self, chat_id: int) -> Chat:
        """The chat of this id; raises SimulatorError."""
        found = self.chats.get(chat_id)
        if found is None:
            raise SimulatorError("Cette conversation n'existe pas.")
        return found

    def post(
        self,
        chat: Chat,
        content: Json,
        *,
        sender: Json | None,
        topic: int | None = None,
        reply_to: Stored | None = None,
    ) -> Stored:
        """Adds a message to a chat; ``content`` are the fields beyond the common ones."""
        message: Json = {"message_id": self._take_message_id(chat)}
        if sender is not None:
            message["from"] = sender
        message["chat"] = chat.wire
        message["date"] = self.now()
        root = None
        if topic is not None:
            message["message_thread_id"] = topic
            message["is_topic_message"] = True
            root = chat.messages.get(topic)
        elif reply_to is not None and not chat.is_private:
            # In General a reply belongs to the thread of what it answers, which is no topic.
            message["message_thread_id"] = reply_to.wire.get("message_thread_id", reply_to.id)
        answered = reply_to or root  # the server shows the topic's first message when none is
        if answered is not None:
            message["reply_to_message"] = wire.without_reply(answered.wire)
        message.update(content)
        stored = Stored(message, from_bot=sender is not None and sender["id"] == self.bot["id"])
        chat.messages[stored.id] = stored
        self.changes.mark()
        return stored

    def announce(self, chat: Chat, stored: Stored, kind: str = "message") -> None:
        """Gives the bot an update about a message, if the bot sees it."""
        if self.sees(chat, stored):
            self.updates.push(kind, stored.wire, ("chat", chat.id))

    def sees(self, chat: Chat, stored: Stored) -> bool:
        """Whether Telegram shows this message to the bot.

        Its own messages never, its own service messages yes; without administrator rights only
        commands, answers to itself and service messages (« privacy mode »).
        """
        is_service = wire.is_service(stored.wire)
        if stored.from_bot:
            return is_service
        if chat.is_private:
            return True
        me = chat.member(self.bot["id"])
        if not me.is_in:
            gone = stored.wire.get("left_chat_member", {})
            return bool(gone.get("id") == self.bot["id"])
        if me.is_admin or is_service:
            return True
        answered = stored.wire.get("reply_to_message", {}).get("from", {})
        is_command = str(stored.wire.get("text", "")).startswith("/")
        return is_command or answered.get("id") == self.bot["id"]

    def replace(self, stored: Stored, chat: Chat, message: Json) -> None:
        """An edit: the new dict takes the place of the old."""
        stored.wire = message
        chat.messages[stored.id] = stored
        self.changes.mark()

    def remove(self, chat: Chat, message_id: int) -> None:
        """A message disappears; nobody is told."""
        del chat.messages[message_id]
        if message_id in chat.pinned:
            chat.pinned.remove(message_id)
        self.changes.mark()

    def in_topic(self, chat: Chat, topic: int | str | None) -> Iterator[Stored]:
        """The messages of a topic, of General (None), or of all (ANY), oldest first."""
        if topic == ANY:
            return iter(chat.messages.values())
        return (stored for stored in chat.messages.values() if stored.topic == topic)

    def take_number(self) -> int:
        """A number never given before, for what needs a name."""
        self.next_number += 1
        return self.next_number - 1

    def _take_message_id(self, chat: Chat) -> int:
        if chat.wire["type"] == "supergroup":
            taken = chat.next_id
            chat.next_id += 1
        else:
            taken = self.next_private_message_id
            self.next_private_message_id += 1
        return taken
