"""Take the pictures of the documents: `python -m tests.browser.picture` writes docs/*.png.

Two real conversations on the real program, its editor on a mistake, and a day of the team. Run it
after a change that shows; with an emoji font, receipts look as they do on a phone.
"""

import tempfile
from pathlib import Path

from tests.browser import chromium, day_pictures
from tests.browser.faq_page import FaqPage
from tests.browser.page import Page
from tests.browser.program import ROOT, Program
from tests.browser.test_program import open_topic_of

TARGET = ROOT / "docs" / "page.png"
EDITOR_TARGET = ROOT / "docs" / "editeur.png"
EDITED = "content/social_sante.yml"
QUESTION = "je veu demander le rsa"
RECEIPT = "return document.querySelector('#desk-log .mine .reaction') !== null"
AT_REST = """
document.activeElement.blur();
for (const one of document.querySelectorAll('.log')) one.scrollTop = one.scrollHeight;
"""


def talk_with_the_team(window: Page) -> None:
    """A letter that only a person can read, and her answer."""
    window.phone.presses("Commencer")
    window.phone.presses("Parler à quelqu'un")
    open_topic_of(window, "Awa")
    window.phone.joins("Photo d’exemple")
    window.phone.writes("jai pas compri cette letre")
    window.desk.reads("jai pas compri cette letre")
    window.desk.writes("Bonjour Awa. Il manque votre contrat de location.")
    window.phone.reads("Il manque votre contrat de location.")
    window.until(lambda: window.script(RECEIPT))
    window.phone.writes("merci, je lenvoie demin")
    window.desk.reads("merci, je lenvoie demin")


def ask_the_robot(window: Page) -> None:
    """A question that the FAQ answers."""
    window.choose("Personne", "Karim")
    window.phone.presses("Commencer")
    window.phone.reads("robot")
    window.phone.writes(QUESTION)
    window.phone.reads("RSA")
    window.until(lambda: QUESTION in window.text("#why-summary"))


def edit_the_faq(window: Page, url: str) -> None:
    """A question tried, then a mistake beside its line; nothing is saved."""
    faq = FaqPage(window)
    faq.open(url, EDITED)
    faq.tries("je veu demander le rsa")
    faq.reads("Réponse", "#tried")
    faq.replaces("titre: Demander le RSA", "titr: Demander le RSA")
    faq.reads(" erreurs.")
    window.click("Erreur", "#check")


def main() -> None:
    """Start, talk, look."""
    with tempfile.TemporaryDirectory() as folder:
        profile, data, school = (Path(folder, name) for name in ("profile", "data", "school"))
        data.mkdir()
        school.mkdir()
        driver = chromium.start(profile)
        try:
            window = Page(driver)
            window.resize(1360, 1020)
            with Program(data) as program:
                window.until(program.answers)
                window.open(program.url)
                talk_with_the_team(window)
                ask_the_robot(window)
                window.script(AT_REST)
                driver.save_screenshot(str(TARGET))
                window.resize(1280, 820)
                edit_the_faq(window, program.url)
                driver.save_screenshot(str(EDITOR_TARGET))
            day_pictures.take(window, TARGET.parent, school)
        finally:
            driver.quit()


if __name__ == "__main__":
    main()
