"""What happens to the team's group: kicked out and back, migrated; nothing is lost meanwhile."""

from tests.conversations.world import Person, text
from tests.handlers.faults import FaultyWorld


async def test_out_of_the_group_and_back(world: FaultyWorld, awa: Person) -> None:
    """Messages are kept, the person reads the truth, all arrives when the robot is back."""
    world.engine.set_bot_rights(world.group, "kicked")
    await world.settle()
    world.engine.say(awa.user, awa.chat, "Parler à quelqu'un")
    world.engine.say(awa.user, awa.chat, "J'ai reçu une lettre")
    kept = world.texts.person.kept
    await world.until(lambda: any(kept in text(m) for m in awa.messages()))
    world.engine.set_bot_rights(world.group, "administrator")
    await world.settle()
    topic = world.engine.messages(world.group["id"], world.topic_of("Awa")["id"])
    assert [text(m) for m in topic].count("J'ai reçu une lettre") == 1


async def test_a_migrated_group_is_followed(world: FaultyWorld, awa: Person) -> None:
    """The next message opens a topic in the new group; STAFF_CHAT_ID still names the old one."""
    old = world.group["id"]
    await awa.says("Parler à quelqu'un")
    world.engine.migrate(world.group)
    new = world.engine.group_id
    await awa.says("Toujours là")
    assert new != old
    assert any(text(m) == "Toujours là" for m in world.engine.messages(new))
    await world.stop()
    await world.start()
    await awa.says("Et encore")
    assert any(text(m) == "Et encore" for m in world.engine.messages(new))
