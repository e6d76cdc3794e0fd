"""Faults that a test injects: what a network and a busy server do to a bot.

A fault of a ``before`` kind answers instead of the method, which takes no effect; ``cut_after``
and ``hang_after`` let it take effect and lose the answer, the case no client can tell apart.
"""

import asyncio
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

Answer: TypeAlias = tuple[int, dict[str, Any] | str]
"""HTTP status, and the body: an envelope, or the text of a page that is not JSON."""

Custom: TypeAlias = Callable[[str, dict[str, Any]], Any]
"""From method and parameters to an Answer, or None to let the call pass; may be a coroutine."""

BAD_GATEWAY = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx/1.18.0</center>\r\n"
    "</body>\r\n</html>\r\n"
)
_DESCRIPTIONS = {
    400: "Bad Request: fault",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance "
    "is running",
    413: "Request Entity Too Large",
    500: "Internal Server Error",
}


@dataclass(slots=True)
class Fault:
    """One rule: what happens to the next ``times`` calls of this method to this chat."""

    method: str | None
    chat_id: int | None
    times: int | None
    kind: str | Custom
    description: str | None
    retry_after: int

    @property
    def name(self) -> str:
        """The kind, as the ledger shows it."""
        return self.kind if isinstance(self.kind, str) else "custom"

    @property
    def is_after(self) -> bool:
        """The call takes effect first."""
        return self.kind in ("cut_after", "hang_after")

    def matches(self, method: str, parameters: dict[str, Any]) -> bool:
        """Whether this rule is about that call."""
        if self.method not in (None, method):
            return False
        return self.chat_id is None or str(parameters.get("chat_id")) == str(self.chat_id)

    async def happen(self, method: str, parameters: dict[str, Any]) -> Answer | None:
        """The answer given instead of the real one; None lets the call pass.

        Raises ConnectionResetError (cut) or ConnectionRefusedError (refused: surely not sent);
        never returns for a hang, until the caller gives up.
        """
        if not isinstance(self.kind, str):
            answer = self.kind(method, parameters)
            chosen: Answer | None = await answer if inspect.isawaitable(answer) else answer
            return chosen
        if self.kind.startswith("cut"):
            raise ConnectionResetError("the server closed the connection without an answer")
        if self.kind == "refused":
            raise ConnectionRefusedError("the server refused the connection")
        if self.kind.startswith("hang"):
            await asyncio.get_running_loop().create_future()
        return self._envelope(int(self.kind))

    def _envelope(self, status: int) -> Answer:
        if status in (502, 503, 504):
            return status, BAD_GATEWAY
        body: dict[str, Any] = {"ok": False, "error_code": status}
        if status == 429:
            body["description"] = f"Too Many Requests: retry after {self.retry_after}"
            body["parameters"] = {"retry_after": self.retry_after}
        else:
            body["description"] = self.description or _DESCRIPTIONS[status]
        return status, body


_KINDS = ("cut_before", "cut_after", "hang", "hang_after", "refused", "429", "502", "503", "504")


class Faults:
    """The rules in force, oldest first; the first that matches a call is used."""

    def __init__(self) -> None:
        """No fault."""
        self.rules: list[Fault] = []

    def add(
        self,
        kind: str | Custom,
        *,
        method: str | None = None,
        chat_id: int | None = None,
        times: int | None = 1,
        description: str | None = None,
        retry_after: int = 1,
    ) -> Fault:
        """Adds a rule; ``times=None`` keeps it until ``remove`` or ``clear``.

        ``kind``: an HTTP status as text (429 with ``retry_after`` in seconds; 502, 503 and 504 an
        HTML page; the others an envelope with ``description``), ``cut_before``, ``cut_after``,
        ``hang``, ``hang_after``, ``refused``, or a callable (see Custom).
        """
        if isinstance(kind, str) and kind not in _KINDS and int(kind) not in _DESCRIPTIONS:
            raise ValueError(f"unknown fault {kind}")
        fault = Fault(method, chat_id, times, kind, description, retry_after)
        self.rules.append(fault)
        return fault

    def remove(self, fault: Fault) -> None:
        """Ends one rule; one that is already used up is no error."""
        if fault in self.rules:
            self.rules.remove(fault)

    def clear(self) -> None:
        """Ends every rule."""
        self.rules.clear()

    def take(self, method: str, parameters: dict[str, Any]) -> Fault | None:
        """The fault for this call, counted as used; None when the call passes."""
        for fault in self.rules:
            if fault.matches(method, parameters):
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times <= 0:
                        self.rules.remove(fault)
                return fault
        return None
