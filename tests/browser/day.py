"""A day of the team on the page, step by step: Sophie teaches, Thomas validates, people ask.

Each step ends when what it did is read on the page. The test of the day plays them all on a small
FAQ; the pictures of the documents are taken between them, on a copy of the real one.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.browser.faq_page import FaqPage
from tests.browser.page import Page
from tests.browser.program import Program
from tests.browser.test_program import open_topic_of

QUESTION = "où trouver un vélo pas cher"
TITLE = "Vélo pas cher"
REPLY = "Bonjour Awa, allez à l'atelier vélo de la ville. Il ouvre le samedi matin."
ANSWER = "Allez à l'atelier vélo de la ville. Il ouvre le samedi matin."
CORRECTION = f"titre : {TITLE}\nquestion : Où trouver un vélo pas cher ?\nthème : {{}}"
VOICE = "Message vocal d’exemple"
NOTHING = "Je n'ai pas trouvé"
LISTEN = "Écouter (3 s)"
SOUND = "const one = document.querySelector('#{} .voice progress'); return one ? one.value : 0"
READINGS = "FAQ : "  # how a line begins in the terminal, one at each reading of the files


@dataclass(frozen=True)
class Plan:
    """What Sophie changes in the morning, and the theme of what she teaches at noon.

    `link` and `old` stand in `file` before.
    """

    file: str
    title: str
    question: str
    link: str
    old: str
    new: str
    theme: str


class Day:
    """One page, one program; the steps are to be played in their order."""

    def __init__(self, window: Page, program: Program, plan: Plan) -> None:
        self.window = window
        self.program = program
        self.plan = plan
        self.faq = FaqPage(window)

    # In the morning: a file is edited.

    def sophie_mistypes_a_link(self) -> None:
        """The mistake is beside its line, and a touch leads there."""
        self.faq.open(self.program.url, self.plan.file)
        self.faq.replaces(self.plan.link, "https://www.caf-aide.example/")
        self.faq.reads("1 erreur.")
        self.window.click("Erreur · ligne", "#check")
        assert "caf-aide.example" in self.faq.selected

    def sophie_mends_it_and_tries(self) -> None:
        """The answer that people would read, before anything is saved."""
        self.faq.replaces("https://www.caf-aide.example/", self.plan.link)
        self.faq.reads("Aucune erreur.")
        self.faq.replaces(self.plan.old, self.plan.new)
        self.faq.tries(self.plan.question)
        self.faq.reads(self.plan.new, ".tried-answer")

    def sophie_publishes(self) -> None:
        """One touch; General reads what changed."""
        taken = self._after_reading(self.faq.saves)
        self.window.until(taken, "the robot has not read the files")
        self.window.click("Retour", ".top")
        self.window.desk.reads(f"La FAQ est à jour. Modifié : « {self.plan.title} ».")

    def karim_reads_it(self) -> None:
        """He asks, and reads the new words."""
        self._takes_the_phone_of("Karim")
        self.window.phone.writes(self.plan.question)
        self.window.phone.reads(self.plan.new)

    # At noon: a reply becomes an entry.

    def awa_asks_and_sophie_replies(self) -> None:
        """The robot does not know; Sophie does, and is offered « Ajouter à la FAQ »."""
        self._takes_the_phone_of("Awa")
        self.window.phone.writes(QUESTION)
        self.window.phone.presses("Parler à quelqu'un")
        open_topic_of(self.window, "Awa")
        self.window.desk.reads(QUESTION)
        self.window.desk.writes(REPLY)
        self.window.phone.reads(REPLY)
        self.window.desk.reads("Cette réponse peut aider d'autres personnes.")

    def sophie_makes_a_draft(self) -> None:
        """Her reply, without the greeting, waits in the topic « FAQ »."""
        self.window.desk.presses("Ajouter à la FAQ")
        self.window.toast("Le brouillon attend dans le sujet « FAQ ».")
        self.window.desk.presses("FAQ")
        self.window.desk.reads(f"Réponse :\n{ANSWER}\nÉcrit par Sophie.")

    def sophie_corrects_it(self) -> None:
        """She replies to the draft; validating her own words is refused."""
        self.window.desk.acts_on("Brouillon n° 1 : nouvelle fiche", "Répondre")
        self.window.desk.writes_lines(CORRECTION.format(self.plan.theme))
        self.window.desk.reads(f"Thème : {self.plan.theme}\nTitre : {TITLE}\n")
        self.window.desk.presses("Valider")
        self.window.toast("Une autre personne doit valider.")

    def thomas_validates(self, draft: int) -> None:
        """Somebody else touches « Valider »: it is written, and the robot reads it."""
        self.window.choose("Vous êtes", "Thomas")
        taken = self._after_reading(lambda: self.window.desk.presses("Valider"))
        self.window.desk.reads(f"Brouillon n° {draft} : c'est écrit dans content/")
        self.window.until(taken, "the robot has not read the files")
        self.window.choose("Vous êtes", "Sophie")

    def maria_is_answered(self, words: str = QUESTION) -> None:
        """Another person asks alike, and no human is needed."""
        self._takes_the_phone_of("Maria")
        assert f"{TITLE}\n{ANSWER}" in self._robot_says_to(words)

    # In the afternoon: a voice, and the questions without an answer.

    def sophie_sends_an_entry(self) -> None:
        """`/faq` in Awa's topic, and one touch."""
        self._takes_the_phone_of("Awa")
        open_topic_of(self.window, "Awa")
        self.window.desk.writes("/faq vélo")
        self.window.desk.reads("Votre voix : répondez à ce message par un message vocal.")
        self.window.desk.presses("Envoyer à Awa")
        self.window.desk.reads(f"Sophie a envoyé la fiche « {TITLE} ».")
        self.window.phone.reads(f"{TITLE}\n{ANSWER}")

    def sophie_gives_her_voice(self) -> None:
        """A voice note in reply to the entry stays with the team."""
        self.window.desk.acts_on("Votre voix", "Répondre")
        self.window.desk.joins(VOICE)
        self.window.desk.writes("")
        self.window.desk.reads("La personne n'a pas reçu cette voix.")
        self.window.desk.presses("FAQ")
        self.window.desk.reads("Durée : 3 secondes. Écoutez-la avant de valider.")

    def maria_hears_it(self) -> None:
        """« Écouter », then the sound is really played."""
        self.maria_is_answered()
        self.window.phone.presses(LISTEN)
        self.window.phone.reads(f"{TITLE}, dit par Sophie.")
        self.window.phone.presses("Écouter le message vocal, 3 secondes")
        self.window.until(lambda: self.window.script(SOUND.format("phone-log")) > 0)

    def maria_asks_otherwise(self, words: str) -> None:
        """Words that no entry bears: the robot finds nothing."""
        self._takes_the_phone_of("Maria")
        assert NOTHING in self._robot_says_to(words)

    def sophie_lists_the_unknown(self, words: str) -> None:
        """`/inconnues` shows them, with three ways on."""
        self.window.desk.presses("FAQ")
        self.window.desk.writes("/inconnues")
        listed = f"« {words} »\nDemandé par une personne"
        desk = self.window.desk
        self.window.until(lambda: desk.messages[-1].startswith(listed), f"never lists {words!r}")

    def sophie_says_which_entry_it_is(self, words: str) -> None:
        """« C'est la fiche… », a word to search, and the words become a phrasing."""
        self.window.desk.presses("C'est la fiche…")
        self.window.desk.acts_on("Quelle fiche répond à", "Répondre")
        self.window.desk.writes("vélo pas cher")
        self.window.desk.presses(f"1. {TITLE}")
        self.window.desk.reads(f"Formulation : « {words} »")

    def thomas_refuses_a_new_entry(self, words: str) -> None:
        """« Nouvelle fiche », Sophie's answer, and « Refuser »: nothing is written."""
        self.window.desk.presses("Nouvelle fiche")
        self.window.desk.acts_on(f"Nouvelle fiche pour « {words} »", "Répondre")
        self.window.desk.writes("Venez avec elle à l'atelier.")
        self.window.desk.reads("Réponse :\nVenez avec elle à l'atelier.")
        self.window.choose("Vous êtes", "Thomas")
        self.window.desk.presses("Refuser")
        self.window.desk.reads("refusé par Thomas. Rien n'est écrit.")
        self.window.choose("Vous êtes", "Sophie")

    def _takes_the_phone_of(self, person: str) -> None:
        """Play that person; a first time begins by « Commencer »."""
        self.window.choose("Personne", person)
        welcome = "return document.querySelector('#phone-log .empty') !== null"
        if self.window.script(welcome):
            self.window.phone.presses("Commencer")
            self.window.phone.reads("robot")

    def _robot_says_to(self, words: str) -> str:
        """Write that on the phone; the message that comes back."""
        phone = self.window.phone
        before = len(phone.messages)
        phone.writes(words)
        self.window.until(lambda: len(phone.messages) >= before + 2, "the robot says nothing")
        assert phone.messages[before].startswith(words)
        return phone.messages[before + 1]

    def _after_reading(self, act: Callable[[], None]) -> Callable[[], bool]:
        """Do `act`; what is returned says whether the robot has read the files since."""
        before = self._readings()
        act()
        return lambda: self._readings() > before

    def _readings(self) -> int:
        return self.program.output.read_text(encoding="utf-8").count(READINGS)
