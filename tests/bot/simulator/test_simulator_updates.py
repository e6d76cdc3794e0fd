"""The queue of updates: confirmed by offset, filtered, short-lived, one reader at a time."""

import asyncio

from bot.simulator.engine import Engine

from .conftest import ALL_KINDS, KINDS, Caller, Clock, Place


async def test_an_update_comes_again_until_it_is_confirmed(call: Caller, place: Place) -> None:
    """getUpdates forgets only what lies below the offset, and gives at most `limit`."""
    for text in ("un", "deux", "trois"):
        place.engine.say(place.person, place.private, text)
    first = await call("getUpdates", limit=2)
    assert [one["message"]["text"] for one in first] == ["un", "deux"]
    assert await call("getUpdates", limit=2) == first
    (last,) = await call("getUpdates", offset=first[-1]["update_id"] + 1)
    assert last["message"]["text"] == "trois"
    assert place.engine.pending_updates() == 1


async def test_an_offset_of_another_numbering_confirms_nothing(call: Caller, place: Place) -> None:
    """An offset far beyond the last update is served from the oldest, as the server does."""
    place.engine.say(place.person, place.private, "un")
    (update,) = await call("getUpdates", offset=999_999_999)
    assert update["message"]["text"] == "un"


async def test_numbers_may_restart(call: Caller, place: Place) -> None:
    """After a quiet week ids start elsewhere: nothing may be built on their order."""
    place.engine.say(place.person, place.private, "un")
    await call.updates()
    place.engine.renumber_updates(500)
    place.engine.say(place.person, place.private, "deux")
    (update,) = await call("getUpdates", offset=100_000_050)
    assert update["update_id"] == 500


async def test_a_negative_offset_keeps_the_last_ones(call: Caller, place: Place) -> None:
    """A negative offset forgets all but so many."""
    for text in ("un", "deux", "trois"):
        place.engine.say(place.person, place.private, text)
    assert [one["message"]["text"] for one in await call("getUpdates", offset=-1)] == ["trois"]


async def test_what_was_not_allowed_never_comes(call: Caller, place: Place) -> None:
    """allowed_updates filter what happens, stay in force, and [] is the server's default."""
    said = place.engine.say(place.person, place.private, "un")
    await call("getUpdates", allowed_updates=["callback_query"])
    place.engine.say(place.person, place.private, "deux")
    assert len(await call.updates()) == 1
    await call("getUpdates", allowed_updates=[])
    place.engine.react(place.person, place.private, said["message_id"], "👍")
    place.engine.join(place.person, place.group)
    assert [next(iter(one.keys() - {"update_id"})) for one in await call.updates()] == ["message"]
    await call("getUpdates", allowed_updates=ALL_KINDS)
    place.engine.react(place.person, place.private, said["message_id"], "👎")
    place.engine.join(place.person, place.group, "left")
    changed, member, left = await call.updates()
    assert changed["message_reaction"]["old_reaction"] == [{"type": "emoji", "emoji": "👍"}]
    assert member["chat_member"]["new_chat_member"]["status"] == "left"
    assert left["message"]["left_chat_member"]["id"] == place.private


async def test_updates_live_a_day_and_presses_less(
    call: Caller, place: Place, clock: Clock
) -> None:
    """After 24 h an update is gone; a press is gone, and cannot be answered, after 150 s."""
    keyboard = {"inline_keyboard": [[{"text": "Oui", "callback_data": "y"}]]}
    sent = await call("sendMessage", chat_id=place.private, text="?", reply_markup=keyboard)
    place.engine.say(place.person, place.private, "un")
    number = place.engine.press(place.person, place.private, sent["message_id"], "y")
    clock.pass_hours(0.1)
    assert [set(one) for one in await call("getUpdates")] == [{"update_id", "message"}]
    assert "too old" in await call.refused("answerCallbackQuery", callback_query_id=number)
    clock.pass_hours(24)
    assert await call("getUpdates") == []


async def test_a_long_poll_wakes_with_the_first_update(call: Caller, place: Place) -> None:
    """getUpdates with a timeout answers as soon as something happens."""
    waiting = asyncio.create_task(call("getUpdates", timeout=30))
    await asyncio.sleep(0)
    place.engine.say(place.person, place.private, "un")
    assert [one["message"]["text"] for one in await waiting] == ["un"]


async def test_the_newer_of_two_readers_wins(call: Caller, place: Place) -> None:
    """A second getUpdates ends the first with 409 and waits in its place."""
    first = asyncio.create_task(call.refused("getUpdates", timeout=30))
    await asyncio.sleep(0)
    second = asyncio.create_task(call("getUpdates", timeout=30))
    assert (await first).startswith("Conflict: terminated by other getUpdates")
    place.engine.say(place.person, place.private, "un")
    assert len(await second) == 1


async def test_a_stop_lets_the_poll_go(call: Caller, engine: Engine) -> None:
    """Stopping the engine answers the waiting poll with nothing."""
    waiting = asyncio.create_task(call("getUpdates", timeout=30))
    await asyncio.sleep(0)
    await engine.stop()
    assert await waiting == []


async def test_any_json_can_be_delivered(call: Caller, place: Place) -> None:
    """A test may queue what no Telegram would: nonsense, and the same update twice."""
    place.engine.deliver_raw({"message": {"nonsense": True}})
    (nonsense,) = await call.updates()
    place.engine.deliver_raw(nonsense)
    (again,) = await call.updates()
    assert again == nonsense
    assert place.engine.pending_updates() == 0


async def test_only_an_allowed_kind_is_queued_before_the_first_poll(engine: Engine) -> None:
    """A new engine queues the server's default kinds, members excepted."""
    fresh = Engine()
    group = fresh.add_group("Équipe")
    fresh.join(fresh.add_person("Sophie"), group)
    kinds = [set(one.update) - {"update_id"} for one in fresh.world.updates.entries.values()]
    assert kinds == [{"my_chat_member"}, {"message"}, {"message"}]
    assert "chat_member" in KINDS
