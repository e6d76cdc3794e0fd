"""What people do in a conversation: write, send, edit, press, react, block.

Each act returns what a person would see; an act that Telegram's applications do not offer raises
SimulatorError. ``user`` is a User object or its id.
"""

from typing import Any, Final, TypeAlias

from bot.simulator import entities, sending, wire
from bot.simulator.errors import SimulatorError
from bot.simulator.files import UploadedFile
from bot.simulator.samples import sample
from bot.simulator.updates import PRESS_LIFETIME
from bot.simulator.world import Chat, Person, Press, Stored, World

Json: TypeAlias = dict[str, Any]
User: TypeAlias = dict[str, Any] | int

FILE_KINDS: Final = frozenset(wire.MEDIA | {"video_note", "sticker"})
_PARIS: Final = {"latitude": 48.8566, "longitude": 2.3522}


class Talking:
    """The part of the engine that people talk through."""

    world: World

    def say(
        self,
        user: User,
        chat_id: int,
        text: str,
        *,
        topic: int | None = None,
        reply_to: int | None = None,
        entities: list[Json] | None = None,
    ) -> Json:
        """Somebody writes; returns the Message."""
        content = _text(text, entities)
        return self._write(self._person(user), chat_id, content, topic, reply_to)

    def send(
        self,
        user: User,
        chat_id: int,
        kind: str,
        *,
        topic: int | None = None,
        reply_to: int | None = None,
        caption: str | None = None,
        album: str | None = None,
        file: UploadedFile | None = None,
        content: Json | None = None,
    ) -> Json:
        """Somebody sends something else than text; returns the Message.

        ``kind``: photo document voice video video_note audio animation sticker location contact,
        or any name with its ``content`` (fields of a kind unknown to the simulator). Messages
        with the same ``album`` are one album.
        """
        person = self._person(user)
        sent = content if content is not None else self._content(person, kind, file)
        if caption:
            sent = {**sent, **sending.caption_content({"caption": caption})}
        if album:
            sent = {**sent, "media_group_id": album}
        return self._write(person, chat_id, sent, topic, reply_to)

    def edit(
        self,
        user: User,
        chat_id: int,
        message_id: int,
        *,
        text: str | None = None,
        caption: str | None = None,
    ) -> Json:
        """Somebody edits their own message; returns the new Message."""
        chat, stored = self._message(chat_id, message_id)
        if stored.wire.get("from", {}).get("id") != self._person(user).id:
            raise SimulatorError("On ne modifie que ses propres messages.")
        if text is not None:
            kept = {k: v for k, v in stored.wire.items() if k not in wire.TEXT_LIKE}
            changed = {**kept, **_text(text, None)}
        else:
            kept = {k: v for k, v in stored.wire.items() if not k.startswith("caption")}
            changed = {**kept, **sending.caption_content({"caption": caption or ""})}
        if changed == stored.wire:
            raise SimulatorError("Le message n'a pas changé.")
        self.world.replace(stored, chat, {**changed, "edit_date": self.world.now()})
        self.world.announce(chat, stored, "edited_message")
        return stored.wire

    def delete(self, user: User, chat_id: int, message_id: int) -> None:
        """Somebody deletes a message for everyone; no update tells the bot."""
        self._person(user)
        chat, _ = self._message(chat_id, message_id)
        self.world.remove(chat, message_id)

    def press(self, user: User, chat_id: int, message_id: int, button: str) -> str:
        """Somebody presses a button, named by its data or its label; returns the callback's id."""
        person = self._person(user)
        chat, stored = self._message(chat_id, message_id)
        self._may_act(chat, person)
        data = _button_data(stored, button)
        number = str(4_000_000_000_000_000_000 + self.world.take_number())
        self._forget_old_presses()
        press = Press(person.id, chat.id, stored.id, self.world.clock())
        self.world.presses[number] = press
        if chat.is_private:
            person.has_started = True
        query = {
            "id": number,
            "from": person.user,
            "message": stored.wire,
            "chat_instance": str(-1_000_000_007 * chat.id),
            "data": data,
        }
        self.world.updates.push("callback_query", query, ("press", person.id), PRESS_LIFETIME)
        return number

    def tap(self, user: User, label: str) -> Json:
        """Somebody touches a button of the keyboard under the text field; returns the Message.

        A button that asks for a contact or a place sends it.
        """
        person = self._person(user)
        for row in (self.keyboard(person.id) or {}).get("keyboard", ()):
            for button in row:
                if button["text"] != label:
                    continue
                if button.get("request_contact"):
                    return self.send(user, person.id, "contact")
                if button.get("request_location"):
                    return self.send(user, person.id, "location")
                return self.say(user, person.id, label)
        raise SimulatorError(f"Le clavier n'a pas de bouton « {label} ».")

    def keyboard(self, chat_id: int) -> Json | None:
        """The reply keyboard that a private chat shows now."""
        for stored in reversed(self.world.chat(chat_id).messages.values()):
            if stored.keyboard is not None:
                return stored.keyboard if "keyboard" in stored.keyboard else None
        return None

    def react(self, user: User, chat_id: int, message_id: int, emoji: str | None) -> None:
        """Somebody puts one reaction on a message, or takes it away (None)."""
        person = self._person(user)
        chat, stored = self._message(chat_id, message_id)
        self._may_act(chat, person)
        before = stored.reactions.get(person.id, [])
        after = [emoji] if emoji else []
        if before == after:
            return
        stored.reactions[person.id] = after
        self.world.changes.mark()
        if chat.is_private or chat.member(self.world.bot["id"]).is_admin:
            change = {
                "chat": chat.wire,
                "message_id": stored.id,
                "user": person.user,
                "date": self.world.now(),
                "old_reaction": [{"type": "emoji", "emoji": one} for one in before],
                "new_reaction": [{"type": "emoji", "emoji": one} for one in after],
            }
            self.world.updates.push("message_reaction", change, ("reaction", chat.id))

    def say_anonymously(self, group: int, text: str, topic: int | None = None) -> Json:
        """An administrator who hides behind the group writes; returns the Message."""
        chat = self.world.chat(group)
        content = {"sender_chat": chat.wire, **_text(text, None)}
        return self._publish(chat, content, wire.ANONYMOUS_ADMIN, topic, None)

    def say_as_channel(
        self,
        group: int,
        text: str,
        topic: int | None = None,
        *,
        title: str = "Chaîne",
        automatic_forward: bool = False,
    ) -> Json:
        """A channel writes in the group, by hand or as the group's linked channel."""
        channel = {"id": -1_001_900_000_001, "type": "channel", "title": title}
        content: Json = {"sender_chat": channel, **_text(text, None)}
        sender = wire.CHANNEL_BOT
        if automatic_forward:
            content["is_automatic_forward"] = True
            sender = wire.TELEGRAM
        return self._publish(self.world.chat(group), content, sender, topic, None)

    def _write(
        self, person: Person, chat_id: int, content: Json, topic: int | None, reply_to: int | None
    ) -> Json:
        chat = self.world.chat(chat_id)
        self._may_act(chat, person)
        if chat.is_private:
            person.has_started = True
        found = chat.topics.get(topic) if topic is not None else None
        if found and found.is_closed and not chat.member(person.id).is_admin:
            raise SimulatorError("Ce sujet est fermé.")
        return self._publish(chat, content, person.user, topic, reply_to)

    def _publish(
        self, chat: Chat, content: Json, sender: Json, topic: int | None, reply_to: int | None
    ) -> Json:
        answered = None
        if reply_to is not None:
            _, answered = self._message(chat.id, reply_to)
            topic = answered.topic if topic is None else topic
        if topic is not None and (topic not in chat.topics or chat.topics[topic].is_deleted):
            raise SimulatorError("Ce sujet n'existe pas.")
        stored = self.world.post(chat, content, sender=sender, topic=topic, reply_to=answered)
        self.world.announce(chat, stored)
        return stored.wire

    def _content(self, person: Person, kind: str, file: UploadedFile | None) -> Json:
        if kind == "location":
            return {"location": _PARIS}
        if kind == "contact":
            return {
                "contact": {
                    "phone_number": f"+3360{person.id % 10_000_000:07d}",
                    "first_name": person.user["first_name"],
                    "user_id": person.id,
                }
            }
        if kind not in FILE_KINDS:
            raise SimulatorError(f"Le simulateur ne sait pas envoyer « {kind} ».")
        return sending.add_media(self.world, kind, file or sample(kind))

    def _person(self, user: User) -> Person:
        found = self.world.people.get(user if isinstance(user, int) else user["id"])
        if found is None:
            raise SimulatorError("Cette personne n'existe pas.")
        return found

    def _message(self, chat_id: int, message_id: int) -> tuple[Chat, Stored]:
        chat = self.world.chat(chat_id)
        if message_id not in chat.messages:
            raise SimulatorError("Ce message n'existe plus.")
        return chat, chat.messages[message_id]

    def _may_act(self, chat: Chat, person: Person) -> None:
        if chat.is_private:
            if chat.id != person.id:
                raise SimulatorError("Cette conversation est celle d'une autre personne.")
            if person.has_blocked:
                raise SimulatorError("Cette personne a bloqué le robot.")
        elif chat.migrated_to is not None:
            raise SimulatorError("Ce groupe est devenu un supergroupe.")
        elif not chat.member(person.id).is_in:
            raise SimulatorError("Cette personne n'est pas dans le groupe.")

    def _forget_old_presses(self) -> None:
        """Presses nobody answered, oldest first: each is looked at once."""
        presses, now = self.world.presses, self.world.clock()
        while presses:
            oldest = next(iter(presses))
            if now - presses[oldest].at <= PRESS_LIFETIME:
                return
            del presses[oldest]


def _text(text: str, given: list[Json] | None) -> Json:
    if not text.strip():
        raise SimulatorError("Un message vide ne part pas.")
    if entities.length(text) > sending.TEXT_LIMIT:
        raise SimulatorError("Ce message est trop long.")
    if given is None:
        text = text.strip()
    found = entities.merge(text, given or [])
    return {"text": text, "entities": found} if found else {"text": text}


def _button_data(stored: Stored, wanted: str) -> str:
    for row in stored.wire.get("reply_markup", {}).get("inline_keyboard", ()):
        for button in row:
            if wanted in (button.get("callback_data"), button["text"]):
                if "callback_data" not in button:
                    raise SimulatorError(f"Le bouton « {button['text']} » n'appelle pas le robot.")
                return str(button["callback_data"])
    raise SimulatorError(f"Ce message n'a pas de bouton « {wanted} ».")
