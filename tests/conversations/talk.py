"""A conversation as a table: what she does, and what she must read then."""

from collections.abc import Iterable

from tests.conversations.world import Person


async def talk(person: Person, table: Iterable[tuple[str, str]]) -> None:
    """Play each line: « [label] » touches a button, anything else is written.

    The second column must stand in what she reads then; « » means that she reads nothing.
    """
    person.reads()
    for act, expected in table:
        if act.startswith("["):
            await person.touches(act[1:-1])
        else:
            await person.says(act)
        read = "\n".join(person.reads())
        assert expected in read if expected else not read, f"{act!r} gave {read!r}"


async def forge(person: Person, data: str) -> None:
    """A press that no button shows: an old screen, or somebody who writes to the Bot API."""
    engine = person.world.engine
    (message, *_) = engine.messages(person.chat)
    query = {
        "id": f"forged-{len(engine.ledger)}",
        "from": person.user,
        "chat_instance": "1",
        "message": message,
        "data": data,
    }
    engine.deliver_raw({"callback_query": query})
    await person.world.settle()
