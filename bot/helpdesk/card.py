"""The card and the title of a person's topic, from what the database says now."""

from bot.domain import (
    Beneficiary,
    BeneficiaryId,
    Button,
    ButtonRows,
    Exchange,
    Ticket,
    TicketStatus,
    Words,
    join_words,
)
from bot.helpdesk import hours
from bot.helpdesk.context import Helpdesk
from bot.store import beneficiary as people
from bot.store import exchange as journal
from bot.store import ticket
from bot.texts import fill

LONGEST_WORDS = 2_500  # characters of her own words on the card; Telegram takes 4,096 in all
LONGEST_TITLE = 128  # characters of a topic's title at Telegram


async def word_card(
    desk: Helpdesk, beneficiary_id: BeneficiaryId
) -> tuple[Words, ButtonRows] | None:
    """What the card says and its buttons; None when the person is erased."""
    person = await people.get(desk.tx, beneficiary_id)
    if person is None:
        return None
    texts = desk.texts.team
    parts = [fill(texts.card_title, name=person.first_name, number=person.id)]
    last = await ticket.get_last(desk.tx, person.id)
    buttons: ButtonRows = ()
    if last is not None:
        parts.extend(_word_ticket(desk, last))
        exchanges = await journal.list_of_ticket(desk.tx, last.id)
        parts.extend(_word_exchanges(desk, exchanges))
        buttons = _buttons(desk, last)
    if person.language:
        language = texts.languages.get(person.language.split("-")[0], person.language)
        parts.append(fill(texts.card_language, language=language))
    parts.append(Words(texts.card_help))
    return join_words(parts), buttons


def _word_ticket(desk: Helpdesk, last: Ticket) -> list[Words]:
    texts = desk.texts.team
    date = hours.format_moment(desk.texts, last.opened_at)
    parts = [fill(texts.card_opened, date=date, reason=texts.reasons[last.reason.value])]
    if last.is_urgent:
        parts.insert(0, fill(texts.card_urgent, title=_name_danger(desk, last)))
    if last.status is TicketStatus.CLOSED:
        parts.append(Words(texts.card_closed))
    elif last.claimed_name:
        parts.append(fill(texts.card_claimed, name=last.claimed_name))
    else:
        parts.append(Words(texts.card_unclaimed))
    return parts


def _name_danger(desk: Helpdesk, last: Ticket) -> str:
    titles = {danger.id: danger.title for danger in desk.faq.dangers.categories}
    return titles.get(last.danger_category or "", last.danger_category or "danger")


def _word_exchanges(desk: Helpdesk, exchanges: list[Exchange]) -> list[Words]:
    """Her own words with their hour, the theme, what was proposed, what she refused."""
    texts = desk.texts.team
    asked = [exchange for exchange in exchanges if exchange.outcome not in ("relayed", "browsed")]
    parts: list[Words] = []
    if asked:
        parts.append(Words(texts.card_words))
        lines = [_word_line(desk, exchange) for exchange in asked if exchange.outcome != "chosen"]
        while len(lines) > 1 and sum(map(len, lines)) > LONGEST_WORDS:
            lines.pop(0)
        parts.extend(Words(line[: LONGEST_WORDS + 100]) for line in lines)
    proposed = {e.entry_id for e in exchanges if e.entry_id}
    proposed.update(name for e in exchanges for name in (*e.proposals, *e.refused))
    refused = {name for e in exchanges for name in e.refused}
    refused.update(e.entry_id for e in exchanges if e.feedback == "non" and e.entry_id)
    themes = _titles_of_themes(desk, proposed)
    if themes:
        parts.append(fill(texts.card_theme, theme=themes))
    if proposed:
        parts.append(fill(texts.card_proposed, titles=_titles(desk, proposed)))
    if refused:
        parts.append(fill(texts.card_refused, titles=_titles(desk, refused)))
    return parts


def _word_line(desk: Helpdesk, exchange: Exchange) -> str:
    local = exchange.at.astimezone(hours.PARIS)
    hour = hours.format_hour(local)
    return fill(desk.texts.team.card_word, hour=hour, words=exchange.question).text


def _titles(desk: Helpdesk, entry_ids: set[str]) -> str:
    known = (desk.faq.entries.get(name) for name in sorted(entry_ids))
    return ", ".join(entry.title for entry in known if entry is not None)


def _titles_of_themes(desk: Helpdesk, entry_ids: set[str]) -> str:
    names = {theme.title for theme in desk.faq.themes for e in theme.entries if e.id in entry_ids}
    return ", ".join(sorted(names))


def _buttons(desk: Helpdesk, last: Ticket) -> ButtonRows:
    if last.status is TicketStatus.CLOSED:
        return ()
    labels = desk.texts.labels
    end = (
        Button(labels.close, f"close:{last.id}"),
        Button(labels.give_back, f"back:{last.id}"),
    )
    if last.claimed_by is not None:
        return (end,)
    return ((Button(labels.claim, f"claim:{last.id}"),), end)


async def word_title(desk: Helpdesk, beneficiary_id: BeneficiaryId) -> str | None:
    """« à traiter · Amina · n° 17 »; None when the person is erased."""
    person = await people.get(desk.tx, beneficiary_id)
    if person is None:
        return None
    return _title(desk, person, await ticket.get_last(desk.tx, person.id))


def _title(desk: Helpdesk, person: Beneficiary, last: Ticket | None) -> str:
    states = desk.texts.team.states
    state = states["none"] if last is None else states[last.status.value]
    if last is not None and last.is_urgent and last.status is not TicketStatus.CLOSED:
        state = f"{states['urgent']} {state}"
    template = desk.texts.team.topic_title
    spare = LONGEST_TITLE - len(template.format(state=state, name="", number=person.id))
    return template.format(state=state, name=person.first_name[:spare], number=person.id)
