"""Private numbers leave no trace; everything else stays as it was written."""

import time
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn

from bot.safety import Redactor, redact
from bot.safety.digits import luhn_sum
from tests.bot.safety.samples import private_numbers, public_texts

MASKED = [
    ("1 85 05 78 006 084 36", "•••••••••••••••••••••", "nir"),
    ("secu 1850578006084 99 ok", "secu •••••••••••••••• ok", "nir"),
    ("né le 12/03/1985 0612345678", "né le 12/03/1985 ••••••••••", "phone"),
    ("CB 4111 1111 1111 1111 12/27", "CB ••••••••••••••••••• 12/27", "card"),
    ("FR76 3000 6000 0112 3456 7890 188 merci", "••••••••••••••••••••••••••••••••• merci", "bank"),
    ("30006 00001 1234567890A 18", "••••••••••••••••••••••••••", "bank"),
    ("+213 661 23 45 67", "+••••••••••••••••", "phone"),
    ("٠٦١٢٣٤٥٦٧٨", "••••••••••", "phone"),
    ("mdp : Soleil75! merci", "mdp : ••••••••• merci", "secret"),
    ("mon mot de passe c'est soleil", "mon mot de passe c'est ••••••", "secret"),
    ("le code est 4512.", "le code est ••••.", "secret"),
    ("mon code : 12 34 56", "mon code : ••••••••", "secret"),
    ("cvv 123", "cvv •••", "secret"),
    ("mdp : p😀p", "mdp : ••••", "secret"),
    ("caf 1234567A", "caf ••••••••", "allocataire"),
]
KEPT = [
    "mot de passe oublié",
    "mot de passe : comment faire ?",
    "mot de passe et identifiant perdus",
    "mon mot de passe est bloqué",
    "le code ne marche pas",
    "mon code est arrivé par sms",
    "le code est valable 10 minutes",
    "code postal 75011",
    "code de la route",
    "code du travail article L1234",
    "l'identifiant est demandé",
    "mes identifiants ameli",
    "c'est quoi le code",
    "code c'est quoi",
    "mon mot de passe n'est pas bon",
    "changer de mot de passe",
    "j'ai reçu 1234567 euros de la caf",
    "SIRET 732 829 320 00074",
    "rdv le 12/03/2026 à 14h30 ou 15h",
    "je m'appelle Amina Diallo, mon mari Paul Code",
    "32 30 ou 36 46 ou 0 806 001 620",
    "12 rue de la Paix 75002 Paris",
]


@pytest.mark.parametrize(("text", "masked", "kind"), MASKED)
def test_a_private_number_becomes_dots(text: str, masked: str, kind: str) -> None:
    """Each character of a private number becomes one dot, two for an emoji."""
    assert redact(text).text == masked
    assert redact(text).kinds == {kind}


@pytest.mark.parametrize("text", KEPT)
def test_other_words_and_numbers_stay(text: str) -> None:
    """Questions about a password, dates, sums, names and public numbers are left alone."""
    assert redact(text).text == text
    assert redact(text).kinds == frozenset()


def test_every_spelling_of_a_private_number_is_masked() -> None:
    """Of 6,000 private numbers in many spellings none keeps a character; the rest stays."""
    missed = [
        (text.format(number), masked)
        for number, text in private_numbers(Random(7), 500)  # noqa: S311 - invented numbers, no secret
        if (masked := redact(text.format(number)).text) != text.format(_dots(number))
    ]
    assert missed == []


def _dots(number: str) -> str:
    return "+" * number.startswith("+") + "•" * len(number.removeprefix("+"))


def test_public_numbers_are_hardly_ever_masked() -> None:
    """SIRET, dates, sums, addresses, references: at most one in a thousand is masked."""
    texts = list(public_texts(Random(13), 1500))  # noqa: S311
    wrong = [text for text in texts if redact(text).kinds]
    assert len(wrong) <= len(texts) / 1000, wrong[:10]


def test_numbers_of_the_table_are_public() -> None:
    """A number that the robot gives itself is never masked, however it is written."""
    redactor = Redactor(public_numbers=["09 72 39 40 50"], public_domains=["caf.fr"])
    for text in ("09.72.39.40.50", "+33 9 72 39 40 50", "0972394050", "aide@paris.caf.fr"):
        assert redactor.redact(text).text == text
    assert redact("09.72.39.40.50").kinds == {"phone"}
    assert redactor.redact("moi@faussecaf.fr").kinds == {"email"}


@given(st.text(st.sampled_from("0123456789"), min_size=1, max_size=19))
def test_the_card_check_is_the_one_of_stdnum(digits: str) -> None:
    """Our quick sum agrees with python-stdnum."""
    assert (luhn_sum(digits) % 10 == 0) == (luhn.checksum(digits) == 0)


PIECES = st.sampled_from(
    ["06 12 34 56 78", "1234567", "caf", "mdp", ":", "c'est", "est", "1 85 05 78 006 084 36", "12",
     "FR76 3000 6000 0112 3456 7890 189", "4111 1111 1111 1111", "12/03/1985", "a@b.fr", "😀",
     "code", "iban", "73282932000074", "9912345678", "+33", "00", "séjour", "Soleil75", "\n", ".",
     "le", "identifiant", "tel", "612345678", "(", "٠٦١٢٣٤٥٦٧٨", "oublié", "\u200b"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES | st.text(max_size=6), max_size=9).map(" ".join))
def test_masking_keeps_the_length_and_masks_once(text: str) -> None:
    """Offsets of entities stay true (UTF-16), and masking a masked text changes nothing."""
    once = redact(text)
    assert len(once.text.encode("utf-16-le")) == len(text.encode("utf-16-le"))
    assert redact(once.text).text == once.text


UNITS = [
    "1 ", "1", "12 ", "44 ", "4444 ", "FR76 ", "FR76", "DE89 ", "1 1/", "code ", "code : ", "-1",
    "mdp c est ", "a@", "a@b.", "a", "@", ".", "0 6", "06 12 ", "+33 ", "caf 1234567 ", "2A ",
    "1850578006084 ", "mot de passe de la de la ", "mot d", "•", "1\u200b", "00 33 ", "séjour ",
    "5555 555 5 ", "A1 ", "code de la ", " ", "01/02/2024 ", "c'est ", "mdp\n",
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_no_text_takes_long(unit: str) -> None:
    """4,096 hostile characters cost milliseconds (< 10 on a quiet machine), never seconds."""
    text = (unit * 4096)[:4096]
    best = min(_seconds(text) for _ in range(3))
    assert best < 0.05


def _seconds(text: str) -> float:
    start = time.process_time()
    redact(text)
    return time.process_time() - start
