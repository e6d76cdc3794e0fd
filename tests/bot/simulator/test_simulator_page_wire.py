"""What the page asks of the server: the state, the acts, the events, the files."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.simulator.engine import Engine
from bot.simulator.http import SimulatorServer

from .conftest import PLAIN, Caller, Place


@pytest.fixture
async def page(server: str) -> AsyncIterator[httpx.AsyncClient]:
    """A browser, more or less."""
    async with httpx.AsyncClient(base_url=server, **PLAIN) as client:  # type: ignore[arg-type]
        yield client


async def act(page: httpx.AsyncClient, **wanted: Any) -> Any:
    """The result of an act; a refusal fails the test."""
    answer = (await page.post("/sim/act", json=wanted)).json()
    assert answer["ok"], answer
    return answer["result"]


async def test_the_page_itself_is_served(page: httpx.AsyncClient) -> None:
    """The page, its scripts and nothing above its folder."""
    home = await page.get("/")
    assert home.status_code == 200
    assert "<html" in home.text
    assert (await page.get("/page.js")).status_code == 200
    assert (await page.get("/..%2fengine.py")).status_code == 404
    assert (await page.get("/nothing.js")).status_code == 404


async def test_the_state_is_one_document(page: httpx.AsyncClient, place: Place) -> None:
    """Bot, people with their part, group with its topics, messages with what the page shows."""
    topic = place.topic()
    sent = await Caller(place.engine)("sendMessage", chat_id=place.private, text="?", **BUTTONS)
    place.engine.react(place.person, place.private, sent["message_id"], "👍")
    place.engine.block(place.person)
    state = (await page.get("/sim/state")).json()
    assert state["bot"]["is_bot"]
    assert [(one["first_name"], one["role"], one["blocked"]) for one in state["people"]] == [
        ("Awa", "person", True),
        ("Sophie", "caseworker", False),
    ]
    assert state["group"]["id"] == place.group
    assert [one["id"] for one in state["group"]["topics"]] == [topic]
    shown = state["chats"][str(place.private)][-1]
    assert shown["reply_markup"] == BUTTONS["reply_markup"]
    assert shown["_reactions"] == [{"emoji": "👍", "from_id": place.private}]
    assert (shown["_answers"], shown["_edited"], shown["_pinned"]) == ([], False, False)
    assert state["revision"] == place.engine.changed.revision


async def test_every_act_of_the_page_is_done(page: httpx.AsyncClient, place: Place) -> None:
    """A conversation, a topic and the people, all through the page's door."""
    call = Caller(place.engine)
    me = {"user": place.private, "chat": place.private}
    said = await act(page, act="say", text="Bonjour", topic=None, reply_to=None, **me)
    await act(page, act="edit", message_id=said["message_id"], text="Bonsoir", **me)
    await act(page, act="react", message_id=said["message_id"], emoji="👍", **me)
    sent = await call("sendMessage", chat_id=place.private, text="?", **BUTTONS)
    number = await act(page, act="press", message_id=sent["message_id"], data="y", **me)
    await call("answerCallbackQuery", callback_query_id=number, text="Merci")
    answers = place.engine.messages(place.private)[-1]["_answers"]
    assert answers == [{"text": "Merci", "from_id": place.private, "alert": False}]
    board = {"keyboard": [[{"text": "Menu"}]]}
    await call("sendMessage", chat_id=place.private, text="!", reply_markup=board)
    assert (await act(page, act="tap", text="Menu", **me))["text"] == "Menu"
    await act(page, act="delete", message_id=said["message_id"], **me)
    await act(page, act="block", user=place.private)
    await act(page, act="unblock", user=place.private)
    ours = {"user": place.caseworker["id"], "chat": place.group}
    topic = await act(page, act="create_topic", text="Awa", **ours)
    await act(page, act="say", text="Bonjour madame", topic=topic, **ours)
    await act(page, act="close_topic", topic=topic, **ours)
    await act(page, act="reopen_topic", topic=topic, **ours)
    await act(page, act="delete_topic", topic=topic, **ours)
    karim = await act(page, act="add_person", text="Karim", language="ar")
    assert karim["language_code"] == "ar"
    thomas = await act(page, act="add_caseworker", text="Thomas")
    await act(page, act="leave", user=thomas["id"], chat=place.group)
    await act(page, act="join", user=thomas["id"], chat=place.group)
    assert place.engine.world.chats[place.group].member(thomas["id"]).is_admin


async def test_a_file_goes_up_and_comes_back(page: httpx.AsyncClient, place: Place) -> None:
    """What the page sends is shown again with its type, and runs nothing."""
    file = {
        "name": "a.svg",
        "mime": "image/svg+xml",
        "base64": base64.b64encode(b"<svg/>").decode(),
    }
    me = {"user": place.private, "chat": place.private}
    sent = await act(page, act="send", kind="document", file=file, caption="Voici", **me)
    assert sent["caption"] == "Voici"
    got = await page.get(f"/sim/file/{sent['document']['file_id']}")
    assert (got.content, got.headers["content-type"]) == (b"<svg/>", "image/svg+xml")
    assert got.headers["content-security-policy"] == "sandbox"
    assert (await page.get("/sim/file/inconnu")).status_code == 404


async def test_what_cannot_be_done_is_a_french_sentence(
    page: httpx.AsyncClient, place: Place
) -> None:
    """ok is false and error says why, for a person to read."""
    for wanted in (
        {"act": "fly"},
        {"act": "say", "user": 1, "chat": 1, "text": "x"},
        {"act": "say"},
        {"act": "send", "user": place.private, "chat": place.private, "kind": "photo",
         "file": {"name": "x", "mime": "x", "base64": "é"}},
        {"act": "send", "user": place.private, "chat": place.private, "kind": "photo",
         "file": {"name": "x", "mime": "x", "base64": ""}},
    ):  # fmt: skip
        answer = await page.post("/sim/act", json=wanted)
        assert answer.status_code == 200
        assert answer.json()["ok"] is False
        assert answer.json()["error"]


async def test_another_site_cannot_act(page: httpx.AsyncClient, place: Place) -> None:
    """A form of another site, or a name that was pointed at this machine, is refused."""
    wanted = json.dumps({"act": "block", "user": place.private})
    plain = {"Content-Type": "text/plain"}
    assert (await page.post("/sim/act", content=wanted, headers=plain)).status_code == 415
    foreign = {"Host": "piege.example"}
    assert (await page.get("/sim/state", headers=foreign)).status_code == 403
    assert (await page.get("/", headers=foreign)).status_code == 403
    broken = {"Content-Type": "application/json"}
    assert (await page.post("/sim/act", content="{", headers=broken)).status_code == 400
    assert (await page.post("/sim/act", content="[]", headers=broken)).status_code == 400


async def test_events_tell_of_changes(page: httpx.AsyncClient, place: Place) -> None:
    """The stream says the revision at once, then at each change, and who is typing."""
    async with page.stream("GET", "/sim/events") as stream:
        lines = stream.aiter_lines()

        async def event() -> Any:
            async for line in lines:
                if line:
                    return json.loads(line.removeprefix("data: "))
            return None

        assert await event() == {"revision": place.engine.changed.revision}
        for text in ("un", "deux", "trois"):
            place.engine.say(place.person, place.private, text)
        assert await event() == {"revision": place.engine.changed.revision}
        await Caller(place.engine)("sendChatAction", chat_id=place.private, action="typing")
        assert await event() == {"typing": place.private, "topic": None}


async def test_the_server_asks_the_program(engine: Engine) -> None:
    """« Pourquoi » and « Tout recommencer » are the program's to answer."""
    done: list[str] = []

    async def reset() -> None:
        done.append("reset")

    served = SimulatorServer(engine, explain=lambda text: {"words": [text]}, reset=reset)
    port = await served.start()
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as page:
        assert (await page.get("/sim/why", params={"text": "la caf"})).json() == {
            "words": ["la caf"]
        }
        assert (await page.post("/sim/reset", json={})).json() == {"ok": True, "result": None}
    assert done == ["reset"]
    await served.stop()


async def test_a_stop_ends_what_waits(engine: Engine) -> None:
    """A long poll and an open stream do not hold the server; the poll eats no update."""
    served = SimulatorServer(engine)
    port = await served.start()
    polled = asyncio.Event()
    engine.faults.add(lambda *_: polled.set())
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", **PLAIN) as page:  # type: ignore[arg-type]
        polling = asyncio.create_task(
            page.get(f"/bot{engine.token}/getUpdates", params={"timeout": 30})
        )
        async with page.stream("GET", "/sim/events") as stream:
            await anext(stream.aiter_lines())
            await polled.wait()
            await asyncio.wait_for(served.stop(), 5)
        with pytest.raises(httpx.RemoteProtocolError):
            await polling
    awa = engine.add_person("Karim")
    engine.say(awa, awa["id"], "un")
    assert engine.pending_updates() == 1


async def test_without_a_program_there_is_nothing_to_ask(page: httpx.AsyncClient) -> None:
    """A simulator alone has no reasons to give and nothing to reset."""
    assert (await page.get("/sim/why")).status_code == 404
    assert (await page.post("/sim/reset", json={})).status_code == 404


async def test_the_bot_api_takes_every_way_of_asking(
    page: httpx.AsyncClient, place: Place
) -> None:
    """Parameters in the URL, in a form, in JSON; anything else is a 400 in an envelope."""
    path = f"/bot{place.engine.token}/sendMessage"
    values = {"chat_id": place.private, "text": "é"}
    for answer in (
        await page.get(path, params=values),
        await page.post(path, data=values),
        await page.post(path, json=values),
    ):
        assert answer.json()["result"]["text"] == "é"
    headers = {"Content-Type": "application/json"}
    broken = await page.post(path, content="{", headers=headers)
    assert (broken.status_code, broken.json()["ok"]) == (400, False)
    assert (await page.get(f"/file/bot{place.engine.token}/photos/x")).status_code == 404


BUTTONS = {"reply_markup": {"inline_keyboard": [[{"text": "Oui", "callback_data": "y"}]]}}
