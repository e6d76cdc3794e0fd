"""Composition root and command line: `python -m bot run · ask · check · essais · export …`."""

import asyncio
import contextlib
import signal
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

import click

from bot import faq_commands, journal
from bot.helpdesk import privacy
from bot.helpdesk.context import Helpdesk, Options
from bot.logs import set_up_logs
from bot.safety import Triage
from bot.settings import Settings, SettingsError, read_settings
from bot.simulator import demo
from bot.simulator.engine import Engine
from bot.simulator.http import SimulatorServer
from bot.store import DatabaseError, Store, readonly
from bot.store.lock import hold_lock
from bot.texts import Texts, load_texts
from faq.catalogue import Faq
from faq.errors import FaqErrors
from faq.live import LiveFaq, LoadedFaq, RefusedFaq, Reload
from faq.loader import load
from faq.service import PARIS
from handlers.intake import FatalError
from handlers.limits import Rates
from handlers.runtime import Parts, Runtime, Webhook
from handlers.startup import build_bot

SIMULATOR_STATE = "simulateur.json"


@click.group()
def cli() -> None:
    """Passerelle : le robot Telegram des travailleurs sociaux."""


def say(text: str) -> None:
    """Write for whoever runs the program."""
    click.echo(text)
    sys.stdout.flush()


@contextlib.contextmanager
def _one_sentence() -> Any:
    """Whatever prevents the program from working is said in French, with a non-zero exit."""
    try:
        yield
    except (SettingsError, FaqErrors, DatabaseError, FatalError) as error:
        click.echo(str(error), err=True)
        raise SystemExit(1) from None


@cli.command()
def run() -> None:
    """Démarrer le robot (ou le simulateur, sans TELEGRAM_TOKEN)."""
    with _one_sentence():
        settings = read_settings()
        set_up_logs(settings.log_level)
        texts = load_texts()
        live = LiveFaq(settings.faq_dir, settings.service_file)
        _expect_data(settings)
        with hold_lock(settings.database_path):
            asyncio.run(_serve(settings, texts, live))


def _expect_data(settings: Settings) -> None:
    """EXPECT_DATA=1: an empty disk means that the data was lost, so nothing starts."""
    if settings.expect_data and not readonly.is_in_use(settings.database_path):
        raise DatabaseError(
            f"EXPECT_DATA=1, mais la base « {settings.database_path} » est absente ou vide. "
            "Le disque a peut-être été effacé. Remettez une sauvegarde, ou retirez EXPECT_DATA."
        )


async def _serve(settings: Settings, texts: Texts, live: LiveFaq) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    say(_word_faq(texts, live.current))
    program = (
        _Real(settings, texts, live) if settings.telegram_token else _Demo(settings, texts, live)
    )
    await program.start()
    watching = asyncio.create_task(live.watch(_tell_reload(texts)))
    stopping = asyncio.create_task(stop.wait())
    ending = asyncio.create_task(program.run())
    try:
        await asyncio.wait({stopping, ending, watching}, return_when=asyncio.FIRST_COMPLETED)
        if not ending.done():
            say(texts.terminal.stopping)
    finally:
        for task in (watching, stopping):
            task.cancel()
        await asyncio.gather(watching, stopping, return_exceptions=True)
        await program.stop()
        if not ending.done():
            ending.cancel()
    (outcome,) = await asyncio.gather(ending, return_exceptions=True)
    if isinstance(outcome, Exception):
        raise outcome


def _tell_reload(texts: Texts) -> Callable[[Reload], Awaitable[None]]:
    """An edited FAQ file is taken, or named with its errors, in the terminal."""

    async def tell(result: Reload) -> None:
        match result:
            case RefusedFaq(errors=errors):
                listed = "\n".join(str(error) for error in errors)
                say(texts.terminal.faq_refused.format(errors=listed))
            case LoadedFaq(faq=faq):
                say(_word_faq(texts, faq))

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

    def __init__(self, settings: Settings, texts: Texts, live: LiveFaq) -> None:
        self._settings = settings
        self._texts = texts
        self._live = live

    async def start(self) -> None:
        settings, texts = self._settings, self._texts
        token = settings.telegram_token.get_secret_value() if settings.telegram_token else ""
        unfilled = self._live.current.service.to_fill
        if self._live.current.service.is_example:
            say(texts.terminal.example_service.format(lines="\n".join(unfilled)))
        self._store = await Store.open(settings.database_path)
        self._runtime = Runtime(
            Parts(
                store=self._store,
                bot=build_bot(token, settings.telegram_api_url),
                faq=self._live,
                texts=texts,
                token=token,
                rates=_rates(settings),
                staff_chat_id=settings.staff_chat_id,
                webhook=_webhook(settings),
                say=say,
            )
        )
        try:
            await self._runtime.start()
        except BaseException:
            await self.stop()
            raise
        say(
            texts.terminal.ready.format(
                robot=self._runtime.me.username if self._runtime.me else ""
            )
        )

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

    def __init__(self, settings: Settings, texts: Texts, live: LiveFaq) -> None:
        self._settings = settings
        self._texts = texts
        self._live = live
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
            self._engine, port, explain=self._explain, reset=self._start_over
        )
        try:
            self._port = await self._server.start()
        except OSError:
            raise FatalError(
                f"Le port {port} est déjà pris. Choisissez un autre SIMULATOR_PORT."
            ) from None
        await self._begin()
        say(self._texts.terminal.simulator.format(address=f"http://127.0.0.1:{self._port}/"))

    async def _begin(self) -> None:
        group_id = demo.seed(self._engine)
        self._store = await Store.open(self._settings.database_path)
        token = self._engine.token
        self._runtime = Runtime(
            Parts(
                store=self._store,
                bot=build_bot(token, f"http://127.0.0.1:{self._port}"),
                faq=self._live,
                texts=self._texts,
                token=token,
                options=Options(shows_example=True),
                rates=_rates(self._settings),
                staff_chat_id=group_id,
                say=say,
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

    def _explain(self, text: str) -> dict[str, Any]:
        faq = self._live.current
        return faq_commands.explain_message(faq, Triage(faq.dangers), text).as_dict()

    async def run(self) -> None:
        await self._ended

    async def stop(self) -> None:
        if hasattr(self, "_watcher"):
            await self._end()
        await self._server.stop()
        await self._engine.stop()


@cli.command()
@click.argument("text")
def ask(text: str) -> None:
    """Montrer ce que la FAQ répondrait, avec les scores."""
    with _one_sentence():
        settings = read_settings()
        lines = faq_commands.explain_text(load(settings.faq_dir, settings.service_file), text)
    say("\n".join(lines))


@cli.command()
@click.option("--format", "form", type=click.Choice(["texte", "json"]), default="texte")
def check(form: str) -> None:
    """Vérifier les fichiers de la FAQ ; sortie 1 s'il y a des erreurs."""
    with _one_sentence():
        settings = read_settings()
        today = datetime.now(PARIS).date()
        lines, is_good = faq_commands.check(settings.faq_dir, settings.service_file, form, today)
    say("\n".join(lines))
    if not is_good:
        raise SystemExit(1)


@cli.command()
@click.option("--ecrire", is_flag=True, help="Écrire les seuils dans service.yml.")
def calibrer(*, ecrire: bool) -> None:
    """Proposer les seuils de la recherche, d'après la FAQ elle-même."""
    with _one_sentence():
        settings = read_settings()
        faq = load(settings.faq_dir, settings.service_file)
        lines = faq_commands.calibrate(faq, settings.service_file, write=ecrire)
    say("\n".join(lines))


@cli.command()
@click.argument("fichier", type=click.Path(exists=True, dir_okay=False), required=False)
def essais(fichier: str | None) -> None:
    """Jouer les messages d'essai ; avec un fichier de phrases, ce que chacune recevrait."""
    with _one_sentence():
        settings = read_settings()
        faq = load(settings.faq_dir, settings.service_file)
        if fichier is None:
            lines = faq_commands.try_golden(faq)
        else:
            lines = faq_commands.try_phrases(faq, faq_commands.read_phrases(Path(fichier)))
    say("\n".join(lines))


@cli.command()
def apprendre() -> None:
    """Réapprendre à reconnaître le danger, d'après faq/exemples_danger (deux minutes)."""
    with _one_sentence():
        settings = read_settings()
        lines = faq_commands.learn_danger(load(settings.faq_dir, settings.service_file))
    say("\n".join(lines))


@cli.command()
@click.option("--output", type=click.File("w", encoding="utf-8"), default="-")
def export(output: TextIO) -> None:
    """Écrire le journal en CSV, même pendant que le robot marche."""
    with _one_sentence():
        settings = read_settings()
        count = journal.export(settings.database_path, output)
        click.echo(f"{count} échanges.", err=True)


@cli.command()
def purge() -> None:
    """Effacer ce qui a dépassé sa durée (le robot arrêté ; en marche, il le fait chaque jour)."""
    with _one_sentence():
        settings = read_settings()
        faq = load(settings.faq_dir, settings.service_file)
        texts = load_texts()
        with hold_lock(settings.database_path):
            count = asyncio.run(_purge(settings, faq, texts))
    say(f"{count} lignes effacées.")


async def _purge(settings: Settings, faq: Faq, texts: Texts) -> int:
    store = await Store.open(settings.database_path)
    try:
        async with store.transaction() as tx:
            triage = Triage(faq.dangers)
            desk = Helpdesk(tx, datetime.now(UTC), faq, texts, triage, Options())
            count = await privacy.purge(desk)
        await store.forget_deleted_pages()
    finally:
        await store.close()
    return count


if __name__ == "__main__":
    cli()
