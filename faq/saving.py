"""The text of a file as an editor shows it; and back, with its line ends and byte order mark."""

BOM = b"\xef\xbb\xbf"


def text_of(content: bytes) -> str:
    """The text of a file, with « \\n » line ends and no byte order mark. UnicodeDecodeError."""
    return content.decode("utf-8-sig").replace("\r\n", "\n")


def bytes_like(text: str, old: bytes) -> bytes:
    """The text as bytes, with the line ends and the byte order mark of the old file."""
    text = text.replace("\r\n", "\n")
    if b"\r\n" in old:
        text = text.replace("\n", "\r\n")
    return (BOM if old.startswith(BOM) else b"") + text.encode()
