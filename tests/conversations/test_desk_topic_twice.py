"""A topic whose making was cut off in the middle."""

from datetime import timedelta

from tests.conversations.world import Caseworker, World


async def test_a_topic_made_twice_leaves_no_empty_one(world: World, claire: Caseworker) -> None:
    """When the answer to createForumTopic is lost, one topic remains, and it works."""
    amina = world.person("Amina")
    world.engine.faults.add(method="createForumTopic", kind="cut_after", times=1)
    world.engine.say(amina.user, amina.chat, "parler à quelqu'un")
    await world.until(lambda: len(topics(world)) == 1)
    world.clock.moved += timedelta(seconds=10)  # the robot waits a little before it goes on
    await amina.says("vous etes la ?")

    await claire.writes("Amina", "Bonjour Amina.")

    assert "Bonjour Amina." in amina.reads()
    assert len(topics(world)) == 1


def topics(world: World) -> list[str]:
    """The titles of the topics that exist."""
    return [topic["name"] for topic in world.engine.topics(world.group)]
