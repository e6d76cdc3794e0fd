"""The page that changes a FAQ file, as an editor meets it."""

from tests.browser.page import Page

_SELECTED = """
const area = document.querySelector('#text');
return area.value.slice(area.selectionStart, area.selectionEnd);
"""
_TYPE = """
const [old, typed] = arguments;
const area = document.querySelector('#text');
const at = area.value.indexOf(old);
if (at < 0) return false;
area.focus();
area.setSelectionRange(at, at + old.length);
return document.execCommand('insertText', false, typed);
"""


class FaqPage:
    """One file open in the browser."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, url: str, name: str) -> None:
        """Open that file."""
        self.page.driver.get(f"{url}faq.html?{name}#{name}")
        self.page.until(lambda: self.page.script("return document.documentElement.dataset.ready"))
        assert self.name == name

    @property
    def name(self) -> str:
        """The file that is open."""
        return str(self.page.script("return document.querySelector('#file').value"))

    @property
    def text(self) -> str:
        """Its text, as it stands in the page."""
        return str(self.page.script("return document.querySelector('#text').value"))

    @property
    def selected(self) -> str:
        """What is selected in the text."""
        return str(self.page.script(_SELECTED))

    def replaces(self, old: str, typed: str) -> None:
        """Select a passage, which must be there, and type over it."""
        assert self.page.script(_TYPE, old, typed), f"no {old!r}"

    def reads(self, words: str, selector: str = ".check") -> None:
        """Wait until a part of the page (by default the remarks) says this."""
        text = self.page.text
        self.page.until(lambda: words in text(selector), f"never read: {words!r}")

    def tries(self, question: str) -> None:
        """Ask a question of the text as it stands."""
        field = self.page.driver.find_element("id", "try")
        field.clear()
        field.send_keys(question, "\n")

    def saves(self) -> None:
        """Press « Enregistrer »."""
        self.page.click("Enregistrer", ".faq-bar")
