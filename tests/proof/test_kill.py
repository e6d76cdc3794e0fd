"""The real process, killed in a burst: nothing is missing, nothing is said twice."""

import random
from pathlib import Path

from tests.proof.campaign import Campaign
from tests.proof.judge import judge

KILLS = 5
UPDATES = 200


async def test_five_kills_lose_nothing_and_repeat_nothing(tmp_path: Path) -> None:
    """Every update is kept and handled, no answer comes twice, order holds, the file is whole."""
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")  # shown when the test fails: python -m tests.proof --seed …  # noqa: T201
    async with Campaign(tmp_path, seed).open() as campaign:
        await campaign.run(KILLS, UPDATES)
        judge(campaign)
        print(campaign.figures)  # noqa: T201
        assert campaign.figures.kills == KILLS
        assert await campaign.robot.terminate() == 0


async def test_a_stop_under_load_leaves_nothing_in_flight(tmp_path: Path) -> None:
    """SIGTERM: exit code 0, within seconds, no row of unknown fate; then all arrives once."""
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")  # noqa: T201
    async with Campaign(tmp_path, seed).open() as campaign:
        await campaign.stop_under_load(stops=2, updates=100)
        judge(campaign)
        assert campaign.figures.in_flight == 0
        assert campaign.figures.unknown == 0
        assert campaign.figures.marked == 0
        assert campaign.figures.orphans == 0
