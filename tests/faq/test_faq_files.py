"""What an editor reads when a file is wrong: file, line, entry, and what to do."""

from pathlib import Path

import pytest

from faq.entry import Entry, add_months
from faq.errors import FaqErrors
from faq.loader import load
from tests.faq.small_faq import TODAY, SmallFaq, entry, theme

COMPTES = "content/comptes.yml"

# (file, what is written, what it becomes, what the editor reads)
MISTAKES = [
    (COMPTES, "titre: Mot de passe CAF", "titre: " + "x" * 31, "31 caractères, 30 au plus"),
    (COMPTES, "    titre: Mot de passe CAF\n", "", "il manque « titre »"),
    (COMPTES, "formulations:", "formulation:", "Vouliez-vous écrire « formulations » ?"),
    (COMPTES, "      - code caf perdu\n", "", "au moins 8, il y en a 7. Ajoutez-en 1"),
    (COMPTES, "telephone: caf", "telephone: cafe", "n’existe pas dans numeros.yml"),
    (COMPTES, "telephone: caf", "telephone: 32 30", "Écrivez ici sa clé, prise dans numeros.yml"),
    (
        COMPTES,
        "https://www.caf.fr/aide",
        "https://caf.fr.piege.net/",
        "n’est pas un site officiel",
    ),
    (COMPTES, "https://www.caf.fr/aide", "https://monbcaf.fr/", "n’est pas un site officiel"),
    (COMPTES, "https://www.caf.fr/aide", "http://www.caf.fr/", "commencer par https://"),
    (COMPTES, "https://www.caf.fr/aide", "https://caf.fr@piege.net/", "pas une adresse"),
    (COMPTES, "https://www.caf.fr/aide", "https://[", "pas une adresse"),
    (COMPTES, "https://www.caf.fr/aide", "javascript:alert(1)", "pas une adresse"),
    (COMPTES, "verifie_le: 2026-08-14", "verifie_le: 2026-11-23", "dans le futur"),
    (COMPTES, "verifie_le: 2026-08-14", "verifie_le: 14/08/2026", "année-mois-jour"),
    (COMPTES, "verifie_le: 2026-08-14", "verifie_le: 2026-02-30", "année-mois-jour"),
    (COMPTES, "verifie_le: 2026-08-14", "verifie_le: 2026-08-13", "six mois"),
    (COMPTES, "a_revoir_avant: 2027-02-14", "a_revoir_avant: 2026-08-14", "après verifie_le"),
    (COMPTES, "id: mdp_caf", "id: Mot de passe", "minuscules sans accent"),
    (COMPTES, "id: mdp_ameli", "id: mdp_caf", "sert déjà (content/comptes.yml, ligne 5)"),
    (COMPTES, "Mot de passe ameli\n", "mot de passe caf\n", "sert déjà"),
    (COMPTES, "id: mdp_ameli", "id: apl", "sert déjà (content/aides.yml"),
    (COMPTES, "theme: comptes", "theme: aides", "« aides » sert déjà"),
    (COMPTES, "position: 1", "position: un", "nombre entier"),
    (COMPTES, "position: 1", "position: 010", "nombre entier"),
    (COMPTES, "position: 1", "position: 0", "au moins 1"),
    (COMPTES, "Voici la réponse.", "Vous avez droit au RSA.", "« vous pouvez demander »"),
    (COMPTES, "Voici la réponse.", "C’est 25 € par mois.", "montant en euros"),
    (COMPTES, "Voici la réponse.", "x" * 301, "301 caractères, 300 au plus"),
    (COMPTES, "    reponse: Voici la réponse.\n", "", "« reponse » ou « etapes »"),
    (COMPTES, "reponse: Voici la réponse.", "etapes: [a, b, c, d, e, f]", "6 lignes, 5 au plus"),
    (COMPTES, "reponse: Voici la réponse.", f"etapes: [{'mot ' * 13}]", "13 mots, 12 au plus"),
    (COMPTES, "reponse: Voici la réponse.", "etapes: Ouvrez caf.fr", "un tiret devant"),
    (COMPTES, "source: caf.fr", "source: caf.fr\n    actif: peut-être", "Écrivez oui ou non"),
    (COMPTES, "source: caf.fr", "source: caf.fr\n    sensible: oui", "argent, sante ou etranger"),
    (COMPTES, "source: caf.fr", "source: [caf.fr]", "un seul texte"),
    (COMPTES, "liens: [", "lien: [", "Vouliez-vous écrire « liens » ?"),
    (COMPTES, "Ouvrir caf.fr", "Ouvrir le site caf.fr", "4 mots, 3 au plus"),
    (COMPTES, "reponse: Voici la réponse.", "etapes: [{texte: A, image: a.png}]", "a.png manque"),
    (COMPTES, "reponse: Voici la réponse.", "etapes: [{image: a.png}]", "il manque « texte »"),
    (COMPTES, "reponse: Voici la réponse.", "etapes: [{texte: A, image: ../a.png}]", "est refusé"),
    (COMPTES, "source: caf.fr", "source: caf.fr\n    tests: {trouvé: [x]}", "écrire « trouve »"),
    (
        COMPTES,
        "source: caf.fr",
        "source: caf.fr\n    traductions: {de: {reponse: Ja, relu_par: K, relu_le: 2026-01-01}}",
        "« de » est inconnu",
    ),
    (
        COMPTES,
        "source: caf.fr",
        "source: caf.fr\n    traductions: {en: {reponse: Yes}}",
        "il manque « relu_par »",
    ),
    (
        COMPTES,
        "source: caf.fr",
        "source: caf.fr\n    audio: {fichier: AwACAgQAAx, duree: 300, auteur: Claire}",
        "au plus 120",
    ),
    (COMPTES, "[{texte", "[{text", "Vouliez-vous écrire « texte » ?"),
    ("numeros.yml", '"32 30"', "trente-deux trente", "n’est pas un numéro"),
    ("numeros.yml", "verifie_le: 2026-06-01", "verifie_le: 2027-06-01", "dans le futur"),
    ("domaines.yml", "domaine: caf.fr", "domaine: https://caf.fr", "n’est pas un domaine"),
    ("urgences.yml", "{n3114}", "{n3115}", "n’existe pas dans numeros.yml"),
    ("urgences.yml", "{n3114}", "{caf}", "n’est pas un numéro de danger"),
    ("urgences.yml", "{n3114}", "3114", "Écrivez sa clé entre accolades"),
    ("urgences.yml", "{n3114}", "{n3114.horaires}", "ne donne aucun numéro"),
    ("urgences.yml", "{n3114}", "{n3114}, {caf.horaires}", "n’est pas un numéro de danger"),
    ("urgences.yml", "{n3114}", "{n3114}, {n3114.horaires}", "n’a pas d’horaires"),
    ("service.yml", "équipe des Ponts", "équipe des Ponts\n  garde: [claire]", "@claire_martin"),
    ("accueil.yml", "Avec plaisir.", "Appelez le 3230.", "pas de numéro de téléphone"),
    ("accueil.yml", "Avec plaisir.", "Merci {name}.", "« { } »"),
    ("accueil.yml", "Avec plaisir.", f"{'mot ' * 13}.", "phrase de 13 mots"),
    ("accueil.yml", "Avec plaisir.", "|-\n    a\n    b\n    c\n    d\n    e\n    f", "6 lignes"),
    ("accueil.yml", "[merci,", "[merci, Bonjour !,", "déjà dans « bonjour », ligne 2"),
    ("accueil.yml", "[merci,", "[merci, '!?',", "n’a aucune lettre"),
    ("accueil.yml", "ok:\n", "oki:\n", "Vouliez-vous écrire « ok » ?"),
    ("urgences.yml", '"Appelez', 'Courage.\n      - "Appelez', "deux premières lignes"),
    ("urgences.yml", "le {n3114}", "quelqu’un", "ne donne aucun numéro"),
    ("urgences.yml", "Merci de me le dire.", f"{'mot ' * 13}.", "phrase de 13 mots"),
    ("urgences.yml", "niveau: urgent", "niveau: grave", "urgent, prioritaire ou doute"),
    ("service.yml", '"09:00-12:00", "14', '"09:00-15:00", "14', "se chevauchent"),
    ("service.yml", '"09:00-12:00", "14', '"12:00-09:00", "14', "n’est pas un horaire"),
    ("service.yml", '"09:00-12:00", "14', '"9h-12h", "14', "n’est pas un horaire"),
    ("service.yml", "  dimanche: []\n", "", "il manque « dimanche »"),
    ("service.yml", "exemple: non", "exemple: non\nfuseau: Paris", "Europe/Paris"),
    ("service.yml", "exemple: non", "exemple: non\nseuils: {reponse: 0.1}", "plus petit que"),
    ("service.yml", "exemple: non", "exemple: non\nconservation: {echanges_jours: 731}", "730"),
    ("service.yml", "exemple: non", "exemple: non\nfermetures: [{raison: x}]", "« du » et « au »"),
    ("synonymes.yml", "assedic", "sécu", "est déjà dans une famille"),
    ("synonymes.yml", "familles:", "famille:", "il manque « familles »"),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), MISTAKES)
def test_a_mistake_is_said_in_french(
    small: SmallFaq, file: str, old: str, new: str, said: str
) -> None:
    """Each mistake stops the loading, with its file and a sentence that says what to do."""
    small.change(file, old, new)
    errors = small.errors()
    assert any(error.startswith(file) and said in error for error in errors), errors


def test_a_good_faq_has_no_error(small: SmallFaq) -> None:
    """The FAQ that all these tests change is itself without a fault."""
    assert small.errors() == []


def test_an_error_names_file_line_and_entry(small: SmallFaq) -> None:
    """The editor opens the right file at the right line, and sees which entry is meant."""
    small.change(COMPTES, "titre: Mot de passe CAF", "titre: " + "x" * 31)
    assert small.errors() == [
        "content/comptes.yml, ligne 6, fiche mdp_caf : « titre » : 31 caractères, 30 au plus. "
        "Raccourcissez."
    ]


def test_all_errors_of_all_files_come_at_once(small: SmallFaq) -> None:
    """One reading tells everything: a broken file does not hide the mistakes of the others."""
    small.change(COMPTES, "telephone: caf", "telephone: cafe")
    small.change("content/aides.yml", "titre: Aides", "titre: [")
    small.change("numeros.yml", '"3114"', "trois mille cent quatorze")
    small.change("service.yml", "exemple: non", "exemple: 0")
    files = {error.split(",")[0] for error in small.errors()}
    assert files == {"content/aides.yml", "numeros.yml", "service.yml"}
    small.write("numeros.yml", small.files["numeros.yml"].replace("trois mille cent", "3114 #"))
    assert "content/comptes.yml" in {error.split(",")[0] for error in small.errors()}


def test_a_step_is_found_by_its_own_line(small: SmallFaq) -> None:
    """The third step of an entry that is too long is named by its rank and its line."""
    steps = f"etapes:\n      - Ouvrez caf.fr.\n      - Touchez.\n      - {'mot ' * 13}"
    small.change(COMPTES, "reponse: Voici la réponse.", steps)
    (error,) = small.errors()
    assert "ligne 21, fiche mdp_caf : « etapes », 3e" in error


def test_a_missing_file_is_said(small: SmallFaq) -> None:
    """Each of the files that must stand beside service.yml is asked for by name."""
    for name in ("numeros.yml", "domaines.yml", "urgences.yml", "accueil.yml"):
        (small.folder / name).unlink()
    assert small.errors() == [
        "accueil.yml : ce fichier manque.",
        "domaines.yml : ce fichier manque.",
        "numeros.yml : ce fichier manque.",
        "urgences.yml : ce fichier manque.",
    ]


def test_synonyms_are_optional(small: SmallFaq) -> None:
    """A FAQ without synonymes.yml loads."""
    (small.folder / "synonymes.yml").unlink()
    assert small.errors() == []


def test_an_empty_folder_is_said(small: SmallFaq) -> None:
    """A FAQ without any theme does not start in silence."""
    for path in small.directory.iterdir():
        path.unlink()
    assert small.errors() == ["content : il n’y a aucun fichier .yml dans ce dossier."]


def test_a_yaml_ending_is_said(small: SmallFaq) -> None:
    """A file named .yaml would be forgotten: it is refused instead."""
    (small.directory / "aides.yml").rename(small.directory / "aides.yaml")
    assert small.errors() == [
        "content/aides.yaml : le nom doit finir par .yml. Renommez ce fichier."
    ]


def test_only_what_is_shown_is_kept(small: SmallFaq) -> None:
    """An inactive entry, and a theme without entries, are not in the menu; the order is kept."""
    small.change(COMPTES, "id: mdp_ameli", "id: mdp_ameli\n    actif: non")
    small.write("content/vide.yml", theme("vide", "Vide", 9))
    small.change("content/aides.yml", "position: 2", "position: 1")
    faq = small.load()
    assert [(t.id, [e.id for e in t.entries]) for t in faq.themes] == [
        ("aides", ["apl", "actualisation"]),
        ("comptes", ["mdp_caf"]),
    ]
    assert "mdp_ameli" not in faq.entries
    assert [match.entry_id for match in faq.search("mot de passe ameli")] != ["mdp_ameli"]


def test_the_files_become_what_they_say(small: SmallFaq) -> None:
    """French keys, English attributes, and no value guessed."""
    faq = small.load()
    found = faq.entries["mdp_caf"]
    assert (found.theme, found.title, len(found.phrasings)) == ("comptes", "Mot de passe CAF", 8)
    assert [link.label for link in found.links] == ["Ouvrir caf.fr"]
    assert faq.phone_of(found) == faq.numbers["caf"]
    assert faq.numbers["caf"].number == "32 30"
    assert faq.theme_of(found).title == "Comptes"
    assert faq.dangers.categories[0].lines[1] == "Appelez le 3114. C’est gratuit."
    assert faq.dangers.categories[0].numbers == ("n3114",)
    assert faq.places["mdp_caf"].line == 5


def test_an_entry_is_stale_the_day_after_its_date(small: SmallFaq) -> None:
    """Past `a_revoir_avant`, and not on that day, an entry says that it may be old."""
    found: Entry = small.load().entries["apl"]
    assert not found.is_stale(found.review_before)
    assert found.is_stale(found.review_before.replace(day=15))


def test_six_months_end_with_the_month() -> None:
    """Six months after 31 August is the last day of February."""
    assert add_months(TODAY.replace(month=8, day=31), 6).isoformat() == "2027-02-28"


def test_the_version_follows_every_byte(small: SmallFaq) -> None:
    """Twelve digits that change with any file, and only then."""
    before = small.load().version
    assert small.load().version == before
    small.change("synonymes.yml", "cpam", "cpam, caisse maladie")
    assert small.load().version != before
    assert len(before) == 12


def test_the_faq_may_stand_in_one_folder(tmp_path: Path) -> None:
    """FAQ_DIR may be the folder of service.yml itself: its files are not taken for themes."""
    small = SmallFaq(tmp_path)
    for path in small.directory.iterdir():
        path.rename(tmp_path / path.name)
    assert len(load(tmp_path, tmp_path / "service.yml", today=TODAY).themes) == 2


def test_a_broken_theme_file_names_the_entry_by_its_rank(small: SmallFaq) -> None:
    """An entry without id is called by its rank."""
    broken = entry("mdp_caf").replace("id: mdp_caf\n", "")
    small.write(COMPTES, theme("comptes", "Comptes", 1, entry("mdp_ameli"), broken))
    with pytest.raises(FaqErrors) as found:
        small.load()
    assert [e.entry for e in found.value.errors] == ["fiche n° 2"]
