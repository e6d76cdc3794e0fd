"""What the page promises to both sides; the test plays the bot."""

from tests.browser.page import Page
from tests.browser.site import Site

KEYBOARD = {"keyboard": [[{"text": "Poser une question"}, {"text": "Mes données"}]]}
LINKED = "Ouvrez <a href='https://www.caf.fr/'>caf.fr</a> <b>maintenant</b> 👋🏽 <i>vite</i>."


def test_a_person_writes_and_reads_the_answer(page: Page, site: Site) -> None:
    """What is typed on the phone reaches the bot; its answer appears without a reload."""
    page.phone.writes("j’ai perdu mon mot de passe")
    assert site.next_update("message")["text"] == "j’ai perdu mon mot de passe"
    site.call("sendMessage", chat_id=site.amina["id"], text="Je cherche.")
    page.phone.reads("Je cherche.")


def test_a_first_touch_starts_the_conversation(page: Page, site: Site) -> None:
    """An empty phone offers one button, which says /start as Telegram's does."""
    site.do(site.engine.add_person, "Yusuf")
    page.choose("Personne", "Yusuf")
    page.phone.presses("Commencer")
    assert site.next_update("message")["text"] == "/start"


def test_formatting_and_links_are_real(page: Page, site: Site) -> None:
    """Entities cover the right letters, emoji before them or not, and links open aside."""
    site.call("sendMessage", chat_id=site.amina["id"], text=LINKED, parse_mode="HTML")
    page.phone.reads("Ouvrez caf.fr maintenant")
    words = "return document.querySelector('#phone-log .words {}').textContent"
    assert page.script(words.format("strong")) == "maintenant"
    assert page.script(words.format("em")) == "vite"
    link = "const a = document.querySelector('#phone-log a'); return [a.href, a.target, a.rel]"
    assert page.script(link) == ["https://www.caf.fr/", "_blank", "noopener noreferrer"]


def test_words_are_never_read_as_html(page: Page, site: Site) -> None:
    """A message that looks like a web page stays words, on both sides, in names too."""
    attack = "<img src=x onerror='document.title=\"perdu\"'><b>gras</b>"
    site.do(site.engine.say, site.amina, site.amina["id"], attack)
    topic = site.open_topic("<b>sujet</b>")
    group = site.group["id"]
    site.call("sendMessage", chat_id=group, message_thread_id=topic, text=attack)
    page.phone.reads(attack)
    page.desk.presses("<b>sujet</b>")
    page.desk.reads(attack)
    assert page.script("return document.querySelectorAll('.words b, .words img').length") == 0
    assert page.driver.title.startswith("Passerelle")


def test_a_button_press_reaches_the_bot_and_its_notice_is_shown(page: Page, site: Site) -> None:
    """Press, notice, edit: the message changes in place and the focus stays on its buttons."""
    buttons = {"inline_keyboard": [[{"text": "Oui", "callback_data": "oui:1"}]]}
    sent = site.call(
        "sendMessage", chat_id=site.amina["id"], text="Cela va ?", reply_markup=buttons
    )
    page.phone.presses("Oui")
    press = site.next_update("callback_query")
    assert press["data"] == "oui:1"
    site.call("answerCallbackQuery", callback_query_id=press["id"], text="Merci, c’est noté.")
    page.toast("Merci, c’est noté.")
    buttons["inline_keyboard"][0][0]["text"] = "Oui, bien"
    where = {"chat_id": site.amina["id"], "message_id": sent["message_id"]}
    site.call("editMessageText", text="Tant mieux.", reply_markup=buttons, **where)
    page.phone.reads("Tant mieux.")
    assert page.focused() == "Oui, bien"


def test_a_press_answered_without_words_ends_at_once(page: Page, site: Site) -> None:
    """A silent answer takes the waiting mark off, without its long delay and without a notice."""
    page.script("window.setTimeout = () => 0")  # the delay that takes it off anyway never ends
    buttons = {"inline_keyboard": [[{"text": "Oui", "callback_data": "oui:1"}]]}
    site.call("sendMessage", chat_id=site.amina["id"], text="Cela va ?", reply_markup=buttons)
    page.phone.presses("Oui")
    press = site.next_update("callback_query")
    assert page.script("return document.querySelectorAll('.waiting').length") == 1
    site.call("answerCallbackQuery", callback_query_id=press["id"])
    page.until(lambda: page.script("return document.querySelectorAll('.waiting').length") == 0)
    assert page.text("#toasts") == ""


def test_the_keyboard_of_the_bot_comes_and_goes(page: Page, site: Site) -> None:
    """A persistent keyboard sends its words; ReplyKeyboardRemove takes it away."""
    site.call("sendMessage", chat_id=site.amina["id"], text="Bonjour.", reply_markup=KEYBOARD)
    page.phone.presses("Mes données")
    assert site.next_update("message")["text"] == "Mes données"
    gone = {"remove_keyboard": True}
    site.call("sendMessage", chat_id=site.amina["id"], text="Au revoir.", reply_markup=gone)
    page.phone.reads("Au revoir.")
    page.until(lambda: page.text("#phone-keyboard") == "")


def test_a_new_person_gets_a_phone_of_her_own(page: Page, site: Site) -> None:
    """Somebody is added with her language, and what she writes is hers."""
    page.click("Ajouter une personne")
    page.keys("Yusuf")
    page.choose("Langue", "arabe")
    page.click("Ajouter", "#dialog")
    page.until(lambda: "arabe" in page.text("#bot-mood"))
    page.phone.writes("bonjour")
    sender = site.next_update("message")["from"]
    assert (sender["first_name"], sender["language_code"]) == ("Yusuf", "ar")
    page.choose("Personne", "Amina")
    page.until(lambda: page.phone.messages == ["Bonjour"])


def test_blocking_the_bot_closes_the_write_box(page: Page, site: Site) -> None:
    """A person who blocks the bot reads how to let it back, and comes back with one touch."""
    page.phone.presses("Options de la conversation")
    page.click("Bloquer le robot", "#menu")
    assert site.next_update("my_chat_member")["new_chat_member"]["status"] == "kicked"
    page.phone.presses("Débloquer")
    assert site.next_update("my_chat_member")["new_chat_member"]["status"] == "member"
    page.phone.writes("me revoilà")
    assert site.next_update("message")["text"] == "me revoilà"


def test_one_edits_answers_and_reacts(page: Page, site: Site) -> None:
    """A sent message can be edited, any message answered or reacted to."""
    page.phone.writes("bonjor")
    page.phone.acts_on("bonjor", "Modifier")
    page.phone.writes("\bur")
    assert site.next_update("edited_message")["text"] == "bonjour"
    site.call("sendMessage", chat_id=site.amina["id"], text="Bonjour Amina.")
    page.phone.reads("Bonjour Amina.")
    tips = "return [...document.querySelectorAll('#phone-log .more')].map(one => one.title)"
    assert set(page.script(tips)) == {"Répondre ou réagir"}
    page.phone.acts_on("Bonjour Amina.", "Répondre")
    page.phone.writes("merci")
    answer = site.next_update("message")
    assert answer["reply_to_message"]["text"] == "Bonjour Amina."
    page.phone.acts_on("Bonjour Amina.", "Réagir : pouce levé")
    page.until(lambda: "👍" in page.text("#phone-log"))


def test_why_shows_the_words_and_the_scores(page: Page, site: Site) -> None:
    """« Pourquoi cette réponse ? » explains the last question, and any other one on demand."""
    page.phone.writes("mot de passe caf")
    page.until(lambda: "« mot de passe caf »" in page.text("#why-summary"))
    page.click("Voir", "#why")
    read = page.text("#why-body")
    assert "Mot de passe CAF" in read
    assert "0,91" in read
    assert "La note dépasse le seuil." in read
    page.driver.find_element("id", "why-try").send_keys("autre phrase\n")
    page.until(lambda: "« autre phrase »" in page.text("#why-body"))
    assert len(site.engine.messages(site.amina["id"])) == 2
    page.phone.acts_on("Bonjour", "Pourquoi cette réponse ?")
    page.until(lambda: "« Bonjour »" in page.text("#why-body"))


def test_starting_over_asks_first(page: Page, site: Site) -> None:
    """« Tout recommencer » does nothing before it is confirmed."""
    page.click("Tout recommencer")
    page.click("Annuler", "#dialog")
    assert site.resets == 0
    page.click("Tout recommencer")
    page.click("Tout effacer", "#dialog")
    page.until(lambda: site.resets == 1)


def test_the_page_finds_a_restarted_simulator_again(page: Page, site: Site) -> None:
    """While the program is down the page says so; when it is back, what happened is shown."""
    site.stop()
    page.until(lambda: "Connexion perdue" in page.text("#link"))
    site.do(site.engine.say, site.amina, site.amina["id"], "pendant la coupure")
    site.start()
    page.phone.reads("pendant la coupure")
    page.until(lambda: page.text("#link") == "")
