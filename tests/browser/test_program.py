"""The whole of it: the real program, a person on her phone, a caseworker at the desk."""

from pathlib import Path

from tests.browser.page import Page
from tests.browser.program import Program

QUESTION = "jai perdu mon mot de passe caf"


def open_topic_of(window: Page, person: str) -> None:
    """Open the person's topic, whatever state its title tells."""
    titles = "return [...document.querySelectorAll('.topic-title')].map(one => one.innerText)"
    found = window.until(lambda: [title for title in window.script(titles) if person in title])
    window.desk.presses(found[0])


def test_a_person_asks_then_talks_with_a_caseworker(window: Page, tmp_path: Path) -> None:
    """Ask, be answered, ask for a person, be answered by one; and all of it is there tomorrow."""
    with Program(tmp_path) as program:
        window.until(program.answers, "the program does not answer")
        window.open(program.url)
        person = window.text("#person").split("\n")[0].strip()
        window.phone.presses("Commencer")
        window.phone.reads("robot")
        window.phone.writes(QUESTION)
        window.phone.reads("Mot de passe CAF")
        window.until(lambda: "Mot de passe CAF" in window.text("#why-summary"))
        window.phone.presses("Parler à quelqu'un")
        open_topic_of(window, person)
        window.desk.reads(QUESTION)
        window.desk.writes("Bonjour, je regarde avec vous.")
        window.phone.reads("Bonjour, je regarde avec vous.")
        window.phone.writes("merci beaucoup")
        window.desk.reads("merci beaucoup")
    with Program(tmp_path) as program:
        window.until(program.answers, "the program does not answer again")
        window.open(program.url)
        window.phone.reads("Bonjour, je regarde avec vous.")
        window.phone.writes("encore moi")
        open_topic_of(window, person)
        window.desk.reads("encore moi")


def test_starting_over_empties_everything(window: Page, tmp_path: Path) -> None:
    """« Tout recommencer » leaves a new phone, an empty group, and a robot that answers."""
    with Program(tmp_path) as program:
        window.until(program.answers, "the program does not answer")
        window.open(program.url)
        window.phone.presses("Commencer")
        window.phone.presses("Parler à quelqu'un")
        window.until(lambda: "1 sujet ouvert" in window.text("#group-count"))
        window.click("Tout recommencer")
        window.click("Tout effacer", "#dialog")
        window.until(lambda: "0 sujet ouvert" in window.text("#group-count"))
        window.phone.presses("Commencer")
        window.phone.reads("robot")
