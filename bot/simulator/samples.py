"""What people send when a test or the page names a kind and gives no file."""

import base64
import io
import math
import wave
from typing import Final

from bot.simulator.files import UploadedFile

_PNG: Final = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
_PDF: Final = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def _tone(seconds: float = 1.0, hertz: int = 440, rate: int = 8000) -> bytes:
    """A soft tone as a WAV, which every browser plays (a real voice note is Opus in Ogg)."""
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(rate)
        steps = range(int(seconds * rate))
        sound.writeframes(
            bytes(128 + int(40 * math.sin(2 * math.pi * hertz * i / rate)) for i in steps)
        )
    return out.getvalue()


def sample(kind: str) -> UploadedFile:
    """A small file of this kind; the pictures, the sound and the PDF can be opened."""
    if kind == "photo":
        return UploadedFile("photo.png", _PNG, "image/png")
    if kind == "sticker":
        return UploadedFile("sticker.png", _PNG, "image/png")
    if kind == "voice":
        return UploadedFile("voice.wav", _tone(), "audio/wav")
    if kind == "audio":
        return UploadedFile("musique.wav", _tone(), "audio/wav")
    if kind == "document":
        return UploadedFile("document.pdf", _PDF, "application/pdf")
    return UploadedFile(f"{kind}.mp4", b"\x00\x00\x00\x18ftypmp42", "video/mp4")
