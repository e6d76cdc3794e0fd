"""A transport of python-telegram-bot that calls an engine in memory instead of the network.

For tests and the bench. The engine is received and never imported: anything with ``call`` and
``file`` will do. What goes wrong looks as it does with ``HTTPXRequest``: a cut connection is a
NetworkError, a late answer TimedOut, each with the httpx error as its cause.
"""

import asyncio
import json
from typing import Any, NamedTuple, Protocol
from urllib.parse import unquote

import httpx
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

DEFAULT_READ_TIMEOUT = 5.0
"""Seconds, as HTTPXRequest: a long poll that names no read_timeout is cut here too."""


class Upload(NamedTuple):
    """A file on its way to the engine."""

    filename: str
    content: bytes
    mime: str


class Engine(Protocol):
    """What the transport needs of the embedded Bot API."""

    async def call(
        self, token: str, method: str, parameters: dict[str, Any], files: Any = None
    ) -> tuple[int, dict[str, Any] | str]:
        """HTTP status and body; raises ConnectionError when the connection breaks."""

    def file(self, token: str, path: str) -> bytes | None:
        """The bytes behind a ``file_path``."""


class LoopbackRequest(BaseRequest):
    """Give one to ``ApplicationBuilder.request`` and ``get_updates_request``, or to ``Bot``."""

    def __init__(self, engine: Engine, read_timeout: float | None = DEFAULT_READ_TIMEOUT) -> None:
        """``read_timeout`` in seconds, None waits for ever."""
        self._engine = engine
        self._read_timeout = read_timeout

    @property
    def read_timeout(self) -> float | None:
        """Seconds that a call waits for its answer by default."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One request; raises NetworkError or TimedOut as HTTPXRequest does."""
        await asyncio.sleep(0)  # a network always lets others run
        if method == "GET":
            return self._download(url)
        if isinstance(read_timeout, DefaultValue):
            read_timeout = self._read_timeout
        try:
            async with asyncio.timeout(read_timeout):
                status, body = await self._call(url, request_data)
        except TimeoutError:
            raise TimedOut from httpx.ReadTimeout("")
        except ConnectionError as broken:
            cause = _as_httpx(broken)
            raise NetworkError(f"httpx.{type(cause).__name__}: {cause}") from cause
        return status, (body if isinstance(body, str) else json.dumps(body)).encode()

    async def _call(self, url: str, data: RequestData | None) -> tuple[int, dict[str, Any] | str]:
        base, _, method = url.rpartition("/")
        token = base.rpartition("/bot")[2]
        if data is None:
            return await self._engine.call(token, method, {})
        # Through JSON and back: python-telegram-bot leaves enums and tuples in its parameters.
        parameters = json.loads(json.dumps(data.parameters))
        files = {name: _upload(*parts) for name, parts in data.multipart_data.items()}
        return await self._engine.call(token, method, parameters, files)

    def _download(self, url: str) -> tuple[int, bytes]:
        token, _, path = unquote(url).partition("/file/bot")[2].partition("/")
        content = self._engine.file(token, path)
        if content is None:
            return 404, b'{"ok":false,"error_code":404,"description":"Not Found"}'
        return 200, content


def _upload(filename: str, content: Any, mime: str) -> Upload:
    return Upload(filename, content if isinstance(content, bytes) else content.read(), mime)


def _as_httpx(broken: ConnectionError) -> httpx.TransportError:
    """What httpx would have raised: refused means surely not sent, anything else is unknown."""
    if isinstance(broken, ConnectionRefusedError):
        return httpx.ConnectError("All connection attempts failed")
    return httpx.RemoteProtocolError("Server disconnected without sending a response.")
