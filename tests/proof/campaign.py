"""One campaign: a burst, the robot killed in it again and again, until all is quiet.

The Bot API lives in this process, so that its ledger survives every kill.
"""

import asyncio
import copy
import random
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.simulator.engine import Engine
from bot.simulator.http import SimulatorServer
from bot.simulator.ledger import Call, Ledger
from tests.proof.burst import Burst, find_questions, load_faq
from tests.proof.robot import Robot

LATENCY = (0.01, 0.02)  # seconds there and back: calls are in flight when the kill comes
QUIET_PATIENCE = 120.0  # seconds after which what still waits is lost
LIVE_PATIENCE = 8.0  # seconds; a robot that has no more to do is killed idle
QUICK_STOP = 10.0  # seconds: Docker waits no longer
MOST_CALLS_BEFORE_KILL = 60
LONGEST_AIM = 0.05  # seconds between the call aimed at and the kill


class WatchedLedger(Ledger):
    """A ledger that tells when a call arrives."""

    def __init__(self) -> None:
        """Nobody listens yet."""
        super().__init__()
        self.on_call: Callable[[], None] = lambda: None

    def add(self, call: Call) -> None:
        """Keep the call, then tell."""
        super().add(call)
        self.on_call()


@dataclass
class Figures:
    """What one campaign, or several, went through."""

    kills: int = 0
    updates: int = 0
    in_flight: int = 0  # rows caught by a kill
    unknown: int = 0  # of these, those to a person: shown instead of sent again
    marked: int = 0  # second copies at the desk, marked so
    orphans: int = 0  # topics opened by a call whose answer was lost
    seconds: float = 0.0

    def __add__(self, other: "Figures") -> "Figures":
        """Both together."""
        mine, theirs = vars(self), vars(other)
        return Figures(**{name: mine[name] + theirs[name] for name in mine})

    def __str__(self) -> str:
        """One line for a human."""
        return (
            f"{self.kills} kills, {self.updates} updates, {self.in_flight} rows in flight at a"
            f" kill, {self.unknown} unknown and shown, {self.marked} marked second copies,"
            f" {self.orphans} topics opened twice, {self.seconds:.1f} s"
        )


class Campaign:
    """The Bot API, the burst, the robot."""

    def __init__(self, folder: Path, seed: int) -> None:
        """Nothing runs before `open`."""
        self.random = random.Random(seed)  # noqa: S311 - chance, not a secret
        self.engine = Engine()
        self.ledger = self.engine.ledger = WatchedLedger()
        self.faq = load_faq()
        self.figures = Figures()
        self.updates: list[dict[str, Any]] = []  # every update there ever was
        self.engine.world.updates.on_queued = self._note_update
        self.burst = Burst(self.engine, seed, find_questions(self.faq))
        self._server = SimulatorServer(self.engine)
        self._folder = folder
        self.robot: Robot

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Campaign"]:
        """The Bot API listens; the robot exists and is not started."""
        port = await self._server.start()
        address = f"http://127.0.0.1:{port}"
        group = int(self.burst.group["id"])
        self.robot = Robot(self._folder, self.engine.token, address, group)
        self.engine.latency = LATENCY
        try:
            yield self
        finally:
            await self.robot.end()
            await self._server.stop()

    def _note_update(self) -> None:
        newest = next(reversed(self.engine.world.updates.entries.values()))
        self.updates.append(copy.deepcopy(newest.update))

    async def run(self, kills: int, updates: int) -> None:
        """Kill `kills` times during a burst of `updates`, then let the robot end its work."""

        async def kill() -> None:
            await self.robot.kill()
            self.figures.kills += 1

        await self._interrupt(kill, kills, updates)

    async def stop_under_load(self, stops: int, updates: int) -> None:
        """The same with SIGTERM: each stop is clean and quick."""

        async def stop() -> None:
            began = time.monotonic()
            code = await self.robot.terminate()
            assert code == 0, f"exit code {code}: {self.robot.read_log()}"
            assert time.monotonic() - began < QUICK_STOP

        await self._interrupt(stop, stops, updates)

    async def _interrupt(
        self, interrupt: Callable[[], Awaitable[None]], times: int, updates: int
    ) -> None:
        began = time.monotonic()
        to_act = updates
        share = max(1, updates // (times + 1))
        for _ in range(times):
            for _ in range(min(share, to_act)):
                self.burst.act()
            to_act -= min(share, to_act)
            await self.robot.start()
            to_act = await self._live_for_a_while(to_act)
            await interrupt()
            self.figures.in_flight += self._check_file()
        for _ in range(to_act):
            self.burst.act()
        await self.robot.start()
        await self.settle()
        self.figures.updates = len(self.updates)
        self.figures.seconds = time.monotonic() - began

    async def _live_for_a_while(self, to_act: int) -> int:
        """Return at a random moment; meanwhile the robot's calls make people act."""
        loop = asyncio.get_running_loop()
        moment = asyncio.Event()
        aim = len(self.ledger) + self.random.randint(1, MOST_CALLS_BEFORE_KILL)

        def on_call() -> None:
            nonlocal to_act
            if to_act and self.random.random() < 0.1:
                to_act -= 1
                loop.call_soon(self.burst.act)
            if len(self.ledger) == aim:
                loop.call_later(self.random.uniform(0, LONGEST_AIM), moment.set)

        self.ledger.on_call = on_call
        try:
            async with asyncio.timeout(LIVE_PATIENCE):
                await moment.wait()
        except TimeoutError:
            pass  # all was quiet before the call aimed at: a kill of an idle robot
        self.ledger.on_call = lambda: None
        return to_act

    def _check_file(self) -> int:
        """The file is whole at once; returns how many calls were under way."""
        if not self.robot.database.exists():
            return 0
        with self.read() as database:
            (verdict,) = database.execute("PRAGMA integrity_check").fetchone()
            assert verdict == "ok", verdict
            if not database.execute(
                "SELECT 1 FROM sqlite_master WHERE name = 'outbox'"
            ).fetchone():
                return 0
            query = "SELECT count(*) FROM outbox WHERE status = 'sending'"
            return int(database.execute(query).fetchone()[0])

    def read(self) -> "closing[sqlite3.Connection]":
        """The database, beside the robot or after it."""
        connection = sqlite3.connect(f"file:{self.robot.database}?mode=ro", uri=True)
        connection.row_factory = sqlite3.Row
        return closing(connection)

    async def settle(self) -> None:
        """Wait until everything said is handled and everything written has left."""
        moved = asyncio.Event()
        self.ledger.on_call = moved.set
        try:
            async with asyncio.timeout(QUIET_PATIENCE):
                while not self._is_quiet():
                    moved.clear()
                    try:
                        async with asyncio.timeout(0.1):  # a commit makes no call: look again
                            await moved.wait()
                    except TimeoutError:
                        continue
        except TimeoutError:
            raise AssertionError(f"never quiet: {self.robot.read_log()}") from None
        self.ledger.on_call = lambda: None

    def _is_quiet(self) -> bool:
        if self.engine.pending_updates() or not self.robot.database.exists():
            return False
        with self.read() as database:
            busy = (
                "SELECT (SELECT count(*) FROM inbox WHERE status = 'new')"
                " + (SELECT count(*) FROM outbox WHERE status IN ('waiting', 'sending'))"
            )
            try:
                return int(database.execute(busy).fetchone()[0]) == 0
            except sqlite3.OperationalError:
                return False  # the tables are being made
