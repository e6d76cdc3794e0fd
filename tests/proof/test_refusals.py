"""What the real program refuses, in one French sentence and with a non-zero exit."""

from pathlib import Path

from tests.proof.campaign import Campaign

SEED = 1


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
