"""What the buttons of a person do; typed words and numbers come here too."""

from bot.domain import Beneficiary, Exchange, ExchangeId, MessageRef, Priority, Reason, Words
from bot.helpdesk import answering, danger, handoff, privacy, senses
from bot.helpdesk.context import Helpdesk, rows
from bot.helpdesk.incoming import Sender, number_behind
from bot.store import beneficiary as people
from bot.store import exchange as journal
from bot.store import outbox, ticket


async def press(desk: Helpdesk, person: Beneficiary, token: str, press_id: str) -> None:
    """A button of the person's chat; `token` is what it sends, forged or not."""
    await desk.answer_press(press_id)
    opened = await ticket.get_open(desk.tx, person.id)
    if opened is None and await desk.get_group() is None and not token.startswith("data"):
        await desk.say(person, Words(desk.texts.person.opening_soon))
        return
    await act(desk, person, token)


async def act(desk: Helpdesk, person: Beneficiary, token: str) -> None:
    """Do what a choice means; an unknown or outdated one is told so."""
    name, _, argument = token.partition(":")
    simple = {
        "ask": ask_now,
        "themes": answering.show_themes,
        "stuck": answering.miss,
        "human": call_human,
        "robot": handoff.take_back_robot,
        "safe": danger.say_safe,
        "data": privacy.show,
    }
    if not argument and name in simple:
        await simple[name](desk, person)
    elif name == "theme":
        theme_id, _, page = argument.partition(":")
        await answering.show_theme(desk, person, theme_id, number_behind(page) or 0)
    elif name == "entry":
        await answering.browse(desk, person, argument)
    elif name == "data":
        await privacy.act(desk, person, argument)
    elif name == "again":
        await send_again(desk, person, number_behind(argument))
    elif name in senses.WAYS:
        await senses.give(desk, person, name, argument)
    elif name == "done":
        await _say_done(desk, person, argument)
    else:
        await _act_on_exchange(desk, person, name, argument)


async def _act_on_exchange(desk: Helpdesk, person: Beneficiary, name: str, argument: str) -> None:
    number, _, rest = argument.partition(":")
    exchange = await journal.get(desk.tx, person.id, ExchangeId(number_behind(number) or 0))
    if exchange is None:
        await _say_old(desk, person)
        return
    opened = await ticket.get_open(desk.tx, person.id)
    if name == "yes":
        await answering.accept(desk, person, exchange)
    elif name == "pick":
        await answering.pick(desk, person, exchange, rest)
    elif name in ("no", "none", "question") and opened is not None:
        await handoff.say_already_open(desk, person, opened)
    elif name == "question":
        await _ask_after_care(desk, person, exchange)
    elif name == "no":
        await answering.refuse_answer(desk, person, exchange)
    elif name == "none":
        await answering.refuse_proposals(desk, person, exchange, number_behind(rest) or 0)
    else:
        await _say_old(desk, person)


async def _ask_after_care(desk: Helpdesk, person: Beneficiary, exchange: Exchange) -> None:
    """« J'ai une question »: the words that sounded like distress are read as a question."""
    await answering.ask(desk, person, exchange.question)


async def _say_old(desk: Helpdesk, person: Beneficiary) -> None:
    await desk.say(person, Words(desk.texts.person.old_button), rows(desk.human_button()))


async def ask_now(desk: Helpdesk, person: Beneficiary) -> None:
    """« Poser une question »: write it; while a request is open, a human reads."""
    await people.set_menu(desk.tx, person.id, ())
    if await ticket.get_open(desk.tx, person.id) is not None:
        words, buttons = desk.texts.person.ask_while_open, rows(desk.robot_button())
    else:
        words, buttons = desk.texts.person.ask_now, rows(desk.human_button())
    await desk.say(person, Words(words), buttons)


async def call_human(desk: Helpdesk, person: Beneficiary) -> None:
    """« Parler à quelqu'un »: at once, from every screen."""
    await handoff.hand_over(desk, person, Reason.ASKED)


async def send_again(desk: Helpdesk, person: Beneficiary, row_id: int | None) -> None:
    """« Revoir la réponse »: an answer of unknown fate is sent again, because she asks."""
    row = await outbox.get(desk.tx, row_id) if row_id else None
    if row is None or row.body is None or row.beneficiary_id != person.id:
        await _say_old(desk, person)
        return
    if row.status in ("unknown", "failed"):
        await outbox.set_waiting(desk.tx, row.id, desk.now, None, is_resend=False)


async def _say_done(desk: Helpdesk, person: Beneficiary, argument: str) -> None:
    """After the goodbye of the team: all is clear, or not yet."""
    if argument == "no":
        await handoff.come_back(desk, person)
    else:
        await desk.say(person, Words(desk.texts.person.closed_clear), rows(desk.human_button()))


async def react(desk: Helpdesk, sender: Sender, message: MessageRef, emoji: str) -> None:
    """A reaction of the person: shown to the team when it is on a caseworker's message."""
    person = await people.get_by_chat(desk.tx, sender.chat)
    if person is None or not emoji or await ticket.get_open(desk.tx, person.id) is None:
        return
    await desk.post(
        person.id,
        Words(f"{person.first_name} : {emoji}"),
        reply_to=message,
        priority=Priority.OTHER,
    )
