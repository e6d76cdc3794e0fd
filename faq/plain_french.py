"""What makes an answer hard to read, with the words at fault: advice, never an error.

Rules: domain-facts §4b and §4e. A false remark is worse than a missed one: editors stop reading
them. Whatever is in « » is what a site writes on its own buttons, and is left alone.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator

from faq.acronyms import unexplained
from faq.entry import Entry
from faq.prose import MAX_SENTENCE_WORDS, count_words, sentences_of

MAX_LINES = 5
MAX_CHARACTERS = 300
SHOWN_WORDS = 6  # of a sentence, when it is quoted

Part = tuple[str | int, ...]
Rule = Callable[[str], Iterator[str]]
_QUOTED = re.compile(r"«[^»]*»")

# domain-facts §4e: as people of the trade write → as people speak.
INSTEAD = {
    r"télé-?services?": "site",
    r"(?:formulaires? )?cerfa": "papier à remplir",
    r"(?:pièces? )?justificati(?:fs?|ves?)": "papier (photo)",
    r"échéances?": "dernière date",
    r"sollicit(?:er|ez|e|é|ée)": "demander",
    r"instru(?:ire|it|ite|isent|ction)(?= (?:de |du |votre |le |par |la )?(?:dossier|demande))": (
        "étudier votre dossier"
    ),
    r"notifications?": "lettre",
    r"notifi(?:er|é|ée|ent)": "écrire",
    r"(?:ouvr(?:ir|ez|e)|ouverture)(?: (?:de|des|vos|les|du))? droits?": "pouvoir recevoir l’aide",
    r"radiations?": "vous n’êtes plus inscrit",
    r"radiée?s?": "vous n’êtes plus inscrit",
    r"trop[- ]perçus?": "argent reçu en trop",
    r"authentifi(?:er|ez|cation)": "prouver que c’est vous",
    r"veuillez": "le verbe seul (« Écrivez… »)",
    r"le cas échéant": "« si besoin », ou rien",
    r"dans les meilleurs délais|dans les plus brefs délais": "vite",
    r"afin (?:de|d')": "pour",
    r"préalablement|au préalable": "d’abord",
    r"ultérieurement": "plus tard",
    r"(?:effectu|procéd)(?:er|ez)": "faire",
}
_INSTEAD = [(re.compile(rf"\b(?:{said})\b", re.IGNORECASE), use) for said, use in INSTEAD.items()]
_RIB = re.compile(r"\bRIB\b(?!\))")  # « le papier avec vos numéros de banque (RIB) » is right
_PASSIVE = re.compile(
    r"\b(?:est|sont|était|étaient|sera|seront|a été|ont été|être)"
    r"(?: (?:\w+ment|déjà|bien|aussi|ensuite|alors))?"
    r" \w+(?:é|ée|és|ées|i|ie|is|ies|it|ite|u|ue|us)"
    r" par (?:l'|l’|la |le |les |un |une |votre |vos |des |son |cet |cette )\w+",
    re.IGNORECASE,
)
_RIGHT = re.compile(
    r"\b(?:aurez|auriez|avoir|a|ont|ouvre|donne|donnent) (?:bien |aussi |donc )?"
    r"droit (?:à|au|aux)\b",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"\d[\d ]*(?:[.,]\d+)?\s*(?:%|pour cent\b|centimes?\b)", re.IGNORECASE)
_NEGATION = re.compile(
    r"\b(?:n['’]|ne )[^.!?,;:]*?\b(?:pas|jamais|rien|aucun|aucune)\b[^.!?,;:]*?"
    r"(?:\b(?:sans|impossible|inutile|interdit|ne)\b|\bn['’])[^.!?,;:]*",
    re.IGNORECASE,
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])[/.-](?:0?[1-9]|1[0-2])"
_DATE = re.compile(
    rf"\b{_DAY}[/.-]\d{{2,4}}\b|\b\d{{4}}-\d\d-\d\d\b"
    rf"|(?<=\b[Ll]e ){_DAY}\b|(?<=\b[AaDd]u ){_DAY}\b"
)
_PHONE = re.compile(
    r"(?<![\d.])(?:0[1-9](?:[ .-]?\d\d){4}|0 ?8\d\d(?: ?\d\d\d){2}|3\d \d\d)(?! ?\d|\.\d)"
)
_CALL = re.compile(
    r"\b(?:appelez|faites|composez|téléphonez au|sms au) (?:le |au )?(\d{2,5})\b(?! ?\d)",
    re.IGNORECASE,
)


def remarks(entry: Entry) -> Iterator[tuple[Part, str]]:
    """Each place of the entry that is hard to read, and a French sentence about it."""
    if entry.answer is not None:
        for sentence in _length(entry.answer):
            yield ("reponse",), sentence
    for part, text in read_by_people(entry):
        for rule in RULES:
            for sentence in rule(text):
                yield part, sentence
    for part, acronym in unexplained(entry.title, entry.question, read_by_people(entry)):
        yield part, f"« {acronym} » n’est pas expliqué. Écrivez {acronym} (ce que c’est)."


def read_by_people(entry: Entry) -> list[tuple[Part, str]]:
    """What a person reads in an answer, in order, with the place of each text."""
    answer: list[tuple[Part, str]] = [(("reponse",), entry.answer)] if entry.answer else []
    return answer + [(("etapes", rank), step.text) for rank, step in enumerate(entry.steps)]


def _length(answer: str) -> Iterator[str]:
    lines = sum(bool(line.strip()) for line in answer.splitlines())
    if lines > MAX_LINES:
        yield f"réponse de {lines} lignes, {MAX_LINES} au plus. Raccourcissez."
    if len(answer) > MAX_CHARACTERS:
        yield f"réponse de {len(answer)} caractères, {MAX_CHARACTERS} au plus. Raccourcissez."


def _long_sentences(text: str) -> Iterator[str]:
    for sentence in sentences_of(text):
        if (length := count_words(sentence)) > MAX_SENTENCE_WORDS:
            yield f"phrase de {length} mots, {MAX_SENTENCE_WORDS} au plus : {_begin(sentence)}."


def _hard_words(text: str) -> Iterator[str]:
    bare = _QUOTED.sub(" ", text)
    for pattern, use in _INSTEAD:
        for found in dict.fromkeys(pattern.findall(bare)):
            yield f"« {found} » est un mot difficile. Écrivez plutôt : {use}."
    if _RIB.search(bare):
        yield "« RIB » est un mot difficile. Écrivez : papier avec vos numéros de banque (RIB)."


def _turns(text: str) -> Iterator[str]:
    """Turns of phrase, each with what to do."""
    bare = _QUOTED.sub(" ", text)
    for pattern, advice in (
        (_PASSIVE, "Dites qui fait quoi, avec un verbe simple."),
        (_RIGHT, "Ne promettez pas. Écrivez « vous pouvez demander »."),
        (_AMOUNT, "Un montant change. Enlevez-le."),
        (_NEGATION, "Deux négations se perdent. Dites ce qu’il faut faire."),
    ):
        for found in pattern.finditer(bare):
            yield f"« {found[0].strip()} ». {advice}"


def _digits(text: str) -> Iterator[str]:
    for found in _DATE.finditer(text):
        yield f"« {found[0]} ». Écrivez la date en lettres, comme « 15 décembre 2026 »."
    numbers = [found[0] for found in _PHONE.finditer(_DATE.sub(" ", text))]
    numbers += [found[1] for found in _CALL.finditer(text)]
    for number in dict.fromkeys(numbers):
        yield f"« {number} » est un numéro. Mettez-le dans numeros.yml, puis « telephone »."


def _emojis(text: str) -> Iterator[str]:
    """An emoji is read aloud by the phone: at most one, after the last word of a line."""
    for line in text.splitlines():
        places = [place for place, sign in enumerate(line) if unicodedata.category(sign) == "So"]
        if any(any(c.isalnum() for c in line[place:]) for place in places) or len(places) > 1:
            yield f"« {line[places[0]]} » est au milieu. Mettez un seul emoji, à la fin."


def _begin(sentence: str) -> str:
    words = sentence.split()
    return f"« {' '.join(words[:SHOWN_WORDS])}… »" if len(words) > SHOWN_WORDS else sentence


RULES: tuple[Rule, ...] = (_long_sentences, _hard_words, _turns, _digits, _emojis)
