"""Composition root and command line: `python -m bot run · ask · check · essais · export …`."""

import asyncio
import contextlib
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

import click

from bot import faq_commands, faq_explained, journal, serving
from bot.helpdesk import privacy
from bot.helpdesk.context import Helpdesk, Options
from bot.logs import set_up_logs
from bot.safety import Triage
from bot.settings import Settings, SettingsError, read_settings
from bot.store import DatabaseError, Store, readonly
from bot.store.lock import hold_lock
from bot.texts import Texts, load_texts
from faq.catalogue import Faq
from faq.errors import FaqErrors
from faq.live import LiveFaq
from faq.loader import load
from faq.service import PARIS
from handlers.intake import FatalError

LAST_GOOD_FAQ = "derniere-bonne-faq.zip"  # beside the database


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
        kept = settings.database_path.with_name(LAST_GOOD_FAQ)
        live = LiveFaq(settings.faq_dir, settings.service_file, kept)
        _expect_data(settings)
        with hold_lock(settings.database_path):
            asyncio.run(serving.serve(settings, texts, live, say))


def _expect_data(settings: Settings) -> None:
    """EXPECT_DATA=1: an empty disk means that the data was lost, so nothing starts."""
    if settings.expect_data and not readonly.is_in_use(settings.database_path):
        raise DatabaseError(
            f"EXPECT_DATA=1, mais la base « {settings.database_path} » est absente ou vide. "
            "Le disque a peut-être été effacé. Remettez une sauvegarde, ou retirez EXPECT_DATA."
        )


@cli.command()
@click.argument("text")
@click.option("--explain", "in_full", is_flag=True, help="Montrer chaque étape du calcul.")
def ask(text: str, *, in_full: bool) -> None:
    """Montrer ce que la FAQ répondrait, avec les scores."""
    explain = faq_explained.explain_fully if in_full else faq_explained.explain_text
    with _one_sentence():
        lines = explain(_load_faq(read_settings()), text)
    say("\n".join(lines))


def _load_faq(settings: Settings) -> Faq:
    """The FAQ of the working folder; with mistakes, they are told after what they prevent."""
    try:
        return load(settings.faq_dir, settings.service_file)
    except FaqErrors:
        click.echo("La FAQ de ce dossier a des erreurs. Corrigez-les, puis relancez.", err=True)
        raise


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
        faq = _load_faq(settings)
        if fichier is None:
            lines = faq_commands.try_golden(faq)
        else:
            phrases = faq_explained.read_phrases(Path(fichier))
            lines = faq_explained.try_phrases(faq, phrases)
    say("\n".join(lines))


@cli.command()
def schema() -> None:
    """Écrire les schémas que lisent les éditeurs de texte (faq/schemas)."""
    with _one_sentence():
        lines = faq_commands.make_schemas(read_settings().service_file)
    say("\n".join(lines))


@cli.command()
@click.argument("page", type=click.Path(dir_okay=False), default="docs/fiches.md")
def tableau(page: str) -> None:
    """Écrire le tableau des fiches : sources, dates, lisibilité, essais."""
    with _one_sentence():
        settings = read_settings()
        faq = load(settings.faq_dir, settings.service_file)
        lines = faq_commands.make_table(faq, Path(page), datetime.now(PARIS).date())
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
