"""The model of danger: what it is trained on, and that it is kept whole."""

from pathlib import Path

import numpy as np
import pytest

from faq import danger_model
from faq.danger_features import OF_SEARCH
from faq.danger_model import DangerModel, save, shipped
from faq.danger_training import Example, read_file, train

FILE = """# Un commentaire
[suicide explicit]
je veux mourir

[violences,danger_immediat indirect]
il rentre ce soir et j'ai peur
"""


@pytest.fixture(scope="module")
def tiny() -> DangerModel:
    """Trained on a handful of sentences."""
    sentences = {
        ("suicide",): "je veux mourir / plus envie de vivre / je pense à en finir",
        ("feu",): "ça brûle chez moi / il y a le feu / de la fumée partout",
        (): "mon dossier caf / ma carte vitale / un rendez-vous demain / payer mon loyer",
    }
    examples = [
        Example(text, categories, is_explicit=True, number="01")
        for categories, texts in sentences.items()
        for text in texts.split(" / ")
    ]
    return train(examples, ["demander le rsa", "refaire mon passeport"])


def test_examples_are_read(tmp_path: Path) -> None:
    """Headers name the categories and how openly it is said; comments are no examples."""
    path = tmp_path / "danger_03.txt"
    path.write_text(FILE, encoding="utf-8")
    first, second = read_file(path)
    assert (first.text, first.categories, first.is_explicit) == (
        "je veux mourir",
        ("suicide",),
        True,
    )
    assert second.categories == ("violences", "danger_immediat")
    assert not second.is_explicit
    assert second.number == "03"


def test_a_file_without_danger_has_no_category(tmp_path: Path) -> None:
    """Whatever its headers say."""
    path = tmp_path / "sans_danger_03.txt"
    path.write_text("[figures de style]\nmort de rire\n", encoding="utf-8")
    (example,) = read_file(path)
    assert example.categories == ()


def test_it_learns_from_a_few_sentences(tiny: DangerModel) -> None:
    """Words never seen together are still nearer to one category than to the others."""
    assert tiny.read("je n'ai plus envie de vivre").category == "suicide"
    assert tiny.read("il y a de la fumée chez moi").category == "feu"
    danger, calm = tiny.read("je veux en finir"), tiny.read("mon rendez-vous à la caf")
    assert danger.probability > calm.probability
    assert 0 <= calm.probability <= danger.probability <= 1


def test_it_is_kept_whole(
    tiny: DangerModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is written to the file reads as what was trained, to a hundredth."""
    path = tmp_path / "model.npz"
    save(tiny, path)
    monkeypatch.setattr(danger_model, "FILE", path)
    shipped.cache_clear()
    try:
        kept = shipped()
    finally:
        shipped.cache_clear()
    assert kept.categories == tiny.categories
    assert kept.sources == tiny.sources
    for text in ("je veux mourir", "ma carte vitale", "au feu"):
        assert kept.read(text).probability == pytest.approx(tiny.read(text).probability, abs=0.01)


def test_what_sounds_alike_reads_alike() -> None:
    """« mourrir » has the pairs of « mourir »; the same words in another order do not."""
    texts = ("je veux mourir", "je veu mourrir", "mourir veux je")
    rows = [shipped().reading.weigh([text.split()]) for text in texts]
    said, typed, turned = ({*row.features[row.features >= OF_SEARCH].tolist()} for row in rows)
    assert said == typed
    assert len(said) == 3
    assert said.isdisjoint(turned)


def test_a_message_without_words_is_no_danger(tiny: DangerModel) -> None:
    """An emoji, or nothing."""
    assert tiny.read("👍").probability == 0
    assert tiny.read("").probability == 0


def test_a_long_message_is_read_part_by_part() -> None:
    """A danger at the end of a long story is not drowned by the length of the story."""
    calm = "je vous écris pour mon dossier de la caf et de la mutuelle "
    cry = "mon mari me frappe tous les soirs"
    short, long = (shipped().read(calm * n + cry).probability for n in (4, 40))
    assert long > 0.5 * short
    assert long > 5 * shipped().read(calm * 40).probability


def test_every_category_of_the_model_is_one_of_the_file(known_categories: set[str]) -> None:
    """`urgences.yml` has a message for whatever the model may find."""
    assert set(shipped().categories[:-1]) <= known_categories
    assert shipped().categories[-1] == danger_model.NOTHING
    assert np.isfinite(shipped().weights).all()
