"""What the page of the FAQ asks: the files, one of them, its check, a try, a save.

The program gives the editor; each call runs in a thread, since a check takes a second.
"""

import asyncio
import re
from collections.abc import Callable
from typing import Any, Final, Protocol

from tornado.iostream import StreamClosedError
from tornado.web import HTTPError

from bot.simulator.requests import Json, PageHandler

HALVES: Final = re.compile("[\ud800-\udfff]")  # of characters: JSON may hold some, a file not


class FaqEditor(Protocol):
    """Plain data in and out; a ValueError bears a French sentence to show.

    `name` is one of those that `files` gives: anything else is refused. A message is a dict with
    kind (« erreur » or « conseil »), file, line (or None), entry (or None) and sentence.
    """

    def files(self) -> list[Json]:
        """name and title of each file."""

    def open(self, name: str) -> Json:
        """name, text and version of a file."""

    def check(self, name: str, text: str) -> Json:
        """messages: the mistakes of all the files, with that text in that file."""

    def advise(self, name: str, text: str) -> Json:
        """messages: the advice on that file."""

    def try_out(self, name: str, text: str, question: str) -> Json:
        """why (as `explain` gives it) and answer (lines); or messages."""

    def save(self, name: str, text: str, version: str, *, accepts_mistakes: bool = False) -> Json:
        """saved, with the new version; or disk (the file as it stands); or messages."""


class _FaqHandler(PageHandler):
    async def ask(self, act: Callable[[FaqEditor, Json], Any]) -> None:
        """Answer with what the editor says of the request's JSON."""
        editor = self.server.editor
        if editor is None:
            raise HTTPError(404)
        given = self.json_body() if self.request.method == "POST" else {}
        try:
            result = await self.attend(asyncio.to_thread(act, editor, given))
        except ValueError as impossible:
            self.write_json({"ok": False, "error": str(impossible)})
        except (KeyError, TypeError):
            raise HTTPError(400) from None
        except StreamClosedError:
            return  # the page has left, or the server stops
        else:
            self.write_json({"ok": True, "result": result})


class _Files(_FaqHandler):
    async def get(self) -> None:
        await self.ask(lambda editor, _: editor.files())


class _Open(_FaqHandler):
    async def get(self) -> None:
        name = self.get_query_argument("name", "")
        await self.ask(lambda editor, _: editor.open(name))


class _Check(_FaqHandler):
    async def post(self) -> None:
        await self.ask(lambda editor, given: editor.check(*_texts(given, "name", "text")))


class _Advise(_FaqHandler):
    async def post(self) -> None:
        await self.ask(lambda editor, given: editor.advise(*_texts(given, "name", "text")))


class _Try(_FaqHandler):
    async def post(self) -> None:
        await self.ask(
            lambda editor, given: editor.try_out(*_texts(given, "name", "text", "question"))
        )


class _Save(_FaqHandler):
    async def post(self) -> None:
        await self.ask(
            lambda editor, given: editor.save(
                *_texts(given, "name", "text", "version"),
                accepts_mistakes=given.get("accepts_mistakes") is True,
            )
        )


def _texts(given: Json, *names: str) -> list[str]:
    """Those fields, which must be texts that can be written. Raises KeyError or TypeError."""
    texts = [given[name] for name in names]
    if not all(isinstance(text, str) and not HALVES.search(text) for text in texts):
        raise TypeError
    return texts


FAQ_REQUESTS: Final[tuple[tuple[str, type[PageHandler]], ...]] = (
    (r"/sim/faq/files", _Files),
    (r"/sim/faq/file", _Open),
    (r"/sim/faq/check", _Check),
    (r"/sim/faq/advise", _Advise),
    (r"/sim/faq/try", _Try),
    (r"/sim/faq/save", _Save),
)
