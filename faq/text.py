"""Words as the matcher sees them: lower case, no accents, everyday abbreviations written out.

Both sides of a comparison pass here, the phrasings and the question, so a rule need not be right,
only the same for both. Abbreviations apply to whole words, never inside one.
"""

import re
import unicodedata
from collections.abc import Sequence

MAX_CHARACTERS = 1_000  # of a message; the rest is not looked at (cost: reliability-facts §3)

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})
_SITE = re.compile(r"\b(?:https?://|www\.)|\.(?:gouv\.)?(?:fr|com|org)\b")
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}[a-z]?\b")  # r.s.a. is rsa
_REPEATED = re.compile(r"([a-z])\1{2,}")  # merciiii; French doubles a letter, never more
_SEPARATORS = re.compile(r"[\W_]+")

# How messages are typed on a phone (88milSMS, Panckhurst et al. 2014; domain-facts §4c). Not here,
# because they mean two things: « cb » (combien, carte bancaire), « rep », « sa », « as ».
ABBREVIATIONS = {
    short: long.split()
    for long, shorts in {
        "aujourd hui": "ajd auj ojd ojrd ojourdui ojourdhui aujourdhui ajourdhui",
        "avec": "avc ac avek",
        "beaucoup": "bcp bcq",
        "bonjour": "bjr bonjou",
        "c est": "c cest",
        "c etait": "ct cetait",
        "comment": "cmt coment comen komen koment kom",
        "dans": "ds",
        "desole": "dsl",
        "est ce que": "eske esque esk esq estceque",
        "il y a": "ya",
        "j ai": "g jai",
        "jamais": "jms",
        "je comprends": "jcomprend jcompren jcomprends",
        "je peux": "jpeu jpeux",
        "je suis": "chui chuis jsui jsuis",
        "je veux": "jveu jveux",
        "maintenant": "mnt mtn",
        "merci": "mrc mrci",
        "mot de passe": "mdp motdepasse",
        "non": "nn nan",
        "numero": "num",
        "parce que": "pcq pck psk parceque paske",
        "pas": "pa",
        "pour": "pr",
        "pourquoi": "pk pkoi pq pourkoi",
        "probleme": "pb pblm pbm pbl",
        "qu est ce que": "keske keskon kesk",
        "quand": "qd kan kand",
        "que": "ke",
        "quel": "kel",
        "quelqu un": "qqn qqun",
        "quelque chose": "qqch",
        "qui": "ki",
        "quoi": "koi",
        "rendez vous": "rdv",
        "s il te plait": "stp silteplait",
        "s il vous plait": "svp silvouplait silvousplait siltvouplait",
        "salut": "slt",
        "telephone": "tel",
        "toujours": "tjrs tjr tjs",
        "tout": "tt",
        "vous": "vs",
    }.items()
    for short in shorts.split()
}
_CALLERS = {"m", "t", "s", "me", "te", "se", "tu", "vous", "il", "elle", "on", "je", "j"}


def normalise(text: str) -> str:
    """Lower case, no accents, œ as oe, anything that is neither letter nor digit as one space."""
    text = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    text = "".join(c for c in text if not unicodedata.combining(c)).lower()
    text = _SITE.sub(" ", text)
    text = _DOTTED.sub(lambda found: found[0].replace(".", ""), text)
    text = _REPEATED.sub(r"\1\1", text)
    return _SEPARATORS.sub(" ", text).strip()


def words(text: str) -> list[str]:
    """The words of the first 1,000 characters, normalised, as they were typed."""
    # Cut twice: one character may unfold to eighteen.
    return normalise(unicodedata.normalize("NFKD", text[:MAX_CHARACTERS])[:MAX_CHARACTERS]).split()


def expand(typed: Sequence[str]) -> list[str]:
    """The same with abbreviations written out, and « tu m apl » read as « tu m appelle »."""
    full: list[str] = []
    for rank, word in enumerate(typed):
        before, after = typed[rank - 1 : rank], typed[rank + 1 : rank + 2]
        if word == "apl" and before and before[0] in _CALLERS:
            full.append("appelle")
        elif word == "c" and after and after[0] in ("est", "etait"):
            full.append("c")
        else:
            full += ABBREVIATIONS.get(word, [word])
    return full
