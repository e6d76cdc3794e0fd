"""Every call the bot made, in order: what tests read to judge it."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Call:
    """One call of a Bot API method.

    ``status`` is the HTTP status of the answer, 0 while there is none (under way, or the
    connection was cut before the call took effect). ``result`` is the ``result`` of the envelope,
    or the description of a refusal; for getUpdates, the ids of the updates given. ``at`` is the
    engine's clock, in seconds since 1970.
    """

    method: str
    parameters: dict[str, Any]
    at: float
    status: int = 0
    result: Any = None
    unknown: bool = False  # the contract has no such method, or not with these parameters
    fault: str | None = None  # the fault that was injected into this call
    files: tuple[str, ...] = field(default=())  # names of the files sent along

    @property
    def is_accepted(self) -> bool:
        """The call took effect, whether or not its answer reached the bot."""
        return self.status == 200


class Ledger(list[Call]):
    """The calls, oldest first. With a ``limit``, at least that many of the last ones are kept."""

    def __init__(self, limit: int | None = None) -> None:
        """``limit`` in calls; None keeps everything."""
        super().__init__()
        self.limit = limit

    def add(self, call: Call) -> None:
        """Appends, and forgets the oldest calls beyond twice the limit (amortised O(1))."""
        self.append(call)
        if self.limit is not None and len(self) > 2 * self.limit:
            del self[: -self.limit]

    def mistakes(self) -> list[Call]:
        """Calls that the contract refuses: a bug of the caller, whatever Telegram would do."""
        return [call for call in self if call.unknown]

    def of(self, method: str, chat_id: int | None = None, *, accepted: bool = True) -> list[Call]:
        """The calls of one method, to one chat if given; only those that took effect unless
        ``accepted`` is False."""
        return [
            call
            for call in self
            if call.method == method
            and (call.is_accepted or not accepted)
            and (chat_id is None or str(call.parameters.get("chat_id")) == str(chat_id))
        ]
