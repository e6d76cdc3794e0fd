"""Ordinary messages around a few words: what is cried, or only looks like it, among questions."""

FRAMES = (
    "{}",
    "bonjour, pour la caf {}",
    "slt c karim {}",
    "comment refaire mon mot de passe ameli {}",
    "{} et ma carte vitale elle arrive quand",
    "Bonjour Madame, je suis Amina Diallo. {}. Merci d'avance, bonne journée.",
    "{}, sinon vous êtes ouverts demain matin pour imprimer un papier ? bonne soirée",
    "je voulais savoir pour mon dossier de rsa {} et il faut quel papier pour la mutuelle",
    "je dois m'actualiser sur france travail avant le 15. {} ! et le rendez-vous de jeudi ?",
    "alors voilà je vous explique on a déménagé en mars et la caf me demande une attestation de "
    "loyer que j'ai déjà envoyée deux fois {} du coup je sais pas si je dois la renvoyer ou pas",
)


def framed(text: str) -> list[str]:
    """The text in every frame."""
    return [frame.format(text) for frame in FRAMES]
