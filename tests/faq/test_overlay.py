"""A FAQ as it would be with another text in one of its files."""

from pathlib import Path

import pytest

from faq.errors import FaqErrors
from faq.overlay import load_with
from tests.faq.small_faq import TODAY, SmallFaq, entry, theme


def read(small: SmallFaq) -> dict[str, bytes]:
    """Every file on the disk."""
    return {str(path): path.read_bytes() for path in small.folder.rglob("*.yml")}


def test_a_text_is_read_instead_of_the_file(small: SmallFaq) -> None:
    """The others come from the disk, where nothing is written; versions differ as texts do."""
    before, disk = small.load(), read(small)
    path = small.directory / "comptes.yml"
    text = small.files["content/comptes.yml"].replace("Voici la réponse.", "Autre chose.")
    faq = load_with(small.directory, small.service_file, {path: text}, today=TODAY, before=before)
    assert faq.entries["mdp_caf"].answer == "Autre chose."
    assert faq.entries["apl"] == before.entries["apl"]
    assert faq.index is before.index  # no phrasing has changed: nothing to learn again
    assert faq.version != before.version
    assert read(small) == disk
    same = {path: small.files["content/comptes.yml"]}
    again = load_with(small.directory, small.service_file, same, today=TODAY)
    assert again.version == before.version


def test_another_phrasing_is_another_index(small: SmallFaq) -> None:
    """What is kept of the version before never hides a change of words, nor of synonyms."""
    before = small.load()
    path = small.directory / "aides.yml"
    text = small.files["content/aides.yml"].replace("dossier apl étudiant", "loyer de ma coloc")
    faq = load_with(small.directory, small.service_file, {path: text}, today=TODAY, before=before)
    assert faq.search("loyer de ma coloc")[0].phrasing_score > 0.99
    assert before.search("loyer de ma coloc")[0].phrasing_score < 0.9
    synonyms = small.files["synonymes.yml"].replace("cpam", "cpam, caisse")
    beside = {small.service_file.with_name("synonymes.yml"): synonyms}
    other = load_with(small.directory, small.service_file, beside, today=TODAY, before=before)
    assert other.index is not before.index


def test_a_theme_that_does_not_exist_yet(small: SmallFaq, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new file is one theme more, however its path is written; mistakes bear its real name."""
    path = small.directory / "ecole.yml"
    apl = entry("apl").replace("id: apl", "id: bourse").replace("Aide au logement (APL)", "Bourse")
    text = theme("ecole", "École", 3, apl.replace("demander les apl", "demander une bourse"))
    faq = load_with(small.directory, small.service_file, {path: text}, today=TODAY)
    assert [found.id for found in faq.themes] == ["comptes", "aides", "ecole"]
    monkeypatch.chdir(small.folder)
    with pytest.raises(FaqErrors) as found:
        load_with(small.directory, small.service_file, {Path("content/ecole.yml"): ""})
    assert [str(error) for error in found.value.errors] == [
        "content/ecole.yml : ce fichier est vide."
    ]


def test_only_files_of_the_faq(small: SmallFaq) -> None:
    """Neither a file elsewhere nor another kind of file is taken for one of the FAQ."""
    for path in (small.folder / "autre.yml", small.directory / "notes.txt"):
        with pytest.raises(ValueError, match="not a file of the FAQ"):
            load_with(small.directory, small.service_file, {path: "x"})
