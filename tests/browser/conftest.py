"""One browser for all the tests of the page, a new simulator for each."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome

from tests.browser import chromium
from tests.browser.page import Page
from tests.browser.site import Site


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """Chromium, with an empty profile that goes away with it."""
    profile: Path = tmp_path_factory.mktemp("chromium")
    driver = chromium.start(profile)
    yield driver
    driver.quit()
    shutil.rmtree(profile, ignore_errors=True)


@pytest.fixture
def window(browser: Chrome) -> Iterator[Page]:
    """An empty page of the size of a laptop; afterwards, nothing may have gone wrong in it."""
    page = Page(browser)
    page.resize(1280, 850)
    browser.get_log("browser")
    yield page
    complaints = [line for line in browser.get_log("browser") if line["level"] == "SEVERE"]
    browser.get("about:blank")
    assert [line for line in complaints if "ERR_CONNECTION" not in line["message"]] == []


@pytest.fixture
def site() -> Iterator[Site]:
    """A simulator of the test's own."""
    with Site() as running:
        yield running


@pytest.fixture
def page(window: Page, site: Site) -> Page:
    """The page open on the simulator of the test."""
    window.open(site.url)
    site.drain()
    return window
