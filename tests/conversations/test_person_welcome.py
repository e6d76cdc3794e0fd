"""Small words, answered as the team wrote in accueil.yml."""

from pathlib import Path

import pytest

from bot.texts import Texts
from faq.live import LiveFaq, LoadedFaq
from tests.conversations.world import World
from tests.faq.small_faq import SmallFaq


@pytest.mark.parametrize("words", ["Bonjour", "bonjouuur !", "ça va ?", "bjr madame"])
async def test_a_greeting_gets_the_reply_of_the_file(world: World, words: str) -> None:
    """However it is written, Amina's greeting gets the reply that caseworkers keep."""
    amina = world.person("Amina")
    await amina.says(words)
    assert amina.reads()[-1] == world.faq.current.welcome.greetings.reply


async def test_claire_changes_a_reply_while_the_robot_runs(tmp_path: Path, texts: Texts) -> None:
    """Claire adds a word to accueil.yml and changes the reply: Amina reads it at once."""
    small = SmallFaq(tmp_path)
    live = LiveFaq(small.directory, small.service_file)
    world = World(tmp_path, live, texts)
    world.make_team("Claire")
    await world.start()
    try:
        amina = world.person("Amina")
        await amina.says("merci")
        assert amina.reads()[-1] == "Avec plaisir."
        small.change("accueil.yml", "[merci,", "[merci, choukran,")
        small.change("accueil.yml", "Avec plaisir.", "Bonne journée à vous.")
        assert isinstance(live.reload(), LoadedFaq)
        await amina.says("Choukran !")
        assert amina.reads()[-1] == "Bonne journée à vous."
    finally:
        await world.stop()
