"""One commit per change when the folder of the FAQ is a repository, and nothing of the rest."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from faq.writing import AlreadyThere, FaqWriter, NewPhrasing, NewVoice, Redraft, Written
from tests.faq.small_faq import SmallFaq
from tests.faq.test_writing import CARD, FILE_ID

GIT = shutil.which("git") or ""
pytestmark = pytest.mark.skipif(not GIT, reason="git is not installed")
PHRASING = NewPhrasing("apl", "g besoin d'aide pour le loyer")


def git(folder: Path, *words: str) -> str:
    """What git says there, with a user of its own."""
    user = ("-c", "user.name=Lea", "-c", "user.email=lea@exemple.invalid")
    done = subprocess.run(
        [GIT, *user, *words], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture
def repository(small: SmallFaq) -> Path:
    """The folder of the themes, all committed; the other files of the FAQ stand outside."""
    git(small.directory, "init", "--quiet")
    git(small.directory, "add", ".")
    git(small.directory, "commit", "--quiet", "-m", "Le début")
    return small.directory


@pytest.fixture
def writer(small: SmallFaq) -> FaqWriter:
    """The writer of the small FAQ."""
    return FaqWriter(small.directory, small.service_file)


def history(folder: Path) -> list[str]:
    """« who: what », the last first."""
    return git(folder, "log", "--format=%an: %s").splitlines()


def test_each_change_is_one_commit_of_its_author(repository: Path, writer: FaqWriter) -> None:
    """The history reads as a list of who wrote what and who validated it."""
    hashes = [
        writer.write(CARD, "Paul"),
        writer.write(PHRASING, "Paul"),
        writer.write(NewVoice("apl", FILE_ID, 12, "Claire"), "Paul"),
        writer.write(Redraft("apl", "Demandez sur caf.fr.", "Paul"), "Claire"),
    ]
    assert history(repository) == [
        "Paul: Nouvelle réponse pour la fiche « Aide au logement (APL) » (validée par Claire)",
        "Claire: Voix de Claire pour la fiche « Aide au logement (APL) » (validée par Paul)",
        "Paul: Nouvelle formulation pour la fiche « Aide au logement (APL) » (validée par Paul)",
        "Claire: Ajout de la fiche « Carte de bus perdue » (validée par Paul)",
        "Lea: Le début",
    ]
    told = [outcome.commit for outcome in hashes if isinstance(outcome, Written)]
    assert told[::-1] == git(repository, "log", "--format=%h", "-4").splitlines()
    assert git(repository, "status", "--porcelain") == ""


def test_only_that_file_is_committed(repository: Path, writer: FaqWriter) -> None:
    """What Léa prepared for later stays prepared, and what she has not added stays as it is."""
    with (repository / "comptes.yml").open("a", encoding="utf-8") as file:
        file.write("# de Léa\n")
    (repository / "notes.txt").write_text("à voir\n", encoding="utf-8")
    git(repository, "add", "comptes.yml")
    writer.write(PHRASING, "Paul")
    assert git(repository, "show", "--format=", "--name-only", "HEAD") == "aides.yml"
    assert git(repository, "status", "--porcelain").splitlines() == [
        "M  comptes.yml",
        "?? notes.txt",
    ]


def test_a_theme_that_was_never_committed_is(repository: Path, writer: FaqWriter) -> None:
    """A file that git does not know yet enters the history with the change."""
    git(repository, "rm", "--cached", "--quiet", "aides.yml")
    git(repository, "commit", "--quiet", "-m", "Sans les aides")
    outcome = writer.write(PHRASING, "Paul")
    assert isinstance(outcome, Written)
    assert outcome.commit
    assert "aides.yml" in git(repository, "ls-files")


def test_settings_of_the_machine_surprise_nobody(
    repository: Path, writer: FaqWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hooks, signatures, a missing name or a variable of another repository stop nothing."""
    for name in ("pre-commit", "commit-msg", "post-commit", "prepare-commit-msg"):
        hook = repository / ".git" / "hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text("#!/bin/sh\ntouch ran\nexit 1\n", encoding="utf-8")
        hook.chmod(0o755)
    git(repository, "config", "commit.gpgSign", "true")
    git(repository, "config", "gpg.program", "/bin/false")
    git(repository, "config", "user.useConfigOnly", "true")
    git(repository, "config", "core.editor", "/bin/false")
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.setenv(name, "nowhere")
    outcome = writer.write(PHRASING, "Paul")
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.delenv(name)
    assert isinstance(outcome, Written)
    assert outcome.commit == git(repository, "rev-parse", "--short", "HEAD")
    assert not (repository / "ran").exists()
    assert (
        git(repository, "log", "-1", "--format=%cn <%ce>") == "Passerelle <passerelle@localhost>"
    )


def test_a_strange_first_name_is_still_an_author(repository: Path, writer: FaqWriter) -> None:
    """Signs that git gives a meaning to, or no name at all, do not lose the commit."""
    writer.write(NewPhrasing("apl", "un"), "Zoé <z@x.fr>\n")
    writer.write(NewPhrasing("apl", "deux"), "<>")
    names = [line.split(":")[0] for line in history(repository)]
    assert names[:2] == ["Passerelle", "Zoé z@x.fr"]


def test_a_failure_of_git_leaves_the_file_written(
    small: SmallFaq, repository: Path, writer: FaqWriter, caplog: pytest.LogCaptureFixture
) -> None:
    """Another git is at work: the change is in the file, and the log names nobody."""
    (repository / ".git" / "index.lock").touch()
    assert writer.write(PHRASING, "Paul") == Written("content/aides.yml", "apl", None)
    assert PHRASING.phrasing in small.load().entries["apl"].phrasings
    assert "written but not committed: git add ended with 128" in caplog.text
    assert "Paul" not in caplog.text
    assert "loyer" not in caplog.text


def test_a_commit_that_was_missed_is_made_by_the_retry(
    repository: Path, writer: FaqWriter
) -> None:
    """The program ended between the file and its commit: the same change again commits it."""
    (repository / ".git" / "index.lock").touch()
    writer.write(CARD, "Paul")
    (repository / ".git" / "index.lock").unlink()
    assert isinstance(writer.write(CARD, "Paul"), AlreadyThere)
    assert history(repository)[0].startswith("Claire: Ajout de la fiche")
    assert isinstance(writer.write(CARD, "Paul"), AlreadyThere)
    assert len(history(repository)) == 2


def test_a_retry_does_not_commit_what_an_editor_is_doing(
    small: SmallFaq, repository: Path, writer: FaqWriter
) -> None:
    """A change committed long ago comes again: Léa's unfinished edit stays hers."""
    writer.write(PHRASING, "Paul")
    with (repository / "aides.yml").open("a", encoding="utf-8") as file:
        file.write("# de Léa\n")
    assert isinstance(writer.write(PHRASING, "Paul"), AlreadyThere)
    assert len(history(repository)) == 2


def test_a_folder_inside_a_repository_is_not_committed(small: SmallFaq, writer: FaqWriter) -> None:
    """FAQ_DIR inside the sources of a program: the robot does not commit to them."""
    git(small.folder, "init", "--quiet")
    git(small.folder, "add", ".")
    git(small.folder, "commit", "--quiet", "-m", "Le début")
    assert writer.write(PHRASING, "Paul") == Written("content/aides.yml", "apl", None)
    assert history(small.folder) == ["Lea: Le début"]
    assert git(small.folder, "status", "--porcelain") == "M content/aides.yml"


def test_a_link_out_of_the_repository_is_not_committed(
    small: SmallFaq, repository: Path, writer: FaqWriter
) -> None:
    """A theme kept elsewhere is written there, without a commit."""
    elsewhere = small.folder / "partage.yml"
    (repository / "aides.yml").rename(elsewhere)
    (repository / "aides.yml").symlink_to(elsewhere)
    assert writer.write(PHRASING, "Paul") == Written("content/aides.yml", "apl", None)


def test_a_link_to_the_repository_is_followed(
    small: SmallFaq, repository: Path, tmp_path: Path
) -> None:
    """FAQ_DIR may be a link to the clone."""
    (tmp_path / "lien").symlink_to(repository)
    outcome = FaqWriter(tmp_path / "lien", small.service_file).write(PHRASING, "Paul")
    assert isinstance(outcome, Written)
    assert outcome.commit


def test_a_machine_without_git_still_writes(
    repository: Path,
    writer: FaqWriter,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The file is written, and the log says why there is no commit."""
    monkeypatch.setenv("PATH", os.devnull)
    assert writer.write(PHRASING, "Paul") == Written("content/aides.yml", "apl", None)
    assert "git is not installed" in caplog.text
