"""Names for a new entry: a short title from the question, and an id that nobody has."""

from collections.abc import Collection

from faq.entry_parts import LONGEST
from faq.text import normalise

LONGEST_ID = 40  # characters


def title_of(question: str) -> str:
    """The first words of a question, 30 characters at most, without « ? »."""
    words = question.strip(" ?!.…").split()
    title = ""
    for word in words:
        longer = f"{title} {word}".strip()
        if len(longer) > LONGEST["titre"]:
            break
        title = longer
    title = title or question[: LONGEST["titre"]]
    return title[:1].upper() + title[1:]


def free_id(title: str, taken: Collection[str]) -> str:
    """« Carte de bus » as carte_de_bus, or carte_de_bus_2 when that one is taken."""
    bare = "_".join(normalise(title).encode("ascii", "ignore").decode().split())
    bare = bare.strip("_")[: LONGEST_ID - 4].strip("_")
    stem = bare if len(bare) > 1 and bare[0].isalpha() else f"fiche_{bare}".strip("_")
    found, number = stem, 1
    while found in taken:
        number += 1
        found = f"{stem}_{number}"
    return found
