"""Tests of FakeTelegram's memory, through aiogram: what it answers must read as a real answer, and last."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramMigrateToChat
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    ReplyParameters,
)

from tests.fakes.telegram import FakeTelegram

pytestmark = pytest.mark.asyncio

YES_NO = InlineKeyboardMarkup(
    inline_keyboard=[
        [InlineKeyboardButton(text="Иә", callback_data="yes"), InlineKeyboardButton(text="Жоқ", callback_data="no")]
    ]
)


@asynccontextmanager
async def talking() -> AsyncIterator[tuple[FakeTelegram, Bot]]:
    async with FakeTelegram() as tg:
        session = AiohttpSession(api=TelegramAPIServer.from_base(tg.base_url))
        async with Bot(tg.token, session=session) as bot:
            yield tg, bot
        assert tg.violations == []


async def test_a_message_is_seen_with_its_buttons() -> None:
    async with talking() as (tg, bot):
        sent = await bot.send_message(5, "<b>Сұрақ</b>", parse_mode="HTML", reply_markup=YES_NO)
        assert (sent.text, sent.entities and sent.entities[0].type) == ("Сұрақ", "bold")
        message = tg.last(5)
        assert (message.text, message.labels) == ("Сұрақ", ["Иә", "Жоқ"])
        assert message.button("Жоқ")["callback_data"] == "no"
        with pytest.raises(LookupError, match="no button"):
            message.button("Мүмкін")


async def test_an_edit_changes_the_message_and_keeps_its_history() -> None:
    async with talking() as (tg, bot):
        sent = await bot.send_message(5, "бір", reply_markup=YES_NO)
        edited = await bot.edit_message_text("екі", chat_id=5, message_id=sent.message_id)
        assert not isinstance(edited, bool)
        assert edited.edit_date
        assert [(m.text, m.labels, m.history) for m in tg.messages(5)] == [("екі", [], ["бір"])]
        with pytest.raises(TelegramBadRequest, match="message is not modified"):
            await bot.edit_message_text("екі", chat_id=5, message_id=sent.message_id)
        await bot.edit_message_reply_markup(chat_id=5, message_id=sent.message_id, reply_markup=YES_NO)
        assert tg.last(5).labels == ["Иә", "Жоқ"]
        with pytest.raises(TelegramBadRequest, match="message to edit not found"):
            await bot.edit_message_text("үш", chat_id=5, message_id=999)


async def test_a_deleted_message_is_gone() -> None:
    async with talking() as (tg, bot):
        sent = await bot.send_message(5, "бір")
        assert await bot.delete_message(5, sent.message_id)
        assert tg.messages(5) == []
        with pytest.raises(TelegramBadRequest, match="message to delete not found"):
            await bot.delete_message(5, sent.message_id)


async def test_files_go_up_and_come_down() -> None:
    async with talking() as (tg, bot):
        sent = await bot.send_document(5, BufferedInputFile(b"%PDF-1", "акт.pdf"), caption="Акт")
        assert sent.document is not None
        assert (sent.document.file_name, sent.caption, tg.last(5).text) == ("акт.pdf", "Акт", "Акт")
        loaded = await bot.download(sent.document.file_id)
        assert loaded is not None
        assert loaded.read() == b"%PDF-1"
        photo = await bot.send_photo(5, BufferedInputFile(b"\xff\xd8", "p.jpg"))
        again = await bot.send_photo(5, photo.photo[-1].file_id if photo.photo else "")
        assert again.photo == photo.photo
        album = [InputMediaDocument(media=BufferedInputFile(bytes([n]), f"{n}.bin")) for n in (1, 2)]
        assert len({m.media_group_id for m in await bot.send_media_group(5, list(album))}) == 1
        with pytest.raises(TelegramBadRequest, match="wrong file"):
            await bot.send_document(5, "AgADnothing")
        assert tg.calls_to("file")[0].done


async def test_a_file_over_20_mb_cannot_be_fetched() -> None:
    async with talking() as (tg, bot):
        update = tg.person().document(size=21 * 2**20)
        with pytest.raises(TelegramBadRequest, match="file is too big"):
            await bot.get_file(update["message"]["document"]["file_id"])


async def test_unreachable_chats_refuse() -> None:
    async with talking() as (tg, bot):
        tg.block(5)
        tg.forget(6)
        tg.upgrade(-7, -1007)
        with pytest.raises(TelegramForbiddenError, match="blocked by the user"):
            await bot.send_message(5, "x")
        with pytest.raises(TelegramBadRequest, match="chat not found"):
            await bot.send_chat_action(6, "typing")
        with pytest.raises(TelegramMigrateToChat) as moved:
            await bot.send_message(-7, "x")
        assert moved.value.migrate_to_chat_id == -1007
        person = tg.person()
        person.kicked()
        with pytest.raises(TelegramForbiddenError):
            await bot.send_message(person.id, "x")
        person.unblocked()
        assert await bot.send_message(person.id, "x")


async def test_topics_are_made_written_to_closed_and_removed() -> None:
    async with talking() as (tg, bot):
        topic = await bot.create_forum_topic(-1001, "Айгерім")
        sent = await bot.send_message(-1001, "x", message_thread_id=topic.message_thread_id)
        assert sent.message_thread_id == tg.last(-1001).thread_id == topic.message_thread_id
        await bot.edit_forum_topic(-1001, topic.message_thread_id, name="Жаңа")
        await bot.close_forum_topic(-1001, topic.message_thread_id)
        kept = tg.chats.topics[-1001, topic.message_thread_id]
        assert (kept.name, kept.closed) == ("Жаңа", True)
        await bot.delete_forum_topic(-1001, topic.message_thread_id)
        with pytest.raises(TelegramBadRequest, match="message thread not found"):
            await bot.send_message(-1001, "x", message_thread_id=topic.message_thread_id)


async def test_a_persons_message_can_be_copied_to_a_group() -> None:
    async with talking() as (tg, bot):
        person = tg.person()
        update = person.document(name="шот.pdf")
        copied = await bot.copy_message(-1001, person.id, update["message"]["message_id"])
        assert tg.last(-1001).raw["document"]["file_name"] == "шот.pdf"
        assert copied.message_id == tg.last(-1001).message_id
        with pytest.raises(TelegramBadRequest, match="message to copy not found"):
            await bot.copy_message(-1001, person.id, 99_999)


async def test_replies_point_at_messages_that_exist() -> None:
    async with talking() as (tg, bot):
        person = tg.person()
        asked = person.text("сұрақ")["message"]["message_id"]
        sent = await bot.send_message(person.id, "жауап", reply_parameters=ReplyParameters(message_id=asked))
        assert sent.reply_to_message is not None
        with pytest.raises(TelegramBadRequest, match="message to be replied not found"):
            await bot.send_message(person.id, "x", reply_parameters=ReplyParameters(message_id=99_999))


async def test_the_profile_is_kept_per_language() -> None:
    async with talking() as (_tg, bot):
        await bot.set_my_commands([BotCommand(command="start", description="Бастау")], language_code="kk")
        await bot.set_my_description("Сипаттама", language_code="kk")
        await bot.set_my_short_description("Қысқа")
        await bot.set_my_name("Ұтыс", language_code="kk")
        assert (await bot.get_my_commands(language_code="kk"))[0].description == "Бастау"
        assert await bot.get_my_commands(language_code="ru") == []
        assert (await bot.get_my_description(language_code="kk")).description == "Сипаттама"
        assert (await bot.get_my_short_description()).short_description == "Қысқа"
        assert (await bot.get_my_name(language_code="ru")).name == ""
        await bot.delete_my_commands(language_code="kk")
        assert await bot.get_my_commands(language_code="kk") == []


async def test_a_stub_answers_what_is_not_modelled() -> None:
    async with talking() as (tg, bot):
        left = {"status": "left", "user": {"id": 5, "is_bot": False, "first_name": "A"}}
        tg.stub("getChatMember", lambda params: left)
        assert (await bot.get_chat_member(-1001, 5)).status == "left"
        assert (await bot.get_me()).id == 4242
        assert (await bot.get_chat(-1001)).type == "supergroup"
