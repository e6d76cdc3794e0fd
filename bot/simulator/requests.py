"""What the requests to the simulator's server share, and who may make those of the page."""

import asyncio
import json
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from tornado.iostream import StreamClosedError
from tornado.web import HTTPError, RequestHandler

if TYPE_CHECKING:
    from bot.simulator.http import SimulatorServer

Json: TypeAlias = dict[str, Any]

NAMES: Final = frozenset({"127.0.0.1", "localhost"})


class ServedHandler(RequestHandler):
    """What all share: the server, and tasks that end with it or with their connection."""

    def initialize(self, server: "SimulatorServer") -> None:
        self.server = server
        self.engine = server.engine
        self._task: asyncio.Task[Any] | None = None

    async def attend(self, work: Any) -> Any:
        """Awaits ``work`` until it ends, the client goes away or the server stops.

        The last two raise StreamClosedError, and nobody is left to read an answer.
        """
        task = self._task = asyncio.ensure_future(work)
        self.server.waiting.add(task)
        try:
            await asyncio.wait({task})
        finally:
            self.server.waiting.discard(task)
        if task.cancelled():
            raise StreamClosedError
        return task.result()

    def on_connection_close(self) -> None:
        """The client went away: what it waited for is of no use any more."""
        if self._task is not None:
            self._task.cancel()

    def write_json(self, body: Json) -> None:
        """Ends the request with JSON."""
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(body))


class PageHandler(ServedHandler):
    """Of the page: only for a browser on this machine."""

    def prepare(self) -> None:
        if self.request.host_name not in NAMES:
            raise HTTPError(403)
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")

    def json_body(self) -> Json:
        """The request's JSON object; anything else is refused."""
        if not self.request.headers.get("Content-Type", "").startswith("application/json"):
            raise HTTPError(415)
        try:
            body = json.loads(self.request.body)
        except ValueError:
            raise HTTPError(400) from None
        if not isinstance(body, dict):
            raise HTTPError(400)
        return body
