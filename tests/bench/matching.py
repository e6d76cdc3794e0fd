"""Measures the matching on other people's FAQs, beside what is usually done, in one run.

    python -m tests.bench.matching [data folder, default ../shared/matching] [--sizes] [--json]

The data, its format and the metrics: README.md of the data folder; `noise.py` of the same folder
spoils the queries. The index is built and searched as the bot does it.
"""

import importlib.util
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import click

from faq.decision import Answered, NothingFound, Thresholds, decide
from faq.index import Index, Match
from tests.bench.baselines import BASELINES, Search
from tests.bench.metrics import Measure, measure, percent
from tests.bench.sizes import measure_sizes

DEFAULT_DATA = Path(__file__).parents[3] / "shared" / "matching"
SETS = ("fr_covid_qc_k5", "fr_smalltalk_k5", "en_banking77_k5", "en_clinc150_k5")
KINDS = ("clean", "heavy")
OURS = "Passerelle"


@dataclass(frozen=True)
class Plain:
    """An entry of a data set."""

    id: str
    question: str
    phrasings: Sequence[str]
    keywords: Sequence[str]


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    data: str
    noise: str
    matcher: str
    measure: Measure


def read_set(folder: Path, name: str) -> tuple[list[Plain], list[dict[str, Any]]]:
    """The entries and the queries of a set."""
    data = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return [Plain(**entry) for entry in data["entries"]], data["queries"]


def noise_of(folder: Path) -> Callable[[str, str], str]:
    """The function `noise(text, kind)` of the data folder."""
    spec = importlib.util.spec_from_file_location("noise", folder / "noise.py")
    if spec is None or spec.loader is None:
        raise click.ClickException(f"no noise.py in {folder}")
    module: ModuleType = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: Callable[[str, str], str] = module.noise
    return found


def ours(entries: Sequence[Plain]) -> Search:
    """The index of the bot, as the baselines look."""
    index = Index.build(entries)
    return lambda text: [(m.entry_id, m.score) for m in index.search(text)]


def rows_of(folder: Path, name: str, noise: Callable[[str, str], str]) -> list[Row]:
    """Every matcher on one set, clean and noisy."""
    entries, queries = read_set(folder, name)
    matchers = {**BASELINES, OURS: ours}
    rows = []
    for label, build in matchers.items():
        search = build(entries)
        for kind in KINDS:
            spoilt = [{**query, "text": noise(query["text"], kind)} for query in queries]
            rows.append(Row(name, kind, label, measure(search, spoilt)))
    return rows


def outcomes_of(
    folder: Path, name: str, kind: str, noise: Callable[[str, str], str]
) -> dict[str, dict[str, float]]:
    """kind of query → outcome → share, at the thresholds that ship."""
    entries, queries = read_set(folder, name)
    index = Index.build(entries)
    counts: dict[str, Counter[str]] = {}
    for query in queries:
        found = index.search(noise(query["text"], kind))
        counts.setdefault(query["kind"], Counter())[outcome(found, query["id"])] += 1
    return {
        kind_: {name_: n / sum(found.values()) for name_, n in found.most_common()}
        for kind_, found in counts.items()
    }


def outcome(found: Sequence[Match], right: str | None) -> str:
    """What the person would have seen."""
    decision = decide(found, Thresholds())
    match decision:
        case Answered(best, _):
            return "answered right" if best.entry_id == right else "answered wrong"
        case NothingFound():
            return "handed over"
        case _:
            inside = right in [match.entry_id for match in decision.matches]
            return "right in menu" if inside else "menu without it"


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=DEFAULT_DATA)
@click.option("--sizes", is_flag=True, help="Cost at 100 and 1,000 entries as well.")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def main(folder: Path, *, sizes: bool, as_json: bool) -> None:
    """Print the table."""
    noise = noise_of(folder)
    rows = [row for name in SETS for row in rows_of(folder, name, noise)]
    outcomes = {
        f"{name} {kind}": outcomes_of(folder, name, kind, noise) for name in SETS for kind in KINDS
    }
    costs = measure_sizes(folder) if sizes else []
    if as_json:
        click.echo(
            json.dumps(
                {
                    "rows": [{**vars(row), "measure": vars(row.measure)} for row in rows],
                    "outcomes": outcomes,
                    "sizes": costs,
                }
            )
        )
        return
    click.echo(f"{'set':18}{'noise':7}{'matcher':18}{Measure.header()}")
    for row in rows:
        click.echo(f"{row.data:18}{row.noise:7}{row.matcher:18}{row.measure.line()}")
    click.echo("\nAt the thresholds that ship:")
    for name, by_kind in outcomes.items():
        for kind, shares in by_kind.items():
            told = ", ".join(f"{label} {percent(share)}" for label, share in shares.items())
            click.echo(f"{name:24}{kind:8}{told}")
    for cost in costs:
        click.echo(", ".join(f"{key} {value}" for key, value in cost.items()))


if __name__ == "__main__":
    main()
