"""Danger is seen in what people write, and everyday words are left in peace.

Two kinds of messages: those that the model learned from, whose floors only say that nothing got
worse; and those of `blind/`, which nothing was trained or tuned on. The figures that count are the
second ones (docs/decisions, page 24).
"""

import time
from collections import Counter

import pytest

from bot.safety import Triage
from faq.danger import DangerTable
from faq.danger_model import shipped
from faq.danger_training import Example, sources_digest

HANG = 1.0  # seconds of processor: far above any real cost
UNSEEN_MISSED = 0.02  # the aim; measured: 2 of 461
OPENLY_MISSED = 0  # the aim; measured: none of 261
LEAST_ORDINARY = 8  # words


def dangerous(examples: list[Example]) -> list[Example]:
    """Those of people in danger."""
    return [example for example in examples if example.categories]


def harmless(examples: list[Example]) -> list[Example]:
    """Those that only look like it, or do not."""
    return [example for example in examples if not example.categories]


def missed(triage: Triage, examples: list[Example]) -> list[Example]:
    """Dangerous messages in which nothing at all is found."""
    return [example for example in dangerous(examples) if triage.triage(example.text) is None]


def false_alarms(triage: Triage, examples: list[Example]) -> list[Example]:
    """Harmless messages in which something is found."""
    return [example for example in harmless(examples) if triage.triage(example.text) is not None]


@pytest.fixture(name="told", scope="module")
def _told(triage: Triage, some_known: list[Example]) -> dict[str, str | None]:
    """What each example raises, looked for once."""
    return {example.text: triage.category_of(example.text) for example in some_known}


@pytest.fixture(scope="module")
def some_known(known: list[Example]) -> list[Example]:
    """One in five of them: all would take two minutes."""
    return known[::5]


def test_the_examples_are_many(known: list[Example], table: DangerTable) -> None:
    """Thousands of messages, of every category, and no category that does not exist."""
    counts = Counter(example.categories[0] for example in dangerous(known))
    assert len(dangerous(known)) >= 20_000
    assert len(harmless(known)) >= 25_000
    assert sum(count >= 300 for count in counts.values()) == 14
    assert counts.keys() <= {danger.id for danger in table.categories}


def test_the_model_was_trained_on_these_examples() -> None:
    """After a change of the examples or of the words: `python -m bot apprendre`."""
    assert shipped().sources == sources_digest()


def test_the_unseen_messages_are_many(unseen: list[Example]) -> None:
    """Four hundred dangers and six hundred harmless messages, none of which was learned."""
    assert len(dangerous(unseen)) >= 400
    assert len(harmless(unseen)) >= 600


def test_danger_is_found(told: dict[str, str | None], some_known: list[Example]) -> None:
    """Recall on what was learned: 99 % of all, and of what is said openly."""
    found_not = [example for example in dangerous(some_known) if told[example.text] is None]
    openly = [example.text for example in found_not if example.is_explicit]
    explicit = [example for example in dangerous(some_known) if example.is_explicit]
    assert len(found_not) <= 0.01 * len(dangerous(some_known))
    assert len(openly) <= 0.01 * len(explicit), openly


def test_danger_among_other_words_is_found(
    triage: Triage, told: dict[str, str | None], some_known: list[Example]
) -> None:
    """What is said openly, before or after ordinary questions: at least 95 %."""
    explicit = [example.text for example in dangerous(some_known) if example.is_explicit]
    ordinary = [e.text for e in harmless(some_known) if len(e.text.split()) >= LEAST_ORDINARY]
    alone = [text for text in ordinary if told[text] is None]
    around = [alone[place * 7 % len(alone)] for place in range(len(explicit))]
    hidden = [
        text
        for cry, other in zip(explicit, around, strict=True)
        for text in (f"{other} {cry}", f"{cry}, {other}")
        if triage.triage(text) is None
    ]
    assert len(explicit) > 500
    assert len(hidden) <= 0.05 * 2 * len(explicit), hidden


def test_a_cry_at_the_end_of_a_long_breath_is_found(triage: Triage) -> None:
    """A whole Telegram message without one stop: its last words are read like the first."""
    story = "comment refaire mon mot de passe ameli et ma carte vitale et mon dossier caf "
    found = triage.triage(story * 25 + "je veux mourir")
    assert found is not None
    assert found.id == "suicide"


@pytest.mark.parametrize(
    ("cry", "found"),
    [("il me bat", "violences"), ("ma fille convulse", "sante"), ("j'ai faim", "faim")],
)
def test_politeness_hides_no_cry(triage: Triage, cry: str, found: str) -> None:
    """Greetings, a name and thanks around few words weigh nothing beside them."""
    danger = triage.triage(f"Bonjour Madame, je suis Amina Diallo. {cry}. Merci, bonne journée.")
    assert danger is not None
    assert danger.id == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("l'aide à domicile tape ma mère qui a alzheimer", "adulte_vulnerable"),
        ("ma fille de 14 ans a fugué depuis hier soir elle repond pas", "enfant"),
        ("j'ai avalé toutes mes boîtes de Lexomil il y a une heure", "sante"),
        ("mon fils sétouffe avec un bonbon", "sante"),
    ],
)
def test_the_numbers_are_those_of_what_happens(triage: Triage, text: str, found: str) -> None:
    """What the whole is about, not the word that was seen first; the body before everything."""
    danger = triage.triage(text)
    assert danger is not None
    assert danger.id == found


def test_what_is_set_aside_is_said_to_be(triage: Triage) -> None:
    """« Pourquoi » never names an expression as if it had been heeded."""
    text = "au secours les formulaires en anglais pour mon fils haha"
    assert triage.triage(text) is None
    (line,) = triage.explain(text)
    assert "au secours" in line
    assert "façon de parler" in line


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("elle est peut-être en danger", "danger_immediat"),
        ("je ne suis pas en danger", None),
        ("mes enfants sont pas en danger", None),
        ("je veux pas me suicider", "detresse"),
        ("je suis en danger, pour voter faut la carte electorale ou la cni", "danger_immediat"),
        ("comment refaire mon mot de passe ameli je veux mourir", "suicide"),
        ("je suis un homme", None),
        ("sortie d'hôpital, aucun logement ce soir", "dehors"),
        ("loyer impayé", None),
        ("edf", None),
    ],
)
def test_what_is_denied_or_bare(triage: Triage, text: str, found: str | None) -> None:
    """A word of danger denied, or too bare to say anything, raises no alarm."""
    danger = triage.triage(text)
    assert (None if danger is None else danger.id) == found


def test_unseen_danger_is_found(triage: Triage, unseen: list[Example]) -> None:
    """Recall on messages never seen."""
    found_not = missed(triage, unseen)
    openly = [example for example in found_not if example.is_explicit]
    explicit = [example for example in dangerous(unseen) if example.is_explicit]
    count, count_openly = len(found_not), len(openly)  # they must not be read here
    assert count <= UNSEEN_MISSED * len(dangerous(unseen))
    assert count_openly <= OPENLY_MISSED * len(explicit)


def test_unseen_everyday_messages_raise_few_alarms(triage: Triage, unseen: list[Example]) -> None:
    """False alarms on unseen look-alikes: 5 % at most (measured: 28 of 704)."""
    alarms = len(false_alarms(triage, unseen))  # counted: they must not be read here
    assert alarms <= 0.05 * len(harmless(unseen))


def test_the_category_is_nearly_always_the_right_one(
    told: dict[str, str | None], some_known: list[Example]
) -> None:
    """At least 88 % get the answer meant for them, not only an alarm."""
    wrong = [e.text for e in dangerous(some_known) if told[e.text] not in e.categories]
    assert len(wrong) <= 0.12 * len(dangerous(some_known)), wrong[:50]


def test_everyday_messages_raise_no_alarm(
    told: dict[str, str | None], some_known: list[Example]
) -> None:
    """False alarms on what was learned, much of it written around words of danger: 5 % at most."""
    alarms = [example.text for example in harmless(some_known) if told[example.text] is not None]
    assert len(alarms) <= 0.05 * len(harmless(some_known)), alarms[:50]


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
    ("text", "found"),
    [
        ("comment refaire mon mot de passe ameli sos", True),
        ("bonjour pour ma carte vitale et mon dossier caf aidez moi vite", True),
        ("pour le rsa à l'aide il arrive", True),
        ("on demande à l'aide sociale un papier", False),
        ("je remplis le dossier à l'aide de ma fille", False),
        ("sos imprimante", False),
    ],
)
def test_a_bare_cry_for_help_is_no_figure_of_speech(
    triage: Triage, text: str, found: bool
) -> None:
    """« sos », « à l'aide » count inside any question: the numbers, and what is the matter."""
    assert (triage.triage(text) is not None) == found


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
    """4,096 hostile characters never hang the robot (`make bench-danger` times them)."""
    start = time.process_time()
    triage.triage((unit * 4096)[:4096])
    assert time.process_time() - start < HANG
