"""The simulator over HTTP, on this machine only: the Bot API for the bot, the page for people.

The Bot API stands where any client expects it (``/bot<token>/<method>``, files at
``/file/bot<token>/<path>``); the page and what it calls under ``/`` and ``/sim/``. The page's part
answers only a browser that asked for this machine by its name, and takes JSON only, so that no
other site can act through the browser of whoever tries the bot.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final, TypeAlias

from tornado.httpserver import HTTPServer
from tornado.iostream import StreamClosedError
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError, RequestHandler, StaticFileHandler

from bot.simulator import stage
from bot.simulator.engine import Engine, UploadedFile
from bot.simulator.errors import SimulatorError
from bot.simulator.faq_requests import FAQ_REQUESTS, FaqEditor
from bot.simulator.requests import NAMES, Json, PageHandler, ServedHandler

Explain: TypeAlias = Callable[[str], Json]
Reset: TypeAlias = Callable[[], Awaitable[None]]

HOST: Final = "127.0.0.1"
LARGEST_BODY: Final = 60_000_000
"""Bytes of one request: a file of 50 MB and what surrounds it."""
PAGE: Final = Path(__file__).with_name("page")


class SimulatorServer:
    """Serves an engine from ``start`` to ``stop``."""

    def __init__(
        self,
        engine: Engine,
        port: int = 0,
        *,
        explain: Explain | None = None,
        reset: Reset | None = None,
        editor: FaqEditor | None = None,
    ) -> None:
        """``port`` 0 takes a free one. ``explain`` says why a text is answered as it is (see the
        page's contract), ``reset`` makes everything begin again, ``editor`` changes the FAQ."""
        self.engine = engine
        self.editor = editor
        self.explain = explain
        self.reset = reset
        self.waiting: set[asyncio.Task[Any]] = set()  # what must end for the server to stop
        self._port = port
        self._server: HTTPServer | None = None

    async def start(self) -> int:
        """Begins to listen on 127.0.0.1; returns the port. Raises OSError when it is taken."""
        sockets = bind_sockets(self._port, HOST)
        self._server = HTTPServer(self._application(), max_buffer_size=LARGEST_BODY)
        self._server.add_sockets(sockets)
        return int(sockets[0].getsockname()[1])

    async def stop(self) -> None:
        """Ends every request under way and closes every connection."""
        for task in tuple(self.waiting):
            task.cancel()
        await asyncio.gather(*self.waiting, return_exceptions=True)
        if self._server is not None:
            self._server.stop()
            await self._server.close_all_connections()
            self._server = None

    def _application(self) -> Application:
        given = {"server": self}
        return Application(
            [
                (r"/bot([^/]+)/([^/]+)", _BotApi, given),
                (r"/file/bot([^/]+)/(.+)", _BotFile, given),
                (r"/sim/state", _State, given),
                (r"/sim/events", _Events, given),
                (r"/sim/act", _Act, given),
                (r"/sim/file/([^/]+)", _File, given),
                (r"/sim/why", _Why, given),
                (r"/sim/reset", _ResetAll, given),
                *((path, handler, given) for path, handler in FAQ_REQUESTS),
                (r"/([\w.-]*)", _Page, {"path": str(PAGE), "default_filename": "index.html"}),
            ],
            log_function=_log_nothing,  # a URL of the Bot API contains the token
        )


def _log_nothing(_: RequestHandler) -> None:
    """No access log."""


class _BotApi(ServedHandler):
    """A method of the Bot API, with parameters in the URL, a form, parts or JSON."""

    async def get(self, token: str, method: str) -> None:
        await self.post(token, method)

    async def post(self, token: str, method: str) -> None:
        try:
            work = self.engine.call(token, method, self._parameters(), self._files())
            status, body = await self.attend(work)
        except (ConnectionError, StreamClosedError):
            self._cut()
            return
        self.set_status(status)
        if isinstance(body, str):
            self.finish(body)
        else:
            self.write_json(body)

    def _parameters(self) -> Json:
        is_json = self.request.headers.get("Content-Type", "").startswith("application/json")
        given = self.request.arguments.items()
        try:
            parameters: Json = {name: values[-1].decode() for name, values in given}
            if is_json and self.request.body:
                parameters |= json.loads(self.request.body)
        except (ValueError, TypeError):
            raise HTTPError(400) from None
        return parameters

    def _files(self) -> dict[str, UploadedFile]:
        return {
            name: UploadedFile(parts[0].filename, parts[0].body, parts[0].content_type)
            for name, parts in self.request.files.items()
        }

    def _cut(self) -> None:
        """Closes the connection without a byte of an answer."""
        connection: Any = self.request.connection
        self._finished = True
        connection.stream.close()

    def write_error(self, status_code: int, **_: Any) -> None:
        text = {400: "Bad Request: can't parse the request", 404: "Not Found"}.get(
            status_code, "Error"
        )
        self.write_json({"ok": False, "error_code": status_code, "description": text})


class _BotFile(ServedHandler):
    """A file that getFile gave the path of."""

    def get(self, token: str, path: str) -> None:
        content = self.engine.file(token, path)
        if content is None:
            self.set_status(404)
            self.write_json({"ok": False, "error_code": 404, "description": "Not Found"})
            return
        self.set_header("Content-Type", "application/octet-stream")
        self.finish(content)


class _State(PageHandler):
    def get(self) -> None:
        has_editor = self.server.editor is not None
        self.write_json(stage.state(self.engine) | {"has_editor": has_editor})


class _Act(PageHandler):
    def post(self) -> None:
        try:
            result = stage.act(self.engine, self.json_body())
        except SimulatorError as impossible:
            self.write_json({"ok": False, "error": str(impossible)})
        else:
            self.write_json({"ok": True, "result": result})


class _Why(PageHandler):
    def get(self) -> None:
        if self.server.explain is None:
            raise HTTPError(404)
        self.write_json(self.server.explain(self.get_query_argument("text", "")))


class _ResetAll(PageHandler):
    async def post(self) -> None:
        self.json_body()
        if self.server.reset is None:
            raise HTTPError(404)
        await self.server.reset()
        self.write_json({"ok": True, "result": None})


class _File(PageHandler):
    def get(self, file_id: str) -> None:
        files = self.engine.world.files
        found = files.get(file_id)
        if found is None:
            raise HTTPError(404)
        self.set_header("Content-Type", found.mime)
        self.set_header("Content-Security-Policy", "sandbox")  # a sent page runs nothing here
        self.finish(files.content(found))


class _Events(PageHandler):
    """Server-sent events: one for each change, many changes at once being one event."""

    async def get(self) -> None:
        self.set_header("Content-Type", "text/event-stream")
        try:
            await self.attend(self._tell())
        except StreamClosedError:
            logging.getLogger(__name__).debug("the page closed its events")

    async def _tell(self) -> None:
        news: list[Json] = [{"revision": self.engine.changed.revision}]
        awake = asyncio.Event()

        def hear(event: Json) -> None:
            if "revision" in event:
                news[:] = [one for one in news if "revision" not in one]
            news.append(event)
            awake.set()

        stop_hearing = self.engine.changed.subscribe(hear)
        try:
            while True:
                for event in news:
                    self.write(f"data: {json.dumps(event)}\n\n")
                news.clear()
                await self.flush()
                await awake.wait()
                awake.clear()
        finally:
            stop_hearing()


class _Page(StaticFileHandler):
    """The files of the page."""

    def prepare(self) -> None:
        if self.request.host_name not in NAMES:
            raise HTTPError(403)

    def set_extra_headers(self, path: str) -> None:  # noqa: ARG002
        self.set_header("Cache-Control", "no-cache")
        self.set_header("X-Content-Type-Options", "nosniff")
