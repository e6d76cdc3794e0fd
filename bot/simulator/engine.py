"""The embedded Bot API: one object that people act on and that a bot calls.

    engine = Engine()
    awa = engine.add_person("Awa")
    engine.say(awa, awa["id"], "/start")                       # a person acts
    status, body = await engine.call(engine.token, "getUpdates", {})   # the bot calls

A call is answered at once and alone (getUpdates excepted, which waits), so that what a call does
is seen whole or not at all. What people do: ``talking`` and ``gathering``; what the bot may call:
``METHODS``; what may go wrong: ``faults`` and ``limits``.
"""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeAlias

from bot.simulator import copying, editing, groups, profile, receiving, sending, wire
from bot.simulator.contract import CONTRACT
from bot.simulator.errors import ApiError
from bot.simulator.faults import Answer, Faults
from bot.simulator.files import UploadedFile
from bot.simulator.gathering import Gathering
from bot.simulator.ledger import Call, Ledger
from bot.simulator.limits import Limits
from bot.simulator.persistence import StateFile
from bot.simulator.talking import User
from bot.simulator.updates import checked_timeout
from bot.simulator.world import ANY, DEFAULT_TOKEN, Stored, World

Json: TypeAlias = dict[str, Any]

METHODS: Final[dict[str, Callable[[World, Json, dict[str, UploadedFile]], Any]]] = {
    **sending.METHODS,
    **copying.METHODS,
    **editing.METHODS,
    **groups.METHODS,
    **profile.METHODS,
    **receiving.METHODS,
}

__all__ = ["ANY", "Engine", "UploadedFile"]


class Engine(Gathering):
    """A whole Telegram with one bot in it."""

    def __init__(
        self,
        state_file: Path | None = None,
        *,
        token: str = DEFAULT_TOKEN,
        clock: Callable[[], float] = time.time,
        ledger_limit: int | None = None,
    ) -> None:
        """``clock`` gives seconds since 1970; ``ledger_limit`` in calls, None keeps all."""
        self._folder = state_file.with_suffix(".files") if state_file else None
        self.world = World(clock, token, self._folder)
        self.ledger = Ledger(ledger_limit)
        self.faults = Faults()
        self.limits: Limits | None = None
        self.latency = (0.0, 0.0)  # seconds on the way here and back; getUpdates has none
        self.changed = self.world.changes
        self._state = StateFile(state_file) if state_file else None
        if self._state is not None:
            self._state.attach(self.world)
            self.changed.subscribe(self._state.touch_unless_passing)

    @property
    def token(self) -> str:
        """What the bot proves itself with."""
        return self.world.token

    @property
    def bot(self) -> Json:
        """The bot's User."""
        return self.world.bot

    @property
    def group_id(self) -> int | None:
        """The first group that was made, followed through migrations."""
        return self.world.group_id

    @property
    def callback_answers(self) -> list[Json]:
        """What answerCallbackQuery said: id, text, show_alert, user, chat_id, message_id."""
        return self.world.callback_answers

    async def call(
        self,
        token: str,
        method: str,
        parameters: Json,
        files: dict[str, UploadedFile] | None = None,
    ) -> Answer:
        """One call of the bot: HTTP status and envelope (or the text of an HTML error page).

        Raises ConnectionResetError or ConnectionRefusedError when a fault cuts the connection.
        """
        call = Call(method, parameters, self.world.clock(), files=tuple(files or ()))
        self.ledger.add(call)
        fault = self.faults.take(method, parameters) if self.faults.rules else None
        there, back = self.latency if method != "getUpdates" else (0.0, 0.0)
        if there:
            await asyncio.sleep(there)
        if fault is not None:
            call.fault = fault.name
            if not fault.is_after:
                answer = await fault.happen(method, parameters)
                if answer is not None:
                    return _note(call, answer)
        answer = await self._answer(token, call, files or {})
        if back:
            await asyncio.sleep(back)
        if fault is not None and fault.is_after:
            await fault.happen(method, parameters)
        return answer

    async def _answer(self, token: str, call: Call, files: dict[str, UploadedFile]) -> Answer:
        try:
            checked = self._checked(token, call, files)
            if call.method == "getUpdates":
                return 200, {"ok": True, "result": await self._get_updates(call, checked)}
            call.result = METHODS[call.method](self.world, checked, files)
        except ApiError as refusal:
            return _note(call, (refusal.status, refusal.envelope()))
        call.status = 200
        return 200, {"ok": True, "result": call.result}

    def _checked(self, token: str, call: Call, files: dict[str, UploadedFile]) -> Json:
        """The call's parameters once everything but the method itself has agreed."""
        if token != self.world.token:
            raise ApiError(401, "Unauthorized")
        if call.method not in CONTRACT.methods:
            call.unknown = True
            raise ApiError(404, f'Not Found: the simulator has no method "{call.method}"')
        try:
            checked = CONTRACT.check(call.method, call.parameters, files)
        except ApiError:
            call.unknown = True
            raise
        if self.limits is not None:
            now = (self.limits.clock or self.world.clock)()
            self.limits.take(call.method, checked, now)
        return checked

    async def _get_updates(self, call: Call, p: Json) -> list[Json]:
        updates = self.world.updates
        updates.allow(p.get("allowed_updates"))
        seconds = checked_timeout(p.get("timeout", 0))
        if self._state is not None and p.get("offset"):
            self._state.touch()  # what is confirmed must not come back after a restart
        batch = await updates.get(p.get("offset", 0), p.get("limit", 100), seconds)
        call.status, call.result = 200, [update["update_id"] for update in batch]
        return batch

    def messages(self, chat_id: int, topic: int | str | None = ANY) -> list[Json]:
        """The messages of a chat, oldest first: all, of General (None) or of one topic.

        Message objects with ``reply_markup`` of any sort, and ``_reactions`` ([{emoji, from_id}]),
        ``_answers`` ([{text, from_id, alert}]), ``_edited``, ``_pinned``.
        """
        chat = self.world.chat(chat_id)
        return [_shown(one, chat.pinned) for one in self.world.in_topic(chat, topic)]

    def topics(self, group: User) -> list[Json]:
        """The topics that exist: id, name, closed, icon_color, icon (emoji or None)."""
        return [
            {
                "id": topic.id,
                "name": topic.name,
                "closed": topic.is_closed,
                "icon_color": topic.icon_color,
                "icon": wire.TOPIC_ICONS.get(topic.icon_custom_emoji_id or ""),
            }
            for topic in self._group(group).topics.values()
            if not topic.is_deleted
        ]

    def pending_updates(self) -> int:
        """How many updates the bot has not confirmed."""
        return len(self.world.updates)

    def deliver_raw(self, update: Json) -> None:
        """Queues any JSON as an update; a missing ``update_id`` is given."""
        self.world.updates.push_raw(update)

    def renumber_updates(self, first_id: int) -> None:
        """Update ids go on from ``first_id``, as they may at Telegram after a quiet week."""
        self.world.updates.renumber(first_id)

    def reset(self) -> None:
        """Everything begins again: no people, no chats, no files, no calls; faults are kept.

        Called while no delivery to a webhook is under way (after ``stop``).
        """
        self.world.updates.release_poll()
        self.world.files.clear()
        old = self.world
        self.world = World(old.clock, old.token, self._folder, old.changes)
        self.ledger.clear()
        if self._state is not None:
            self._state.follow(self.world)
        self.changed.mark()

    async def stop(self) -> None:
        """Ends deliveries and polls, and writes the state; the engine may be used again after."""
        await self.world.webhook.stop()
        self.world.updates.release_poll()
        if self._state is not None:
            self._state.write(is_stop=True)

    def file(self, token: str, path: str) -> bytes | None:
        """The bytes behind a ``file_path`` of getFile; None when there are none."""
        found = self.world.files.at(path) if token == self.world.token else None
        return self.world.files.content(found) if found else None


def _note(call: Call, answer: Answer) -> Answer:
    call.status, body = answer
    call.result = body["description"] if isinstance(body, dict) and "description" in body else body
    return answer


def _shown(stored: Stored, pinned: list[int]) -> Json:
    shown = {
        **stored.wire,
        "_reactions": [
            {"emoji": emoji, "from_id": user_id}
            for user_id, emojis in stored.reactions.items()
            for emoji in emojis
        ],
        "_answers": list(stored.answers),
        "_edited": "edit_date" in stored.wire,
        "_pinned": stored.id in pinned,
    }
    if stored.keyboard is not None:
        shown["reply_markup"] = stored.keyboard
    return shown
