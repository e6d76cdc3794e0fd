"""The page for who has no mouse, a small screen, or does not see it."""

from typing import Any

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser.page import Page
from tests.browser.site import Site

TITLE = "À traiter · Amina · n° 1"
NAMED = {"button", "link", "textbox", "combobox", "tab", "menuitem", "region", "log", "navigation"}

# Every visible text whose colour is less than 4.5 times lighter or darker than what is behind it.
PALE = r"""
const channel = v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
const light = ([r, g, b]) => .2126 * channel(r) + .7152 * channel(g) + .0722 * channel(b);
const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
const over = (colours) => {
  pen.clearRect(0, 0, 1, 1);
  for (const one of ['#fff', ...colours]) { pen.fillStyle = one; pen.fillRect(0, 0, 1, 1); }
  return [...pen.getImageData(0, 0, 1, 1).data];
};
const pale = [];
for (const one of document.querySelectorAll('body *')) {
  const has = [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  if (!has || !one.checkVisibility() || one.closest('.unseen, :disabled')) continue;
  const back = [];
  for (let at = one; at; at = at.parentElement) back.unshift(getComputedStyle(at).backgroundColor);
  const [a, b] = [over([...back, getComputedStyle(one).color]), over(back)].map(light);
  const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
  if (ratio < 4.5) pale.push(`${one.className} « ${one.textContent.slice(0, 30)} » ${ratio}`);
}
return pale;
"""


def busy(site: Site) -> None:
    """A phone and a topic with a little of everything."""
    person, topic = site.amina["id"], site.open_topic(TITLE)
    buttons = {"inline_keyboard": [[{"text": "Oui", "callback_data": "o", "style": "primary"}]]}
    keyboard = {"keyboard": [[{"text": "Mes données"}]]}
    site.do(site.engine.say, site.amina, person, "bonjour")
    site.call("sendMessage", chat_id=person, text="Bonjour.", reply_markup=keyboard)
    site.call("sendMessage", chat_id=person, text="Cela va ?", reply_markup=buttons)
    where = {"chat_id": site.group["id"], "message_thread_id": topic}
    sent = site.call("sendMessage", text="Amina", reply_markup=buttons, **where)
    site.call("pinChatMessage", chat_id=site.group["id"], message_id=sent["message_id"])
    site.do(site.engine.say, site.paul, site.group["id"], "Je regarde.", topic=topic)


def tree(page: Page) -> list[tuple[str, str]]:
    """The accessibility tree as a screen reader gets it: roles and names in order."""
    nodes: list[dict[str, Any]] = page.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})[
        "nodes"
    ]
    return [
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in nodes
        if not node.get("ignored") and "role" in node
    ]


def test_the_whole_conversation_by_keyboard(page: Page, site: Site) -> None:
    """Tab, arrows, Enter and Escape suffice on both sides, and no place holds the focus."""
    busy(site)
    page.phone.reads("Cela va ?")
    page.keys(Keys.TAB, Keys.ENTER)
    page.keys("une question", Keys.ENTER)
    page.phone.reads("une question")
    page.tab_to("Général")
    page.keys(Keys.ARROW_DOWN, Keys.ENTER)
    page.until(lambda: page.text("#topic-name") == TITLE)
    page.tab_to("Actions du sujet")
    page.keys(Keys.ENTER)
    page.until(lambda: page.focused() == "Fermer le sujet")
    page.keys(Keys.ESCAPE)
    page.until(lambda: page.focused() == "Actions du sujet")
    page.tab_to("Oui")
    page.keys(Keys.ENTER)
    assert site.next_update("callback_query")["data"] == "o"
    page.tab_to("Écrire dans ce sujet")
    page.keys("ma réponse", Keys.ENTER)
    page.desk.reads("ma réponse")
    page.keys(Keys.ARROW_UP, " corrigée", Keys.ENTER)
    page.desk.reads("ma réponse corrigée")
    page.tab_to("Tout recommencer")
    page.keys(Keys.ENTER)
    page.until(lambda: page.focused() == "Annuler")
    page.keys(Keys.ESCAPE)
    page.until(lambda: page.focused() == "Tout recommencer")


def test_the_focus_is_always_visible(page: Page, site: Site) -> None:
    """Whatever Tab reaches bears an outline."""
    busy(site)
    page.phone.reads("Cela va ?")
    outline = "return getComputedStyle(document.activeElement).outlineStyle"
    names: list[str] = []
    page.keys(Keys.TAB)
    while page.script("return document.activeElement !== document.body"):
        names.append(page.focused())
        assert page.script(outline) == "solid", names[-1]
        page.keys(Keys.TAB)
    assert len(set(names)) > 15


@pytest.mark.parametrize("width", [1280, 360])
def test_a_screen_reader_meets_names_and_landmarks(page: Page, site: Site, width: int) -> None:
    """Two logs that announce politely, landmarks, headings, and a name on everything to act on."""
    page.resize(width, 740)
    busy(site)
    page.phone.reads("Cela va ?")
    seen = tree(page)
    assert [pair for pair in seen if pair[0] in NAMED and not pair[1]] == []
    assert {"banner", "main", "heading", "log"} <= {role for role, _ in seen}
    assert ("log", "Conversation avec le robot") in seen
    live = "return [...document.querySelectorAll('[role=log]')].map(one => one.ariaLive)"
    page.until(lambda: page.script(live) == ["polite", "polite"])
    assert page.script("return document.documentElement.lang") == "fr"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_text_stands_out(page: Page, site: Site, dark: bool) -> None:
    """Contrast is at least 4.5 to 1 (WCAG AA) in light and in dark, and nothing overflows."""
    page.resize(1280, 740, dark=dark)
    busy(site)
    page.phone.reads("Cela va ?")
    page.click("Voir", "#why")
    page.desk.presses(TITLE)
    page.desk.reads("Je regarde.")
    assert page.script(PALE) == []
    page.resize(360, 740, dark=dark)
    for tab in ("Le téléphone", "L’équipe"):
        page.click(tab, "#tabs")
        assert page.script(PALE) == []
        assert page.script("return document.documentElement.scrollWidth") == 360


def test_a_phone_width_shows_one_side_at_a_time(page: Page, site: Site) -> None:
    """At 360 pixels the two sides are two tabs, moved by arrows, that count what is new."""
    page.resize(360, 740)
    topic = site.open_topic(TITLE)
    page.until(lambda: "L’équipe" in page.text("#tabs"))
    assert page.text("#desk-title") == ""
    where = {"chat_id": site.group["id"], "message_thread_id": topic}
    site.call("sendMessage", text="Amina attend.", **where)
    page.until(lambda: "1" in page.text("#tab-desk"))
    page.script("document.querySelector('#tab-phone').focus()")
    page.keys(Keys.ARROW_RIGHT)
    page.until(lambda: page.text("#phone-log") == "")
    page.desk.presses(TITLE)
    page.desk.reads("Amina attend.")
    page.desk.writes("J’arrive.")
    page.desk.reads("J’arrive.")
    page.desk.presses("Revenir à la liste")
    page.until(lambda: page.focused().startswith(TITLE))


def test_nothing_comes_from_elsewhere(page: Page, site: Site) -> None:
    """The page loads only from its own server, and forbids itself anything else."""
    busy(site)
    page.phone.reads("Cela va ?")
    loaded = page.script("return performance.getEntriesByType('resource').map(one => one.name)")
    assert len(loaded) > 10
    assert [one for one in loaded if not one.startswith(site.url)] == []
    policy = "return document.querySelector('meta[http-equiv=Content-Security-Policy]').content"
    assert page.script(policy).startswith("default-src 'none'; script-src 'self'")
