"""`python -m bot run`: the robot at Telegram, or with the embedded one, from start to stop.

Only `bot.__main__` imports this module.
"""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeAlias

from bot.editor import FaqEditor
from bot.faq_explained import explain_message
from bot.helpdesk.context import Options
from bot.safety import Triage
from bot.settings import Settings
from bot.simulator import demo
from bot.simulator.engine import Engine
from bot.simulator.http import SimulatorServer
from bot.store import Store
from bot.texts import Texts
from faq.catalogue import Faq
from faq.disk import thrown_away
from faq.live import LiveFaq, LoadedFaq, RefusedFaq, Reload
from faq.service import PARIS
from faq.trials import broken_trials
from faq.writing import FaqWriter
from handlers.intake import FatalError
from handlers.limits import Rates
from handlers.runtime import Parts, Runtime, Webhook, utc_now
from handlers.startup import build_bot

SIMULATOR_STATE = "simulateur.json"

Say: TypeAlias = Callable[[str], None]  # writes for whoever runs the program


async def serve(settings: Settings, texts: Texts, live: LiveFaq, say: Say) -> None:
    """Run until a signal, or until something ends by itself.

    Raises FatalError or DatabaseError with a French sentence.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    say(_word_faq(texts, live.current))
    if live.start_errors:
        listed = "\n".join(map(str, live.start_errors))
        say(texts.terminal.faq_kept.format(errors=listed))
    kind = _Real if settings.telegram_token else _Demo
    program: _Real | _Demo = kind(settings, texts, live, say)
    await program.start()
    if live.start_errors:
        await program.on_reload(RefusedFaq(live.start_errors))
    watching = asyncio.create_task(live.watch(_tell_reload(texts, program, say)))
    trying = asyncio.create_task(_tell_trials(texts, live, say, stop))
    stopping = asyncio.create_task(stop.wait())
    ending = asyncio.create_task(program.run())
    try:
        await asyncio.wait({stopping, ending, watching}, return_when=asyncio.FIRST_COMPLETED)
        if not ending.done():
            say(texts.terminal.stopping)
    finally:
        stop.set()
        for task in (watching, trying, stopping):
            task.cancel()
        await asyncio.gather(watching, trying, stopping, return_exceptions=True)
        await program.stop()
        if not ending.done():
            ending.cancel()
    for outcome in await asyncio.gather(ending, watching, return_exceptions=True):
        if isinstance(outcome, Exception):
            raise outcome  # also when telling a change failed: a silent end would look like a stop


async def _tell_trials(texts: Texts, live: LiveFaq, say: Say, stop: asyncio.Event) -> None:
    """Whether the entries keep their promises, seconds after the start (decision 28)."""
    broken = await asyncio.to_thread(
        broken_trials, live.current, is_wanted=lambda: not stop.is_set()
    )
    if broken and not stop.is_set():
        say(texts.terminal.faq_trials.format(lines="\n".join(map(str, broken))))


def _tell_reload(
    texts: Texts, program: "_Real | _Demo", say: Say
) -> Callable[[Reload], Awaitable[None]]:
    """An edited FAQ file is taken, or named with its errors: in the terminal and in General."""

    async def tell(result: Reload) -> None:
        match result:
            case RefusedFaq(errors=errors):
                listed = "\n".join(str(error) for error in errors)
                say(texts.terminal.faq_refused.format(errors=listed))
            case LoadedFaq(faq=faq):
                say(_word_faq(texts, faq))
        await program.on_reload(result)

    return tell


def _word_faq(texts: Texts, faq: Faq) -> str:
    return texts.terminal.faq_loaded.format(
        entries=len(faq.entries), themes=len(faq.themes), version=faq.version
    )


def _rates(settings: Settings) -> Rates:
    return Rates(
        settings.limit_overall_per_second,
        settings.limit_person_per_second,
        settings.limit_group_per_minute,
    )


class _Real:
    """The robot at Telegram, or at any Bot API server."""

    def __init__(self, settings: Settings, texts: Texts, live: LiveFaq, say: Say) -> None:
        self._settings = settings
        self._texts = texts
        self._live = live
        self._say = say

    async def start(self) -> None:
        settings, texts = self._settings, self._texts
        token = settings.telegram_token.get_secret_value() if settings.telegram_token else ""
        unfilled = self._live.current.service.to_fill
        if self._live.current.service.is_example:
            self._say(texts.terminal.example_service.format(lines="\n".join(unfilled)))
        self._store = await Store.open(settings.database_path)
        self._runtime = Runtime(
            Parts(
                store=self._store,
                bot=build_bot(token, settings.telegram_api_url),
                faq=self._live,
                writer=FaqWriter(
                    settings.faq_dir, settings.service_file, kept_disk=self._why_not_kept
                ),
                texts=texts,
                token=token,
                rates=_rates(settings),
                staff_chat_id=settings.staff_chat_id,
                webhook=_webhook(settings),
                say=self._say,
            )
        )
        try:
            await self._runtime.start()
        except BaseException:
            await self.stop()
            raise
        self._say(
            texts.terminal.ready.format(
                robot=self._runtime.me.username if self._runtime.me else ""
            )
        )

    def _why_not_kept(self) -> str | None:
        mounts = Path("/proc/self/mountinfo")
        text = mounts.read_text(errors="replace") if mounts.exists() else ""
        return thrown_away(self._settings.faq_dir, os.environ, text)

    async def on_reload(self, result: Reload) -> None:
        await self._runtime.on_reload(result)

    async def run(self) -> None:
        await self._runtime.run()

    async def stop(self) -> None:
        await self._runtime.stop()
        await self._store.close()


def _webhook(settings: Settings) -> Webhook | None:
    if settings.webhook_url is None or settings.webhook_secret is None:
        return None
    return Webhook(settings.webhook_url, settings.webhook_secret.get_secret_value(), settings.port)


class _Demo:
    """The robot and the embedded Telegram, over HTTP on this machine: the path of production."""

    def __init__(self, settings: Settings, texts: Texts, live: LiveFaq, say: Say) -> None:
        self._settings = settings
        self._texts = texts
        self._live = live
        self._say = say
        self._ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._restarting = asyncio.Lock()

    async def start(self) -> None:
        state = self._settings.database_path.with_name(SIMULATOR_STATE)
        try:
            self._engine = Engine(state)
        except ValueError:
            raise FatalError(
                f"Le fichier « {state} » est illisible. Effacez-le, puis relancez."
            ) from None
        port = self._settings.simulator_port
        self._server = SimulatorServer(
            self._engine,
            port,
            explain=self._explain,
            reset=self._start_over,
            editor=self._editor(),
        )
        try:
            self._port = await self._server.start()
        except OSError:
            raise FatalError(
                f"Le port {port} est déjà pris. Choisissez un autre SIMULATOR_PORT."
            ) from None
        await self._begin()
        self._say(self._texts.terminal.simulator.format(address=f"http://127.0.0.1:{self._port}/"))

    async def _begin(self) -> None:
        group_id = demo.seed(self._engine)
        self._store = await Store.open(self._settings.database_path)
        token = self._engine.token
        self._runtime = Runtime(
            Parts(
                store=self._store,
                bot=build_bot(token, f"http://127.0.0.1:{self._port}"),
                faq=self._live,
                writer=FaqWriter(self._settings.faq_dir, self._settings.service_file),
                texts=self._texts,
                token=token,
                options=Options(shows_example=True),
                rates=_rates(self._settings),
                staff_chat_id=group_id,
                say=self._say,
            )
        )
        await self._runtime.start()
        self._watcher = asyncio.create_task(self._watch(self._runtime))

    async def _watch(self, runtime: Runtime) -> None:
        """A loop that ends by itself ends the program, with its reason."""
        try:
            await runtime.run()
        except Exception as error:
            if not self._ended.done():
                self._ended.set_exception(error)

    async def _start_over(self) -> None:
        """« Tout recommencer »: both files are emptied, and everybody is new."""
        async with self._restarting:
            await self._end()
            for suffix in ("", "-wal", "-shm"):
                path = self._settings.database_path
                path.with_name(path.name + suffix).unlink(missing_ok=True)
            self._engine.reset()
            await self._begin()

    async def _end(self) -> None:
        self._watcher.cancel()
        await asyncio.gather(self._watcher, return_exceptions=True)
        await self._runtime.stop()
        await self._store.close()

    def _editor(self) -> FaqEditor:
        settings = self._settings
        return FaqEditor(
            self._live,
            settings.faq_dir,
            settings.service_file,
            lambda: utc_now().astimezone(PARIS).date(),
        )

    def _explain(self, text: str) -> dict[str, Any]:
        faq = self._live.current
        return explain_message(faq, Triage(faq.dangers), text).as_dict()

    async def on_reload(self, result: Reload) -> None:
        async with self._restarting:
            await self._runtime.on_reload(result)

    async def run(self) -> None:
        await self._ended

    async def stop(self) -> None:
        if hasattr(self, "_watcher"):
            await self._end()
        await self._server.stop()
        await self._engine.stop()
