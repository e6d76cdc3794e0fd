"""Notes never leak: what begins with a slash stays with the team, however it is written."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.helpdesk.notes import SLASHES, is_kept_back
from tests.conversations.world import Caseworker, Person, World, text

SECRET = "elle m'a parlé de sa sœur"
PREFIXES = (
    "// ",
    "//",
    "/note ",
    "/Note ",
    "/note@passerelle_essai_bot ",
    "/ ",
    "/nimportequoi ",
    "   // ",
    "\n\n// ",
    "\u200b// ",
    "\u200f/note ",
    "\u202e// ",
    "\u2067//",
    "\u00ad// ",
    "\u00a0// ",
    "\u3164// ",
    "\u2800// ",
    "\u034f// ",
    "\uff0f\uff0f ",
    "\u2044 ",
    "\u2215",
    "\ufeff\uff0fnote ",
)
INVISIBLE = st.text(
    st.characters(categories=["Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Me"])
    | st.sampled_from("\u3164\u2800"),
    max_size=6,
)


@pytest.fixture(name="amina")
async def _amina(world: World) -> Person:
    amina = world.person("Amina")
    await amina.says("Parler à quelqu'un")
    amina.reads()
    return amina


def emojis(claire: Caseworker, message: dict[str, Any]) -> list[str]:
    """The reactions on a message of Amina's topic, now."""
    now = next(m for m in claire.topic("Amina") if m["message_id"] == message["message_id"])
    return [one["emoji"] for one in now["_reactions"]]


@given(prefix=INVISIBLE, slash=st.sampled_from(SLASHES), rest=st.text(max_size=20))
def test_nothing_unseen_hides_a_slash(prefix: str, slash: str, rest: str) -> None:
    """Whatever invisible characters stand before it, a text that begins with a slash stays."""
    assert is_kept_back(prefix + slash + rest)


@given(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20))
def test_ordinary_words_leave(words: str) -> None:
    """Letters and figures first: it is a reply."""
    if not words.strip("\u115f\u1160\u3164\uffa0"):
        return
    assert not is_kept_back(words + " // fin")


@pytest.mark.parametrize("prefix", PREFIXES)
async def test_a_note_stays_however_it_begins(
    world: World, claire: Caseworker, amina: Person, prefix: str
) -> None:
    """Not a word on the phone, as a text and under a photo."""
    await claire.writes("Amina", prefix + SECRET)
    await claire.sends("Amina", "photo", caption=prefix + SECRET)
    assert amina.reads() == []


async def test_a_note_says_that_it_is_kept(
    world: World, claire: Caseworker, amina: Person
) -> None:
    """✍ on the note, no line in the topic, and the request stays as it is."""
    note = await claire.writes("Amina", f"// {SECRET}")
    assert emojis(claire, note) == ["✍"]
    assert len(claire.reads("Amina")) == 1
    assert world.topic_of("Amina")["name"].startswith("à traiter")
    async with world.store.transaction() as tx:
        events = await tx.all("SELECT kind, words FROM ticket_event WHERE kind = 'note'")
    assert [(row["kind"], row["words"]) for row in events] == [("note", None)]


async def test_an_unknown_command_says_that_nothing_left(
    world: World, claire: Caseworker, amina: Person
) -> None:
    """A slip of the finger before a word: nothing is sent, and she is told."""
    await claire.writes("Amina", "/bonjour Amina")
    assert claire.reads("Amina")[-1] == "Commande inconnue. Rien n'a été envoyé."
    assert amina.reads() == []


async def test_help_is_for_the_team(world: World, claire: Caseworker, amina: Person) -> None:
    """/aide answers in the topic, and in General."""
    await claire.writes("Amina", "/aide")
    assert "jamais envoyée" in claire.reads("Amina")[-1]
    await claire.writes_in_general("/aide")
    assert "jamais envoyée" in world.general()[-1]
    assert amina.reads() == []


async def test_a_note_edited_stays_a_note(world: World, claire: Caseworker, amina: Person) -> None:
    """Without its slashes it is still no reply, and she is told how to send it."""
    note = await claire.writes("Amina", f"// {SECRET}")
    await claire.edits(note, text=f"// {SECRET} et de son frère")
    assert len(claire.reads("Amina")) == 1
    await claire.edits(note, text=SECRET)
    assert amina.reads() == []
    assert claire.reads("Amina")[-1].startswith("Ce message n'a pas été envoyé à la personne.")


async def test_a_message_edited_into_a_note_is_taken_back(
    world: World, claire: Caseworker, amina: Person
) -> None:
    """It disappears from the phone, for good: no later edit brings it back."""
    said = await claire.writes("Amina", SECRET)
    await claire.edits(said, text=f"// {SECRET}")
    assert SECRET not in str(amina.messages())
    assert claire.reads("Amina")[-1] == "Le message a été repris. La personne ne le voit plus."
    assert emojis(claire, said) == ["✍"]
    await claire.edits(said, text=f"{SECRET} !")
    assert SECRET not in str(amina.messages())


async def test_after_two_days_the_topic_says_it_could_not(
    empty_world: World, claire: Caseworker
) -> None:
    """Telegram deletes for 48 hours: later, the team knows that the person keeps it."""
    world = empty_world
    await world.start()
    amina = world.person("Amina")
    await amina.says("Parler à quelqu'un")
    said = await claire.writes("Amina", SECRET)
    now = world.engine.world.clock
    world.engine.world.clock = lambda: now() + 49 * 3600
    await claire.edits(said, text=f"// {SECRET}")
    assert claire.reads("Amina")[-1] == (
        "Ce message est déjà chez la personne. Il n'a pas pu être repris."
    )
    assert text(amina.messages()[-1]) == SECRET


async def test_a_caption_edited_into_a_note_is_taken_back(
    world: World, claire: Caseworker, amina: Person
) -> None:
    """A photo whose caption becomes a note leaves the phone with it."""
    sent = await claire.sends("Amina", "photo", caption=SECRET)
    await claire.edits(sent, caption=f"/note {SECRET}")
    assert "photo" not in amina.messages()[-1]


async def test_general_is_never_relayed(world: World, claire: Caseworker, amina: Person) -> None:
    """What the team says in General stays there, with or without a slash, in silence."""
    before = world.general()
    for words in (SECRET, f"// {SECRET}", f"/note {SECRET}", "/ban@autre_robot Paul"):
        await claire.writes_in_general(words)
    assert amina.reads() == []
    assert world.general() == before
    await claire.writes_in_general("/bla")
    assert world.general()[-1] == "Commande inconnue. Rien n'a été envoyé."


async def test_a_topic_of_the_team_is_never_relayed(
    world: World, claire: Caseworker, amina: Person
) -> None:
    """« Organisation »: nobody's topic, nobody's business."""
    topic = world.engine.create_topic(claire.user, world.group, "Organisation · n° 1")
    world.engine.say(claire.user, claire.chat, SECRET, topic=topic)
    world.engine.send(claire.user, claire.chat, "photo", topic=topic, caption=SECRET)
    await world.settle()
    assert amina.reads() == []
    assert len([m for m in world.engine.messages(claire.chat, topic) if SECRET in text(m)]) == 2


async def test_a_note_in_an_ended_request_opens_nothing(
    world: World, claire: Caseworker, amina: Person
) -> None:
    """After the goodbye the team may still write for itself."""
    await claire.touches("Amina", "Terminer")
    amina.reads()
    await claire.writes("Amina", f"// {SECRET}")
    assert amina.reads() == []
    assert world.topic_of("Amina")["name"].startswith("terminée")


async def test_a_message_deleted_before_it_left_stays_unsaid(
    world: World, claire: Caseworker, amina: Person
) -> None:
    """She deletes her message before the robot has copied it: its text does not leave either."""
    topic = world.topic_of("Amina")["id"]
    said = world.engine.say(claire.user, claire.chat, SECRET, topic=topic)
    world.engine.delete(claire.user, claire.chat, said["message_id"])
    await world.settle()
    assert SECRET not in str(amina.messages())
    assert "Non remis" in claire.reads("Amina")[-1]
