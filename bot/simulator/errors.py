"""What can go wrong in the simulator.

    SimulatorError      a person tries something that Telegram's applications do not offer
    ApiError            the Bot API refuses a call of the bot (becomes an ``ok: false`` envelope)

A connection that breaks is not one of them: the engine raises the ``ConnectionResetError`` or
``ConnectionRefusedError`` of Python, so that an adapter needs to import nothing from here.
"""

from typing import Any


class SimulatorError(Exception):
    """An act that is impossible; its text is a French sentence, made for the page."""


class ApiError(Exception):
    """A refusal of the Bot API: HTTP status, description as the real server writes it."""

    def __init__(
        self, status: int, description: str, parameters: dict[str, int] | None = None
    ) -> None:
        """``parameters`` are Telegram's ResponseParameters (retry_after, migrate_to_chat_id)."""
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters

    def envelope(self) -> dict[str, Any]:
        """The JSON body of this refusal."""
        body = {"ok": False, "error_code": self.status, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(text: str) -> ApiError:
    """A 400, ``text`` without its « Bad Request: » prefix."""
    return ApiError(400, f"Bad Request: {text}")


def forbidden(text: str) -> ApiError:
    """A 403, ``text`` without its « Forbidden: » prefix."""
    return ApiError(403, f"Forbidden: {text}")
