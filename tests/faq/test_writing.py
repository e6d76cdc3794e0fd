"""What a caseworker validates in Telegram reaches the file, or she reads why not."""

import asyncio
import errno
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from watchfiles import Change as Modified

from faq import safe_file
from faq.disk import FULL, READ_ONLY
from faq.entry import Entry, Theme
from faq.live import LiveFaq, LoadedFaq
from faq.loader import load_document
from faq.safe_file import versions_of
from faq.writing import (
    MOVING,
    AlreadyThere,
    Change,
    FaqWriter,
    NewEntry,
    NewPhrasing,
    NewVoice,
    Redraft,
    Refused,
    Written,
    free_id,
)
from tests.faq.small_faq import SmallFaq
from tests.faq.test_live_faq import editing

AIDES = "content/aides.yml"
FILE_ID = "AwACAgQAAxkBAAIBY2-xx_9"
CARD = NewEntry(
    id="carte_perdue",
    theme="aides",
    title="Carte de bus perdue",
    question="J'ai perdu ma carte de bus. Que faire ?",
    phrasings=("jai perdu ma carte de bus",),
    answer="Allez à l'agence du bus.\nApportez une photo.",
    author="Claire",
    checked_on=date(2026, 8, 14),
    source="Agence du bus",
)
CHANGES: list[Change] = [
    CARD,
    NewPhrasing("apl", "g besoin d'aide pour le loyer"),
    NewVoice("apl", FILE_ID, 12, "Claire"),
    Redraft("apl", "Demandez sur caf.fr.\nC'est en ligne.", "Paul"),
]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def writer(small: SmallFaq) -> FaqWriter:
    """The writer of the small FAQ, on a disk that is kept."""
    return FaqWriter(small.directory, small.service_file)


def entry(small: SmallFaq, entry_id: str) -> Entry:
    """What the robot answers from now on."""
    return small.load().entries[entry_id]


def folder(small: SmallFaq) -> dict[str, bytes]:
    """Every file of the FAQ but the versions kept."""
    return {
        str(path.relative_to(small.folder)): path.read_bytes()
        for path in small.folder.rglob("*")
        if path.is_file() and safe_file.VERSIONS not in path.parts
    }


def refusal(writer: FaqWriter, change: Change) -> str:
    """What Claire reads when a change is refused."""
    outcome = writer.write(change, "Paul")
    assert isinstance(outcome, Refused), outcome
    return "\n".join(outcome.sentences)


def test_a_new_entry_is_written_and_found(small: SmallFaq, writer: FaqWriter) -> None:
    """Claire's reply becomes an entry that the robot answers with, dated by its source."""
    assert writer.write(CARD, "Paul") == Written(AIDES, "carte_perdue", None)
    found = entry(small, "carte_perdue")
    assert (found.title, found.question) == (CARD.title, CARD.question)
    assert (found.answer, found.phrasings) == (CARD.answer, CARD.phrasings)
    assert (found.source, found.author, found.incomplete) == ("Agence du bus", "Claire", True)
    assert (found.checked_on, found.review_before) == (date(2026, 8, 14), date(2026, 11, 14))
    assert small.load().search("perdu carte de bus")[0].entry_id == "carte_perdue"


def test_a_phrasing_is_added_last(small: SmallFaq, writer: FaqWriter) -> None:
    """« C'est la fiche… »: the next person who asks so is answered."""
    before = entry(small, "apl").phrasings
    assert writer.write(CHANGES[1], "Paul") == Written(AIDES, "apl", None)
    assert entry(small, "apl").phrasings == (*before, "g besoin d'aide pour le loyer")


def test_a_phrasing_that_breaks_a_promise_is_refused(small: SmallFaq, writer: FaqWriter) -> None:
    """Another entry has these words, or a phrase of its `tests:` would be lost: Paul reads it."""
    before = folder(small)
    same = refusal(writer, NewPhrasing("apl", "Code CAF perdu !"))
    assert "« Code CAF perdu ! » trouve aussi la fiche mdp_caf (« code caf perdu »)." in same
    small.change(
        AIDES, "source: caf.fr", "source: caf.fr\n    tests: {refuse: [le bus est en panne]}"
    )
    lost = refusal(writer, NewPhrasing("apl", "le bus est en panne"))
    assert "« le bus est en panne » reçoit cette fiche, à tort." in lost
    assert folder(small) == {**before, AIDES: small.files[AIDES].encode()}


def test_a_promise_already_broken_hinders_nobody(small: SmallFaq, writer: FaqWriter) -> None:
    """What an editor published in a hurry is told by the check, not to Paul in Telegram."""
    small.change(AIDES, "source: caf.fr", "source: caf.fr\n    tests: {trouve: [mon vélo]}")
    assert isinstance(writer.write(CHANGES[1], "Paul"), Written)


def test_a_voice_is_added_then_replaced(small: SmallFaq, writer: FaqWriter) -> None:
    """Claire's voice is the « Écouter » of the entry, until Paul records it again."""
    writer.write(CHANGES[2], "Paul")
    writer.write(NewVoice("apl", FILE_ID[::-1], 8, "Paul"), "Claire")
    voice = entry(small, "apl").voice
    assert voice is not None
    assert (voice.file_id, voice.seconds, voice.author) == (FILE_ID[::-1], 8, "Paul")


def test_a_new_wording_replaces_the_answer(small: SmallFaq, writer: FaqWriter) -> None:
    """Only « reponse » changes; the rest of the entry is what it was."""
    before = entry(small, "apl")
    writer.write(CHANGES[3], "Claire")
    answer = "Demandez sur caf.fr.\nC'est en ligne."
    assert entry(small, "apl") == before.model_copy(update={"answer": answer})


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: type(change).__name__)
def test_writing_twice_is_harmless(change: Change, small: SmallFaq, writer: FaqWriter) -> None:
    """After a crash the same change comes again: the file is not touched."""
    assert isinstance(writer.write(change, "Paul"), Written)
    before = folder(small)
    outcome = FaqWriter(small.directory, small.service_file).write(change, "Paul")
    assert isinstance(outcome, AlreadyThere)
    assert outcome.file == AIDES
    assert folder(small) == before
    assert len(versions_of(small.directory, "aides.yml")) == 1


def test_a_phrasing_known_but_for_its_accents_is_already_there(
    small: SmallFaq, writer: FaqWriter
) -> None:
    """« Demander les A.P.L » and « demander les apl » are one phrasing for the matcher."""
    assert isinstance(
        writer.write(NewPhrasing("apl", "Demander  les APL !"), "Paul"), AlreadyThere
    )


def test_words_are_written_on_one_line(small: SmallFaq, writer: FaqWriter) -> None:
    """A question typed on three lines of a phone is one phrasing; answers keep their lines."""
    writer.write(NewPhrasing("apl", " une aide\n\npour\tmoi ? "), "Paul")
    writer.write(Redraft("apl", "\r\nUn. \r\nDeux.\u2028Trois.\n", "Paul"), "Claire")
    found = entry(small, "apl")
    assert found.phrasings[-1] == "une aide pour moi ?"
    assert found.answer == "Un.\nDeux.\nTrois."


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (NewPhrasing("disparue", "x"), "La fiche « disparue » n’existe plus."),
        (NewVoice("disparue", FILE_ID, 3, "Claire"), "La fiche « disparue » n’existe plus."),
        (Redraft("disparue", "x", "Claire"), "La fiche « disparue » n’existe plus."),
        (
            NewVoice("apl", FILE_ID, 500, "Claire"),
            "« duree » : « 500 » est refusé. Écrivez au plus 120.",
        ),
        (NewVoice("apl", "pas un fichier", 5, "Claire"), "pas de Telegram"),
        (Redraft("apl", "Vous avez droit au RSA.", "Paul"), "« vous pouvez demander »"),
        (Redraft("apl", "x" * 301, "Paul"), "301 caractères, 300 au plus"),
        (Redraft("apl", "a\tb", "Paul"), "tabulation"),
        (Redraft("apl", "   ", "Paul"), "reponse"),
        (NewPhrasing("apl", "x\u202ey"), "invisible"),
        (NewPhrasing("apl", "x\ud83d"), "Le robot ne sait pas"),
    ],
)
def test_a_change_that_breaks_a_rule_is_refused(
    change: Change, said: str, small: SmallFaq, writer: FaqWriter
) -> None:
    """The check speaks before the file changes: Claire reads what to do, and nothing moved."""
    before = folder(small)
    assert said in refusal(writer, change)
    assert folder(small) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"theme": "vacances"}, "Le thème « vacances » n’existe plus."),
        ({"title": "mot de passe CAF !"}, "« Mot de passe CAF » existe déjà."),
        ({"id": "apl"}, "« Aide au logement (APL) » existe déjà."),
        ({"id": "mdp_caf"}, "« Mot de passe CAF » existe déjà."),
        ({"id": "Non Valable"}, "minuscules sans accent"),
        ({"title": "x" * 31}, "31 caractères, 30 au plus"),
        ({"phrasings": ()}, "« formulations »"),
        ({"checked_on": date(2126, 1, 1)}, "dans le futur"),
        ({"answer": "Cela coûte 12 euros."}, "montant"),
    ],
)
def test_a_new_entry_that_breaks_a_rule_is_refused(
    words: dict[str, Any], said: str, small: SmallFaq, writer: FaqWriter
) -> None:
    """A title twice, an id taken, a theme that is gone: nothing is written."""
    before = folder(small)
    assert said in refusal(writer, NewEntry(**(vars(CARD) | words)))
    assert folder(small) == before


def test_another_broken_file_stops_the_writing(small: SmallFaq, writer: FaqWriter) -> None:
    """The whole FAQ must be good: Claire reads which file is broken, and where."""
    small.change("content/comptes.yml", "telephone: caf", "telephone: cafe")
    before = folder(small)
    for change in CHANGES:
        assert "content/comptes.yml, ligne" in refusal(writer, change)
    small.change("content/comptes.yml", "titre: Comptes", "titre: [Comptes")
    assert "content/comptes.yml" in refusal(writer, NewPhrasing("mdp_caf", "code"))
    small.change("numeros.yml", '"3114"', "trois")
    assert "numeros.yml" in refusal(writer, CARD)
    assert {k: v for k, v in folder(small).items() if k == AIDES} == {AIDES: before[AIDES]}


def test_a_disk_that_is_thrown_away_is_refused(small: SmallFaq) -> None:
    """The reason is known beforehand, and given again when somebody tries."""
    writer = FaqWriter(small.directory, small.service_file, kept_disk=lambda: "Disque effacé.")
    before = folder(small)
    assert writer.why_not() == "Disque effacé."
    assert refusal(writer, CARD) == "Disque effacé."
    assert folder(small) == before


def test_a_folder_that_may_not_be_written_is_refused(
    small: SmallFaq, writer: FaqWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the right to write, the reason is a sentence."""
    assert writer.why_not() is None
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert writer.why_not() == READ_ONLY
    assert refusal(writer, CARD) == READ_ONLY


@pytest.mark.parametrize("rank", [0, 1], ids=["the new file", "the previous version"])
def test_a_full_disk_changes_nothing(
    rank: int, small: SmallFaq, writer: FaqWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither half a file nor a leftover; once there is room, the change is written."""
    asked: list[int] = []

    def sync(descriptor: int) -> None:
        asked.append(descriptor)
        if len(asked) == rank + 1:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before = folder(small)
    with monkeypatch.context() as patch:
        patch.setattr("faq.safe_file.os.fsync", sync)
        assert refusal(writer, CARD) == FULL
    assert folder(small) == before
    assert isinstance(writer.write(CARD, "Paul"), Written)


def saving(small: SmallFaq, times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor saves the file while the robot checks its own change, that many times."""
    put_beside: Callable[[Path, bytes], Path] = safe_file.put_beside
    left = list(range(times))

    def put(file: Path, data: bytes) -> Path:
        if left:
            small.change(AIDES, "titre: Aides", f"titre: Aides {left.pop()}")
        return put_beside(file, data)

    monkeypatch.setattr("faq.writing.put_beside", put)


def test_an_editor_saving_at_the_same_moment_loses_nothing(
    small: SmallFaq, writer: FaqWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The change is made again from the editor's text: both are in the file."""
    saving(small, 1, monkeypatch)
    assert isinstance(writer.write(CHANGES[1], "Paul"), Written)
    faq = small.load()
    assert faq.theme_of(faq.entries["apl"]).title == "Aides 0"
    assert faq.entries["apl"].phrasings[-1] == "g besoin d'aide pour le loyer"


def test_an_editor_who_never_stops_saving_wins(
    small: SmallFaq, writer: FaqWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After two tries the robot gives up, with a sentence, and the editor's text stays."""
    saving(small, 2, monkeypatch)
    monkeypatch.setattr(small, "change", lambda *_: append(small))
    assert refusal(writer, CHANGES[1]) == MOVING
    text = (small.folder / AIDES).read_text(encoding="utf-8")
    assert text.count("# encore") == 2
    assert "g besoin" not in text


def append(small: SmallFaq) -> None:
    """One comment more at the end of the file."""
    with (small.folder / AIDES).open("a", encoding="utf-8") as file:
        file.write("# encore\n")


def test_changes_at_once_are_all_written(small: SmallFaq, writer: FaqWriter) -> None:
    """Four caseworkers touch « Valider » in the same second: none erases another's words."""
    words = [f"aide numéro {name} pour le loyer" for name in ("un", "deux", "trois", "quatre")]
    outcomes: list[object] = []

    def write(phrasing: str) -> None:
        outcomes.append(writer.write(NewPhrasing("apl", phrasing), "Paul"))

    threads = [threading.Thread(target=write, args=(phrasing,)) for phrasing in words]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [type(outcome) for outcome in outcomes] == [Written] * 4
    assert set(words) <= set(entry(small, "apl").phrasings)


KILLED = """
import os, signal, sys
from datetime import date
from pathlib import Path
from faq.writing import FaqWriter, NewPhrasing
Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
folder = Path(sys.argv[1])
FaqWriter(folder / "content", folder / "service.yml").write(NewPhrasing("apl", "tué"), "Paul")
"""


def test_a_program_killed_before_the_file_is_replaced_loses_nothing(
    small: SmallFaq, writer: FaqWriter
) -> None:
    """The old file is whole; what was left beside it is not read, and the next writing cleans."""
    before = folder(small)
    ended = subprocess.run([sys.executable, "-c", KILLED, str(small.folder)], cwd=ROOT)
    assert ended.returncode == -signal.SIGKILL
    left = set(folder(small)) - set(before)
    assert left == {"content/.aides.yml.passerelle"}
    assert {name: data for name, data in folder(small).items() if name not in left} == before
    assert small.errors() == []
    assert isinstance(writer.write(NewPhrasing("mdp_caf", "code kaf"), "Paul"), Written)
    assert set(folder(small)) == set(before)


def test_the_file_keeps_its_rights_and_stays_a_link(small: SmallFaq, writer: FaqWriter) -> None:
    """A theme that is a link to a shared folder is changed there, with the rights it had."""
    shared = small.folder / "partage"
    shared.mkdir()
    (small.folder / AIDES).rename(shared / "nos_aides.yml")
    (small.folder / AIDES).symlink_to(shared / "nos_aides.yml")
    (shared / "nos_aides.yml").chmod(0o640)
    assert writer.write(CARD, "Paul") == Written(AIDES, "carte_perdue", None)
    assert (small.folder / AIDES).is_symlink()
    assert (shared / "nos_aides.yml").stat().st_mode & 0o777 == 0o640
    assert "carte_perdue" in (shared / "nos_aides.yml").read_text(encoding="utf-8")
    assert [path.name for path in shared.iterdir()] == ["nos_aides.yml"]


def test_the_previous_versions_are_kept(
    small: SmallFaq, writer: FaqWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a file was before each of the last changes (ten; here three); git looks away."""
    assert safe_file.KEPT == 10
    monkeypatch.setattr(safe_file, "KEPT", 3)
    texts = []
    for number in range(5):
        texts.append((small.folder / AIDES).read_bytes())
        writer.write(Redraft("apl", f"Réponse {number}.", "Paul"), "Claire")
    kept = versions_of(small.directory, "aides.yml")
    assert [path.read_bytes() for path in kept] == texts[2:]
    assert [path.name for path in kept] == ["aides.yml.3", "aides.yml.4", "aides.yml.5"]
    assert (small.directory / ".versions" / ".gitignore").read_text(encoding="utf-8") == "*\n"


def test_versions_are_neither_read_nor_watched(small: SmallFaq, writer: FaqWriter) -> None:
    """A version, or a file that is not finished, is no theme and wakes nobody."""
    live = LiveFaq(small.directory, small.service_file)
    writer.write(CARD, "Paul")
    version = small.load().version
    (kept,) = versions_of(small.directory, "aides.yml")
    unfinished = safe_file.put_beside(small.directory / "aides.yml", b"theme: [")
    assert small.load().version == version
    assert [t.id for t in small.load().themes] == ["comptes", "aides"]
    for path in (kept, kept.parent, kept.with_name(".gitignore"), unfinished):
        assert not live._concerns_us(Modified.modified, str(path))
    assert live._concerns_us(Modified.modified, str(small.directory / "aides.yml"))


async def test_the_running_robot_answers_from_what_was_written(small: SmallFaq) -> None:
    """Paul validates; the robot that runs takes the entry, whole, once, without a restart."""
    async with editing(small) as editor:
        writer = FaqWriter(small.directory, small.service_file)
        assert isinstance(await asyncio.to_thread(writer.write, CARD, "Paul"), Written)
        result = await editor.next_result()
        assert isinstance(result, LoadedFaq)
        assert result.faq.entries["carte_perdue"].answer == CARD.answer
        assert editor.heard.empty()


def test_the_shipped_faq_is_spared_by_what_it_already_says(tmp_path: Path) -> None:
    """A phrasing of each real theme, validated again, leaves every byte of every file."""
    real = Path(shutil.copytree(ROOT / "faq" / "content", tmp_path / "content"))
    before = {path.name: path.read_bytes() for path in real.iterdir() if path.is_file()}
    writer = FaqWriter(real, ROOT / "faq" / "service.yml")
    for path in sorted(real.glob("*.yml")):
        for found in load_document(path, Theme).entries[-1:]:
            outcome = writer.write(NewPhrasing(found.id, found.phrasings[0]), "Paul")
            assert outcome == AlreadyThere(f"content/{path.name}", found.id)
    assert {path.name: path.read_bytes() for path in real.iterdir() if path.is_file()} == before


def test_no_words_are_logged(
    small: SmallFaq,
    writer: FaqWriter,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A failure is logged by its number: neither question, nor answer, nor name."""
    caplog.set_level(0)
    monkeypatch.setattr("faq.safe_file.os.fsync", fail)
    refusal(writer, CARD)
    assert "error 5" in caplog.text
    for words in ("bus", "Claire", "Paul", "photo"):
        assert words not in caplog.text


def fail(_: int) -> None:
    """A disk that breaks."""
    raise OSError(errno.EIO, os.strerror(errno.EIO))


def test_an_id_says_the_title(small: SmallFaq) -> None:
    """Accents, signs and spaces go; a number in front, an empty title or a taken id still work."""
    assert free_id("Carte d'identité perdue !", ()) == "carte_d_identite_perdue"
    assert free_id("Carte", {"carte", "carte_2"}) == "carte_3"
    assert free_id("115, l'urgence", ()) == "fiche_115_l_urgence"
    assert free_id("???", ()) == "fiche"
    assert free_id("A", ()) == "fiche_a"
    long = free_id("Un titre bien trop long pour être un identifiant de fiche", ())
    assert len(long) <= 40
    taken = {long}
    assert len(free_id("Un titre bien trop long pour être un identifiant de fiche", taken)) <= 40
