"""A small FAQ on disk, that a test changes before loading it."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from textwrap import dedent, indent

from faq.catalogue import Faq
from faq.errors import FaqErrors
from faq.loader import load

TODAY = date(2026, 11, 22)

NUMBERS = """\
caf:
  numero: "32 30"
  nom: CAF
  source: caf.fr
  verifie_le: 2026-06-01
n3114:
  numero: "3114"
  nom: Prévention du suicide
  source: 3114.fr
  verifie_le: 2026-06-01
  danger: oui
"""
DOMAINS = "domaines:\n  - {domaine: caf.fr, nom: CAF}\n"
DANGERS = """\
categories:
  - id: suicide
    titre: Idées de suicide
    niveau: urgent
    message:
      - Merci de me le dire.
      - "Appelez le {n3114}. C’est gratuit."
    declencheurs:
      expressions: [plus envie de vivre]
      mots: ["suicid*"]
    sauf: [mort de rire]
"""
SERVICE = """\
exemple: non
organisation:
  nom: Maison des Ponts
  responsable: la directrice
equipe:
  nom: l’équipe des Ponts
horaires:
  lundi: ["09:00-12:00", "14:00-17:00"]
  mardi: ["09:00-12:00"]
  mercredi: []
  jeudi: []
  vendredi: ["09:00-12:00"]
  samedi: []
  dimanche: []
"""
SYNONYMS = """\
familles:
  - nom: ameli
    mots: [sécu, assurance maladie, cpam]
  - nom: france travail
    mots: [pôle emploi, paul emploi, assedic]
"""
WELCOME = """\
bonjour:
  mots: [bonjour, ça va]
  reponse: Bonjour ! Écrivez votre question.
merci:
  mots: [merci, au revoir]
  reponse: Avec plaisir.
ok:
  mots: [ok, d'accord]
  reponse: D'accord.
"""
ENTRY = """\
id: {id}
titre: {title}
question: {question}
formulations:
{phrasings}
mots_cles: [{keywords}]
reponse: Voici la réponse.
liens: [{{texte: Ouvrir caf.fr, url: "https://www.caf.fr/aide"}}]
telephone: caf
source: caf.fr
verifie_le: 2026-08-14
a_revoir_avant: 2027-02-14
"""
PHRASINGS = {
    "mdp_caf": """
        mot de passe caf oublié
        code caf perdu
        je n’arrive pas à me connecter à la caf
        connexion caf impossible
        mon compte caf est bloqué
        la caf dit mot de passe incorrect
        je ne peux plus ouvrir mon espace caf
        retrouver mes identifiants caf
    """,
    "mdp_ameli": """
        mot de passe ameli oublié
        code ameli perdu
        je n’arrive pas à me connecter à ameli
        connexion sécu impossible
        mon compte ameli est bloqué
        ameli dit mot de passe incorrect
        je ne peux plus ouvrir mon compte de l’assurance maladie
        retrouver mes identifiants ameli
    """,
    "apl": """
        demander les apl
        aide au logement de la caf
        comment avoir l’apl
        aide pour mon loyer
        dossier apl étudiant
        je viens d’avoir un appartement
        allocation logement
        à qui demander une aide pour le logement
    """,
    "actualisation": """
        m’actualiser à france travail
        actualisation pôle emploi
        pointer au chômage
        quand faire mon actualisation
        je dois dire que je cherche du travail
        déclaration mensuelle france travail
        date pour s’actualiser
        actualiser ma situation
    """,
}
TITLES = {
    "mdp_caf": ("Mot de passe CAF", "J’ai perdu mon mot de passe CAF. Que faire ?", "caf, compte"),
    "mdp_ameli": ("Mot de passe ameli", "J’ai perdu mon mot de passe ameli.", "ameli, compte"),
    "apl": ("Aide au logement (APL)", "Comment demander l’aide au logement ?", "apl, loyer"),
    "actualisation": ("M’actualiser", "Comment m’actualiser à France Travail ?", "actualiser"),
}


def entry(identity: str) -> str:
    """One entry, as an editor writes it, not indented."""
    title, question, keywords = TITLES[identity]
    lines = [line.strip() for line in PHRASINGS[identity].strip().splitlines()]
    return ENTRY.format(
        id=identity,
        title=title,
        question=question,
        phrasings="\n".join(f"  - {line}" for line in lines),
        keywords=keywords,
    )


def theme(identity: str, title: str, position: int, *entries: str) -> str:
    """A theme file; `entries` as `entry` gives them."""
    items = "".join(f"  - {indent(text, '    ')[4:]}" for text in entries)
    head = f"theme: {identity}\ntitre: {title}\nposition: {position}\n"
    return f"{head}fiches:\n{items}" if items else f"{head}fiches: []\n"


@dataclass
class SmallFaq:
    """Four entries in two themes, and the files beside. `files`: name → text."""

    folder: Path
    files: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Write it all down."""
        self.files = {
            "content/comptes.yml": theme(
                "comptes", "Comptes", 1, entry("mdp_caf"), entry("mdp_ameli")
            ),
            "content/aides.yml": theme("aides", "Aides", 2, entry("apl"), entry("actualisation")),
            "numeros.yml": NUMBERS,
            "domaines.yml": DOMAINS,
            "urgences.yml": DANGERS,
            "accueil.yml": WELCOME,
            "service.yml": SERVICE,
            "synonymes.yml": SYNONYMS,
        } | self.files
        for name, text in self.files.items():
            self.write(name, text)

    @property
    def directory(self) -> Path:
        """The folder of the theme files."""
        return self.folder / "content"

    @property
    def service_file(self) -> Path:
        """The file beside which the others stand."""
        return self.folder / "service.yml"

    def write(self, name: str, text: str) -> None:
        """Replace a whole file."""
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
        self.files[name] = text

    def change(self, name: str, old: str, new: str) -> None:
        """Change one passage of a file; it must be there."""
        assert old in self.files[name], f"{name} does not hold {old!r}"
        self.write(name, self.files[name].replace(old, new, 1))

    def verify_today(self) -> None:
        """Every entry was checked today: for the program, which reads this machine's clock."""
        today = date.today()  # noqa: DTZ011 - as the program does
        for name, text in list(self.files.items()):
            checked = text.replace("2026-08-14", today.isoformat())
            self.write(name, checked.replace("2027-02-14", (today + timedelta(90)).isoformat()))

    def load(self) -> Faq:
        """The FAQ of these files."""
        return load(self.directory, self.service_file, today=TODAY)

    def errors(self) -> list[str]:
        """What is wrong with these files, as an editor reads it; empty when nothing is."""
        try:
            self.load()
        except FaqErrors as found:
            return [str(error) for error in found.errors]
        return []
