"""Bank accounts (IBAN, RIB) and social security numbers of Corsica: digits mixed with letters."""

import re

from stdnum import iban

from bot.safety.spans import NO_LETTER_BEFORE, SEPARATORS, Span

_GAP = rf"[{SEPARATORS}]{{0,3}}"
_IBAN_START = re.compile(
    rf"{NO_LETTER_BEFORE}([A-Za-z]{{2}}){_GAP}\d{_GAP}\d(?={_GAP}[A-Za-z0-9])"
)
_ALPHANUMERIC = re.compile(rf"{_GAP}([A-Za-z0-9])")
# Bank 5 digits, counter 5, account 11 with at least one letter perhaps, key 2.
_RIB = re.compile(
    rf"(?<![A-Za-z0-9])\d{{5}}{_GAP}\d{{5}}{_GAP}[A-Za-z0-9]{{11}}{_GAP}\d\d(?![A-Za-z0-9])"
)
_CORSICA = re.compile(
    rf"(?<!\w)[1-478]{_GAP}"
    + "".join(rf"\d{_GAP}" for _ in range(4))
    + rf"2{_GAP}[ABab]"
    + "".join(rf"{_GAP}\d" for _ in range(6))
    + rf"(?:{_GAP}\d{_GAP}\d)?(?!\w)"
)
# Registry of SWIFT; the countries whose accounts are met in France, by length of their IBAN.
_LENGTHS = {
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22,
    "BI": 27, "BR": 29, "BY": 28, "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DJ": 27,
    "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24, "FI": 18, "FO": 18, "FR": 27, "GB": 22,
    "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28, "HR": 21, "HU": 28, "IE": 22, "IL": 23,
    "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LI": 21, "LT": 20,
    "LU": 20, "LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MR": 27, "MT": 31,
    "MU": 30, "NL": 18, "NO": 15, "OM": 23, "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29,
    "RO": 24, "RS": 22, "RU": 33, "SA": 24, "SC": 31, "SD": 18, "SE": 24, "SI": 19, "SK": 24,
    "SM": 27, "SO": 23, "ST": 25, "SV": 28, "TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22,
    "XK": 20,
}  # fmt: skip
_BODIES = {n: re.compile(rf"(?:{_GAP}[A-Za-z0-9]){{{n - 4}}}") for n in set(_LENGTHS.values())}
# Without its last figures, or with one too many: a French account all the same.
_FRENCH_BODY = re.compile(rf"(?:{_GAP}[A-Za-z0-9]){{15,23}}[A-Za-z0-9]{{0,4}}")
_LEAST_DIGITS_ABROAD = 12  # the Netherlands: 4 letters of the bank, 2 + 10 digits
_LEAST_DIGITS = 15  # of a French IBAN, out of 27 characters; a French VAT number has 11


def find_accounts(text: str) -> list[Span]:
    """Spans of IBAN and RIB (« bank ») and of Corsican social security numbers (« nir »)."""
    spans = [span for found in _IBAN_START.finditer(text) if (span := _iban(text, found))]
    spans += [Span(*found.span(), "bank") for found in _RIB.finditer(text)]
    spans += [Span(*found.span(), "nir") for found in _CORSICA.finditer(text)]
    return spans


def _iban(text: str, start: re.Match[str]) -> Span | None:
    """The IBAN that starts here, if its country exists and, abroad, if its key is right."""
    country = start.group(1).upper()
    length = _LENGTHS.get(country)
    if length is None:
        return None
    if country in ("FR", "MC"):
        return _french(text, start)
    body = _BODIES[length].match(text, start.end())
    if body is None:
        return None
    number = "".join(c for c in text[start.start() : body.end()] if c.isalnum())
    if sum(map(str.isdecimal, number)) < _LEAST_DIGITS_ABROAD:
        return None
    valid = iban.is_valid(number, check_country=False)
    return Span(start.start(), body.end(), "bank") if valid else None


def _french(text: str, start: re.Match[str]) -> Span | None:
    """A French IBAN, even with mistakes in it: from its two letters to its last digit."""
    loose = _FRENCH_BODY.match(text, start.end())
    end = loose.end() if loose else start.end()
    while not text[end - 1].isdecimal():
        end -= 1
    digits = sum(map(str.isdecimal, text[start.start() : end]))
    return Span(start.start(), end, "bank") if digits >= _LEAST_DIGITS else None
