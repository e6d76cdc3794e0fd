"""Faults and limits: what a test injects happens to the calls it names, and to no other."""

import asyncio
from typing import Any

import pytest

from bot.simulator.engine import Engine
from bot.simulator.limits import Limits

from .conftest import Caller, Clock, Place


async def test_a_fault_strikes_so_many_times(call: Caller, place: Place) -> None:
    """method, chat and times choose the calls; the others pass."""
    place.engine.faults.add("403", method="sendMessage", chat_id=place.private, times=2)
    await call("sendMessage", chat_id=place.group, text="x")
    await call("getMe")
    for _ in range(2):
        refused = await call.refused("sendMessage", chat_id=place.private, text="x")
        assert refused == "Forbidden: bot was blocked by the user"
    assert await call("sendMessage", chat_id=place.private, text="x")
    assert [one.fault for one in place.engine.ledger] == [None, None, "403", "403", None]


@pytest.mark.parametrize(
    ("kind", "status", "words"),
    [
        ("400", 400, "Bad Request"),
        ("401", 401, "Unauthorized"),
        ("404", 404, "Not Found"),
        ("409", 409, "terminated by other getUpdates"),
        ("413", 413, "Too Large"),
        ("429", 429, "retry after 7"),
        ("500", 500, "Internal Server Error"),
    ],
)
async def test_a_refusal_is_an_envelope(place: Place, kind: str, status: int, words: str) -> None:
    """Each status has its envelope; 429 says how long to wait."""
    place.engine.faults.add(kind, retry_after=7)
    answered, body = await place.engine.call(place.engine.token, "getMe", {})
    assert isinstance(body, dict)
    assert (answered, body["ok"], body["error_code"]) == (status, False, status)
    assert words in body["description"]
    assert body.get("parameters") == ({"retry_after": 7} if kind == "429" else None)


async def test_a_fault_may_be_permanent_and_own_worded(call: Caller, engine: Engine) -> None:
    """times=None stays until it is removed; a description replaces the usual one."""
    fault = engine.faults.add("400", times=None, description="Bad Request: CHAT_RESTRICTED")
    for _ in range(3):
        assert await call.refused("getMe") == "Bad Request: CHAT_RESTRICTED"
    engine.faults.remove(fault)
    engine.faults.remove(fault)
    assert await call("getMe")
    engine.faults.add("400", times=None)
    engine.faults.clear()
    assert await call("getMe")
    with pytest.raises(ValueError, match="999"):
        engine.faults.add("999")


async def test_a_fault_may_be_a_function(call: Caller, engine: Engine) -> None:
    """A function sees the call and answers it, or lets it pass; it may wait."""

    async def slow(method: str, parameters: dict[str, Any]) -> Any:
        await asyncio.sleep(0)
        if parameters.get("text") == "non":
            return 400, {"ok": False, "error_code": 400, "description": f"{method} refused"}
        return None

    awa = engine.add_person("Karim")
    engine.say(awa, awa["id"], "x")
    engine.faults.add(slow, times=None)
    assert (
        await call.refused("sendMessage", chat_id=awa["id"], text="non") == "sendMessage refused"
    )
    assert await call("sendMessage", chat_id=awa["id"], text="oui")
    assert [one.fault for one in engine.ledger] == ["custom", "custom"]


async def test_cuts_and_refused_connections_are_pythons_own(engine: Engine) -> None:
    """An adapter needs no class of ours: a cut is a ConnectionResetError, and so on."""
    for kind, error in (
        ("cut_before", ConnectionResetError),
        ("cut_after", ConnectionResetError),
        ("refused", ConnectionRefusedError),
    ):
        engine.faults.add(kind)
        with pytest.raises(error):
            await engine.call(engine.token, "getMe", {})
    assert [one.status for one in engine.ledger] == [0, 200, 0]


async def test_a_slow_network_takes_effect_between_two_waits(call: Caller, place: Place) -> None:
    """With latency a call takes effect later and is answered later still."""
    place.engine.latency = (0.001, 60.0)
    effect = asyncio.Event()
    place.engine.changed.subscribe(lambda _: effect.set())
    sending = asyncio.create_task(call("sendMessage", chat_id=place.private, text="x"))
    await asyncio.wait_for(effect.wait(), 5)
    assert place.engine.ledger[-1].is_accepted
    assert not sending.done()
    sending.cancel()


async def test_the_ledger_keeps_what_it_is_told(engine: Engine, place: Place) -> None:
    """Every call in order, found by method and chat; a limit bounds it."""
    call = Caller(engine)
    for text in ("un", "deux"):
        await call("sendMessage", chat_id=place.private, text=text)
    await call("sendMessage", chat_id=place.group, text="trois")
    await call.refused("sendMessage", chat_id=1, text="quatre")
    assert [one.result["text"] for one in engine.ledger.of("sendMessage")] == [
        "un",
        "deux",
        "trois",
    ]
    assert len(engine.ledger.of("sendMessage", place.private)) == 2
    assert len(engine.ledger.of("sendMessage", 1, accepted=False)) == 1
    small = Engine(ledger_limit=2)
    for _ in range(10):
        await small.call(small.token, "getMe", {})
    assert 2 <= len(small.ledger) <= 4


async def test_limits_are_off_until_asked_for(call: Caller, place: Place) -> None:
    """By default the engine takes any number of calls."""
    for _ in range(100):
        await call("sendMessage", chat_id=place.private, text="x")


async def test_a_private_chat_takes_one_message_a_second(
    call: Caller, place: Place, clock: Clock
) -> None:
    """The second of one second is refused with 429 and does not count."""
    place.engine.limits = Limits()
    await call("sendMessage", chat_id=place.private, text="x")
    assert "retry after 1" in await call.refused("sendMessage", chat_id=place.private, text="x")
    assert await call("sendChatAction", chat_id=place.private, action="typing")
    clock.now += 1.0
    assert await call("sendMessage", chat_id=place.private, text="x")


async def test_a_group_takes_twenty_calls_a_minute(
    call: Caller, place: Place, clock: Clock
) -> None:
    """Topics, edits, copies and pins count together; the window slides."""
    place.engine.limits = Limits()
    await call("createForumTopic", chat_id=place.group, name="x")
    for _ in range(19):
        clock.now += 1.0
        await call("sendMessage", chat_id=place.group, text="x")
    refused = await call.refused("sendMessage", chat_id=place.group, text="x")
    assert refused == "Too Many Requests: retry after 41"
    clock.now += 41
    assert await call("sendMessage", chat_id=place.group, text="x")


async def test_thirty_calls_a_second_overall(call: Caller, engine: Engine) -> None:
    """Thirty chats in one second, not thirty-one; an album counts each of its items."""
    engine.limits = Limits(private_per_second=5)
    people = [engine.add_person(f"P{number}") for number in range(31)]
    for person in people:
        engine.say(person, person["id"], "x")
    for person in people[:30]:
        await call("sendMessage", chat_id=person["id"], text="x")
    refused = await call.refused("sendMessage", chat_id=people[30]["id"], text="x")
    assert "Too Many Requests" in refused
    engine.limits = Limits(private_per_second=1)
    ids = [engine.say(people[0], people[0]["id"], text)["message_id"] for text in ("un", "deux")]
    source = {"from_chat_id": people[0]["id"], "message_ids": ids}
    copied = await call("copyMessages", chat_id=people[1]["id"], **source)
    assert len(copied) == 2  # a burst larger than the window passes alone, as one call
    refused = await call.refused("sendMessage", chat_id=people[1]["id"], text="x")
    assert "Too Many Requests" in refused
