"""The running robot: intake, dispatch, courier and the daily tick, together."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from telegram import Bot

from bot.helpdesk import faq_news, privacy, team
from bot.helpdesk.context import Helpdesk, Options
from bot.helpdesk.faq_news import FaqState
from bot.helpdesk.faq_trials import FaqTrials
from bot.helpdesk.publishing import Publisher, Writer
from bot.safety import Redactor, Triage
from bot.store import DatabaseError, Store, Transaction, fact
from bot.store.database import to_text, to_time
from bot.texts import Texts
from faq.live import LiveFaq, LoadedFaq, RefusedFaq, Reload
from handlers import startup
from handlers.application import build_application
from handlers.courier import Courier
from handlers.dispatch import Dispatch
from handlers.intake import CONFLICT_PATIENCE, Intake, Poller
from handlers.limits import Limits, Rates
from handlers.sending import Sending
from handlers.webhook import WebhookServer

logger = logging.getLogger(__name__)

PURGE_EVERY = timedelta(days=1)
TICK = 60.0  # seconds between two looks at what is due
LAST_PURGE = "last_purge"


def utc_now() -> datetime:
    """The clock of the program."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Webhook:
    """Where Telegram posts updates, and the secret it must show."""

    url: str
    secret: str
    port: int


@dataclass
class Parts:
    """What the composition root gives."""

    store: Store
    bot: Bot
    faq: LiveFaq
    writer: Writer
    texts: Texts
    token: str
    options: Options = field(default_factory=Options)
    rates: Rates = field(default_factory=Rates)
    staff_chat_id: int | None = None
    webhook: Webhook | None = None
    now: Callable[[], datetime] = utc_now
    poll_timeout: int = 50
    conflict_patience: float = CONFLICT_PATIENCE
    say: Callable[[str], None] = logger.info


class Runtime:
    """One robot, from getMe to a clean stop."""

    def __init__(self, parts: Parts) -> None:
        """Nothing starts before `start`."""
        self._parts = parts
        self._options = replace(parts.options, why_no_writing=parts.writer.why_not())
        self._triage: tuple[str, Triage] | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._stops: list[Callable[[], None]] = []
        self._stopping = asyncio.Event()
        self._webhook: WebhookServer | None = None
        self._faq_state = FaqState(parts.faq.current)
        self._faq_news = faq_news.begin(self._faq_state)
        self.me: startup.Me | None = None

    def open_helpdesk(self, tx: Transaction) -> Helpdesk:
        """The helpdesk of a transaction, with the FAQ of this moment."""
        faq = self._parts.faq.current
        if self._triage is None or self._triage[0] != faq.version:
            self._triage = (faq.version, Triage(faq.dangers))
        parts = self._parts
        return Helpdesk(tx, parts.now(), faq, parts.texts, self._triage[1], self._options)

    async def start(self) -> None:
        """Check, introduce oneself, and begin. Raises FatalError with a French sentence."""
        parts = self._parts
        self.me = await startup.meet_telegram(parts.bot)
        await startup.claim_database(parts.store, self.me.id)
        application = build_application(parts.token, self.me.raw)
        await application.initialize()
        await self._settle_group()
        webhook = parts.webhook
        await startup.set_source(
            parts.bot, webhook.url if webhook else None, webhook.secret if webhook else None
        )
        await startup.publish_commands(parts.bot)
        sending = Sending(parts.bot, parts.texts)
        self._courier = Courier(parts.store, sending, Limits(parts.rates), self.open_helpdesk)
        self._publisher = Publisher(
            parts.store, parts.writer, self.open_helpdesk, self._courier.wake
        )
        self._trials = FaqTrials(
            parts.store, parts.faq.current, self.open_helpdesk, self._courier.wake
        )
        self._dispatch = Dispatch(parts.store, application, self.open_helpdesk, self._wake)
        self._intake = Intake(
            parts.store, self._build_redactor(), self.me.id, parts.now, self._dispatch.wake
        )
        await self._begin(webhook)

    def _wake(self) -> None:
        """An update is handled: something may be waiting to be sent, or to be written."""
        self._courier.wake()
        self._publisher.wake()

    def _build_redactor(self) -> Redactor:
        """Numbers that everybody may know stay readable: the verified ones, and the service's."""
        faq = self._parts.faq.current
        public = frozenset(phone.number for phone in faq.numbers.values())
        return Redactor(public | ({faq.service.phone} if faq.service.phone else frozenset()))

    async def _begin(self, webhook: Webhook | None) -> None:
        self._stops = [
            self._dispatch.stop,
            self._stopping.set,
            self._publisher.stop,
            self._trials.stop,
            self._courier.stop,
        ]
        self._spawn(self._courier.run(), "courier")
        self._spawn(self._publisher.run(), "publisher")
        self._spawn(self._trials.run(), "trials")
        self._spawn(self._dispatch.run(), "dispatch")
        self._spawn(self._tick(), "tick")
        if webhook is None:
            parts = self._parts
            poller = Poller(parts.bot, self._intake, parts.poll_timeout, parts.conflict_patience)
            self._spawn(poller.run(), "intake")
            self._stops.append(poller.stop)
        else:
            self._webhook = WebhookServer(self._intake, webhook.url, webhook.secret, webhook.port)
            await self._webhook.start()

    def _spawn(self, work: object, name: str) -> None:
        assert asyncio.iscoroutine(work)  # noqa: S101 - called with our own loops
        self._tasks.append(asyncio.create_task(work, name=name))

    async def _settle_group(self) -> None:
        """Which group is the team's, what it lacks; both said in the terminal."""
        parts = self._parts
        assert self.me is not None  # noqa: S101 - start met Telegram first
        async with parts.store.transaction() as tx:
            desk = self.open_helpdesk(tx)
            code = await startup.choose_group(desk, parts.staff_chat_id)
            group = await desk.get_group()
        terminal = parts.texts.terminal
        if code is not None:
            parts.say(terminal.setup.format(code=code, robot=self.me.username))
        if group is None:
            return
        title, problems = await startup.look_at_group(parts.bot, group.chat_id)
        async with parts.store.transaction() as tx:
            desk = self.open_helpdesk(tx)
            await team.on_inspected(desk, group.chat_id, title, problems)
            if "unreachable" in problems:
                parts.say(terminal.group_unreachable)
            elif problems:
                listed = team.word_problems(desk, problems)
                parts.say(terminal.group_problems.format(problems=listed))

    async def run(self) -> None:
        """Wait until something ends; raises what ended it (FatalError for a wrong token)."""
        done, _ = await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()

    async def stop(self) -> None:
        """Stop taking, finish the update in hand, let what is in flight end."""
        if self._webhook is not None:
            await self._webhook.stop()
        for stop in self._stops:
            stop()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()
        await self._parts.bot.shutdown()

    async def on_reload(self, result: Reload) -> None:
        """The FAQ files have changed: the team reads in General what is new, or what is wrong."""
        match result:
            case LoadedFaq(faq=faq):
                self._faq_state = FaqState(faq)
                self._trials.look_at(faq)
                self._intake.redactor = self._build_redactor()
            case RefusedFaq(errors=errors):
                self._faq_state = FaqState(self._parts.faq.current, errors)
        try:
            await self._tell_faq_news()
        except DatabaseError:
            logger.exception("the database refuses; the news of the FAQ wait")

    async def _tell_faq_news(self) -> None:
        if self._faq_news.written is self._faq_state:
            return
        async with self._parts.store.transaction() as tx:
            told = await faq_news.tell(self.open_helpdesk(tx), self._faq_news, self._faq_state)
        self._faq_news = told
        self._courier.wake()

    async def _tick(self) -> None:
        """What is due at a time: the daily purge, news that waited. A refusal is not the end."""
        while not self._stopping.is_set():
            try:
                await self._purge_if_due()
                await self._tell_faq_news()
            except DatabaseError:
                logger.exception("the database refuses; what is due waits")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), TICK)

    async def _purge_if_due(self) -> None:
        async with self._parts.store.transaction() as tx:
            desk = self.open_helpdesk(tx)
            last = to_time(await fact.get(tx, LAST_PURGE))
            if last is not None and desk.now - last < PURGE_EVERY:
                return
            count = await privacy.purge(desk)
            await fact.set_value(tx, LAST_PURGE, to_text(desk.now))
        logger.info("purge: %d rows", count)
        await self._parts.store.forget_deleted_pages()
        self._courier.wake()
