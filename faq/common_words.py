"""How common a French word is, from its rank among the 10,000 most common (mots_courants.txt)."""

from functools import cache, lru_cache
from math import log
from pathlib import Path

COUNT = 10_000
FLOOR = 0.6  # weight of the most common word; chosen on other people's FAQs, effect small
CACHED_WORDS = 20_000  # people write without end, memory has one
RARE_FROM = 1_000  # rank from which a word has its full weight


@cache
def ranks() -> dict[str, int]:
    """Normalised word → rank, 0 for the most common."""
    text = Path(__file__).with_name("mots_courants.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return {word: rank for rank, word in enumerate(" ".join(lines).split())}


@lru_cache(CACHED_WORDS)
def commonness_weight(word: str) -> float:
    """FLOOR to 1: « je » and « le » say less of a question than « passeport » does."""
    rank = ranks().get(word)
    if rank is None or rank >= RARE_FROM:
        return 1.0
    return FLOOR + (1 - FLOOR) * log(1 + rank / 10) / log(1 + RARE_FROM / 10)
