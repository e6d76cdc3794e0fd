"""`python -m tests.bench [--updates 500]`: every figure of the README, in one run."""

import argparse
import asyncio
import logging
import os
import resource
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.ext import ApplicationBuilder, MessageHandler, filters

from bot.simulator.engine import Engine
from bot.simulator.http import SimulatorServer
from bot.store import Store
from bot.texts import load_texts
from faq.live import LiveFaq
from faq.writing import FaqWriter
from handlers.loopback import LoopbackRequest
from handlers.runtime import Parts, Runtime
from handlers.startup import build_bot
from tests.bench.load import Result, ask_one_by_one, burst
from tests.conversations.world import NO_LIMITS, build_loopback_bot

CONTENT, SERVICE = Path("faq/content"), Path("faq/service.yml")

PEOPLE = 50
QUESTION = "comment avoir un acte de naissance"


async def run_echo(engine: Engine, updates: int) -> Result:
    """A bare PTB bot that repeats every text: the baseline."""
    request = LoopbackRequest(engine, read_timeout=None)
    application = (
        ApplicationBuilder()
        .token(engine.token)
        .request(request)
        .get_updates_request(LoopbackRequest(engine, read_timeout=None))
        .job_queue(None)
        .build()
    )

    async def echo(update: Update, _: Any) -> None:
        if update.message is not None:
            await update.message.reply_text(update.message.text or "")

    application.add_handler(MessageHandler(filters.ALL, echo))
    await application.initialize()
    await application.start()
    assert application.updater is not None
    await application.updater.start_polling(timeout=50)
    try:
        return await burst(engine, PEOPLE, updates, QUESTION)
    finally:
        await application.updater.stop()
        await application.stop()
        await application.shutdown()


async def run_robot(
    engine: Engine, database: str, faq: LiveFaq, updates: int, api_url: str | None = None
) -> tuple[Result, Result]:
    """The real robot: a burst, then questions one by one for the delay of an answer."""
    store = await Store.open(database)
    bot = build_bot(engine.token, api_url) if api_url else build_loopback_bot(engine)
    group = engine.add_group("Équipe")
    runtime = Runtime(
        Parts(
            store=store,
            bot=bot,
            faq=faq,
            writer=FaqWriter(CONTENT, SERVICE),
            texts=load_texts(),
            token=engine.token,
            rates=NO_LIMITS,
            staff_chat_id=group["id"],
            say=lambda _: None,
        )
    )
    await runtime.start()
    try:
        throughput = await burst(engine, PEOPLE, updates, QUESTION)
        delays = await ask_one_by_one(engine, max(updates // 5, 20), QUESTION)
    finally:
        await runtime.stop()
        await store.close()
    return throughput, delays


async def run_over_http(faq: LiveFaq, updates: int, folder: Path) -> tuple[Result, Result]:
    """The same, the Bot API served over HTTP by the same process."""
    engine = Engine()
    server = SimulatorServer(engine)
    port = await server.start()
    try:
        database = str(folder / "http.db")
        return await run_robot(engine, database, faq, updates, f"http://127.0.0.1:{port}")
    finally:
        await server.stop()
        await engine.stop()


def measure_start(folder: Path) -> tuple[float, float]:
    """Seconds until the page answers, and megabytes then, of `python -m bot run`."""
    environment = {
        **os.environ,
        "DATABASE_PATH": str(folder / "start.db"),
        "SIMULATOR_PORT": "0",
        "TELEGRAM_TOKEN": "",
    }
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "run"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as program:
        assert program.stdout is not None
        address = next(line for line in program.stdout if "http://" in line).split()[-1]
        with urllib.request.urlopen(address) as page:  # noqa: S310 - 127.0.0.1
            page.read()
        seconds = time.perf_counter() - began
        status = Path(f"/proc/{program.pid}/status").read_text()
        program.terminate()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return seconds, int(line.split()[1]) / 1024


async def main(updates: int) -> None:
    """Print the table."""
    faq = LiveFaq(CONTENT, SERVICE)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        echo = await run_echo(Engine(), updates)
        memory = await run_robot(Engine(), ":memory:", faq, updates)
        file = await run_robot(Engine(), str(folder / "file.db"), faq, updates)
        http = await run_over_http(faq, updates, folder)
        print(f"{updates} updates from {PEOPLE} people, one answer each, one process\n")
        print("| what | updates/s | share of the echo |")
        print("|---|---|---|")
        for label, result in (
            ("bare python-telegram-bot echo, in memory", echo),
            ("Passerelle, engine and database in memory", memory[0]),
            ("Passerelle, engine in memory, database file", file[0]),
            ("Passerelle over HTTP, database file", http[0]),
        ):
            share = result.per_second / echo.per_second
            print(f"| {label} | {result.per_second:.0f} | {share:.0%} |")
        print("\n| delay of an answer | p50 | p99 |")
        print("|---|---|---|")
        for label, result in (("in memory, database file", file[1]), ("over HTTP", http[1])):
            print(f"| {label} | {result.p50 * 1000:.1f} ms | {result.p99 * 1000:.1f} ms |")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        seconds, megabytes = measure_start(folder)
        print(f"\nstart until the page answers: {seconds:.2f} s, {megabytes:.0f} MB then")
        print(f"peak memory of this whole run: {peak:.0f} MB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--updates", type=int, default=500)
    logging.disable(logging.WARNING)
    asyncio.run(main(parser.parse_args().updates))
