"""A YAML file once read: plain data, and the line of every node of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from faq.errors import FaqError

KINDS = {"fiches": "fiche", "categories": "catégorie", "familles": "famille"}

Node = str | tuple["Node", ...] | dict[str, "Node"]
Place = tuple[str | int, ...]  # ("fiches", 3, "lien", "url"): keys of mappings, ranks in lists


@dataclass(frozen=True)
class Document:
    """`data`: strings, tuples and dicts only; `lines`: the line (from 1) of each place."""

    name: str
    data: Node
    lines: Mapping[Place, int]

    def line_of(self, place: Place) -> int | None:
        """The line of the place, or of the nearest node above it when it is not written."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place)

    def label_of(self, place: Place) -> str | None:
        """What an editor calls the place: « fiche mdp_caf », « clé n3114 »; None at the top."""
        if len(place) > 1 and isinstance(place[1], int) and place[0] in KINDS:
            kind = KINDS[str(place[0])]
            identity = self.value_at((*place[:2], "id")) or self.value_at((*place[:2], "nom"))
            named = isinstance(identity, str) and identity
            return f"{kind} {identity}" if named else f"{kind} n° {place[1] + 1}"
        if place and isinstance(self.value_at(place[:1]), dict):
            return f"clé {place[0]}"
        return None

    def value_at(self, place: Place) -> Node | None:
        """What is written there; None when nothing is."""
        node: Node | None = self.data
        for step in place:
            if isinstance(node, dict) and isinstance(step, str):
                node = node.get(step)
            elif isinstance(node, tuple) and isinstance(step, int) and step < len(node):
                node = node[step]
            else:
                return None
        return node

    def error(self, place: Place, sentence: str) -> FaqError:
        """A mistake at that place."""
        return FaqError(self.name, self.line_of(place), self.label_of(place), sentence)
