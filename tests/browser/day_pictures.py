"""The pictures of docs/journee.md: the day of the team, played on a copy of the real FAQ."""

import shutil
from pathlib import Path

from tests.browser.day import Day, Plan
from tests.browser.page import Page
from tests.browser.program import ROOT, Program

PLAN = Plan(
    file="content/social_sante.yml",
    title="Demander le RSA",
    question="je veu demander le rsa",
    link="https://wwwd.caf.fr/redirect/s/Redirect?page=demandeRsa",
    old="Remplissez la demande en ligne.",
    new="Remplissez la demande en ligne, page par page.",
    theme="Transports",
)
AWAY = {"type": "mouseMoved", "x": 0, "y": 0}  # the pointer is on no button
# What a reader sees a moment later: no focus, no notice, the end of each conversation.
AT_REST = """
document.activeElement.blur();
document.getElementById('toasts').replaceChildren();
for (const one of document.querySelectorAll('.log')) one.scrollTop = one.scrollHeight;
"""


def copy_faq(folder: Path) -> Path:
    """A copy of the FAQ that the robot may write; returns its folder of themes."""
    shutil.copytree(ROOT / "faq/content", folder / "content")
    for path in (ROOT / "faq").glob("*.yml"):
        shutil.copy(path, folder)
    return folder / "content"


def take(window: Page, target: Path, data: Path) -> None:
    """Play the day; writes `target`/journee-1.png to journee-6.png."""

    def picture(number: int, selector: str) -> None:
        window.script(AT_REST)
        window.driver.execute_cdp_cmd("Input.dispatchMouseEvent", AWAY)
        shown = window.driver.find_element("css selector", selector)
        shown.screenshot(str(target / f"journee-{number}.png"))

    themes = copy_faq(data)
    with Program(data, themes, data / "service.yml") as program:
        window.until(program.answers)
        window.open(program.url)
        window.resize(1100, 720)
        day = Day(window, program, PLAN)
        day.sophie_mistypes_a_link()
        window.driver.save_screenshot(str(target / "journee-1.png"))
        day.sophie_mends_it_and_tries()
        picture(2, ".card.try")
        day.sophie_publishes()
        window.resize(1280, 1010)
        day.karim_reads_it()
        day.awa_asks_and_sophie_replies()
        picture(3, "#office")
        day.sophie_makes_a_draft()
        day.sophie_corrects_it()
        picture(4, "#office")
        day.thomas_validates(draft=1)
        day.maria_is_answered()
        picture(5, "#phone")
        day.sophie_sends_an_entry()
        day.sophie_gives_her_voice()
        day.thomas_validates(draft=2)
        day.maria_hears_it()
        picture(6, "#phone")
