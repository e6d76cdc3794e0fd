"""Short cries and harmless look-alikes, each alone and inside nine ordinary messages.

Two halves of one hand (probes/): one was looked at, and helped to choose words and settings; the
other was only counted. Both are kinder than life: who wrote them wrote some of the examples too,
and knew the frames. What the examples happen to say word for word is left out of the counted half.
"""

from pathlib import Path

import pytest

from bot.safety import Triage
from faq.danger_training import Example, read_examples, without_known
from tests.bot.safety.frames import FRAMES, framed

PROBES = Path(__file__).with_name("probes")
# half → most cries missed, most look-alikes taken for a danger: a little over what was measured
CEILINGS = {"seen": (0.06, 0.07), "counted": (0.06, 0.07)}


@pytest.fixture(scope="module")
def halves(known: list[Example]) -> dict[str, list[Example]]:
    """Each half, read once."""
    examples = read_examples(PROBES)
    counted = [example for example in examples if example.number == "counted"]
    return {
        "seen": [example for example in examples if example.number == "seen"],
        "counted": without_known(counted, known),
    }


def raised(triage: Triage, examples: list[Example]) -> list[bool]:
    """Whether each example, in each frame, raises anything."""
    texts = [text for example in examples for text in framed(example.text)]
    return [triage.triage(text) is not None for text in texts]


def test_the_probes_are_many_and_varied(halves: dict[str, list[Example]]) -> None:
    """Forty cries of fifteen categories and fifty look-alikes in each half, in ten frames."""
    assert len(FRAMES) == 10
    for half in halves.values():
        cries = [example for example in half if example.categories]
        assert len({example.categories for example in cries}) == 15
        assert len(cries) >= 40
        assert len(half) - len(cries) >= 50


@pytest.mark.parametrize("half", CEILINGS)
def test_a_cry_is_found_in_any_frame(
    triage: Triage, halves: dict[str, list[Example]], half: str
) -> None:
    """« je fais un avc » is no smaller danger inside a question about a card."""
    found = raised(triage, [example for example in halves[half] if example.categories])
    assert found.count(False) <= CEILINGS[half][0] * len(found)


@pytest.mark.parametrize("half", CEILINGS)
def test_a_look_alike_alarms_in_few_frames(
    triage: Triage, halves: dict[str, list[Example]], half: str
) -> None:
    """« mon téléphone est mort » is not one, wherever it stands."""
    found = raised(triage, [example for example in halves[half] if not example.categories])
    assert found.count(True) <= CEILINGS[half][1] * len(found)
