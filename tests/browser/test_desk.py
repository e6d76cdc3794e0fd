"""The team's side of the page; the test plays the bot."""

from pathlib import Path

from tests.browser.page import Page
from tests.browser.site import Site

TITLE = "À traiter · Amina · n° 1"


def card(site: Site, topic: int) -> int:
    """The bot posts a card with a button in the topic, and pins it; returns its message id."""
    buttons = {"inline_keyboard": [[{"text": "Je m’en occupe", "callback_data": "prendre"}]]}
    where = {"chat_id": site.group["id"], "message_thread_id": topic}
    sent = site.call("sendMessage", text="Amina · n° 1", reply_markup=buttons, **where)
    here = {"chat_id": site.group["id"], "message_id": sent["message_id"]}
    site.call("pinChatMessage", **here)
    return int(sent["message_id"])


def test_a_topic_is_read_and_answered(page: Page, site: Site) -> None:
    """A topic appears by itself; what a caseworker writes in it reaches the bot as hers."""
    topic = site.open_topic(TITLE)
    card(site, topic)
    page.desk.presses(TITLE)
    page.until(lambda: "Amina · n° 1" in page.text("#pinned"))
    page.choose("Vous êtes", "Paul")
    page.desk.writes("Bonjour Amina.")
    message = site.next_update("message")
    assert message["text"] == "Bonjour Amina."
    assert message["from"]["first_name"] == "Paul"
    assert (message["message_thread_id"], message["is_topic_message"]) == (topic, True)
    page.desk.presses("Je m’en occupe")
    press = site.next_update("callback_query")
    assert (press["data"], press["from"]["first_name"]) == ("prendre", "Paul")


def test_general_is_apart(page: Page, site: Site) -> None:
    """General comes first, and what is written there belongs to no topic."""
    site.open_topic(TITLE)
    page.until(lambda: TITLE in page.text("#topics"))
    assert page.text("#topics").startswith("Général")
    page.desk.presses("Général")
    page.desk.writes("Qui est là ?")
    message = site.next_update("message")
    assert "is_topic_message" not in message


def test_another_topic_counts_what_is_new(page: Page, site: Site) -> None:
    """A topic that is not open shows how many messages wait in it, until it is opened."""
    topic = site.open_topic(TITLE)
    page.until(lambda: TITLE in page.text("#topics"))
    for text in ("Un.", "Deux."):
        where = {"chat_id": site.group["id"], "message_thread_id": topic}
        site.call("sendMessage", text=text, **where)
    page.until(lambda: "2 nouveaux messages" in page.text("#topics").replace("\n", " "))
    page.desk.presses(TITLE)
    page.until(lambda: "nouveaux" not in page.text("#topics"))


def test_a_topic_is_closed_opened_and_deleted(page: Page, site: Site) -> None:
    """Closing and reopening reach the bot; deleting asks first, then the topic is gone."""
    topic = site.open_topic(TITLE)
    page.desk.presses(TITLE)
    page.desk.presses("Actions du sujet")
    page.click("Fermer le sujet", "#menu")
    page.until(lambda: "sujet fermé" in page.text("#topic-mood"))
    page.desk.presses("Actions du sujet")
    page.click("Rouvrir le sujet", "#menu")
    page.until(lambda: "sujet ouvert" in page.text("#topic-mood"))
    page.desk.presses("Actions du sujet")
    page.click("Supprimer le sujet", "#menu")
    page.click("Supprimer", "#dialog")
    page.until(lambda: TITLE not in page.text("#topics"))
    assert topic not in [one["id"] for one in site.engine.topics(site.group)]


def test_the_receipt_of_the_bot_is_shown(page: Page, site: Site) -> None:
    """The reaction that the bot puts on a message appears under it, with its author's name."""
    topic = site.open_topic(TITLE)
    page.desk.presses(TITLE)
    page.desk.writes("Je vous appelle.")
    page.desk.reads("Je vous appelle.")
    sent = site.engine.messages(site.group["id"], topic)[-1]
    where = {"chat_id": site.group["id"], "message_id": sent["message_id"]}
    site.call("setMessageReaction", reaction=[{"type": "emoji", "emoji": "👍"}], **where)
    label = "return document.querySelector('#desk-log .reaction')?.getAttribute('aria-label')"
    page.until(lambda: page.script(label))
    assert page.script(label) == f"👍 de {site.engine.bot['first_name']}"


def test_pictures_sounds_and_papers_pass(page: Page, site: Site, tmp_path: Path) -> None:
    """A photo chosen on the disk and a voice note leave with their caption, and can be opened."""
    page.phone.joins("Photo d’exemple")
    page.phone.writes("ma lettre")
    photo = site.next_update("message")
    assert (photo["caption"], len(photo["photo"]) > 0) == ("ma lettre", True)
    width = "return document.querySelector('#phone-log img')?.naturalWidth"
    page.until(lambda: page.script(width))
    page.phone.joins("Message vocal d’exemple")
    page.phone.writes("")
    assert site.next_update("message")["voice"]["duration"] > 0
    page.phone.presses("Écouter le message vocal")
    page.phone.presses("Arrêter le message vocal")
    paper = tmp_path / "avis.pdf"
    paper.write_bytes(b"%PDF-1.4 exemple")
    page.driver.find_element("id", "desk-file").send_keys(str(paper))
    page.desk.writes("")
    assert site.next_update("message")["document"]["file_name"] == "avis.pdf"
    page.desk.reads("avis.pdf")


def test_several_pictures_are_one_album(page: Page, site: Site, tmp_path: Path) -> None:
    """Pictures chosen together leave together."""
    pixel = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d7"
        "63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
    )
    paths = [tmp_path / "un.png", tmp_path / "deux.png"]
    for path in paths:
        path.write_bytes(pixel)
    picker = page.driver.find_element("id", "phone-file")
    page.script("arguments[0].multiple = true; arguments[0].dataset.kind = 'photo'", picker)
    picker.send_keys("\n".join(str(path) for path in paths))
    page.phone.writes("recto et verso")
    first, second = site.next_update("message"), site.next_update("message")
    assert first["media_group_id"] == second["media_group_id"]
    assert (first["caption"], "caption" in second) == ("recto et verso", False)


def test_places_contacts_and_stickers_pass(page: Page, site: Site) -> None:
    """What Telegram can send beside words and files can be sent here too."""
    for entry, kind in (
        ("Ma position", "location"),
        ("Mon contact", "contact"),
        ("Autocollant", "sticker"),
    ):
        page.phone.joins(entry)
        assert kind in site.next_update("message")


def test_the_team_makes_topics_and_leaves_the_group(page: Page, site: Site) -> None:
    """A caseworker opens a topic of the team's own; who leaves the group is shown as gone."""
    page.desk.presses("Général")
    page.desk.presses("Actions du sujet")
    page.click("Créer un sujet", "#menu")
    page.keys("Organisation")
    page.click("Créer", "#dialog")
    page.until(lambda: page.text("#topic-name") == "Organisation")
    page.desk.writes("Planning de la semaine")
    assert site.next_update("message")["is_topic_message"] is True
    page.desk.presses("Général")
    page.desk.presses("Actions du sujet")
    page.click("Nadia quitte le groupe", "#menu")
    page.until(lambda: "Nadia (hors du groupe)" in page.text("#caseworker"))
    page.desk.writes("je suis encore là")
    page.until(lambda: page.text("#toasts .error"))
