"""The people and the group that a first `make run` finds in the simulator."""

from bot.simulator.engine import Engine

GROUP_TITLE = "Équipe sociale (essai)"
BENEFICIARIES = (("Awa", "fr"), ("Karim", "ar"), ("Maria", "pt"))
CASEWORKERS = ("Sophie", "Thomas")


def seed(engine: Engine) -> int:
    """Makes the group and the people, unless the state file brought them; returns the group's id.

    The caseworkers are administrators, so that they may close and delete topics.
    """
    if engine.group_id is not None:
        return engine.group_id
    for first_name, language in BENEFICIARIES:
        engine.add_person(first_name, language)
    group_id = int(engine.add_group(GROUP_TITLE)["id"])
    for first_name in CASEWORKERS:
        engine.join(engine.add_person(first_name), group_id, "administrator")
    return group_id
