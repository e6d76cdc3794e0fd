"""The topic of a person: its title, its card, and how a request begins and ends."""

from datetime import timedelta

from tests.conversations.world import CLOSED, Caseworker, World, labels, text

TEAM = "l'équipe de l'Association Exemple"


def title(world: World, name: str = "Amina") -> str:
    """What the topic of a person is called now."""
    return str(world.topic_of(name)["name"])


async def test_the_first_handoff_takes_three_calls(world: World, claire: Caseworker) -> None:
    """Topic, card, pin: nothing else is written in a group that takes 18 calls a minute."""
    amina = world.person("Amina")
    await amina.says("Bonjour")
    before = len(world.engine.ledger)
    await amina.says("Parler à quelqu'un")
    calls = [c for c in list(world.engine.ledger)[before:] if c.parameters.get("chat_id", 0) < 0]
    assert [c.method for c in calls] == ["createForumTopic", "sendMessage", "pinChatMessage"]
    assert title(world) == "à traiter · Amina · n° 1"


async def test_the_number_she_is_told_is_the_number_of_her_topic(
    world: World, claire: Caseworker
) -> None:
    """On the phone she says her number: the team finds her topic by it, for every request."""
    await world.person("Karim").says("Bonjour")
    amina = world.person("Amina")
    await amina.says("Parler à quelqu'un")
    assert "n° 2" in amina.reads()[-1]
    assert title(world).endswith("n° 2")
    await claire.touches("Amina", "Terminer")
    await amina.says("Parler à quelqu'un")
    assert "n° 2" in amina.reads()[-1]


async def test_the_card_says_what_the_robot_tried(world: World, claire: Caseworker) -> None:
    """First name, language, her words with their hour, theme, proposed, refused, and buttons."""
    amina = world.person("Amina")
    await amina.says("j'ai perdu mon mot de passe caf")
    await amina.touches("Non")
    await amina.says("Parler à quelqu'un")
    (card,) = [m for m in claire.topic("Amina") if labels(m)]
    assert labels(card) == ["Je m'en occupe", "Terminer", "Rendre au robot"]
    assert card["_pinned"]
    said = text(card)
    assert said.startswith("Amina · n° 1\n")
    for words in (
        "Demande du 23 novembre 2026 à 10 h : la personne veut parler à quelqu'un",
        "Personne ne s'en occupe encore.",
        "10 h",
        "« j'ai perdu mon mot de passe caf »",
        "Thème : ",
        "Le robot a proposé : ",
        "La personne a refusé : ",
        "Langue du téléphone : français",
    ):
        assert words in said


async def test_the_title_follows_the_request(world: World, claire: Caseworker) -> None:
    """À traiter, en cours, terminée: the list of topics is the list of requests."""
    amina = world.person("Amina")
    await amina.says("Parler à quelqu'un")
    assert title(world) == "à traiter · Amina · n° 1"
    await claire.touches("Amina", "Je m'en occupe")
    assert title(world) == "en cours · Amina · n° 1"
    await claire.touches("Amina", "Terminer")
    assert title(world) == "terminée · Amina · n° 1"


async def test_one_caseworker_takes_a_request(world: World, claire: Caseworker) -> None:
    """« Je m'en occupe » is for one: the second is told who has it, she hears one name."""
    thomas = world.caseworker("Thomas")
    await world.settle()
    amina = world.person("Amina")
    await amina.says("Parler à quelqu'un")
    card = next(m for m in claire.topic("Amina") if labels(m))
    for caseworker in (claire, thomas):  # both touch it before anything has changed
        world.engine.press(caseworker.user, claire.chat, card["message_id"], "claim:1")
    await world.settle()
    assert claire.toasts() == ["Claire s'en occupe."]
    assert thomas.toasts() == ["Claire s'en occupe déjà."]
    assert [t for t in amina.reads() if "s'occupe" in t] == [
        f"Claire s'occupe de votre demande, pour {TEAM}."
    ]
    assert "Suivie par Claire" in claire.reads("Amina")[0]


async def test_whoever_replies_first_has_the_request(world: World, claire: Caseworker) -> None:
    """A reply without « Je m'en occupe »: the card and the person hear who it is, once."""
    amina = world.person("Amina")
    await amina.says("Parler à quelqu'un")
    amina.reads()
    await claire.writes("Amina", "Bonjour Amina")
    await claire.writes("Amina", "Avez-vous une facture ?")
    assert amina.reads() == [
        f"Claire vous répond, pour {TEAM}.",
        "Bonjour Amina",
        "Avez-vous une facture ?",
    ]
    assert "Suivie par Claire" in claire.reads("Amina")[0]
    assert title(world) == "en cours · Amina · n° 1"


async def test_the_robot_is_silent_while_a_request_is_open(
    world: World, claire: Caseworker
) -> None:
    """Every message reaches the topic, no FAQ answer; one acknowledgement per silence."""
    amina = world.person("Amina")
    await amina.says("Parler à quelqu'un")
    await claire.writes("Amina", "Je vous écoute")
    amina.reads()
    await amina.says("j'ai perdu mon mot de passe caf")
    await amina.says("et aussi ameli")
    assert amina.reads() == [
        "Votre message est bien arrivé.\n"
        "L'équipe de l'Association Exemple lit les messages aujourd'hui jusqu'à 12 h."
    ]
    assert [text(m) for m in claire.topic("Amina")][-2:] == [
        "j'ai perdu mon mot de passe caf",
        "et aussi ameli",
    ]
    await claire.writes("Amina", "Je regarde")
    await amina.says("Merci")
    assert amina.reads()[-1].startswith("Votre message est bien arrivé.")


async def test_who_has_just_written_is_not_said_to_be_away(
    world: World, claire: Caseworker
) -> None:
    """Sunday evening, Claire writes all the same: Amina is not told that nobody is there."""
    world.clock.start = CLOSED
    amina = world.person("Amina")
    await amina.says("Parler à quelqu'un")
    assert "est absente" in amina.reads()[-1]
    await claire.writes("Amina", "Êtes-vous en sécurité ?")
    await amina.says("oui merci")
    assert amina.reads()[-1] == (
        "Votre message est bien arrivé.\nL'équipe de l'Association Exemple lira vos messages."
    )
    await amina.says("mon mari revient il va me frapper")
    assert "est absente" not in amina.reads()[-1]
    world.clock.moved += timedelta(hours=1)
    await claire.writes("Amina", "Je reviens demain.")
    world.clock.moved += timedelta(hours=1)
    await amina.says("d'accord")
    assert "est absente" in amina.reads()[-1]


async def test_closed_hours_are_said_with_day_and_hour(world: World, claire: Caseworker) -> None:
    """Sunday evening: she is told when the team reads, never that somebody is there."""
    world.clock.start = CLOSED
    amina = world.person("Amina")
    await amina.says("Parler à quelqu'un")
    said = amina.reads()[-1]
    assert "est absente. Elle lira vos messages demain à 9 h." in said


async def test_the_words_of_the_keyboard_keep_their_meaning(
    world: World, claire: Caseworker
) -> None:
    """The four words act while a request is open, and the team does not read them."""
    amina = world.person("Amina")
    await amina.says("Parler à quelqu'un")
    count = len(claire.topic("Amina"))
    for words in ("Poser une question", "Choisir un thème", "Mes données", "Parler à quelqu'un"):
        amina.reads()
        await amina.says(words)
        assert amina.reads()
    assert len(claire.topic("Amina")) == count


async def test_she_takes_the_robot_back(world: World, claire: Caseworker) -> None:
    """« Reprendre le robot »: the request ends without a goodbye, and the topic says so."""
    amina = world.person("Amina")
    await amina.says("Parler à quelqu'un")
    amina.reads()
    await amina.touches("Reprendre le robot")
    assert amina.reads() == ["Le robot vous répond à nouveau. Écrivez votre question."]
    assert claire.reads("Amina")[-1] == "La personne reprend le robot. La demande est terminée."
    assert title(world).startswith("terminée")
    await amina.says("j'ai perdu mon mot de passe caf")
    assert "Mot de passe CAF" in amina.reads()[-1]
    assert "caf" not in text(claire.topic("Amina")[-1])


async def test_a_caseworker_gives_back_to_the_robot(world: World, claire: Caseworker) -> None:
    """« Rendre au robot » ends without a goodbye."""
    amina = world.person("Amina")
    await amina.says("Parler à quelqu'un")
    amina.reads()
    await claire.touches("Amina", "Rendre au robot")
    assert amina.reads() == ["Le robot vous répond à nouveau. Écrivez votre question."]
    assert "Rendue au robot par Claire." in claire.reads("Amina")


async def test_three_ways_to_end_with_a_goodbye(world: World, claire: Caseworker) -> None:
    """« Terminer », /clore and closing the topic: one goodbye each, one line, no button left."""
    amina = world.person("Amina")

    async def touch() -> None:
        await claire.touches("Amina", "Terminer")

    async def write() -> None:
        await claire.writes("Amina", "/clore")

    async def close() -> None:
        topic = world.topic_of("Amina")["id"]
        world.engine.close_topic(world.group, topic, by=claire.user)
        await world.settle()

    world.engine.join(claire.user, world.group, "administrator")
    for end in (touch, write, close):
        await amina.says("Parler à quelqu'un")
        amina.reads()
        await end()
        (goodbye,) = amina.reads()
        assert goodbye.startswith("Votre demande est terminée.")
        assert claire.reads("Amina")[-1] == "Demande terminée par Claire."
        newest_card = [m for m in claire.topic("Amina") if "Demande du" in text(m)][-1]
        assert labels(newest_card) == []
    assert world.topic_of("Amina")["closed"]


async def test_an_ended_request_starts_again_by_a_reply(world: World, claire: Caseworker) -> None:
    """The caseworker writes again in the topic: the person has it, the request is open."""
    amina = world.person("Amina")
    await amina.says("Parler à quelqu'un")
    await claire.touches("Amina", "Terminer")
    await claire.writes("Amina", "Une dernière chose : apportez votre pièce d'identité")
    assert amina.reads()[-1] == "Une dernière chose : apportez votre pièce d'identité"
    assert title(world).startswith("en cours")
    await amina.says("D'accord, merci")
    assert text(claire.topic("Amina")[-1]) == "D'accord, merci"


async def test_a_topic_closed_by_hand_opens_again_when_she_writes(
    world: World, claire: Caseworker
) -> None:
    """Closed at Telegram, then a new request: the topic is open again, with a new card."""
    world.engine.join(claire.user, world.group, "administrator")
    amina = world.person("Amina")
    await amina.says("Parler à quelqu'un")
    world.engine.close_topic(world.group, world.topic_of("Amina")["id"], by=claire.user)
    await world.settle()
    await amina.says("Parler à quelqu'un")
    assert not world.topic_of("Amina")["closed"]
    cards = [m for m in claire.topic("Amina") if "Demande du" in text(m)]
    assert [bool(labels(card)) for card in cards] == [False, True]
    assert len(world.engine.topics(world.group)) == 1


async def test_not_yet_opens_the_request_again(world: World, claire: Caseworker) -> None:
    """« Pas encore » under the goodbye: the same request goes on, and the team reads it."""
    amina = world.person("Amina")
    await amina.says("Parler à quelqu'un")
    await claire.touches("Amina", "Terminer")
    await amina.touches("Pas encore")
    assert claire.reads("Amina")[-1] == "La personne dit qu'elle a encore besoin d'aide."
    assert title(world).startswith("à traiter")


async def test_her_reply_to_the_team_opens_the_request_again(
    world: World, claire: Caseworker
) -> None:
    """After the goodbye she answers a caseworker's message: it arrives, the request is open."""
    amina = world.person("Amina")
    await amina.says("Parler à quelqu'un")
    await claire.writes("Amina", "Apportez votre quittance de loyer")
    asked = amina.messages()[-1]
    await claire.touches("Amina", "Terminer")
    await amina.says("Je n'en ai pas", reply_to=asked["message_id"])
    assert text(claire.topic("Amina")[-1]) == "Je n'en ai pas"
    assert title(world).startswith("en cours")
    assert amina.reads()[-1].startswith("Votre message est bien arrivé.")


async def test_a_name_cannot_turn_the_title_around(world: World, claire: Caseworker) -> None:
    """Direction marks and line breaks in a first name stay out of the title and the card."""
    amina = world.person("Ami\u202ena\n · n° 99")
    await amina.says("Parler à quelqu'un")
    (topic,) = world.engine.topics(world.group)
    assert topic["name"] == "à traiter · Amina · n° 99 · n° 1"
