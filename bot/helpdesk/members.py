"""Somebody whom nobody has seen in the team's group writes there: Telegram is asked who she is.

A public group lets strangers write. Their words wait until Telegram has answered, in order; the
words of a member then go their way, those of a stranger go nowhere.
"""

from pydantic import TypeAdapter

from bot.domain import StaffGroup, TopicId
from bot.helpdesk.context import Helpdesk
from bot.helpdesk.incoming import Incoming, StaffSender
from bot.outgoing import VerifyMember
from bot.store import fact

MESSAGE = "message"  # the act that waits for the answer
HELD: TypeAdapter[Incoming] = TypeAdapter(Incoming)


def _prefix(user_id: int) -> str:
    return f"held:{user_id}:"


async def hold(desk: Helpdesk, group: StaffGroup, sender: StaffSender, said: Incoming) -> None:
    """Keep her words, and ask whether she belongs to the group (once for all that wait)."""
    name = f"{_prefix(sender.user_id)}{sender.topic or 0}:{said.message.message:020d}"
    await fact.set_value(desk.tx, name, HELD.dump_json(said).decode())
    verify = VerifyMember(group.chat_id, sender.user_id, sender.first_name, MESSAGE)
    await desk.loose(verify, coalesce_key=f"verify:{sender.user_id}")


async def release(desk: Helpdesk, verify: VerifyMember) -> list[tuple[StaffSender, Incoming]]:
    """What waited for the answer, oldest first; it waits no more."""
    released = []
    for name, value in await fact.list_by_prefix(desk.tx, _prefix(verify.user_id)):
        await fact.delete(desk.tx, name)
        topic = int(name.split(":")[2])
        sender = StaffSender(verify.user_id, verify.first_name, TopicId(topic) if topic else None)
        released.append((sender, HELD.validate_json(value)))
    return sorted(released, key=lambda one: one[1].message.message)
