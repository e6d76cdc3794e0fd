"""Somebody edits the files of a running robot, and hears what it says of them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from faq.live import LiveFaq, Reload
from faq.snapshot import take
from tests.faq.small_faq import SmallFaq

PATIENCE = 15.0  # seconds: far more than a change needs to be seen
STARTING = 2.5  # seconds: more than the watch needs to start, and a FAQ to be read


@dataclass
class Editor:
    """Changes files under a running robot, and hears what it says."""

    small: SmallFaq
    live: LiveFaq
    heard: asyncio.Queue[Reload] = field(default_factory=asyncio.Queue)

    async def next_result(self) -> Reload:
        """What the robot says of the next change."""
        return await asyncio.wait_for(self.heard.get(), PATIENCE)


@asynccontextmanager
async def editing(small: SmallFaq) -> AsyncIterator[Editor]:
    """The robot watches; a first change proves that it does, since starting takes a moment."""
    editor = Editor(small, LiveFaq(small.directory, small.service_file))
    stop = asyncio.Event()
    watching = asyncio.create_task(editor.live.watch(editor.heard.put, stop))
    await _wait_until_watched(editor)
    try:
        yield editor
    finally:
        stop.set()
        await asyncio.wait_for(watching, PATIENCE)


async def _wait_until_watched(editor: Editor) -> None:
    for number in range(int(PATIENCE / STARTING)):
        editor.small.change("synonymes.yml", "cpam", f"cpam, mot{number}")
        try:
            await asyncio.wait_for(editor.heard.get(), STARTING)
        except TimeoutError:
            continue
        while take(editor.small.directory, editor.small.service_file).version != (
            editor.live.current.version
        ):  # slower than STARTING: a change before the last one was heard
            await editor.next_result()
        return
    raise AssertionError("no change was ever seen")
