"""The Bot API as python-telegram-bot calls it, over real HTTP and over the loopback transport."""

import json
import re
from typing import Any

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    KeyboardButton,
    MenuButtonCommands,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyParameters,
)
from telegram.constants import ChatAction, ReactionEmoji
from telegram.error import BadRequest, Conflict, Forbidden, NetworkError, TimedOut

from .conftest import ALL_KINDS, Place

YES = InlineKeyboardMarkup([[InlineKeyboardButton("Oui", callback_data="y:1")]])


def refused(words: str) -> Any:
    """The call is refused with a 400 that says these words, in any case of letters."""
    return pytest.raises(BadRequest, match=re.compile(words, re.IGNORECASE))


async def test_it_introduces_itself(bot: Bot) -> None:
    """getMe gives every field that the library needs to be a bot."""
    me = await bot.get_me()
    assert me.is_bot
    assert me.id == bot.id
    assert not me.can_read_all_group_messages


async def test_a_persons_words_come_as_an_update(bot: Bot, place: Place) -> None:
    """What a person writes is given by getUpdates, and no more once it is confirmed."""
    place.engine.say(place.person, place.private, "Bonjour")
    (update,) = await bot.get_updates(allowed_updates=ALL_KINDS)
    assert update.message is not None
    assert update.message.text == "Bonjour"
    assert update.message.chat.id == place.private
    assert await bot.get_updates(offset=update.update_id + 1) == ()


async def test_html_becomes_entities_in_utf16(bot: Bot, place: Place) -> None:
    """Tags are taken out, offsets count UTF-16 units, escaped characters are themselves."""
    sent = await bot.send_message(
        place.private, "👍 <b>Oui &lt;3</b> <a href='https://caf.fr/x'>ici</a>", parse_mode="HTML"
    )
    assert sent.text == "👍 Oui <3 ici"
    assert sent.parse_entities() == {sent.entities[0]: "Oui <3", sent.entities[1]: "ici"}
    assert sent.entities[1].url == "https://caf.fr/x"


async def test_given_entities_are_kept(bot: Bot, place: Place) -> None:
    """Entities given as objects arrive as they are."""
    bold = MessageEntity(MessageEntity.BOLD, 0, 7)
    sent = await bot.send_message(place.private, "Bonjour Awa", entities=[bold])
    assert sent.entities == (bold,)


async def test_a_reply_names_the_message(bot: Bot, place: Place) -> None:
    """reply_parameters shows the message; one that is gone is refused, or left out if allowed."""
    asked = place.engine.say(place.person, place.private, "Et la CAF ?")
    sent = await bot.send_message(
        place.private, "Oui", reply_parameters=ReplyParameters(asked["message_id"])
    )
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "Et la CAF ?"
    with refused("message to be replied not found"):
        await bot.send_message(place.private, "x", reply_parameters=ReplyParameters(999))
    loose = ReplyParameters(999, allow_sending_without_reply=True)
    assert (await bot.send_message(place.private, "x", reply_parameters=loose)).text == "x"


async def test_a_button_is_pressed_and_answered_once(bot: Bot, place: Place) -> None:
    """A press comes with its data and its message; it is answered once."""
    sent = await bot.send_message(place.private, "Alors ?", reply_markup=YES)
    place.engine.press(place.person, place.private, sent.message_id, "Oui")
    (update,) = await bot.get_updates(allowed_updates=ALL_KINDS)
    assert update.callback_query is not None
    assert update.callback_query.data == "y:1"
    assert update.callback_query.message == sent
    await update.callback_query.answer("Merci")
    assert place.engine.callback_answers[-1]["text"] == "Merci"
    with refused("query is too old"):
        await update.callback_query.answer("Merci")


async def test_a_keyboard_is_shown_and_tapped(bot: Bot, place: Place) -> None:
    """A reply keyboard stands under the text field; a touch writes its words."""
    board = ReplyKeyboardMarkup([[KeyboardButton("Menu"), KeyboardButton("Parler")]])
    sent = await bot.send_message(place.private, "Voici", reply_markup=board)
    assert sent.reply_markup is None
    assert place.engine.tap(place.person, "Parler")["text"] == "Parler"
    assert place.engine.keyboard(place.private) == board.to_dict()


async def test_an_edit_changes_the_message(bot: Bot, place: Place) -> None:
    """editMessageText replaces text and buttons; the same again is « not modified »."""
    sent = await bot.send_message(place.private, "Un", reply_markup=YES)
    edited = await sent.edit_text("Deux")
    assert isinstance(edited, type(sent))
    assert (edited.text, edited.reply_markup) == ("Deux", None)
    with refused("message is not modified"):
        await sent.edit_text("Deux")
    with refused("message to edit not found"):
        await bot.edit_message_text("x", place.private, 999)


async def test_buttons_alone_are_edited(bot: Bot, place: Place) -> None:
    """editMessageReplyMarkup leaves the text and changes the buttons."""
    sent = await bot.send_message(place.private, "Un", reply_markup=YES)
    edited = await sent.edit_reply_markup(None)
    assert isinstance(edited, type(sent))
    assert (edited.text, edited.reply_markup) == ("Un", None)


async def test_a_photo_is_sent_fetched_and_sent_again(bot: Bot, place: Place) -> None:
    """An upload can be downloaded unchanged, and sent again by its file_id."""
    sent = await bot.send_photo(place.private, b"\x89PNG image", caption="Le papier")
    assert sent.caption == "Le papier"
    file = await bot.get_file(sent.photo[-1].file_id)
    assert bytes(await file.download_as_bytearray()) == b"\x89PNG image"
    again = await bot.send_photo(place.private, sent.photo[-1].file_id)
    assert again.photo[-1].file_id == sent.photo[-1].file_id
    with refused("wrong file identifier"):
        await bot.send_photo(place.private, "inconnu")


@pytest.mark.parametrize(
    "kind", ["document", "voice", "video", "video_note", "audio", "animation", "sticker"]
)
async def test_every_kind_of_file_is_sent(bot: Bot, place: Place, kind: str) -> None:
    """Each kind of file arrives as that kind."""
    send: Any = getattr(bot, f"send_{kind}")
    sent = await send(place.private, b"des octets")
    assert getattr(sent, kind).file_size == 10


async def test_places_and_contacts_are_sent(bot: Bot, place: Place) -> None:
    """sendLocation and sendContact."""
    sent = await bot.send_location(place.private, 48.85, 2.35)
    assert sent.location is not None
    assert sent.location.latitude == 48.85
    contact = await bot.send_contact(place.private, "+33612345678", "Sophie")
    assert contact.contact is not None
    assert contact.contact.first_name == "Sophie"


async def test_an_album_stays_an_album(bot: Bot, place: Place) -> None:
    """sendMediaGroup gives its messages one media_group_id."""
    album = [InputMediaPhoto(b"un", caption="Les deux"), InputMediaPhoto(b"deux")]
    first, second = await bot.send_media_group(place.private, album)
    assert first.media_group_id == second.media_group_id is not None
    assert first.caption == "Les deux"


async def test_media_and_captions_are_edited(bot: Bot, place: Place) -> None:
    """editMessageCaption and editMessageMedia."""
    sent = await bot.send_photo(place.private, b"un", caption="Avant")
    captioned = await sent.edit_caption("Après", reply_markup=YES)
    assert captioned.caption == "Après"  # type: ignore[union-attr]
    changed = await sent.edit_media(InputMediaDocument(b"deux", caption="Lettre"))
    assert changed.document is not None  # type: ignore[union-attr]
    assert changed.caption == "Lettre"  # type: ignore[union-attr]


async def test_a_copy_keeps_formatting_and_hides_the_author(bot: Bot, place: Place) -> None:
    """copyMessage takes the content with its entities, and says nothing of who wrote it."""
    said = place.engine.say(place.person, place.private, "Voir https://caf.fr/aide")
    topic = place.topic()
    copy = await bot.copy_message(
        place.group, place.private, said["message_id"], message_thread_id=topic
    )
    (_, shown) = place.engine.messages(place.group, topic)
    assert shown["message_id"] == copy.message_id
    assert (shown["text"], shown["entities"]) == (said["text"], said["entities"])
    assert shown["from"]["id"] == bot.id
    with refused("message to copy not found"):
        await bot.copy_message(place.group, place.private, 999)


async def test_copied_albums_stay_together(bot: Bot, place: Place) -> None:
    """copyMessages keeps albums, leaves out what is gone, wants ids that grow."""
    ids = [
        place.engine.send(place.person, place.private, "photo", album="a")["message_id"]
        for _ in range(3)
    ]
    copies = await bot.copy_messages(place.group, place.private, [*ids, 9999])
    shown = place.engine.messages(place.group)[-3:]
    assert [one["message_id"] for one in shown] == [one.message_id for one in copies]
    assert len({one["media_group_id"] for one in shown}) == 1
    with refused("strictly increasing"):
        await bot.copy_messages(place.group, place.private, ids[::-1])


async def test_a_forward_shows_its_author(bot: Bot, place: Place) -> None:
    """forwardMessage names the person."""
    said = place.engine.say(place.person, place.private, "Bonjour")
    sent = await bot.forward_message(place.group, place.private, said["message_id"])
    assert sent.forward_origin is not None
    assert sent.forward_origin.sender_user.first_name == "Awa"  # type: ignore[attr-defined]


async def test_a_message_is_deleted(bot: Bot, place: Place) -> None:
    """deleteMessage and deleteMessages."""
    one = await bot.send_message(place.private, "Un")
    two = await bot.send_message(place.private, "Deux")
    assert await one.delete()
    with refused("message to delete not found"):
        await one.delete()
    assert await bot.delete_messages(place.private, [one.message_id, two.message_id])
    assert [m["text"] for m in place.engine.messages(place.private)] == ["/start"]


async def test_a_reaction_is_put_and_taken_away(bot: Bot, place: Place) -> None:
    """setMessageReaction; an emoji that Telegram does not offer is refused."""
    said = place.engine.say(place.person, place.private, "Merci")
    await bot.set_message_reaction(place.private, said["message_id"], ReactionEmoji.THUMBS_UP)
    shown = place.engine.messages(place.private)[-1]
    assert shown["_reactions"] == [{"emoji": "👍", "from_id": bot.id}]
    await bot.set_message_reaction(place.private, said["message_id"], None)
    assert place.engine.messages(place.private)[-1]["_reactions"] == []
    with refused("reaction_invalid"):
        await bot.set_message_reaction(place.private, said["message_id"], "✅")


async def test_a_topic_lives(bot: Bot, place: Place) -> None:
    """A topic is created, named, closed, reopened, deleted; its id is its first message."""
    icon = (await bot.get_forum_topic_icon_stickers())[0].custom_emoji_id
    topic = await bot.create_forum_topic(place.group, "Awa", icon_custom_emoji_id=icon)
    where = (place.group, topic.message_thread_id)
    sent = await bot.send_message(place.group, "Carte", message_thread_id=topic.message_thread_id)
    assert sent.is_topic_message
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.forum_topic_created is not None
    assert sent.reply_to_message.message_id == topic.message_thread_id
    assert await bot.edit_forum_topic(*where, name="Awa · n° 1")
    with refused("topic_not_modified"):
        await bot.edit_forum_topic(*where, name="Awa · n° 1")
    assert await bot.close_forum_topic(*where)
    assert place.engine.topics(place.group)[0]["closed"]
    assert await bot.reopen_forum_topic(*where)
    assert await bot.delete_forum_topic(*where)
    with refused("message thread not found"):
        await bot.send_message(place.group, "x", message_thread_id=topic.message_thread_id)
    with refused("topic_deleted"):
        await bot.edit_forum_topic(*where, name="x")
    with refused("topic_id_invalid"):
        await bot.close_forum_topic(place.group, 99_999)


async def test_its_own_service_messages_come_back(bot: Bot, place: Place) -> None:
    """As at Telegram, a bot is told of the topics it makes and of its pins, not of its words."""
    topic = await bot.create_forum_topic(place.group, "Awa")
    sent = await bot.send_message(place.group, "x", message_thread_id=topic.message_thread_id)
    await sent.pin()
    created, pinned = await bot.get_updates(allowed_updates=ALL_KINDS)
    assert created.message is not None
    assert created.message.forum_topic_created is not None
    assert pinned.message is not None
    assert pinned.message.pinned_message == sent
    assert await bot.unpin_chat_message(place.group)
    assert await bot.unpin_all_forum_topic_messages(place.group, topic.message_thread_id)


async def test_general_is_written_without_an_id(bot: Bot, place: Place) -> None:
    """A message without thread goes to General; General's own id is refused."""
    sent = await bot.send_message(place.group, "À tous")
    assert not sent.is_topic_message
    with refused("message thread not found"):
        await bot.send_message(place.group, "x", message_thread_id=99_999)


async def test_the_group_and_its_members_are_known(bot: Bot, place: Place) -> None:
    """getChat, getChatMember, getChatAdministrators, getChatMemberCount."""
    chat = await bot.get_chat(place.group)
    assert chat.is_forum
    me = await bot.get_chat_member(place.group, bot.id)
    assert me.can_manage_topics  # type: ignore[attr-defined]
    stranger = await bot.get_chat_member(place.group, place.private)
    assert stranger.status == "left"
    names = {one.user.first_name for one in await bot.get_chat_administrators(place.group)}
    assert {"Sophie", "Passerelle (essai)"} <= names
    assert await bot.get_chat_member_count(place.group) == 3
    assert (await bot.get_chat(place.private)).first_name == "Awa"
    with refused("chat not found"):
        await bot.get_chat(123)


async def test_it_leaves_a_group(bot: Bot, place: Place) -> None:
    """leaveChat; afterwards the group is out of reach."""
    assert await bot.leave_chat(place.group)
    with pytest.raises(Forbidden, match="not a member of the supergroup"):
        await bot.send_message(place.group, "x")


async def test_commands_and_descriptions_are_kept(bot: Bot) -> None:
    """Commands per scope, descriptions, menu button."""
    scope = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands([BotCommand("start", "Commencer")], scope=scope, language_code="fr")
    (command,) = await bot.get_my_commands(scope=scope, language_code="fr")
    assert command.description == "Commencer"
    assert await bot.get_my_commands() == ()
    await bot.delete_my_commands(scope=scope, language_code="fr")
    assert await bot.get_my_commands(scope=scope, language_code="fr") == ()
    await bot.set_my_description("Un robot")
    assert (await bot.get_my_description()).description == "Un robot"
    await bot.set_my_short_description("Robot", language_code="fr")
    assert (await bot.get_my_short_description("fr")).short_description == "Robot"
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert isinstance(await bot.get_chat_menu_button(), MenuButtonCommands)


async def test_typing_is_a_passing_sign(bot: Bot, place: Place) -> None:
    """sendChatAction tells the page, and is true even in a topic that is gone."""
    seen: list[dict[str, Any]] = []
    place.engine.changed.subscribe(seen.append)
    assert await bot.send_chat_action(place.group, ChatAction.TYPING, message_thread_id=99_999)
    assert seen == [{"typing": place.group, "topic": 99_999}]


async def test_a_blocked_bot_may_not_write(bot: Bot, place: Place) -> None:
    """A person who blocked it, one who never wrote, an account that is gone: three 403."""
    place.engine.block(place.person)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(place.private, "x")
    place.engine.unblock(place.person)
    assert await bot.send_message(place.private, "x")
    place.engine.deactivate(place.person)
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(place.private, "x")
    with pytest.raises(Forbidden, match="can't initiate conversation"):
        await bot.send_message(place.caseworker["id"], "x")


async def test_limits_of_length_are_those_of_telegram(bot: Bot, place: Place) -> None:
    """4096 for a text, 1024 for a caption, 64 bytes for a button, never nothing."""
    assert await bot.send_message(place.private, "é" * 4096)
    with refused("message is too long"):
        await bot.send_message(place.private, "é" * 4097)
    with refused("caption is too long"):
        await bot.send_photo(place.private, b"x", caption="é" * 1025)
    with refused("message text is empty"):
        await bot.send_message(place.private, " \n ")
    long = InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="é" * 33)]])
    with refused("button_data_invalid"):
        await bot.send_message(place.private, "x", reply_markup=long)


async def test_what_the_contract_does_not_know_is_refused(bot: Bot, place: Place) -> None:
    """A misspelt parameter is a 400 that names it, a method that is missing a 404."""
    with refused("unknown parameter .parsemode."):
        await bot.send_message(place.private, "x", api_kwargs={"parsemode": "HTML"})
    status, body = await place.engine.call(bot.token, "sendDice", {})
    assert (status, place.engine.ledger[-1].unknown) == (404, True)
    assert "sendDice" in json.dumps(body)


async def test_a_webhook_is_set_and_removed(bot: Bot) -> None:
    """setWebhook, getWebhookInfo, deleteWebhook; meanwhile getUpdates is a conflict."""
    await bot.set_webhook(
        "http://127.0.0.1:9/x", secret_token="s3cret", allowed_updates=["message"]
    )
    info = await bot.get_webhook_info()
    assert (info.url, info.allowed_updates) == ("http://127.0.0.1:9/x", ("message",))
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()
    assert await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_a_page_of_an_ill_server_is_no_answer(bot: Bot, place: Place) -> None:
    """A 502 with an HTML body is a NetworkError whose cause is not httpx's."""
    place.engine.faults.add("502", method="sendMessage")
    with pytest.raises(NetworkError, match="502"):
        await bot.send_message(place.private, "x")
    assert place.engine.ledger[-1].fault == "502"
    assert len(place.engine.messages(place.private)) == 1


@pytest.mark.parametrize(("kind", "took_effect"), [("cut_before", False), ("cut_after", True)])
async def test_a_cut_looks_alike_before_and_after(
    bot: Bot, place: Place, kind: str, took_effect: bool
) -> None:
    """A cut connection is the same error on both transports, whatever the server had done."""
    place.engine.faults.add(kind, method="sendMessage")
    with pytest.raises(NetworkError, match=r"httpx\.RemoteProtocolError") as caught:
        await bot.send_message(place.private, "x")
    assert type(caught.value.__cause__).__name__ == "RemoteProtocolError"
    assert len(place.engine.messages(place.private)) == 1 + took_effect
    assert place.engine.ledger[-1].is_accepted == took_effect


@pytest.mark.parametrize("kind", ["hang", "hang_after"])
async def test_a_server_that_does_not_answer_times_out(bot: Bot, place: Place, kind: str) -> None:
    """An answer that does not come is TimedOut with a ReadTimeout as its cause."""
    place.engine.faults.add(kind, method="sendMessage")
    with pytest.raises(TimedOut) as caught:
        await bot.send_message(place.private, "x", read_timeout=0.05)
    assert type(caught.value.__cause__).__name__ == "ReadTimeout"
    assert len(place.engine.messages(place.private)) == 1 + (kind == "hang_after")
