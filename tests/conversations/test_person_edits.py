"""She changes what she wrote: the robot reads it again, and the team's copy follows."""

from tests.conversations.world import Caseworker, World, text


async def test_a_question_changed(world: World) -> None:
    """A question corrected is answered anew."""
    amina = world.person("Amina")
    message = await amina.says("zblorg")
    amina.reads()
    await amina.edits(message, "acte de naissance")
    assert amina.reads()[-1].startswith("Acte de naissance")


async def test_small_words_changed(world: World) -> None:
    """« bonjuor » corrected to « bonjour » is greeted, and counts for no miss."""
    amina = world.person("Amina")
    message = await amina.says("ok")
    for words, reply in [("bonjour", "Bonjour !"), ("menu", "thème"), ("merci", "plaisir")]:
        amina.reads()
        await amina.edits(message, words)
        assert reply in amina.reads()[-1]
    assert not world.engine.topics(world.group)


async def test_a_message_the_team_has(world: World, claire: Caseworker) -> None:
    """In an open request the copy at the desk changes; she is not answered twice."""
    amina = world.person("Amina")
    await amina.says("humain")
    message = await amina.says("mon fils s'appele Léo")
    amina.reads()
    await amina.edits(message, "mon fils s'appelle Léo")
    at_desk = [text(one) for one in claire.topic("Amina")]
    assert "mon fils s'appelle Léo" in at_desk
    assert "mon fils s'appele Léo" not in at_desk
    assert not amina.reads()


async def test_a_private_number_added(world: World, claire: Caseworker) -> None:
    """A number slipped in by an edit is masked at the desk and in the file, and she is told."""
    amina = world.person("Amina")
    await amina.says("humain")
    message = await amina.says("mon dossier")
    amina.reads()
    await amina.edits(message, "mon dossier, mot de passe : Soleil1234")
    assert any("information privée" in one for one in amina.reads())
    assert not any("Soleil1234" in text(one) for one in claire.topic("Amina"))
    kept = b"".join(f.read_bytes() for f in world.database.parent.glob("passerelle.db*"))
    assert b"Soleil1234" not in kept


async def test_a_caption_changed(world: World, claire: Caseworker) -> None:
    """Words added under a photo reach the team."""
    amina = world.person("Amina")
    photo = await amina.sends("photo")
    world.engine.edit(amina.user, amina.chat, photo["message_id"], caption="ma lettre de la CAF")
    await world.settle()
    assert "ma lettre de la CAF" in [text(one) for one in claire.topic("Amina")]


async def test_an_edit_before_the_opening(empty_world: World) -> None:
    """In set-up mode an edit is acknowledged like a message."""
    await empty_world.start()
    amina = empty_world.person("Amina")
    message = await amina.says("bonjour")
    amina.reads()
    await amina.edits(message, "acte de naissance")
    assert amina.reads() == ["Ce service ouvre bientôt. Danger : appelez le 112."]
