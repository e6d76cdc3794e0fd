"""Advice on how an answer is written: what is told, and above all what is not."""

from datetime import date

import pytest

from faq.catalogue import Faq
from faq.check import advice
from faq.plain_french import remarks
from faq.readability import count_syllables, readability
from tests.faq.small_faq import TODAY, SmallFaq

AIDES = "content/aides.yml"

# (answer, a part of what the editor reads)
HARD = [
    (
        "Vous pouvez aller avec votre pièce au bureau de la mairie le lundi matin.",
        "phrase de 14 mots, 12 au plus : « Vous pouvez aller avec votre pièce… »",
    ),
    ("Remplissez le formulaire Cerfa.", "papier à remplir"),
    ("Joignez un justificatif.", "papier (photo)"),
    ("Payez avant l'échéance.", "dernière date"),
    ("La CAF va instruire votre dossier.", "étudier votre dossier"),
    ("Attendez la notification.", "lettre"),
    ("Envoyez votre RIB.", "papier avec vos numéros de banque (RIB)"),
    ("Veuillez patienter.", "« Veuillez » est un mot difficile"),
    ("Votre dossier est étudié par la CAF.", "« est étudié par la CAF ». Dites qui fait quoi"),
    ("Vous aurez droit à cette aide.", "« aurez droit à ». Ne promettez pas"),
    ("L'aide baisse de 10 %.", "« 10 % ». Un montant change"),
    ("Ne partez pas sans le papier.", "Deux négations"),
    ("Envoyez tout avant le 15/12.", "« 15/12 ». Écrivez la date en lettres"),
    ("Envoyez tout avant le 15/12/2026.", "« 15/12/2026 ». Écrivez la date en lettres"),
    ("Appelez le 32 30.", "« 32 30 » est un numéro"),
    ("Envoyez un SMS au 33700.", "« 33700 » est un numéro"),
    ("Téléphonez au 01 99 00 00 00.", "« 01 99 00 00 00 » est un numéro"),
    ("Allez 👉 au guichet.", "« 👉 » est au milieu"),
    ("Demandez la PCH.", "« PCH » n’est pas expliqué"),
    ("Allez à la MDPH. Elle étudie la demande.", "« MDPH » n’est pas expliqué"),
    ("a\nb\nc\nd\ne\nf", "réponse de 6 lignes, 5 au plus"),
]
EASY = [
    "Demandez-la à la CAF (allocations familiales).",
    "Vous pouvez demander l'aide au logement (FSL).",
    "Le site s'appelle ANEF (site de l'État pour les étrangers).",
    "L'AME est l'aide médicale d'État.",
    "Demandez l'ASS. C'est l'allocation de solidarité spécifique.",
    "Préparez le papier avec vos numéros de banque (RIB).",
    "Cherchez « Notifications », puis « Veuillez vous connecter ».",
    "Recopiez le code reçu par SMS ou par mail.",
    "Le numéro répond jour et nuit, 24/24.",
    "Demandez entre 4 et 2 mois avant la fin du titre.",
    "Un chèque de 2025 sert jusqu'au 31 mars 2027.",
    "N'écrivez jamais votre code ici, ni dans un SMS.",
    "Écrivez votre adresse sur le site, pas ici.",
    "Il demande un numéro fiscal de 13 chiffres.",
    "Vous avez le droit de refuser.",
    "Merci de votre patience 🙏",
]


def said(faq: Faq, answer: str, title: str = "Aide au logement") -> list[str]:
    """What is said of an entry whose answer is this."""
    entry = faq.entries["apl"].model_copy(update={"answer": answer, "title": title})
    return [sentence for _, sentence in remarks(entry)]


@pytest.mark.parametrize(("answer", "part"), HARD)
def test_what_is_hard_to_read_is_told(faq: Faq, answer: str, part: str) -> None:
    """The words at fault are quoted, with what to write instead; nothing else is said."""
    (sentence,) = said(faq, answer)
    assert part in sentence


@pytest.mark.parametrize("answer", EASY)
def test_what_is_plain_is_left_alone(faq: Faq, answer: str) -> None:
    """A false remark teaches editors to read none of them."""
    assert said(faq, answer) == []


def test_a_remark_gives_the_line_of_the_step(small: SmallFaq) -> None:
    """Steps are read too; the line is the step's, and the FAQ loads all the same."""
    small.change(
        AIDES, "reponse: Voici la réponse.", "etapes:\n      - Bonjour.\n      - Veuillez lire."
    )
    (found,) = advice(small.load(), TODAY)
    lines = small.files[AIDES].splitlines()
    assert lines[(found.line or 0) - 1].strip() == "- Veuillez lire."
    assert (found.kind, found.entry, found.file) == ("avis", "fiche apl", AIDES)


def test_an_acronym_is_explained_once_before_it_is_used(faq: Faq) -> None:
    """What the title or an earlier line explains is known afterwards."""
    answer = "Allez à la MDPH.\nOu au CCAS (aide de la mairie).\nLe CCAS est ouvert."
    assert said(faq, answer, "Maison du handicap (MDPH)") == []
    assert len(said(faq, answer, "Dossier MDPH")) == 1


def test_syllables_are_those_one_hears() -> None:
    """A silent « e » is none; the vowel that begins a word is one."""
    counts = {"école": 2, "demande": 2, "aide": 1, "allocations": 4, "elle": 1, "eau": 1}
    assert {word: count_syllables(word) for word in counts} == counts


def test_readability_is_the_formula_of_kandel_and_moles() -> None:
    """Two sentences of two words, six syllables in all; an address is one word."""
    assert readability("Ouvrez caf.fr. Signez-le.") == pytest.approx(
        207 - 1.015 * 4 / 2 - 73.6 * 6 / 4
    )
    assert readability("… 12") is None
    easy = readability("Allez à la mairie. Demandez le papier.")
    hard = readability("L'instruction préalable des demandes nécessite une authentification.")
    assert easy is not None
    assert hard is not None
    assert easy > hard + 50


def test_stale_and_incomplete_entries_are_told(small: SmallFaq) -> None:
    """Past its date, or written in a hurry from Telegram: an editor knows what remains to do."""
    small.change(AIDES, "a_revoir_avant: 2027-02-14", "a_revoir_avant: 2026-11-01")
    small.change(AIDES, "source: caf.fr", "source: caf.fr\n    a_completer: oui")
    small.change(AIDES, "      - dossier apl étudiant\n", "")
    incomplete, stale = advice(small.load(), date(2026, 11, 22))
    assert incomplete.sentence == (
        "fiche à compléter. Ajoutez des formulations : il en manque 1. Vérifiez la source, puis "
        "enlevez « a_completer »."
    )
    assert stale.sentence.startswith("à revoir avant le 1er novembre 2026.")
