"""The limits of keyboards under messages, beyond the types that the contract checks."""

from typing import Any, Final, TypeAlias

from bot.simulator.errors import bad_request

Json: TypeAlias = dict[str, Any]

MOST_BUTTONS: Final = 100
_ACTIONS: Final = frozenset(
    {
        "url",
        "callback_data",
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "copy_text",
        "callback_game",
        "pay",
    }
)
_STYLES: Final = frozenset({"danger", "success", "primary"})
_ADDRESSES: Final = ("http://", "https://", "tg://", "www.")


def check(markup: Json | None, *, private: bool) -> None:
    """Raises ApiError 400 for a keyboard that Telegram refuses; None is no keyboard."""
    if markup is None:
        return
    if "inline_keyboard" in markup:
        buttons = [button for row in markup["inline_keyboard"] for button in row]
        if len(buttons) > MOST_BUTTONS:
            raise bad_request("reply markup is too long")
        for button in buttons:
            _check_inline(button)
    elif "keyboard" in markup:
        for row in markup["keyboard"]:
            for button in row:
                _check_reply_button(button, private=private)


def _check_inline(button: Json) -> None:
    actions = [name for name in button if name in _ACTIONS]
    if len(actions) != 1:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if not button["text"].strip():
        raise bad_request("can't parse inline keyboard button: text must be non-empty")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= 64:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button and not button["url"].startswith(_ADDRESSES):
        address = button["url"]
        raise bad_request(f"inline keyboard button URL '{address}' is invalid: wrong HTTP URL")
    if "copy_text" in button and not 1 <= len(button["copy_text"]["text"]) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    _check_style(button)


def _check_reply_button(button: Json, *, private: bool) -> None:
    if not button["text"].strip():
        raise bad_request("can't parse keyboard button: text must be non-empty")
    if not private and (button.get("request_contact") or button.get("request_location")):
        raise bad_request("phone number and location can be requested in private chats only")
    _check_style(button)


def _check_style(button: Json) -> None:
    if button.get("style", "primary") not in _STYLES:
        raise bad_request("invalid button style specified")
