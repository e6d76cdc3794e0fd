"""Thresholds proposed from the FAQ itself, and written where the team reads them."""

from dataclasses import replace

import pytest

from bot.faq_commands import calibrate, with_thresholds
from faq.calibration import MOST_ASTRAY, MOST_WRONG, Sample, measure, propose, samples_of
from faq.decision import Thresholds
from faq.errors import FaqErrors
from faq.index import Match
from faq.noise import spoil
from tests.faq.small_faq import SmallFaq


def found(right: str | None, *scores: tuple[str, float]) -> Sample:
    """A message and what it found."""
    return Sample(right, tuple(Match(name, s, "", s, s, s) for name, s in scores))


def test_what_thresholds_give_is_counted() -> None:
    """Right, wrong and proposed answers to questions; answers to what is no question of ours."""
    samples = [
        found("a", ("a", 0.9), ("b", 0.1)),
        found("a", ("b", 0.9), ("a", 0.1)),
        found("a", ("b", 0.5), ("a", 0.4)),
        found(None, ("a", 0.9)),
        found(None, ("a", 0.1)),
    ]
    shares = measure(samples, Thresholds(0.6, 0.2, 0.5))
    assert (shares.answered, shares.wrong, shares.in_menu) == (1 / 3, 1 / 3, 1 / 3)
    assert shares.astray == 0.5
    assert not shares.is_safe


def test_safe_thresholds_are_proposed_first() -> None:
    """However many right answers lower thresholds would give, wrong ones stay rare."""
    samples = [found("a", ("a", 0.55 + n / 1000)) for n in range(100)]
    samples += [found("a", ("b", 0.45), ("a", 0.44)) for _ in range(3)]
    samples += [found(None, ("a", 0.48)) for _ in range(20)]
    proposed = propose(samples)
    shares = measure(samples, proposed)
    assert shares.wrong <= MOST_WRONG
    assert shares.astray <= MOST_ASTRAY
    assert proposed.answer > 0.48
    assert shares.answered > 0.9


def test_nothing_safe_is_proposed_with_care() -> None:
    """A FAQ that is always wrong gets the most careful thresholds, and is told so."""
    samples = [found("a", ("b", 0.99)) for _ in range(50)]
    proposed = propose(samples)
    assert proposed.answer >= 0.8
    assert not measure(samples, proposed).is_safe


def test_a_faq_calibrates_itself(small: SmallFaq) -> None:
    """Its own phrasings, left out one fold at a time, as they are and mistyped."""
    faq = small.load()
    samples = samples_of(faq)
    phrasings = sum(len(entry.phrasings) for entry in faq.entries.values())
    assert phrasings <= sum(sample.right is not None for sample in samples) <= 2 * phrasings
    assert measure(samples, propose(samples)).answered > 0


def test_thresholds_are_written_and_nothing_else_changes(small: SmallFaq) -> None:
    """`calibrer --ecrire`: comments and order stay, and the file is still good."""
    before = small.service_file.read_text(encoding="utf-8")
    lines = calibrate(small.load(), small.service_file, write=True)
    after = small.service_file.read_text(encoding="utf-8")
    assert after.startswith(before.rstrip("\n"))
    assert "seuils:" in after
    assert "Proposé" in lines[2]
    small.load()


@pytest.mark.parametrize(
    "seuils",
    [
        "seuils: {reponse: 0.35}\n",
        "seuils:\n  reponse: 0.35\n  # un mot\n  ecart: 0.5\n",
        "seuils:   # les nôtres\n  suggestion: 0.1\n",
        "seuils :\n  reponse: 0.35\n\n  ecart: 0.5\n",
    ],
)
def test_old_thresholds_are_replaced_where_they_stand(seuils: str) -> None:
    """Written twice, the file would be refused."""
    text = f"exemple: non\n{seuils}# la suite\nfuseau: Europe/Paris\n"
    written = with_thresholds(text, Thresholds(0.61, 0.17, 0.7))
    assert written.count("seuils:") == 1
    assert "reponse: 0.61" in written
    assert "0.35" not in written
    assert written.startswith("exemple: non\n")
    assert written.endswith("# la suite\nfuseau: Europe/Paris\n")
    assert written.count("ecart:") == 1
    assert len(written.splitlines()) == 7
    assert with_thresholds(written, Thresholds(0.61, 0.17, 0.7)) == written


def test_old_thresholds_at_the_end_are_replaced() -> None:
    """Whether the last line ends or not."""
    for end in ("", "\n", "\n\n"):
        written = with_thresholds(f"exemple: non\nseuils:\n  ecart: 0.35{end}", Thresholds())
        assert written.count("seuils:") == 1
        assert "0.35" not in written


def test_what_cannot_be_read_again_is_not_written(small: SmallFaq) -> None:
    """A file that was broken meanwhile stays as its author left it, and nothing beside it."""
    faq = small.load()
    small.service_file.write_text("seuils: [\n", encoding="utf-8")
    with pytest.raises(FaqErrors):
        calibrate(faq, small.service_file, write=True)
    assert small.service_file.read_text(encoding="utf-8") == "seuils: [\n"
    assert not list(small.service_file.parent.glob("*.nouveau"))


def test_a_faq_without_phrasings_measures_nothing() -> None:
    """No question, no share, no crash."""
    assert measure([], Thresholds()).is_safe


def test_thresholds_have_an_order() -> None:
    """The higher the score, the less lead it needs, and never none."""
    thresholds = replace(Thresholds(), answer=0.5, ambiguity=0.7)
    leads = [thresholds.lead_for(score) for score in (0.5, 0.7, 0.9, 1.0)]
    assert leads == sorted(leads, reverse=True)
    assert leads[-1] > 0.2


def test_a_message_is_always_spoilt_alike() -> None:
    """Two calibrations of the same FAQ say the same."""
    assert spoil("demander une carte d'identité") == spoil("demander une carte d'identité")
    assert any(spoil(text) != text for text in ("mot de passe oublié", "carte vitale perdue"))
