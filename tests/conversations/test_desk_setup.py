"""The first day: registering the team's group, its rights, its migration."""

from bot.store import fact
from tests.conversations.world import Caseworker, World, labels, text

KEPT = "Votre message est gardé. L'équipe le lira plus tard."
RIGHTS = ("can_manage_topics", "can_pin_messages", "can_delete_messages")


async def set_up(world: World, **group: object) -> str:
    """A group that nobody has registered; returns the code printed in the terminal."""
    world.make_team()
    world.staff_chat_id = None
    if group:
        world.group = world.engine.add_group("Équipe sociale", **group)  # type: ignore[arg-type]
    await world.start()
    return world.said[0].split("/rattacher ")[1].split()[0]


def administrator(world: World, name: str = "Claire") -> Caseworker:
    """A caseworker who administrates the group."""
    claire = world.caseworker(name)
    world.engine.join(claire.user, world.group, "administrator")
    return claire


async def test_without_a_group_the_robot_waits_for_its_team(empty_world: World) -> None:
    """No group: a code is printed, no group is left, and people hear that it opens soon."""
    world = empty_world
    code = await set_up(world)
    claire = administrator(world)
    await claire.writes_in_general("Bonjour à tous")
    amina = world.person("Amina")
    await amina.says("Bonjour")
    assert code in world.said[0]
    assert "@passerelle_essai_bot" in world.said[0]
    assert amina.reads() == ["Ce service ouvre bientôt. Danger : appelez le 112."]
    assert world.engine.ledger.of("leaveChat") == []
    assert world.general() == []


async def test_an_administrator_registers_the_group(empty_world: World) -> None:
    """`/rattacher <code>` by an administrator: the group is the team's, and says so."""
    world = empty_world
    code = await set_up(world)
    claire = administrator(world)
    await claire.writes_in_general(f"/rattacher {code}")
    assert world.general() == [
        "Le groupe « Équipe sociale » est prêt. "
        "Les demandes arriveront ici, un sujet par personne."
    ]
    amina = world.person("Amina")
    await amina.says("Parler à quelqu'un")
    await claire.writes("Amina", "Bonjour Amina")
    assert amina.reads()[-1] == "Bonjour Amina"


async def test_the_code_is_taken_however_it_is_written(empty_world: World) -> None:
    """The robot's name after the command, capitals and spaces change nothing."""
    world = empty_world
    code = await set_up(world)
    claire = administrator(world)
    await claire.writes_in_general(f"/Rattacher@passerelle_essai_bot   {code.upper()} ")
    assert "est prêt" in world.general()[-1]


async def test_a_wrong_code_registers_nothing(empty_world: World) -> None:
    """A wrong code is refused, with the place where the right one stands."""
    world = empty_world
    await set_up(world)
    claire = administrator(world)
    for wrong in ("/rattacher 12345", "/rattacher", "/rattacher é"):
        await claire.writes_in_general(wrong)
        assert world.general()[-1].startswith("Ce code n'est pas le bon.")
    async with world.store.transaction() as tx:
        assert await fact.get(tx, "setup_code") is not None


async def test_a_member_may_not_register_and_the_code_still_serves(empty_world: World) -> None:
    """The right code by somebody who is no administrator: refused; an administrator may then."""
    world = empty_world
    code = await set_up(world)
    thomas = world.caseworker("Thomas")
    await thomas.writes_in_general(f"/rattacher {code}")
    assert world.general() == ["Seul un administrateur du groupe peut le rattacher."]
    await administrator(world).writes_in_general(f"/rattacher {code}")
    assert "est prêt" in world.general()[-1]


async def test_an_anonymous_administrator_is_told_how_to_sign(empty_world: World) -> None:
    """Nobody knows who an anonymous administrator is: the code waits for a name."""
    world = empty_world
    code = await set_up(world)
    world.engine.say_anonymously(world.group["id"], f"/rattacher {code}")
    await world.settle()
    assert "Rester anonyme" in world.general()[-1]


async def test_the_code_serves_once(empty_world: World) -> None:
    """Registered: the same command in the team's group says so, in another group nothing."""
    world = empty_world
    code = await set_up(world)
    claire = administrator(world)
    await claire.writes_in_general(f"/rattacher {code}")
    await claire.writes_in_general(f"/rattacher {code}")
    assert world.general()[-1] == "Ce groupe est déjà celui de l'équipe."
    other = world.engine.add_group("Autre groupe", by=claire.user)
    world.engine.say(claire.user, other["id"], f"/rattacher {code}")
    await world.settle()
    assert [c.parameters["chat_id"] for c in world.engine.ledger.of("leaveChat")] == [other["id"]]


async def test_what_is_missing_is_named(empty_world: World) -> None:
    """A basic group with a robot that is only a member: each missing thing is a line."""
    world = empty_world
    code = await set_up(world, kind="group", bot_status="member")
    claire = administrator(world)
    await claire.writes_in_general(f"/rattacher {code}")
    said = world.general()[-1]
    for words in ("un supergroupe", "les sujets", "le robot administrateur"):
        assert words in said
    assert "Leurs messages sont gardés." in said


async def test_each_missing_right_is_named_and_looked_at_again(empty_world: World) -> None:
    """Rights given one after the other: the group hears each time what is still missing."""
    world = empty_world
    code = await set_up(world)
    world.engine.set_bot_rights(world.group, "administrator", **dict.fromkeys(RIGHTS, False))
    claire = administrator(world)
    await claire.writes_in_general(f"/rattacher {code}")
    said = world.general()[-1]
    assert all(f"« {name} »" in said for name in ("gérer les sujets", "épingler les messages"))
    assert "« supprimer les messages »" in said
    world.engine.set_bot_rights(world.group, "administrator", can_pin_messages=False)
    await world.settle()
    assert "épingler" in world.general()[-1]
    assert "gérer" not in world.general()[-1]
    world.engine.set_bot_rights(world.group, "administrator")
    await world.settle()
    assert "est prêt" in world.general()[-1]


async def test_without_the_right_to_open_topics_nothing_is_lost(
    world: World, claire: Caseworker
) -> None:
    """No right: people are told the truth, and their messages arrive once it is given."""
    world.engine.set_bot_rights(world.group, "administrator", can_manage_topics=False)
    await world.settle()
    amina = world.person("Amina")
    world.engine.say(amina.user, amina.chat, "Parler à quelqu'un")
    await world.until(lambda: KEPT in "\n".join(amina.reads()))
    world.engine.say(amina.user, amina.chat, "Je ne peux plus payer mon loyer")
    await world.settle(waiting=5)
    world.engine.set_bot_rights(world.group, "administrator")
    await world.settle()
    assert [text(m) for m in claire.topic("Amina") if "loyer" in text(m)] == [
        "Je ne peux plus payer mon loyer"
    ]


async def test_a_robot_put_out_of_the_group_keeps_everything(
    world: World, claire: Caseworker
) -> None:
    """Out of the group: the person is told the truth; back in it, the team gets all."""
    world.engine.set_bot_rights(world.group, "kicked")
    await world.settle()
    amina = world.person("Amina")
    world.engine.say(amina.user, amina.chat, "Parler à quelqu'un")
    await world.until(lambda: KEPT in "\n".join(amina.reads()))
    world.engine.set_bot_rights(world.group, "administrator")
    await world.settle()
    assert claire.reads("Amina")[0].startswith("Amina · n° 1")


async def test_missing_rights_are_said_in_the_terminal_at_start(empty_world: World) -> None:
    """Not a refusal to start: a French sentence, and the robot answers."""
    world = empty_world
    world.make_team("Claire")
    world.engine.set_bot_rights(world.group, "administrator", can_manage_topics=False)
    await world.start()
    assert "« gérer les sujets »" in world.said[-1]
    amina = world.person("Amina")
    await amina.says("Bonjour")
    assert amina.reads()


async def test_a_group_that_does_not_exist_is_a_sentence(empty_world: World) -> None:
    """A wrong STAFF_CHAT_ID: said in the terminal; people are answered all the same."""
    world = empty_world
    world.make_team("Claire")
    world.staff_chat_id = -1009
    await world.start()
    assert "injoignable" in world.said[-1]
    amina = world.person("Amina")
    await amina.says("Bonjour")
    assert amina.reads()


async def test_the_setting_wins_over_the_registered_group(empty_world: World) -> None:
    """STAFF_CHAT_ID, when set, decides; what the former group held is opened in the new one."""
    world = empty_world
    code = await set_up(world)
    claire = administrator(world)
    await claire.writes_in_general(f"/rattacher {code}")
    amina = world.person("Amina")
    await amina.says("Parler à quelqu'un")
    world.group = world.engine.add_group("Nouvelle équipe", by=claire.user)
    world.staff_chat_id = world.group["id"]
    await world.restart()
    await amina.says("Vous êtes là ?")
    assert [text(m) for m in claire.topic("Amina")][-1] == "Vous êtes là ?"
    assert labels(next(m for m in claire.topic("Amina") if labels(m)))[0] == "Je m'en occupe"


async def test_a_migrated_group_is_followed_and_remembered(empty_world: World) -> None:
    """Telegram gives the group a new id: STAFF_CHAT_ID still names it, over a restart too."""
    world = empty_world
    world.group = world.engine.add_group("Équipe sociale", kind="group")
    world.staff_chat_id = world.group["id"]
    claire = administrator(world)
    await world.start()
    world.group = world.engine.migrate(world.group)
    world.engine.set_forum(world.group, True)
    world.engine.set_bot_rights(world.group, "administrator")
    await world.settle()
    await world.restart()
    amina = world.person("Amina")
    await amina.says("Parler à quelqu'un")
    await claire.writes("Amina", "Bonjour Amina")
    assert amina.reads()[-1] == "Bonjour Amina"
    assert world.engine.ledger.of("leaveChat") == []


async def test_the_new_id_may_show_before_its_migration(empty_world: World) -> None:
    """Telegram may say that the robot is in the new group before saying which one it was."""
    world = empty_world
    world.group = world.engine.add_group("Équipe sociale", kind="group")
    world.staff_chat_id = world.group["id"]
    await world.start()
    new_id = -1_002_000_000_000 - world.engine.world.next_group_number
    chat = {**world.group, "id": new_id, "type": "supergroup"}
    robot = world.engine.bot
    change = {
        "chat": chat,
        "from": robot,
        "date": world.engine.world.now(),
        "old_chat_member": {"user": robot, "status": "left"},
        "new_chat_member": {"user": robot, "status": "member"},
    }
    world.engine.deliver_raw({"my_chat_member": change})
    world.group = world.engine.migrate(world.group)
    assert world.group["id"] == new_id
    await world.settle()
    assert world.engine.ledger.of("leaveChat", accepted=False) == []
    assert world.engine.ledger.of("leaveChat") == []
