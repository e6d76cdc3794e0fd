"""Every sentence the robot says, read from `texts.fr.yml` into typed fields.

A missing, misspelt or superfluous sentence, and a sentence without its {places}, stop the
start-up. `**…**` in a sentence becomes bold.
"""

import re
from pathlib import Path
from string import Formatter
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict

from bot.domain import Words, utf16_length
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


def _holds(*names: str) -> AfterValidator:
    def check(template: str) -> str:
        found = {name for _, name, _, _ in Formatter().parse(template) if name is not None}
        if found != set(names):
            raise ValueError(f"les places attendues sont {sorted(names)}, pas {sorted(found)}")
        if len(re.findall(r"\*\*", template)) % 2:
            raise ValueError("il manque un ** de fin")
        return template

    return AfterValidator(check)


Plain = Annotated[str, _holds()]
Team = Annotated[str, _holds("team")]
Name = Annotated[str, _holds("name")]
Date = Annotated[str, _holds("date")]
Numbered = Annotated[str, _holds("number")]
Quoted = Annotated[str, _holds("words")]
Title = Annotated[str, _holds("title")]


class Strict(BaseModel):
    """Frozen, nothing unknown, nothing converted."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


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
    listen: Annotated[str, _holds("seconds")]
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

    welcome: Annotated[str, _holds("team", "days", "ticket_days")]
    welcome_short: Team
    opening_soon: Plain
    ask_now: Plain
    ask_while_open: Plain
    choose_theme: Plain
    choose_question: Annotated[str, _holds("theme")]
    theme_empty: Plain
    which_one: Plain
    no_such_number: Plain
    not_found: Plain
    next_best: Plain
    answered_for: Annotated[str, _holds("title")]
    phone: Annotated[str, _holds("number", "name")]
    phone_hours: Annotated[str, _holds("hours")]
    source: Annotated[str, _holds("source", "date")]
    stale: Plain
    stale_source: Annotated[str, _holds("source", "date")]
    does_it_help: Plain
    glad: Plain
    entry_gone: Plain
    voice_lost: Plain
    listened: Annotated[str, _holds("title", "name")]
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
    media: Annotated[str, _holds("what")]
    kinds: dict[str, str]
    reads_until: Annotated[str, _holds("team", "until")]
    opens_at: Annotated[str, _holds("team", "day", "hour")]
    reads_later: Team
    kept: Plain
    claimed: Annotated[str, _holds("name", "team")]
    first_reply: Annotated[str, _holds("name", "team")]
    closed: Plain
    closed_clear: Plain
    reopened: Plain
    robot_back: Plain
    robot_is_here: Plain
    danger_present: Annotated[str, _holds("team", "until")]
    danger_closed: Annotated[str, _holds("team", "day", "hour")]
    danger_told: Team
    danger_kept: Plain
    safe: Plain
    safe_alone: Plain
    did_you_get_it: Plain
    robot_failed: Plain
    edited_for_team: Plain


class Data(Strict):
    """« Mes données »."""

    overview: Annotated[str, _holds("team", "days", "ticket_days")]
    rights: Annotated[str, _holds("responsible", "contact")]
    rights_here: Team
    file_name: Plain
    file_caption: Plain
    file_head: Date
    file_who: Annotated[str, _holds("name", "number", "chat")]
    file_language: Annotated[str, _holds("language")]
    file_nothing: Plain
    file_exchange: Annotated[str, _holds("moment", "words", "outcome")]
    file_event: Annotated[str, _holds("moment", "number", "what")]
    file_answer: Annotated[str, _holds("title")]
    file_said: Annotated[str, _holds("feedback")]
    outcomes: dict[str, str]
    events: dict[str, str]
    confirm: Plain
    erased: Plain
    erased_later: Plain
    kept: Plain


class ToTeam(Strict):
    """What caseworkers read."""

    faq_topic: Plain
    card_title: Annotated[str, _holds("name", "number")]
    card_language: Annotated[str, _holds("language")]
    card_opened: Annotated[str, _holds("date", "reason")]
    card_urgent: Annotated[str, _holds("title")]
    card_claimed: Name
    card_unclaimed: Plain
    card_closed: Plain
    card_words: Plain
    card_word: Annotated[str, _holds("hour", "words")]
    card_theme: Annotated[str, _holds("theme")]
    card_proposed: Annotated[str, _holds("titles")]
    card_refused: Annotated[str, _holds("titles")]
    card_help: Plain
    topic_title: Annotated[str, _holds("state", "name", "number")]
    states: dict[str, str]
    reasons: dict[str, str]
    alert: Annotated[str, _holds("title", "name", "number")]
    alert_soon: Annotated[str, _holds("title", "name", "number")]
    alert_link: Plain
    person_closed: Plain
    urgent_left: Annotated[str, _holds("name", "number")]
    person_back: Plain
    person_safe: Plain
    person_erased: Plain
    masked_message: Annotated[str, _holds("words")]
    masked_media: Annotated[str, _holds("what", "words")]
    uncopied: Annotated[str, _holds("words")]
    uncopied_to_person: Plain
    edited: Annotated[str, _holds("words")]
    kinds: dict[str, str]
    languages: dict[str, str]
    maybe_twice: Plain
    not_delivered_blocked: Plain
    not_delivered: Plain
    unknown_fate: Plain
    answer_unknown_fate: Annotated[str, _holds("words")]
    not_taken_back: Plain
    taken_back: Plain
    claimed: Name
    already_claimed: Name
    closed: Name
    closed_anonymously: Plain
    given_back: Name
    already_closed: Plain
    unknown_command: Plain
    help: Plain
    anonymous_channel: Plain
    anonymous: Plain
    not_member: Plain
    stranger: Plain
    already_registered: Plain
    still_kept: Plain
    dead_button: Plain
    why_twice: Plain
    robot_failed: Plain
    robot_failed_here: Plain
    joined: Name
    left: Name
    blocked: Plain
    unblocked: Plain
    group_ready: Annotated[str, _holds("title")]
    group_problems: Annotated[str, _holds("title", "problems")]
    problems: dict[str, str]
    wrong_code: Plain
    not_administrator: Plain
    resent: Plain
    nothing_to_resend: Plain
    no_request: Plain
    pressed_elsewhere: Plain


class TeachingLabels(Strict):
    """Buttons of the team's group about the FAQ."""

    teach: Plain
    this_entry: Plain
    add_phrasing: Plain
    new_entry: Plain
    ignore: Plain
    more: Plain
    approve: Plain
    refuse: Plain
    send: Name
    show: Title


class Teaching(Strict):
    """What caseworkers read when they teach the robot."""

    labels: TeachingLabels
    offer: Plain
    see_topic: Plain
    question: Quoted
    asked_once: Date
    asked_often: Annotated[str, _holds("times", "people", "date")]
    chosen: Title
    all_known: Plain
    which_entry: Quoted
    no_entry: Quoted
    write_answer: Quoted
    ignored: Name
    settled: Plain
    not_a_reply: Plain
    drafted: Plain
    entry_head: Numbered
    entry_lines: Annotated[str, _holds("theme", "title", "question", "answer")]
    phrasing_head: Numbered
    phrasing_lines: Annotated[str, _holds("title", "phrasing")]
    wording_head: Numbered
    wording_lines: Annotated[str, _holds("title", "answer")]
    voice_head: Numbered
    voice_lines: Annotated[str, _holds("title", "seconds")]
    worded_by: Name
    two_pairs_of_eyes: Plain
    alone: Plain
    how_to_correct: Plain
    how_to_rephrase: Plain
    to_correct: Plain
    not_yours: Plain
    correct_first: Plain
    changed: Plain
    ended: Plain
    approved: Name
    refused_by: Annotated[str, _holds("number", "name")]
    written: Annotated[str, _holds("number", "file")]
    written_commit: Annotated[str, _holds("number", "file", "commit")]
    not_written: Annotated[str, _holds("number", "why")]
    no_drafts: Plain
    themes: Annotated[str, _holds("names")]
    too_long_a_voice: Annotated[str, _holds("seconds", "most")]
    voice_kept: Plain
    voice_of: Title
    find: Plain
    found_nothing: Quoted
    give_voice: Plain
    give_wording: Plain
    sent: Annotated[str, _holds("name", "title")]
    sent_already: Plain
    entry_gone: Plain
    too_long: Annotated[str, _holds("field", "length", "most")]
    is_empty: Annotated[str, _holds("field")]
    says_tu: Annotated[str, _holds("word")]
    has_name: Name
    has_lines: Annotated[str, _holds("count")]
    is_masked: Plain
    title_taken: Title
    unknown_theme: Annotated[str, _holds("theme")]


class Terminal(Strict):
    """What is printed where the program runs."""

    simulator: Annotated[str, _holds("address")]
    ready: Annotated[str, _holds("robot")]
    setup: Annotated[str, _holds("code", "robot")]
    group_problems: Annotated[str, _holds("problems")]
    group_unreachable: Plain
    example_service: Annotated[str, _holds("lines")]
    faq_loaded: Annotated[str, _holds("entries", "themes", "version")]
    faq_refused: Annotated[str, _holds("errors")]
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
