"""Forged presses change nothing, and the words of two persons never mix."""

from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.store import Store
from bot.texts import Texts
from faq.live import LiveFaq
from tests.conversations.world import Caseworker, Person, World, labels, text

TABLES = ("ticket", "ticket_event", "beneficiary", "exchange")
NUMBERS = count(1)
NAMES = ("Amina", "Karim")
FORGED = st.one_of(
    st.text(min_size=1, max_size=30),
    st.builds(
        "{}:{}".format,
        st.sampled_from(["claim", "close", "back", "see", "resend", "twice", "human", "yes"]),
        st.integers() | st.text(max_size=20) | st.just("99999999999999999999999"),
    ),
)


async def snapshot(store: Store) -> list[list[tuple[Any, ...]]]:
    """Every row that a forged press must not change."""
    async with store.transaction() as tx:
        return [[tuple(row) for row in await tx.all(f"SELECT * FROM {t}")] for t in TABLES]  # noqa: S608


def forge(world: World, user: dict[str, Any], about: str, data: str, number: int) -> None:
    """A press on somebody's card with any data."""
    card = next(m for m in world.engine.messages(world.group["id"]) if _is_card(m, about))
    wire = {k: v for k, v in card.items() if not k.startswith("_")}
    query = {"id": str(number), "from": user, "message": wire, "chat_instance": "1", "data": data}
    world.engine.deliver_raw({"callback_query": query})


def answers(world: World) -> list[str]:
    """What presses were answered, forged ones too."""
    calls = world.engine.ledger.of("answerCallbackQuery", accepted=False)
    return [str(call.parameters.get("text", "")) for call in calls]


def _is_card(message: dict[str, Any], about: str) -> bool:
    return bool(labels(message)) and text(message).startswith(about)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(forged=st.lists(FORGED, min_size=1, max_size=5))
async def test_forged_data_changes_nothing(
    world: World, claire: Caseworker, forged: list[str]
) -> None:
    """Any text behind a button, pressed by a member: no row changes, no word leaves."""
    if not world.engine.topics(world.group):
        await world.person("Amina").says("Parler à quelqu'un")
    (user,) = [
        p.user for p in world.engine.world.people.values() if p.user["first_name"] == "Amina"
    ]
    amina = Person(world, user, "Amina")
    before = await snapshot(world.store)
    read = len(amina.messages())
    for data in forged:
        if data.split(":")[-1].strip() != "1":
            forge(world, claire.user, "Amina", data, next(NUMBERS))
    await world.settle()
    assert await snapshot(world.store) == before
    assert len(amina.messages()) == read


async def test_the_number_of_another_request_is_refused(world: World, claire: Caseworker) -> None:
    """A button of Amina's topic that names Karim's request: neither changes."""
    for name in NAMES:
        await world.person(name).says("Parler à quelqu'un")
    before = await snapshot(world.store)
    for number, act in enumerate(("claim", "close", "back")):
        forge(world, claire.user, "Amina", f"{act}:2", number)
    await world.settle()
    assert await snapshot(world.store) == before
    assert answers(world) == ["Cette demande est déjà terminée."] * 3


async def test_the_message_of_another_person_is_not_resent(
    world: World, claire: Caseworker
) -> None:
    """« Renvoyer » of Karim's message, forged in Amina's topic: nothing leaves."""
    for name in NAMES:
        await world.person(name).says("Parler à quelqu'un")
    world.engine.faults.add(method="copyMessage", times=1, kind="cut_before")
    await claire.writes("Karim", "Bonjour Karim")
    (line,) = [m for m in claire.topic("Karim") if labels(m) == ["Renvoyer"]]
    data = line["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    copies = len(world.engine.ledger.of("copyMessage"))
    forge(world, claire.user, "Amina", data, 1)
    await world.settle()
    assert len(world.engine.ledger.of("copyMessage")) == copies
    assert answers(world)[-1] == "Il n'y a plus rien à renvoyer."


async def test_an_old_button_says_that_it_is_old(world: World, claire: Caseworker) -> None:
    """The card of an ended request keeps no power over the next one."""
    amina = world.person("Amina")
    await amina.says("Parler à quelqu'un")
    await claire.touches("Amina", "Terminer")
    await amina.says("Parler à quelqu'un")
    forge(world, claire.user, "Amina", "close:1", 1)
    await world.settle()
    assert answers(world)[-1] == "Cette demande est déjà terminée."
    assert world.topic_of("Amina")["name"].startswith("à traiter")


ACT = st.tuples(
    st.sampled_from(["she", "team", "note", "photo", "reply", "close", "edit", "delete topic"]),
    st.integers(0, 1),
)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(acts=st.lists(ACT, min_size=3, max_size=12))
async def test_two_persons_never_mix(
    faq: LiveFaq, texts: Texts, acts: list[tuple[str, int]]
) -> None:
    """Whatever is said, noted, edited, closed or deleted: each reads her own words and no note."""
    with TemporaryDirectory() as folder:
        world = World(Path(folder), faq, texts)
        (claire,) = world.make_team("Claire")
        await world.start()
        try:
            await _talk(world, claire, acts)
        finally:
            await world.stop()


async def _talk(world: World, claire: Caseworker, acts: list[tuple[str, int]]) -> None:
    people = [world.person(name) for name in NAMES]
    for person in people:
        await person.says("Parler à quelqu'un")
    last: dict[int, dict[str, Any]] = {}
    for number, (act, who) in enumerate(acts):
        person, name = people[who], NAMES[who]
        mark = f"{name}-{number}"
        if act == "she":
            await person.says(f"je suis {mark}")
        elif act == "team":
            last[who] = await claire.writes(name, f"pour {mark}")
        elif act == "note":
            await claire.writes(name, f"// NOTE {mark}")
        elif act == "photo":
            await claire.sends(name, "photo", caption=f"pour {mark}")
        elif act == "reply":
            await claire.writes(
                name, f"pour {mark}", reply_to=claire.topic(name)[-1]["message_id"]
            )
        elif act == "close":
            await claire.writes(name, "/clore")
        elif act == "edit" and who in last:
            await claire.edits(last.pop(who), text=f"// NOTE {mark}")
        elif act == "delete topic":
            last.pop(who, None)
            world.engine.delete_topic(world.group, world.topic_of(name)["id"])
            await person.says("Parler à quelqu'un")
            await person.says(f"je suis {mark}")
    for person, other in zip(people, reversed(NAMES), strict=True):
        phone = "\n".join(text(m) for m in person.messages())
        assert f"{other}-" not in phone
        assert "NOTE" not in phone
        topic = "\n".join(text(m) for m in claire.topic(person.name))
        assert f"{other}-" not in topic
    assert world.engine.ledger.mistakes() == []
