"""Our buttons as Telegram's keyboards."""

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
)

from bot.domain import Button, ButtonRows
from bot.texts import Menu


def inline(buttons: ButtonRows) -> InlineKeyboardMarkup | None:
    """Buttons under a message; None when there are none."""
    if not buttons:
        return None
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in buttons])


def _button(button: Button) -> InlineKeyboardButton:
    if button.url is not None:
        return InlineKeyboardButton(button.label, url=button.url)
    return InlineKeyboardButton(button.label, callback_data=button.data)


def menu(words: Menu) -> ReplyKeyboardMarkup:
    """The persistent keyboard of four; a human is one touch away on every screen."""
    rows = [
        [KeyboardButton(words.ask), KeyboardButton(words.themes)],
        [KeyboardButton(words.data), KeyboardButton(words.human)],
    ]
    return ReplyKeyboardMarkup(rows, resize_keyboard=True, is_persistent=True)
