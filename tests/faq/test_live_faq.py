"""A FAQ that is edited while the robot runs."""

import os

import pytest

from faq.errors import FaqErrors
from faq.live import LiveFaq, LoadedFaq, RefusedFaq
from tests.faq.editing import editing
from tests.faq.small_faq import SmallFaq


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test saves one file at a time: no need to wait for the next one."""
    monkeypatch.setattr("faq.live.QUIET_MS", 50)


async def test_an_edit_is_seen_and_swapped(small: SmallFaq) -> None:
    """An editor adds a phrasing; the robot answers it without a restart."""
    async with editing(small) as editor:
        before = editor.live.current
        small.change("content/aides.yml", "dossier apl étudiant", "loyer de ma coloc")
        result = await editor.next_result()
        assert isinstance(result, LoadedFaq)
        assert editor.live.current is result.faq is not before
        assert result.faq.search("loyer coloc")[0].entry_id == "apl"


async def test_a_broken_file_never_replaces_a_good_faq(small: SmallFaq) -> None:
    """The mistake is told, the old FAQ goes on, and the repair is told as well."""
    async with editing(small) as editor:
        before = editor.live.current
        small.change("content/aides.yml", "titre: Aides", "titre: [Aides")
        refused = await editor.next_result()
        assert isinstance(refused, RefusedFaq)
        assert "content/aides.yml" in str(refused.errors[0])
        assert editor.live.current is before
        small.change("content/aides.yml", "titre: [Aides", "titre: Aides")
        assert isinstance(await editor.next_result(), LoadedFaq)
        assert editor.live.current.version == before.version


async def test_a_new_file_and_a_deleted_one_are_seen(small: SmallFaq) -> None:
    """A theme appears with its file and goes with it; other files are not our business."""
    async with editing(small) as editor:
        (small.directory / "notes.txt").write_text("brouillon", encoding="utf-8")
        (small.directory / "comptes.yml").rename(small.directory / "acces.yml")
        assert isinstance(await editor.next_result(), LoadedFaq)
        (small.directory / "acces.yml").unlink()
        while len(editor.live.current.themes) > 1:
            await editor.next_result()
        assert [theme.id for theme in editor.live.current.themes] == ["aides"]


async def test_saving_without_a_change_says_nothing(small: SmallFaq) -> None:
    """A file saved as it was, or only touched, is not announced."""
    async with editing(small) as editor:
        small.write("numeros.yml", small.files["numeros.yml"])
        os.utime(small.directory / "aides.yml")
        small.change("content/aides.yml", "titre: Aides", "titre: Les aides")
        result = await editor.next_result()
        assert isinstance(result, LoadedFaq)
        assert [t.title for t in result.faq.themes] == ["Comptes", "Les aides"]
        assert editor.heard.empty()


def test_without_a_good_faq_nothing_starts(small: SmallFaq) -> None:
    """At the start there is no old FAQ to fall back on: the errors are raised."""
    small.change("content/aides.yml", "theme: aides", "theme: 1")
    with pytest.raises(FaqErrors):
        LiveFaq(small.directory, small.service_file)


def test_even_a_failure_of_ours_keeps_the_old_faq(
    small: SmallFaq, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever goes wrong while reading, the robot goes on with what it had, and it is logged."""
    live = LiveFaq(small.directory, small.service_file)
    before = live.current

    def fail(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("faq.live.load_snapshot", fail)
    result = live.reload()
    assert isinstance(result, RefusedFaq)
    assert "Prévenez la personne technique." in str(result.errors[0])
    assert live.current is before
    assert "reading the FAQ failed" in caplog.text
