"""What plain words mean: the acts of the keyboard, small talk, typed numbers, « oui », « non »."""

import re
import unicodedata
from collections.abc import Iterable

from bot.domain import Beneficiary
from bot.texts import Texts
from faq.small_talk import Welcome
from faq.text import expand, normalise

LONGEST_WISH = 14  # words of « je voudrais parler à quelqu'un », politeness apart
LONGEST_CHOICE = 2  # digits of a typed choice
NUMBER_WORDS = {"le", "la", "numero", "n", "no", "choix", "question", "reponse", "theme"}
AFTER_SOMEONE = {"pour", "car", "parce", "maintenant", "vite", "aujourd", "au", "de l", "de chez"}
ERASE_YES = "data:erase-yes"
THANKS = ("merci", "mersi", "mrc")
QUESTION = "question:"  # the first choice after a message of care; the last one is a person


def name_act(texts: Texts, text: str) -> str | None:
    """The act of the keyboard that these words ask for, or None; accents do not count."""
    bare = text.strip().lower()
    said = _say_again(texts, text) or bare
    labels = _labels(texts)
    if said in labels:
        return labels[said]
    heard = texts.heard
    acts = (
        ("themes", heard.menu),
        ("help", heard.help),
        ("human", heard.human),
        ("stop", heard.stop),
        ("robot", heard.robot),
        ("erase", heard.erase),
        ("data", heard.data),
        ("safe", heard.safe),
    )
    for act, phrases in acts:
        if said in phrases or bare in phrases:
            return act
    return "human" if _wishes_human(texts, said) else None


def is_for_robot(texts: Texts, text: str) -> bool:
    """Whether it can only be meant for the robot: a label of its buttons, or a command."""
    return text.startswith("/") or normalise(text) in _labels(texts)


def _labels(texts: Texts) -> dict[str, str]:
    menu, labels = texts.menu, texts.labels
    return {
        normalise(menu.ask): "ask",
        normalise(menu.themes): "themes",
        normalise(menu.data): "data",
        normalise(menu.human): "human",
        normalise(labels.robot): "robot",
        normalise(labels.safe): "safe",
        normalise(labels.erase): "erase",
    }


def _say_again(texts: Texts, text: str) -> str:
    """Normalised, abbreviations written out, politeness taken off both ends."""
    said = f" {' '.join(expand(normalise(text).split()))} "
    return _without_politeness(texts, said) or said.strip()


def _without_politeness(texts: Texts, said: str) -> str:
    for _ in range(3):  # « bonjour madame … s'il vous plaît merci »
        for phrase in texts.heard.polite:
            said = f" {said.strip()} "
            said = said.removeprefix(f" {phrase} ").removesuffix(f" {phrase} ")
    return said.strip()


def _wishes_human(texts: Texts, said: str) -> bool:
    """« Je voudrais parler à une assistante sociale »: a verb of speech, and somebody."""
    if len(said.split()) > LONGEST_WISH:
        return False
    around = f" {said} "
    speaks = _find(around, texts.heard.speak)
    if speaks is None:
        return False
    someone = _find(around[speaks:], texts.heard.someone)
    if someone is None:
        return False
    after = around[speaks + someone :].split()  # « … un conseiller France Travail » is a question
    return not after or after[0] in AFTER_SOMEONE or " ".join(after[:2]) in AFTER_SOMEONE


def _find(around: str, phrases: Iterable[str]) -> int | None:
    """Where the first of these phrases ends, whole words only, or None."""
    ends = [
        around.index(f" {phrase} ") + len(phrase) + 1
        for phrase in phrases
        if f" {phrase} " in around
    ]
    return min(ends, default=None)


def name_small_talk(texts: Texts, welcome: Welcome, text: str) -> str | None:
    """The reply to « bonjour », « merci », « ok », « ?? » or an emoji alone; None otherwise."""
    heard, person = texts.heard, texts.person
    said = normalise(text)
    if not said:
        if any(sign in text for sign in heard.sad):
            return person.sad
        has_emoji = any(unicodedata.category(sign) in ("So", "Sk") for sign in text)
        return welcome.okays.reply if has_emoji and "?" not in text else person.puzzled
    rest = _without_politeness(texts, " ".join(expand(said.split())))
    replies = (
        (heard.who, person.help),
        (welcome.greetings.heard, welcome.greetings.reply),
        (welcome.thanks.heard, welcome.thanks.reply),
        (welcome.okays.heard + heard.yes + heard.no, welcome.okays.reply),
    )
    for words in (_squeeze(said), _squeeze(rest)):  # « ok merci » is « ok »
        for phrases, reply in replies:
            if words in map(_squeeze, phrases):
                return reply
    if rest:
        return None
    kind = welcome.thanks if said.startswith(THANKS) else welcome.greetings  # « bjr madame »
    return kind.reply


def _squeeze(said: str) -> str:
    """« merciiii », « bonjourr », « dacc » with every letter once."""
    return re.sub(r"(.)\1+", r"\1", said)


def read_number(text: str) -> int | None:
    """« 2 », « 2. », « le 2 », « 2️⃣ », « ٢ » as 2; None for anything else."""
    said = [word for word in normalise(text).split() if word not in NUMBER_WORDS]
    if len(said) != 1 or not said[0].isdecimal() or len(said[0]) > LONGEST_CHOICE:
        return None
    return int(said[0])


def read_choice(texts: Texts, person: Beneficiary, text: str, *, is_open: bool) -> str | None:
    """What a typed number, « oui », « non », « la suite » chooses on the last screen, or None.

    While a request is open, yes and no are said to the team, not to the last answer.
    """
    number = read_number(text)
    if number is not None:
        return person.menu[number - 1] if 0 < number <= len(person.menu) else None
    said, heard = _say_again(texts, text), texts.heard
    if said in heard.more:
        return next((choice for choice in person.menu if _is_next_page(choice)), None)
    if said in heard.none:
        return _first(person.menu, "none:")
    if said in heard.yes:
        return _choose_yes(person, is_open=is_open)
    if said in heard.stuck:
        return _choose_no(person, is_open=is_open) or _name_stuck(person, is_open=is_open)
    return _choose_no(person, is_open=is_open) if said in heard.no else None


def _choose_yes(person: Beneficiary, *, is_open: bool) -> str | None:
    if person.menu[:1] in ((ERASE_YES,), ("done:yes",)):
        return person.menu[0]
    if is_open:
        return None
    if _first(person.menu[:1], QUESTION) is not None:
        return person.menu[-1]
    if person.pending_exchange_id is not None:
        return f"yes:{person.pending_exchange_id}"
    picks = [choice for choice in person.menu if choice.startswith("pick:")]
    return picks[0] if len(picks) == 1 else None


def _choose_no(person: Beneficiary, *, is_open: bool) -> str | None:
    if person.menu[:1] in ((ERASE_YES,), ("done:yes",)):
        return person.menu[1]
    if is_open:
        return None
    if person.pending_exchange_id is not None:
        return f"no:{person.pending_exchange_id}"
    return _first(person.menu, "none:")


def _name_stuck(person: Beneficiary, *, is_open: bool) -> str | None:
    """« Ça marche pas » once more, after something that did not help: it counts as a miss."""
    return "stuck" if person.misses and not is_open else None


def _is_next_page(choice: str) -> bool:
    return choice.startswith("theme:") and choice.count(":") > 1


def _first(menu: tuple[str, ...], prefix: str) -> str | None:
    return next((choice for choice in menu if choice.startswith(prefix)), None)
