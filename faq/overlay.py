"""A FAQ as it would be if some of its files said something else: nothing is written."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from faq.catalogue import Faq
from faq.loader import load_snapshot
from faq.snapshot import take


def load_with(
    directory: Path,
    service_file: Path,
    changed: Mapping[Path, str],
    *,
    today: date | None = None,
    before: Faq | None = None,
) -> Faq:
    """The FAQ of these files, with `changed` (path → whole text) instead of what is on the disk.

    A path may be a theme that does not exist yet. `before` makes it quicker, as in `load`.

    Raises:
        FaqErrors: every error of every file, by the names of the real ones.
        ValueError: a path that is no file of this FAQ.
    """
    snapshot = take(directory, service_file).with_texts(changed)
    return load_snapshot(snapshot, today=today, before=before)
