"""The real program, as `make run` starts it, in a directory of its own and without a token."""

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Self

from tests.browser.page import PATIENCE

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Program:
    """`python -m bot run` from ``__enter__`` to ``__exit__``, which asks it to end and checks."""

    def __init__(
        self,
        folder: Path,
        faq_dir: Path = ROOT / "faq/content",
        service_file: Path = ROOT / "faq/service.yml",
    ) -> None:
        self.folder = folder
        self.faq_dir = faq_dir
        self.service_file = service_file
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/"
        self.output = folder / "output.txt"

    def __enter__(self) -> Self:
        settings = {
            "PYTHONPATH": str(ROOT),
            "DATABASE_PATH": str(self.folder / "passerelle.db"),
            "FAQ_DIR": str(self.faq_dir),
            "SERVICE_FILE": str(self.service_file),
            "SIMULATOR_PORT": str(self.port),
            "LIMIT_PERSON_PER_SECOND": "100",
            "LIMIT_GROUP_PER_MINUTE": "1000",
        }
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot", "run"],
                cwd=self.folder,  # a developer's .env stays out of it
                env={**os.environ, **settings},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(PATIENCE)
        if kind is None:
            assert code == 0, self.output.read_text()

    def answers(self) -> bool:
        """Whether the page can be opened; fails the test when the program has ended."""
        assert self.process.poll() is None, self.output.read_text()
        try:
            with urllib.request.urlopen(f"{self.url}sim/state", timeout=PATIENCE) as response:  # noqa: S310
                return int(response.status) == 200
        except urllib.error.URLError:
            return False
