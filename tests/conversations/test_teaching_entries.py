"""`/faq mot`: an entry is found, sent in one touch, and given a caseworker's voice."""

import pytest

from tests.conversations.teaching import School
from tests.conversations.world import Person, labels, text


@pytest.fixture(name="amina", autouse=True)
async def _amina(school: School) -> Person:
    """Amina has asked for a person: she has a topic."""
    return await school.asks("parler à quelqu'un", "Amina")


async def test_found_and_sent(school: School, amina: Person) -> None:
    """In a person's topic, the best entry in full; one touch sends it as Claire's reply."""
    await school.claire.writes("Amina", "/faq apl")
    shown = school.claire.topic("Amina")[-1]
    assert "Aide au logement (APL)" in text(shown)
    assert labels(shown)[0] == "Envoyer à Amina"
    before = len(amina.messages())
    await school.claire.touches("Amina", "Envoyer à Amina")
    told, sent = amina.messages()[before:]
    assert text(told).startswith("Claire vous répond")
    assert "Voici la réponse." in text(sent)
    assert labels(sent) == ["Ouvrir caf.fr", "Parler à quelqu'un"]
    assert "Claire a envoyé la fiche « Aide au logement (APL) »." in school.claire.reads("Amina")


async def test_a_second_touch_sends_nothing(school: School, amina: Person) -> None:
    """Two touches in a row: the person reads the answer once."""
    await school.claire.writes("Amina", "/faq apl")
    await school.claire.touches("Amina", "Envoyer à Amina")
    before = len(amina.messages())
    await school.claire.touches("Amina", "Envoyer à Amina")
    assert len(amina.messages()) == before
    assert "Cette fiche vient d'être envoyée." in school.claire.toasts()


async def test_another_entry(school: School) -> None:
    """« Voir : … » shows one of the next best, to be sent in its turn."""
    await school.claire.writes("Amina", "/faq mot de passe caf")
    other = next(name for name in labels(school.claire.topic("Amina")[-1]) if "ameli" in name)
    await school.claire.touches("Amina", other)
    assert "Mot de passe ameli" in school.claire.reads("Amina")[-1]


async def test_nothing_found(school: School, amina: Person) -> None:
    """A word of no entry, or no word at all: a sentence, and nothing to the person."""
    before = len(amina.messages())
    await school.claire.writes("Amina", "/faq xylophone")
    assert school.claire.reads("Amina")[-1] == "Aucune fiche pour « xylophone »."
    await school.claire.writes("Amina", "/faq")
    assert "Écrivez /faq et un mot." in school.claire.reads("Amina")[-1]
    assert len(amina.messages()) == before


async def test_in_general_the_entry_is_in_the_topic(school: School) -> None:
    """Without a person there is nobody to send it to: no « Envoyer »."""
    await school.claire.writes_in_general("/faq apl")
    assert "Aide au logement (APL)" in school.reads()[-1]
    assert not any("Envoyer" in label for label in labels(school.messages()[-1]))


async def _give_voice(school: School) -> None:
    await school.claire.writes("Amina", "/faq apl")
    shown = school.claire.topic("Amina")[-1]
    await school.claire.sends("Amina", "voice", reply_to=shown["message_id"])


async def test_a_voice_is_not_sent_to_the_person(school: School, amina: Person) -> None:
    """A voice note in reply to an entry stays with the team, and waits in the topic « FAQ »."""
    before = len(amina.messages())
    await _give_voice(school)
    assert len(amina.messages()) == before
    assert "La personne n'a pas reçu cette voix." in school.claire.reads("Amina")[-1]
    heard, _ = school.messages()[-2:]
    assert "voice" in heard
    assert text(heard) == "La voix proposée pour la fiche « Aide au logement (APL) »."
    assert "Durée : 3 secondes. Écoutez-la avant de valider." in school.reads()[-1]


async def test_a_voice_becomes_a_button(school: School) -> None:
    """Approved by another, it is announced with its length, and it is heard."""
    await _give_voice(school)
    assert "Écoutez-la avant de valider.\nVoix de Claire." in school.reads()[-1]
    await school.touches(school.claire, "Valider")
    assert "Une autre personne doit valider. C'est votre voix." in school.claire.toasts()
    assert "c'est écrit dans content/aides.yml" in await school.publishes(school.sofia)
    lina = await school.asks("demander les apl")
    assert "Écouter (3 s)" in lina.buttons()
    await lina.touches("Écouter (3 s)")
    heard = lina.messages()[-1]
    assert "voice" in heard
    assert text(heard) == "Aide au logement (APL), dit par Claire."


async def test_an_entry_past_its_date_takes_no_voice(school: School, amina: Person) -> None:
    """People would not hear it: Claire is told to read the entry again first; no draft is made."""
    school.files.change("content/aides.yml", "2027-02-14", "2026-10-14")
    school.world.faq.reload()
    before = len(amina.messages())
    await school.claire.writes("Amina", "/faq apl")
    assert "Pas encore de voix : cette fiche est ancienne." in school.claire.reads("Amina")[-1]
    await _give_voice(school)
    assert "Pas encore de voix : cette fiche est ancienne." in school.claire.reads("Amina")[-1]
    assert len(amina.messages()) == before
    assert not [t for t in school.world.engine.topics(school.world.group) if t["name"] == "FAQ"]


async def test_any_other_voice_goes_to_the_person(school: School, amina: Person) -> None:
    """A voice note that replies to nothing is Claire's answer, as ever."""
    await school.claire.sends("Amina", "voice")
    assert "voice" in amina.messages()[-1]


async def test_a_voice_that_telegram_lost(school: School) -> None:
    """The file is another robot's, or gone: she is told, and the written answer stays."""
    school.files.change(
        "content/aides.yml",
        "telephone: caf",
        "telephone: caf\n    audio: {fichier: AwACAgQAAxkDAAIlost, duree: 9, auteur: Claire}",
    )
    school.world.faq.reload()
    lina = await school.asks("demander les apl")
    await lina.touches("Écouter (9 s)")
    assert "Je n'ai pas pu envoyer le son." in lina.reads()[-1]


async def test_the_steps_are_shown(school: School) -> None:
    """« Voir les images »: each step that has a picture, with its words under it."""
    school.draw_a_step()
    lina = await school.asks("demander les apl")
    await lina.touches("Voir les images")
    seen = lina.messages()[-1]
    assert "photo" in seen
    assert text(seen) == "2. Touchez Mon compte."


async def test_her_language(school: School) -> None:
    """A phone in English gets « English » where somebody translated; a French one does not."""
    english = "traductions: {en: {reponse: Ask online., relu_par: Kate, relu_le: 2026-05-01}}"
    school.files.change("content/aides.yml", "telephone: caf", f"telephone: caf\n    {english}")
    school.world.faq.reload()
    john = school.world.person("John")
    john.user["language_code"] = "en-GB"
    await john.says("demander les apl")
    await john.touches("English")
    assert john.reads()[-1].startswith("Ask online.\nSource : caf.fr")
    lina = await school.asks("demander les apl")
    assert "English" not in lina.buttons()


async def test_another_wording(school: School) -> None:
    """A text in reply to an entry, in the topic « FAQ »: its new answer, once approved."""
    await school.claire.writes_in_general("/faq apl")
    await school.replies(school.claire, "Demandez l’aide sur caf.fr.")
    assert "une autre réponse" in school.reads()[-1]
    assert "c'est écrit dans content/aides.yml" in await school.publishes(school.sofia)
    lina = await school.asks("demander les apl")
    assert "\nDemandez l'aide sur caf.fr.\n" in lina.reads()[-1]


async def test_a_text_in_her_topic_goes_to_her(school: School, amina: Person) -> None:
    """In reply to an entry or not, what Claire writes in Amina's topic reaches Amina."""
    await school.claire.writes("Amina", "/faq apl")
    shown = school.claire.topic("Amina")[-1]
    await school.claire.writes("Amina", "Lisez ceci.", reply_to=shown["message_id"])
    assert text(amina.messages()[-1]) == "Lisez ceci."


async def test_a_voice_is_recorded_again(school: School) -> None:
    """A voice note in reply to the draft of a voice takes its place; a text says how."""
    await _give_voice(school)
    draft = school.messages()[-1]
    await school.replies(school.sofia, "Plus lentement ?", draft)
    assert school.reads()[-1] == "Votre voix : répondez à ce message par un message vocal."
    school.world.engine.send(
        school.sofia.user,
        school.sofia.chat,
        "voice",
        topic=school.topic()["id"],
        reply_to=draft["message_id"],
    )
    await school.world.settle()
    assert "Voix de Sofia." in school.reads()[-1]
    await school.touches(school.sofia, "Valider")
    assert "Une autre personne doit valider. C'est votre voix." in school.sofia.toasts()
    await school.touches(school.claire, "Valider")
    assert "auteur: Sofia" in (school.files.folder / "content/aides.yml").read_text()


async def test_a_wording_leaves_the_voice_behind(school: School) -> None:
    """The entry has a voice: who approves another wording reads that it says the old one."""
    voice = "audio: {fichier: AwACAgQAAxkDAAIbc, duree: 9, auteur: Claire}"
    school.files.change("content/aides.yml", "telephone: caf", f"telephone: caf\n    {voice}")
    school.world.faq.reload()
    await school.claire.writes_in_general("/faq apl")
    await school.replies(school.claire, "Demandez l'aide sur caf.fr.")
    assert "La voix et les traductions de cette fiche disent l'ancienne" in school.reads()[-1]


async def test_a_wording_leaves_the_steps(school: School) -> None:
    """The entry has steps: who approves another wording reads that they stay below it."""
    steps = "reponse: Voici.\n    etapes: [Ouvrez caf.fr.]"
    school.files.change("content/aides.yml", "reponse: Voici la réponse.", steps)
    school.world.faq.reload()
    await school.claire.writes_in_general("/faq apl")
    await school.replies(school.claire, "Demandez l'aide sur caf.fr.")
    assert "Les étapes de cette fiche restent." in school.reads()[-1]
    await school.touches(school.sofia, "Valider")
    assert "c'est écrit" in school.reads()[-1]


async def test_the_sound_comes_with_its_draft(school: School) -> None:
    """« Écoutez-la avant de valider »: « /brouillons » brings the voice again with its buttons."""
    await _give_voice(school)
    school.world.engine.delete_topic(school.world.group, school.topic()["id"])
    await school.claire.writes_in_general("/brouillons")
    sound, draft = school.messages()[-2:]
    assert "voice" in sound
    assert "Valider" in labels(draft)
