"""A caseworker's day in a real browser, from the first edit to the voice that a person hears."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.day import ANSWER, Day, Plan
from tests.browser.page import Page
from tests.browser.program import Program
from tests.faq.small_faq import SmallFaq

COMPTES = "content/comptes.yml"
PLAN = Plan(
    file=COMPTES,
    title="Mot de passe CAF",
    question="mot de passe caf oublié",
    link="https://www.caf.fr/aide",
    old="Voici la réponse.",
    new="Touchez « Mot de passe oublié ».",
    theme="Aides",
)
OTHERWISE, ELSEWHERE = "louer une bicyclette ancienne", "réparer ma tondeuse"
WIDTH = "return document.querySelector('#phone-log img')?.naturalWidth"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d7"
    "63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


@pytest.fixture(name="small")
def _small(tmp_path: Path) -> SmallFaq:
    """Files verified today, since the program reads the clock; one entry has a picture."""
    small = SmallFaq(tmp_path)
    (small.directory / "images").mkdir()
    (small.directory / "images/menu.png").write_bytes(PIXEL)
    small.verify_today()
    steps = "etapes: [{texte: Touchez Mon compte., image: menu.png}]"
    small.change(COMPTES, "liens:", f"{steps}\n    liens:")
    return small


@pytest.fixture(name="day")
def _day(small: SmallFaq, window: Page) -> Iterator[Day]:
    """The real program on these files, its page open; Sophie and Thomas are the team."""
    with Program(small.folder, small.directory, small.service_file) as program:
        window.until(program.answers, "the program does not answer")
        window.open(program.url)
        window.script("localStorage.clear()")
        yield Day(window, program, PLAN)


def test_a_day_of_the_team(day: Day, window: Page, small: SmallFaq) -> None:
    """Edit, error, fix, try, publish, teach, validate, ask again, hear; each where it belongs."""
    day.sophie_mistypes_a_link()
    day.sophie_mends_it_and_tries()
    assert PLAN.new not in (small.folder / COMPTES).read_text(encoding="utf-8")
    day.sophie_publishes()
    day.karim_reads_it()
    window.phone.presses("Voir les images")
    window.until(lambda: window.script(WIDTH), "the picture is not shown")

    day.awa_asks_and_sophie_replies()
    day.sophie_makes_a_draft()
    day.sophie_corrects_it()
    assert ANSWER not in everything(small)
    day.thomas_validates(draft=1)
    assert ANSWER in everything(small)
    day.maria_is_answered()

    day.sophie_sends_an_entry()
    day.sophie_gives_her_voice()
    assert not [words for words in window.phone.messages if "vocal" in words]
    day.thomas_validates(draft=2)
    day.maria_hears_it()

    day.maria_asks_otherwise(OTHERWISE)
    day.sophie_lists_the_unknown(OTHERWISE)
    day.sophie_says_which_entry_it_is(OTHERWISE)
    day.thomas_validates(draft=3)
    day.maria_is_answered(OTHERWISE)

    day.maria_asks_otherwise(ELSEWHERE)
    day.sophie_lists_the_unknown(ELSEWHERE)
    day.thomas_refuses_a_new_entry(ELSEWHERE)
    day.sophie_lists_the_unknown(ELSEWHERE)
    window.desk.presses("Ignorer")
    window.desk.reads("Sophie a ignoré cette question.")
    window.desk.writes("/inconnues")
    window.desk.reads("Aucune question n'attend une réponse.")


def everything(small: SmallFaq) -> str:
    """All the theme files, one after the other."""
    return "\n".join(path.read_text(encoding="utf-8") for path in small.directory.glob("*.yml"))
