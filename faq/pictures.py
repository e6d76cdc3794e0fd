"""The pictures of steps: files of the folder images/, beside the theme files."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from faq.content_rules import ThemeRead
from faq.errors import FaqError

FOLDER = "images"
MAX_BYTES = 1_000_000  # a person pays for what she downloads
SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


def picture_errors(themes: Iterable[ThemeRead], directory: Path) -> list[FaqError]:
    """Pictures that are named and cannot be sent."""
    return [
        document.error(("fiches", rank, "etapes", number, "image"), sentence)
        for theme, document in themes
        for rank, entry in enumerate(theme.entries)
        for number, step in enumerate(entry.steps)
        if step.picture is not None
        for sentence in _faults(directory / FOLDER / step.picture)
    ]


def digest_pictures(directory: Path) -> dict[str, bytes]:
    """Name → SHA-256 of each file of the folder, in order; nothing when there is no folder.

    Of its first MAX_BYTES + 1 bytes; of none when it cannot be read: a step that names it says so.
    """
    files = sorted(path for path in (directory / FOLDER).glob("*") if path.is_file())
    return {path.name: sha256(_read(path) or b"").digest() for path in files}


def _read(path: Path) -> bytes | None:
    """The first MAX_BYTES + 1 bytes; None when they cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError:
        return None


def _faults(path: Path) -> list[str]:
    if (data := _read(path)) is None:
        return [f"l’image {FOLDER}/{path.name} manque. Ajoutez-la, ou enlevez cette ligne."]
    if len(data) > MAX_BYTES:
        return [f"l’image {path.name} dépasse 1 Mo. Réduisez-la."]
    if not data.startswith(SIGNATURES):
        return [f"{path.name} n’est pas une image PNG ou JPEG. Enregistrez-la autrement."]
    return []
