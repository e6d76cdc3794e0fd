"""Which room of teaching a press, a command or a reply of a caseworker goes to."""

from bot.domain import Beneficiary, MessageId, StaffGroup
from bot.helpdesk.context import Helpdesk
from bot.helpdesk.incoming import Incoming, StaffSender, number_behind
from bot.helpdesk.notes import is_kept_back
from bot.helpdesk.teaching import drafts, entries, replies, unknown
from bot.store import meaning

PRESSES = ("teach", "approve", "refuse", *unknown.PRESSES, *entries.PRESSES)
COMMANDS = ("/faq", "/ajouter", "/inconnues", "/brouillons")


async def press(
    desk: Helpdesk,
    person: Beneficiary | None,
    sender: StaffSender,
    name: str,
    argument: str,
    press_id: str,
) -> None:
    """A button of PRESSES."""
    if name in ("approve", "refuse"):
        await drafts.press(desk, sender, name, argument, press_id)
    elif name in unknown.PRESSES:
        await unknown.press(desk, sender, name, argument, press_id)
    elif name in entries.PRESSES:
        await entries.press(desk, person, sender, name, argument, press_id)
    elif person is None or (number := number_behind(argument)) is None:
        await desk.answer_press(press_id, desk.texts.team.dead_button)
    else:
        told = await replies.teach(desk, person, sender, MessageId(number))
        await desk.answer_press(press_id, told, is_alert=True)


async def command(
    desk: Helpdesk,
    group: StaffGroup,
    person: Beneficiary | None,
    sender: StaffSender,
    said: Incoming,
    name: str,
) -> None:
    """A command of COMMANDS, with what follows it."""
    rest = "".join(said.text.split(maxsplit=1)[1:])
    if name == "/faq":
        await entries.find(desk, person, rest)
    elif name == "/inconnues":
        await unknown.show(desk)
    elif name == "/brouillons":
        await drafts.show_waiting(desk)
    elif person is None or said.reply_to is None:
        await desk.tell(person, said.message, desk.texts.teaching.not_a_reply)
        return
    else:
        told = await replies.teach(desk, person, sender, said.reply_to.message)
        await desk.tell(person, said.message, told)
        return
    is_elsewhere = sender.topic is None or sender.topic != group.faq_topic_id
    if is_elsewhere and (person is None or name != "/faq"):
        await desk.tell(person, said.message, desk.texts.teaching.see_topic)


async def is_reply(desk: Helpdesk, said: Incoming) -> bool:
    """Whether it replies to a message of the robot that waits for a reply."""
    return said.reply_to is not None and await meaning.get(desk.tx, said.reply_to) is not None


async def reply(
    desk: Helpdesk, person: Beneficiary | None, sender: StaffSender, said: Incoming
) -> bool:
    """A reply to a message of the robot; False when it means nothing and goes its usual way."""
    act = await meaning.get(desk.tx, said.reply_to) if said.reply_to is not None else None
    if act is None:
        return False
    name, _, argument = act.partition(":")
    if name == entries.ACT and said.voice is not None:
        await entries.propose_voice(desk, person, sender, argument, said, said.voice)
    elif name == drafts.ACT and said.voice is not None:
        await drafts.record_again(desk, sender, argument, said.voice)
    elif person is not None or not said.text.strip():
        return False
    elif name == entries.ACT:
        await entries.propose_wording(desk, sender, argument, said.text)
    elif name == drafts.ACT:
        await drafts.correct(desk, sender, argument, said.text)
    elif name == unknown.SEARCH:
        await unknown.search(desk, argument, said.text)
    elif name == unknown.ANSWER:
        await unknown.answer(desk, sender, argument, said.text)
    else:
        return False
    return True


async def correct_again(desk: Helpdesk, sender: StaffSender, said: Incoming) -> None:
    """The edit of a reply to a draft corrects the draft once more; no other edit is read."""
    act = await meaning.get(desk.tx, said.reply_to) if said.reply_to is not None else None
    name, _, argument = (act or "").partition(":")
    if name == drafts.ACT and said.text.strip() and not is_kept_back(said.text):
        await drafts.correct(desk, sender, argument, said.text)
