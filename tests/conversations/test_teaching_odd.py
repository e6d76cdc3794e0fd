"""Teaching when things go oddly: forged buttons, people who leave, old screens, broken writers."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.texts import Texts
from faq.changes import Change
from faq.writing import Outcome
from tests.conversations.teaching import School
from tests.conversations.world import Caseworker, labels, text

BIKE = "où acheter un vélo d'occasion"
NUMBER = "99999999999999999999999"


async def _forge(who: Caseworker, about: dict[str, Any], data: str) -> None:
    """A press that no button shows."""
    engine = who.world.engine
    wire = {k: v for k, v in about.items() if not k.startswith("_")}
    number = f"forged-{len(engine.ledger)}"
    query = {"id": number, "from": who.user, "message": wire, "chat_instance": "1", "data": data}
    engine.deliver_raw({"callback_query": query})
    await who.world.settle()


@pytest.mark.parametrize(
    "data",
    [
        f"approve:{NUMBER}:1",
        f"refuse:{NUMBER}:1",
        f"which:{NUMBER}",
        f"unknown:{NUMBER}",
        f"unknown:{NUMBER}:{NUMBER}:{NUMBER}",
        f"phrase:{NUMBER}:apl",
        f"teach:{NUMBER}",
        "approve:²:1",
        "approve",
        "teach:",
        "unknown:-1",
        "send:nulle_part",
        "show:",
    ],
)
async def test_a_forged_button_breaks_nothing(school: School, data: str) -> None:
    """Any number behind a button of the team is handled: nobody reads that the robot failed."""
    amina = await school.asks("parler à quelqu'un", "Amina")
    await school.claire.writes("Amina", "/faq apl")
    before = len(amina.messages())
    await _forge(school.claire, school.claire.topic("Amina")[-1], data)
    assert not [line for line in school.world.general() if "n'a pas su" in line]
    assert not [line for line in school.claire.reads("Amina") if "n'a pas su" in line]
    assert len(amina.messages()) == before


async def test_a_second_person_still_asks(school: School) -> None:
    """The draft leaves with Amina, whose words it held; Lina's question is listed again."""
    amina = await school.asks(BIKE, "Amina")
    await school.world.person("Lina").says("acheter un vélo d'occasion")
    await school.claire.writes_in_general("/inconnues")
    await school.touches(school.claire, "Nouvelle fiche")
    await school.replies(school.claire, "Allez à l'atelier vélo de la ville.")
    await amina.says("tout effacer")
    await amina.touches("Oui, tout effacer")
    await school.writes(school.sofia, "/inconnues")
    assert "« acheter un vélo d'occasion »" in school.reads()[-1]


async def test_words_that_wait_leave_with_the_person(school: School) -> None:
    """The list of questions waits for Telegram when Amina erases everything: it says nothing."""
    amina, engine = school.world.person("Amina"), school.world.engine
    await amina.says(BIKE)
    await amina.says("tout effacer")
    group = school.claire.chat
    engine.faults.add(method="createForumTopic", chat_id=group, times=1, kind="429", retry_after=1)
    engine.say(school.claire.user, group, "/inconnues")
    await school.world.until(lambda: bool(engine.ledger.of("createForumTopic", accepted=False)))
    last = amina.messages()[-1]
    engine.press(amina.user, amina.chat, last["message_id"], "Oui, tout effacer")
    await school.world.until(lambda: "effacé" in text(amina.messages()[-1]))
    await school.world.settle()
    assert not [m for m in engine.messages(group) if "vélo" in text(m)]


async def test_what_was_proposed_and_left_is_listed(school: School) -> None:
    """She is shown three questions and calls a person instead: hers has no answer yet."""
    amina = await school.asks("mot de passe perdu", "Amina")
    assert "2. Mot de passe ameli" in amina.buttons()
    await amina.touches("Parler à quelqu'un")
    await school.claire.writes_in_general("/inconnues")
    assert "« mot de passe perdu »" in school.reads()[0]


async def test_the_next_page_after_the_first_is_settled(school: School) -> None:
    """Five questions are ignored, then « Voir la suite »: the sixth is shown."""
    subjects = ("tondeuse", "piscine", "guitare", "parapluie", "casserole", "balançoire")
    for subject in subjects:
        await school.world.person(f"P{subject}").says(f"réparer une {subject} cassée")
    await school.claire.writes_in_general("/inconnues")
    for message in [m for m in school.messages() if "Ignorer" in labels(m)]:
        school.world.engine.press(
            school.claire.user, school.claire.chat, message["message_id"], "Ignorer"
        )
        await school.world.settle()
    await school.touches(school.claire, "Voir la suite")
    assert "« réparer une tondeuse cassée »" in school.reads()[-1]


async def test_an_entry_that_was_put_aside(school: School) -> None:
    """« actif: non » while its buttons are on screen: neither sent nor listened to."""
    voice = "audio: {fichier: AwACAgQAAxkDAAIbc, duree: 9, auteur: Claire}"
    school.files.change("content/aides.yml", "telephone: caf", f"telephone: caf\n    {voice}")
    school.world.faq.reload()
    amina, lina = school.world.person("Amina"), school.world.person("Lina")
    await lina.says("demander les apl")
    await amina.says("parler à quelqu'un")
    await school.claire.writes("Amina", "/faq apl")
    school.files.change("content/aides.yml", "telephone: caf", "telephone: caf\n    actif: non")
    school.world.faq.reload()
    before = len(amina.messages())
    await school.claire.touches("Amina", "Envoyer à Amina")
    assert len(amina.messages()) == before
    assert "Cette fiche n'existe plus." in school.claire.toasts()
    await lina.touches("Écouter (9 s)")
    assert "voice" not in lina.messages()[-1]
    assert "son" not in lina.reads()[-1].split()


async def test_an_ended_request_is_not_opened_for_nothing(school: School) -> None:
    """Sent, ended, touched again: the entry goes again, since the request is opened again."""
    amina = await school.asks("parler à quelqu'un", "Amina")
    await school.claire.writes("Amina", "/faq apl")
    await school.claire.touches("Amina", "Envoyer à Amina")
    await school.claire.writes("Amina", "/clore")
    before = len(amina.messages())
    await school.claire.touches("Amina", "Envoyer à Amina")
    sent = amina.messages()[before:]
    assert any("Voici la réponse." in text(message) for message in sent)


async def test_a_voice_that_is_lost_leaves_a_way_on(school: School) -> None:
    """Telegram has no such file: the sentence comes with « Parler à quelqu'un »."""
    lost = "audio: {fichier: AwACAgQAAxkDAAIlost, duree: 9, auteur: Claire}"
    school.files.change("content/aides.yml", "telephone: caf", f"telephone: caf\n    {lost}")
    school.world.faq.reload()
    lina = await school.asks("demander les apl")
    await lina.touches("Écouter (9 s)")
    assert lina.buttons() == ["Parler à quelqu'un"]


async def test_a_picture_that_is_gone(school: School) -> None:
    """Its file was deleted a moment ago: she reads the step all the same."""
    picture = school.draw_a_step()
    lina = await school.asks("demander les apl")
    picture.unlink()
    await lina.touches("Voir les images")
    assert lina.reads()[-1] == "2. Touchez Mon compte."


async def test_a_correction_is_corrected(school: School) -> None:
    """Claire edits the reply by which she corrected a draft: the draft follows."""
    await school.world.person("Amina").says(BIKE)
    await school.claire.writes_in_general("/inconnues")
    await school.touches(school.claire, "Nouvelle fiche")
    await school.replies(school.claire, "Allez à l'atelier.")
    await school.replies(school.claire, "Allez à l'atelier de la vile.")
    topic = school.topic()["id"]
    mine = school.world.engine.messages(school.claire.chat, topic)
    own = [m for m in mine if m["from"]["id"] == school.claire.user["id"]][-1]
    await school.claire.edits(own, text="Allez à l'atelier de la ville.")
    assert "Réponse :\nAllez à l'atelier de la ville." in school.reads()[-1]


async def test_who_has_left_approves_nothing(school: School) -> None:
    """Sofia leaves the team: « Valider » is dead in her hands, and nothing is written."""
    await school.world.person("Amina").says(BIKE)
    await school.claire.writes_in_general("/inconnues")
    await school.touches(school.claire, "Nouvelle fiche")
    await school.replies(school.claire, "Allez à l'atelier vélo de la ville.")
    (draft,) = [m for m in school.messages() if "Valider" in labels(m)]
    school.world.engine.join(school.sofia.user, school.world.group, "left")
    await school.world.settle()
    await _forge(school.sofia, draft, "approve:1:1")
    assert not [line for line in school.reads() if "c'est écrit" in line]


@dataclass
class _Broken:
    """A writer with a mistake in it."""

    def why_not(self) -> str | None:
        return None

    def write(self, change: Change, by: str) -> Outcome:
        raise RuntimeError("a mistake of ours")


async def test_a_mistake_of_the_writer_ends_nothing(tmp_path: Path, texts: Texts) -> None:
    """Whatever the writing raises, the robot goes on, and the draft waits again with a reason."""
    school = await School.open(tmp_path, texts)
    await school.world.stop()
    school.world.writer = _Broken()  # type: ignore[assignment]
    await school.world.start()
    await school.world.person("Amina").says(BIKE)
    await school.claire.writes_in_general("/inconnues")
    await school.touches(school.claire, "Nouvelle fiche")
    await school.replies(school.claire, "Allez à l'atelier vélo de la ville.")
    await school.touches(school.sofia, "Valider")
    assert "rien n'est écrit" in school.reads()[-2]
    assert "Prévenez la personne technique." in school.reads()[-2]
    lina = await school.asks("demander les apl")
    assert "Voici la réponse." in lina.reads()[-1]
    await school.world.stop()


async def test_a_closed_topic_is_written_in(school: School) -> None:
    """Somebody closed the topic « FAQ »: what is proposed is read there all the same."""
    await school.world.person("Amina").says(BIKE)
    await school.claire.writes_in_general("/inconnues")
    school.world.engine.close_topic(school.world.group, school.topic()["id"])
    await school.world.settle()
    await school.claire.writes_in_general("/brouillons")
    assert school.reads()[-1] == "Aucun brouillon n'attend."


async def test_two_approve_at_once(school: School) -> None:
    """Sofia and Omar touch « Valider » together: it is written once, and told once."""
    omar = school.world.caseworker("Omar")
    await school.world.person("Amina").says(BIKE)
    await school.claire.writes_in_general("/inconnues")
    await school.touches(school.claire, "Nouvelle fiche")
    await school.replies(school.claire, "Allez à l'atelier vélo de la ville.")
    (draft,) = [m for m in school.messages() if "Valider" in labels(m)]
    for who in (school.sofia, omar, school.sofia):
        school.world.engine.press(who.user, who.chat, draft["message_id"], "Valider")
    await school.world.settle()
    assert len([line for line in school.reads() if "c'est écrit" in line]) == 1
    assert sum("atelier vélo" in p.read_text() for p in school.files.directory.glob("*.yml")) == 1


async def test_an_unnamed_administrator_teaches_nothing(school: School) -> None:
    """A reply to a draft by an anonymous administrator is refused aloud: nobody wrote it."""
    await school.world.person("Amina").says(BIKE)
    await school.claire.writes_in_general("/inconnues")
    await school.touches(school.claire, "Nouvelle fiche")
    about = school.messages()[-1]
    wire = {k: v for k, v in about.items() if not k.startswith("_")}
    unnamed = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    said = {**wire, "message_id": 9_000, "text": "Allez là.", "from": unnamed}
    said |= {"sender_chat": wire["chat"], "reply_to_message": wire}
    said.pop("reply_markup", None)
    said.pop("entities", None)
    school.world.engine.deliver_raw({"message": said})
    await school.world.settle()
    assert school.messages()[-1]["message_id"] == about["message_id"]
    assert school.world.general()[-1] == school.world.texts.team.anonymous


async def test_danger_comes_before_everything(school: School) -> None:
    """Amina waits for an answer that is being taught: her words of danger get the numbers."""
    amina = await school.asks(BIKE, "Amina")
    await amina.touches("Parler à quelqu'un")
    await school.claire.writes("Amina", "/faq apl")
    await school.claire.touches("Amina", "Envoyer à Amina")
    await amina.says("je n'ai plus envie de vivre")
    assert any("3114" in line for line in amina.reads())


async def test_a_reply_is_taught_once(school: School) -> None:
    """« Ajouter à la FAQ » touched twice, or by two: one draft."""
    amina = await school.asks(BIKE, "Amina")
    await amina.touches("Parler à quelqu'un")
    await school.claire.writes("Amina", "Allez à l'atelier vélo de la ville le samedi matin.")
    await school.claire.touches("Amina", "Ajouter à la FAQ")
    await school.sofia.touches("Amina", "Ajouter à la FAQ")
    assert len([line for line in school.reads() if "Brouillon n°" in line]) == 1
    assert school.sofia.toasts() == ["Le brouillon attend dans le sujet « FAQ »."]
