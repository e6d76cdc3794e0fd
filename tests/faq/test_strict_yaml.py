"""Hostile or careless YAML: refused at once, with the line and a sentence in French."""

import sys
from pathlib import Path
from time import process_time

import pytest
import yaml
from pydantic import RootModel

from faq.errors import FaqError, FaqErrors
from faq.loader import load_document, read_document

LAUGHS = "a: &a [x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join(f'*{old}' for _ in range(9))}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
MERGES = "a: &a {x: 1}\n" + "".join(
    f"m{n}: &m{n}\n  <<: [{', '.join(['*a' if n == 0 else f'*m{n - 1}'] * 9)}]\n" for n in range(9)
)
HOSTILE = {
    "billion laughs": LAUGHS,
    "merge keys": MERGES,
    "100 kB of [": "[" * 100_000,
    "100 kB of {": "{" * 100_000,
    "100 kB of - ": "- " * 50_000,
    "100 kB of ? ": "? " * 50_000,
    "nested mappings": "{a: " * 30_000,
    "nested lines": "".join(f"{' ' * n}a:\n" for n in range(40)),
    "too many nodes": "a: [" + "x," * 300_000 + "]",
    "2 MB of spaces": "a: " + " " * 2_000_000,
    "same key twice": "a: 1\nb: 2\na: 3\n",
    "same key ten thousand times": "a: 1\n" * 10_000,
    "python tag": "a: !!python/object/apply:os.system [ls]\n",
    "own tag": "a: !x 1\n",
    "tag directive": "%TAG ! tag:x,2000:\n---\na: 1\n",
    "two documents": "a: 1\n---\nb: 2\n",
    "alias to itself": "a: &a [*a]\n",
    "key that is a list": "? [a, b]\n: 1\n",
    "merge key alone": "<<: {a: 1}\n",
    "tab": "a:\n\t- b\n",
    "nul": "a: \x00\n",
    "bell": "a: \x07\n",
    "escape of a surrogate": 'a: "\\ud800"\n',
    "escape of a bell": 'a: "\\a"\n',
    "writing reversed": "a: x\u202ey\n",
    "quote never closed": 'a: "b\nc: d\n',
    "bracket never closed": "a: [b, c\n",
    "colon inside a text": "a: b: c\n",
    "star": "a: *b\n",
    "at sign": "a: @b\n",
    "nothing": "",
    "only a comment": "# rien\n",
    "empty value": "a:\nb: 1\n",
}


class Anything(RootModel[dict[str, str | tuple[str, ...]]]):
    """Keys, and texts or lists of texts."""


@pytest.fixture(params=["libyaml", "python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both parsers of PyYAML: a machine without libyaml must be as strict."""
    if request.param == "python":
        monkeypatch.delattr(yaml, "CBaseLoader", raising=False)
    return str(request.param)


def errors_of(path: Path) -> tuple[FaqError, ...]:
    """The errors of a file that must have some."""
    with pytest.raises(FaqErrors) as found:
        load_document(path, Anything)
    return found.value.errors


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_at_once(name: str, tmp_path: Path) -> None:
    """Each is refused in less than 0.2 s of processor time, in French, naming the file."""
    path = tmp_path / "piege.yml"
    path.write_text(HOSTILE[name], encoding="utf-8", errors="surrogatepass")
    start = process_time()
    errors = errors_of(path)
    assert process_time() - start < 0.2
    assert all(error.file == "piege.yml" for error in errors)
    assert all(error.sentence.endswith(".") for error in errors)
    assert len(errors) <= 51


@pytest.mark.parametrize("name", [name for name, text in HOSTILE.items() if len(text) < 20_000])
def test_both_parsers_are_as_strict(name: str, parser: str, tmp_path: Path) -> None:
    """What libyaml refuses, the parser in Python refuses too."""
    path = tmp_path / "piege.yml"
    path.write_text(HOSTILE[name], encoding="utf-8")
    assert errors_of(path), parser


def test_a_deep_file_does_not_reach_the_limit_of_recursion(tmp_path: Path) -> None:
    """Twenty levels are refused long before Python gives up."""
    path = tmp_path / "profond.yml"
    path.write_text("[" * (sys.getrecursionlimit() * 2), encoding="utf-8")
    assert "niveaux" in errors_of(path)[0].sentence


def test_values_are_the_words_that_were_written(parser: str, tmp_path: Path) -> None:
    """Neither 12:30, nor 010, nor no, nor a date becomes something else."""
    path = tmp_path / "mots.yml"
    written = {"a": "12:30", "b": "010", "c": "no", "d": "2026-01-01", "e": "1e3", "f": "~"}
    path.write_text("".join(f"{k}: {v}\n" for k, v in written.items()), encoding="utf-8")
    assert read_document(path, "mots.yml").data == written, parser


def test_a_windows_file_is_read(tmp_path: Path) -> None:
    """A byte order mark and Windows line ends change nothing."""
    path = tmp_path / "windows.yml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb:\r\n  - x\r\n")
    assert read_document(path, "windows.yml").data == {"a": "1", "b": ("x",)}


def test_the_place_of_everything_is_known(tmp_path: Path) -> None:
    """Each key and each item has its line."""
    path = tmp_path / "lignes.yml"
    path.write_text("# un\na:\n  - x\n  - y\nb: {c: z}\n", encoding="utf-8")
    document = read_document(path, "lignes.yml")
    places = [("a",), ("a", 1), ("b", "c"), ("b", "absent")]
    assert [document.line_of(place) for place in places] == [2, 4, 5, 5]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "« a » est déjà écrit ligne 1"),
        ("a: 1\nb: x: y\n", 2, "guillemets"),
        ("a: 1\nb:\n", 2, "rien après « : »"),
        ("a: 1\ntitre:Carte\nc: 2\n", 2, "il manque « : » et un espace"),
        ("a: 1\n\tb: 2\n", 2, "tabulation"),
        ("a: 1\nb: &ancre x\n", 2, "« & »"),
        ("a: 1\nb: *ancre\n", 2, "« * »"),
        ("a: 1\nb: !tag x\n", 2, "« ! »"),
        ("a: 1\n<<: {b: 2}\n", 2, "« << »"),
        ("a: 1\nb: \x07\n", 2, "invisible"),
        ("a: 1\n---\nb: 2\n", 2, "« --- »"),
        ("a: 1\n? [b]\n: 2\n", 2, "nom simple"),
    ],
)
def test_an_error_names_its_line_and_what_to_do(
    text: str, line: int, words: str, tmp_path: Path
) -> None:
    """An editor who has never heard of YAML knows where to look and what to change."""
    path = tmp_path / "faute.yml"
    path.write_text(text, encoding="utf-8")
    error = errors_of(path)[0]
    assert (error.line, words in error.sentence) == (line, True), str(error)


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    """A file saved as Latin-1 is refused, with the line of the first accent."""
    path = tmp_path / "latin.yml"
    path.write_bytes("a: 1\nb: été\n".encode("latin-1"))
    assert [(e.line, "UTF-8" in e.sentence) for e in errors_of(path)] == [(2, True)]


def test_all_small_faults_are_told_at_once(tmp_path: Path) -> None:
    """Two double keys, an anchor and an empty value are four errors, not one."""
    path = tmp_path / "fautes.yml"
    path.write_text("a: 1\na: 2\nb: &x 3\nc:\nc: 4\n", encoding="utf-8")
    assert [error.line for error in errors_of(path)] == [2, 3, 4, 5]


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    """No traceback when a file is not there."""
    assert str(errors_of(tmp_path / "absent.yml")[0]) == "absent.yml : ce fichier manque."
