"""The webhook: the same intake, answered 2xx only after the commit."""

import hmac
import json
import logging
from urllib.parse import urlsplit

from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from bot.store import DatabaseError
from handlers.intake import FatalError, Intake

logger = logging.getLogger(__name__)

LARGEST_BODY = 1_000_000  # bytes; Telegram's own updates stay under 512 KiB
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header


class _UpdateHandler(RequestHandler):
    """One update by POST."""

    def initialize(self, intake: Intake, secret: str) -> None:
        self._intake = intake
        self._secret = secret

    async def post(self) -> None:
        given = self.request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            self.set_status(403)
            return
        try:
            update = json.loads(self.request.body)
        except ValueError:
            update = None
        if not isinstance(update, dict):
            self.set_status(400)
            return
        try:
            await self._intake.accept([update])
        except DatabaseError:
            logger.exception("webhook: the database refuses; Telegram will deliver again")
            self.set_status(503)


class WebhookServer:
    """Listens on one port, on the path of WEBHOOK_URL."""

    def __init__(self, intake: Intake, url: str, secret: str, port: int) -> None:
        """`secret` is compared in constant time with the header of each request."""
        path = urlsplit(url).path or "/"
        routes = [(path, _UpdateHandler, {"intake": intake, "secret": secret})]
        self._application = Application(routes, log_function=lambda _: None)
        self._port = port
        self._server: HTTPServer | None = None

    async def start(self) -> None:
        """Begin to listen; raises FatalError when the port is taken."""
        try:
            self._server = self._application.listen(self._port, max_body_size=LARGEST_BODY)
        except OSError:
            raise FatalError(
                f"Le port {self._port} est déjà pris. Choisissez un autre PORT."
            ) from None

    async def stop(self) -> None:
        """Stop listening, and let what has begun end."""
        if self._server is not None:
            self._server.stop()
            await self._server.close_all_connections()
