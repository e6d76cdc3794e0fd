"""The webhook, by real HTTP: what is refused, and that 200 follows the commit."""

import asyncio
import json
import socket

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPRequest

from handlers.runtime import Webhook
from handlers.webhook import LARGEST_BODY, SECRET_HEADER
from tests.handlers.faults import FaultyWorld
from tests.handlers.test_sending_faults import QUESTION

SECRET = "un-secret-de-plus-de-trente-deux-lettres"


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(name="hooked")
async def _hooked(asleep: FaultyWorld) -> FaultyWorld:
    """The whole robot in webhook mode; the engine posts its updates to it."""
    port = free_port()
    asleep.webhook = Webhook(f"http://127.0.0.1:{port}/telegram", SECRET, port)
    asleep.engine.world.webhook.retry_seconds = 0.01
    await asleep.start()
    await asleep.settle()
    return asleep


async def post(world: FaultyWorld, body: bytes, secret: str | None = SECRET) -> int:
    """The status that one request gets."""
    assert world.webhook is not None
    headers = {} if secret is None else {SECRET_HEADER: secret}
    client = AsyncHTTPClient(force_instance=True)
    try:
        request = HTTPRequest(world.webhook.url, method="POST", body=body, headers=headers)
        return (await client.fetch(request, raise_error=False)).code
    finally:
        client.close()


@pytest.mark.parametrize("secret", [None, "", "faux", SECRET[:-1], SECRET + "x"])
async def test_a_wrong_or_missing_secret_is_refused(
    hooked: FaultyWorld, secret: str | None
) -> None:
    """403, and nothing is kept."""
    before = await hooked.count("SELECT count(*) FROM inbox")
    assert await post(hooked, b'{"update_id": 1}', secret) == 403
    assert await hooked.count("SELECT count(*) FROM inbox") == before


@pytest.mark.parametrize("body", [b"", b"bonjour", b"[1]", b"\xff\xfe", b'{"update_id":'])
async def test_what_is_no_update_is_refused(hooked: FaultyWorld, body: bytes) -> None:
    """400: Telegram never sends it, so nobody waits for an answer."""
    assert await post(hooked, body) == 400


async def test_a_body_beyond_one_megabyte_is_refused(hooked: FaultyWorld) -> None:
    """It is not even read, and the next update is."""
    big = json.dumps({"update_id": 1, "text": "x" * LARGEST_BODY}).encode()
    assert await post(hooked, big) != 200
    awa = hooked.person("Awa")
    await awa.says(QUESTION)
    assert any("Source :" in words for words in awa.reads())


async def test_200_comes_after_the_commit(hooked: FaultyWorld) -> None:
    """While the database is busy there is no answer; with the answer the row is there."""
    before = await hooked.count("SELECT count(*) FROM inbox")
    async with hooked.store.transaction():
        posted = asyncio.create_task(post(hooked, b'{"update_id": 77, "poll": {"id": "1"}}'))
        done, _ = await asyncio.wait({posted}, timeout=0.2)
        assert not done
    assert await posted == 200
    assert await hooked.count("SELECT count(*) FROM inbox") == before + 1


async def test_503_when_the_database_refuses(hooked: FaultyWorld) -> None:
    """Telegram delivers again later: the question is answered once the disk has room."""
    pages = await hooked.count("PRAGMA page_count")
    most = await hooked.count("PRAGMA max_page_count")
    await hooked.count(f"PRAGMA max_page_count = {pages}")
    big = json.dumps({"update_id": 5, "poll": {"id": "x" * 400_000}}).encode()
    assert await post(hooked, big) == 503
    await hooked.count(f"PRAGMA max_page_count = {most}")
    assert await post(hooked, big) == 200


async def test_the_whole_robot_by_webhook(hooked: FaultyWorld) -> None:
    """setWebhook, then real HTTP: a question is answered, and Telegram knows the address."""
    (call,) = hooked.engine.ledger.of("setWebhook")
    assert call.parameters["secret_token"] == SECRET
    assert "chat_member" in call.parameters["allowed_updates"]
    awa = hooked.person("Awa")
    await awa.says(QUESTION)
    assert any("Source :" in words for words in awa.reads())
