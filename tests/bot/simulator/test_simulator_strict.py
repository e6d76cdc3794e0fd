"""The contract of the Bot API: what is misspelt, missing, mistyped or too much is refused."""

from typing import Any

import pytest

from bot.simulator.contract import CONTRACT
from bot.simulator.engine import METHODS
from bot.simulator.errors import ApiError

from .conftest import Caller, Place


def test_every_method_of_the_contract_exists() -> None:
    """No method is announced that the engine does not have, and the other way round."""
    assert set(CONTRACT.methods) == set(METHODS) | {"getUpdates"}


def test_values_of_a_form_become_values() -> None:
    """A form sends text: numbers, booleans and JSON are read from it."""
    form = {
        "chat_id": "-1001",
        "text": "1",
        "protect_content": "True",
        "reply_markup": '{"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}',
    }
    assert CONTRACT.check("sendMessage", form) == {
        "chat_id": -1001,
        "text": "1",
        "protect_content": True,
        "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]},
    }


@pytest.mark.parametrize(
    ("method", "parameters", "named"),
    [
        ("sendMessage", {"chat_id": 1}, 'missing required parameter "text"'),
        ("sendMessage", {"chat_id": 1, "text": "x", "txt": 1}, 'unknown parameter "txt"'),
        ("sendMessage", {"chat_id": 1, "text": 5}, '"text" must be a String'),
        ("sendMessage", {"chat_id": 1.5, "text": "x"}, '"chat_id" must be an Integer'),
        ("sendMessage", {"chat_id": True, "text": "x"}, '"chat_id" must be an Integer'),
        ("getUpdates", {"timeout": "soon"}, '"timeout" must be an Integer'),
        ("getUpdates", {"allowed_updates": "message"}, "allowed_updates"),
        ("getUpdates", {"allowed_updates": {}}, '"allowed_updates" must be an Array'),
        ("sendLocation", {"chat_id": 1, "latitude": "x", "longitude": 1}, '"latitude"'),
        ("pinChatMessage", {"chat_id": 1, "message_id": 1, "disable_notification": 2}, "Boolean"),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "reply_parameters": {"id": 1}},
            'unknown parameter "reply_parameters.id"',
        ),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [[{"txt": "a"}]]}},
            'unknown parameter "reply_markup.inline_keyboard.txt"',
        ),
        ("sendMessage", {"chat_id": 1, "text": "x", "reply_markup": {"rows": []}}, "reply_markup"),
        ("sendMessage", {"chat_id": 1, "text": "x", "reply_markup": "{"}, "as JSON"),
        (
            "setMessageReaction",
            {"chat_id": 1, "message_id": 1, "reaction": [{"type": "smile", "emoji": "👍"}]},
            '"reaction" must be ReactionTypeEmoji or',
        ),
        (
            "sendMediaGroup",
            {"chat_id": 1, "media": [{"type": "photo", "media": "x", "size": 1}]},
            'unknown parameter "media.size"',
        ),
    ],
)
def test_a_wrong_parameter_is_named(method: str, parameters: dict[str, Any], named: str) -> None:
    """The refusal names the parameter, down to the field of an object."""
    with pytest.raises(ApiError) as caught:
        CONTRACT.check(method, parameters)
    assert caught.value.status == 400
    assert named in caught.value.description


def test_a_file_needs_a_place() -> None:
    """A file stands for its parameter, or is named by attach://; any other is refused."""
    assert CONTRACT.check("sendPhoto", {"chat_id": 1}, ["photo"])["photo"] == "attach://photo"
    media = {"chat_id": 1, "media": [{"type": "photo", "media": "attach://a"}]}
    assert CONTRACT.check("sendMediaGroup", media, ["a"])
    with pytest.raises(ApiError, match='unknown parameter "b"'):
        CONTRACT.check("sendMediaGroup", media, ["b"])


async def test_the_token_is_checked(call: Caller, place: Place) -> None:
    """Another token is 401; an unknown method is 404 and marked in the ledger."""
    assert await place.engine.call("1:x", "getMe", {}) == (
        401,
        {"ok": False, "error_code": 401, "description": "Unauthorized"},
    )
    assert "sendDice" in await call.refused("sendDice", chat_id=1)
    assert await call.refused("getMe", verbose=True)
    assert [one.unknown for one in place.engine.ledger] == [False, True, True]
    assert [one.method for one in place.engine.ledger.mistakes()] == ["sendDice", "getMe"]


@pytest.mark.parametrize(
    ("buttons", "words"),
    [
        ([{"text": "a"}], "Text buttons are unallowed"),
        ([{"text": "a", "url": "https://x.fr", "callback_data": "b"}], "unallowed"),
        ([{"text": " ", "callback_data": "b"}], "non-empty"),
        ([{"text": "a", "callback_data": ""}], "BUTTON_DATA_INVALID"),
        ([{"text": "a", "url": "file:///etc"}], "wrong HTTP URL"),
        ([{"text": "a", "copy_text": {"text": "x" * 257}}], "BUTTON_COPY_TEXT_INVALID"),
        ([{"text": "a", "callback_data": "b", "style": "pink"}], "style"),
        ([{"text": "a", "callback_data": "b"}] * 101, "too long"),
    ],
)
async def test_bad_buttons_are_refused(
    call: Caller, place: Place, buttons: list[Any], words: str
) -> None:
    """Each button does exactly one thing, within Telegram's limits; nothing is sent otherwise."""
    markup = {"inline_keyboard": [buttons]}
    refused = await call.refused(
        "sendMessage", chat_id=place.private, text="x", reply_markup=markup
    )
    assert words in refused
    assert len(place.engine.messages(place.private)) == 1


@pytest.mark.parametrize(
    ("method", "parameters", "words"),
    [
        ("sendMessage", {"text": "<b>x"}, "can't find end tag"),
        ("sendMessage", {"text": "<b>x</i>"}, "unmatched end tag"),
        ("sendMessage", {"text": "x</i>"}, "unexpected end tag"),
        ("sendMessage", {"text": "<h1>x</h1>"}, "unsupported start tag"),
        ("sendMessage", {"text": "1 < 2"}, "unsupported start tag"),
        ("sendMessage", {"text": "*x*", "parse_mode": "MarkdownV2"}, "reads HTML only"),
        ("sendPhoto", {"photo": "https://x.fr/a.png"}, "no network"),
        ("sendPhoto", {"photo": "attach://a"}, "was not sent along"),
        ("sendLocation", {"latitude": 91, "longitude": 0}, "coordinates"),
        ("sendMediaGroup", {"media": [{"type": "photo", "media": "x"}]}, "2-10"),
        ("editMessageText", {"text": "x"}, "identifier is not specified"),
        ("deleteMessages", {"message_ids": []}, "wrong number"),
        ("copyMessages", {"from_chat_id": 1, "message_ids": []}, "wrong number"),
        ("copyMessages", {"from_chat_id": 1, "message_ids": [1]}, "chat not found"),
        ("setMyCommands", {"commands": [{"command": "É", "description": "x"}]}, "COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "e", "description": ""}]}, "DESCRIPTION"),
        ("setMyDescription", {"description": "x" * 513}, "too long"),
        ("pinChatMessage", {"message_id": 999}, "message to pin not found"),
        ("unpinChatMessage", {}, "message to unpin not found"),
        ("setMessageReaction", {"message_id": 999}, "message to react not found"),
        ("getChatMember", {"user_id": 1}, "user_id"),
        ("getChatAdministrators", {}, "no administrators"),
        ("leaveChat", {}, "private"),
        ("createForumTopic", {"name": "x"}, "not a forum"),
        ("getUpdates", {"timeout": -1}, "negative"),
    ],
)
async def test_bad_values_are_refused(
    call: Caller, place: Place, method: str, parameters: dict[str, Any], words: str
) -> None:
    """What the contract's types allow and Telegram does not is refused in Telegram's words."""
    if "chat_id" in CONTRACT.methods[method]:
        parameters = {"chat_id": place.private, **parameters}
    if parameters.get("text"):
        parameters = {"parse_mode": "HTML", **parameters}
    assert words in await call.refused(method, **parameters)


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"name": " "}, "TITLE_EMPTY"),
        ({"name": "x" * 129}, "too long"),
        ({"name": "x", "icon_color": 1}, "icon color"),
        ({"name": "x", "icon_custom_emoji_id": "1"}, "DOCUMENT_INVALID"),
    ],
)
async def test_bad_topics_are_refused(
    call: Caller, place: Place, parameters: dict[str, Any], words: str
) -> None:
    """Names up to 128 characters, six colours, the icons that Telegram offers."""
    refused = await call.refused("createForumTopic", chat_id=place.group, **parameters)
    assert words in refused
    assert place.engine.topics(place.group) == []
