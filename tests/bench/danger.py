"""Measures the triage of danger: on messages it has never seen, and the time it takes.

    python -m tests.bench.danger [--without 06 --without 07] [--show]

By default, the shipped model on the messages of tests/bot/safety/blind. With `--without`, a model
trained here on the other files of faq/exemples_danger, on the messages of those (two minutes).
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from string import ascii_lowercase
from time import perf_counter

import click

from bot.faq_commands import phrasings_of
from bot.safety import Triage
from bot.safety.triage import LEVELS
from faq.catalogue import Faq
from faq.danger import Danger
from faq.danger_training import Example, read_examples, train, without_known
from faq.lexicon import Lexicon
from faq.loader import load

ROOT = Path(__file__).parents[2]
BLIND = ROOT / "tests" / "bot" / "safety" / "blind"
CLAUSES = "".join(f"il {first}{second}, " for first, second in product(ascii_lowercase, repeat=2))
HOSTILE = (
    *("me ", "il me ", "pas ", "frapee ", "mon enfant ", "a", "\ufdfa", "mari gifle seul "),
    CLAUSES,
)
LONGEST = 4_096  # characters
TIMES = 5  # each hostile message is read; the median counts


@click.command()
@click.option("--without", multiple=True, help="Train without this file, then read it.")
@click.option("--show", is_flag=True, help="List what was missed and the false alarms.")
def main(without: Sequence[str], *, show: bool) -> None:
    """Print the figures."""
    faq = load(ROOT / "faq" / "content", ROOT / "faq" / "service.yml")
    if without:
        examples = read_examples()
        unseen = [example for example in examples if example.number in without]
        known = [example for example in examples if example.number not in without]
        triage = Triage(faq.dangers, train(known, phrasings_of(faq)))
    else:
        unseen = without_known(read_examples(BLIND), read_examples())
        triage = Triage(faq.dangers)
    report(faq, triage, unseen, is_shown=show)
    if not without:
        report_times(triage, unseen)


def report(faq: Faq, triage: Triage, unseen: Sequence[Example], *, is_shown: bool) -> None:
    """Recall, false alarms, categories; beside the lexicon alone."""
    levels = {danger.id: LEVELS[danger.level] for danger in faq.dangers.categories}
    found = [(example, triage.triage(example.text)) for example in unseen]
    dangerous = [(example, danger) for example, danger in found if example.categories]
    harmless = [(example, danger) for example, danger in found if not example.categories]
    openly = [(example, danger) for example, danger in dangerous if example.is_explicit]
    lexicon = Lexicon(faq.dangers)
    for name, hits in (
        ("danger found", [danger is not None for _, danger in dangerous]),
        ("  said openly", [danger is not None for _, danger in openly]),
        ("  right category", [_is_right(example, danger) for example, danger in dangerous]),
        ("  full level", [_is_full(example, danger, levels) for example, danger in dangerous]),
        ("  by the lexicon", [lexicon.find(example.text) is not None for example, _ in dangerous]),
        ("false alarms", [danger is not None for _, danger in harmless]),
        ("  of the lexicon", [lexicon.find(example.text) is not None for example, _ in harmless]),
    ):
        click.echo(f"{name:20}{sum(hits) / max(1, len(hits)):6.1%} of {len(hits)}")
    for category, hits in sorted(_by_category(dangerous).items()):
        click.echo(f"    {category:18}{sum(hits):4} of {len(hits)}")
    if is_shown:
        _show(found)


def _show(found: Sequence[tuple[Example, Danger | None]]) -> None:
    for example, danger in found:
        if example.categories and danger is None:
            click.echo(f"missed  {','.join(example.categories):30} {example.text}")
        elif danger is not None and not example.categories:
            click.echo(f"alarm   {danger.id:30} {example.text}")


def _is_right(example: Example, danger: Danger | None) -> bool:
    return danger is not None and danger.id in example.categories


def _is_full(example: Example, danger: Danger | None, levels: dict[str, int]) -> bool:
    """Not less urgent than the least urgent right answer."""
    return danger is not None and levels[danger.id] <= max(levels[c] for c in example.categories)


def _by_category(dangerous: Sequence[tuple[Example, Danger | None]]) -> dict[str, list[bool]]:
    found: dict[str, list[bool]] = defaultdict(list)
    for example, danger in dangerous:
        found[example.categories[0]].append(danger is not None)
    return found


def report_times(triage: Triage, unseen: Sequence[Example]) -> None:
    """Wall-clock milliseconds."""
    times = sorted(_milliseconds(triage, example.text) for example in unseen)
    click.echo(
        f"a message         p50 {times[len(times) // 2]:.2f} ms, "
        f"p99 {times[int(len(times) * 0.99)]:.2f} ms"
    )
    worst = max(
        sorted(_milliseconds(triage, (unit * LONGEST)[:LONGEST]) for _ in range(TIMES))[TIMES // 2]
        for unit in HOSTILE
    )
    click.echo(f"4,096 hostile characters, the slowest kind: {worst:.1f} ms")


def _milliseconds(triage: Triage, text: str) -> float:
    start = perf_counter()
    triage.triage(text)
    return (perf_counter() - start) * 1_000


if __name__ == "__main__":
    main()
