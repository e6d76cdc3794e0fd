"""No dead end: whatever she sends is answered or acknowledged, and nobody else sees it."""

import random
import string

from tests.conversations.talk import forge, talk
from tests.conversations.world import ANY, World, text

TEXTS = [
    "a",
    "é",
    "?",
    "!!!",
    ".",
    "-",
    "*",
    "**gras**",
    "{team} {0} {}",
    "%s %d \\n",
    "<b>bonjour</b> & <script>",
    "'; DROP TABLE beneficiary; --",
    "=1+1",
    "/inconnue",
    "/start@autre_robot",
    "@passerelle",
    "https://www.caf.fr/",
    "x" * 4096,
    "mot " * 1024,
    "😀" * 2048,
    "👨‍👩‍👧‍👦",
    "🇫🇷",
    "مرحبا كيف حالك",
    "Привет, мне нужна помощь",
    "你好",
    "ሰላም",
    "\u202eemit eht ni",
    "b\u200bo\u200bn\u200bj\u200bo\u200bu\u200br",
    "é" * 50 + "\u0301" * 500,
    "\n\n\nligne\n\n\nligne\n",
    "\u0000fin",
    "12345678901234567890",
    "1" * 4000,
    "١٢٣",
    "-1",
    "3,5",
    "¼",
    "²",
    "⑨",
]

TOKENS = [
    "",
    ":",
    "::",
    "yes",
    "yes:",
    "yes:1",
    "yes:-1",
    "yes:999999999999999",
    "yes:99999999999999999999999999",
    "no:1",
    "none:1",
    "none:1:0",
    "none:1:x",
    "pick:1:apl",
    "pick:1:",
    "question:1",
    "theme",
    "theme:",
    "theme:papiers:-1",
    "theme:papiers:99999",
    "theme:inconnu:0",
    "entry:",
    "entry:../../etc",
    "data:",
    "data:nothing",
    "again:1",
    "again:x",
    "again:",
    "done:",
    "done:yes",
    "done:no",
    "robot",
    "robot:1",
    "safe",
    "human:1",
    "claim:1",
    "close:1",
    "back:1",
    "see:1",
    "resend:1",
    "é" * 32,
    "\u202e\u0000\n",
    "x" * 64,
]


async def test_any_text_is_answered(world: World) -> None:
    """Every text, from one letter to 4,096 characters of anything, gets an answer."""
    for words in TEXTS:
        amina = world.person("Amina")
        await amina.says("/start")
        amina.reads()
        await amina.says(words)
        assert amina.reads(), repr(words[:20])


async def test_anything_after_anything(world: World) -> None:
    """One person sends all of it in a row: no failure, and each word answered or relayed."""
    amina, boris = world.person("Amina"), world.person("Boris")
    await boris.says("acte de naissance")
    unseen = len(boris.messages())
    for words in TEXTS:
        amina.reads()
        world.engine.say(amina.user, amina.chat, words)
        await world.settle()
        topics = world.engine.messages(world.group["id"], ANY)
        assert amina.reads() or topics[-1].get("text"), repr(words[:20])
    assert not any("n'a pas su traiter" in one for one in world.general())
    assert len(boris.messages()) == unseen


async def test_any_press_is_answered(world: World) -> None:
    """Buttons forged, outdated or of the team's: she gets a sentence, nobody else a thing."""
    rng = random.Random(20261123)  # noqa: S311 - any bytes will do
    letters = string.ascii_letters + string.digits + ":_-é"
    noise = ["".join(rng.choices(letters, k=rng.randint(1, 40))) for _ in range(30)]
    amina, boris = world.person("Amina"), world.person("Boris")
    await boris.says("acte de naissance")
    await amina.says("/start")
    unseen = len(boris.messages())
    for token in [*TOKENS, *noise]:
        amina.reads()
        await forge(amina, token)
        assert amina.reads(), token
    assert len(boris.messages()) == unseen
    assert not any("n'a pas su traiter" in one for one in world.general())


async def test_another_person_s_numbers(world: World) -> None:
    """With the number of somebody else's question she sees none of it and changes none of it."""
    amina, boris = world.person("Amina"), world.person("Boris")
    await boris.says("logement du petit prince")
    await amina.says("/start")
    await boris.says("acte de naissance")
    for number in range(1, 4):
        for name in ("yes", "no", "question", "none", "pick"):
            await forge(amina, f"{name}:{number}:0")
    assert not any("petit prince" in text(message) for message in amina.messages())
    assert "ancien" in text(amina.messages()[-1])
    boris.reads()
    await talk(boris, [("[Oui]", "Tant mieux")])


async def test_a_press_without_its_message(world: World) -> None:
    """A press on a message too old for Telegram to show is answered all the same."""
    amina = world.person("Amina")
    await amina.says("/start")
    query = {"id": "7", "from": amina.user, "chat_instance": "1", "data": "themes"}
    world.engine.deliver_raw({"callback_query": query})
    await world.settle()
    assert "Choisissez un thème" in amina.reads()[-1]
