"""What people do, and what the bot is told or refused because of it."""

import pytest

from bot.simulator.engine import Engine
from bot.simulator.errors import SimulatorError
from bot.simulator.talking import FILE_KINDS

from .conftest import ALL_KINDS, Caller, Clock, Place


async def test_a_message_in_a_topic_points_at_its_first_one(call: Caller, place: Place) -> None:
    """As on the wire: the topic's service message is shown as what a message answers."""
    topic = place.topic()
    place.engine.say(place.caseworker, place.group, "Bonjour madame", topic=topic)
    created, said = await call.updates()
    assert created["message"]["message_id"] == topic == created["message"]["message_thread_id"]
    message = said["message"]
    assert (message["message_thread_id"], message["is_topic_message"]) == (topic, True)
    assert message["reply_to_message"]["forum_topic_created"]["name"].endswith("n° 1")


async def test_a_reply_stays_in_the_topic_of_its_question(call: Caller, place: Place) -> None:
    """A reply needs no topic; in General it carries a thread that is no topic."""
    topic = place.topic()
    asked = await call("sendMessage", chat_id=place.group, message_thread_id=topic, text="?")
    reply = place.engine.say(place.caseworker, place.group, "Oui", reply_to=asked["message_id"])
    assert (reply["message_thread_id"], reply["reply_to_message"]["text"]) == (topic, "?")
    general = place.engine.say(place.caseworker, place.group, "À tous")
    answer = place.engine.say(place.caseworker, place.group, "Ok", reply_to=general["message_id"])
    assert answer["message_thread_id"] == general["message_id"]
    assert "is_topic_message" not in answer
    mine = {"message_id": asked["message_id"]}
    sent = await call("sendMessage", chat_id=place.group, text="!", reply_parameters=mine)
    assert sent["message_thread_id"] == topic


async def test_an_edit_is_told(call: Caller, place: Place) -> None:
    """edited_message carries the new words; one's own messages only, and only a real change."""
    said = place.engine.say(place.person, place.private, "Bonjour")
    place.engine.edit(place.person, place.private, said["message_id"], text="Bonsoir")
    first, second = await call.updates()
    assert first["message"]["text"] == "Bonjour"
    assert second["edited_message"]["text"] == "Bonsoir"
    assert second["edited_message"]["edit_date"] >= said["date"]
    with pytest.raises(SimulatorError, match="pas changé"):
        place.engine.edit(place.person, place.private, said["message_id"], text="Bonsoir")
    sent = await call("sendMessage", chat_id=place.private, text="x")
    with pytest.raises(SimulatorError, match="propres messages"):
        place.engine.edit(place.person, place.private, sent["message_id"], text="y")
    photo = place.engine.send(place.person, place.private, "photo", caption="Avant")
    place.engine.edit(place.person, place.private, photo["message_id"], caption="Après")
    assert (await call.updates())[-1]["edited_message"]["caption"] == "Après"


async def test_an_album_is_many_updates(call: Caller, place: Place) -> None:
    """The items of an album come one by one with one media_group_id."""
    for caption in ("Recto", None):
        place.engine.send(place.person, place.private, "photo", album="7", caption=caption)
    updates = await call.updates()
    assert [one["message"]["media_group_id"] for one in updates] == ["7", "7"]


@pytest.mark.parametrize(
    "kind",
    [*sorted(FILE_KINDS), "location", "contact"],
)
async def test_every_kind_is_sent_and_copied(call: Caller, place: Place, kind: str) -> None:
    """People send every kind; a copy has the same content."""
    sent = place.engine.send(place.person, place.private, kind)
    source = {"from_chat_id": place.private, "message_id": sent["message_id"]}
    copy = await call("copyMessage", chat_id=place.group, **source)
    shown = place.engine.messages(place.group)[-1]
    assert shown["message_id"] == copy["message_id"]
    assert shown[kind] == sent[kind]


async def test_a_kind_nobody_knows_is_copied_too(call: Caller, place: Place) -> None:
    """A kind of a later Bot API arrives with its fields and survives a copy."""
    content = {"rich_message": {"blocks": [1]}}
    sent = place.engine.send(place.person, place.private, "rich_message", content=content)
    source = {"from_chat_id": place.private, "message_id": sent["message_id"]}
    await call("copyMessage", chat_id=place.group, **source)
    assert place.engine.messages(place.group)[-1]["rich_message"] == {"blocks": [1]}


async def test_a_deleted_message_cannot_be_copied(call: Caller, place: Place) -> None:
    """No update tells of a deletion; a copy or a press then fails."""
    said = place.engine.say(place.person, place.private, "Oups")
    place.engine.delete(place.person, place.private, said["message_id"])
    source = {"from_chat_id": place.private, "message_id": said["message_id"]}
    assert "message to copy not found" in await call.refused(
        "copyMessage", chat_id=place.group, **source
    )
    sources = {"from_chat_id": place.private, "message_ids": [said["message_id"]]}
    assert "no messages to copy" in await call.refused(
        "copyMessages", chat_id=place.group, **sources
    )


async def test_service_and_protected_messages_are_not_copied(call: Caller, place: Place) -> None:
    """A service message, or one sent with protect_content, is not for taking."""
    topic = place.topic()
    source = {"from_chat_id": place.group, "message_id": topic}
    refused = await call.refused("copyMessage", chat_id=place.private, **source)
    assert "can't be copied" in refused
    sent = await call("sendMessage", chat_id=place.private, text="x", protect_content=True)
    source = {"from_chat_id": place.private, "message_id": sent["message_id"]}
    refused = await call.refused("forwardMessage", chat_id=place.group, **source)
    assert "can't be forwarded" in refused


async def test_a_copy_may_get_another_caption(call: Caller, place: Place) -> None:
    """caption replaces, remove_caption removes."""
    sent = place.engine.send(place.person, place.private, "photo", caption="Avant")
    source = {"from_chat_id": place.private, "message_id": sent["message_id"]}
    await call("copyMessage", chat_id=place.group, caption="<b>X</b>", parse_mode="HTML", **source)
    assert place.engine.messages(place.group)[-1]["caption"] == "X"
    sources = {"from_chat_id": place.private, "message_ids": [sent["message_id"]]}
    await call("copyMessages", chat_id=place.group, remove_caption=True, **sources)
    assert "caption" not in place.engine.messages(place.group)[-1]


async def test_only_one_button_of_this_message_is_pressed(call: Caller, place: Place) -> None:
    """A press needs a button that is there and calls the bot; a forged one is delivered raw."""
    row = [{"text": "Site", "url": "https://caf.fr"}, {"text": "Oui", "callback_data": "y"}]
    sent = await call(
        "sendMessage", chat_id=place.private, text="?", reply_markup={"inline_keyboard": [row]}
    )
    with pytest.raises(SimulatorError, match="pas de bouton « Non »"):
        place.engine.press(place.person, place.private, sent["message_id"], "Non")
    with pytest.raises(SimulatorError, match="n'appelle pas"):
        place.engine.press(place.person, place.private, sent["message_id"], "Site")
    with pytest.raises(SimulatorError, match="autre personne"):
        place.engine.press(place.caseworker, place.private, sent["message_id"], "Oui")


async def test_a_message_with_a_keyboard_below_cannot_be_edited(
    call: Caller, place: Place
) -> None:
    """Telegram edits messages without markup, or with buttons of their own."""
    board = {"keyboard": [[{"text": "Menu"}]]}
    sent = await call("sendMessage", chat_id=place.private, text="x", reply_markup=board)
    where = {"chat_id": place.private, "message_id": sent["message_id"]}
    assert "can't be edited" in await call.refused("editMessageText", text="y", **where)
    said = place.engine.say(place.person, place.private, "z")
    where = {"chat_id": place.private, "message_id": said["message_id"]}
    assert "can't be edited" in await call.refused("editMessageText", text="y", **where)


async def test_a_keyboard_asks_for_a_contact(call: Caller, place: Place) -> None:
    """A tap sends the contact or the place that the button asks for; a removal takes it away."""
    board = {"keyboard": [[{"text": "Mon numéro", "request_contact": True}]]}
    await call("sendMessage", chat_id=place.private, text="x", reply_markup=board)
    assert place.engine.tap(place.person, "Mon numéro")["contact"]["user_id"] == place.private
    gone = {"remove_keyboard": True}
    await call("sendMessage", chat_id=place.private, text="x", reply_markup=gone)
    assert place.engine.keyboard(place.private) is None
    with pytest.raises(SimulatorError, match="pas de bouton"):
        place.engine.tap(place.person, "Mon numéro")


async def test_a_block_is_told_and_silences(call: Caller, place: Place) -> None:
    """my_chat_member says so; who blocked cannot write; unblocking is told too."""
    place.engine.block(place.person)
    with pytest.raises(SimulatorError, match="bloqué"):
        place.engine.say(place.person, place.private, "x")
    place.engine.unblock(place.person)
    changes = [one["my_chat_member"]["new_chat_member"]["status"] for one in await call.updates()]
    assert changes == ["kicked", "member"]


async def test_hidden_authors_are_marked(call: Caller, place: Place) -> None:
    """An anonymous administrator and a channel come with sender_chat and Telegram's own users."""
    place.engine.say_anonymously(place.group, "Je réponds")
    place.engine.say_as_channel(place.group, "Annonce")
    place.engine.say_as_channel(place.group, "Annonce", automatic_forward=True)
    anonymous, channel, linked = [one["message"] for one in await call.updates()]
    assert anonymous["from"]["id"] == 1087968824
    assert anonymous["sender_chat"]["id"] == place.group
    assert (channel["from"]["id"], channel["sender_chat"]["type"]) == (136817688, "channel")
    assert (linked["from"]["id"], linked["is_automatic_forward"]) == (777000, True)


async def test_a_stranger_is_not_in_the_group(place: Place) -> None:
    """Who is not in the group does nothing there; who was put out neither."""
    with pytest.raises(SimulatorError, match="pas dans le groupe"):
        place.engine.say(place.person, place.group, "x")
    place.engine.join(place.caseworker, place.group, "kicked")
    with pytest.raises(SimulatorError, match="pas dans le groupe"):
        place.engine.say(place.caseworker, place.group, "x")


async def test_a_topic_closed_by_people_is_told(call: Caller, place: Place) -> None:
    """Closing and reopening are messages in the topic; members then stay silent, the bot not."""
    topic = place.topic()
    member = place.engine.add_person("Léa")
    place.engine.join(member, place.group)
    await call.updates()
    place.engine.close_topic(place.group, topic, place.caseworker)
    (closed,) = await call.updates()
    assert closed["message"]["forum_topic_closed"] == {}
    assert closed["message"]["from"]["first_name"] == "Sophie"
    with pytest.raises(SimulatorError, match="fermé"):
        place.engine.say(member, place.group, "x", topic=topic)
    with pytest.raises(SimulatorError, match="administrateur"):
        place.engine.reopen_topic(place.group, topic, member)
    where = {"chat_id": place.group, "message_thread_id": topic}
    assert await call("sendMessage", text="x", **where)
    assert "TOPIC_NOT_MODIFIED" in await call.refused("closeForumTopic", **where)
    place.engine.set_bot_rights(place.group, "member")
    assert "TOPIC_CLOSED" in await call.refused("sendMessage", text="x", **where)


async def test_a_topic_deleted_by_people_is_not_told(call: Caller, place: Place) -> None:
    """The bot finds out when it writes there."""
    topic = place.topic()
    await call.updates()
    place.engine.delete_topic(place.group, topic)
    assert await call.updates() == []
    where = {"chat_id": place.group, "message_thread_id": topic}
    assert "message thread not found" in await call.refused("sendMessage", text="x", **where)
    assert place.engine.topics(place.group) == []
    with pytest.raises(SimulatorError, match="n'existe pas"):
        place.engine.say(place.caseworker, place.group, "x", topic=topic)


async def test_rights_are_needed(call: Caller, place: Place) -> None:
    """Without a right, what needs it is refused; my_chat_member tells of the change."""
    topic = place.topic()
    await call.updates()
    refused = {"can_manage_topics": False, "can_pin_messages": False}
    place.engine.set_bot_rights(place.group, "administrator", can_delete_messages=False, **refused)
    (update,) = await call.updates()
    changed = update["my_chat_member"]
    assert changed["old_chat_member"]["can_manage_topics"]
    assert not changed["new_chat_member"]["can_manage_topics"]
    where = {"chat_id": place.group}
    assert "not enough rights" in await call.refused("createForumTopic", name="x", **where)
    assert "not enough rights" in await call.refused("pinChatMessage", message_id=topic, **where)
    assert "not enough rights" in await call.refused(
        "deleteForumTopic", message_thread_id=topic, **where
    )
    said = place.engine.say(place.caseworker, place.group, "x")
    assert "can't be deleted" in await call.refused(
        "deleteMessage", message_id=said["message_id"], **where
    )
    with pytest.raises(ValueError, match="no such rights"):
        place.engine.set_bot_rights(place.group, "administrator", can_fly=True)


async def test_a_simple_member_sees_only_what_is_for_it(call: Caller, place: Place) -> None:
    """Privacy mode: commands, answers to the bot, service messages."""
    sent = await call("sendMessage", chat_id=place.group, text="?")
    place.engine.set_bot_rights(place.group, "member")
    place.engine.say(place.caseworker, place.group, "entre nous")
    place.engine.say(place.caseworker, place.group, "/rattacher 123")
    place.engine.say(place.caseworker, place.group, "oui", reply_to=sent["message_id"])
    texts = [one["message"]["text"] for one in (await call.updates())[1:]]
    assert texts == ["/rattacher 123", "oui"]


async def test_out_of_the_group_nothing_is_allowed(call: Caller, place: Place) -> None:
    """Put out, the bot is told and refused; added elsewhere, it is told."""
    place.engine.set_bot_rights(place.group, "kicked")
    changed, gone = await call.updates()
    assert changed["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert gone["message"]["left_chat_member"]["id"] == place.engine.bot["id"]
    refused = await call.refused("sendMessage", chat_id=place.group, text="x")
    assert refused == "Forbidden: bot was kicked from the supergroup chat"
    place.engine.say(place.caseworker, place.group, "sans robot")
    assert await call.updates() == []
    foreign = place.engine.add_group("Ailleurs", forum=False, bot_status="member")
    added, joined = await call.updates()
    assert added["my_chat_member"]["chat"]["id"] == foreign["id"]
    assert joined["message"]["new_chat_members"][0]["id"] == place.engine.bot["id"]
    unknown = place.engine.add_group("Sans robot", bot_status="left")
    assert "chat not found" in await call.refused("getChat", chat_id=unknown["id"])


async def test_a_group_that_becomes_a_supergroup_is_followed(call: Caller) -> None:
    """Old and new group both say so; the old id is refused with the new one in its hand."""
    engine = call.engine
    owner = engine.add_person("Sophie")
    old = engine.add_group("Équipe", kind="group", by=owner)
    assert "not a forum" in await call.refused("createForumTopic", chat_id=old["id"], name="x")
    await call.updates()
    new = engine.migrate(old)
    gone, come = [one["message"] for one in await call.updates()]
    assert gone["migrate_to_chat_id"] == new["id"] == come["chat"]["id"]
    assert come["migrate_from_chat_id"] == old["id"] == gone["chat"]["id"]
    status, body = await engine.call(
        engine.token, "sendMessage", {"chat_id": old["id"], "text": "x"}
    )
    assert status == 400
    assert isinstance(body, dict)
    assert body["parameters"] == {"migrate_to_chat_id": new["id"]}
    engine.set_forum(new["id"], True)
    assert await call("createForumTopic", chat_id=new["id"], name="x")
    with pytest.raises(SimulatorError, match="supergroupe"):
        engine.say(owner, old["id"], "x")


async def test_old_messages_are_not_deleted(call: Caller, place: Place, clock: Clock) -> None:
    """After 48 h a message stays, unless an administrator of the group may delete any."""
    sent = await call("sendMessage", chat_id=place.private, text="x")
    ours = await call("sendMessage", chat_id=place.group, text="x")
    clock.pass_hours(49)
    refused = await call.refused(
        "deleteMessage", chat_id=place.private, message_id=sent["message_id"]
    )
    assert "can't be deleted" in refused
    assert "can't be deleted" in await call.refused(
        "deleteMessages", chat_id=place.private, message_ids=[sent["message_id"]]
    )
    assert await call("deleteMessage", chat_id=place.group, message_id=ours["message_id"])
    topic = place.topic()
    assert "can't be deleted" in await call.refused(
        "deleteMessage", chat_id=place.group, message_id=topic
    )


async def test_reactions_come_when_they_are_asked_for(call: Caller, place: Place) -> None:
    """message_reaction names who, before and after; a reaction is taken away with None."""
    said = place.engine.say(place.caseworker, place.group, "x")
    await call.updates(allowed_updates=ALL_KINDS)
    place.engine.react(place.caseworker, place.group, said["message_id"], "👍")
    place.engine.react(place.caseworker, place.group, said["message_id"], None)
    put, taken = [one["message_reaction"] for one in await call.updates()]
    assert (put["user"]["first_name"], put["new_reaction"][0]["emoji"]) == ("Sophie", "👍")
    assert (taken["old_reaction"][0]["emoji"], taken["new_reaction"]) == ("👍", [])


async def test_topics_can_be_renamed_by_people(call: Caller, place: Place) -> None:
    """A new name is a service message, and shows in the list."""
    topic = place.topic()
    place.engine.rename_topic(place.group, topic, "Awa", place.caseworker)
    assert (await call.updates())[-1]["message"]["forum_topic_edited"] == {"name": "Awa"}
    assert [one["name"] for one in place.engine.topics(place.group)] == ["Awa"]


def test_what_is_not_there_is_said_in_french(engine: Engine, place: Place) -> None:
    """Each act on what does not exist is one sentence for the page."""
    for act in (
        lambda: engine.say(1, 1, "x"),
        lambda: engine.say(place.person, 1, "x"),
        lambda: engine.say(place.person, place.private, " "),
        lambda: engine.say(place.person, place.private, "x", reply_to=999),
        lambda: engine.say(place.person, place.private, "x" * 4097),
        lambda: engine.send(place.person, place.private, "hologramme"),
        lambda: engine.close_topic(place.group, 999),
        lambda: engine.close_topic(place.private, 999),
    ):
        with pytest.raises(SimulatorError, match=r"\.$"):
            act()
