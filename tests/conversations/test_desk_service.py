"""`service.yml` ships as an example: the start says so, and nothing in it passes for true."""

import asyncio
import os
import sys
from dataclasses import replace
from pathlib import Path

from bot.simulator.engine import Engine
from bot.simulator.http import SimulatorServer
from tests.conversations.world import Caseworker, World

START_PATIENCE = 60.0  # seconds for a whole program to start on a busy machine


async def test_an_example_is_never_said_to_people(empty_world: World, claire: Caseworker) -> None:
    """With real people the robot says « notre équipe », and no hours, rather than an invention."""
    world = empty_world
    world.options = replace(world.options, shows_example=False)
    await world.start()
    amina = world.person("Amina")
    await amina.says("/start")
    await amina.says("Parler à quelqu'un")
    await claire.touches("Amina", "Je m'en occupe")
    await claire.touches("Amina", "Terminer")
    await amina.says("Mes données")
    said = "\n".join(amina.reads())
    assert "Notre équipe lira vos messages." in said
    assert "Claire s'occupe de votre demande, pour notre équipe." in said
    assert "Exemple" not in said
    assert " 12 h" not in said


async def test_the_start_names_each_line_still_to_fill_in(tmp_path: Path) -> None:
    """A real token and the example: the real program warns, line by line, and starts."""
    engine = Engine()
    group = engine.add_group("Équipe sociale")
    server = SimulatorServer(engine)
    port = await server.start()
    environment = {
        "PATH": os.environ["PATH"],
        "TELEGRAM_TOKEN": engine.token,
        "TELEGRAM_API_URL": f"http://127.0.0.1:{port}",
        "STAFF_CHAT_ID": str(group["id"]),
        "DATABASE_PATH": str(tmp_path / "passerelle.db"),
    }
    program = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "run",
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    assert program.stdout is not None
    said: list[str] = []
    try:
        async with asyncio.timeout(START_PATIENCE):
            while not said or "est prête" not in said[-1]:
                line = await program.stdout.readline()
                assert line, said
                said.append(line.decode())
    finally:
        if program.returncode is None:
            program.terminate()
        await program.communicate()
        await server.stop()
        await engine.stop()
    printed = "".join(said)
    assert "faq/service.yml est encore un exemple" in printed
    assert printed.count("ligne ") >= 3
    assert engine.token not in printed
