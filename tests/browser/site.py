"""The simulator alone, served over real HTTP from its own thread: the test itself is the bot."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any, Self, TypeVar

from bot.simulator.engine import Engine
from bot.simulator.http import SimulatorServer

T = TypeVar("T")
PATIENCE = 20  # seconds before a call into the simulator is given up

CONTENT = {"text", "photo", "voice", "document", "location", "contact", "sticker"}

EXPLANATION = {
    "words": ["mot", "passe", "caf"],
    "matches": [{"entry": "mdp_caf", "title": "Mot de passe CAF", "score": 0.91}],
    "decision": "réponse donnée",
    "explanation": ["La note dépasse le seuil."],
}


class Site:
    """An engine with a team (Nadia, Paul), a person who said « Bonjour » (Amina), and the page."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever)
        self.engine = Engine()
        self.resets = 0
        self.offset = 0
        self.port = 0
        self.amina = self.engine.add_person("Amina")
        self.group = self.engine.add_group("Équipe")
        self.nadia = self.engine.add_person("Nadia")
        self.paul = self.engine.add_person("Paul")
        for worker in (self.nadia, self.paul):
            self.engine.join(worker, self.group, "administrator")
        self.engine.say(self.amina, self.amina["id"], "Bonjour")

    def __enter__(self) -> Self:
        self.thread.start()
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(PATIENCE)
        self.loop.close()

    def start(self) -> None:
        """Serve on the port of the last time, or on a free one."""
        self.server = SimulatorServer(
            self.engine, self.port, explain=self._explain, reset=self._reset
        )
        self.port = self.run(self.server.start())

    def stop(self) -> None:
        """Stop serving; the engine stays."""
        self.run(self.server.stop())

    @property
    def url(self) -> str:
        """The address to open."""
        return f"http://127.0.0.1:{self.port}/"

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine where the engine lives."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(PATIENCE)

    def do(self, act: Callable[..., T], *args: Any, **named: Any) -> T:
        """Run an act of the engine where the engine lives."""

        async def acting() -> T:
            return act(*args, **named)

        return self.run(acting())

    def call(self, method: str, **parameters: Any) -> Any:
        """The bot calls; returns the result, and fails the test on a refusal."""
        status, body = self.run(self.engine.call(self.engine.token, method, parameters))
        assert status == 200, body
        return body["result"]

    def next_update(self, kind: str) -> Any:
        """Wait for the next update of a kind, confirming those before it; returns its content.

        Service messages, and what was said before the page was opened, are passed over.
        """
        while True:
            updates = self.call("getUpdates", offset=self.offset, timeout=PATIENCE - 5, limit=1)
            assert updates, f"no {kind} came"
            self.offset = updates[0]["update_id"] + 1
            content = updates[0].get(kind)
            if content and (kind != "message" or CONTENT & content.keys()):
                return content

    def drain(self) -> None:
        """Confirm every update that waits."""
        self.call("getUpdates", offset=-1)
        for update in self.call("getUpdates", offset=-1):
            self.offset = update["update_id"] + 1

    def open_topic(self, name: str = "À traiter · Amina · n° 1") -> int:
        """The bot opens a topic; returns its id."""
        topic = self.call("createForumTopic", chat_id=self.group["id"], name=name)
        return int(topic["message_thread_id"])

    def _explain(self, text: str) -> dict[str, Any]:
        return {**EXPLANATION, "asked": text}

    async def _reset(self) -> None:
        self.resets += 1
