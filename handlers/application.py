"""Every handler, in order, on one screen; and an Application that cannot speak."""

from telegram import Update
from telegram._utils.types import ODVInput
from telegram.ext import (
    ApplicationBuilder,
    ApplicationHandlerStop,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    ExtBot,
    MessageHandler,
    MessageReactionHandler,
    TypeHandler,
    filters,
)
from telegram.request import BaseRequest, RequestData

from handlers import beneficiary, staff
from handlers.context import DeskApplication, DeskContext, Turn

NEW = filters.UpdateType.MESSAGE
EDITED = filters.UpdateType.EDITED_MESSAGE
PRIVATE = filters.ChatType.PRIVATE
GROUP = filters.ChatType.GROUPS
SERVICE = filters.StatusUpdate.ALL


class MuteError(RuntimeError):
    """A handler tried to talk to Telegram: it must write to the outbox instead."""


class UnhandledUpdateError(Exception):
    """No handler takes this update; it is a failure, never done."""


class MuteRequest(BaseRequest):
    """A transport that knows who the robot is, and refuses every other method."""

    def __init__(self, me: bytes) -> None:
        """`me`: the whole answer of getMe, as JSON."""
        self._me = me

    @property
    def read_timeout(self) -> float | None:
        """No call, no timeout."""
        return None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = None,
        write_timeout: ODVInput[float] = None,
        connect_timeout: ODVInput[float] = None,
        pool_timeout: ODVInput[float] = None,
    ) -> tuple[int, bytes]:
        """Answer getMe; raise MuteError for anything else."""
        name = url.rsplit("/", 1)[-1]
        if name != "getMe":
            raise MuteError(f"handlers never talk to Telegram ({name})")
        return 200, self._me


async def on_unknown(update: Update, context: DeskContext) -> None:
    """The last handler: what nobody takes is a failure."""
    raise UnhandledUpdateError


async def on_error(update: object, context: DeskContext) -> None:
    """Keep what a handler raised for dispatch, and go no further: PTB would swallow it."""
    context.turn.error = context.error
    raise ApplicationHandlerStop


def build_application(token: str, me: bytes) -> DeskApplication:
    """The Application that turns updates into calls of the helpdesk, one at a time."""
    mute = MuteRequest(me)
    application: DeskApplication = (
        ApplicationBuilder()
        .bot(ExtBot(token, request=mute, get_updates_request=mute))
        .updater(None)
        .job_queue(None)
        .context_types(ContextTypes(context=DeskContext))
        .build()
    )
    application.bot_data["turn"] = Turn()
    add = application.add_handler

    # Order matters: the first handler that takes an update is the only one.
    add(CommandHandler("start", beneficiary.on_start, filters=NEW & PRIVATE))
    add(MessageHandler(NEW & PRIVATE & SERVICE, beneficiary.on_service_message))
    add(MessageHandler(NEW & PRIVATE, beneficiary.on_message))
    add(MessageHandler(EDITED & PRIVATE, beneficiary.on_edit))
    add(MessageHandler(NEW & GROUP & SERVICE, staff.on_service_message))
    add(MessageHandler(NEW & GROUP, staff.on_message))
    add(MessageHandler(EDITED & GROUP, staff.on_edit))
    add(CallbackQueryHandler(_on_press))
    add(ChatMemberHandler(_on_own_membership, ChatMemberHandler.MY_CHAT_MEMBER))
    add(ChatMemberHandler(staff.on_member, ChatMemberHandler.CHAT_MEMBER))
    add(MessageReactionHandler(_on_reaction))
    add(TypeHandler(Update, on_unknown))

    application.add_error_handler(on_error)
    return application


def _is_private(update: Update) -> bool:
    return update.effective_chat is None or update.effective_chat.type == "private"


async def _on_press(update: Update, context: DeskContext) -> None:
    await (beneficiary if _is_private(update) else staff).on_press(update, context)


async def _on_own_membership(update: Update, context: DeskContext) -> None:
    if _is_private(update):
        await beneficiary.on_block(update, context)
    else:
        await staff.on_own_membership(update, context)


async def _on_reaction(update: Update, context: DeskContext) -> None:
    await (beneficiary if _is_private(update) else staff).on_reaction(update, context)
