"""One job, one call (a refused copy takes a second one: its text)."""

import asyncio
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, assert_never

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaAnimation,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    LinkPreviewOptions,
    MessageEntity,
    ReplyParameters,
)
from telegram.error import BadRequest, TelegramError

from bot.domain import ChatId, MessageId, MessageRef, Words
from bot.outgoing import (
    FAQ,
    GENERAL,
    AnswerPress,
    DeleteCopy,
    DeleteTopic,
    EditCopy,
    InspectGroup,
    LeaveChat,
    PresentCard,
    Receipt,
    RefreshCard,
    RefreshTitle,
    ReopenTopic,
    SendCopy,
    SendPicture,
    SendText,
    SendVoice,
    VerifyMember,
)
from bot.store.message_map import Form
from bot.texts import Texts, fill
from handlers import failures, keyboards
from handlers.failures import Fate
from handlers.inspection import Inspection, get_status, inspect_group
from handlers.planning import Job, Step

LONGEST_TEXT = 4_096  # UTF-16 code units of a message at Telegram
LONGEST_CAPTION = 1_024  # and of what stands under a file
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
REPLACEABLE = (SendCopy, EditCopy, SendVoice, SendPicture)  # refused, they go as their text
TO_TEAM = ("desk:", GENERAL, FAQ)  # how the destinations of the team's group begin
MEDIA = {
    "photo": InputMediaPhoto,
    "video": InputMediaVideo,
    "animation": InputMediaAnimation,
    "document": InputMediaDocument,
    "audio": InputMediaAudio,
}


@dataclass(frozen=True)
class Sent:
    """What the server answered: the messages it made (one per row, or none), or a fact."""

    messages: tuple[MessageRef, ...] = ()
    form: Form = "copy"
    is_text_alone: bool = False
    topic: int | None = None
    inspection: Inspection | None = None
    member_status: str | None = None


class Sending:
    """The only place that calls the Bot API to write."""

    def __init__(self, bot: Bot, texts: Texts) -> None:
        """`bot`: the one that can speak."""
        self._bot = bot
        self._texts = texts

    async def perform(self, job: Job) -> Sent:
        """Make the call; raises TelegramError, to be read by `failures.classify`."""
        match job.step:
            case Step.OPEN_TOPIC:
                topic = await self._bot.create_forum_topic(job.chat, _text(job.words))
                return Sent(topic=topic.message_thread_id)
            case Step.SEND_CARD:
                return await self._send_words(job, job.words or Words(""), job.buttons)
            case Step.PIN_CARD:
                await self._bot.pin_chat_message(
                    job.chat, job.message or 0, disable_notification=True
                )
                return Sent()
            case Step.SEND:
                return await self._send(job)
            case _:
                assert_never(job.step)

    async def _send(self, job: Job) -> Sent:
        try:
            return await self._send_body(job)
        except TelegramError as error:
            fate = failures.classify(error).fate
            if fate is Fate.TOPIC_CLOSED and job.thread is not None:
                await self._bot.reopen_forum_topic(job.chat, job.thread)
                return await self._send_body(job)
            if fate is Fate.REFUSED and isinstance(job.head.body, REPLACEABLE):
                return await self._send_as_text(job)
            if fate is Fate.SOURCE_GONE and job.destination.startswith("desk:"):
                return await self._send_as_text(job)  # what a person said is never lost
            raise

    async def _send_body(self, job: Job) -> Sent:
        body = job.head.body
        match body:
            case SendText(words=words, buttons=buttons):
                return await self._send_text(job, body, words, buttons)
            case SendVoice() | SendPicture():
                return await self._send_file(job, body)
            case SendCopy():
                return await self._send_copies(job, body)
            case EditCopy():
                return await self._edit_copy(job, body)
            case DeleteCopy():
                copy = job.copy.message if job.copy else body.source
                await self._bot.delete_message(copy.chat, copy.message)
            case ReopenTopic():
                await self._bot.reopen_forum_topic(job.chat, job.thread or 0)
            case RefreshCard():
                await self._edit_card(job)
            case RefreshTitle():
                title = _text(job.words)
                await self._bot.edit_forum_topic(job.chat, job.thread or 0, name=title)
            case Receipt(message=message, emoji=emoji):
                await self._bot.set_message_reaction(message.chat, message.message, emoji)
            case AnswerPress(press_id=press_id, text=text, is_alert=is_alert):
                await self._bot.answer_callback_query(
                    press_id, text=text or None, show_alert=is_alert
                )
            case LeaveChat(chat=chat):
                await self._bot.leave_chat(chat)
            case DeleteTopic(chat=chat, topic=topic):
                await self._bot.delete_forum_topic(chat, topic)
            case InspectGroup(chat=chat):
                return Sent(inspection=await inspect_group(self._bot, chat))
            case VerifyMember(chat=chat, user_id=user_id):
                return Sent(member_status=await get_status(self._bot, chat, user_id))
            case PresentCard() | None:
                pass
            case _:
                assert_never(body)
        return Sent()

    async def _send_text(self, job: Job, body: SendText, words: Words, buttons: Any) -> Sent:
        if body.file_name is not None:
            content = InputFile(io.BytesIO(words.text.encode()), filename=body.file_name)
            message = await self._bot.send_document(
                job.chat, content, reply_markup=keyboards.inline(buttons)
            )
            return Sent((_ref(message.chat_id, message.message_id),))
        if job.head.is_resend and job.destination.startswith(TO_TEAM):
            words = Words(self._texts.team.maybe_twice + "\n") + words
        return await self._send_words(job, words, buttons, has_menu=body.has_menu_keyboard)

    async def _send_file(self, job: Job, body: SendVoice | SendPicture) -> Sent:
        words = _cut(body.words, LONGEST_CAPTION)
        if isinstance(body, SendVoice):
            message = await self._bot.send_voice(
                job.chat,
                body.file_id,
                caption=words.text,
                caption_entities=_entities(words),
                reply_markup=keyboards.inline(body.buttons),
                message_thread_id=job.thread,
            )
        else:
            message = await self._bot.send_photo(
                job.chat,
                await asyncio.to_thread(_read_picture, Path(body.path)),
                caption=words.text,
                caption_entities=_entities(words),
                message_thread_id=job.thread,
            )
        return Sent((_ref(message.chat_id, message.message_id),))

    async def _send_words(
        self, job: Job, words: Words, buttons: Any = (), *, has_menu: bool = False
    ) -> Sent:
        words = _cut(words)
        markup = keyboards.menu(self._texts.menu) if has_menu else keyboards.inline(buttons)
        message = await self._bot.send_message(
            job.chat,
            words.text,
            entities=_entities(words),
            reply_markup=markup,
            message_thread_id=job.thread,
            reply_parameters=_reply(job),
            link_preview_options=NO_PREVIEW,
        )
        return Sent((_ref(message.chat_id, message.message_id),), form="text")

    async def _send_copies(self, job: Job, body: SendCopy) -> Sent:
        if job.head.group_key is not None and len(job.rows) > 1:
            return await self._copy_album(job, body)
        if len(job.rows) > 1:
            return await self._send_merged(job)
        copied = await self._bot.copy_message(
            job.chat,
            body.source.chat,
            body.source.message,
            message_thread_id=job.thread,
            reply_parameters=_reply(job),
            reply_markup=self._mark_twice() if job.head.is_resend else None,
        )
        return Sent((_ref(job.chat, copied.message_id),))

    def _mark_twice(self) -> InlineKeyboardMarkup:
        label = self._texts.labels.maybe_twice
        return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data="twice")]])

    async def _copy_album(self, job: Job, body: SendCopy) -> Sent:
        sources = sorted(
            row.body.source.message for row in job.rows if isinstance(row.body, SendCopy)
        )
        if job.head.is_resend and job.destination.startswith("desk:"):
            # An album bears no button: a line before it says that it may be there already.
            await self._send_words(job, Words(self._texts.team.maybe_twice))
        copied = await self._bot.copy_messages(
            job.chat, body.source.chat, sources, message_thread_id=job.thread
        )
        return Sent(tuple(_ref(job.chat, made.message_id) for made in copied))

    async def _send_merged(self, job: Job) -> Sent:
        texts = [row.body.text for row in job.rows if isinstance(row.body, SendCopy)]
        sent = await self._send_words(job, Words("\n".join(texts)))
        return Sent(sent.messages * len(job.rows), form="merged")

    async def _edit_copy(self, job: Job, body: EditCopy) -> Sent:
        assert job.copy is not None  # noqa: S101 - planning resolved it
        place = job.copy.message
        if job.copy.form != "copy":
            return await self._send_as_text(job)
        entities = _raw_entities(body.entities)
        if body.media is not None:
            media = json.loads(body.media)
            made = MEDIA[media["type"]](
                media["media"], caption=body.text, caption_entities=entities
            )
            await self._bot.edit_message_media(made, chat_id=place.chat, message_id=place.message)
        elif body.is_caption:
            await self._bot.edit_message_caption(
                place.chat, place.message, caption=body.text, caption_entities=entities
            )
        else:
            await self._bot.edit_message_text(
                body.text,
                place.chat,
                place.message,
                entities=entities,
                link_preview_options=NO_PREVIEW,
            )
        return Sent()

    async def _send_as_text(self, job: Job) -> Sent:
        """What cannot be copied or edited goes as its (masked) text."""
        body = job.head.body
        buttons = body.buttons if isinstance(body, SendVoice) else ()
        if isinstance(body, EditCopy):
            words = fill(self._texts.team.edited, words=body.text)
        elif isinstance(body, SendCopy) and job.destination.startswith("desk:"):
            words = fill(self._texts.team.uncopied, words=body.text)
        elif isinstance(body, SendCopy) and body.text:
            words = Words(body.text)
        elif isinstance(body, SendVoice):
            words = Words(self._texts.person.voice_lost)
        elif isinstance(body, SendPicture):
            words = body.words
        else:
            raise TelegramError("Bad Request: nothing to send instead")
        sent = await self._send_words(job, words, buttons)
        return Sent(sent.messages, form="text", is_text_alone=True)

    async def _edit_card(self, job: Job) -> None:
        words = _cut(job.words or Words(""))
        await self._bot.edit_message_text(
            words.text,
            job.chat,
            job.message,
            entities=_entities(words),
            reply_markup=keyboards.inline(job.buttons),
            link_preview_options=NO_PREVIEW,
        )


def _read_picture(path: Path) -> bytes:
    """Raises BadRequest, as Telegram would, when it is gone: its words go alone."""
    try:
        return path.read_bytes()
    except OSError:
        raise BadRequest("the picture is gone") from None


def _text(words: Words | None) -> str:
    return words.text if words is not None else ""


def _ref(chat: int, message: int) -> MessageRef:
    return MessageRef(ChatId(chat), MessageId(message))


def _reply(job: Job) -> ReplyParameters | None:
    if job.reply_to is None:
        return None
    return ReplyParameters(job.reply_to, allow_sending_without_reply=True)


def _entities(words: Words) -> Sequence[MessageEntity]:
    return [MessageEntity("bold", offset, length) for offset, length in words.bold]


def _raw_entities(raw: str) -> Sequence[MessageEntity]:
    made = [MessageEntity.de_json(entity, None) for entity in json.loads(raw)]
    return [entity for entity in made if entity is not None]


def _cut(words: Words, longest: int = LONGEST_TEXT) -> Words:
    """No longer than Telegram takes; surrogate pairs stay whole."""
    raw = words.text.encode("utf-16-le")
    if len(raw) <= longest * 2:
        return words
    text = raw[: (longest - 1) * 2].decode("utf-16-le", errors="ignore") + "…"
    bold = tuple(span for span in words.bold if sum(span) < longest)
    return Words(text, bold)
