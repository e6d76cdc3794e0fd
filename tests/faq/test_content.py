"""The FAQ that ships: it loads without an error, and people's words find its first entries."""

from pathlib import Path
from time import process_time

import pytest

from faq.catalogue import Faq
from faq.decision import Answered, NothingFound, Suggested
from faq.loader import load
from faq.trials import broken_trials

HANG = 1.0  # seconds of processor: far above any real cost

FIRST_TWENTY = {
    "mdp_caf": ["jarive pa a me conecté a la caf", "mon compte alloc est bloquer"],
    "rsa_dtr": ["declaration trimestriel rsa comment on fait", "ma trimestrielle"],
    "actualisation": ["comment mactualiser pole emploi", "actualisassion c quand"],
    "attestation_vitale": ["besoin atestation de droit secu", "papier de la secu pour le travail"],
    "vitale_perdue": ["jai perdu ma carte vital", "on ma volé ma carte verte"],
    "mdp_ameli": ["mot de passe ameli oublié", "amelie connexion impossible"],
    "mdp_impots": ["mot de passe impot", "je peu pas rentrer dans mon compte des impots"],
    "fc_quoi": ["c koi france connect", "cest quoi le bouton france connect"],
    "fc_marche_pas": ["france connect marche pas", "franceconect bug"],
    "mail_pas_recu": ["je recois pas le mail de confirmation", "pas eu le code"],
    "scanner_tel": ["comment prendre un papier en photo", "fotocopie avec le telephone"],
    "cni_predemande": ["refaire ma carte didentité", "renouveler cni"],
    "sejour": ["renouveler titre de sejour", "mon recepissé fini bientot"],
    "sne": ["demande de logement hlm", "je cherche un logement social"],
    "css": ["jai pas de mutuel", "cmu demande"],
    "apl": ["demander les apl", "aide au logement caf"],
    "arnaque_sms": ["jai recu un sms bizarre de la caf", "faux message ameli colis"],
    "aide_pres": ["ou trouver de l'aide pres de chez moi", "qui peut maider avec internet"],
    "pas_internet": ["jai plus de forfait", "internet trop cher"],
    "ou_en_est": ["ou en est mon dossier", "jai pas de nouvelle de ma demande"],
}
ELSEWHERE = [
    "tu m apl ce soir",
    "prendre un café",
    "quel temps fait il demain",
    "mon chat est malade",
    "comment faire un gateau au chocolat",
    "match de foot ce soir",
    "horaires de la piscine",
    "mon voisin fait du bruit",
]


@pytest.fixture(scope="module")
def shipped(pytestconfig: pytest.Config) -> Faq:
    """The files of the repository."""
    folder = Path(pytestconfig.rootpath, "faq")
    return load(folder / "content", folder / "service.yml")


def test_every_theme_and_thirty_entries(shipped: Faq) -> None:
    """The content loads without an error and is as wide as promised, the first twenty included."""
    assert len(shipped.entries) >= 30
    assert set(FIRST_TWENTY) <= set(shipped.entries)
    assert len(shipped.themes) >= 8


@pytest.mark.parametrize(("identity", "texts"), FIRST_TWENTY.items())
def test_rough_phrases_find_the_first_entries(
    shipped: Faq, identity: str, texts: list[str]
) -> None:
    """Written as people write: the right entry is answered or in the menu; none is wrong."""
    for text in texts:
        decision = shipped.decide(text)
        assert not isinstance(decision, NothingFound), text
        if isinstance(decision, Answered):
            assert decision.match.entry_id == identity, text
        if isinstance(decision, Suggested):
            assert identity in [match.entry_id for match in decision.matches], text


@pytest.mark.parametrize("text", ELSEWHERE)
def test_what_is_not_covered_is_not_answered(shipped: Faq, text: str) -> None:
    """Another subject never gets an answer, whatever letters it shares."""
    assert not isinstance(shipped.decide(text), Answered)


def test_every_promise_of_the_entries_is_kept(shipped: Faq) -> None:
    """Each phrasing finds its entry, no two share one, and every phrase of `tests:` holds."""
    assert list(map(str, broken_trials(shipped))) == []


@pytest.mark.parametrize(
    "text", ["tu m apl ce soir", "on va au café", "a la rue", "cdd", "ape", "je prends le car"]
)
def test_words_that_only_look_like_ours(shipped: Faq, text: str) -> None:
    """« apl » is a call, « café » is no caf, cdd is not cdi: nothing is answered."""
    assert not isinstance(shipped.decide(text), Answered)


@pytest.mark.parametrize(
    ("text", "found"), [("les apl", "apl"), ("apl", "apl"), ("la caf", "caf")]
)
def test_the_same_words_when_they_are_ours(shipped: Faq, text: str, found: str) -> None:
    """The benefit and the office are found by their names."""
    assert found in shipped.search(text)[0].entry_id


def test_hostile_messages_cost_little(shipped: Faq) -> None:
    """4,096 characters chosen to be slow never hang the robot (`make bench-matching` times it)."""
    letters = "azertyuiop"
    for text in (
        " ".join(f"dmande{letters[n % 10]}{letters[n // 10 % 10]}r" for n in range(400)),
        "jaiperdumonmotdepasse" * 195,
        "conexion " * 455,
        "caf et ameli " * 310,
        "\ufdfa" * 4096,
    ):
        start = process_time()
        shipped.decide(text[:4096])
        assert process_time() - start < HANG
