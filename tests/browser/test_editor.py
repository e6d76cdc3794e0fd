"""Changing the FAQ from the simulator's page: edit, remark, mend, try, save, ask again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser.faq_page import FaqPage
from tests.browser.page import Page
from tests.browser.program import Program
from tests.browser.test_access import NAMED, PALE, tree
from tests.faq.small_faq import SmallFaq

COMPTES, AIDES = "content/comptes.yml", "content/aides.yml"
QUESTION = "mot de passe caf oublié"
OUTLINE = "return getComputedStyle(document.querySelector(arguments[0])).outlineStyle"
OLD, NEW = "Voici la réponse.", "Touchez « Mot de passe oublié »."


@pytest.fixture(name="small")
def _small(tmp_path: Path) -> SmallFaq:
    small = SmallFaq(tmp_path)
    small.verify_today()
    return small


@pytest.fixture(name="program")
def _program(small: SmallFaq, window: Page) -> Iterator[Program]:
    """The real program on a small FAQ of its own."""
    with Program(small.folder, small.directory, small.service_file) as program:
        window.until(program.answers, "the program does not answer")
        window.open(program.url)
        window.script("localStorage.clear()")
        yield program


@pytest.fixture(name="faq")
def _faq(window: Page, program: Program) -> FaqPage:
    """Claire has « comptes » open."""
    faq = FaqPage(window)
    faq.open(program.url, COMPTES)
    return faq


def on_disk(small: SmallFaq, name: str = COMPTES) -> str:
    """What the file says."""
    return (small.folder / name).read_text(encoding="utf-8")


def test_a_change_from_the_mistake_to_the_phone(
    window: Page, program: Program, faq: FaqPage, small: SmallFaq
) -> None:
    """Claire reads her mistake beside its line, mends it, tries, saves; Awa reads the answer."""
    faq.replaces('url: "https://www.caf.fr/aide"', 'url: "https://www.caf-aide.example/"')
    faq.reads("1 erreur.")
    window.click("Erreur · ligne", "#check")
    assert "caf-aide.example" in faq.selected
    assert "caf-aide.example" not in on_disk(small)
    faq.replaces("https://www.caf-aide.example/", "https://www.caf.fr/aide")
    faq.reads("Aucune erreur.")
    faq.replaces(OLD, NEW)
    faq.tries(QUESTION)
    faq.reads(NEW, ".tried-answer")
    faq.reads("Réponse : Mot de passe CAF", "#tried")
    faq.replaces("titre: Comptes", "titre: Les comptes")
    faq.reads("Le texte a changé depuis.", "#tried")
    assert NEW not in on_disk(small)
    window.script("for (const n of [1, 2, 3]) document.querySelector('#save').click()")
    window.toast("Enregistré.")
    assert window.text("#conflict") == ""  # pressed three times, saved once
    assert NEW in on_disk(small)
    window.click("Retour", ".top")
    window.desk.reads(
        "La FAQ est à jour. Modifié : « Mot de passe CAF ». Thème modifié : « Les comptes »."
    )
    window.phone.presses("Commencer")
    window.phone.writes(QUESTION)
    window.phone.reads(NEW)


def test_a_file_with_mistakes_is_saved_only_knowingly(
    window: Page, faq: FaqPage, small: SmallFaq
) -> None:
    """Claire is told what it means; « Annuler » writes nothing; if she insists the team knows."""
    faq.replaces("titre: Comptes", "titre: [Comptes")
    faq.saves()
    faq.reads("Le robot garde l’ancienne FAQ", "#dialog")
    window.click("Annuler", "#dialog")
    assert "[Comptes" not in on_disk(small)
    faq.reads("Non enregistré.", "#state")
    faq.saves()
    window.click("Enregistrer quand même", "#dialog")
    window.toast("Enregistré.")
    assert "[Comptes" in on_disk(small)
    window.click("Retour", ".top")
    window.desk.reads("La FAQ a des erreurs.")
    window.phone.presses("Commencer")
    window.phone.writes(QUESTION)
    window.phone.reads(OLD)


def test_what_is_not_saved_survives(window: Page, program: Program, faq: FaqPage) -> None:
    """Claire reloads the page, looks at another file, comes back: her words are there."""
    faq.replaces(OLD, NEW)
    faq.reads("Non enregistré.", "#state")
    window.driver.refresh()
    faq.open(program.url, COMPTES)
    assert NEW in faq.text
    window.choose("Fichier", f"Aides ({AIDES})")
    window.until(lambda: faq.name == AIDES and "Aides" in faq.text)
    window.choose("Fichier", f"Comptes ({COMPTES})")
    window.until(lambda: NEW in faq.text)
    window.click("Annuler mes changements")
    window.click("Annuler mes changements", "#dialog")
    window.until(lambda: NEW not in faq.text)
    faq.reads("Enregistré.", "#state")


def test_a_file_changed_elsewhere_is_not_written_over(
    window: Page, faq: FaqPage, small: SmallFaq
) -> None:
    """Paul saves first: Claire is told, may take his text or keep hers, and finds both again."""
    faq.replaces("titre: Comptes", "titre: Mes comptes")
    small.change(COMPTES, OLD, NEW)
    faq.saves()
    faq.reads("Ce fichier a changé sur le disque.", "#conflict")
    assert on_disk(small) == small.files[COMPTES]
    window.click("Prendre celui du disque")
    assert faq.text == small.files[COMPTES]
    window.click("Échanger les deux textes")
    assert "titre: Mes comptes" in faq.text
    assert NEW not in faq.text
    faq.saves()
    window.toast("Enregistré.")
    assert "titre: Mes comptes" in on_disk(small)
    window.click("Échanger les deux textes")
    assert faq.text == small.files[COMPTES]
    window.click("Oublier l’autre texte")
    assert window.text("#conflict") == ""


def test_a_mistake_in_another_file_leads_there(
    window: Page, faq: FaqPage, small: SmallFaq
) -> None:
    """An id taken in « aides » is told in « comptes » with its file, and one touch opens it."""
    small.change(AIDES, "id: apl\n", "id: mdp_caf\n")
    faq.replaces("titre: Comptes", "titre: Mes comptes")
    faq.reads("1 erreur.")
    window.click("Erreur · ", "#check")
    window.until(lambda: faq.selected)
    assert "mdp_caf" in faq.selected


def test_the_editor_by_keyboard(window: Page, faq: FaqPage, small: SmallFaq) -> None:
    """Tab leaves the text, remarks are buttons, Ctrl+S saves, and the focus is seen everywhere."""
    faq.replaces("titre: Comptes", "titre: [Comptes")
    faq.reads("1 erreur.")
    window.tab_to("Erreur · ligne")
    assert window.script(OUTLINE, "#check button:focus") == "solid"
    window.keys(Keys.ENTER)
    window.until(lambda: window.focused() == "Texte du fichier")
    assert window.script(OUTLINE, ".text-card") == "solid"
    assert faq.selected == "position: 1"
    area = window.driver.find_element("id", "text")  # here modifiers are held
    area.send_keys(Keys.ARROW_UP, Keys.HOME, Keys.SHIFT, Keys.END, Keys.NULL, "titre: Mon compte")
    faq.reads("Aucune erreur.")
    window.tab_to("Essayer")
    area.send_keys(Keys.CONTROL, "s")
    window.toast("Enregistré.")
    assert "titre: Mon compte" in on_disk(small)


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_word_of_the_editor_stands_out(
    window: Page, faq: FaqPage, width: int, dark: bool
) -> None:
    """Names on everything to act on, contrast of 4.5 to 1, and nothing wider than the screen."""
    window.resize(width, 740, dark=dark)
    faq.tries(QUESTION)
    faq.reads("Réponse", "#tried")
    faq.replaces("titre: Comptes", "titre: [Comptes")
    faq.reads("1 erreur.")
    pale = [one for one in window.script(PALE) if "visible" not in one]
    assert pale == []
    assert window.script("return document.documentElement.scrollWidth") <= width
    if width == 1280:  # the panels scroll, not the page
        assert window.script("return document.documentElement.scrollHeight") <= 740
    assert [pair for pair in tree(window) if pair[0] in NAMED and not pair[1]] == []


def test_lines_stay_beside_their_text(window: Page, faq: FaqPage) -> None:
    """Wrapped or not, the rows are exactly as high as the text, so the numbers are true."""
    for width in (1280, 360):
        window.resize(width, 740)
        faq.replaces("caf oublié", "caf oublié " + "très long " * 40)
        heights = window.script(
            "const [area, rows] = ['text', 'text-lines'].map(id => document.getElementById(id));"
            "return [area.scrollHeight, rows.offsetHeight]"
        )
        assert heights[0] == heights[1]
