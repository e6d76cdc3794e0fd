"""A team that teaches its robot: a small FAQ on disk, really written, and the topic « FAQ »."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.texts import Texts
from faq.live import LiveFaq
from faq.writing import FaqWriter
from tests.conversations.world import Caseworker, Person, World, is_bots, labels, text
from tests.faq.small_faq import SmallFaq


@dataclass
class School:
    """One world, its files, and what is said in the topic « FAQ »."""

    world: World
    files: SmallFaq
    claire: Caseworker
    sofia: Caseworker

    @classmethod
    async def open(cls, folder: Path, texts: Texts, **files: str) -> "School":
        """Claire and Sofia are the team; the robot runs on files that it may write."""
        (folder / "faq").mkdir()
        small = SmallFaq(folder / "faq", files)
        world = World(folder, LiveFaq(small.directory, small.service_file), texts)
        world.writer = FaqWriter(small.directory, small.service_file)
        claire, sofia = world.make_team("Claire", "Sofia")
        await world.start()
        return cls(world, small, claire, sofia)

    def topic(self) -> dict[str, Any]:
        """The topic « FAQ »."""
        (found,) = [t for t in self.world.engine.topics(self.world.group) if t["name"] == "FAQ"]
        return dict(found)

    def messages(self) -> list[dict[str, Any]]:
        """What the robot wrote in it."""
        group = self.world.group["id"]
        return [m for m in self.world.engine.messages(group, self.topic()["id"]) if is_bots(m)]

    def reads(self) -> list[str]:
        """The texts of these messages."""
        return [text(message) for message in self.messages() if text(message)]

    async def touches(self, who: Caseworker, label: str) -> None:
        """She touches the newest button of the topic that shows these words."""
        for message in reversed(self.messages()):
            if label in labels(message):
                self.world.engine.press(who.user, who.chat, message["message_id"], label)
                await self.world.settle()
                return
        raise AssertionError(f"no button « {label} » in the topic « FAQ »")

    async def replies(self, who: Caseworker, words: str, to: dict[str, Any] | None = None) -> None:
        """She replies to a message of the topic, by default the newest."""
        about = to or self.messages()[-1]
        self.world.engine.say(
            who.user,
            who.chat,
            words,
            topic=self.topic()["id"],
            reply_to=about["message_id"],
        )
        await self.world.settle()

    async def publishes(self, who: Caseworker) -> str:
        """She approves the newest draft; returns what is said of the file, once it serves."""
        await self.touches(who, "Valider")
        written = self.reads()[-1]
        assert "c'est écrit" in written, written
        self.world.faq.reload()
        return written

    async def asks(self, words: str, name: str = "Lina") -> Person:
        """Somebody new asks the robot."""
        person = self.world.person(name)
        await person.says(words)
        return person

    def draw_a_step(self) -> Path:
        """An entry gets steps, one of which has a picture; returns the picture."""
        folder = self.files.directory / "images"
        folder.mkdir()
        picture = folder / "menu.png"
        picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 20)
        steps = "etapes: [Ouvrez caf.fr., {texte: Touchez Mon compte., image: menu.png}]"
        self.files.change("content/aides.yml", "reponse: Voici la réponse.", steps)
        self.world.faq.reload()
        return picture

    async def writes(self, who: Caseworker, words: str) -> None:
        """She writes in the topic."""
        self.world.engine.say(who.user, who.chat, words, topic=self.topic()["id"])
        await self.world.settle()
