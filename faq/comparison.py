"""What changed between two versions of the FAQ, as those who keep it would say it."""

from collections.abc import Callable
from dataclasses import dataclass

from faq.catalogue import Faq
from faq.entry import Theme

# What a file beside the themes brings to a FAQ: when that differs, the file has changed.
_BESIDE: tuple[tuple[str, Callable[[Faq], object]], ...] = (
    ("service.yml", lambda faq: faq.service),
    ("numeros.yml", lambda faq: faq.numbers),
    ("domaines.yml", lambda faq: faq.official_domains),
    ("urgences.yml", lambda faq: faq.dangers),
    ("accueil.yml", lambda faq: faq.welcome),
    ("synonymes.yml", lambda faq: faq.index.synonyms),
)


@dataclass(frozen=True)
class Changes:
    """Titles of entries, in the order of the menu; then themes and files, by their names.

    An entry that becomes inactive is removed, one that becomes active again is added: people see
    no difference.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()  # titles of those whose title or place in the menu changed
    files: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything that people or the team can meet has changed."""
        return any((self.added, self.changed, self.removed, self.themes, self.files))


def compare(before: Faq, after: Faq) -> Changes:
    """From one version to another; comments and layout count for nothing."""
    old, new = before.entries, after.entries
    return Changes(
        added=tuple(entry.title for name, entry in new.items() if name not in old),
        changed=tuple(e.title for name, e in new.items() if name in old and old[name] != e),
        removed=tuple(entry.title for name, entry in old.items() if name not in new),
        themes=_changed_themes(before, after),
        files=tuple(name for name, part in _BESIDE if part(before) != part(after)),
    )


def _changed_themes(before: Faq, after: Faq) -> tuple[str, ...]:
    """Those that stay, under another title or in another place; a new one shows by its entries."""
    old = {theme.id: _head(theme) for theme in before.themes}
    return tuple(
        theme.title for theme in after.themes if theme.id in old and old[theme.id] != _head(theme)
    )


def _head(theme: Theme) -> object:
    return theme.model_dump(exclude={"entries"})
