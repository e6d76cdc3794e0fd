"""The editor of one FAQ file, as the simulator's page asks for it. Only `bot.serving` imports it.

Answers are plain data, ready for JSON; a ValueError bears a French sentence to show. Everything
may be called from a thread: a check reads the whole FAQ again.
"""

from collections.abc import Callable, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any, TypeAlias

from bot.faq_explained import explain_message
from bot.safety import Triage
from faq.catalogue import Faq
from faq.check import findings
from faq.decision import Answered
from faq.disk import why_failed, why_unread
from faq.errors import FaqError, FaqErrors
from faq.live import LiveFaq
from faq.loader import load_snapshot
from faq.safe_file import WRITING, keep_version, replace_file
from faq.saving import bytes_like, text_of
from faq.snapshot import MAX_BYTES, Snapshot, files_of, name_of, take

Json: TypeAlias = dict[str, Any]

UNKNOWN = "Ce fichier n’est pas dans la FAQ."
TOO_LONG = "Ce fichier dépasse 2 Mo. Coupez-le en deux."
UNREADABLE = "Ce fichier ne s’ouvre pas ici : il n’est pas en UTF-8."
REFUSED = "{reason} Votre texte reste ici."
STALE = "(Date dépassée : seulement le site, le numéro, et « Vérifiez avec l’organisme ».)"
THEN_HUMAN = "(Puis le robot passe la main à l’équipe.)"
MISTAKE, ADVICE = "erreur", "conseil"
COMMON = {  # what the files beside the themes are about
    "service.yml": "votre organisation",
    "numeros.yml": "téléphones vérifiés",
    "domaines.yml": "sites officiels",
    "urgences.yml": "mots de danger",
    "accueil.yml": "bonjour et merci",
    "synonymes.yml": "mots de même sens",
}


class FaqEditor:
    """Reads, checks, tries and saves one file at a time of the FAQ that the robot watches."""

    def __init__(
        self, live: LiveFaq, directory: Path, service_file: Path, today: Callable[[], date]
    ) -> None:
        """`directory` and `service_file` are those of `live`; `today` is the day in Paris."""
        self._live = live
        self._directory = directory
        self._service_file = service_file
        self._today = today
        self._known: dict[str, Path] = {}
        self._built: tuple[Snapshot, Faq | FaqErrors] | None = None
        self._building = Lock()

    def files(self) -> list[Json]:
        """Name and title of each file, those of the themes first, in the order of the menu."""
        faq = self._live.current
        titles = dict(COMMON)
        for theme in faq.themes:
            titles[faq.places[theme.entries[0].id].file] = theme.title
        order = list(titles)[len(COMMON) :]
        names = sorted(
            (name for name, path in self._paths().items() if path.exists()),
            key=lambda name: (name in COMMON, order.index(name) if name in order else len(order)),
        )
        return [{"name": name, "title": titles.get(name, "")} for name in names]

    def open(self, name: str) -> Json:
        """Text and version (of the bytes) of a file; an empty version when it is gone."""
        content = _content_of(self._path(name))
        if len(content or b"") > MAX_BYTES:
            raise ValueError(TOO_LONG)
        try:
            text = text_of(content or b"")
        except UnicodeDecodeError:
            raise ValueError(UNREADABLE) from None
        return {"name": name, "text": text, "version": _version_of(content)}

    def check(self, name: str, text: str) -> Json:
        """The mistakes of the whole FAQ with that text in that file: none, and it may be saved."""
        found = self._faq_with(name, text)
        mistakes = found.errors if isinstance(found, FaqErrors) else ()
        return {"messages": _messages(mistakes, MISTAKE)}

    def advise(self, name: str, text: str) -> Json:
        """The advice on that file (seconds of work); none while there are mistakes."""
        found = self._faq_with(name, text)
        if isinstance(found, FaqErrors):
            return {"messages": []}
        find_danger = Triage(found.dangers).category_of
        advice = [one for one in findings(found, self._today(), find_danger) if one.file == name]
        return {"messages": _messages(advice, ADVICE)}

    def try_out(self, name: str, text: str, question: str) -> Json:
        """What a person would get, and why: `why`, and `answer`, its lines when one is given.

        With mistakes, `messages` alone.
        """
        found = self._faq_with(name, text)
        if isinstance(found, FaqErrors):
            return {"messages": _messages(found.errors, MISTAKE)}
        why = explain_message(found, Triage(found.dangers), question)
        return {"why": why.as_dict(), "answer": _answer(found, question, self._today())}

    def save(self, name: str, text: str, version: str, *, accepts_mistakes: bool = False) -> Json:
        """Replace the file, unless it is no longer the one that was opened as `version`.

        `saved` tells whether it was; if not, `disk` is the file as it stands (see `open`), or
        `messages` are the mistakes that nobody has accepted yet.
        """
        path = self._path(name)
        found = None if accepts_mistakes else self._faq_with(name, text)
        with WRITING:
            content = _content_of(path)
            if _version_of(content) != version:
                return {"saved": False, "disk": self.open(name)}
            if isinstance(found, FaqErrors):
                return {"saved": False, "messages": _messages(found.errors, MISTAKE)}
            written = bytes_like(text, content or b"")
            try:
                if content is not None and path.parent == self._directory:
                    keep_version(self._directory, path, content)
                replace_file(path, written)
            except OSError as error:
                raise ValueError(REFUSED.format(reason=why_failed(error))) from None
        return {"saved": True, "version": _version_of(written)}

    def _paths(self) -> dict[str, Path]:
        """By name; a file that was there once stays known, so that it can be written again."""
        for path in files_of(self._directory, self._service_file):
            self._known[name_of(path, self._directory, self._service_file)] = path
        return self._known

    def _path(self, name: str) -> Path:
        if (path := self._paths().get(name)) is None:
            raise ValueError(UNKNOWN)
        return path

    def _faq_with(self, name: str, text: str) -> Faq | FaqErrors:
        """The FAQ with that text instead; the last one is kept, since it is often asked again."""
        path = self._path(name)
        with self._building:
            try:
                snapshot = take(self._directory, self._service_file).with_texts({path: text})
            except FaqErrors as restless:
                return restless
            if self._built is None or self._built[0] != snapshot:
                self._built = (snapshot, self._build(snapshot))
            return self._built[1]

    def _build(self, snapshot: Snapshot) -> Faq | FaqErrors:
        try:
            return load_snapshot(snapshot, before=self._live.current)
        except FaqErrors as found:
            return found


def _answer(faq: Faq, question: str, today: date) -> list[str]:
    """What the entry says, line by line; nothing unless one is given at once."""
    decision = faq.decide(question)
    if not isinstance(decision, Answered):
        return []
    entry = faq.entries[decision.match.entry_id]
    if entry.is_stale(today):
        return [STALE]
    steps = [f"{number}. {step.text}" for number, step in enumerate(entry.steps, 1)]
    human = [THEN_HUMAN] if entry.always_human else []
    return [*([entry.answer] if entry.answer else []), *steps, *human]


def _messages(found: Sequence[FaqError], kind: str) -> list[Json]:
    return [
        {
            "kind": kind,
            "file": one.file,
            "line": one.line,
            "entry": one.entry,
            "sentence": one.sentence,
        }
        for one in found
    ]


def _content_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        sentence = why_unread(error)
        raise ValueError(sentence[:1].upper() + sentence[1:]) from None


def _version_of(content: bytes | None) -> str:
    return "" if content is None else sha256(content).hexdigest()
