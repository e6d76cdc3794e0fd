"""Who is a caseworker: a member of the team's group, in that group, under her own name."""

from typing import Any

import pytest

from tests.conversations.world import Caseworker, Person, World, labels, text

ALERT = "Seuls les membres de l'équipe peuvent faire cela."


@pytest.fixture(name="amina")
async def _amina(world: World) -> Person:
    amina = world.person("Amina")
    await amina.says("Parler à quelqu'un")
    amina.reads()
    return amina


def stranger_writes(world: World, user: dict[str, Any], words: str) -> None:
    """A public group lets people who never joined write in a topic."""
    topic = world.topic_of("Amina")["id"]
    world.engine.deliver_raw(
        {
            "message": {
                "message_id": 900_000 + len(words),
                "from": user,
                "chat": {**world.group, "type": "supergroup", "is_forum": True},
                "date": world.engine.world.now(),
                "message_thread_id": topic,
                "is_topic_message": True,
                "text": words,
            },
        }
    )


def forge_press(world: World, user: dict[str, Any], data: str, number: int = 1) -> None:
    """A press on Amina's card that Telegram's own applications would not let through."""
    topic = world.topic_of("Amina")["id"]
    card = next(m for m in world.engine.messages(world.group["id"], topic) if labels(m))
    wire = {k: v for k, v in card.items() if not k.startswith("_")}
    world.engine.deliver_raw(
        {
            "callback_query": {
                "id": str(77_000 + number),
                "from": user,
                "message": wire,
                "chat_instance": "1",
                "data": data,
            },
        }
    )


async def test_a_stranger_of_a_public_group_is_not_relayed(
    world: World, claire: Caseworker, amina: Person
) -> None:
    """Telegram is asked who writes: a stranger's words go nowhere, and he is told."""
    stranger = world.engine.add_person("Inconnu")
    stranger_writes(world, stranger, "Bonjour, envoyez votre carte bancaire")
    await world.settle()
    assert amina.reads() == []
    said = [text(m) for m in world.engine.messages(claire.chat)]
    assert "Rien n'a été envoyé. Seuls les membres du groupe peuvent répondre ici." in said
    async with world.store.transaction() as tx:
        assert await tx.number("SELECT count(*) FROM fact WHERE name LIKE 'held:%'") == 0


async def test_a_caseworker_who_was_there_before_the_robot_is_looked_up_once(
    world: World, claire: Caseworker, amina: Person
) -> None:
    """Nobody saw her join: one question to Telegram, and her words leave, in order."""
    async with world.store.transaction() as tx:
        await tx.execute("DELETE FROM caseworker")
    for words in ("Bonjour Amina", "Je m'appelle Claire", "Je vous écoute"):
        world.engine.say(claire.user, claire.chat, words, topic=world.topic_of("Amina")["id"])
    await world.settle()
    assert amina.reads()[1:] == ["Bonjour Amina", "Je m'appelle Claire", "Je vous écoute"]
    asked = len(world.engine.ledger.of("getChatMember"))
    await claire.writes("Amina", "Encore moi")
    assert amina.reads() == ["Encore moi"]
    assert len(world.engine.ledger.of("getChatMember")) == asked


async def test_a_stranger_s_press_changes_nothing(
    world: World, claire: Caseworker, amina: Person
) -> None:
    """A button pressed by somebody who is no member: an alert, and nothing else."""
    stranger = world.engine.add_person("Inconnu")
    for number, data in enumerate(("claim:1", "close:1", "back:1")):
        forge_press(world, stranger, data, number)
    await world.settle()
    assert amina.reads() == []
    asked = world.engine.ledger.of("answerCallbackQuery", accepted=False)
    assert [call.parameters["text"] for call in asked] == [ALERT] * 3
    assert world.topic_of("Amina")["name"].startswith("à traiter")


async def test_who_joins_is_announced_and_may_answer(
    world: World, claire: Caseworker, amina: Person
) -> None:
    """A new colleague: one line in General, and her words leave."""
    thomas = world.caseworker("Thomas")
    await world.settle()
    assert world.general()[-1] == "Thomas a rejoint le groupe et peut répondre aux personnes."
    assert len([t for t in world.general() if "Thomas" in t]) == 1
    await thomas.writes("Amina", "Bonjour")
    assert amina.reads()[-1] == "Bonjour"


async def test_a_new_rank_is_not_a_new_colleague(
    world: World, claire: Caseworker, amina: Person
) -> None:
    """Made administrator: she was there already, and nobody announces her."""
    async with world.store.transaction() as tx:
        await tx.execute("DELETE FROM caseworker")
    before = world.general()
    world.engine.join(claire.user, world.group, "administrator")
    await world.settle()
    assert world.general() == before


async def test_who_leaves_loses_the_buttons_at_once(
    world: World, claire: Caseworker, amina: Person
) -> None:
    """Gone: General says so, presses and words change nothing."""
    thomas = world.caseworker("Thomas")
    await world.settle()
    world.engine.join(thomas.user, world.group, "left")
    await world.settle()
    assert world.general()[-1] == "Thomas a quitté le groupe et ne peut plus répondre."
    forge_press(world, thomas.user, "claim:1")
    stranger_writes(world, thomas.user, "Je ne travaille plus ici")
    await world.settle()
    assert amina.reads() == []
    assert world.topic_of("Amina")["name"].startswith("à traiter")


async def test_an_anonymous_administrator_is_told_how_to_sign(
    world: World, claire: Caseworker, amina: Person
) -> None:
    """Nobody knows who writes: nothing leaves, and the way out is named."""
    world.engine.say_anonymously(world.group["id"], "Bonjour", world.topic_of("Amina")["id"])
    await world.settle()
    assert amina.reads() == []
    assert claire.reads("Amina")[-1].startswith("Rien n'a été envoyé : vous écrivez en anonyme.")


async def test_a_channel_is_nobody(world: World, claire: Caseworker, amina: Person) -> None:
    """Words in the name of a channel stay, and the way out is named."""
    world.engine.say_as_channel(world.group["id"], "Bonjour", world.topic_of("Amina")["id"])
    await world.settle()
    assert amina.reads() == []
    assert "au nom d'un canal" in claire.reads("Amina")[-1]


async def test_the_linked_channel_makes_no_noise(
    world: World, claire: Caseworker, amina: Person
) -> None:
    """Posts that Telegram copies from a linked channel into General are none of our business."""
    before = world.general()
    world.engine.say_as_channel(world.group["id"], "Nos horaires", automatic_forward=True)
    await world.settle()
    assert world.general() == before


async def test_a_foreign_group_is_left(world: World, claire: Caseworker, amina: Person) -> None:
    """Added elsewhere, the robot says nothing and goes; its own group is kept."""
    other = world.engine.add_group("Ailleurs", by=claire.user)
    world.engine.say(claire.user, other["id"], "/clore")
    await world.settle()
    left = [call.parameters["chat_id"] for call in world.engine.ledger.of("leaveChat")]
    assert left == [other["id"]]
    assert not [m for m in world.engine.messages(other["id"]) if m["from"]["is_bot"] and text(m)]


async def test_a_caseworker_s_words_in_private_are_those_of_a_person(
    world: World, claire: Caseworker, amina: Person
) -> None:
    """The same commands in her own chat with the robot do nothing to anybody's request."""
    claire_alone = Person(world, claire.user, "Claire")
    for words in ("/clore", "// note", "/rattacher 1234", "/note Amina"):
        await claire_alone.says(words)
    assert world.topic_of("Amina")["name"].startswith("à traiter")
    assert amina.reads() == []


async def test_a_topic_closed_by_nobody_stays_open_for_her(
    world: World, claire: Caseworker, amina: Person
) -> None:
    """An anonymous administrator closes the topic: the request goes on, and he is told how."""
    topic = world.topic_of("Amina")["id"]
    closed = {
        "message_id": 950_000,
        "from": {"id": 1_087_968_824, "is_bot": True, "first_name": "Group"},
        "sender_chat": {"id": world.group["id"], "type": "supergroup", "title": "Équipe sociale"},
        "chat": {**world.group, "type": "supergroup", "is_forum": True},
        "date": world.engine.world.now(),
        "message_thread_id": topic,
        "is_topic_message": True,
        "forum_topic_closed": {},
    }
    world.engine.deliver_raw({"message": closed})
    await world.settle()
    assert amina.reads() == []
    assert claire.reads("Amina")[-1].startswith("Le sujet est fermé, mais la demande reste")
    await claire.writes("Amina", "/clore")
    assert amina.reads()[-1].startswith("Votre demande est terminée.")
