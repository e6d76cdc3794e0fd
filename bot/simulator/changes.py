"""Who wants to know that something changed: the page, and the state file."""

from collections.abc import Callable
from typing import Any, TypeAlias

Listener: TypeAlias = Callable[[dict[str, Any]], None]


class Changes:
    """A revision number that grows with each change, and those who are told.

    A listener receives ``{"revision": n}``, or ``{"typing": chat_id}`` for a passing sign that
    changes nothing. It is called at once, must be quick and must not raise.
    """

    def __init__(self) -> None:
        """Starts at revision 0 with nobody listening."""
        self.revision = 0
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Adds a listener; the returned function removes it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def mark(self) -> None:
        """Something changed."""
        self.revision += 1
        if self._listeners:
            self.tell({"revision": self.revision})

    def tell(self, event: dict[str, Any]) -> None:
        """Passes an event on to every listener."""
        for listener in tuple(self._listeners):
            listener(event)
