"""Logs that hold neither a token nor anybody's words."""

import logging
import re
import sys

TOKEN = re.compile(r"(bot)?\d{6,}:[\w-]{10,}")
QUIET = ("httpx", "httpcore", "telegram", "aiosqlite", "tornado.access", "watchfiles")


class RedactingFormatter(logging.Formatter):
    """Masks tokens in messages; of a traceback it keeps the places and classes, not the words.

    The text of an exception may quote what a person wrote.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line, with every token masked."""
        return TOKEN.sub("[jeton]", super().format(record))

    def formatException(self, ei: object) -> str:  # noqa: N802 - the name is logging's
        """The class of the error and the places it went through, never its text."""
        assert isinstance(ei, tuple)  # noqa: S101 - logging gives sys.exc_info()
        error, trace = ei[1], ei[2]
        places = []
        while trace is not None:
            code = trace.tb_frame.f_code
            places.append(
                f"  {code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno} {code.co_name}"
            )
            trace = trace.tb_next
        return "\n".join([*places[-8:], f"  {type(error).__name__}"])


def set_up_logs(level: str) -> None:
    """Log to standard error; libraries that print URLs or payloads only speak from WARNING on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
