"""The judge: reads what the Bot API accepted and what the database kept, and believes neither."""

import hashlib
from collections import Counter
from typing import Any

from bot.texts import load_texts
from handlers.intake import name_naturally
from tests.proof.burst import Pupil
from tests.proof.campaign import Campaign

SENDS = ("sendMessage", "copyMessage")


def judge(campaign: Campaign) -> None:
    """Raise AssertionError at the first promise that was broken; complete the figures."""
    Judge(campaign).judge_all()


class Judge:
    """One verdict."""

    def __init__(self, campaign: Campaign) -> None:
        """Read once what is judged."""
        self._campaign = campaign
        self._engine = campaign.engine
        self._group = int(campaign.burst.group["id"])
        self._texts = load_texts()
        with campaign.read() as database:
            self._inbox = database.execute("SELECT * FROM inbox").fetchall()
            self._outbox = database.execute("SELECT * FROM outbox").fetchall()
            self._people = {
                row["chat_id"]: row for row in database.execute("SELECT * FROM beneficiary")
            }
            (self._verdict,) = database.execute("PRAGMA integrity_check").fetchone()

    def judge_all(self) -> None:
        """Every promise."""
        assert self._verdict == "ok"
        assert not self._engine.ledger.mistakes()
        self._judge_inbox()
        self._judge_outbox()
        for pupil in self._campaign.burst.people:
            if pupil.chat in self._people:
                self._judge_answers(pupil)
                self._judge_sends(pupil)
                self._judge_relays(pupil)
                self._judge_replies(pupil)
        self._judge_strangers()
        self._judge_alert()
        self._campaign.figures.orphans += self._count_orphans()

    def _judge_inbox(self) -> None:
        """No update is missing, none is there twice, each was handled."""
        there = {row["natural_key"]: row["id"] for row in self._inbox}
        expected = {self._key(update): update for update in self._campaign.updates}
        missing = [update for key, update in expected.items() if key not in there]
        assert not missing, f"updates missing from the inbox: {missing}"
        extra = [row for key, row in there.items() if key not in expected]
        assert not extra, f"rows {extra} of the inbox are no update"
        statuses = Counter(row["status"] for row in self._inbox)
        assert statuses == {"done": len(self._inbox)}, statuses

    def _key(self, update: dict[str, Any]) -> str:
        natural = name_naturally(update, int(self._engine.bot["id"]))
        return hashlib.sha256(natural.encode()).hexdigest()[:40]

    def _judge_outbox(self) -> None:
        """Nothing is left in flight, nothing failed, what is unknown is shown to somebody."""
        statuses = Counter(row["status"] for row in self._outbox)
        assert not statuses["sending"], statuses
        assert not statuses["waiting"], statuses
        assert not statuses["failed"], statuses
        unknown = [row for row in self._outbox if row["status"] == "unknown"]
        for row in unknown:
            self._judge_unknown(row)
        given_up = [row for row in self._outbox if row["status"] == "dropped" and row["attempts"]]
        hers = [row for row in given_up if row["destination"].startswith("person:")]
        assert not any(row["source_key"] for row in hers), "a caseworker's words were dropped"
        self._campaign.figures.unknown += len(unknown) + len(hers)
        kept = [row["id"] for row in self._outbox if row["body"] and row["status"] != "unknown"]
        assert not kept, f"words stay in rows {kept}"

    def _judge_unknown(self, row: Any) -> None:
        """« Renvoyer » in the topic, or « Revoir la réponse » on her phone, unless she wrote."""
        assert row["destination"].startswith("person:"), "only what goes to a person is held back"
        assert row["priority"] > 0, "danger is always sent again"
        person = next(p for p in self._people.values() if p["id"] == row["beneficiary_id"])
        if person["last_seen_at"] > row["created_at"] and row["source_key"] is None:
            return
        asked = [r for r in self._outbox if r["coalesce_key"] == f"received:{person['id']}"]
        shown = self._buttons(self._group) | self._buttons(person["chat_id"])
        is_shown = f"resend:{row['id']}" in shown or f"again:{row['id']}" in shown
        assert is_shown or row in asked or any(a["status"] == "unknown" for a in asked), dict(row)

    def _judge_answers(self, pupil: Pupil) -> None:
        """No automatic answer reaches a person twice, and they keep the order of her questions."""
        texts = [call.parameters["text"] for call in self._calls(pupil.chat, "sendMessage")]
        answers = [t.split("\n")[0] for t in texts if t.split("\n")[0] in set(pupil.asked)]
        doubles = [title for title, count in Counter(answers).items() if count > 1]
        assert not doubles, f"{pupil.name} was answered twice: {doubles}"
        assert answers == [title for title in pupil.asked if title in answers], pupil.name

    def _judge_sends(self, pupil: Pupil) -> None:
        """Each row to a person leaves at most once; only danger may leave again."""
        number = self._people[pupil.chat]["id"]
        mine = [row for row in self._outbox if row["destination"] == f"person:{number}"]
        calls = sum(len(self._calls(pupil.chat, method)) for method in SENDS)
        left = [row for row in mine if row["status"] == "sent"]
        ids = [row["sent_message_id"] for row in left]
        assert len(set(ids)) == len(ids), f"{pupil.name}: two rows for one message"
        again = sum(row["attempts"] - 1 for row in mine if row["priority"] == 0)
        assert len(left) <= calls <= len(mine) + again, f"{pupil.name}: {calls} for {len(mine)}"

    def _judge_relays(self, pupil: Pupil) -> None:
        """What she wrote is in her topic, in order; a second copy says that it is one."""
        messages = self._topic(pupil)
        first: list[str] = []
        for mark in pupil.wrote:
            found = [n for n, message in enumerate(messages) if mark in _text(message)]
            assert found, f"{mark} is lost"
            for position in found[1:]:
                assert self._is_marked(messages, position), (
                    f"{mark} is there twice, unmarked: {[_text(messages[n]) for n in found]}"
                )
            self._campaign.figures.marked += len(found) - 1
            first.append(str(found[0]).rjust(6))
        assert first == sorted(first), f"{pupil.name}: {pupil.wrote} came as {first}"

    def _is_marked(self, messages: list[dict[str, Any]], position: int) -> bool:
        message = messages[position]
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        labels = [button["text"] for row in rows for button in row]
        line = self._texts.team.maybe_twice
        return self._texts.labels.maybe_twice in labels or line in _text(message)

    def _judge_replies(self, pupil: Pupil) -> None:
        """What caseworkers wrote reaches her at most once, in order; the rest is shown."""
        texts = [_text(message) for message in self._engine.messages(pupil.chat)]
        found = []
        for mark in pupil.replied:
            places = [n for n, text in enumerate(texts) if mark in text]
            assert len(places) <= 1, f"« {mark} » came {len(places)} times"
            found.extend(places)
        assert found == sorted(found), f"{pupil.name}: replies out of order"
        number = self._people[pupil.chat]["id"]
        mine = [r for r in self._outbox if r["destination"] == f"person:{number}"]
        held = [row for row in mine if row["status"] == "unknown" and row["source_key"]]
        assert len(found) + len(held) >= len(pupil.replied), f"{pupil.name}: a reply is lost"

    def _judge_strangers(self) -> None:
        """No word of one conversation is in another one."""
        people = self._campaign.burst.people
        topics = {pupil.name: self._topic(pupil) for pupil in people if pupil.is_handed_over}
        for pupil in people:
            for mark in (*pupil.wrote, *pupil.replied):
                for other in people:
                    if other is pupil:
                        continue
                    there = [*self._engine.messages(other.chat), *topics.get(other.name, [])]
                    assert not any(mark in _text(m) for m in there), f"{mark} at {other.name}"

    def _judge_alert(self) -> None:
        """The danger reached its numbers and the team, whatever was killed."""
        yann = next(p for p in self._campaign.burst.people if p.name == "Yann")
        if yann.wrote:
            assert any("3114" in _text(m) for m in self._engine.messages(yann.chat))
            general = [_text(m) for m in self._engine.messages(self._group, None)]
            assert any("URGENT" in text and "Yann" in text for text in general)

    def _topic(self, pupil: Pupil) -> list[dict[str, Any]]:
        """The messages of her topic; the others of her name must be empty."""
        person = self._people[pupil.chat]
        hers: list[dict[str, Any]] = []
        for topic in self._engine.topics(self._campaign.burst.group):
            if f"· {pupil.name} ·" not in topic["name"]:
                continue
            messages = [m for m in self._engine.messages(self._group, topic["id"]) if _text(m)]
            if topic["id"] == person["topic_id"]:
                hers = messages
            else:
                assert not messages, f"{pupil.name}: words in a topic that is nobody's"
        return hers

    def _calls(self, chat: int, method: str) -> list[Any]:
        return self._engine.ledger.of(method, chat_id=chat)

    def _buttons(self, chat: int) -> set[str]:
        found = set()
        for message in self._engine.messages(chat):
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                found.update(button.get("callback_data", "") for button in row)
        return found

    def _count_orphans(self) -> int:
        """Topics opened by a call whose answer was lost: empty, and nobody's."""
        owned = {row["topic_id"] for row in self._people.values()}
        topics = self._engine.topics(self._campaign.burst.group)
        return sum(topic["id"] not in owned for topic in topics)


def _text(message: dict[str, Any]) -> str:
    return str(message.get("text") or message.get("caption") or "")
