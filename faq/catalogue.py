"""The FAQ as the bot uses it: what all the files say together, and the index over it. Frozen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from faq.danger import DangerTable
from faq.decision import Answered, Decision, Thresholds, careful, decide, propose_both
from faq.directory import PhoneNumber
from faq.document import Place
from faq.entry import Entry, Theme
from faq.index import Index, Match
from faq.questions import follow_up, is_single, two_questions
from faq.service import Service
from faq.small_talk import Welcome


@dataclass(frozen=True)
class FaqPlace:
    """Where an entry is written (lines from 1), for those who must change it."""

    file: str
    line: int
    lines: Mapping[Place, int] = field(default_factory=dict)  # of its parts: ("formulations", 3)

    def line_of(self, *part: str | int) -> int:
        """The line of a part, or of the nearest part above it that is written."""
        while part and part not in self.lines:
            part = part[:-1]
        return self.lines.get(part, self.line)


@dataclass(frozen=True)
class Faq:
    """Everything the files say. `themes` and `entries` hold what is shown: active entries only."""

    themes: tuple[Theme, ...]  # in the order of the menu; none is empty
    entries: Mapping[str, Entry]  # by id
    numbers: Mapping[str, PhoneNumber]  # by key
    official_domains: frozenset[str]
    service: Service
    dangers: DangerTable
    welcome: Welcome
    places: Mapping[str, FaqPlace]  # by entry id, the inactive ones too
    version: str  # first 12 hex digits of the hash of every file
    index: Index
    pictures: Path  # the folder of the pictures of steps

    def search(self, text: str, limit: int = 10) -> tuple[Match, ...]:
        """The entries the text may be about, best first."""
        return tuple(self.index.search(text, limit))

    def decide(self, text: str, after: Entry | None = None) -> Decision:
        """Answer, suggest, or nothing found. `after`: the entry that was just answered."""
        matches = self.search(text)
        both = two_questions(self.index, text)
        if both is not None:
            return propose_both(*both, matches)
        decision = decide(matches, self.thresholds_for(text, matches))
        if after is None or isinstance(decision, Answered):
            return decision
        meant = follow_up(self.index, text, after.title)
        followed = decide(meant, self.thresholds_for(after.title, meant))
        # The entry just answered counts for the lead, and is no answer to a new question.
        is_new = isinstance(followed, Answered) and followed.match.entry_id != after.id
        return followed if is_new else decision

    def thresholds_for(self, text: str, matches: Sequence[Match]) -> Thresholds:
        """Those of service.yml, raised where a wrong answer would hurt more or is likelier."""
        if not matches:
            return self.service.thresholds
        return careful(
            self.service.thresholds,
            matches[0],
            is_sensitive=self.entries[matches[0].entry_id].sensitive != "non",
            is_single=is_single(self.index, text),
        )

    def phone_of(self, entry: Entry) -> PhoneNumber | None:
        """The number to call about an entry."""
        return self.numbers.get(entry.phone) if entry.phone else None

    def theme_of(self, entry: Entry) -> Theme:
        """The theme an entry belongs to."""
        return next(theme for theme in self.themes if theme.id == entry.theme)


def shown(themes: list[Theme]) -> tuple[Theme, ...]:
    """Active entries only, and only the themes that have some, in the order of the menu."""
    kept = [
        theme.model_copy(update={"entries": tuple(e for e in theme.entries if e.active)})
        for theme in sorted(themes, key=lambda theme: (theme.position, theme.id))
    ]
    return tuple(theme for theme in kept if theme.entries)
