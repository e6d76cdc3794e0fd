"""« Ajouter à la FAQ »: a caseworker's reply becomes a draft, with the question it answered."""

import re
from datetime import date

from bot.domain import Beneficiary, Button, Exchange, MessageId, Ticket, Words
from bot.helpdesk.context import Helpdesk, rows
from bot.helpdesk.hours import PARIS
from bot.helpdesk.incoming import Incoming, StaffSender
from bot.helpdesk.teaching import drafts
from bot.store import draft, ticket, unanswered
from bot.store import exchange as journal
from bot.store.ticket import TicketEvent
from faq.changes import NewEntry
from faq.text import words
from faq.titles import title_of

OFFERED = "offered"  # event of a request: the button was shown, once
FEWEST_SAID = 8  # words of a reply that may serve others
FEWEST_ASKED = 2  # words of a question

_GREETING = re.compile(r"\s*(bonjour|bonsoir|salut|coucou)\b", re.IGNORECASE)
_CALLED = re.compile(
    r"\s+(?i:madame|monsieur|mme|mr|m\.)(\s+[A-ZÀ-Ý][\w-]*)?(?!\w)|\s+(?i:à vous|à tous)\b"
)
_GOODBYE = re.compile(
    r"[\s,.!]*\b(bonne (journée|soirée|continuation)|bien à vous|cordialement|à bientôt|"
    r"au revoir)\b.{0,60}\Z",
    re.IGNORECASE | re.DOTALL,
)


async def offer(desk: Helpdesk, person: Beneficiary, opened: Ticket, said: Incoming) -> None:
    """Once a request, under the first reply that could serve others."""
    if said.kind != "text" or len(words(said.text)) < FEWEST_SAID or opened.is_urgent:
        return
    if await ticket.has_event(desk.tx, opened.id, OFFERED):
        return
    await ticket.add_event(desk.tx, opened.id, OFFERED, desk.now)
    texts = desk.texts.teaching
    button = Button(texts.labels.teach, f"teach:{said.message.message}")
    await desk.post(person.id, Words(texts.offer), rows(button), reply_to=said.message)


async def teach(
    desk: Helpdesk, person: Beneficiary, sender: StaffSender, message: MessageId
) -> str:
    """The draft of a reply; returns the sentence to show who asked for it."""
    if desk.options.why_no_writing is not None:
        return desk.options.why_no_writing
    reply = await ticket.get_reply(desk.tx, person.id, message)
    if reply is None or not reply.words or not words(reply.words):
        return desk.texts.teaching.not_a_reply
    asked = await _question_before(desk, person, reply)
    change = word_entry(
        desk,
        asked.question if asked else "",
        bare_answer(reply.words, person.first_name),
        reply.caseworker_name or sender.first_name,
        reply.at.astimezone(PARIS).date(),
    )
    waits = await unanswered.get_open_of_exchange(desk.tx, asked.id) if asked else None
    if change not in [waiting.change for waiting in await draft.list_waiting(desk.tx)]:
        await drafts.propose(desk, sender, change, beneficiary_id=person.id, unanswered_id=waits)
    return desk.texts.teaching.drafted


async def _question_before(
    desk: Helpdesk, person: Beneficiary, reply: TicketEvent
) -> Exchange | None:
    """The last thing she asked before the reply, in words; None when she sent only media."""
    asked = [
        exchange
        for exchange in await journal.list_of_beneficiary(desk.tx, person.id)
        if exchange.at <= reply.at
        and not exchange.outcome.startswith(("danger", "browsed"))
        and not exchange.question.startswith("[")
        and len(words(exchange.question)) >= FEWEST_ASKED
        and desk.triage.triage(exchange.question) is None  # danger is relayed like the rest
    ]
    return asked[-1] if asked else None


def word_entry(
    desk: Helpdesk, question: str, answer: str, author: str, answered_on: date
) -> NewEntry:
    """The draft of an entry; its source is the team, on the day it answered."""
    near = desk.faq.search(question, limit=1) if question else ()
    theme = desk.faq.entries[near[0].entry_id].theme if near else desk.faq.themes[0].id
    asked = drafts.straight(" ".join(question.split()))
    return NewEntry(
        id="",  # given when it is approved
        theme=theme,
        title=title_of(asked),
        question=asked[:1].upper() + asked[1:],
        phrasings=(asked,),
        answer=drafts.straight(answer),
        author=author,
        checked_on=answered_on,
        source=f"{desk.team_name}, réponse de {drafts.straight(author)}",
    )


def bare_answer(text: str, name: str) -> str:
    """A reply without what was for one person alone: the greeting, her name, the goodbye."""
    bare = _GOODBYE.sub("", _without_greeting(text, name)).strip()
    if len(name) > 1:
        bare = re.sub(rf",?\s*\b{re.escape(name)}\b(?=\s*[,.!?]|\s*$)", "", bare)
    bare = bare.strip(" ,")
    if bare and bare[-1] not in ".!?:…":
        bare += "."
    return bare[:1].upper() + bare[1:]


def _without_greeting(text: str, name: str) -> str:
    """« Bonjour Mme Diallo, » away; with or without a comma, no other word goes with it."""
    greeting = _GREETING.match(text)
    if greeting is None:
        return text
    rest = text[greeting.end() :]
    if called := _CALLED.match(rest):
        rest = rest[called.end() :]
    if len(name) > 1 and (named := re.match(rf"\s+{re.escape(name)}(?!\w)", rest, re.IGNORECASE)):
        rest = rest[named.end() :]
    return rest.lstrip(" ,.!:;\n")
