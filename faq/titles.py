"""A short title for a new entry, from the question it answers."""

from faq.entry_parts import LONGEST


def title_of(question: str) -> str:
    """The first words of a question, 30 characters at most, without « ? »."""
    words = question.strip(" ?!.…").split()
    title = ""
    for word in words:
        longer = f"{title} {word}".strip()
        if len(longer) > LONGEST["titre"]:
            break
        title = longer
    title = title or question[: LONGEST["titre"]]
    return title[:1].upper() + title[1:]
