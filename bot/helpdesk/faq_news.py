"""What the team reads in General when the FAQ files change: what is new, or what is wrong.

One message a minute at most, whatever the number of saves: those in between are told together, as
the difference between what was last read there and what is true now.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain import Priority, Words, join_words
from bot.helpdesk.context import Helpdesk
from bot.outgoing import GENERAL, SendText
from bot.store import outbox
from bot.team_texts import FaqTexts
from bot.texts import fill
from faq.catalogue import Faq
from faq.comparison import Changes, compare
from faq.errors import FaqError

PAUSE = timedelta(seconds=60)  # between two messages
MOST_ERRORS = 10  # sentences of a message; the others are counted
LONGEST_ERROR = 300  # characters of one of them: ten must fit in a message
MOST_TITLES = 5  # of a line
KEY = "faq_news"  # one waiting row at most


@dataclass(frozen=True)
class FaqState:
    """The FAQ that answers, and what is wrong with the files when they are not it."""

    faq: Faq
    errors: tuple[FaqError, ...] = ()


@dataclass(frozen=True)
class FaqNews:
    """What was told. `read`: the state that has left; `written`: that of the row which may wait.

    It lives as long as the process, as the versions it compares do.
    """

    read: FaqState
    written: FaqState
    written_at: datetime | None = None


def begin(state: FaqState) -> FaqNews:
    """At the start nobody needs telling."""
    return FaqNews(state, state)


async def tell(desk: Helpdesk, news: FaqNews, state: FaqState) -> FaqNews:
    """Write the news of `state` in General, unless it is too soon; returns what is told now.

    To be called again, later, while the result's `written` is not `state`.
    """
    is_early = news.written_at is not None and desk.now - news.written_at < PAUSE
    if state is news.written or is_early:
        return news
    has_waited = await outbox.drop_coalesced(desk.tx, KEY)
    before = news.read if has_waited else news.written
    words = word_news(desk.texts.team.faq, before, state)
    if words is None:
        return replace(news, read=before, written=state)
    body = SendText(words)
    await outbox.add(desk.tx, GENERAL, body, Priority.OTHER, desk.now, coalesce_key=KEY)
    return FaqNews(before, state, desk.now)


def word_news(texts: FaqTexts, before: FaqState, now: FaqState) -> Words | None:
    """The message, from what was known to what is true; None when nothing is new."""
    if now.errors:
        return None if now.errors == before.errors else _word_errors(texts, now.errors)
    changes = compare(before.faq, now.faq)
    if not changes and not before.errors:
        return None
    head = Words(texts.repaired if before.errors else texts.updated)
    return join_words([head, *_word_changes(texts, changes)], " ")


def _word_errors(texts: FaqTexts, errors: Sequence[FaqError]) -> Words:
    lines = [fill(texts.refused)]
    lines += [Words(_cut(f"– {error}")) for error in errors[:MOST_ERRORS]]
    rest = len(errors) - MOST_ERRORS
    if rest > 0:
        lines.append(Words(_more(texts, rest)))
    return join_words(lines)


def _word_changes(texts: FaqTexts, changes: Changes) -> list[Words]:
    told = (
        (texts.added, changes.added),
        (texts.changed, changes.changed),
        (texts.removed, changes.removed),
        (texts.themes, changes.themes),
        (texts.files, changes.files),
    )
    return [fill(template, names=_names(texts, names)) for template, names in told if names]


def _names(texts: FaqTexts, names: Sequence[str]) -> str:
    shown = ", ".join(f"« {name} »" for name in names[:MOST_TITLES])
    rest = len(names) - MOST_TITLES
    return f"{shown} {_more(texts, rest)}" if rest > 0 else shown


def _more(texts: FaqTexts, count: int) -> str:
    return texts.one_more if count == 1 else texts.more.format(count=count)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_ERROR else f"{text[: LONGEST_ERROR - 1]}…"
