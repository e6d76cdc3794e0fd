"""The FAQ files change while the robot talks: what people get, and what the team reads."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.helpdesk import faq_news
from bot.helpdesk.faq_news import MOST_ERRORS, FaqState, word_news
from bot.team_texts import FaqTexts
from bot.texts import Texts
from faq.catalogue import Faq
from faq.decision import Decision
from faq.entry import Entry
from faq.errors import FaqError
from faq.live import LiveFaq, RefusedFaq
from tests.conversations.world import Caseworker, World, text
from tests.faq.small_faq import SmallFaq, entry, theme

QUESTION = "mot de passe caf oublié"
OLD, NEW = "Voici la réponse.", "Touchez « Mot de passe oublié »."
CAF = "« Mot de passe CAF »"


@pytest.fixture(name="small")
def _small(tmp_path: Path) -> SmallFaq:
    return SmallFaq(tmp_path)


@pytest.fixture(name="faq")
def _faq(small: SmallFaq) -> LiveFaq:
    return LiveFaq(small.directory, small.service_file)


@asynccontextmanager
async def watching(world: World) -> AsyncIterator[None]:
    """The files are watched, as `python -m bot run` does."""
    stop = asyncio.Event()
    task = asyncio.create_task(world.faq.watch(world.runtime.on_reload, stop))
    try:
        yield
    finally:
        stop.set()
        await task


async def save_until_seen(world: World, small: SmallFaq) -> None:
    """Claire changes an answer; again if it was before the watch had begun."""
    small.change("content/comptes.yml", OLD, NEW)
    for _ in range(10):
        path = small.directory / "comptes.yml"
        path.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
        try:
            await asyncio.wait_for(world.until(lambda: bool(told(world))), 3)
        except TimeoutError:
            continue
        return
    raise AssertionError("the change was never seen")


async def save(world: World, small: SmallFaq, old: str, new: str) -> None:
    """Claire saves one change of « comptes », and it is read."""
    small.change("content/comptes.yml", old, new)
    await world.runtime.on_reload(world.faq.reload())
    await world.settle()


def told(world: World) -> list[str]:
    """What General reads of the FAQ."""
    return [sentence for sentence in world.general() if "La FAQ" in sentence]


def versions(world: World) -> list[str]:
    """The version that each exchange records."""
    with sqlite3.connect(f"file:{world.database}?mode=ro", uri=True) as connection:
        rows = connection.execute("SELECT faq_version FROM exchange ORDER BY id")
        return [str(version) for (version,) in rows]


async def test_a_saved_file_is_what_people_read(world: World, small: SmallFaq) -> None:
    """Claire saves: Amina reads the new answer, General one line, the journal both versions."""
    amina = world.person("Amina")
    await amina.says("/start")
    await amina.says(QUESTION)
    assert OLD in amina.reads()[-1]
    before = world.faq.current.version
    async with watching(world):
        await save_until_seen(world, small)
    await amina.says(QUESTION)
    assert NEW in amina.reads()[-1]
    assert told(world) == [f"La FAQ est à jour. Modifié : {CAF}."]
    assert versions(world) == [before, world.faq.current.version]
    assert before != world.faq.current.version


async def test_a_mistake_is_told_and_the_old_faq_answers(world: World, small: SmallFaq) -> None:
    """General reads the file, the line and what to do; Karim sees nothing of it."""
    karim = world.person("Karim")
    await karim.says("/start")
    await save(world, small, "titre: Comptes", "titre: [Comptes")
    (sentence,) = told(world)
    assert sentence.startswith("La FAQ a des erreurs. Le robot garde l'ancienne.")
    assert "content/comptes.yml, ligne " in sentence
    await karim.says(QUESTION)
    assert OLD in karim.reads()[-1]
    world.clock.moved += timedelta(minutes=2)
    await save(world, small, "titre: [Comptes", "titre: Comptes")
    assert told(world)[1:] == ["La FAQ est de nouveau bonne."]


async def test_ten_saves_in_a_minute_are_not_ten_messages(
    empty_world: World, claire: Caseworker, small: SmallFaq, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Claire reads the first mistake at once, then, a minute later, how things stand."""
    world, _ = empty_world, claire
    monkeypatch.setattr("handlers.runtime.TICK", 0.01)
    await world.start()
    for number in range(10):
        await save(world, small, "position: 1", f"position: un{number}")
        small.change("content/comptes.yml", f"position: un{number}", "position: 1")
    await save(world, small, OLD, NEW)
    assert len(told(world)) == 1
    assert "ligne 3" in told(world)[0]
    world.clock.moved += timedelta(minutes=2)
    await world.until(lambda: len(told(world)) == 2)
    assert told(world)[1] == f"La FAQ est de nouveau bonne. Modifié : {CAF}."


async def test_a_mistake_mended_in_a_breath_is_not_told(world: World, small: SmallFaq) -> None:
    """What was broken and mended before anybody could read it leaves General in peace."""
    await save(world, small, OLD, NEW)
    await save(world, small, "titre: Comptes", "titre: [Comptes")
    await save(world, small, "titre: [Comptes", "titre: Comptes")
    world.clock.moved += timedelta(minutes=2)
    await world.runtime.on_reload(world.faq.reload())
    await world.settle()
    assert told(world) == [f"La FAQ est à jour. Modifié : {CAF}."]


class Impatient(Faq):
    """The FAQ of a robot during whose search Claire saves a file."""

    def decide(self, text: str, after: Entry | None = None) -> Decision:
        """As always; meanwhile the files change, and are read."""
        while HURRY:
            HURRY.pop()()
        return super().decide(text, after)


HURRY: list[Callable[[], object]] = []  # what happens during the next search


async def test_the_question_in_flight_keeps_its_version(world: World, small: SmallFaq) -> None:
    """Amina asks, the file is saved during the search: her answer and her exchange are the old."""
    amina = world.person("Amina")
    await amina.says("/start")
    live = world.faq
    before = live.current
    live.current = Impatient(**{name: getattr(before, name) for name in before.__match_args__})
    small.change("content/comptes.yml", OLD, NEW)
    HURRY.append(live.reload)
    await amina.says(QUESTION)
    assert OLD in amina.reads()[-1]
    await amina.says(QUESTION)
    assert NEW in amina.reads()[-1]
    assert versions(world) == [before.version, live.current.version]
    assert before.version != live.current.version


async def test_news_that_have_not_left_are_rewritten(world: World, small: SmallFaq) -> None:
    """While General is full, its one message waits, and tells every change since the last one."""
    start = FaqState(world.faq.current)
    small.change("content/comptes.yml", OLD, NEW)
    first = FaqState(small.load())
    small.change("content/aides.yml", OLD, NEW)
    second = FaqState(small.load())
    async with world.store.transaction() as tx:
        desk = world.runtime.open_helpdesk(tx)
        before = replace(desk, now=desk.now - timedelta(minutes=2))
        news = await faq_news.tell(before, faq_news.begin(start), first)
        await faq_news.tell(desk, news, second)
    await world.person("Amina").says("/start")
    apl = "« Aide au logement (APL) »"
    assert told(world) == [f"La FAQ est à jour. Modifié : {CAF}, {apl}."]


async def test_a_number_that_becomes_public_is_no_longer_masked(
    world: World, small: SmallFaq
) -> None:
    """Claire adds a verified number: from then on Amina may write it, and the team reads it."""
    amina = world.person("Amina")
    number = "07 12 34 56 78"
    await amina.says("/start")
    await amina.says("Parler à quelqu'un")
    await amina.says(f"faut il appeler le {number}")
    assert not any(number in sentence for sentence in topic(world, "Amina"))
    small.change("numeros.yml", '"32 30"', f'"{number}"')
    await world.runtime.on_reload(world.faq.reload())
    await amina.says(f"faut il appeler le {number}")
    assert any(number in sentence for sentence in topic(world, "Amina"))


def topic(world: World, about: str) -> list[str]:
    """Every text of a person's topic."""
    found = world.engine.messages(world.group["id"], world.topic_of(about)["id"])
    return [text(message) for message in found]


def test_what_was_added_changed_and_removed(small: SmallFaq, texts: Texts) -> None:
    """One line names entries, themes and files; a comment is no news."""
    before = small.load()
    small.write("content/comptes.yml", theme("comptes", "Vos comptes", 1, entry("mdp_ameli")))
    small.change("content/aides.yml", "id: apl\n", "id: loyer\n")
    small.change("content/aides.yml", "quand faire mon actualisation", "quand m’actualiser ?")
    small.change("service.yml", "Maison des Ponts", "Maison du Pont")
    small.change("urgences.yml", "mort de rire", "mourir de rire")
    assert news(texts.team.faq, before, small.load()) == (
        "La FAQ est à jour. Ajouté : « Aide au logement (APL) ». Modifié : « M’actualiser ». "
        "Retiré : « Mot de passe CAF », « Aide au logement (APL) ». "
        "Thème modifié : « Vos comptes ». Fichier modifié : « service.yml », « urgences.yml »."
    )
    middle = small.load()
    small.change("content/comptes.yml", "titre: Vos comptes", "titre: Vos comptes  # revu")
    assert middle.version != small.load().version
    assert news(texts.team.faq, middle, small.load()) is None


def test_many_titles_and_many_errors_are_counted(faq: LiveFaq, texts: Texts) -> None:
    """Whatever the number of mistakes, General reads one message that Telegram takes."""
    found = tuple(FaqError("content/caf.yml", n, None, "x" * 500) for n in range(1, 40))
    words = word_news(texts.team.faq, FaqState(faq.current), FaqState(faq.current, found))
    assert words is not None
    lines = words.text.splitlines()
    assert len(lines) == MOST_ERRORS + 3
    assert lines[-1] == "et 29 autres"
    assert len(words.text) < 4096


def news(texts: FaqTexts, before: Faq, after: Faq) -> str | None:
    """The line of a good FAQ after another."""
    words = word_news(texts, FaqState(before), FaqState(after))
    return None if words is None else words.text


async def test_promises_that_a_change_breaks(world: World, small: SmallFaq) -> None:
    """A phrase of `tests:` finds its entry no more: the files serve, and General reads which."""
    trial = "    tests: {trouve: [je cherche une place en crèche]}\n    source: caf.fr"
    small.change("content/comptes.yml", "    source: caf.fr", trial)
    await world.runtime.on_reload(world.faq.reload())
    await world.until(lambda: any("répond moins bien" in line for line in world.general()))
    told_now = next(line for line in world.general() if "répond moins bien" in line)
    assert "content/comptes.yml, ligne 21, fiche mdp_caf : « je cherche une place" in told_now


async def test_trials_that_fail_do_not_end_the_robot(
    world: World,
    small: SmallFaq,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Whatever goes wrong while entries are tried, Amina is answered, from the new files."""

    def fail(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("bot.helpdesk.faq_trials.broken_trials", fail)
    running = asyncio.create_task(world.runtime.run())
    await save(world, small, OLD, NEW)
    await world.until(lambda: "trying the FAQ failed" in caplog.text)
    amina = world.person("Amina")
    await amina.says(QUESTION)
    assert NEW in amina.reads()[-1]
    assert not running.done()
    running.cancel()


async def test_a_start_on_broken_files(small: SmallFaq, tmp_path: Path, texts: Texts) -> None:
    """Restarted on files with mistakes, the robot answers as before, and General reads them."""
    kept = tmp_path / "bonne.zip"
    LiveFaq(small.directory, small.service_file, kept)
    small.change("content/comptes.yml", "position: 1", "position: un")
    world = World(tmp_path, LiveFaq(small.directory, small.service_file, kept), texts)
    world.make_team("Claire")
    await world.start()
    await world.runtime.on_reload(RefusedFaq(world.faq.start_errors))
    await world.settle()
    assert "La FAQ a des erreurs." in world.general()[-1]
    assert "content/comptes.yml, ligne 3" in world.general()[-1]
    amina = world.person("Amina")
    await amina.says(QUESTION)
    assert OLD in amina.reads()[-1]
    await world.stop()
