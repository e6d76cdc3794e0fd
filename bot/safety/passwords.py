"""A password, a code or an identifier that somebody writes as such: « mdp : Soleil75 ».

Only the word after « : », « = », « est », « c'est » or nothing at all is masked, and only when it
looks like a secret: « mot de passe oublié » and « le code ne marche pas » are questions.
"""

import re

from bot.safety.spans import DOT, NO_LETTER_AFTER, NO_LETTER_BEFORE, Span

_WORD = (
    r"mo[ts]?s?[ _-]?(?:de|d|2)?[ _-]?pass?e?s?|mdp|password|passwd|pwd|code secret"
    r"|code confidentiel"
)
_LOGIN = r"identifi?[ae]nts?|identifian|idantifiant?s?|login"
_CODE = r"codes?|pin|puk|otp|digicode|cvv2?|cvc|crypto(?:gramme)?"
# « mon code de la caf c'est 1234 », « mdp ameli : … »: what may stand between the two
_FILLER = (
    r"(?:[ \t]{1,3}(?:de|du|d|l|la|le|les|mon|ma|pour|sur|a|à|au|ma|carte|bleue|bancaire|vitale"
    r"|secret|pin|sms|re[cç]u|par|caf|ameli|s[eé]cu|imp[oô]ts?|france|travail|connect|franceconnect"
    r"|p[oô]le|emploi|mail|gmail|bo[iî]te|compte|site|acc[eè]s|personnel|actuel|provisoire|nouveau"
    r"|nouvel|ancien|email|msa|ants|anef|banque|t[eé]l[eé]phone)\b['’]?){0,5}"
)
_LINK = (
    r"[ \t,]{0,3}(?:(?P<sign>[:=]|->|→)"
    r"|(?P<cest>\bc[' ’]{0,2}(?:est|é)|\bc(?=\s\S{0,20}\d)|\bsera|\bs[eé]rait)(?=\s)"
    r"|(?P<est>\b(?:est|sont))(?=\s))?(?:[ \t]{0,2}:)?"
)
_TOLD = r"(?P<token>\d(?:[ .\-]?\d){3,14}(?!\w)|[^\s\"»”]{1,64})"
_SECRET = re.compile(
    rf"{NO_LETTER_BEFORE}(?:(?P<password>{_WORD})|(?P<login>{_LOGIN})|(?P<code>{_CODE}))"
    rf"{NO_LETTER_AFTER}{_FILLER}{_LINK}"
    rf"(?:\s(?:le|la)(?=\s\d))?\s{{0,3}}[\"«“'‘’]?\s?{_TOLD}",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_DIGITS = re.compile(r"\d{3,12}")
_PLAIN = """
a à adresse ai aide aidez alors ameli après apres arrivé arrive au aucun aussi autre avec bloqué
bloque bloquer bon bonjour bug ca ça caf car ce cela celui changé changer ci cliquez code comment
compliqué conseil conseils connexion correct correcte court créer creer d dans de déjà deja demandé
demander depuis des du écrit elle email en encore entrer entrez envoyé erreur erroné est et etc
expiré expire faut faux help hs ici identifiant il ils impossible impots impôts inconnu incorrect
incorrecte introuvable invalide j jai je juste l la là le lequel les long ma mail mais mal marche
marqué mauvais mdp même meme merci mes modifier moi mon mot n ne non nouveau nul nulle numéro
numero obligatoire obligé on ou où oublié oublie oubliée oubliee oublier oui par pareil pas perdre
perdu perdue personnel plus pour pourquoi pq problème probleme provisoire que quel quelle quelqu
quelque qui quoi récupérer reçu recu recuperer réinitialiser refusé refuse reinitialiser requis sa
saisir sans secret sera si simple son suis sur svp tapez temporaire toujours trop trouver tu un une
valable valide vérifier vide volé vole votre vous y
"""
_PLAIN_WORDS = frozenset(_PLAIN.split())
"""Words that follow « mot de passe : » or « le code est » and are no secret."""
_PARTICIPLE = re.compile(r".*(?:é|ée|és|ées|er|able|ible)", re.IGNORECASE)


def find_secrets(text: str) -> list[Span]:
    """Spans of the secrets told in ``text``, kind « secret »."""
    return [
        Span(found.start("token"), _end(found), "secret")
        for found in _SECRET.finditer(text)
        if _is_secret(found)
    ]


def _end(found: re.Match[str]) -> int:
    """The end of the token without the punctuation of the sentence: « 4512. » has four figures."""
    token = found.group("token")
    kept = token.rstrip(".,;)") or token
    return found.start("token") + len(kept)


def _is_secret(found: re.Match[str]) -> bool:
    token = found.string[found.start("token") : _end(found)]
    if DOT in token:
        return False
    letters = _LETTERS.fullmatch(token)
    if letters and (token.casefold() in _PLAIN_WORDS or token[1:2] in ("'", "’")):
        return False
    if found.group("sign"):
        return not found.group("code") or not letters
    if not found.group("cest") and not found.group("est"):
        return _looks_made_up(token, found)
    if letters:
        weak = found.group("code") or (found.group("est") and _PARTICIPLE.fullmatch(token))
        return not weak and len(token) > 1
    return True


def _looks_made_up(token: str, found: re.Match[str]) -> bool:
    """Without any link word: « code 4512 », « mdp Soleil75 », but not « code 2 fois »."""
    if _DIGITS.fullmatch(token):
        return len(token) >= 4 or _is_crypto(found)
    has_digit = any(c.isdecimal() for c in token)
    has_letter = any(c.isalpha() for c in token)
    return has_digit and has_letter and len(token) >= 6 and not found.group("code")


def _is_crypto(found: re.Match[str]) -> bool:
    return (found.group("code") or "").lower().startswith(("cv", "crypto"))
