"""Redaction of private numbers, before anything reaches the database or a log.

Every masked character becomes one « • » (two for an emoji), so that the offsets of Telegram's
entities, counted in UTF-16 units, stay true. The original exists only at Telegram. Sources:
domain-facts §6c; reliability-facts §3 (row NIR/IBAN). Patterns are fixed and linear in the length.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.safety.bank import find_accounts
from bot.safety.digits import find_numbers
from bot.safety.passwords import find_secrets
from bot.safety.spans import Span, mask

_DIGITS = re.compile(r"\d(?:\W{0,3}\d){6}")  # the shortest private number has 7 digits
_ACCOUNT = re.compile(r"\d\w?\W{0,3}\w?\d\w?\W{0,3}\w?\d")  # three digits, or nearly side by side
_SECRET_WORDS = (
    "mdp", "pass", "pwd", "code", "pin", "puk", "otp", "identif", "idantif", "login", "crypto",
    "cvv", "cvc",
)  # fmt: skip
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_ROUNDS = 4  # a mask can uncover what was stuck to it; more than three were never needed

Json = Any
"""A value of decoded JSON."""

_WORDS = frozenset({"text", "caption", "question", "explanation", "file_name", "url", "address"})
_OWN = ("message", "edited_message")  # the updates in which the person herself writes
_KEYBOARDS = "reply_markup"  # ours: a button bears a public number or an opaque id


@dataclass(frozen=True)
class Redaction:
    """A text without its private parts, as long as the original in UTF-16 units.

    ``kinds`` among: nir, card, bank, fiscal, agdref, allocataire, phone, email, secret.
    """

    text: str
    kinds: frozenset[str]


class Redactor:
    """Masks private numbers; knows the numbers and mail domains that anybody may read."""

    def __init__(
        self, public_numbers: Iterable[str] = (), public_domains: Iterable[str] = ()
    ) -> None:
        """Take numbers as people write them (« 0 806 001 620 ») and domains (« caf.fr »)."""
        self._numbers = frozenset("".join(filter(str.isdecimal, n)) for n in public_numbers)
        self._domains = tuple(domain.casefold() for domain in public_domains)

    def redact(self, text: str) -> Redaction:
        """Mask every private part of ``text``. Doing it twice changes nothing more."""
        kinds: set[str] = set()
        for _ in range(_ROUNDS):
            spans = self._find_told(text)
            if kinds and not spans:
                break
            text = mask(text, spans)
            numbers = self._find_numbers(text)
            text = mask(text, numbers)
            found = {span.kind for span in (*spans, *numbers)}
            kinds |= found
            if not found:
                break
        return Redaction(text, frozenset(kinds))

    def _find_told(self, text: str) -> list[Span]:
        """Secrets, mail addresses and bank accounts, each sought only after a cheap sign of it."""
        spans: list[Span] = []
        lowered = text.lower()
        if any(word in lowered for word in _SECRET_WORDS):
            spans += find_secrets(text)
        if "@" in text:
            spans += [Span(*m.span(), "email") for m in _MAIL.finditer(text) if self._private(m)]
        return spans + find_accounts(text) if _ACCOUNT.search(text) else spans

    def _find_numbers(self, text: str) -> list[Span]:
        return find_numbers(text, self._numbers) if _DIGITS.search(text) else []

    def _private(self, mail: re.Match[str]) -> bool:
        domain = mail.group().rpartition("@")[2].casefold()
        return not any(domain == d or domain.endswith("." + d) for d in self._domains)

    def redact_update(self, update: dict[str, Json]) -> tuple[dict[str, Json], frozenset[str]]:
        """A copy of a raw update, every text masked, and the kinds she wrote in it herself.

        Texts anywhere count: message, edit, reply, quote, pinned message, poll, file name. A
        shared contact loses its number, a location its place (the relay copies the original).
        """
        kinds = frozenset[str]()
        for message in map(update.get, _OWN):
            if isinstance(message, dict):
                said = (message.get(field) for field in ("text", "caption"))
                kinds = kinds.union(*(self.redact(s).kinds for s in said if isinstance(s, str)))
        return self._walk(update), kinds

    def _walk(self, value: Json) -> Json:
        if isinstance(value, dict):
            return {key: self._field(key, inner) for key, inner in value.items()}
        return [self._walk(item) for item in value] if isinstance(value, list) else value

    def _field(self, key: str, value: Json) -> Json:
        if key == _KEYBOARDS:
            return value
        if isinstance(value, str):
            if key in ("phone_number", "vcard"):
                return mask(value, [Span(0, len(value), "phone")])
            return self.redact(value).text if key in _WORDS else value
        if key in ("latitude", "longitude"):
            return 0.0
        return self._walk(value)


_PLAIN = Redactor()


def redact(text: str) -> Redaction:
    """Mask every private part of ``text``, knowing no public number but those in 08."""
    return _PLAIN.redact(text)


def redact_update(update: dict[str, Json]) -> tuple[dict[str, Json], frozenset[str]]:
    """``Redactor.redact_update`` without a list of public numbers."""
    return _PLAIN.redact_update(update)
