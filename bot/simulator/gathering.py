"""What people do with accounts and groups: appear, join, manage topics, block, migrate."""

from typing import Any, TypeAlias

from bot.simulator import groups, wire
from bot.simulator.errors import SimulatorError
from bot.simulator.talking import Talking, User
from bot.simulator.world import Chat, Member, Person, Topic

Json: TypeAlias = dict[str, Any]


class Gathering(Talking):
    """The part of the engine that makes people and groups."""

    def add_person(
        self,
        first_name: str,
        language: str = "fr",
        *,
        last_name: str | None = None,
        username: str | None = None,
        is_hidden: bool = False,
    ) -> Json:
        """A new account with an empty chat with the bot; returns its User."""
        user: Json = {"id": self.world.next_user_id, "is_bot": False, "first_name": first_name}
        if last_name:
            user["last_name"] = last_name
        if username:
            user["username"] = username
        user["language_code"] = language
        self.world.next_user_id += 1
        named = ("id", "first_name", "last_name", "username")
        chat = {name: user[name] for name in named if name in user}
        self.world.people[user["id"]] = Person(user["id"], user, is_hidden=is_hidden)
        self.world.chats[user["id"]] = Chat(user["id"], {**chat, "type": "private"})
        self.world.changes.mark()
        return user

    def add_group(
        self,
        title: str,
        forum: bool = True,
        *,
        kind: str = "supergroup",
        bot_status: str = "administrator",
        by: User | None = None,
    ) -> Json:
        """A new group with the bot in it, with every right by default.

        ``kind``: supergroup, or group (a basic one, without topics). ``by`` owns it; without it,
        an owner is made who is not among the people of the page. Returns the Chat.
        """
        number = self.world.next_group_number
        self.world.next_group_number += 1
        supergroup = kind == "supergroup"
        chat_id = -(1_002_000_000_000 if supergroup else 4_000_000_000) - number
        chat: Json = {"id": chat_id, "title": title, "type": kind}
        if forum and supergroup:
            chat["is_forum"] = True
        owner = by if by is not None else self.add_person("Propriétaire", is_hidden=True)
        group = self.world.chats[chat_id] = Chat(chat_id, chat)
        group.members[self._person(owner).id] = Member("creator")
        if self.world.group_id is None:
            self.world.group_id = chat_id
        self.world.changes.mark()
        if bot_status != "left":
            self.set_bot_rights(chat_id, bot_status)
        return chat

    def set_forum(self, group: User, forum: bool) -> None:
        """The owner switches topics on or off; no update tells the bot."""
        chat = self._group(group)
        kept = {name: value for name, value in chat.wire.items() if name != "is_forum"}
        chat.wire = {**kept, "is_forum": True} if forum else kept
        self.world.changes.mark()

    def join(self, user: User, group: User, status: str = "member", **rights: bool) -> None:
        """Somebody comes, goes (left), is put out (kicked) or is given a rank.

        Administrators hold every right but those that ``rights`` refuse.
        """
        person = self._person(user)
        chat = self._group(group)
        by = person.user if status in ("member", "left") else self._manager(chat).user
        member = Member(status, _rights(rights) if status == "administrator" else {})
        groups.set_member(self.world, chat, person.user, member, by=by)

    def set_bot_rights(self, group: User, status: str, **rights: bool) -> None:
        """The owner changes the bot's rank: administrator (every right but those that ``rights``
        refuse), member, left or kicked."""
        chat = self._group(group)
        member = Member(status, _rights(rights) if status == "administrator" else {})
        by = self._manager(chat).user
        groups.set_member(self.world, chat, self.world.bot, member, by=by)

    def block(self, user: User) -> None:
        """Somebody blocks the bot, which is told."""
        self._set_blocked(user, blocked=True)

    def unblock(self, user: User) -> None:
        """Somebody lets the bot write again; the bot is told."""
        self._set_blocked(user, blocked=False)

    def deactivate(self, user: User) -> None:
        """An account is deleted; nobody is told, sends are refused."""
        self._person(user).is_deactivated = True
        self.world.changes.mark()

    def create_topic(self, user: User, group: User, name: str) -> int:
        """Somebody opens a topic; returns its id."""
        chat, person = self._group(group), self._person(user)
        self._may_act(chat, person)
        color = wire.ICON_COLORS[0]
        return groups.new_topic(self.world, chat, person.user, name, color, None).id

    def rename_topic(self, group: User, topic: int, name: str, by: User | None = None) -> None:
        """Somebody renames a topic, with its service message."""
        chat, found = self._topic(group, topic)
        found.name = name
        event = {"forum_topic_edited": {"name": name}}
        groups.tell_topic(self.world, chat, found, self._actor(chat, by), event)

    def delete_topic(self, group: User, topic: int) -> None:
        """Somebody deletes a topic and all it holds; no update tells the bot."""
        chat, found = self._topic(group, topic)
        groups.drop_topic(self.world, chat, found)

    def close_topic(self, group: User, topic: int, by: User | None = None) -> None:
        """An administrator closes a topic (``by``, or the owner)."""
        self._set_closed(group, topic, by, closed=True)

    def reopen_topic(self, group: User, topic: int, by: User | None = None) -> None:
        """An administrator opens a topic again (``by``, or the owner)."""
        self._set_closed(group, topic, by, closed=False)

    def migrate(self, group: User) -> Json:
        """A group becomes a supergroup with another id; returns the new Chat.

        Topics that it has (a real basic group has none) keep their ids, without their messages.
        """
        old = self._group(group)
        number = self.world.next_group_number
        self.world.next_group_number += 1
        wire_chat = {**old.wire, "id": -1_002_000_000_000 - number, "type": "supergroup"}
        new = Chat(wire_chat["id"], wire_chat, members=dict(old.members), topics=old.topics)
        new.next_id = old.next_id
        self.world.chats[new.id] = new
        sender = self._manager(old).user
        gone = self.world.post(old, {"migrate_to_chat_id": new.id}, sender=sender)
        come = self.world.post(new, {"migrate_from_chat_id": old.id}, sender=sender)
        old.migrated_to = new.id
        if self.world.group_id == old.id:
            self.world.group_id = new.id
        self.world.announce(old, gone)
        self.world.announce(new, come)
        return new.wire

    def _set_blocked(self, user: User, *, blocked: bool) -> None:
        person = self._person(user)
        if person.has_blocked == blocked:
            return
        person.has_blocked = blocked
        before, after = ("member", "kicked") if blocked else ("kicked", "member")
        changed = {
            "chat": self.world.chat(person.id).wire,
            "from": person.user,
            "date": self.world.now(),
            "old_chat_member": wire.member(self.world.bot, before, {}),
            "new_chat_member": wire.member(self.world.bot, after, {}),
        }
        self.world.updates.push("my_chat_member", changed, ("my_chat_member", person.id))
        self.world.changes.mark()

    def _set_closed(self, group: User, topic: int, by: User | None, *, closed: bool) -> None:
        chat, found = self._topic(group, topic)
        if found.is_closed == closed:
            raise SimulatorError("Ce sujet est déjà ainsi.")
        groups.set_closed(self.world, chat, found, self._actor(chat, by), closed=closed)

    def _topic(self, group: User, topic: int) -> tuple[Chat, Topic]:
        chat = self._group(group)
        found = chat.topics.get(topic)
        if found is None or found.is_deleted:
            raise SimulatorError("Ce sujet n'existe pas.")
        return chat, found

    def _actor(self, chat: Chat, by: User | None) -> Json:
        if by is None:
            return self._manager(chat).user
        person = self._person(by)
        if not chat.member(person.id).is_admin:
            raise SimulatorError("Il faut être administrateur du groupe.")
        return person.user

    def _manager(self, chat: Chat) -> Person:
        """The owner, or whoever came first."""
        known = [(user_id, member) for user_id, member in chat.members.items()]
        known.sort(key=lambda one: one[1].status != "creator")
        return next(self.world.people[one] for one, _ in known if one in self.world.people)

    def _group(self, group: User) -> Chat:
        chat = self.world.chat(group if isinstance(group, int) else group["id"])
        if chat.is_private:
            raise SimulatorError("Ce n'est pas un groupe.")
        return chat


def _rights(refused: dict[str, bool]) -> dict[str, bool]:
    unknown = refused.keys() - set(wire.ADMIN_RIGHTS)
    if unknown:
        raise ValueError(f"no such rights: {sorted(unknown)}")
    return {right: refused.get(right, True) for right in wire.ADMIN_RIGHTS}
