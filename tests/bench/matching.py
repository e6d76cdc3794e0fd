"""Measures the matching on other people's FAQs, beside what is usually done, in one run.

    make bench-matching ARGS="[data folder, default ../shared/matching] [--sizes] [--json]"

The data, its format and the metrics: README.md of the data folder; `noise.py` of the same folder
spoils the messages.
"""

import json
from pathlib import Path

import click

from tests.bench.data import DEFAULT_FOLDER

COMPARED_WITH = ("bm25s", "sklearn", "threadpoolctl")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=DEFAULT_FOLDER)
@click.option("--kinds", default="clean,heavy", show_default=True, help="Noise of the messages.")
@click.option("--sizes", is_flag=True, help="The cost at 100, 1,000 and 10,000 entries as well.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document, for machines.")
def main(folder: Path, kinds: str, *, sizes: bool, as_json: bool) -> None:
    """Quality on the data sets of FOLDER, the same for the usual matchers, and the cost."""
    try:
        from tests.bench.comparison import compare
        from tests.bench.report import report
    except ModuleNotFoundError as missing:
        if missing.name not in COMPARED_WITH:
            raise
        raise click.ClickException(
            f"{missing.name} is not installed: run `make bench-matching`, which installs it first."
        ) from missing
    document = compare(folder, kinds.split(","), with_sizes=sizes)
    click.echo(json.dumps(document, ensure_ascii=False) if as_json else report(document))


if __name__ == "__main__":
    main()
