"""Writing into a file that people keep: nothing moves but what is added."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faq.changes import Change, NewEntry, NewPhrasing, NewVoice, Redraft, tidy
from faq.document import Document
from faq.handwriting import UnusualFileError
from faq.loader import INVISIBLE, read_document
from faq.meaning import applied, entries_of, says_the_same
from faq.sheets import Sheet, rewritten
from tests.faq.conftest import FAQ

CONTENT = sorted((FAQ / "content").glob("*.yml"))
NAMES = [path.name for path in CONTENT]
FILE_ID = "AwACAgQAAxkBAAIBY2-xx_9"

# What YAML would take for something else, and what people type.
TRAPS = (
    "Étape 1 : ouvrez le site",
    "C'est le # 12",
    "#dossier",
    "- pas de tiret",
    "-",
    "? quoi",
    "yes",
    "Non",
    "null",
    "~",
    "12:30",
    "010",
    "1e3",
    "2026-11-22",
    "0x1F",
    ".inf",
    "<<",
    "=",
    "a:",
    "a: b",
    "un 'mot' et un \"autre\"",
    '"entre guillemets"',
    "'apostrophe'",
    "chemin\\vers",
    "\\n",
    "*",
    "&ancre",
    "!tag",
    "@claire",
    "`code`",
    "%TAG",
    "[CAF, ameli]",
    "{nom: valeur}",
    "a, b",
    "fin]",
    "|-",
    ">",
    "---",
    "...",
    "« Mon Compte » ?",
    "👩‍👧‍👦 aide ❤️",
    "🙂",
    "العربية",
    "https://caf.fr/a#b",
    "x" * 250,
    "mot " * 40 + "fin",
)


def sheet_of(data: bytes, folder: Path, name: str = "theme.yml") -> Sheet:
    """A file with these bytes, read."""
    path = folder / name
    path.write_bytes(data)
    return Sheet(path, name, data, read_document(path, name))


def written(change: Change, data: bytes, folder: Path) -> bytes:
    """The file with the change; what it says was checked against what was meant."""
    before = sheet_of(data, folder)
    after = rewritten(tidy(change), before)
    found = sheet_of(after, folder, "apres.yml").document.data
    assert says_the_same(found, applied(tidy(change), before.document.data))
    return after


def added(before: bytes, after: bytes) -> list[str]:
    """The lines that are new, when every other line is byte for byte as it was, in its place."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    count = len(new) - len(old)
    start = next((n for n, line in enumerate(old) if line != new[n]), len(old))
    assert old == new[:start] + new[start + count :]
    return [line.decode("utf-8").rstrip("\r\n") for line in new[start : start + count]]


def new_entry(theme: str = "comptes", **words: object) -> NewEntry:
    """What Claire validated after an evening on the phone."""
    usual: dict[str, object] = {
        "id": "carte_perdue",
        "theme": theme,
        "title": "Carte de bus perdue",
        "question": "J'ai perdu ma carte de bus. Que faire ?",
        "phrasings": ("jai perdu ma carte de bus",),
        "answer": "Allez à l'agence du bus.",
        "author": "Claire",
        "checked_on": date(2026, 8, 14),
        "source": "Agence du bus",
    }
    return NewEntry(**(usual | words))  # type: ignore[arg-type]


def some_ids(document: Document) -> list[str]:
    """The first entry of a file, one in the middle, and the last."""
    ids = [str(entry["id"]) for entry in entries_of(document.data)]
    return [ids[0], ids[len(ids) // 2], ids[-1]] if ids else []


@pytest.mark.parametrize("name", NAMES)
def test_an_entry_added_to_a_real_file_moves_nothing(name: str, tmp_path: Path) -> None:
    """Comments, order, quotes, blank lines and all the rest of each theme stay as they are."""
    before = (FAQ / "content" / name).read_bytes()
    after = written(new_entry(name.removesuffix(".yml")), before, tmp_path)
    if b"fiches: []" in before:
        before = before.replace(b"fiches: []", b"fiches:")
    lines = added(before, after)
    assert next(line for line in lines if line) == "  - id: carte_perdue"
    assert "    a_completer: oui" in lines


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("make", "line"),
    [
        (lambda entry: NewPhrasing(entry, "c'est où : le papier"), '- "c\'est où : le papier"'),
        (
            lambda entry: NewVoice(entry, FILE_ID, 12, "Claire"),
            f"audio: {{fichier: {FILE_ID}, duree: 12, auteur: Claire}}",
        ),
    ],
    ids=["phrasing", "voice"],
)
def test_one_line_added_to_a_real_file_moves_nothing(
    name: str, make: Callable[[str], Change], line: str, tmp_path: Path
) -> None:
    """A phrasing or a voice is one line more, in the first entry, a middle one and the last."""
    before = (FAQ / "content" / name).read_bytes()
    for entry_id in some_ids(sheet_of(before, tmp_path).document):
        (found,) = added(before, written(make(entry_id), before, tmp_path))
        assert found.strip() == line


@pytest.mark.parametrize("name", NAMES)
def test_a_new_wording_in_a_real_file_replaces_the_old_alone(name: str, tmp_path: Path) -> None:
    """The lines of « reponse » change; put back as they were, the file is byte for byte itself."""
    before = (FAQ / "content" / name).read_bytes()
    document = sheet_of(before, tmp_path).document
    for entry in entries_of(document.data):
        if entry["id"] in some_ids(document) and "reponse" in entry:
            entry_id, old = str(entry["id"]), str(entry["reponse"])
            after = written(Redraft(entry_id, "Une.\n\nDeux : #3", "Paul"), before, tmp_path)
            assert after != before
            assert written(Redraft(entry_id, old, "Paul"), after, tmp_path) == before


# The same theme, as different hands write it. Each must stay as it is but for what is added.
HANDS = {
    "plain": """\
theme: comptes
titre: Comptes
position: 1
fiches:
  - id: un
    question: Un ?
    formulations:
      - a
    reponse: Voici.
  - id: deux
    question: Deux ?
    formulations: [b, "c"]
    reponse: Voilà.
""",
    "lists at the margin": """\
theme: comptes
fiches:
- id: un
  question: Un ?
  formulations:
  - a
  reponse: |
    Voici.

    Encore.

- id: deux
  question: Deux ?
  formulations:
  - b  # la plus courante
  reponse: >-
    Voilà
    la suite.
""",
    "comments everywhere": """\
# tête
theme: comptes   # le thème
fiches: # les fiches

  # avant la première
  - # la première
    id: un
    question: "Un ?" # vraie
    # formulations à revoir
    formulations: # ici
      # vraies
      - 'a' # de Paul
      # - b
    # avant la réponse
    reponse: "Voici.
      Suite." # relue
    # après la réponse

  # avant la deuxième
  -   id: deux
      question: Deux ?
      formulations: [
        b,   # une
        c,   # deux
      ]
      etapes: [Allez.]
      # de la deuxième

# fin du fichier
""",
    "entries in braces": """\
theme: comptes
fiches:
  - {id: un, question: "Un ?", formulations: [a], reponse: Voici.}
  - {id: deux, question: "Deux ?", formulations: [b], reponse: "Voilà.", audio: {fichier: x}}
""",
    "voice on several lines": """\
theme: comptes
fiches:
    -   id: un
        question: Un ?
        formulations:
            -   a
            -   b
        audio:
            # la voix de Paul
            fichier: AgADBAAD  # Telegram
            duree: 9
        reponse: Voici.


    -   id: deux
        question: Deux ?
        formulations: [a]
        reponse:
            Voilà.
""",
    "nothing yet": "theme: comptes\nfiches: [ ]  # rien\n# fin\n",
    "no last line end": "theme: comptes\nfiches:\n  - id: un\n    question: Un ?\n"
    "    formulations: [a]\n    reponse: |-\n      Voici.",
}
ENDS = {"unix": ("", "\n"), "windows": ("", "\r\n"), "mark": ("\ufeff", "\r\n")}


@pytest.fixture(params=HANDS)
def hand(request: pytest.FixtureRequest) -> str:
    """A file, as somebody writes it."""
    return HANDS[str(request.param)]


@pytest.fixture(params=ENDS)
def data(request: pytest.FixtureRequest, hand: str) -> bytes:
    """The same, from different machines."""
    mark, end = ENDS[str(request.param)]
    return (mark + hand.replace("\n", end)).encode("utf-8")


def survives(before: bytes, after: bytes) -> None:
    """Every comment is still there, in order; line ends and the mark are of one kind."""
    for sign in (b"\r\n", b"\xef\xbb\xbf"):
        assert (sign in after) == (sign in before)
    assert after.count(b"\n") - after.count(b"\r\n") in (0, after.count(b"\n"))
    comments = [part for line in before.splitlines() for _, *part in [line.partition(b"#")]]
    rest = iter(after.splitlines())
    for _, comment in comments:
        assert not comment or any(comment in line for line in rest), comment


@pytest.mark.parametrize("answer", ["Une réponse : neuve.", "Un.\n\n  - deux # trois\nQuatre."])
@pytest.mark.parametrize("entry_id", ["un", "deux"])
def test_each_hand_is_respected(data: bytes, entry_id: str, answer: str, tmp_path: Path) -> None:
    """Whatever way the file is written, each change says what was meant and spares the rest."""
    ids = [entry["id"] for entry in entries_of(sheet_of(data, tmp_path).document.data)]
    changes: list[Change] = [new_entry(answer=answer)]
    if entry_id in ids:
        changes += [
            NewPhrasing(entry_id, "où est, [mon] code : ici"),
            NewVoice(entry_id, FILE_ID, 12, "Zoé, de l'accueil"),
            Redraft(entry_id, answer, "Paul"),
        ]
    for change in changes:
        survives(data, written(change, data, tmp_path))


def test_changes_follow_each_other(data: bytes, tmp_path: Path) -> None:
    """A day of changes in one file: each is found where the one before left the file."""
    day: list[Change] = [
        new_entry(),
        NewPhrasing("carte_perdue", "- ma carte"),
        NewVoice("carte_perdue", FILE_ID, 12, "Claire"),
        Redraft("carte_perdue", "Une.\nDeux.", "Paul"),
        NewVoice("carte_perdue", FILE_ID[::-1], 8, "Paul"),
        Redraft("carte_perdue", "Une seule.", "Paul"),
        new_entry(id="autre", title="Autre"),
    ]
    after = data
    for change in day:
        after = written(change, after, tmp_path)
    survives(data, after)


def test_a_new_entry_is_spaced_as_the_others(tmp_path: Path) -> None:
    """Blank lines, dashes and lists as the last entry has them; final comments stay final."""
    before = HANDS["comments everywhere"].encode()
    assert added(before, written(new_entry(answer="Un.\nDeux."), before, tmp_path)) == [
        "  -   id: carte_perdue",
        "      titre: Carte de bus perdue",
        "      question: J'ai perdu ma carte de bus. Que faire ?",
        "      formulations:",
        "        - jai perdu ma carte de bus",
        "      reponse: |-",
        "        Un.",
        "        Deux.",
        "      source: Agence du bus",
        "      verifie_le: 2026-08-14",
        "      a_revoir_avant: 2026-11-14",
        "      auteur: Claire",
        "      a_completer: oui",
        "",  # the blank line before « # fin du fichier »
    ]


def test_a_wording_where_there_were_only_steps_stands_before_them(tmp_path: Path) -> None:
    """An entry that had steps alone gets its answer above them, as people read it."""
    before = HANDS["comments everywhere"].encode()
    after = written(Redraft("deux", "Voilà.", "Paul"), before, tmp_path)
    assert added(before, after) == ["      reponse: Voilà."]
    assert b"Voil\xc3\xa0.\n      etapes" in after


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("theme: comptes\nfiches: [{id: un}]\n", "tirets"),
        ("theme: comptes\nfiches: [ # rien\n]\n", "commentaire"),
        ("theme: comptes\nfiches: oui\n", "une liste"),
        ("theme: comptes\n", "ne trouve pas"),
    ],
)
def test_a_file_too_unusual_is_left_to_people(text: str, said: str, tmp_path: Path) -> None:
    """Where the hand does not know, it says so in French and writes nothing."""
    with pytest.raises(UnusualFileError, match=said):
        written(new_entry(), text.encode(), tmp_path)


def check_words(words: str, folder: Path) -> None:
    """The words come back equal from every place they may be written, in blocks and braces."""
    for hand in ("plain", "entries in braces", "voice on several lines"):
        data = HANDS[hand].encode("utf-8")
        entry = new_entry(
            title=words, question=words, phrasings=(words, words), answer=words, author=words
        )
        for change in (
            entry,
            NewPhrasing("un", words),
            NewPhrasing("deux", words),
            Redraft("un", words, "Paul"),
            Redraft("deux", words, "Paul"),
            Redraft("deux", f"{words}\n{words}", "Paul"),
            NewVoice("un", "AwACAgQAAxkDAAIB", 12, words),
        ):
            written(change, data, folder)


@pytest.mark.parametrize("words", TRAPS)
def test_words_that_yaml_takes_for_something_else_come_back_equal(
    words: str, tmp_path: Path
) -> None:
    """« 12:30 », « yes », « - », quotes and emoji are read as they were typed."""
    check_words(words, tmp_path)


typed = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]).filter(lambda sign: not INVISIBLE.match(sign))
    | st.sampled_from(" \n:#-'\"\\,[]{}&*!|>%@`?~="),
    min_size=1,
    max_size=60,
).filter(lambda text: text.strip() != "")


@settings(max_examples=8, deadline=None)
@given(words=typed)
def test_whatever_is_typed_comes_back_equal(
    words: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Any letters and signs that the strict reader accepts are read as they were typed."""
    check_words(words, tmp_path_factory.getbasetemp())
