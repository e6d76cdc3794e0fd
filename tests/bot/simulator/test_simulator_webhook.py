"""Updates pushed by real HTTP: order inside a chat, retries, the secret."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPServerRequest, ResponseStartLine
from tornado.netutil import bind_sockets

from .conftest import Caller, Place


class Receiver:
    """A bot's address: remembers what came, and answers with the next of ``statuses``."""

    def __init__(self) -> None:
        self.bodies: list[Any] = []
        self.secrets: list[str] = []
        self.statuses: dict[int, list[int]] = {}  # by chat; 200 when there is none
        self.heard = asyncio.Event()
        self.url = ""

    def __call__(self, request: HTTPServerRequest) -> None:
        body = json.loads(request.body)
        self.bodies.append(body)
        self.secrets.append(request.headers["X-Telegram-Bot-Api-Secret-Token"])
        waiting = self.statuses.get(body["message"]["chat"]["id"], [])
        status = waiting.pop(0) if waiting else 200
        assert request.connection is not None
        line = ResponseStartLine("HTTP/1.1", status, "x")
        headers = request.headers.__class__({"Content-Length": "0"})
        request.connection.write_headers(line, headers)
        request.connection.finish()
        self.heard.set()

    async def until(self, count: int) -> list[tuple[int, str]]:
        """Waits for so many deliveries; (chat, text) of each."""
        async with asyncio.timeout(5):
            while len(self.bodies) < count:
                self.heard.clear()
                await self.heard.wait()
        return [(one["message"]["chat"]["id"], one["message"]["text"]) for one in self.bodies]


@pytest.fixture
async def receiver(place: Place) -> AsyncIterator[Receiver]:
    """A listening address; deliveries end with the test."""
    place.engine.world.webhook.retry_seconds = 0.001
    heard = Receiver()
    server = HTTPServer(heard)
    sockets = bind_sockets(0, "127.0.0.1")
    server.add_sockets(sockets)
    heard.url = f"http://127.0.0.1:{sockets[0].getsockname()[1]}/telegram"
    yield heard
    await place.engine.stop()
    server.stop()
    await server.close_all_connections()


async def test_what_waits_and_what_comes_is_pushed_in_order(
    call: Caller, place: Place, receiver: Receiver
) -> None:
    """Queued updates go first, then new ones, with the secret; 2xx forgets them."""
    place.engine.say(place.person, place.private, "un")
    await call("setWebhook", url=receiver.url, secret_token="s3cret")
    place.engine.say(place.person, place.private, "deux")
    assert [text for _, text in await receiver.until(2)] == ["un", "deux"]
    assert set(receiver.secrets) == {"s3cret"}
    await place.engine.world.webhook.join()
    assert place.engine.pending_updates() == 0


async def test_a_refused_update_holds_its_chat_and_no_other(
    call: Caller, place: Place, receiver: Receiver
) -> None:
    """Until the first is taken the next of the same chat waits; other chats go on."""
    receiver.statuses[place.private] = [503, 500]
    await call("setWebhook", url=receiver.url)
    place.engine.say(place.person, place.private, "un")
    place.engine.say(place.person, place.private, "deux")
    place.engine.say(place.caseworker, place.group, "ailleurs")
    came = await receiver.until(5)
    mine = [text for chat, text in came if chat == place.private]
    assert mine == ["un", "un", "un", "deux"]
    assert (place.group, "ailleurs") in came
    assert "500" in (await call("getWebhookInfo"))["last_error_message"]


async def test_a_dead_address_is_tried_again(
    call: Caller, place: Place, receiver: Receiver
) -> None:
    """Nobody listens, then somebody does: nothing is lost in between."""
    await call("setWebhook", url="http://127.0.0.1:9/telegram")
    place.engine.say(place.person, place.private, "un")
    async with asyncio.timeout(5):
        while not place.engine.world.webhook.last_error:  # noqa: ASYNC110 - nothing else tells
            await asyncio.sleep(0)
    assert (await call("getWebhookInfo"))["pending_update_count"] == 1
    await call("setWebhook", url=receiver.url)
    assert [text for _, text in await receiver.until(1)] == ["un"]


async def test_without_a_webhook_polling_takes_over(
    call: Caller, place: Place, receiver: Receiver
) -> None:
    """deleteWebhook leaves what was not delivered to getUpdates."""
    await call("setWebhook", url="http://127.0.0.1:9/telegram")
    place.engine.say(place.person, place.private, "un")
    await call("deleteWebhook")
    assert [one["message"]["text"] for one in await call("getUpdates")] == ["un"]
    assert receiver.bodies == []


async def test_setting_a_webhook_ends_a_poll(
    call: Caller, place: Place, receiver: Receiver
) -> None:
    """A getUpdates that waits is answered 409; secrets and addresses are checked."""
    waiting = asyncio.create_task(call.refused("getUpdates", timeout=30))
    await asyncio.sleep(0)
    await call("setWebhook", url=receiver.url)
    assert "setWebhook" in await waiting
    assert "illegal" in await call.refused("setWebhook", url=receiver.url, secret_token="é")
    assert "bad webhook" in await call.refused("setWebhook", url="ftp://x")
    assert "bad webhook" in await call.refused("setWebhook", url="http://")
