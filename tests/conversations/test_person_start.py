"""The first minutes: who answers here, what is kept, and words instead of commands."""

from tests.conversations.talk import talk
from tests.conversations.world import Caseworker, World

FOUR = ["Poser une question", "Choisir un thème", "Mes données", "Parler à quelqu'un"]


def _keyboard(message: dict[str, object]) -> list[str]:
    markup = message.get("reply_markup")
    rows = markup.get("keyboard", []) if isinstance(markup, dict) else []
    return [
        button["text"] if isinstance(button, dict) else button for row in rows for button in row
    ]


async def test_start_says_everything(world: World) -> None:
    """A robot, a human near, what is kept, what never to write, how to erase; four keys."""
    amina = world.person("Amina")
    await amina.says("/start")
    (welcome,) = amina.reads()
    for promise in (
        "Je suis un robot",
        "Une personne peut aussi vous répondre : l'équipe de l'Association Exemple",
        "mot de passe",
        "carte bancaire",
        "sécurité sociale",
        "vos questions 30 jours",
        "365 jours après sa fin",
        "Pour tout effacer, touchez « Mes données »",
        "112",
    ):
        assert promise in welcome
    assert _keyboard(amina.messages()[-1]) == FOUR


async def test_start_with_a_parameter(world: World) -> None:
    """A link t.me/robot?start=xyz is the same welcome; what follows is not read."""
    amina = world.person("Amina")
    await amina.says("/start je veux mourir")
    assert "Je suis un robot" in amina.reads()[-1]


async def test_first_words_without_start(world: World) -> None:
    """She never pressed Start: she is told once who answers, then answered, with the four keys."""
    amina = world.person("Amina")
    await amina.says("acte de naissance")
    short, answer = amina.reads()
    assert "Je suis un robot" in short
    assert "Mes données" in short
    assert _keyboard(amina.messages()[0]) == FOUR
    assert answer.startswith("Acte de naissance")
    await amina.says("bonjour")
    assert len(amina.reads()) == 1


async def test_first_words_ask_for_a_human(world: World, claire: Caseworker) -> None:
    """« humain » as the very first word: who answers, then the request, at once."""
    amina = world.person("Amina")
    await amina.says("humain")
    short, handed = amina.reads()
    assert "Je suis un robot" in short
    assert "Je passe votre demande à l'équipe" in handed
    assert "la personne veut parler à quelqu'un" in "\n".join(claire.reads("Amina"))


PLAIN_WORDS = [
    ("menu", "Choisissez un thème"),
    ("MENU !", "Choisissez un thème"),
    ("0", "Choisissez un thème"),
    ("#", "Choisissez un thème"),
    ("Choisir un theme", "Choisissez un thème"),
    ("choisir un thème", "Choisissez un thème"),
    ("Poser une question", "Écrivez votre question avec vos mots"),
    ("aide", "Je suis un robot. Je connais les démarches"),
    ("Aide ?", "Je suis un robot. Je connais les démarches"),
    ("/aide", "Je suis un robot. Je connais les démarches"),
    ("mes donnees", "Ce que je garde"),
    ("/confidentialite", "Ce que je garde"),
    ("/privacy", "Ce que je garde"),
    ("stop", "je m'arrête là"),
    ("STOP", "je m'arrête là"),
    ("Arrêter", "je m'arrête là"),
    ("humain", "Je passe votre demande à l'équipe"),
    ("quelqu'un", "Je passe votre demande à l'équipe"),
    ("Quelqu'un ?", "Je passe votre demande à l'équipe"),
    ("parler a quelqu'un", "Je passe votre demande à l'équipe"),
    ("je ve parlé a kelkun svp", "Je passe votre demande à l'équipe"),
    ("bonjour je voudrais parler à une assistante sociale", "Je passe votre demande à l'équipe"),
    ("pouvez vous me rappeler ? je veux voir mon referent", "Je passe votre demande"),
    ("rappelez moi s'il vous plaît", "Je passe votre demande à l'équipe"),
    ("/effacer", "Voulez-vous tout effacer"),
    ("reprendre le robot", "Je suis déjà là"),
]

SMALL_TALK = [
    ("Bonjour", "Bonjour ! Comment puis-je vous aider ?"),
    ("slt", "Bonjour !"),
    ("bjr madame", "Bonjour !"),
    ("merci", "Avec plaisir"),
    ("Merciii", "Avec plaisir"),
    ("merci boucou", "Avec plaisir"),
    ("mersi", "Avec plaisir"),
    ("mersi boku madame", "Avec plaisir"),
    ("ok", "Je reste là"),
    ("ok merci", "Je reste là"),
    ("oki merci bcp", "Je reste là"),
    ("bonjour ça va", "Bonjour !"),
    ("D'accord", "Je reste là"),
    ("oui", "Je reste là"),
    ("??", "Je n'ai pas été clair"),
    ("…", "Je n'ai pas été clair"),
    ("👍", "Je reste là"),
    ("🙏", "Je reste là"),
    ("😭😭", "Une personne peut vous aider"),
    ("🆘", "112"),
]


async def test_plain_words(world: World) -> None:
    """No command is ever needed: plain words do the same, with accents or without."""
    for words, expected in PLAIN_WORDS:
        await talk(world.person("Amina"), [("/start", "robot"), (words, expected)])


async def test_small_talk(world: World) -> None:
    """Bonjour, merci, ok, « ?? » and emojis get a human kind of reply, and nobody is called."""
    for words, expected in SMALL_TALK:
        amina = world.person("Amina")
        await talk(amina, [("/start", "robot"), (words, expected)])
        assert amina.buttons() == ["Parler à quelqu'un"]
    assert not world.engine.topics(world.group)


async def test_lone_sticker(world: World) -> None:
    """A lone sticker is a greeting, not a request."""
    amina = world.person("Amina")
    await amina.says("/start")
    await amina.sends("sticker")
    assert "Merci pour votre message" in amina.reads()[-1]
    assert not world.engine.topics(world.group)


async def test_set_up_mode(empty_world: World) -> None:
    """Before a group is known: the service opens soon, and danger has a number. Always."""
    await empty_world.start()
    amina = empty_world.person("Amina")
    soon = "Ce service ouvre bientôt. Danger : appelez le 112."
    await talk(amina, [("/start", soon), ("acte de naissance", soon), ("menu", soon)])
    await amina.sends("photo")
    assert amina.reads() == [soon]
    await talk(amina, [("mes données", "Ce que je garde"), ("[Tout effacer]", "Voulez-vous")])
    await talk(amina, [("[Oui, tout effacer]", "J'ai tout effacé")])
