"""Twenty people and two caseworkers who write all at once, and remember what they wrote.

Ten people ask questions that the FAQ answers, each question once. Ten ask for a person, then
write numbered messages (`Awa-7 …`), one of them in danger; caseworkers answer in their topics.
"""

import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.safety import Triage
from bot.simulator.engine import ANY, Engine
from faq.catalogue import Faq
from faq.decision import Answered
from faq.loader import load

ROOT = Path(__file__).parents[2]
ASKERS = ("Awa", "Bela", "Chloé", "Dario", "Elif", "Fanta", "Gaël", "Hana", "Ivo", "Jade")
CLIENTS = ("Karim", "Lina", "Moussa", "Nadia", "Omar", "Paula", "Rosa", "Sami", "Tina", "Yann")
DANGER = "je veux me suicider"


@dataclass
class Pupil:
    """One person, and what was written by her and to her, in order."""

    user: dict[str, Any]
    name: str
    is_client: bool
    asked: list[str] = field(default_factory=list)  # titles of the entries, as answers begin
    wrote: list[str] = field(default_factory=list)  # marks of her messages
    replied: list[str] = field(default_factory=list)  # marks of what caseworkers wrote to her
    is_handed_over: bool = False

    @property
    def chat(self) -> int:
        """Her private chat."""
        return int(self.user["id"])


def load_faq() -> Faq:
    """The FAQ that ships."""
    return load(ROOT / "faq" / "content", ROOT / "faq" / "service.yml")


def find_questions(faq: Faq) -> list[tuple[str, str]]:
    """(question, title) of the entries that answer their own question, and end there."""
    triage = Triage(faq.dangers)
    return [
        (entry.question, entry.title)
        for entry in faq.entries.values()
        if isinstance(faq.decide(entry.question), Answered)
        and not entry.always_human
        and triage.triage(entry.question) is None
    ]


class Burst:
    """Acts at random, reproducible by its seed as far as the robot's speed allows."""

    def __init__(self, engine: Engine, seed: int, questions: list[tuple[str, str]]) -> None:
        """Everybody and the team's group are made here."""
        self._engine = engine
        self._random = random.Random(seed)  # noqa: S311 - chance, not a secret
        self._questions = questions
        self.group = engine.add_group("Équipe sociale")
        self.caseworkers = [engine.add_person(name) for name in ("Claire", "Luc")]
        for user in self.caseworkers:
            engine.join(user, self.group["id"])
        self.people = [
            Pupil(engine.add_person(name), name, is_client=name in CLIENTS)
            for name in (*ASKERS, *CLIENTS)
        ]

    def act(self) -> None:
        """Somebody does something that makes one update."""
        pupil = self._random.choice(self.people)
        if not pupil.is_client:
            self._ask_or_press(pupil)
        elif not pupil.is_handed_over:
            pupil.is_handed_over = True
            self._engine.say(pupil.user, pupil.chat, "Parler à quelqu'un")
        else:
            self._write_or_reply(pupil)

    def _ask_or_press(self, pupil: Pupil) -> None:
        shown = self._find_button(pupil.chat, "Oui")
        if shown is not None and self._random.random() < 0.3:
            self._engine.press(pupil.user, pupil.chat, shown, "Oui")
            return
        question, title = self._questions[len(pupil.asked) % len(self._questions)]
        if len(pupil.asked) < len(self._questions):
            pupil.asked.append(title)
        self._engine.say(pupil.user, pupil.chat, question)

    def _write_or_reply(self, pupil: Pupil) -> None:
        topic = self._find_topic(pupil)
        chance = self._random.random()
        if topic is not None and chance < 0.4:
            self._reply(pupil, topic)
        elif topic is not None and chance < 0.5:
            self._claim(pupil, topic)
        else:
            mark = f"{pupil.name}-{len(pupil.wrote)}."
            is_danger = pupil.name == "Yann" and not pupil.wrote
            pupil.wrote.append(mark)
            self._engine.say(pupil.user, pupil.chat, f"{mark} {DANGER if is_danger else 'Voilà'}")

    def _reply(self, pupil: Pupil, topic: int) -> None:
        mark = f"{len(pupil.replied)}→{pupil.name}."
        pupil.replied.append(mark)
        caseworker = self._random.choice(self.caseworkers)
        self._engine.say(caseworker, self.group["id"], f"{mark} Bonjour", topic=topic)

    def _claim(self, pupil: Pupil, topic: int) -> None:
        shown = self._find_button(self.group["id"], "Je m'en occupe", topic)
        if shown is None:
            self._reply(pupil, topic)
        else:
            caseworker = self._random.choice(self.caseworkers)
            self._engine.press(caseworker, self.group["id"], shown, "Je m'en occupe")

    def _find_topic(self, pupil: Pupil) -> int | None:
        """Her topic, once it shows her card: a caseworker writes in no empty one."""
        for topic in self._engine.topics(self.group):
            is_hers = f"· {pupil.name} ·" in topic["name"]
            if is_hers and self._find_button(self.group["id"], "Terminer", topic["id"]):
                return int(topic["id"])
        return None

    def _find_button(self, chat: int, label: str, topic: int | None = None) -> int | None:
        for message in reversed(self._engine.messages(chat, topic or ANY)):
            rows = message.get("reply_markup", {}).get("inline_keyboard", [])
            if any(button["text"] == label for row in rows for button in row):
                return int(message["message_id"])
        return None
