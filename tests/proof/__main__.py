"""`make proof`: thirty kills, in bursts of 200 updates, and the figures."""

import argparse
import asyncio
import random
import sys
import tempfile
from pathlib import Path

from tests.proof.campaign import Campaign, Figures
from tests.proof.judge import judge

KILLS_IN_A_BURST = 5
UPDATES = 200


async def prove(seed: int, kills: int, updates: int) -> Figures:
    """One burst, killed and judged."""
    with tempfile.TemporaryDirectory() as folder:
        async with Campaign(Path(folder), seed).open() as campaign:
            await campaign.run(kills, updates)
            judge(campaign)
            code = await campaign.robot.terminate()
            assert code == 0, f"exit code {code}"
            return campaign.figures


def main() -> None:
    """Print a line for each burst, and the sum."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))  # noqa: S311
    chosen = parser.parse_args()
    total = Figures()
    for position in range(-(-chosen.kills // KILLS_IN_A_BURST)):
        seed = chosen.seed + position
        kills = min(KILLS_IN_A_BURST, chosen.kills - total.kills)
        print(f"seed {seed}: ", end="", flush=True)  # noqa: T201
        figures = asyncio.run(prove(seed, kills, UPDATES))
        print(figures)  # noqa: T201
        total += figures
    print(f"total: {total}")  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
