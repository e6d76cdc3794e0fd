"""Writes into a FAQ file as a careful hand would: nothing but what is added changes.

The only module that imports ruamel. Its writer wraps lines and indents lists again, so it only
*finds* (each node knows where it begins and ends); we insert the text. Every function takes the
whole text of a good file and gives the new one. docs/decisions/0026.

UnusualFileError   the file is good, but written in a way that this hand does not know
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from faq.changes import Value
from faq.document import Place
from faq.scalars import Simple, block, inline

STEP = 2  # spaces, where the file does not show how it indents

_HEADER = re.compile(r"[|>][-+0-9]*")  # of a block of lines: « |- »


class UnusualFileError(Exception):
    """The sentence says, in French, what the person may do."""

    def __init__(self, sentence: str) -> None:
        """Keep the sentence, which holds no words of anybody."""
        super().__init__(sentence)
        self.sentence = sentence


def with_entry(text: str, fields: Mapping[str, Value]) -> str:
    """A new entry after the last one, spaced and indented as that one is."""
    page = _Page(text)
    entries = page.sequence(("fiches",))
    if entries.flow_style and entries.value:
        raise UnusualFileError("Ce fichier a ses fiches entre crochets. Mettez des tirets.")
    if not entries.value:
        return page.edited([page.without(entries), page.lines_after(entries, _entry(fields))])
    last = entries.value[-1]
    dash, column = entries.start_mark.column, last.start_mark.column
    lines = _entry(fields, dash, column, page.list_indent(last))
    return page.edited([page.lines_below(entries, dash, [""] * page.gap(entries) + lines)])


def with_item(text: str, place: Place, words: str) -> str:
    """One more item at the end of the list at `place`, on its line or below, as the list is."""
    page = _Page(text)
    items = page.sequence(place)
    if items.flow_style:
        return page.edited([page.within(items, inline(words, in_flow=True))])
    dash = items.start_mark.column
    room = max(items.value[-1].start_mark.column - dash - 1, 1) if items.value else 1
    line = f"{' ' * dash}-{' ' * room}{inline(words)}"
    key_column = page.node(place[:-1]).start_mark.column
    return page.edited([page.lines_below(items, key_column, [line])])


def with_text(text: str, place: Place, key: str, words: Simple, *, before: str = "") -> str:
    """`key` says `words` in the mapping at `place`; a new key comes at the end, or `before`."""
    page = _Page(text)
    mapping = page.mapping(place)
    if (old := _value(mapping, key)) is not None:
        return page.edited(page.instead(old, words, mapping))
    if mapping.flow_style:
        return page.edited([page.within(mapping, f"{key}: {inline(words, in_flow=True)}")])
    column = mapping.start_mark.column
    lines = _pair(key, words, column, STEP)
    following = [name for name, _ in mapping.value[1:] if name.value == before]
    if following:
        return page.edited([page.lines_at(page.line_of(following[0]), lines)])
    return page.edited([page.lines_below(mapping, column - 1, lines)])


def with_mapping(text: str, place: Place, key: str, fields: Mapping[str, Value]) -> str:
    """`key` holds `fields`: `{…}` when it is new, else each field where it is written."""
    page = _Page(text)
    mapping = page.mapping(place)
    old = _value(mapping, key)
    if old is None and mapping.flow_style:
        return page.edited([page.within(mapping, f"{key}: {_flow(fields)}")])
    if old is None:
        column = mapping.start_mark.column
        line = f"{' ' * column}{key}: {_flow(fields)}"
        return page.edited([page.lines_below(mapping, column - 1, [line])])
    for name, value in fields.items():
        text = with_text(text, (*place, key), name, _simple(value))
    return text


@dataclass(frozen=True)
class _Edit:
    start: int
    end: int
    text: str


class _Page:
    """The text of a file, and where each node of it stands."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.end_of_line = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
        try:
            self.root: Node = YAML(typ="safe", pure=True).compose(text)
        except YAMLError:  # another parser accepted it
            raise UnusualFileError("Le robot ne sait pas écrire dans ce fichier.") from None

    def edited(self, edits: Iterable[_Edit]) -> str:
        """The text with the edits made; they do not overlap."""
        text = self.text
        for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
            text = text[: edit.start] + edit.text + text[edit.end :]
        return text

    def node(self, place: Place) -> Node:
        """What stands at a place. A place that is not there is an unusual file."""
        node: Node | None = self.root
        for step in place:
            if isinstance(node, MappingNode):
                node = _value(node, str(step))
            elif isinstance(node, SequenceNode) and isinstance(step, int):
                node = node.value[step] if step < len(node.value) else None
            else:
                node = None
        if node is None:
            raise UnusualFileError("Le robot ne trouve pas où écrire dans ce fichier.")
        return node

    def sequence(self, place: Place) -> SequenceNode:
        """The list at a place."""
        if not isinstance(node := self.node(place), SequenceNode):
            raise UnusualFileError("Le robot attendait une liste dans ce fichier.")
        return node

    def mapping(self, place: Place) -> MappingNode:
        """The « name: value » lines at a place."""
        if not isinstance(node := self.node(place), MappingNode):
            raise UnusualFileError("Le robot attendait « nom : valeur » dans ce fichier.")
        return node

    def within(self, node: Node, addition: str) -> _Edit:
        """One more part inside `[…]` or `{…}`."""
        if not node.value:
            return _Edit(node.start_mark.index + 1, node.start_mark.index + 1, addition)
        end = _end(_last(node), self.text)
        return _Edit(end, end, f", {addition}")

    def without(self, node: Node) -> _Edit:
        """`[]`, and the spaces before it, away."""
        start, end = node.start_mark.index, node.end_mark.index
        if "#" in self.text[start:end]:
            raise UnusualFileError("Il y a un commentaire entre crochets. Enlevez-le.")
        return _Edit(len(self.text[:start].rstrip()), end, "")

    def lines_after(self, node: Node, lines: list[str]) -> _Edit:
        """New lines below the line where a node ends."""
        return self.lines_at(self._next_line(_end(node, self.text)), lines)

    def lines_below(self, node: Node, column: int, lines: list[str]) -> _Edit:
        """The same, below the comments that follow at once, further right than `column`."""
        index = self._next_line(_end(node, self.text))
        while comment := re.compile(r"( *)#").match(self.text, index):
            if len(comment[1]) <= column:
                break
            index = self._next_line(index)
        return self.lines_at(index, lines)

    def lines_at(self, index: int, lines: list[str]) -> _Edit:
        """New lines before the line that starts at `index`, or at the end of the text."""
        added = self.end_of_line.join(lines)
        if index == len(self.text) and not self.text.endswith("\n"):
            return _Edit(index, index, self.end_of_line + added)
        return _Edit(index, index, added + self.end_of_line)

    def line_of(self, node: Node) -> int:
        """Where the line of a node starts."""
        return self.text.rfind("\n", 0, node.start_mark.index) + 1

    def instead(self, old: Node, words: Simple, mapping: MappingNode) -> list[_Edit]:
        """Other words where a text stands; what follows it on its line stays."""
        if not isinstance(old, ScalarNode):
            raise UnusualFileError("Le robot attendait un seul texte dans ce fichier.")
        column = mapping.start_mark.column + STEP
        start, end = old.start_mark.index, _end(old, self.text)
        if header := _HEADER.match(self.text, start) if old.style in ("|", ">") else None:
            return self._other_block(header, end, str(words), column)
        if mapping.flow_style or "\n" not in str(words):
            return [_Edit(start, end, inline(words, in_flow=bool(mapping.flow_style)))]
        lines = self.lines_after(old, block(str(words), column))
        return [_Edit(start, end, "|-"), lines]

    def _other_block(
        self, header: re.Match[str], end: int, words: str, column: int
    ) -> list[_Edit]:
        """Other lines below `|-`, indented as they were."""
        first, after = self._next_line(header.end()), self._next_line(end)
        kept = header[0] in ("|", "|-", "|+")
        if kept and (line := re.compile(r"\n*( +)\S").match(self.text, first)):
            column = len(line[1])
        lines = self.end_of_line.join(block(words, column))
        closed = self.end_of_line if self.text[:after].endswith("\n") else ""
        edits = [_Edit(first, max(first, after), lines + closed)]
        return edits if kept else [_Edit(*header.span(), "|-"), *edits]

    def gap(self, entries: SequenceNode) -> int:
        """How many blank lines stand before the last entry; one when it is the only one."""
        if len(entries.value) < 2:
            return 1
        between = self.text[
            _end(entries.value[-2], self.text) : entries.value[-1].start_mark.index
        ]
        return sum(not line.strip() for line in between.split("\n")[1:-1])

    def list_indent(self, entry: Node) -> int:
        """Spaces between a key of the entry and the dashes below it."""
        values = [value for _, value in entry.value] if isinstance(entry, MappingNode) else []
        for value in values:
            if isinstance(value, SequenceNode) and not value.flow_style:
                return int(value.start_mark.column - entry.start_mark.column)
        return STEP

    def _next_line(self, index: int) -> int:
        found = self.text.find("\n", index)
        return len(self.text) if found < 0 else found + 1


def _value(mapping: MappingNode, key: str) -> Node | None:
    return next((value for name, value in mapping.value if name.value == key), None)


def _end(node: Node, text: str) -> int:
    """Where the last character of a node stands, plus one; comments and blank lines left out."""
    if isinstance(node, ScalarNode):
        start, end = int(node.start_mark.index), int(node.end_mark.index)
        return start + len(text[start:end].rstrip()) if node.style in ("|", ">") else end
    if not isinstance(node, MappingNode | SequenceNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    return _end(_last(node), text)


def _last(node: Node) -> Node:
    """The last item, or the last value."""
    last = node.value[-1]
    value: Node = last[1] if isinstance(last, tuple) else last
    return value


def _entry(
    fields: Mapping[str, Value],
    dash: int = STEP,
    column: int = 2 * STEP,
    list_indent: int = STEP,
) -> list[str]:
    lines = [
        line for key, value in fields.items() for line in _pair(key, value, column, list_indent)
    ]
    return [f"{' ' * dash}-{lines[0][dash + 1 :]}", *lines[1:]]


def _pair(key: str, value: Value, column: int, list_indent: int) -> list[str]:
    """The lines of « key: value » at a column."""
    name = f"{' ' * column}{key}:"
    if isinstance(value, tuple):
        dash = " " * (column + list_indent)
        if not value:
            return [f"{name} []"]
        return [name, *(f"{dash}- {inline(item)}" for item in value)]
    if isinstance(value, dict):
        return [f"{name} {_flow(value)}"]
    if isinstance(value, str) and "\n" in value:
        return [f"{name} |-", *block(value, column + STEP)]
    return [f"{name} {inline(value)}"]


def _flow(fields: Mapping[str, Value]) -> str:
    pairs = (f"{key}: {inline(_simple(value), in_flow=True)}" for key, value in fields.items())
    return f"{{{', '.join(pairs)}}}"


def _simple(value: Value) -> Simple:
    if isinstance(value, tuple | dict):
        raise TypeError("a text, a number or a date was expected")
    return value
