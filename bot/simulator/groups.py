"""The methods about groups: topics, pins, members. The bot acts with the rights it was given."""

from typing import Any, Final, TypeAlias

from bot.simulator import addressing, wire
from bot.simulator.errors import ApiError, bad_request
from bot.simulator.sending import Uploads
from bot.simulator.world import Chat, Member, Topic, World

Json: TypeAlias = dict[str, Any]

TOPIC_NAME_LIMIT: Final = 128


def _forum(world: World, p: Json, act: str) -> Chat:
    """A forum where the bot may manage topics. Raises ApiError."""
    chat = addressing.open_chat(world, p["chat_id"])
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    if not chat.member(world.bot["id"]).may("can_manage_topics"):
        raise bad_request(f"not enough rights to {act} a topic")
    return chat


def _topic(chat: Chat, p: Json) -> Topic:
    topic = chat.topics.get(p["message_thread_id"])
    if topic is None:
        raise bad_request("TOPIC_ID_INVALID")
    if topic.is_deleted:
        raise bad_request("TOPIC_DELETED")
    return topic


def _check_name(name: str) -> str:
    if not name.strip():
        raise bad_request("TOPIC_TITLE_EMPTY")
    if len(name) > TOPIC_NAME_LIMIT:
        raise bad_request("topic name is too long")
    return name.strip()


def _check_icon(custom_emoji_id: str | None) -> str | None:
    if custom_emoji_id and custom_emoji_id not in wire.TOPIC_ICONS:
        raise bad_request("DOCUMENT_INVALID")
    return custom_emoji_id or None


def new_topic(
    world: World, chat: Chat, sender: Json, name: str, color: int, icon: str | None
) -> Topic:
    """Opens a topic; its first message is the service message that gives it its id."""
    created: Json = {"name": name, "icon_color": color}
    if icon:
        created["icon_custom_emoji_id"] = icon
    stored = world.post(chat, {"forum_topic_created": created}, sender=sender)
    topic = chat.topics[stored.id] = Topic(stored.id, name, color, icon)
    stored.wire["message_thread_id"] = topic.id
    stored.wire["is_topic_message"] = True
    world.announce(chat, stored)
    return topic


def tell_topic(world: World, chat: Chat, topic: Topic, sender: Json, event: Json) -> None:
    """A service message in the topic about a change of it."""
    world.announce(chat, world.post(chat, event, sender=sender, topic=topic.id))


def set_closed(world: World, chat: Chat, topic: Topic, sender: Json, *, closed: bool) -> None:
    """Closes or reopens, with its service message."""
    topic.is_closed = closed
    event: Json = {"forum_topic_closed" if closed else "forum_topic_reopened": {}}
    tell_topic(world, chat, topic, sender, event)


def drop_topic(world: World, chat: Chat, topic: Topic) -> None:
    """Deletes the topic with all its messages. No update tells the bot."""
    for stored in list(world.in_topic(chat, topic.id)):
        world.remove(chat, stored.id)
    topic.is_deleted = True
    world.changes.mark()


def create_forum_topic(world: World, p: Json, _: Uploads) -> Json:
    """createForumTopic."""
    chat = _forum(world, p, "create")
    color = p.get("icon_color", wire.ICON_COLORS[0])
    if color not in wire.ICON_COLORS:
        raise bad_request("invalid icon color specified")
    icon = _check_icon(p.get("icon_custom_emoji_id"))
    topic = new_topic(world, chat, world.bot, _check_name(p["name"]), color, icon)
    created: Json = {"message_thread_id": topic.id, "name": topic.name, "icon_color": color}
    if icon:
        created["icon_custom_emoji_id"] = icon
    return created


def edit_forum_topic(world: World, p: Json, _: Uploads) -> bool:
    """editForumTopic: name, icon, or both."""
    chat = _forum(world, p, "edit")
    topic = _topic(chat, p)
    event: Json = {}
    if "name" in p and _check_name(p["name"]) != topic.name:
        topic.name = event["name"] = _check_name(p["name"])
    if "icon_custom_emoji_id" in p:
        icon = _check_icon(p["icon_custom_emoji_id"])
        if icon != topic.icon_custom_emoji_id:
            topic.icon_custom_emoji_id = icon
            event["icon_custom_emoji_id"] = icon or ""
    if not event:
        raise bad_request("TOPIC_NOT_MODIFIED")
    tell_topic(world, chat, topic, world.bot, {"forum_topic_edited": event})
    return True


def close_forum_topic(world: World, p: Json, _: Uploads) -> bool:
    """closeForumTopic."""
    return _set_closed(world, p, closed=True)


def reopen_forum_topic(world: World, p: Json, _: Uploads) -> bool:
    """reopenForumTopic."""
    return _set_closed(world, p, closed=False)


def _set_closed(world: World, p: Json, *, closed: bool) -> bool:
    chat = _forum(world, p, "close" if closed else "reopen")
    topic = _topic(chat, p)
    if topic.is_closed == closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    set_closed(world, chat, topic, world.bot, closed=closed)
    return True


def delete_forum_topic(world: World, p: Json, _: Uploads) -> bool:
    """deleteForumTopic: needs the right to delete messages."""
    chat = addressing.open_chat(world, p["chat_id"])
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    if not chat.member(world.bot["id"]).may("can_delete_messages"):
        raise bad_request("not enough rights to delete a topic")
    topic = chat.topics.get(p["message_thread_id"])
    if topic is None or topic.is_deleted:
        raise bad_request("TOPIC_ID_INVALID")
    drop_topic(world, chat, topic)
    return True


def get_forum_topic_icon_stickers(_: World, __: Json, ___: Uploads) -> list[Json]:
    """getForumTopicIconStickers."""
    return [wire.topic_icon(number, emoji) for number, emoji in wire.TOPIC_ICONS.items()]


def _pinning(world: World, p: Json) -> Chat:
    chat = addressing.open_chat(world, p["chat_id"])
    if not chat.is_private and not chat.member(world.bot["id"]).may("can_pin_messages"):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    return chat


def pin_chat_message(world: World, p: Json, _: Uploads) -> bool:
    """pinChatMessage: writes a service message, silent or not."""
    chat = _pinning(world, p)
    stored = chat.messages.get(p["message_id"])
    if stored is None:
        raise bad_request("message to pin not found")
    if stored.id in chat.pinned:
        return True
    chat.pinned.append(stored.id)
    event = {"pinned_message": wire.without_reply(stored.wire)}
    world.announce(chat, world.post(chat, event, sender=world.bot, topic=stored.topic))
    return True


def unpin_chat_message(world: World, p: Json, _: Uploads) -> bool:
    """unpinChatMessage: the one named, or the last that was pinned."""
    chat = _pinning(world, p)
    message_id = p.get("message_id", chat.pinned[-1] if chat.pinned else None)
    if message_id not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(message_id)
    world.changes.mark()
    return True


def unpin_all_forum_topic_messages(world: World, p: Json, _: Uploads) -> bool:
    """unpinAllForumTopicMessages."""
    chat = _pinning(world, p)
    topic = _topic(chat, p)
    chat.pinned = [one for one in chat.pinned if chat.messages[one].topic != topic.id]
    world.changes.mark()
    return True


def get_chat(world: World, p: Json, _: Uploads) -> Json:
    """getChat: works for a person who blocked the bot, not for a group it was put out of."""
    chat = addressing.known_chat(world, p["chat_id"])
    full = wire.full_chat(chat.wire)
    if not chat.is_private:
        addressing.inside(world, chat)
    if chat.pinned:
        full["pinned_message"] = wire.without_reply(chat.messages[chat.pinned[-1]].wire)
    return full


def get_chat_member(world: World, p: Json, _: Uploads) -> Json:
    """getChatMember: « left » for somebody known who is not there."""
    chat = addressing.known_chat(world, p["chat_id"])
    user = user_of(world, p["user_id"])
    if chat.is_private:
        return wire.member(user, "member", {})
    addressing.inside(world, chat)
    found = chat.member(p["user_id"])
    return wire.member(user, found.status, found.rights)


def get_chat_administrators(world: World, p: Json, _: Uploads) -> list[Json]:
    """getChatAdministrators: the people, and this bot when it is one."""
    chat = addressing.open_chat(world, p["chat_id"])
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    return [
        wire.member(user_of(world, user_id), member.status, member.rights)
        for user_id, member in chat.members.items()
        if member.is_admin
    ]


def get_chat_member_count(world: World, p: Json, _: Uploads) -> int:
    """getChatMemberCount."""
    chat = addressing.open_chat(world, p["chat_id"])
    return 2 if chat.is_private else sum(member.is_in for member in chat.members.values())


def user_of(world: World, user_id: int) -> Json:
    """The User object of a person or of the bot. Raises ApiError 400."""
    if user_id == world.bot["id"]:
        return world.bot
    if user_id not in world.people:
        raise bad_request("invalid user_id specified")
    return world.people[user_id].user


def leave_chat(world: World, p: Json, _: Uploads) -> bool:
    """leaveChat."""
    chat = addressing.open_chat(world, p["chat_id"])
    if chat.is_private:
        raise ApiError(400, "Bad Request: chat member status can't be changed in private chats")
    set_member(world, chat, world.bot, Member("left"), by=world.bot)
    return True


def set_member(world: World, chat: Chat, user: Json, new: Member, *, by: Json) -> None:
    """Changes somebody's place, and tells the bot what Telegram would tell it."""
    old = chat.member(user["id"])
    chat.members[user["id"]] = new
    is_me = user["id"] == world.bot["id"]
    changed = {
        "chat": chat.wire,
        "from": by,
        "date": world.now(),
        "old_chat_member": wire.member(user, old.status, old.rights),
        "new_chat_member": wire.member(user, new.status, new.rights),
    }
    if is_me:
        world.updates.push("my_chat_member", changed, ("my_chat_member", chat.id))
    elif chat.member(world.bot["id"]).is_admin:
        world.updates.push("chat_member", changed, ("chat_member", user["id"]))
    if new.is_in and not old.is_in:
        joined = world.post(chat, {"new_chat_members": [user]}, sender=by)
        world.announce(chat, joined)
    elif old.is_in and not new.is_in:
        left = world.post(chat, {"left_chat_member": user}, sender=by)
        world.announce(chat, left)
    world.changes.mark()


METHODS = {
    "createForumTopic": create_forum_topic,
    "editForumTopic": edit_forum_topic,
    "closeForumTopic": close_forum_topic,
    "reopenForumTopic": reopen_forum_topic,
    "deleteForumTopic": delete_forum_topic,
    "getForumTopicIconStickers": get_forum_topic_icon_stickers,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "unpinAllForumTopicMessages": unpin_all_forum_topic_messages,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
}
