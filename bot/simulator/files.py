"""The files that were sent: in memory, and beside the state file when there is one."""

import itertools
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

from bot.simulator.errors import bad_request

UPLOAD_LIMIT = 50_000_000
"""Bytes that a bot may send in one file (photos: 10 MB)."""
PHOTO_LIMIT = 10_000_000
DOWNLOAD_LIMIT = 20_000_000
"""Bytes beyond which getFile refuses."""


class UploadedFile(NamedTuple):
    """A file on its way to the engine."""

    filename: str
    content: bytes
    mime: str


@dataclass(frozen=True, slots=True)
class StoredFile:
    """What is known of one file; its bytes are read through Files.content."""

    file_id: str
    kind: str
    name: str
    mime: str
    size: int
    path: str  # file_path of the Bot API

    @property
    def unique_id(self) -> str:
        """The file_unique_id: the same for every bot, of no use to fetch it."""
        return f"AQAD{self.file_id[-8:]}"

    def wire(self) -> dict[str, Any]:
        """The fields that every kind of file has in a message."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": self.size,
        }


_FOLDERS = {"photo": "photos", "voice": "voice", "video": "videos", "sticker": "stickers"}
_ENDINGS = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "audio/ogg": ".oga",
    "audio/mpeg": ".mp3",
    "video/mp4": ".mp4",
    "application/pdf": ".pdf",
}


class Files:
    """Every file, found by its file_id or by its path."""

    def __init__(self, folder: Path | None) -> None:
        """``folder`` receives the bytes, one file each; None keeps them in memory only."""
        self._folder = folder
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._contents: dict[str, bytes] = {}
        self._numbers = itertools.count(1)

    def add(self, kind: str, upload: UploadedFile) -> StoredFile:
        """Keeps a file. Raises ApiError 413 or 400 when it is too big or empty."""
        size = len(upload.content)
        if size == 0:
            raise bad_request("file must be non-empty")
        if size > (PHOTO_LIMIT if kind == "photo" else UPLOAD_LIMIT):
            raise bad_request(f"file is too big for a {kind}")
        number = next(self._numbers)
        ending = Path(upload.filename).suffix or _ENDINGS.get(upload.mime, "")
        file = StoredFile(
            file_id=f"BQACAgQAAxkDAAI{kind.replace('_', '')}{number:08d}",
            kind=kind,
            name=upload.filename,
            mime=upload.mime,
            size=size,
            path=f"{_FOLDERS.get(kind, 'documents')}/file_{number}{ending}",
        )
        self._register(file)
        self._contents[file.file_id] = upload.content
        if self._folder is not None:
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / file.file_id).write_bytes(upload.content)
        return file

    def get(self, file_id: str) -> StoredFile | None:
        """The file of this file_id."""
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        """The file that getFile gave this path."""
        return self._by_path.get(path)

    def content(self, file: StoredFile) -> bytes:
        """The bytes, read again from the folder after a restart."""
        if file.file_id not in self._contents and self._folder is not None:
            self._contents[file.file_id] = (self._folder / file.file_id).read_bytes()
        return self._contents[file.file_id]

    def clear(self) -> None:
        """Forgets everything, and removes the bytes on the disk."""
        for file_id in self._by_id:
            if self._folder is not None:
                (self._folder / file_id).unlink(missing_ok=True)
        self._by_id.clear()
        self._by_path.clear()
        self._contents.clear()

    def dump(self) -> list[dict[str, Any]]:
        """What is known of the files, for the state file."""
        return [asdict(file) for file in self._by_id.values()]

    def load(self, files: Iterable[dict[str, Any]]) -> None:
        """Takes back what ``dump`` gave."""
        for one in files:
            self._register(StoredFile(**one))
        self._numbers = itertools.count(len(self._by_id) + 1)

    def _register(self, file: StoredFile) -> None:
        self._by_id[file.file_id] = file
        self._by_path[file.path] = file
