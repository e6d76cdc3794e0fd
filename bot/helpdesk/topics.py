"""A topic whose making was cut off: adopted, or deleted when the person has another one."""

import re

from bot.domain import BeneficiaryId, StaffGroup, TopicId
from bot.helpdesk.context import Helpdesk
from bot.outgoing import DeleteTopic
from bot.store import beneficiary as people
from bot.store import staff_group

NUMBER = re.compile(r"n° (\d{1,12})$")  # how every title ends: texts `topic_title`


async def recognise(desk: Helpdesk, group: StaffGroup, topic: TopicId, title: str) -> None:
    """The robot made a topic. Killed before it learnt so, it made a second one after.

    An empty topic left beside the real one would swallow what a caseworker writes in it.
    """
    if title == desk.texts.team.faq_topic:
        if group.faq_topic_id is None:
            await staff_group.set_faq_topic(desk.tx, group.id, topic)
        elif group.faq_topic_id != topic:
            await desk.loose(DeleteTopic(group.chat_id, topic))
        return
    found = NUMBER.search(title)
    if found is None:
        return
    person = await people.get(desk.tx, BeneficiaryId(int(found.group(1))))
    if person is None:
        await desk.loose(DeleteTopic(group.chat_id, topic))
    elif person.topic_id is None:
        await people.set_topic(desk.tx, person.id, group.id, topic, title)
    elif person.staff_group_id == group.id and person.topic_id != topic:
        await desk.loose(DeleteTopic(group.chat_id, topic))
