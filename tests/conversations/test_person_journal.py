"""The journal: each exchange and event, kept as long as service.yml says, exported beside."""

import asyncio
import csv
import io
import os
import sqlite3
import sys
from datetime import timedelta
from typing import Any

from bot import journal
from bot.helpdesk import privacy
from tests.conversations.talk import talk
from tests.conversations.world import Caseworker, World


def _ask(world: World, sql: str) -> list[dict[str, Any]]:
    with sqlite3.connect(f"file:{world.database}?mode=ro", uri=True) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(sql)]


async def _purge(world: World, *, after: timedelta) -> int:
    world.clock.moved += after
    async with world.store.transaction() as tx:
        count = await privacy.purge(world.runtime.open_helpdesk(tx))
    await world.store.forget_deleted_pages()
    return count


def _bytes_kept(world: World) -> bytes:
    return b"".join(file.read_bytes() for file in world.database.parent.glob("passerelle.db*"))


async def test_each_exchange(world: World) -> None:
    """When, who, what was asked, outcome, entry, score, FAQ version, feedback, request."""
    amina = world.person("Amina")
    await talk(
        amina,
        [
            ("acte de naissance", "Acte"),
            ("[Oui]", "Tant mieux"),
            ("logement", "Laquelle"),
            ("1", "Demander un logement social"),
            ("zblorg", "pas trouvé"),
            ("humain", "demande n° 1"),
            ("vous êtes là ?", ""),
        ],
    )
    rows = _ask(world, "SELECT * FROM exchange ORDER BY id")
    outcomes = ["answered", "suggested", "chosen", "missed", "relayed"]
    assert [row["outcome"] for row in rows] == outcomes
    answered, suggested, chosen, missed, relayed = rows
    version = world.faq.current.version
    assert {row["faq_version"] for row in rows} == {version}
    assert answered["question"] == "acte de naissance"
    assert answered["entry_id"] == "acte_naissance"
    assert 0 < answered["score"] <= 1
    assert answered["feedback"] == "oui"
    assert answered["at"].startswith("2026-11-23T09:")
    assert suggested["proposals"].startswith("sne")
    assert suggested["feedback"] == "choisi:sne"
    assert (chosen["entry_id"], chosen["question"]) == ("sne", "logement")
    assert (missed["entry_id"], missed["faq_version"]) == (None, version)
    assert relayed["question"] == "vous êtes là ?"
    assert {row["ticket_id"] for row in rows} == {1}
    assert {row["beneficiary_id"] for row in rows} == {1}


async def test_events_of_a_request(world: World, claire: Caseworker) -> None:
    """Opened, claimed, reply, note (never its words), closed, reopened: each with who and when."""
    amina = world.person("Amina")
    await amina.says("humain")
    await claire.touches("Amina", "Je m'en occupe")
    await claire.writes("Amina", "Bonjour Amina.")
    await claire.writes("Amina", "// dossier fragile, en parler lundi")
    await claire.writes("Amina", "/clore")
    await amina.touches("Pas encore")
    events = _ask(world, "SELECT * FROM ticket_event ORDER BY id")
    kinds = [event["kind"] for event in events]
    assert kinds == ["opened", "claimed", "reply", "note", "closed", "reopened"]
    assert all(event["at"].startswith("2026-11-23T09:") for event in events)
    by = {event["kind"]: event["caseworker_name"] for event in events}
    assert (by["claimed"], by["reply"], by["note"]) == ("Claire", "Claire", "Claire")
    await world.store.forget_deleted_pages()
    assert b"dossier fragile" not in _bytes_kept(world)


async def test_questions_are_kept_thirty_days(world: World) -> None:
    """Questions to the robot go after `echanges_jours`, from the file and its log."""
    days = world.faq.current.service.retention.exchanges
    amina = world.person("Amina")
    await amina.says("zanzibaresque")
    await _purge(world, after=timedelta(days=days - 1))
    assert b"zanzibaresque" in _bytes_kept(world)
    await _purge(world, after=timedelta(days=2))
    assert b"zanzibaresque" not in _bytes_kept(world)
    assert len(_ask(world, "SELECT id FROM beneficiary")) == 1


async def test_requests_are_kept_after_their_end(world: World, claire: Caseworker) -> None:
    """Messages of a request go `demandes_jours` after its end; an open one stays."""
    days = world.faq.current.service.retention.requests
    amina, boris = world.person("Amina"), world.person("Boris")
    for person in (amina, boris):
        await person.says("zanzibaresque")
        await person.says("humain")
    await claire.writes("Amina", "/clore")
    await _purge(world, after=timedelta(days=days - 1))
    assert len(_ask(world, "SELECT id FROM ticket")) == 2
    await _purge(world, after=timedelta(days=2))
    await boris.says("toujours là")
    assert _ask(world, "SELECT beneficiary_id FROM ticket") == [{"beneficiary_id": 2}]
    assert _ask(world, "SELECT id FROM beneficiary") == [{"id": 2}]
    assert len(world.engine.topics(world.group)) == 1


async def test_purge_runs_by_itself(world: World) -> None:
    """At a start a day later, the purge has been done without being asked."""
    amina = world.person("Amina")
    await amina.says("zanzibaresque")
    world.clock.moved += timedelta(days=world.faq.current.service.retention.exchanges + 1)
    await world.restart()
    await world.until(lambda: not _ask(world, "SELECT id FROM exchange"))


async def test_export(world: World) -> None:
    """CSV beside the running bot: a pseudonym for who, and no cell that a spreadsheet runs."""
    amina = world.person("Amina")
    await amina.says("acte de naissance")
    await amina.touches("Oui")
    await amina.says("=HYPERLINK(zblorg)")
    output = io.StringIO()
    assert journal.export(world.database, output) == 2
    head, first, second = csv.reader(io.StringIO(output.getvalue()))
    assert tuple(head) == journal.HEADER
    assert first[2:5] == ["acte de naissance", "answered", "acte_naissance"]
    assert first[7] == "oui"
    assert second[2].startswith("'=")
    assert first[1] == second[1]
    assert str(amina.chat) not in output.getvalue()
    assert "Amina" not in output.getvalue()
    assert len(first[1]) == 12


async def test_words_of_danger_stay_out_of_the_export(world: World) -> None:
    """The export says that there was a danger and when, not in which words, asked again or not."""
    amina = world.person("Amina")
    await amina.says("j'en peux plus")
    await amina.touches("J'ai une question")
    output = io.StringIO()
    journal.export(world.database, output)
    _, line, again = csv.reader(io.StringIO(output.getvalue()))
    assert line[2:4] == ["", "danger:detresse"]
    assert again[2] == ""
    assert again[3] != "danger:detresse"


async def test_export_from_the_command_line(world: World) -> None:
    """`python -m bot export` reads the file that the robot holds open."""
    amina = world.person("Amina")
    await amina.says("acte de naissance")
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "export"),
        env={**os.environ, "DATABASE_PATH": str(world.database)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    assert process.returncode == 0
    assert "acte de naissance" in output.decode()
    await amina.says("logement")
    assert "Laquelle" in amina.reads()[-1]
