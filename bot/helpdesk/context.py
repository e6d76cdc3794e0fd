"""The `Helpdesk`: what every use case works with, bound to one transaction."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain import (
    Beneficiary,
    BeneficiaryId,
    Button,
    ButtonRows,
    ExchangeId,
    MessageRef,
    Priority,
    StaffGroup,
    Words,
)
from bot.outgoing import (
    FAQ,
    GENERAL,
    NOWHERE,
    AnswerPress,
    Loose,
    Outgoing,
    Receipt,
    RefreshCard,
    RefreshTitle,
    SendText,
    desk,
    person,
)
from bot.safety import Triage
from bot.store import Transaction, outbox, staff_group
from bot.texts import Texts, fill
from faq.catalogue import Faq

PRESS_LIFETIME = timedelta(seconds=10)  # an answer to a press is worthless later
RECEIPT_LIFETIME = timedelta(minutes=10)
COSMETIC = (Receipt, RefreshCard, RefreshTitle)  # what may wait behind an answer to a press


@dataclass(frozen=True)
class Options:
    """What the composition root decides once.

    `shows_example` lets the names and hours of an example `service.yml` be said: in the
    simulator, never to real people. `why_no_writing`: the sentence that says why the FAQ cannot
    be written from Telegram here; None when it can.
    """

    shows_example: bool = False
    why_no_writing: str | None = None
    album_delay: timedelta = timedelta(seconds=1)


@dataclass(frozen=True)
class Helpdesk:
    """One transaction, one moment (aware, UTC), one version of the FAQ."""

    tx: Transaction
    now: datetime
    faq: Faq
    texts: Texts
    triage: Triage
    options: Options

    @property
    def is_service_known(self) -> bool:
        """Whether the organisation's own names and hours may be said."""
        return self.options.shows_example or not self.faq.service.is_example

    @property
    def team_name(self) -> str:
        """The team as people read it: « notre équipe » rather than an invented name."""
        return self.faq.service.team if self.is_service_known else "notre équipe"

    async def get_group(self) -> StaffGroup | None:
        """The team's group, or None in set-up mode."""
        return await staff_group.get_current(self.tx)

    async def say(
        self,
        beneficiary: Beneficiary,
        words: Words,
        buttons: ButtonRows = (),
        *,
        has_menu_keyboard: bool = False,
        priority: Priority = Priority.ANSWER,
        exchange_id: ExchangeId | None = None,
    ) -> None:
        """Write to the person."""
        body = SendText(words, buttons, has_menu_keyboard=has_menu_keyboard)
        await outbox.add(
            self.tx,
            person(beneficiary.id),
            body,
            priority,
            self.now,
            beneficiary_id=beneficiary.id,
            exchange_id=exchange_id,
        )

    async def post(
        self,
        beneficiary_id: BeneficiaryId,
        words: Words,
        buttons: ButtonRows = (),
        *,
        reply_to: MessageRef | None = None,
        priority: Priority = Priority.OTHER,
        act: str = "",
    ) -> None:
        """Write a line in the person's topic; `act` is what a reply to it does."""
        body = SendText(words, buttons, reply_to=reply_to, act=act)
        await self.put(beneficiary_id, body, priority=priority)

    async def put(
        self,
        beneficiary_id: BeneficiaryId,
        body: Outgoing,
        *,
        priority: Priority = Priority.RELAY,
        group_key: str | None = None,
        delay: timedelta = timedelta(0),
    ) -> None:
        """Send something to the person's topic."""
        await outbox.add(
            self.tx,
            desk(beneficiary_id),
            body,
            priority,
            self.now,
            beneficiary_id=beneficiary_id,
            group_key=group_key,
            delay=delay,
        )

    async def post_general(
        self,
        words: Words,
        *,
        priority: Priority = Priority.OTHER,
        beneficiary_id: BeneficiaryId | None = None,
        reply_to: MessageRef | None = None,
    ) -> None:
        """Write in the General topic of the team's group, once there is one."""
        await outbox.add(
            self.tx,
            GENERAL,
            SendText(words, reply_to=reply_to),
            priority,
            self.now,
            beneficiary_id=beneficiary_id,
        )

    async def tell(
        self, beneficiary: Beneficiary | None, message: MessageRef, sentence: str
    ) -> None:
        """Answer a caseworker's message: in the person's topic it stands in, or in General."""
        if beneficiary is None:
            await self.post_general(fill(sentence), reply_to=message)
        else:
            await self.post(beneficiary.id, fill(sentence), reply_to=message)

    async def post_faq(
        self,
        words: Words,
        buttons: ButtonRows = (),
        *,
        act: str = "",
        beneficiary_id: BeneficiaryId | None = None,
    ) -> None:
        """Write in the team's topic « FAQ »; `act` is what a reply to it does.

        `beneficiary_id`: whose words it holds, so that they never leave once she is erased.
        """
        body = SendText(words, buttons, act=act)
        await outbox.add(
            self.tx, FAQ, body, Priority.OTHER, self.now, beneficiary_id=beneficiary_id
        )

    async def loose(
        self,
        body: Loose,
        *,
        beneficiary_id: BeneficiaryId | None = None,
        coalesce_key: str | None = None,
        lifetime: timedelta | None = None,
    ) -> None:
        """Ask for something that stands outside the lanes."""
        await outbox.add(
            self.tx,
            NOWHERE,
            body,
            Priority.OTHER if isinstance(body, COSMETIC) else Priority.RELAY,
            self.now,
            beneficiary_id=beneficiary_id,
            coalesce_key=coalesce_key,
            lifetime=lifetime,
        )

    async def answer_press(self, press_id: str, text: str = "", *, is_alert: bool = False) -> None:
        """End the waiting mark of a button, with a sentence if there is one."""
        await self.loose(AnswerPress(press_id, text, is_alert), lifetime=PRESS_LIFETIME)

    async def give_receipt(
        self, message: MessageRef, emoji: str, beneficiary_id: BeneficiaryId
    ) -> None:
        """Put a reaction on a message that has reached the other side."""
        await self.loose(
            Receipt(message, emoji), beneficiary_id=beneficiary_id, lifetime=RECEIPT_LIFETIME
        )

    async def refresh_topic(self, beneficiary_id: BeneficiaryId) -> None:
        """The card and the title of her topic follow what has changed."""
        await self.loose(
            RefreshCard(beneficiary_id),
            beneficiary_id=beneficiary_id,
            coalesce_key=f"card:{beneficiary_id}",
        )
        await self.loose(
            RefreshTitle(beneficiary_id),
            beneficiary_id=beneficiary_id,
            coalesce_key=f"title:{beneficiary_id}",
        )

    def human_button(self) -> Button:
        """« Parler à quelqu'un », the last button of every screen."""
        return Button(self.texts.menu.human, "human")

    def robot_button(self) -> Button:
        """« Reprendre le robot », while a request is open."""
        return Button(self.texts.labels.robot, "robot")


def rows(*buttons: Button) -> ButtonRows:
    """One button a row: easy to hit with a thumb."""
    return tuple((button,) for button in buttons)
