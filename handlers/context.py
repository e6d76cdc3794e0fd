"""What callbacks are handed: the helpdesk of the update's transaction, and what was masked."""

from dataclasses import dataclass, field
from typing import Any

from telegram.ext import Application, CallbackContext, ExtBot

from bot.helpdesk.context import Helpdesk


@dataclass
class Turn:
    """The update being handled: one at a time, so one place is enough."""

    desk: Helpdesk | None = None
    masked: frozenset[str] = frozenset()
    error: BaseException | None = field(default=None)


class DeskContext(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[str, Turn]]):
    """The context of every callback."""

    @property
    def turn(self) -> Turn:
        """The update being handled."""
        return self.bot_data["turn"]

    @property
    def desk(self) -> Helpdesk:
        """The helpdesk, bound to the transaction of this update."""
        desk = self.turn.desk
        if desk is None:
            raise RuntimeError("no update is being handled")
        return desk


DeskApplication = Application[
    ExtBot[None], DeskContext, dict[Any, Any], dict[Any, Any], dict[str, Turn], None
]
