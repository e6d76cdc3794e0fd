"""What is checked and said to Telegram once, before the first update."""

import asyncio
import json
import logging
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from bot.domain import ChatId
from bot.helpdesk import team
from bot.helpdesk.context import Helpdesk
from bot.store import Store, fact, staff_group
from handlers import failures
from handlers.failures import Fate
from handlers.inspection import inspect_group
from handlers.intake import ALLOWED_UPDATES, WRONG_TOKEN, FatalError

logger = logging.getLogger(__name__)

SENDS = 12  # connections: ten sends in flight, and room
READ_TIMEOUT = 30.0  # seconds; the default of 5 makes sends of unknown fate
FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0  # seconds between two tries of the first call
PRIVATE_COMMANDS = (
    BotCommand("start", "Recommencer"),
    BotCommand("aide", "Comment ça marche"),
    BotCommand("humain", "Parler à quelqu'un"),
    BotCommand("confidentialite", "Mes données"),
    BotCommand("effacer", "Tout effacer"),
)
GROUP_COMMANDS = (
    BotCommand("aide", "Comment ça marche"),
    BotCommand("note", "Note interne, jamais envoyée"),
    BotCommand("clore", "Terminer la demande de ce sujet"),
)


def _connections(count: int) -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=count, read_timeout=READ_TIMEOUT, pool_timeout=READ_TIMEOUT
    )


@dataclass(frozen=True)
class Me:
    """Who the robot is at Telegram; `raw` is the whole answer of getMe."""

    id: int
    username: str
    raw: bytes


def build_bot(token: str, api_url: str) -> Bot:
    """The only Bot that can speak."""
    return Bot(
        token,
        base_url=f"{api_url}/bot",
        base_file_url=f"{api_url}/file/bot",
        request=_connections(SENDS),
        get_updates_request=_connections(1),
    )


async def meet_telegram(bot: Bot) -> Me:
    """getMe, tried until the network is there. Raises FatalError for a wrong token."""
    wait = FIRST_WAIT
    while True:
        try:
            await bot.initialize()
            me = bot.bot
            raw = json.dumps({"ok": True, "result": me.to_dict()}).encode()
            return Me(me.id, me.username or "", raw)
        except TelegramError as error:
            if failures.is_wrong_token(error):
                raise FatalError(WRONG_TOKEN) from None
            logger.warning("getMe: %s; next try in %.0f s", type(error).__name__, wait)
        await asyncio.sleep(wait)
        wait = min(wait * 2, LONGEST_WAIT)


async def claim_database(store: Store, bot_id: int) -> None:
    """The database belongs to one robot for ever; raises FatalError for another one."""
    async with store.transaction() as tx:
        known = await fact.get(tx, "bot_id")
        if known is None:
            await fact.set_value(tx, "bot_id", str(bot_id))
            await fact.set_value(tx, "salt", secrets.token_hex(16))  # for pseudonyms
        elif known != str(bot_id):
            raise FatalError(
                "Cette base appartient à un autre robot. Choisissez un autre DATABASE_PATH."
            )


async def set_source(bot: Bot, webhook_url: str | None, secret: str | None) -> None:
    """Polling removes a webhook, webhook mode sets it; what waits is never dropped."""
    if webhook_url is None:
        await _insist(bot.delete_webhook)
        return

    async def set_webhook() -> bool:
        return await bot.set_webhook(
            webhook_url, secret_token=secret, allowed_updates=ALLOWED_UPDATES
        )

    await _insist(set_webhook)


async def _insist(call: Callable[[], Awaitable[bool]]) -> None:
    wait = FIRST_WAIT
    while True:
        try:
            await call()
        except TelegramError as error:
            if failures.is_wrong_token(error):
                raise FatalError(WRONG_TOKEN) from None
            failure = failures.classify(error)
            if failure.fate is Fate.REFUSED:
                raise FatalError(
                    "Telegram refuse WEBHOOK_URL. Il faut une adresse https:// publique."
                ) from None
            logger.warning("webhook: %s", failure.name)
            wait = max(wait, failure.retry_after)
        else:
            return
        await asyncio.sleep(wait)
        wait = min(wait * 2, LONGEST_WAIT)


async def publish_commands(bot: Bot) -> None:
    """The lists behind « / »; nobody needs them, so a failure is only logged."""
    try:
        await bot.set_my_commands(PRIVATE_COMMANDS, BotCommandScopeAllPrivateChats())
        await bot.set_my_commands(GROUP_COMMANDS, BotCommandScopeAllGroupChats())
    except TelegramError as error:
        logger.warning("setMyCommands: %s", type(error).__name__)


async def choose_group(desk: Helpdesk, configured: int | None) -> str | None:
    """STAFF_CHAT_ID wins, followed through a migration; else the registered group.

    Returns the one-time code to print when there is no group: the set-up mode.
    """
    if configured is not None:
        known = await staff_group.get_by_configured_chat(desk.tx, ChatId(configured))
        await staff_group.set_current(desk.tx, known.chat_id if known else ChatId(configured))
        await fact.delete(desk.tx, team.SETUP_CODE)
        return None
    if await desk.get_group() is not None:
        return None
    code = secrets.token_hex(4)
    await fact.set_value(desk.tx, team.SETUP_CODE, code)
    return code


async def look_at_group(bot: Bot, chat_id: ChatId) -> tuple[str, tuple[str, ...]]:
    """The title and what is missing in the group; « unreachable » when nothing can be known."""
    try:
        found = await inspect_group(bot, chat_id)
    except TelegramError as error:
        logger.warning("getChat: %s", type(error).__name__)
        return "", ("unreachable",)
    return found.title, found.problems
