"""Private numbers made of digits: social security, card, tax, foreigner, allocataire, phone.

People write one number in many ways: « 1 85 05 78 006 084 36 », « 1.85.05… », all together, or
with the digits of an Arabic keyboard. So the text is first cut into *runs*: digits with at most
three separators between two of them. Inside a run, a number starts and ends where a group of
digits does. Lengths and shapes: domain-facts §6c. A social security number is masked even when its
key is wrong, because a mistyped number is still somebody's.
"""

import re
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from stdnum.fr import siret

from bot.safety.contexts import Contexts
from bot.safety.spans import SEPARATORS, Span

_RUN = re.compile(rf"\d(?:[{SEPARATORS}]{{0,3}}\d){{6,}}")  # 7 digits at least: an allocataire
_GROUP = re.compile(r"\d+")
_DATE = re.compile(r"(?<!\d)\d{1,2}([/.-])\d{1,2}\1(?:19|20)\d{2}(?!\d)")
_MONEY = re.compile(r"\s{0,2}(?:€|euros?\b|eur\b)", re.IGNORECASE)
# Sex, year, month (over 12: born abroad or unknown), department: the rest is not checked.
_NIR = re.compile(r"[1-478]\d\d(?:0[1-9]|1[0-2]|[2-9]\d)\d{8}")
_CARD_START = re.compile(r"[456]|2[2-7]|3[4-7]")
_CARD_GROUPS = 8  # « 49 70 10 … »: nobody cuts a card in smaller pieces
_DOUBLED = bytes.maketrans(b"0123456789", b"0246813579")  # a digit twice, its two figures added
_LETTER = re.compile(r"\s?[A-Za-z]\b")  # « 1234567 A »
_SIRET_WORD = re.compile(r"sire[tn]", re.IGNORECASE)
_SIRET_SHAPES = ((14,), (9, 5), (3, 3, 3, 5), (3, 3, 3, 2, 3))
_FISCAL_DIGITS = 13
_RIB_DIGITS = 23
_SERVICE_STARTS = (1, 2, 4, 10)  # « 0 806… », « 08 06… », « 0806… »: length of the first group
_LONGEST = 64  # characters of a number that only its context gives away


@dataclass(frozen=True)
class _Run:
    """Consecutive groups of digits: ``digits`` joined, and where each group stands in the text."""

    digits: str
    groups: tuple[tuple[int, int], ...]
    text: str

    @cached_property
    def group_at(self) -> dict[int, int]:
        """Index of the group that starts at this offset of ``digits``; the total ends it."""
        lengths = (end - start for start, end in self.groups)
        return {offset: index for index, offset in enumerate(accumulate(lengths, initial=0))}

    @property
    def has_plus(self) -> bool:
        """Whether it is written « +… »."""
        start = self.groups[0][0]
        return start > 0 and self.text[start - 1] == "+"

    def has_slash(self, first: int, last: int) -> bool:
        """Whether groups ``first`` to ``last`` (excluded) are written with « / »."""
        return "/" in self.text[self.groups[first][0] : self.groups[last - 1][1]]


class _Number(NamedTuple):
    """A number that may stand in a run: its digits, from group ``first`` to ``last`` excluded."""

    run: _Run
    digits: str
    first: int
    last: int

    @property
    def is_whole(self) -> bool:
        """Whether the run holds nothing else."""
        return len(self.digits) == len(self.run.digits)

    @property
    def has_slash(self) -> bool:
        return self.run.has_slash(self.first, self.last)


def find_numbers(text: str, public: Set[str]) -> list[Span]:
    """Spans of every private number of ``text``; ``public`` holds numbers that anybody may read.

    ``public``: digits only, national form (« 0806001620 »).
    """
    runs = [run for found in _RUN.finditer(text) for run in _without_dates(text, *found.span())]
    contexts = Contexts(text)
    return [span for run in runs for span in _read(run, contexts, public)]


def _without_dates(text: str, start: int, end: int) -> Iterator[_Run]:
    """Cut a run at the dates it holds: « né le 12/03/1985 06 12 34 56 78 » has one phone."""
    for date in _DATE.finditer(text, start, end):
        yield from _run(text, start, date.start())
        start = date.end()
    yield from _run(text, start, end)


def _run(text: str, start: int, end: int) -> Iterator[_Run]:
    groups = tuple(found.span() for found in _GROUP.finditer(text, start, end))
    if groups:
        digits = "".join(text[a:b] for a, b in groups)
        if not digits.isascii():  # an Arabic keyboard, full-width digits…
            digits = "".join(str(int(digit)) for digit in digits)
        yield _Run(digits, groups, text)


def _read(run: _Run, contexts: Contexts, public: Set[str]) -> Iterator[Span]:
    """Read one run from left to right; what is left between two numbers is read as a run."""
    if _is_siret(run):
        return
    if len(run.digits) in (_RIB_DIGITS, _FISCAL_DIGITS) and _alone(run.digits):
        yield from _rest(run, 0, len(run.groups), contexts)
        if not run.has_slash(0, len(run.groups)):
            return
    rest = position = 0
    for begin, group in run.group_at.items():
        if group < position:
            continue
        number = _number_at(run, begin, group)
        if number is None:
            continue
        found, kind = number
        yield from _rest(run, rest, group, contexts)
        if kind and not (kind == "phone" and _national(found.digits) in public):
            yield Span(run.groups[group][0], run.groups[found.last - 1][1], kind)
        position = rest = found.last
    yield from _rest(run, rest, len(run.groups), contexts)


def _is_siret(run: _Run) -> bool:
    """A company's number is public; all in one and in 00 it is a foreign phone, unless named."""
    shape = tuple(end - start for start, end in run.groups)
    if shape not in _SIRET_SHAPES:
        return False
    start = run.groups[0][0]
    named = _SIRET_WORD.search(run.text, max(0, start - 20), start)
    if run.digits.startswith("00") and len(shape) == 1 and not named:
        return False
    return bool(named or siret.is_valid(run.digits))  # named, it may be mistyped


def _number_at(run: _Run, begin: int, group: int) -> tuple[_Number, str] | None:
    """The number that starts with this group and its kind ("" when it is a service's)."""
    if begin == len(run.digits):
        return None
    with_plus = not group and run.has_plus
    for length, kind_of in _WITH_PLUS if with_plus else _SHAPES.get(run.digits[begin], ()):
        last = run.group_at.get(begin + length)
        if last is None:
            continue
        number = _Number(run, run.digits[begin : begin + length], group, last)
        kind = kind_of(number)
        if kind is not None:
            return number, kind
    return None


def _nir(number: _Number) -> str | None:
    return "nir" if _NIR.match(number.digits) and not number.has_slash else None


def _card(number: _Number) -> str | None:
    if number.last - number.first > _CARD_GROUPS or not _CARD_START.match(number.digits):
        return None
    return "card" if luhn_sum(number.digits) % 10 == 0 and not number.has_slash else None


def luhn_sum(digits: str) -> int:
    """The sum that a card makes a multiple of 10 (as ``stdnum.luhn``, in less of its time)."""
    ascii_codes = digits.encode()
    total = sum(ascii_codes[::-2]) + sum(ascii_codes[-2::-2].translate(_DOUBLED))
    return total - len(digits) * ord("0")


def _fiscal(number: _Number) -> str | None:
    return "fiscal" if number.last - number.first == 1 else None


def _phone(number: _Number) -> str | None:
    """A phone as dialled in France; numbers in 08 belong to services, never to a person."""
    if number.digits[1] == "0":
        return None
    if number.digits[1] != "8":
        return "phone"
    start, end = number.run.groups[number.first]
    return "" if end - start in _SERVICE_STARTS else None


def _phone_abroad(number: _Number) -> str | None:
    """« 0033… » anywhere; any other « 00… » stands alone (``_alone``)."""
    return "phone" if len(_national(number.digits)) == 10 else None


def _phone_with_plus(_number: _Number) -> str | None:
    return "phone"


def _national(digits: str) -> str:
    """« 0033612… », « 33612… » and « 330612… » as « 0612… »."""
    for prefix in ("00330", "0033", "330", "33"):
        if digits.startswith(prefix) and len(digits) - len(prefix) == 9:
            return "0" + digits[len(prefix) :]
    return digits


_Shape = tuple[int, Callable[[_Number], str | None]]
_SHAPES: dict[str, tuple[_Shape, ...]] = {
    "0": ((14, _phone_abroad), (13, _phone_abroad), (13, _fiscal), (10, _phone)),
    "1": ((15, _nir), (13, _nir), (13, _fiscal)),
    "2": ((16, _card), (15, _nir), (13, _nir), (13, _fiscal)),
    "3": ((16, _card), (15, _nir), (15, _card), (13, _nir), (13, _fiscal)),
    "4": ((19, _card), (16, _card), (15, _nir), (13, _nir)),
    "5": ((19, _card), (16, _card)),
    "6": ((19, _card), (16, _card)),
    "7": ((15, _nir), (13, _nir)),
    "8": ((15, _nir), (13, _nir)),
}  # fmt: skip
"""By first digit: length in digits, longest first, and the test that names the kind."""
_WITH_PLUS: tuple[_Shape, ...] = tuple(
    (length, _phone_with_plus)
    for length in (11, 12, 13, 14, 15, 10, 9, 8)  # 11: « +33… »
)


def _rest(run: _Run, first: int, last: int, contexts: Contexts) -> Iterator[Span]:
    """What stands between two numbers of a run, or a run without any: read as one number."""
    if first >= last:
        return
    start, end = run.groups[first][0], run.groups[last - 1][1]
    if not 7 <= end - start <= _LONGEST or run.has_slash(first, last):
        return
    digits = "".join(run.text[a:b] for a, b in run.groups[first:last])
    kind = _alone(digits) or _by_context(run, start, end, digits, contexts)
    if kind:
        letter = kind == "allocataire" and _LETTER.match(run.text, end)
        yield Span(start, letter.end() if letter else end, kind)


def _alone(digits: str) -> str | None:
    """Numbers known by their length alone, when nothing else stands beside them."""
    if len(digits) == _RIB_DIGITS:
        return "bank"
    if digits.startswith("00") and 11 <= len(digits) <= 15:
        return "phone"
    return "fiscal" if len(digits) == _FISCAL_DIGITS and digits[0] in "0123" else None


def _by_context(run: _Run, start: int, end: int, digits: str, contexts: Contexts) -> str | None:
    """Numbers that only the words around them give away; never a sum of money."""
    return None if _MONEY.match(run.text, end) else contexts.kind_of(start, end, digits)
