"""The real program, `python -m bot run`, as a process that can be killed and started again."""

import asyncio
import os
import signal
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

STOP_PATIENCE = 30.0  # seconds; a stop that takes longer fails its test


class Robot:
    """One robot on one database, whatever happens to its processes."""

    def __init__(self, folder: Path, token: str, api_url: str, group: int) -> None:
        """`folder` receives the database and the log of every run, one after the other."""
        self.database = folder / "passerelle.db"
        self.log = folder / "robot.log"
        self._settings = {
            "TELEGRAM_TOKEN": token,
            "TELEGRAM_API_URL": api_url,
            "STAFF_CHAT_ID": str(group),
            "DATABASE_PATH": str(self.database),
            "FAQ_DIR": str(ROOT / "faq" / "content"),
            "SERVICE_FILE": str(ROOT / "faq" / "service.yml"),
            "LIMIT_OVERALL_PER_SECOND": "100000",
            "LIMIT_PERSON_PER_SECOND": "100000",
            "LIMIT_GROUP_PER_MINUTE": "100000",
        }
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None

    async def start(self, **settings: str) -> None:
        """Start it; `settings` are added to its environment."""
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self._folder),
            "PYTHONPATH": str(ROOT),
            **self._settings,
            **settings,
        }
        with self.log.open("ab") as log:
            # Its own folder: a developer's .env must not be read.
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                "run",
                cwd=self._folder,
                env=environment,
                stdout=log,
                stderr=log,
            )

    def twin(self) -> "Robot":
        """Another robot with the same settings, on the same database, with a log of its own."""
        token, url = self._settings["TELEGRAM_TOKEN"], self._settings["TELEGRAM_API_URL"]
        twin = Robot(self._folder, token, url, int(self._settings["STAFF_CHAT_ID"]))
        twin.log = self.log.with_name("twin.log")
        return twin

    async def wait(self) -> int:
        """Its exit code, once it has ended by itself."""
        assert self._process is not None
        async with asyncio.timeout(STOP_PATIENCE):
            return await self._process.wait()

    async def kill(self) -> None:
        """SIGKILL: it has no time for a last word."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.kill()
        code = await self.wait()
        assert code == -signal.SIGKILL, f"it had ended by itself ({code}): {self.read_log()}"

    async def terminate(self) -> int:
        """SIGTERM, as a host stops a program; returns its exit code."""
        assert self._process is not None
        self._process.terminate()
        return await self.wait()

    async def end(self) -> None:
        """Whatever a test did, no process survives it."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    def read_log(self) -> str:
        """The end of what it logged."""
        return self.log.read_text(encoding="utf-8", errors="replace")[-3000:]
