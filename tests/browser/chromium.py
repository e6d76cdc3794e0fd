"""Debian's Chromium, driven without ever reaching the network: nothing is downloaded."""

import os
from pathlib import Path
from typing import NoReturn

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

BROWSER = Path("/usr/bin/chromium")
DRIVER = Path("/usr/bin/chromedriver")  # named, so that Selenium looks for no other
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def refuse_or_skip() -> NoReturn:
    """Without Chromium the tests are skipped, but a CI that lacks it is broken and says so."""
    sentence = f"{BROWSER} and {DRIVER} are needed (Debian: apt install chromium chromium-driver)"
    if os.environ.get("CI"):
        pytest.fail(sentence)
    pytest.skip(sentence)


def start(profile: Path) -> Chrome:
    """A headless browser with ``profile``, a new empty directory, as its user data."""
    if not (BROWSER.exists() and DRIVER.exists()):
        refuse_or_skip()
    options = ChromeOptions()
    options.binary_location = str(BROWSER)
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return Chrome(options=options, service=Service(str(DRIVER)))
