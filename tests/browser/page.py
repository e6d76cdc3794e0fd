"""The page as its users meet it: by the names that are read, never by the page's inner workings.

Every look at the page is one script call that returns plain data: no element can go stale between
two looks. Every wait is a condition.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

T = TypeVar("T")
PATIENCE = 20  # seconds

_MESSAGES = """
return [...document.querySelectorAll(`#${arguments[0]}-log article`)]
  .map(one => one.querySelector('.slot-content').innerText.trim());
"""
# The last visible element of a kind whose name (or text) is, or begins with, the wanted words.
_FIND = """
const [root, selector, words] = arguments;
const nameOf = one => (one.getAttribute('aria-label') || one.innerText || one.placeholder || '');
const shown = [...document.querySelectorAll(`${root} :is(${selector})`)]
  .filter(one => one.checkVisibility() && !one.disabled);
return shown.findLast(one => nameOf(one).trim() === words)
  || shown.findLast(one => nameOf(one).trim().startsWith(words)) || null;
"""


class Page:
    """The page in a browser; ``phone`` and ``desk`` are its two sides."""

    def __init__(self, driver: Chrome) -> None:
        self.driver = driver
        self.phone = Side(self, "phone")
        self.desk = Side(self, "desk")

    def open(self, url: str) -> None:
        """Open the page and wait until it shows the simulator's state."""
        self.driver.get(url)
        self.until(lambda: self.script("return document.documentElement.dataset.revision"))

    def resize(self, width: int, height: int, *, dark: bool = False) -> None:
        """Give the window a size in CSS pixels, and the reader's choice of light or dark."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})

    def script(self, code: str, *arguments: Any) -> Any:
        """Run a script in the page."""
        return self.driver.execute_script(code, *arguments)

    def until(self, condition: Callable[[], T], message: str = "") -> T:
        """Wait for a condition to be true; returns what it gave."""
        waiting = WebDriverWait(
            self.driver,
            PATIENCE,
            poll_frequency=0.05,
            ignored_exceptions=[StaleElementReferenceException],
        )
        return waiting.until(lambda _: condition(), message)

    def click(self, words: str, root: str = "body") -> None:
        """Click the button or link that bears these words."""
        selector = "button, a, [role=tab]"

        def clicked() -> bool:
            found = self.script(_FIND, root, selector, words)
            if found is not None:
                found.click()
            return found is not None

        self.until(clicked, f"no « {words} »")

    def choose(self, label: str, option: str) -> None:
        """Choose in the list that bears this label."""
        path = f"//label[contains(., '{label}')]//option[normalize-space()='{option}']"
        self.until(lambda: self.driver.find_elements(By.XPATH, path), f"no « {option} »")
        self.driver.find_element(By.XPATH, path).click()

    def keys(self, *keys: str) -> None:
        """Type on the keyboard, wherever the focus is."""
        for key in keys:
            ActionChains(self.driver).send_keys(key).perform()

    def tab_to(self, name: str) -> None:
        """Press Tab until the focus is on what bears this name; fails after a whole turn."""
        for _ in range(120):
            self.keys(Keys.TAB)
            if self.focused().startswith(name):
                return
        raise AssertionError(f"Tab never reaches « {name} »")

    def focused(self) -> str:
        """The name of what has the focus."""
        return str(
            self.script(
                """const one = document.activeElement;
                const label = one.labels?.[0]?.querySelector('span')?.textContent;
                return (one.getAttribute('aria-label') || label || one.innerText || '').trim();"""
            )
        )

    def toast(self, words: str) -> None:
        """Wait for a short notice that holds these words."""
        self.until(lambda: words in self.text("#toasts"), f"no notice « {words} »")

    def text(self, selector: str) -> str:
        """What is read in an element; "" when it is not shown."""
        code = """const found = document.querySelector(arguments[0]);
            return found?.checkVisibility() ? found.innerText : '';"""
        return str(self.script(code, selector)).replace("\N{NO-BREAK SPACE}", " ")


class Side:
    """The phone or the desk: a conversation and its write box."""

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.name = name
        self.root = f"#{name}"

    @property
    def messages(self) -> list[str]:
        """The words of each message shown, oldest first."""
        return list(self.page.script(_MESSAGES, self.name))

    def reads(self, words: str) -> None:
        """Wait until a message holds these words."""
        self.page.until(
            lambda: any(words in one for one in self.messages), f"never read: {words!r}"
        )

    def writes(self, words: str, *, send: bool = True) -> None:
        """Type in the write box, and send with Enter."""
        self.page.driver.find_element(By.ID, f"{self.name}-text").send_keys(words)
        if send:
            self.page.driver.find_element(By.ID, f"{self.name}-text").send_keys(Keys.ENTER)

    def writes_lines(self, words: str) -> None:
        """Type several lines (Shift and Enter between them), and send them."""
        box = self.page.driver.find_element(By.ID, f"{self.name}-text")
        box.send_keys(words.replace("\n", Keys.SHIFT + Keys.ENTER + Keys.SHIFT), Keys.ENTER)

    def presses(self, words: str) -> None:
        """Click a button of this side."""
        self.page.click(words, self.root)

    def acts_on(self, words: str, action: str) -> None:
        """Open the actions of the last message that holds these words, and choose one."""
        self.reads(words)
        more = self.page.script(
            """const [side, words] = arguments;
            const one = [...document.querySelectorAll(`#${side}-log article`)]
              .findLast(item => item.innerText.includes(words));
            one.focus();
            return one.querySelector('.more');""",
            self.name,
            words,
        )
        more.click()
        self.page.click(action, "#menu")

    def joins(self, action: str) -> None:
        """Open the menu « Joindre » and choose in it."""
        self.presses("Joindre")
        self.page.click(action, "#menu")
