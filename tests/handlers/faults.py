"""A world whose time can be pushed, and whose transport and patience are chosen."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

from telegram import Bot

from bot.store import Store
from bot.texts import Texts
from faq.live import LiveFaq
from handlers.loopback import LoopbackRequest
from handlers.runtime import Parts, Runtime, Webhook
from tests.conversations.world import PATIENCE, World

SHORT_READ = 0.3  # seconds after which a call that hangs is given up
STEP = timedelta(seconds=1)


class FaultyWorld(World):
    """The world of the conversations, where waiting costs nothing."""

    def __init__(self, folder: Path, faq: LiveFaq, texts: Texts) -> None:
        """Every part is real; only patience and timeouts are shorter."""
        super().__init__(folder, faq, texts)
        self.conflict_patience = 60.0
        self.webhook: Webhook | None = None
        self.parts: Parts

    async def start(self) -> None:
        """Start the robot; nothing is awaited but its start."""
        self.store = await Store.open(self.database)
        request = LoopbackRequest(self.engine, SHORT_READ)
        self.parts = Parts(
            store=self.store,
            bot=Bot(self.engine.token, request=request, get_updates_request=request),
            faq=self.faq,
            writer=self.writer,
            texts=self.texts,
            token=self.engine.token,
            options=self.options,
            rates=self.rates,
            staff_chat_id=self.staff_chat_id,
            webhook=self.webhook,
            now=self.clock,
            conflict_patience=self.conflict_patience,
            say=self.said.append,
        )
        self.runtime = Runtime(self.parts)
        await self.runtime.start()

    async def settle(self, *, waiting: int = 0) -> None:
        """Let time run, a second at each look, until all is handled and sent."""
        async with asyncio.timeout(PATIENCE):
            while not await self._is_quiet(waiting):
                self.clock.moved += STEP
                self.runtime._courier.wake()
                await asyncio.sleep(0)

    async def count(self, sql: str) -> int:
        """One number from the database."""
        async with self.store.transaction() as tx:
            return await tx.number(sql)

    def sent_to(self, chat: int, *methods: str) -> list[dict[str, Any]]:
        """Parameters of what the Bot API accepted for that chat, oldest first."""
        wanted = methods or ("sendMessage", "copyMessage")
        return [
            call.parameters
            for call in self.engine.ledger
            if call.method in wanted
            and call.is_accepted
            and str(call.parameters.get("chat_id")) == str(chat)
        ]
