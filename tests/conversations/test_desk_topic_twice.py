"""A topic whose making was cut off in the middle."""

from tests.conversations.world import Caseworker, World


async def test_a_topic_made_twice_leaves_no_empty_one(world: World, claire: Caseworker) -> None:
    """When the answer to createForumTopic is lost, one topic remains, and it works."""
    amina = world.person("Amina")
    world.engine.faults.add(method="createForumTopic", kind="cut_after", times=1)
    world.engine.say(amina.user, amina.chat, "parler à quelqu’un")
    world.clock.moved += world.clock.moved.resolution
    await world.until(lambda: len(claire_topics(world)) == 1 and has_card(world, claire))

    await claire.writes("Amina", "Bonjour Amina.")

    assert "Bonjour Amina." in amina.reads()
    assert len(claire_topics(world)) == 1


def claire_topics(world: World) -> list[str]:
    """The titles of the topics that exist."""
    return [topic["name"] for topic in world.engine.topics(world.group)]


def has_card(world: World, claire: Caseworker) -> bool:
    """Whether the card stands in the topic."""
    return any("Amina" in text for text in claire.reads("Amina"))
