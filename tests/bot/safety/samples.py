"""Private numbers and harmless ones, invented by a seeded generator, as people write them."""

from collections.abc import Iterator
from random import Random

from stdnum import iban, luhn

SENTENCES = (
    "{}",
    "bonjour voici {} merci",
    "mon numéro c'est {}.",
    "jai envoyé {} à la caf hier",
    "({})",
    "numero:{}, et après ?",
    "😀 {} 🙏",
    "{}\nmerci de votre aide",
)


def private_numbers(random: Random, count: int) -> Iterator[tuple[str, str]]:
    """``count`` of each kind: (number as written, text around it with « {} »)."""
    makers = (_nir, _nir_of_corsica, _iban, _rib, _card, _fiscal, _phone, _phone_abroad, _mail)
    for _ in range(count):
        for make in makers:
            yield make(random), random.choice(SENTENCES)
        yield from (_agdref(random), _allocataire(random), _secret(random))


def public_texts(random: Random, count: int) -> Iterator[str]:
    """``count`` texts of each kind which hold no private number."""
    for _ in range(count):
        for make in (_siret, _siren, _date, _sum, _address, _short_number, _reference, _hours):
            yield make(random)


def _digits(random: Random, count: int) -> str:
    return "".join(random.choice("0123456789") for _ in range(count))


def _grouped(random: Random, digits: str, *shapes: tuple[int, ...]) -> str:
    """The digits cut as one of the shapes says, or not cut, with one separator all along."""
    shape = random.choice((*shapes, (len(digits),)))
    separator = random.choice((" ", " ", ".", "-", "\u00a0", "  ", "\u202f", " - "))
    parts, start = [], 0
    for length in shape:
        parts.append(digits[start : start + length])
        start += length
    return separator.join(filter(None, [*parts, digits[start:]]))


def _nir(random: Random) -> str:
    body = random.choice("12") + _digits(random, 2) + f"{random.randint(1, 12):02}"
    body += f"{random.randint(1, 95):02}" + _digits(random, 6)
    right = f"{97 - int(body) % 97:02}"
    key = random.choice(("", right, right, _digits(random, 2)))
    return _grouped(random, body + key, (1, 2, 2, 2, 3, 3, 2), (1, 2, 2, 2, 3, 3), (5, 5, 5))


def _nir_of_corsica(random: Random) -> str:
    body = random.choice("12") + _digits(random, 2) + f"{random.randint(1, 12):02}"
    body += random.choice(("2A", "2B", "2a", "2b")) + _digits(random, 6)
    return _grouped(random, body + _digits(random, 2), (1, 2, 2, 2, 3, 3, 2))


def _iban(random: Random) -> str:
    account = _digits(random, 21) + _digits(random, 2)
    country = random.choice(("FR", "FR", "FR", "DE", "BE"))
    body = account[: {"FR": 23, "DE": 18, "BE": 12}[country]]
    number = country + iban.calc_check_digits(f"{country}00{body}") + body
    return _grouped(random, random.choice((number, number.lower())), (4, 4, 4, 4, 4, 4))


def _rib(random: Random) -> str:
    return _grouped(random, _digits(random, 23), (5, 5, 11, 2))


def _card(random: Random) -> str:
    body = random.choice(("4", "51", "52", "55", "497")) + _digits(random, 14)
    body = body[:15]
    return _grouped(random, body + luhn.calc_check_digit(body), (4, 4, 4, 4), (2,) * 8)


def _fiscal(random: Random) -> str:
    return _grouped(random, random.choice("0123") + _digits(random, 12), (2, 2, 3, 3, 3))


def _phone(random: Random) -> str:
    rest = random.choice("12345679") + _digits(random, 8)
    national = _grouped(random, "0" + rest, (2, 2, 2, 2, 2), (4, 2, 2, 2), (4, 3, 3))
    slashes = "/".join(("0" + rest)[i : i + 2] for i in range(0, 10, 2))
    international = _grouped(random, "33" + rest, (2, 1, 2, 2, 2, 2))
    return random.choice((national, national, slashes, "+" + international, "0033" + rest))


def _phone_abroad(random: Random) -> str:
    country = random.choice(("213", "212", "216", "221", "225", "243", "40", "93"))
    return random.choice(("+", "00")) + _grouped(
        random, country + _digits(random, 9), (3, 3, 3, 3)
    )


def _mail(random: Random) -> str:
    name = random.choice(("paul.dupont", "fatou_93", "m.le-gall+caf", "amina2006"))
    return f"{name}@{random.choice(('gmail.com', 'orange.fr', 'yahoo.co.uk'))}"


def _agdref(random: Random) -> tuple[str, str]:
    texts = ("mon numéro étranger est {}", "titre de sejour n° {}", "{} sur mon récépissé")
    return _grouped(random, "99" + _digits(random, 8), (2, 2, 2, 2, 2)), random.choice(texts)


def _allocataire(random: Random) -> tuple[str, str]:
    texts = ("numéro allocataire {}", "mon dossier caf c'est {} merci", "alloc n° {}", "caf:{}")
    return _grouped(random, _digits(random, 7), (3, 4), (1, 3, 3)), random.choice(texts)


def _secret(random: Random) -> tuple[str, str]:
    texts = (
        "mdp : {}", "mot de passe={}", "mon mot de passe c'est {}", "le mot de passe est {}",
        "mot de passe ameli : {} merci", "mon code de la caf c est {}", "code secret: {}",
        "identifiant : {}", "MDP {}", "mon mot de passe pour la caf est {}", "password: {}",
    )  # fmt: skip
    secrets = (
        "Soleil75",
        "azerty123!",
        "4512aB",
        "M0hamed93",
        "Ouistiti#2",
        "82917364",
        "kiwi2kiwi",
    )
    return random.choice(secrets), random.choice(texts)


def _siret(random: Random) -> str:
    """A true one: both the company (9 digits) and the whole (14) have their check digit."""
    company = _digits(random, 8)
    body = company + luhn.calc_check_digit(company) + _digits(random, 4)
    number = body + luhn.calc_check_digit(body)
    return random.choice(("siret {}", "mon patron : {}")).format(
        _grouped(random, number, (3, 3, 3, 5), (9, 5))
    )


def _siren(random: Random) -> str:
    return f"le numéro siren {_grouped(random, _digits(random, 9), (3, 3, 3))} de mon patron"


def _date(random: Random) -> str:
    day, month, year = random.randint(1, 28), random.randint(1, 12), random.randint(1940, 2027)
    text = random.choice(("je suis né le {}", "du {0} au {0}", "caf : courrier du {} reçu", "{}"))
    separator = random.choice("/.-")
    return text.format(f"{day:02}{separator}{month:02}{separator}{year}")


def _sum(random: Random) -> str:
    amount = random.choice(("1 234,56 €", "450 euros", "612.30", "1234567 euros", "12 000€"))
    months, year = random.randint(1, 12), random.randint(2020, 2027)
    return f"la caf me doit {amount} pour {months} mois de {year}"


def _address(random: Random) -> str:
    place = f"{random.randint(1, 250)} rue {random.randint(1, 30)} bis"
    return f"j'habite {place} {random.randint(1, 95):02}{_digits(random, 3)} Melun, porte 12"


def _short_number(random: Random) -> str:
    number = random.choice(
        ("32 30", "36 46", "3949", "115", "0 806 001 620", "0805 204 805", "112")
    )
    return f"j'appelle le {number} depuis {random.randint(2, 60)} minutes"


def _reference(random: Random) -> str:
    letter = f"courrier AB{_digits(random, 5)}"
    return f"ticket {_digits(random, 6)}, {letter}, dossier {_digits(random, 5)}"


def _hours(random: Random) -> str:
    hour = f"{random.randint(8, 18)}h{random.randint(10, 59)}"
    return f"rdv à {hour} le {random.randint(1, 30)} mai 2026, place 12"
