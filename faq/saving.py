"""One file replaced by another text, whole or not at all."""

import os
import shutil
from pathlib import Path

BOM = b"\xef\xbb\xbf"


def replace_file(path: Path, content: bytes) -> None:
    """Whoever reads the file meanwhile reads the old text or the new one, even after a cut.

    A link stays a link; the permissions stay. Raises OSError, the file being as it was.
    """
    target = path.resolve()
    beside = target.with_name(f".{target.name}.nouveau")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, beside)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def text_of(content: bytes) -> str:
    """The text of a file, with « \\n » line ends and no byte order mark. UnicodeDecodeError."""
    return content.decode("utf-8-sig").replace("\r\n", "\n")


def bytes_like(text: str, old: bytes) -> bytes:
    """The text as bytes, with the line ends and the byte order mark of the old file."""
    text = text.replace("\r\n", "\n")
    if b"\r\n" in old:
        text = text.replace("\n", "\r\n")
    return (BOM if old.startswith(BOM) else b"") + text.encode()
