"""How messages are read: accents, abbreviations, typos, lost spaces, old names."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq.catalogue import Faq
from faq.common_words import commonness_weight, ranks
from faq.spelling import Speller
from faq.synonyms import Synonyms
from faq.text import ABBREVIATIONS, MAX_CHARACTERS, expand, normalise, words

FAQ_WORDS = {
    "connecter": 2,
    "declaration": 1,
    "attestation": 1,
    "mutuelle": 1,
    "vitale": 2,
    "caf": 3,
    "cdi": 1,
    "apl": 1,
    "numero": 1,
    "passe": 2,
    "mot": 2,
    "doctolib": 1,
}
speller = Speller(FAQ_WORDS)


def read(text: str) -> str:
    """The text as the speller reads it."""
    return " ".join(word for item in speller.read(expand(words(text))) for word in item.read)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("J’ai PERDU ma carte !", "j ai perdu ma carte"),
        ("œuf, cœur, ÆTHER", "oeuf coeur aether"),
        ("r.s.a. ou R.S.A", "rsa ou rsa"),
        ("merciiiiii", "mercii"),
        ("une idée créée", "une idee cree"),
        ("https://www.ameli.fr", "ameli"),
        ("impots.gouv.fr", "impots"),
        ("mot-de-passe_caf", "mot de passe caf"),
        ("  \n ", ""),
        ("👍🙏", ""),
    ],
)
def test_writing_makes_no_difference(text: str, plain: str) -> None:
    """Case, accents, ligatures, dots and dashes do not change what is asked."""
    assert normalise(text) == plain


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("mdp caf", "mot de passe caf"),
        ("c koi", "c est quoi"),
        ("c'est quoi", "c est quoi"),
        ("jai pa recu le sms", "j ai pas recu le sms"),
        ("pk sa marche pa", "pourquoi sa marche pas"),
        ("rdv medecin svp", "rendez vous medecin s il vous plait"),
        ("rdvs", "rdvs"),
        ("cb", "cb"),
    ],
)
def test_abbreviations_are_written_out_word_by_word(text: str, full: str) -> None:
    """Everyday shortcuts are read, never inside a word, and « cb » is left alone."""
    assert " ".join(expand(words(text))) == full


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("tu m apl ce soir", "tu m appelle ce soir"),
        ("vous m’apl demain ?", "vous m appelle demain"),
        ("les apl", "les apl"),
        ("mes apl ont baissé", "mes apl ont baisse"),
        ("l’apl", "l apl"),
        ("apl", "apl"),
    ],
)
def test_apl_is_a_call_or_a_benefit(text: str, full: str) -> None:
    """« tu m apl » asks for a phone call; « les apl » is the housing benefit."""
    assert " ".join(expand(words(text))) == full


def test_only_the_start_of_a_long_message_is_read() -> None:
    """A thousand characters are enough to know what is asked, and cost is bounded."""
    assert len(" ".join(words("abc " * 5_000))) <= MAX_CHARACTERS


def test_abbreviations_are_plain_words() -> None:
    """The table is written as messages are once normalised, or it would never apply."""
    assert all(normalise(short) == short for short in ABBREVIATIONS)
    assert all(normalise(word) == word for full in ABBREVIATIONS.values() for word in full)


@pytest.mark.parametrize(
    ("typed", "as_read"),
    [
        ("conecter", "connecter"),
        ("déclarasion", "declaration"),
        ("atestassion", "attestation"),
        ("vitalle", "vitale"),
        ("docto lib", "doctolib"),
        ("lamutuelle", "la mutuelle"),
        ("monnumero", "mon numero"),
        ("jaiperdumonmotdepasse", "j ai perdu mon mot de passe"),
        ("dapl", "d apl"),
    ],
)
def test_misspelt_words_are_read(typed: str, as_read: str) -> None:
    """Letters missed or doubled, spaces lost or too many."""
    assert read(typed) == as_read


@pytest.mark.parametrize("word", ["cdd", "ape", "cad", "cafe", "café", "taf", "rsa"])
def test_short_words_are_never_corrected(word: str) -> None:
    """cdd is not cdi, ape is not apl, café is not caf."""
    assert read(word) == normalise(word)


@pytest.mark.parametrize("word", ["vital", "passer", "mots", "casse", "mort"])
def test_a_known_word_is_never_corrected(word: str) -> None:
    """A French word stays what it is, however near a word of the FAQ."""
    assert word in ranks()
    assert read(word) == word


def test_a_word_of_the_faq_is_never_corrected() -> None:
    """The FAQ's own words are right, even if near each other."""
    assert [read(word) for word in FAQ_WORDS] == list(FAQ_WORDS)


def test_unknown_words_are_said_to_be_unknown() -> None:
    """What is neither French, nor near the FAQ, is kept as typed and marked."""
    (word,) = speller.read(["zblorgfk"])
    assert (word.read, word.is_known, word.is_corrected) == (("zblorgfk",), False, False)


def test_common_words_weigh_less() -> None:
    """« de » says less than « passeport »; a word nobody lists weighs fully."""
    assert commonness_weight("de") < commonness_weight("carte") <= commonness_weight("ameli") == 1


def test_synonyms_apply_to_whole_words_longest_first() -> None:
    """« pôle emploi » is one name; « emploi » inside another word, or alone, is not."""
    synonyms = Synonyms(
        {
            ("pole", "emploi"): ("france", "travail"),
            ("france", "travail"): ("france", "travail"),
            ("caf",): ("caf",),
            ("alloc",): ("caf",),
        }
    )
    text = ["mon", "pole", "emploi", "et", "emploi", "alloc", "allocation"]
    assert [(p.words, p.family) for p in synonyms.apply(text)] == [
        (("mon",), None),
        (("pole", "emploi"), ("france", "travail")),
        (("et",), None),
        (("emploi",), None),
        (("alloc",), ("caf",)),
        (("allocation",), None),
    ]


def test_a_misspelt_synonym_is_read_then_replaced(faq: Faq) -> None:
    """« pole enploi » is pôle emploi, hence France Travail."""
    pieces = faq.index.read("mon pole enploi").pieces
    assert pieces[-1].family == ("france", "travail")


@given(st.text(max_size=200))
def test_any_text_can_be_normalised(text: str) -> None:
    """Nothing a person can type breaks the reading, and reading twice changes nothing."""
    once = normalise(text)
    assert normalise(once) == once


@pytest.mark.parametrize(
    "text",
    [
        "x" * 4_096,
        "ab " * 1_365,
        "a" * 30 + " " + "zq" * 2_000,
        " ".join(f"zzqx{n}k" for n in range(500)),
        " ".join("azertyuiop"[n % 10] * (n % 28 + 4) for n in range(300)),
        "é" * 4_096,
        "́" * 4_096,
        "r.s.a." * 600,
        " " * 4_096,
        "jaiperdumonmotdepasse" * 195,
    ],
)
def test_hostile_messages_cost_little(faq: Faq, text: str) -> None:
    """4,096 characters chosen to be slow are searched in less than 20 ms."""
    faq.search(text)
    start = process_time()
    faq.search(text[:-1] + "k")
    assert process_time() - start < 0.020
