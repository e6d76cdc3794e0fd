"""Which words go into a draft, and from there into the files: only those that somebody read."""

from pathlib import Path

import pytest

from bot.texts import Texts
from tests.conversations.teaching import School
from tests.conversations.world import Person

QUESTION = "comment avoir la carte de bus gratuite"
REPLY = "Demandez la carte à la mairie. Apportez une photo et une preuve d'adresse."


async def _teach(
    school: School, reply: str = REPLY, name: str = "Amina", question: str = QUESTION
) -> Person:
    """She asks, Claire answers in those words, and makes a draft of it."""
    person = school.world.person(name)
    await person.says(question)
    await person.touches("Parler à quelqu'un")
    await school.claire.writes(name, reply)
    await school.claire.touches(name, "Ajouter à la FAQ")
    return person


def _files(school: School) -> str:
    """All that stands in the files of the themes."""
    return "\n".join(path.read_text() for path in school.files.directory.glob("*.yml"))


async def test_words_that_were_replaced_are_not_written(school: School) -> None:
    """A question that names somebody is corrected: the first words are in no file."""
    await _teach(school, question="Amina Diallo rue des Lilas cherche la carte de bus")
    await school.replies(school.sofia, "question : Comment avoir la carte de bus ?")
    await school.replies(school.sofia, "titre : Carte de bus")
    await school.touches(school.claire, "Valider")
    assert "c'est écrit" in school.reads()[-1]
    is_written = "Lilas" in _files(school)
    assert not is_written


@pytest.mark.parametrize(
    ("reply", "answer"),
    [
        ("Bonjour il faut aller à la mairie. Apportez une photo.", "Il faut aller à la mairie."),
        ("Bonjour, la mairie s'en occupe le matin. Venez.", "La mairie s'en occupe le matin."),
        ("Bonjour Mme Diallo, la mairie s'en occupe le matin.", "La mairie s'en occupe le matin."),
        ("Bonsoir Amina ! La mairie s'en occupe le matin.", "La mairie s'en occupe le matin."),
        ("Bonjour Amina la mairie s'en occupe le matin.", "La mairie s'en occupe le matin."),
    ],
)
async def test_only_the_greeting_is_taken_off(school: School, reply: str, answer: str) -> None:
    """« Bonjour » without a comma takes no sentence away with it."""
    await _teach(school, reply)
    assert f"Réponse :\n{answer}" in school.reads()[-1]


@pytest.mark.parametrize("name", ["😀😀", "France", "Caf"])
async def test_a_name_that_is_a_word_stops_nothing(school: School, name: str) -> None:
    """A first name of emojis, or one that the FAQ says anyway: the draft can be approved."""
    reply = "Demandez la carte à France Travail ou à la CAF, avec une photo."
    await _teach(school, reply, name)
    assert "À corriger" not in school.reads()[-1]


async def test_il_y_a_t_il_is_no_tu(school: School) -> None:
    """« A-t-on », « y a-t-il » address nobody as « tu »; « t'es » does."""
    await _teach(school, "Demandez à la mairie s'il y a une carte. Sinon, où y a-t-il une aide ?")
    assert "À corriger" not in school.reads()[-1]
    await school.replies(school.sofia, "Demandez quand t’es à la mairie.")
    assert "Écrivez « vous », pas « t' »." in school.reads()[-1]


async def test_a_long_first_name(tmp_path: Path, texts: Texts) -> None:
    """A caseworker whose name at Telegram is long teaches like any other."""
    school = await School.open(tmp_path, texts)
    school.claire.user["first_name"] = "Claire, assistante sociale du secteur nord et centre ✨"
    await _teach(school)
    await school.touches(school.sofia, "Valider")
    assert "c'est écrit" in school.reads()[-1]
    await school.world.stop()


async def test_signs_that_nobody_sees(school: School) -> None:
    """A number or a name copied from a phone brings direction marks: they stop nothing."""
    school.claire.user["first_name"] = "\u2068Claire\u2069"
    await _teach(school, "Allez à la \u2068mairie du centre\u2069 avec une photo\tet la carte.")
    await school.touches(school.sofia, "Valider")
    assert "c'est écrit" in school.reads()[-1]


async def test_a_corrected_reply_is_taught_as_corrected(school: School) -> None:
    """Claire corrects a mistake by editing her message: the draft has what Amina reads now."""
    amina = await school.asks(QUESTION, "Amina")
    await amina.touches("Parler à quelqu'un")
    sent = await school.claire.writes("Amina", REPLY)
    await school.claire.edits(sent, text=REPLY.replace("mairie", "gare"))
    await school.claire.touches("Amina", "Ajouter à la FAQ")
    assert "Demandez la carte à la gare." in school.reads()[-1]


async def test_a_reply_taken_back_is_not_taught(school: School) -> None:
    """What became a note is no reply any more: no draft is made of it."""
    amina = await school.asks(QUESTION, "Amina")
    await amina.touches("Parler à quelqu'un")
    sent = await school.claire.writes("Amina", REPLY)
    await school.claire.edits(sent, text=f"// {REPLY}")
    await school.claire.touches("Amina", "Ajouter à la FAQ")
    assert "Seul un texte envoyé à la personne" in school.claire.toasts()[-1]


async def test_words_of_danger_are_no_question(school: School) -> None:
    """What Amina wrote in danger was relayed to her topic: no draft is made of it."""
    amina = await school.asks("parler à quelqu'un", "Amina")
    await amina.says("je n'ai plus envie de vivre depuis hier")
    sent = await school.claire.writes("Amina", REPLY)
    await school.claire.writes("Amina", "/ajouter", reply_to=sent["message_id"])
    draft = school.reads()[-1]
    assert "plus envie" not in draft
    assert "« question » est vide." in draft


async def test_a_very_long_reply_says_what_is_wrong(school: School) -> None:
    """Too long for one message at Telegram: what must be corrected is still read."""
    await _teach(school, "Apportez une photo et une preuve d'adresse. " * 90)
    assert "300 au plus" in school.reads()[-1]
    assert "Pour corriger, répondez à ce message." in school.reads()[-1]


async def test_a_title_that_is_taken_meanwhile(school: School) -> None:
    """Two drafts of one title: the second is refused, and can be written under another."""
    await _teach(school)
    await _teach(school, f"{REPLY} Le samedi aussi.", "Lina")
    school.world.runtime._publisher.stop()
    first, second = [m for m in school.messages() if "nouvelle fiche" in m.get("text", "")]
    for draft in (first, second):
        school.world.engine.press(
            school.sofia.user, school.sofia.chat, draft["message_id"], "Valider"
        )
    await school.world.until(lambda: len(school.sofia.toasts()) == 2)
    await school.world.restart()
    assert "Changez le titre." in "\n".join(school.reads())
    await school.replies(school.claire, "titre : Bus le samedi\nquestion : Qui prend le tram ?")
    await school.touches(school.sofia, "Valider")
    assert "Brouillon n° 2 : c'est écrit" in school.reads()[-1]
