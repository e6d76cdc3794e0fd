"""From a message to an answer, a few suggestions, or nothing: on a FAQ of four entries."""

from dataclasses import dataclass, field

import pytest

from faq.catalogue import Faq
from faq.decision import Answered, NothingFound, Suggested, Thresholds, careful, decide
from faq.explain import TWO, explain
from faq.index import Index, Match
from tests.faq.small_faq import PHRASINGS, SmallFaq


@dataclass(frozen=True)
class Plain:
    """What a data set holds: no YAML, no title, no answer."""

    id: str
    question: str
    phrasings: list[str]
    keywords: list[str] = field(default_factory=list)


def match(identity: str, score: float) -> Match:
    """A match of which only the score counts."""
    return Match(identity, score, "", score, score, score)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("jarive pa a me conecté a la caf", "mdp_caf"),
        ("MDP CAF OUBLIER", "mdp_caf"),
        ("mo de passe caff", "mdp_caf"),
        ("bonjour je narrive plus a ouvrir mon conte caf merci", "mdp_caf"),
        ("mot de pass ameli", "mdp_ameli"),
        ("jarive pas a me conecter a la secu", "mdp_ameli"),
        ("conexion cpam imposible", "mdp_ameli"),
        ("les apl comment on fé", "apl"),
        ("aide logement", "apl"),
        ("jvien davoir un apartement", "apl"),
        ("actualisassion paul emploi", "actualisation"),
        ("je doi pointer au chomage", "actualisation"),
        ("assedic actualiser", "actualisation"),
        ("motdepassecaf", "mdp_caf"),
    ],
)
def test_rough_phrases_find_their_entry(faq: Faq, text: str, expected: str) -> None:
    """Typos, no accents, old names, lost spaces: the right entry comes first."""
    assert faq.search(text)[0].entry_id == expected


@pytest.mark.parametrize(
    "text",
    [
        "tu m apl ce soir",
        "on va au café",
        "quel temps fera-t-il demain",
        "recette du gâteau au chocolat",
        "match de foot",
        "ok",
        "👍",
        "??",
        "",
    ],
)
def test_another_subject_finds_nothing(faq: Faq, text: str) -> None:
    """What the FAQ does not know is not answered, however the words look alike."""
    assert isinstance(faq.decide(text), NothingFound)


def test_every_phrasing_finds_its_entry(faq: Faq) -> None:
    """What an editor wrote is answered at once, letter for letter or in capitals."""
    for identity, lines in PHRASINGS.items():
        for line in lines.strip().splitlines():
            decision = faq.decide(line.strip().upper())
            assert isinstance(decision, Answered), line
            assert decision.match.entry_id == identity


def test_two_near_entries_are_proposed(faq: Faq) -> None:
    """« mot de passe » alone is not answered: both accounts are proposed, no other entry."""
    decision = faq.decide("mot de passe perdu")
    assert isinstance(decision, Suggested)
    assert {m.entry_id for m in decision.matches} == {"mdp_caf", "mdp_ameli"}


def test_keywords_count_as_a_phrasing() -> None:
    """A word that is only in the keywords finds the entry."""
    index = Index.build([Plain("a", "Une question", ["autre chose"], ["passeport", "voyage"])])
    assert index.search("passport")[0].entry_id == "a"


def test_plain_data_is_enough() -> None:
    """An index is built without YAML, without keywords, and without synonyms."""
    index = Index.build([Plain("a", "Payer la cantine", []), Plain("b", "Perdre sa carte", [])])
    found = index.search("perdu ma carte", limit=1)
    assert [(m.entry_id, m.phrasing) for m in found] == [("b", "Perdre sa carte")]


def test_an_empty_index_finds_nothing() -> None:
    """No entry, no answer, no failure."""
    assert Index.build([]).search("bonjour") == []


def test_an_entry_without_words_does_no_harm() -> None:
    """A question made of signs only is never found, and the others still are."""
    index = Index.build([Plain("a", "???", []), Plain("b", "cantine", [])])
    assert [m.entry_id for m in index.search("cantine ?")] == ["b"]


def test_an_id_written_twice_is_one_entry() -> None:
    """The texts of both are its texts, and it stands once in what is found."""
    index = Index.build([Plain("a", "carte vitale perdue", []), Plain("a", "passeport", [])])
    assert [found.entry_id for found in index.search("carte vitale")] == ["a"]
    assert index.search("passeport")[0].entry_id == "a"


def test_texts_of_which_nothing_is_left_are_never_found() -> None:
    """Only signs that are no word: the index is built all the same."""
    assert Index.build([Plain("a", "١ ª", [])], elsewhere=()).search("bonjour") == []


def test_another_question_is_needed_to_follow(faq: Faq) -> None:
    """A few words that mean the entry just answered are no new question."""
    last = faq.entries["mdp_caf"]
    assert faq.decide("et pour ameli ?", last).match.entry_id == "mdp_ameli"
    followed = faq.decide("et pour la caf", last)
    assert not isinstance(followed, Answered)


def test_a_masked_number_is_no_follow_up(faq: Faq) -> None:
    """What stands around a number that was taken out is too little to answer on."""
    decision = faq.decide("et pour ameli ••••", faq.entries["mdp_caf"])
    assert not isinstance(decision, Answered)


def test_scores_are_between_0_and_1_best_first(faq: Faq) -> None:
    """Scores can be shown and compared; the limit is kept."""
    found = faq.search("mot de passe caf ou ameli", limit=2)
    assert len(found) == 2
    assert 1 >= found[0].score >= found[1].score > 0


@pytest.mark.parametrize(
    ("scores", "outcome"),
    [
        ([], NothingFound),
        ([0.19], NothingFound),
        ([0.20], Suggested),
        ([0.50], Answered),
        ([0.49], Suggested),
        ([0.50, 0.26], Suggested),
        ([0.50, 0.24], Answered),
        ([1.00, 0.81], Suggested),
        ([1.00, 0.79], Answered),
    ],
)
def test_two_thresholds_and_a_lead(scores: list[float], outcome: type) -> None:
    """Answer when sure and well ahead of the second, less so when surer; propose; or say so."""
    thresholds = Thresholds(answer=0.50, suggest=0.20, ambiguity=0.50)
    found = [match(f"e{n}", score) for n, score in enumerate(scores)]
    assert type(decide(found, thresholds)) is outcome


def test_at_most_three_suggestions_none_of_them_far() -> None:
    """Three questions at most, and none that is much less near than the first."""
    thresholds = Thresholds(0.5, 0.2, 0.5)
    near = decide([match("a", 0.4), match("b", 0.4), match("c", 0.3), match("d", 0.3)], thresholds)
    far = decide([match("a", 0.45), match("b", 0.15)], thresholds)
    assert isinstance(near, Suggested)
    assert isinstance(far, Suggested)
    assert [m.entry_id for m in near.matches] == ["a", "b", "c"]
    assert [m.entry_id for m in far.matches] == ["a"]


def test_more_is_asked_of_a_sensitive_answer() -> None:
    """Money, health, the right to stay: the same score is only proposed."""
    thresholds = Thresholds(0.5, 0.2, 0.5)
    found = [match("a", 0.55)]
    usual = careful(thresholds, found[0], is_sensitive=False, is_single=False)
    strict = careful(thresholds, found[0], is_sensitive=True, is_single=False)
    assert isinstance(decide(found, usual), Answered)
    assert isinstance(decide(found, strict), Suggested)


def test_a_single_name_is_not_yet_a_question(faq: Faq) -> None:
    """« mdp » says what and not where: it gives a choice when there is one."""
    assert faq.search("ameli")[0].entry_id == "mdp_ameli"
    assert not isinstance(faq.decide("mdp"), Answered)
    thresholds = Thresholds(0.5, 0.2, 0.5)
    single = careful(thresholds, match("a", 0.9), is_sensitive=False, is_single=True)
    written = careful(thresholds, match("a", 0.97), is_sensitive=False, is_single=True)
    assert isinstance(decide([match("a", 0.9)], single), Suggested)
    assert isinstance(decide([match("a", 0.97)], written), Answered)


def test_a_weak_match_about_money_is_not_answered(small: SmallFaq) -> None:
    """The same match that answers about a password is only proposed about a benefit."""
    text = "aide pour le loyer de mon fils"
    small.change("service.yml", "exemple: non", "exemple: non\nseuils: {reponse: 0.30}")
    assert isinstance(small.load().decide(text), Answered)
    small.change("content/aides.yml", "id: apl", "id: apl\n    sensible: argent")
    decision = small.load().decide(text)
    assert isinstance(decision, Suggested)
    assert decision.matches[0].entry_id == "apl"


def test_an_answer_keeps_the_others_for_later(faq: Faq) -> None:
    """« Non » after an answer shows the next best entries: they come with it."""
    decision = faq.decide("mot de passe caf oublié")
    assert isinstance(decision, Answered)
    assert decision.others[0].entry_id == "mdp_ameli"


def test_thresholds_come_from_the_service_file(small: SmallFaq) -> None:
    """The team makes its robot more careful by changing one line."""
    assert isinstance(small.load().decide("aide pour le loyer"), Answered)
    strict = "exemple: non\nseuils: {reponse: 0.99, suggestion: 0.98}"
    small.change("service.yml", "exemple: non", strict)
    assert isinstance(small.load().decide("aide pour le loyer"), NothingFound)


def test_a_decision_can_be_explained(faq: Faq) -> None:
    """The words read, corrected, replaced, the scores, and what they decided, in French."""
    told = explain(faq, "conexion secu zblorg")
    assert "connexion" in told.words
    assert told.matches[0].entry == "mdp_ameli"
    assert told.matches[0].title == "Mot de passe ameli"
    assert told.decision == "Réponse : Mot de passe ameli"
    text = "\n".join(told.explanation)
    assert "conexion → connexion" in text
    assert "secu = ameli" in text
    assert "Mots inconnus : zblorg." in text
    assert "répondre dès 0.50 : oui" in text
    assert told.as_dict()["matches"][0]["entry"] == "mdp_ameli"


def test_two_questions_are_explained(faq: Faq) -> None:
    """Scores of the whole message would explain nothing."""
    found = explain(faq, "mot de passe caf et mot de passe ameli")
    assert found.decision.startswith("Choix proposés")
    assert found.explanation[-1] == TWO


def test_nothing_can_be_explained_too(faq: Faq) -> None:
    """A message without any word of the FAQ has its explanation, and shows no match."""
    told = explain(faq, "👍")
    assert (told.words, told.matches) == ((), ())
    assert told.decision == "Rien trouvé : les thèmes, puis une personne."
    assert told.explanation == ("Aucun mot de ce message n’est dans les fiches.",)


def test_suggestions_are_explained_by_their_titles(faq: Faq) -> None:
    """The explanation names the entries that would be proposed."""
    assert explain(faq, "mot de passe perdu").decision.startswith("Choix proposés : Mot de passe")


def test_a_faq_that_grows_keeps_its_model() -> None:
    """More phrasings than the model can learn: it learns as many of each entry; none is lost."""
    grown = [
        Plain(
            name,
            name,
            [*PHRASINGS[name].strip().split("\n"), *(f"{name} {n}" for n in range(750))],
        )
        for name in PHRASINGS
    ]
    index = Index.build(grown)
    assert index.is_trained
    assert index.search("mdp_caf 749", 1)[0].entry_id == "mdp_caf"
    many = [Plain(f"e{n}", f"sujet {n}", [f"sujet {n} {m}" for m in range(5)]) for n in range(700)]
    assert not Index.build(many).is_trained
