"""What keeps people safe: private numbers are masked, and words of danger are seen first."""

from bot.safety.redaction import Redaction, Redactor, redact, redact_update

__all__ = ["Redaction", "Redactor", "redact", "redact_update"]
