"""What caseworkers read, as typed fields of texts.fr.yml."""

from typing import Annotated

from bot.text_fields import Date, Name, Numbered, Plain, Quoted, Strict, Title, holds


class FaqTexts(Strict):
    """What General reads of the FAQ files."""

    updated: Plain
    repaired: Plain
    added: Annotated[str, holds("names")]
    changed: Annotated[str, holds("names")]
    removed: Annotated[str, holds("names")]
    themes: Annotated[str, holds("names")]
    files: Annotated[str, holds("names")]
    refused: Plain
    trials: Plain
    one_more: Plain
    more: Annotated[str, holds("count")]


class ToTeam(Strict):
    """What caseworkers read."""

    faq_topic: Plain
    card_title: Annotated[str, holds("name", "number")]
    card_language: Annotated[str, holds("language")]
    card_opened: Annotated[str, holds("date", "reason")]
    card_urgent: Annotated[str, holds("title")]
    card_claimed: Name
    card_unclaimed: Plain
    card_closed: Plain
    card_words: Plain
    card_word: Annotated[str, holds("hour", "words")]
    card_theme: Annotated[str, holds("theme")]
    card_proposed: Annotated[str, holds("titles")]
    card_refused: Annotated[str, holds("titles")]
    card_help: Plain
    topic_title: Annotated[str, holds("state", "name", "number")]
    states: dict[str, str]
    reasons: dict[str, str]
    alert: Annotated[str, holds("title", "name", "number")]
    alert_soon: Annotated[str, holds("title", "name", "number")]
    alert_link: Plain
    person_closed: Plain
    urgent_left: Annotated[str, holds("name", "number")]
    person_back: Plain
    person_safe: Plain
    person_erased: Plain
    masked_message: Annotated[str, holds("words")]
    masked_media: Annotated[str, holds("what", "words")]
    uncopied: Annotated[str, holds("words")]
    uncopied_to_person: Plain
    edited: Annotated[str, holds("words")]
    kinds: dict[str, str]
    languages: dict[str, str]
    maybe_twice: Plain
    not_delivered_blocked: Plain
    not_delivered: Plain
    unknown_fate: Plain
    answer_unknown_fate: Annotated[str, holds("words")]
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
    group_ready: Annotated[str, holds("title")]
    group_problems: Annotated[str, holds("title", "problems")]
    problems: dict[str, str]
    wrong_code: Plain
    not_administrator: Plain
    resent: Plain
    nothing_to_resend: Plain
    no_request: Plain
    pressed_elsewhere: Plain
    faq: FaqTexts


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
    asked_often: Annotated[str, holds("times", "people", "date")]
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
    entry_lines: Annotated[str, holds("theme", "title", "question", "answer")]
    phrasing_head: Numbered
    phrasing_lines: Annotated[str, holds("title", "phrasing")]
    wording_head: Numbered
    wording_lines: Annotated[str, holds("title", "answer")]
    voice_head: Numbered
    voice_lines: Annotated[str, holds("title", "seconds")]
    worded_by: Name
    voice_by: Name
    two_pairs_of_eyes: Plain
    alone: Plain
    how_to_correct: Plain
    keeps_steps: Plain
    says_otherwise: Plain
    how_to_rephrase: Plain
    to_correct: Plain
    not_yours: Plain
    not_your_voice: Plain
    correct_first: Plain
    changed: Plain
    ended: Plain
    approved: Name
    refused_by: Annotated[str, holds("number", "name")]
    written: Annotated[str, holds("number", "file")]
    written_commit: Annotated[str, holds("number", "file", "commit")]
    not_written: Annotated[str, holds("number", "why")]
    no_drafts: Plain
    themes: Annotated[str, holds("names")]
    too_long_a_voice: Annotated[str, holds("seconds", "most")]
    voice_kept: Plain
    voice_of: Title
    no_voice_yet: Plain
    find: Plain
    found_nothing: Quoted
    give_voice: Plain
    give_wording: Plain
    sent: Annotated[str, holds("name", "title")]
    sent_already: Plain
    entry_gone: Plain
    too_long: Annotated[str, holds("field", "length", "most")]
    is_empty: Annotated[str, holds("field")]
    says_tu: Annotated[str, holds("word")]
    has_name: Name
    has_lines: Annotated[str, holds("count")]
    is_masked: Plain
    title_taken: Title
    unknown_theme: Annotated[str, holds("theme")]
