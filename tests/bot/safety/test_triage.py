"""Danger is seen in what people write, and everyday words are left in peace.

The floors are kept on messages that the lexicon was tuned on: they stop it from getting worse and
do not say how many unseen messages it finds. That figure stands in data/README.md.
"""

import time
from collections import Counter

import pytest

from bot.safety import Triage
from faq.danger import DangerTable
from tests.bot.safety.corpus import Said, dangerous, harmless

LEVELS = ("doute", "prioritaire", "urgent")


def _is_missed(triage: Triage, said: Said, table: DangerTable) -> bool:
    """Nothing found, or something less urgent than the best answer."""
    levels = {danger.id: LEVELS.index(danger.level) for danger in table.categories}
    found = triage.triage(said.text)
    weakest = min(levels[category] for category in said.categories)
    return found is None or levels[found.id] < weakest


def test_the_corpora_are_large_enough() -> None:
    """Hundreds of messages, of every category."""
    assert len(dangerous()) >= 800
    assert len(harmless()) >= 1000
    assert min(Counter(said.categories[0] for said in dangerous()).values()) >= 5


def test_danger_is_found(triage: Triage, table: DangerTable) -> None:
    """Recall on the working messages: 98 % of all, and every explicit one."""
    missed = [said for said in dangerous() if _is_missed(triage, said, table)]
    assert [said.text for said in missed if said.is_explicit] == []
    assert len(missed) <= 0.02 * len(dangerous())


def test_the_category_is_nearly_always_the_right_one(triage: Triage) -> None:
    """At least 95 % get the answer meant for them, not only an alarm."""
    wrong = [
        said.text
        for said in dangerous()
        if (found := triage.triage(said.text)) is None or found.id not in said.categories
    ]
    assert len(wrong) <= 0.05 * len(dangerous()), wrong


def test_everyday_messages_raise_no_alarm(triage: Triage) -> None:
    """False alarms on the working look-alikes: 1 % at most."""
    alarms = [said.text for said in harmless() if triage.triage(said.text)]
    assert len(alarms) <= 0.01 * len(harmless()), alarms


# domain-facts §3d, every phrase: the category or categories that may answer.
STARTING_LEXICON = {
    "suicide": """suicide, suicider, suicidaire, me tuer, m tuer, mourir, en finir,
        plus envie de vivre, plus la force, disparaitre, me foutre en l'air, me pendre,
        medicaments pour mourir, j veu mourir, jveux plus vivre, jé envie de mourir, a quoi bon,
        adieu""",
    "violences danger_immediat": """il me frappe, me tape, mfrappe, coup, coups, menace, menacé,
        il va me tuer, viol, violé, sequestré, enferme, j'ai peur, excision, mariage forcé,
        mon mari frappe, mon ex tape, mon copain menace""",
    "enfant": """mon fils frappe, ma fille tape, mon enfant touche, bebe viol, mon fils peur,
        maltraité, maltraitance, attouchements""",
    "sante": """malaise, respire pas, respire plus, saigne, sang, poitrine, evanoui, inconscient,
        avc, crise, convulsion, overdose, avalé, brulé, accouche, samu""",
    "urgence_seule": "urgence, urgences",
    "dehors": """dors dehors, dormir dehors, a la rue, sans abri, sdf, nulle part ou dormir,
        pas de toit, expulsé ce soir, hebergement ce soir, 115""",
    "feu": "feu, incendie, fumée, gaz, fuite",
}


@pytest.mark.parametrize("categories", STARTING_LEXICON)
def test_every_phrase_of_the_starting_lexicon_triggers(triage: Triage, categories: str) -> None:
    """Each phrase of domain-facts §3d, alone, gives its category."""
    for phrase in " ".join(STARTING_LEXICON[categories].split()).split(", "):
        found = triage.triage(phrase)
        assert found is not None, phrase
        assert found.id in categories.split(), phrase


@pytest.mark.parametrize(
    "text",
    ["mort de rire", "ça me tue", "tuer le temps", "crise du logement", "12 rue de la Paix",
     "il ne me frappe pas", "pas de malaise", "y a un mec avc un avocat", "ménage chez ma femme"],
)  # fmt: skip
def test_false_friends_and_denials_are_not_danger(triage: Triage, text: str) -> None:
    """Figures of speech, addresses, and what somebody says is not so."""
    assert triage.triage(text) is None


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("j'en peux plus de la CAF", "detresse"),
        ("je vais me tuer au travail", "detresse"),
        ("je ne pense pas au suicide", "detresse"),
        ("j'arrête pas de penser au suicide", "suicide"),
        ("je sais pas quoi faire il me frappe", "violences"),
        ("je fais un avc", "sante"),
        ("SU\u200bICIDE", "suicide"),
        ("malaize dans le salon", "sante"),
        ("bonjour " * 400 + "je veux mourir", "suicide"),
        ("me " * 1300 + "je veux mourir", "suicide"),
    ],
)
def test_doubt_denial_and_disguise(triage: Triage, text: str, category: str) -> None:
    """An ambiguous message gets the careful answer; a danger is seen wherever it stands."""
    found = triage.triage(text)
    assert found is not None
    assert found.id == category


def test_the_gravest_danger_answers(triage: Triage) -> None:
    """Two dangers in one message: the first of the file, by urgency, whatever the order."""
    for text in ("j'en peux plus il respire plus", "il respire plus j'en peux plus"):
        found = triage.triage(text)
        assert found is not None
        assert found.id == "sante"


def test_every_urgent_message_gives_its_number_at_once(table: DangerTable) -> None:
    """A number within two lines, five lines at most; the robot says what it is."""
    for danger in table.categories:
        numbers = [rank for rank, line in enumerate(danger.lines) if any(map(str.isdigit, line))]
        if danger.level == "urgent":
            assert numbers[0] <= 1, danger.id
            assert any("Je suis un robot." in line for line in danger.lines), danger.id
        assert len(danger.lines) <= 5


def test_the_emergency_number_stands_before_3919(table: DangerTable) -> None:
    """3919 does not treat emergencies (service-public): 17 and 114 come first."""
    numbers = next(danger.numbers for danger in table.categories if danger.id == "violences")
    assert numbers == ("n17", "n114", "n3919")


@pytest.mark.parametrize(
    "unit", ["me ", "il me ", "pas ", "frapee ", "mon enfant ", "a", "\ufdfa", "mari gifle seul "]
)
def test_no_message_takes_long(triage: Triage, unit: str) -> None:
    """4,096 hostile characters cost milliseconds (< 20 on a quiet machine), never seconds."""
    text = (unit * 4096)[:4096]
    assert min(_seconds(triage, text) for _ in range(3)) < 0.1


def test_an_ordinary_message_takes_less_than_a_millisecond(triage: Triage) -> None:
    """The median over all the messages (measured: 0.2 ms)."""
    times = sorted(_seconds(triage, said.text) for said in harmless())
    assert times[len(times) // 2] < 0.002


def _seconds(triage: Triage, text: str) -> float:
    start = time.process_time()
    triage.triage(text)
    return time.process_time() - start
