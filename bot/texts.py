"""Every sentence the robot says, read from `texts.fr.yml` into typed fields.

A missing, misspelt or superfluous sentence, and a sentence without its {places}, stop the
start-up. `**…**` in a sentence becomes bold.
"""

from pathlib import Path
from typing import Annotated, Any

from bot.domain import Words, utf16_length
from bot.team_texts import Teaching, ToTeam
from bot.text_fields import Date, Numbered, Plain, Strict, Team, holds
from faq.loader import load_document

FRENCH = Path(__file__).parent / "texts.fr.yml"


def fill(template: str, **values: object) -> Words:
    """The sentence with its {places} filled; bold is read in the sentence, never in a value."""
    words = Words("")
    for position, part in enumerate(template.split("**")):
        text = part.format(**values)
        bold = ((0, utf16_length(text)),) if position % 2 and text else ()
        words = words + Words(text, bold)
    return words


class Menu(Strict):
    """The four words of the persistent keyboard."""

    ask: Plain
    themes: Plain
    data: Plain
    human: Plain


class Labels(Strict):
    """Button labels, three words at most."""

    yes: Plain
    no: Plain
    none: Plain
    listen: Annotated[str, holds("seconds")]
    pictures: Plain
    more: Plain
    robot: Plain
    safe: Plain
    question: Plain
    see_again: Plain
    not_yet: Plain
    my_file: Plain
    erase: Plain
    complain: Plain
    erase_yes: Plain
    keep: Plain
    claim: Plain
    close: Plain
    give_back: Plain
    see: Plain
    resend: Plain
    maybe_twice: Plain


class Heard(Strict):
    """What people write, normalised (no accents, lower case), that is not a question."""

    menu: tuple[str, ...]
    help: tuple[str, ...]
    human: tuple[str, ...]
    speak: tuple[str, ...]
    someone: tuple[str, ...]
    polite: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    stuck: tuple[str, ...]
    none: tuple[str, ...]
    more: tuple[str, ...]
    safe: tuple[str, ...]
    stop: tuple[str, ...]
    robot: tuple[str, ...]
    erase: tuple[str, ...]
    data: tuple[str, ...]
    who: tuple[str, ...]
    sad: tuple[str, ...]


class ToPerson(Strict):
    """What the person reads."""

    welcome: Annotated[str, holds("team", "days", "ticket_days")]
    welcome_short: Team
    opening_soon: Plain
    ask_now: Plain
    ask_while_open: Plain
    choose_theme: Plain
    choose_question: Annotated[str, holds("theme")]
    theme_empty: Plain
    which_one: Plain
    no_such_number: Plain
    not_found: Plain
    next_best: Plain
    answered_for: Annotated[str, holds("title")]
    phone: Annotated[str, holds("number", "name")]
    phone_hours: Annotated[str, holds("hours")]
    source: Annotated[str, holds("source", "date")]
    stale: Plain
    stale_source: Annotated[str, holds("source", "date")]
    does_it_help: Plain
    glad: Plain
    entry_gone: Plain
    voice_lost: Plain
    listened: Annotated[str, holds("title", "name")]
    old_button: Plain
    puzzled: Plain
    sad: Plain
    sticker: Plain
    help: Plain
    stop: Plain
    masked: Plain
    handed_over: Numbered
    handed_over_missed: Numbered
    already_open: Numbered
    arrived: Plain
    media: Annotated[str, holds("what")]
    kinds: dict[str, str]
    reads_until: Annotated[str, holds("team", "until")]
    opens_at: Annotated[str, holds("team", "day", "hour")]
    reads_later: Team
    kept: Plain
    claimed: Annotated[str, holds("name", "team")]
    first_reply: Annotated[str, holds("name", "team")]
    closed: Plain
    closed_clear: Plain
    reopened: Plain
    robot_back: Plain
    robot_is_here: Plain
    danger_present: Annotated[str, holds("team", "until")]
    danger_closed: Annotated[str, holds("team", "day", "hour")]
    danger_told: Team
    danger_kept: Plain
    safe: Plain
    safe_alone: Plain
    did_you_get_it: Plain
    robot_failed: Plain
    edited_for_team: Plain


class Data(Strict):
    """« Mes données »."""

    overview: Annotated[str, holds("team", "days", "ticket_days")]
    rights: Annotated[str, holds("responsible", "contact")]
    rights_here: Team
    file_name: Plain
    file_caption: Plain
    file_head: Date
    file_who: Annotated[str, holds("name", "number", "chat")]
    file_language: Annotated[str, holds("language")]
    file_nothing: Plain
    file_exchange: Annotated[str, holds("moment", "words", "outcome")]
    file_event: Annotated[str, holds("moment", "number", "what")]
    file_answer: Annotated[str, holds("title")]
    file_said: Annotated[str, holds("feedback")]
    outcomes: dict[str, str]
    events: dict[str, str]
    confirm: Plain
    erased: Plain
    erased_later: Plain
    kept: Plain


class Terminal(Strict):
    """What is printed where the program runs."""

    simulator: Annotated[str, holds("address")]
    ready: Annotated[str, holds("robot")]
    setup: Annotated[str, holds("code", "robot")]
    group_problems: Annotated[str, holds("problems")]
    group_unreachable: Plain
    example_service: Annotated[str, holds("lines")]
    faq_loaded: Annotated[str, holds("entries", "themes", "version")]
    faq_trials: Annotated[str, holds("lines")]
    faq_kept: Annotated[str, holds("errors")]
    faq_refused: Annotated[str, holds("errors")]
    stopping: Plain


class Texts(Strict):
    """All of it."""

    menu: Menu
    labels: Labels
    heard: Heard
    person: ToPerson
    data: Data
    team: ToTeam
    teaching: Teaching
    terminal: Terminal
    days: tuple[str, ...]
    months: tuple[str, ...]


def load_texts(path: Path = FRENCH) -> Texts:
    """Read the sentences; raises faq.errors.FaqErrors naming file, line and field."""
    texts: Any = load_document(path, Texts)
    assert isinstance(texts, Texts)  # noqa: S101 - load_document gives what it was asked for
    return texts
