"""People who write, and how fast they are answered."""

import asyncio
import time
from dataclasses import dataclass

from bot.simulator.engine import Engine


@dataclass(frozen=True)
class Result:
    """Delays in seconds, sorted; `seconds` is the whole time of the run."""

    delays: tuple[float, ...]
    seconds: float

    @property
    def per_second(self) -> float:
        """Answers per second."""
        return len(self.delays) / self.seconds

    @property
    def p50(self) -> float:
        """Half of the answers came within that time."""
        return self.delays[len(self.delays) // 2]

    @property
    def p99(self) -> float:
        """Ninety-nine in a hundred came within that time."""
        return self.delays[min(len(self.delays) - 1, len(self.delays) * 99 // 100)]


class _Answers:
    """Counts the messages that the bot sent, without asking the database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._news = asyncio.Event()
        self._looked = 0
        self._count = 0
        engine.changed.subscribe(lambda _: self._news.set())

    def count(self) -> int:
        """How many messages were accepted so far; what was counted is not looked at again."""
        calls = self._engine.ledger
        while self._looked < len(calls):
            call = calls[self._looked]
            if call.method == "sendMessage":
                if call.status == 0:
                    break  # under way
                self._count += call.is_accepted
            self._looked += 1
        return self._count

    async def wait_for(self, count: int) -> None:
        """Until that many were accepted."""
        while self.count() < count:
            self._news.clear()
            await self._news.wait()


async def burst(engine: Engine, people: int, updates: int, question: str) -> Result:
    """Everybody is known first; then all the questions come at once."""
    answers = _Answers(engine)
    crowd = [engine.add_person(f"Personne {n}") for n in range(people)]
    before = answers.count()
    for person in crowd:
        engine.say(person, person["id"], "/start")
    await answers.wait_for(before + people)
    before = answers.count()
    began = time.perf_counter()
    for number in range(updates):
        person = crowd[number % people]
        engine.say(person, person["id"], question)
    await answers.wait_for(before + updates)
    seconds = time.perf_counter() - began
    return Result((seconds,) * updates, seconds)


async def ask_one_by_one(engine: Engine, questions: int, question: str) -> Result:
    """One person, one question at a time: how long an answer takes."""
    answers = _Answers(engine)
    person = engine.add_person("Personne seule")
    before = answers.count()
    engine.say(person, person["id"], "/start")
    await answers.wait_for(before + 1)
    delays = []
    for _ in range(questions):
        before = answers.count()
        began = time.perf_counter()
        engine.say(person, person["id"], question)
        await answers.wait_for(before + 1)
        delays.append(time.perf_counter() - began)
    return Result(tuple(sorted(delays)), sum(delays))
