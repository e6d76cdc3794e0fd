"""The methods about the bot itself: who it is, its commands and descriptions, its files."""

import json
import re
from typing import Any, Final, TypeAlias

from bot.simulator import wire
from bot.simulator.errors import bad_request
from bot.simulator.files import DOWNLOAD_LIMIT
from bot.simulator.sending import Uploads
from bot.simulator.world import World

Json: TypeAlias = dict[str, Any]

_COMMAND: Final = re.compile(r"[a-z0-9_]{1,32}")


def get_me(world: World, _: Json, __: Uploads) -> Json:
    """getMe."""
    return wire.me(world.bot)


def _commands_key(p: Json) -> str:
    scope = p.get("scope") or {"type": "default"}
    return json.dumps([scope, p.get("language_code", "")], sort_keys=True)


def set_my_commands(world: World, p: Json, _: Uploads) -> bool:
    """setMyCommands, for one scope and language."""
    if len(p["commands"]) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in p["commands"]:
        if not _COMMAND.fullmatch(command["command"].removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    world.profile.commands[_commands_key(p)] = p["commands"]
    world.changes.mark()
    return True


def get_my_commands(world: World, p: Json, _: Uploads) -> list[Json]:
    """getMyCommands, as they were set for exactly this scope and language."""
    return world.profile.commands.get(_commands_key(p), [])


def delete_my_commands(world: World, p: Json, _: Uploads) -> bool:
    """deleteMyCommands."""
    world.profile.commands.pop(_commands_key(p), None)
    world.changes.mark()
    return True


def _set_text(field: str, limit: int) -> Any:
    def set_text(world: World, p: Json, _: Uploads) -> bool:
        text = p.get(field, "")
        if len(text) > limit:
            raise bad_request(f"{field} is too long")
        world.profile.texts[f"{field}:{p.get('language_code', '')}"] = text
        world.changes.mark()
        return True

    return set_text


def _get_text(field: str) -> Any:
    def get_text(world: World, p: Json, _: Uploads) -> Json:
        texts = world.profile.texts
        own = texts.get(f"{field}:{p.get('language_code', '')}")
        return {field: own or texts.get(f"{field}:", "")}

    return get_text


def set_chat_menu_button(world: World, p: Json, _: Uploads) -> bool:
    """setChatMenuButton."""
    button = p.get("menu_button") or {"type": "default"}
    world.profile.menu_buttons[str(p.get("chat_id", ""))] = button
    world.changes.mark()
    return True


def get_chat_menu_button(world: World, p: Json, _: Uploads) -> Json:
    """getChatMenuButton."""
    buttons = world.profile.menu_buttons
    own = buttons.get(str(p.get("chat_id", "")))
    return own or buttons.get("", {"type": "commands"})


def get_file(world: World, p: Json, _: Uploads) -> Json:
    """getFile: the path to fetch it by, for files up to 20 MB."""
    file = world.files.get(p["file_id"])
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if file.size > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {**file.wire(), "file_path": file.path}


METHODS = {
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyDescription": _set_text("description", 512),
    "getMyDescription": _get_text("description"),
    "setMyShortDescription": _set_text("short_description", 120),
    "getMyShortDescription": _get_text("short_description"),
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
    "getFile": get_file,
}
