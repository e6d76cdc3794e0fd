"""A caseworker's reply becomes an answer of the robot, when a second caseworker agrees."""

from pathlib import Path

import pytest

from bot.texts import Texts
from tests.conversations.teaching import School
from tests.conversations.world import Person, labels
from tests.faq.small_faq import SERVICE

QUESTION = "comment avoir la carte de bus gratuite"
REPLY = "Bonjour Amina, demandez la carte à la mairie. Apportez une photo et une preuve d'adresse."
ANSWER = "Demandez la carte à la mairie. Apportez une photo et une preuve d'adresse."


async def _ask_and_answer(school: School) -> Person:
    """Amina asks what the robot does not know, Claire answers her."""
    amina = await school.asks(QUESTION, "Amina")
    await amina.touches("Parler à quelqu'un")
    await school.claire.writes("Amina", REPLY)
    return amina


async def test_a_reply_becomes_an_answer(school: School) -> None:
    """« Ajouter à la FAQ », « Valider » by another: the file has it, and the robot answers it."""
    await _ask_and_answer(school)
    await school.claire.touches("Amina", "Ajouter à la FAQ")
    draft = school.reads()[-1]
    assert "Brouillon n° 1 : nouvelle fiche" in draft
    assert "Question : Comment avoir la carte de bus gratuite" in draft
    assert f"Réponse :\n{ANSWER}\nÉcrit par Claire." in draft
    assert "À corriger" not in draft
    assert "Amina" not in draft
    assert "c'est écrit dans content/" in await school.publishes(school.sofia)
    samia = await school.asks("carte de bus gratuite", "Samia")
    answer = samia.reads()[-1]
    assert ANSWER in answer
    assert "réponse de Claire, vérifié le 23 novembre 2026" in answer


async def test_who_wrote_it_does_not_approve_it(school: School) -> None:
    """Two pairs of eyes: Claire cannot validate her own draft; nothing is written."""
    await _ask_and_answer(school)
    before = {name: (school.files.folder / name).read_bytes() for name in school.files.files}
    await school.claire.touches("Amina", "Ajouter à la FAQ")
    await school.touches(school.claire, "Valider")
    assert "Une autre personne doit valider. Vous avez écrit ce texte." in school.claire.toasts()
    assert before == {n: (school.files.folder / n).read_bytes() for n in school.files.files}
    await school.touches(school.sofia, "Valider")
    assert "c'est écrit" in school.reads()[-1]


async def test_a_team_of_one(tmp_path: Path, texts: Texts) -> None:
    """`validation: seul`: who wrote it may validate it."""
    school = await School.open(tmp_path, texts, **{"service.yml": f"{SERVICE}validation: seul\n"})
    await _ask_and_answer(school)
    await school.claire.touches("Amina", "Ajouter à la FAQ")
    assert "Validez pour l'écrire dans la FAQ." in school.reads()[-1]
    await school.touches(school.claire, "Valider")
    assert "c'est écrit" in school.reads()[-1]
    await school.world.stop()


async def test_the_button_is_offered_once(school: School) -> None:
    """A second long reply of the same request brings no second button."""
    await _ask_and_answer(school)
    await school.claire.writes("Amina", "Vous pouvez aussi y aller le samedi matin avec la photo.")
    offers = [m for m in school.claire.topic("Amina") if "Ajouter à la FAQ" in labels(m)]
    assert len(offers) == 1


async def test_any_reply_by_command(school: School) -> None:
    """« /ajouter » in reply to one's own reply makes a draft of that very reply."""
    await _ask_and_answer(school)
    later = await school.claire.writes("Amina", "La mairie ouvre le samedi.")
    await school.claire.writes("Amina", "/ajouter", reply_to=later["message_id"])
    assert "Réponse :\nLa mairie ouvre le samedi." in school.reads()[-1]
    assert school.claire.reads("Amina")[-1] == "Le brouillon attend dans le sujet « FAQ »."


async def test_ajouter_needs_a_reply(school: School) -> None:
    """Alone, or on the person's own words, « /ajouter » says what to do and sends nothing."""
    await _ask_and_answer(school)
    await school.claire.writes("Amina", "/ajouter")
    assert "Répondez à votre réponse" in school.claire.reads("Amina")[-1]


async def test_a_draft_is_corrected_by_replies(school: School) -> None:
    """« titre : », « thème : », or the whole answer; then who corrected it does not approve it."""
    await _ask_and_answer(school)
    await school.claire.touches("Amina", "Ajouter à la FAQ")
    await school.replies(school.sofia, "titre : Carte de bus\nthème : Comptes")
    assert "Titre : Carte de bus\n" in school.reads()[-1]
    assert "Thème : Comptes\n" in school.reads()[-1]
    await school.replies(school.sofia, "Allez à la mairie.\nPrenez une photo.")
    assert (
        "Réponse :\nAllez à la mairie.\nPrenez une photo.\nÉcrit par Sofia." in school.reads()[-1]
    )
    await school.touches(school.sofia, "Valider")
    assert "Une autre personne doit valider. Vous avez écrit ce texte." in school.sofia.toasts()
    await school.touches(school.claire, "Valider")
    assert "c'est écrit dans content/comptes.yml" in school.reads()[-1]


async def test_a_theme_that_is_not_there(school: School) -> None:
    """« thème : vélo » names the themes there are; title and question are to be read again."""
    await _ask_and_answer(school)
    await school.claire.touches("Amina", "Ajouter à la FAQ")
    assert "Relisez le titre et la question. Les personnes les lisent." in school.reads()[-1]
    await school.replies(school.claire, "thème : vélo")
    assert (
        "– Le thème « vélo » n'existe pas.\n– Les thèmes : Comptes, Aides." in school.reads()[-1]
    )


async def test_the_buttons_of_an_old_wording_do_nothing(school: School) -> None:
    """What Sofia validates is what she reads: an old screen says that the draft changed."""
    await _ask_and_answer(school)
    await school.claire.touches("Amina", "Ajouter à la FAQ")
    (first,) = [m for m in school.messages() if "Valider" in labels(m)]
    await school.replies(school.claire, "Allez à la mairie avec une photo.")
    school.world.engine.press(school.sofia.user, school.sofia.chat, first["message_id"], "Valider")
    await school.world.settle()
    assert "Ce brouillon a changé. Lisez le dernier message." in school.sofia.toasts()
    assert not any("c'est écrit" in line for line in school.reads())


@pytest.mark.parametrize(
    ("reply", "fault"),
    [
        ("Tu dois demander la carte de bus à la mairie, avec ta photo.", "Écrivez « vous »"),
        ("Mme Amina, pour Amina la carte se demande en mairie le lundi.", "prénom « Amina »"),
        ("Demandez la carte à la mairie. " * 12, "« reponse » : 371 caractères, 300 au plus."),
        (
            "Appelez ma collègue au 06 12 34 56 78 pour demander votre carte de bus.",
            "Un numéro privé est masqué",
        ),
    ],
)
async def test_what_must_be_corrected_first(school: School, reply: str, fault: str) -> None:
    """« tu », a first name, too many words, a masked number: said, and not validated."""
    amina = await school.asks(QUESTION, "Amina")
    await amina.touches("Parler à quelqu'un")
    await school.claire.writes("Amina", reply)
    await school.claire.touches("Amina", "Ajouter à la FAQ")
    assert fault in school.reads()[-1]
    await school.touches(school.sofia, "Valider")
    assert "Corrigez d'abord. Répondez au brouillon." in school.sofia.toasts()


async def test_a_draft_is_refused(school: School) -> None:
    """« Refuser »: nothing is written, and who refused is told to all."""
    await _ask_and_answer(school)
    await school.claire.touches("Amina", "Ajouter à la FAQ")
    await school.touches(school.sofia, "Refuser")
    assert "Brouillon n° 1 refusé par Sofia. Rien n'est écrit." in school.reads()[-1]
    await school.touches(school.claire, "Valider")
    assert "Ce brouillon est déjà traité." in school.claire.toasts()


async def test_a_broken_file_refuses_the_draft(school: School) -> None:
    """Another file has an error: nothing is written, the reason is said, the draft waits."""
    await _ask_and_answer(school)
    await school.claire.touches("Amina", "Ajouter à la FAQ")
    school.files.write("content/aides.yml", "theme: aides\n  titre: x\n")
    await school.touches(school.sofia, "Valider")
    told = school.reads()
    assert "rien n'est écrit" in told[-2]
    assert "aides.yml" in told[-2]
    assert "Brouillon n° 1" in told[-1]
    assert "Valider" in labels(school.messages()[-1])


async def test_a_disk_that_is_thrown_away(school: School) -> None:
    """Where nothing stays, the button says so at once, and no draft is made."""
    await _ask_and_answer(school)
    await school.world.stop()
    school.world.writer._kept_disk = lambda: "Ce disque est effacé chaque jour."
    await school.world.start()
    await school.claire.touches("Amina", "Ajouter à la FAQ")
    assert "Ce disque est effacé chaque jour." in school.claire.toasts()
    assert not [t for t in school.world.engine.topics(school.world.group) if t["name"] == "FAQ"]


async def test_a_stop_before_writing_loses_nothing(school: School) -> None:
    """Validated, then the robot restarts: the draft is written at the next start, once."""
    await _ask_and_answer(school)
    await school.claire.touches("Amina", "Ajouter à la FAQ")
    school.world.runtime._publisher.stop()
    await school.world.until(lambda: school.world.runtime._publisher._is_stopping)
    (draft,) = [m for m in school.messages() if "Valider" in labels(m)]
    school.world.engine.press(school.sofia.user, school.sofia.chat, draft["message_id"], "Valider")
    await school.world.until(lambda: bool(school.sofia.toasts()))
    await school.world.restart()
    assert "c'est écrit" in school.reads()[-1]
    assert sum(QUESTION in p.read_text() for p in school.files.directory.glob("*.yml")) == 1


async def test_a_deleted_topic_is_opened_again(school: School) -> None:
    """Somebody deleted the topic « FAQ »: the next draft opens it again."""
    await _ask_and_answer(school)
    await school.claire.touches("Amina", "Ajouter à la FAQ")
    school.world.engine.delete_topic(school.world.group, school.topic()["id"])
    await school.claire.writes_in_general("/brouillons")
    assert "Brouillon n° 1" in school.reads()[-1]


async def test_words_of_the_draft_leave_with_the_person(school: School) -> None:
    """Amina erases everything: the draft that holds her question is gone."""
    amina = await _ask_and_answer(school)
    await school.claire.touches("Amina", "Ajouter à la FAQ")
    await amina.touches("Reprendre le robot")
    await amina.says("tout effacer")
    await amina.touches("Oui, tout effacer")
    await school.claire.writes_in_general("/brouillons")
    assert school.reads()[-1] == "Aucun brouillon n'attend."
    assert QUESTION not in school.world.database.read_bytes().decode(errors="ignore")
