"""What the real program refuses, or warns of, in French, on the terminal."""

import asyncio
from pathlib import Path

from watchfiles import awatch

from tests.faq.small_faq import SmallFaq
from tests.proof.campaign import Campaign
from tests.proof.robot import STOP_PATIENCE, Robot

SEED = 1
LOOK_MS = 500  # milliseconds


async def test_a_second_process_on_the_same_database_is_refused(tmp_path: Path) -> None:
    """It ends at once; the first one goes on, and stops cleanly."""
    async with Campaign(tmp_path, SEED).open() as campaign:
        await campaign.robot.start()
        await campaign.settle()
        second = campaign.robot.twin()
        await second.start()
        assert await second.wait() == 1
        assert "Un autre programme utilise déjà la base" in second.read_log()
        assert "Traceback" not in second.read_log()
        assert await campaign.robot.terminate() == 0


async def test_a_wrong_token_is_one_sentence(tmp_path: Path) -> None:
    """No traceback, no token in the log, exit code 1."""
    async with Campaign(tmp_path, SEED).open() as campaign:
        wrong = "123456789:wrong-wrong-wrong"
        await campaign.robot.start(TELEGRAM_TOKEN=wrong)
        assert await campaign.robot.wait() == 1
        log = campaign.robot.read_log()
        assert "Telegram refuse le jeton" in log
        assert "Traceback" not in log
        assert wrong not in log


async def test_a_token_revoked_while_it_runs_ends_the_program(tmp_path: Path) -> None:
    """401 to the long poll: the process ends with its sentence, for its host to see."""
    async with Campaign(tmp_path, SEED).open() as campaign:
        await campaign.robot.start()
        await campaign.settle()
        campaign.engine.faults.add("401", method="getUpdates", times=None)
        campaign.burst.act()
        assert await campaign.robot.wait() == 1
        assert "Telegram refuse le jeton" in campaign.robot.read_log()


async def _log_holds(robot: Robot, words: str) -> None:
    """Wait for words on the terminal."""
    async with asyncio.timeout(STOP_PATIENCE):
        # Told of each write; the regular look catches what was written before the watch began.
        async for _ in awatch(robot.log, rust_timeout=LOOK_MS, yield_on_timeout=True):
            if words in robot.read_log():
                return


async def test_promises_of_the_faq_are_tried_at_the_start(tmp_path: Path) -> None:
    """A phrase of `tests:` finds nothing: the robot starts, and the terminal says which."""
    small = SmallFaq(tmp_path)
    trial = "    tests: {trouve: [je cherche une place en crèche]}\n    source: caf.fr"
    small.change("content/comptes.yml", "    source: caf.fr", trial)
    files = {"FAQ_DIR": str(small.directory), "SERVICE_FILE": str(small.service_file)}
    async with Campaign(tmp_path, SEED).open() as campaign:
        await campaign.robot.start(**files)
        await _log_holds(campaign.robot, "Des fiches ne tiennent pas leurs promesses.")
        assert "je cherche une place en crèche" in campaign.robot.read_log()
        assert await campaign.robot.terminate() == 0


async def test_a_restart_on_broken_files_answers_all_the_same(tmp_path: Path) -> None:
    """Restarted on files with mistakes, it starts with the last good FAQ and names them."""
    small = SmallFaq(tmp_path)
    files = {"FAQ_DIR": str(small.directory), "SERVICE_FILE": str(small.service_file)}
    async with Campaign(tmp_path, SEED).open() as campaign:
        await campaign.robot.start(**files)
        await _log_holds(campaign.robot, "Passerelle est prête")
        assert await campaign.robot.terminate() == 0
        small.change("content/comptes.yml", "position: 1", "position: un")
        await campaign.robot.start(**files)
        await _log_holds(campaign.robot, "avec la dernière bonne FAQ")
        assert "content/comptes.yml, ligne 3" in campaign.robot.read_log()
        assert await campaign.robot.terminate() == 0
