"""Questions that no entry answers: kept, counted together, and given to an entry in one touch."""

from tests.conversations.teaching import School
from tests.conversations.world import labels


async def test_alike_questions_are_counted_together(school: School) -> None:
    """Three people ask the same in other words: one line, the most frequent first."""
    await school.world.person("Amina").says("où acheter un vélo d'occasion")
    await school.world.person("Samia").says("comment faire garder mon chien")
    await school.world.person("Lina").says("acheter vélo occasion")
    await school.world.person("Omar").says("un velo d'ocasion pour acheter")
    await school.claire.writes_in_general("/inconnues")
    first, second = school.reads()
    assert first == (
        "« où acheter un vélo d'occasion »\n"
        "Demandé 3 fois par 3 personnes. La dernière fois le 23 novembre 2026."
    )
    assert second.startswith("« comment faire garder mon chien »\nDemandé par une personne")
    assert school.world.general()[-1] == "La suite est dans le sujet « FAQ »."


async def test_a_refused_answer_is_a_question_without_one(school: School) -> None:
    """« Non » after an answer, « Aucune de celles-là » after a choice: both are listed."""
    amina = await school.asks("demander les apl", "Amina")
    await amina.touches("Non")
    await school.claire.writes_in_general("/inconnues")
    assert "« demander les apl »" in school.reads()[0]


async def test_a_question_handed_over_is_listed(school: School) -> None:
    """She calls a person, then writes her question: it is listed; what follows is not."""
    amina = await school.asks("parler à quelqu'un", "Amina")
    await amina.says("je voudrais passer le permis bateau")
    await amina.says("vous êtes encore là ce soir ?")
    await school.claire.writes_in_general("/inconnues")
    (only,) = school.reads()
    assert "permis bateau" in only


async def test_thanks_are_no_question(school: School) -> None:
    """« Merci madame » to the team is not the question handed over: the next words are."""
    amina = await school.asks("parler à quelqu'un", "Amina")
    await amina.says("bonjour madame")
    await amina.says("merci madame")
    await amina.says("je voudrais passer le permis bateau")
    await school.claire.writes_in_general("/inconnues")
    (only,) = school.reads()
    assert "permis bateau" in only


async def test_what_an_entry_gives_to_the_team_is_answered(school: School) -> None:
    """An entry hands her question to a person: neither it nor what follows lacks an entry."""
    school.files.change(
        "content/aides.yml", "telephone: caf", "telephone: caf\n    toujours_humain: oui"
    )
    school.world.faq.reload()
    amina = await school.asks("demander les apl", "Amina")
    await amina.says("mon dossier est chez vous depuis mardi")
    await school.claire.writes_in_general("/inconnues")
    assert school.reads() == ["Aucune question n'attend une réponse."]


async def test_danger_is_never_listed(school: School) -> None:
    """Words of danger stay with the team of the person: no list bears them."""
    await school.asks("je n'ai plus envie de vivre depuis hier", "Amina")
    await school.claire.writes_in_general("/inconnues")
    assert school.reads() == ["Aucune question n'attend une réponse."]


async def test_private_numbers_are_masked(school: School) -> None:
    """A number in a question is masked in the list, as everywhere."""
    await school.world.person("Amina").says("mon voisin au 06 12 34 56 78 fait du bruit la nuit")
    await school.claire.writes_in_general("/inconnues")
    assert "06 12" not in school.reads()[0]
    assert "•" in school.reads()[0]


async def test_it_is_that_entry(school: School) -> None:
    """« C'est la fiche… », an entry, « Valider » by another: the words find it from now on."""
    await school.world.person("Amina").says("papier pour le proprio et la caisse")
    await school.claire.writes_in_general("/inconnues")
    await school.touches(school.claire, "C'est la fiche…")
    await school.replies(school.claire, "aide pour mon loyer")
    entry = next(label for label in labels(school.messages()[-1]) if "APL" in label)
    await school.touches(school.claire, entry)
    assert "Formulation : « papier pour le proprio et la caisse »" in school.reads()[-1]
    assert "c'est écrit dans content/aides.yml" in await school.publishes(school.sofia)
    samia = await school.asks("papier pour le proprio et la caisse", "Samia")
    assert "Aide au logement (APL)" in samia.reads()[-1]
    await school.claire.writes_in_general("/inconnues")
    assert school.reads()[-1] == "Aucune question n'attend une réponse."


async def test_a_new_entry(school: School) -> None:
    """« Nouvelle fiche », the answer in reply: a draft with the question, then an entry."""
    await school.world.person("Amina").says("où acheter un vélo d'occasion")
    await school.claire.writes_in_general("/inconnues")
    await school.touches(school.claire, "Nouvelle fiche")
    await school.replies(school.claire, "Allez à l'atelier vélo de la ville.")
    assert "Titre : Où acheter un vélo" in school.reads()[-1]
    await school.publishes(school.sofia)
    lina = await school.asks("acheter un vélo d'occasion")
    assert "Allez à l'atelier vélo de la ville." in lina.reads()[-1]


async def test_a_person_rather_than_a_choice(school: School) -> None:
    """Shown three questions, Amina asks for a person: what she asked is listed."""
    amina = await school.asks("mot de passe perdu", "Amina")
    assert "2. Mot de passe ameli" in amina.buttons()
    await amina.touches("Parler à quelqu'un")
    await school.claire.writes_in_general("/inconnues")
    assert school.reads()[-1].startswith("« mot de passe perdu »\nDemandé par une personne")


async def test_a_reply_that_becomes_an_entry_settles_the_question(school: School) -> None:
    """« Ajouter à la FAQ » takes the question off the list; refused, it is there again."""
    amina = await school.asks("où acheter un vélo d'occasion", "Amina")
    await amina.touches("Parler à quelqu'un")
    await school.claire.writes("Amina", "Allez à l'atelier vélo de la ville le samedi.")
    for touched, left in (
        ("Refuser", "« où acheter un vélo d'occasion »\nDemandé par une personne"),
        ("Valider", "Aucune question n'attend une réponse."),
    ):
        await school.claire.touches("Amina", "Ajouter à la FAQ")
        await school.claire.writes_in_general("/inconnues")
        assert school.reads()[-1] == "Aucune question n'attend une réponse."
        await school.touches(school.sofia, touched)
        await school.claire.writes_in_general("/inconnues")
        assert school.reads()[-1].startswith(left)


async def test_ignored(school: School) -> None:
    """« Ignorer »: the question leaves the list, and does not come back when asked again."""
    await school.world.person("Amina").says("où acheter un vélo d'occasion")
    await school.claire.writes_in_general("/inconnues")
    await school.touches(school.claire, "Ignorer")
    await school.world.person("Lina").says("acheter vélo occasion")
    await school.claire.writes_in_general("/inconnues")
    assert school.reads()[-1] == "Aucune question n'attend une réponse."


async def test_a_refused_draft_puts_the_question_back(school: School) -> None:
    """The draft is refused: its question is to be answered again."""
    await school.world.person("Amina").says("où acheter un vélo d'occasion")
    await school.claire.writes_in_general("/inconnues")
    await school.touches(school.claire, "Nouvelle fiche")
    await school.replies(school.claire, "Allez à l'atelier vélo de la ville.")
    await school.touches(school.sofia, "Refuser")
    await school.writes(school.sofia, "/inconnues")
    assert "vélo d'occasion" in school.reads()[-1]


async def test_six_questions_come_on_two_pages(school: School) -> None:
    """Five at a time, then « Voir la suite »."""
    subjects = ("tondeuse", "piscine", "guitare", "parapluie", "casserole", "balançoire")
    for subject in subjects:
        await school.world.person(f"P{subject}").says(f"réparer une {subject} cassée")
    await school.claire.writes_in_general("/inconnues")
    assert len(school.reads()) == 5
    await school.touches(school.claire, "Voir la suite")
    assert len(school.reads()) == 6


async def test_erased_words_leave_the_list(school: School) -> None:
    """Amina erases everything: her words are in no list any more."""
    amina = await school.asks("où acheter un vélo d'occasion", "Amina")
    await amina.says("tout effacer")
    await amina.touches("Oui, tout effacer")
    await school.claire.writes_in_general("/inconnues")
    assert school.reads() == ["Aucune question n'attend une réponse."]


async def test_words_that_people_choose_an_entry_for(school: School) -> None:
    """Two people choose the same entry for the same words: one touch proposes the phrasing."""
    for name in ("Amina", "Lina"):
        person = school.world.person(name)
        await person.says("mot de passe perdu")
        await person.touches("2. Mot de passe ameli")
    await school.claire.writes_in_general("/inconnues")
    (question,) = school.reads()
    assert question.startswith("« mot de passe perdu »\nDemandé 2 fois par 2 personnes.")
    assert question.endswith("Les personnes ont choisi la fiche « Mot de passe ameli ».")
    await school.touches(school.claire, "Ajouter ces mots")
    assert "Formulation : « mot de passe perdu »" in school.reads()[-1]
