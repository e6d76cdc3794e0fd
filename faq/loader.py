"""Strict YAML: every value a string, its line known, and nothing clever accepted.

The only module that imports yaml. `yaml.safe_load` is not safe (500 bytes of merge keys took 36 s)
nor honest (`12:30` became 750, a key written twice was lost in silence), and CSafeLoader recurses
in C until it crashes. So only the *events* of the parser are used (libyaml where PyYAML has it: 30
times faster, and flat), and they are composed here. Measures: reliability-facts §0 row 9.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NoReturn, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from faq.assembly import assemble
from faq.catalogue import Faq
from faq.document import Document, Node, Place
from faq.errors import FaqError as FaqError
from faq.errors import FaqErrors as FaqErrors
from faq.sentences import EMPTY_VALUE, UNFINISHED_KEY, syntax_sentence, validation_errors
from faq.snapshot import MAX_BYTES, Content, Snapshot, content_of, take

MAX_DEPTH = 20  # levels of nesting
MAX_NODES = 30_000  # more than 1 MB of real entries hold
MAX_ERRORS = 50  # per file: the first ones are enough to work on

# Control characters (but the line end), halves of characters, and those that reverse the writing.
INVISIBLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
TAB_SENTENCE = "il y a une tabulation. Remplacez-la par des espaces."
NOT_UTF_8 = "ce fichier n’est pas en UTF-8. Enregistrez-le ainsi."
INVISIBLE_SENTENCE = "un caractère invisible est interdit. Effacez-le."

Model = TypeVar("Model", bound=BaseModel)


def load(directory: Path, service_file: Path, *, today: date | None = None) -> Faq:
    """The FAQ of `directory`; the files common to all themes stand beside `service_file`.

    No source may be dated after `today` (default: the day in Paris). Raises FaqErrors with every
    error of every file.
    """
    return load_snapshot(take(directory, service_file), today=today)


def load_snapshot(
    snapshot: Snapshot, *, today: date | None = None, before: Faq | None = None
) -> Faq:
    """The FAQ of these bytes. `before`: an earlier version, whose index serves if it still fits.

    Raises FaqErrors with every error of every file.
    """

    def read(path: Path, name: str, model: type[Model]) -> tuple[Model, Document]:
        return model_of(snapshot.contents[path], name, model)

    return assemble(read, snapshot, today, before)


def load_document(path: Path, model: type[Model]) -> Model:
    """The file as `model`. Raises FaqErrors with every mistake of the file."""
    return read_model(path, path.name, model)[0]


def read_model(path: Path, name: str, model: type[Model]) -> tuple[Model, Document]:
    """The file as `model`, and its lines. `name` is what errors call the file."""
    return model_of(content_of(path), name, model)


def read_document(path: Path, name: str) -> Document:
    """The file as strings, tuples and dicts. Raises FaqErrors."""
    return _document_of(content_of(path), name)


def model_of(content: Content, name: str, model: type[Model]) -> tuple[Model, Document]:
    """The same from what a file holds. Raises FaqErrors."""
    document = _document_of(content, name)
    try:
        return model.model_validate(document.data, by_alias=True, by_name=False), document
    except ValidationError as error:
        raise FaqErrors(validation_errors(error, document, model)[:MAX_ERRORS]) from None


def _document_of(content: Content, name: str) -> Document:
    composer = _Composer(name)
    try:
        document = composer.compose(_text_of(content))
    except _RefusedError as refused:
        known = [FaqError(name, line, None, sentence) for _, line, sentence in composer.notes]
        raise FaqErrors([*known, FaqError(name, refused.line, None, refused.sentence)]) from None
    if composer.notes:
        raise FaqErrors(
            FaqError(name, line, document.label_of(place), sentence)
            for place, line, sentence in composer.notes
        )
    return document


class _RefusedError(Exception):
    """Reading this file cannot go on."""

    def __init__(self, line: int | None, sentence: str) -> None:
        self.line = line
        self.sentence = sentence


def _text_of(data: Content) -> str:
    """The whole file. A byte order mark, which Windows editors add, is accepted."""
    if isinstance(data, str):
        raise _RefusedError(None, data)
    if len(data) > MAX_BYTES:
        raise _RefusedError(None, "ce fichier dépasse 2 Mo. Coupez-le en plusieurs fichiers.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _RefusedError(line, NOT_UTF_8) from None
    if found := INVISIBLE.search(text.replace("\r\n", "\n")):
        line = found.string.count("\n", 0, found.start()) + 1
        raise _RefusedError(line, TAB_SENTENCE if found[0] == "\t" else INVISIBLE_SENTENCE)
    return text


def _events(text: str) -> Iterator[yaml.Event]:
    """The events of the parser, its errors said in French with their line."""
    parser = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        yield from yaml.parse(text, Loader=parser)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if UNFINISHED_KEY in (error.problem or ""):
            mark = error.context_mark or mark  # « titre:Carte » is noticed at the next line
        line = mark.line + 1 if mark else None
        raise _RefusedError(line, syntax_sentence(error.problem, error.context)) from None
    except yaml.YAMLError:  # a character that YAML refuses and that we do not know of
        raise _RefusedError(None, INVISIBLE_SENTENCE) from None


@dataclass
class _Composer:
    """Composes the events of one file; what can be passed over is noted, and reading goes on."""

    name: str
    has_escapes: bool = False  # a text between double quotes may hide a character
    lines: dict[Place, int] = field(default_factory=dict)
    notes: list[tuple[Place, int, str]] = field(default_factory=list)

    def compose(self, text: str) -> Document:
        self.has_escapes = "\\" in text
        events = _events(text)
        root: Node | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None or event.version or event.tags:
                    self._refuse(event, "un fichier ne contient qu’un texte : enlevez « --- ».")
            elif isinstance(event, yaml.NodeEvent):
                root = self._node(event, events, ())
        if root is None:
            raise _RefusedError(None, "ce fichier est vide.")
        return Document(self.name, root, self.lines)

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], place: Place) -> Node:
        """The node that begins with `event`. Its depth is bounded, so recursion is too."""
        self._check(event, place)
        self.lines.setdefault(place, _line(event))
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(events, place)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, place)
        if isinstance(event, yaml.ScalarEvent):
            if not event.value and event.implicit[0]:  # `key:` and nothing, written plain
                self._note(event, EMPTY_VALUE, place)
            elif self.has_escapes and INVISIBLE.search(event.value):
                self._note(event, INVISIBLE_SENTENCE, place)
            return str(event.value)
        return ""  # an alias, already noted

    def _list(self, events: Iterator[yaml.Event], place: Place) -> tuple[Node, ...]:
        items: list[Node] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self._node(event, events, (*place, len(items))))
        return tuple(items)

    def _mapping(self, events: Iterator[yaml.Event], place: Place) -> dict[str, Node]:
        found: dict[str, Node] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._key(event, place)
            if key in found:
                first = self.lines[(*place, key)]
                self._note(event, f"« {key} » est déjà écrit ligne {first}. Gardez-en un.", place)
            self.lines[(*place, key)] = _line(event)
            found[key] = self._node(next(events), events, (*place, key))
        return found

    def _key(self, event: yaml.Event, place: Place) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self._refuse(event, "il faut un nom simple avant « : ».")
        self._check(event, place)
        if event.value == "<<":
            self._note(event, "« << » est interdit. Écrivez les lignes en entier.", place)
        return str(event.value)

    def _check(self, event: yaml.Event, place: Place) -> None:
        if len(place) >= MAX_DEPTH:
            self._refuse(event, "il y a trop de niveaux les uns dans les autres.")
        if len(self.lines) > MAX_NODES or len(self.notes) >= MAX_ERRORS:
            self._refuse(event, "il y a trop de lignes ou trop d’erreurs. Coupez ce fichier.")
        if getattr(event, "anchor", None) is not None:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            self._note(event, f"« {sign} » commence ce texte. Mettez-le entre guillemets.", place)
        if getattr(event, "tag", None) is not None:
            self._note(event, "« ! » commence ce texte. Mettez-le entre guillemets.", place)

    def _note(self, event: yaml.Event, sentence: str, place: Place) -> None:
        self.notes.append((place, _line(event), sentence))

    def _refuse(self, event: yaml.Event, sentence: str) -> NoReturn:
        raise _RefusedError(_line(event), sentence)


def _line(event: yaml.Event) -> int:
    mark = event.start_mark
    return mark.line + 1 if mark else 1
