"""What keeps people safe: private numbers are masked, and words of danger are seen first."""

from bot.safety.redaction import Redaction, Redactor, redact, redact_update
from bot.safety.triage import Triage

__all__ = ["Redaction", "Redactor", "Triage", "redact", "redact_update"]
