"""Tests of updates: they read as real ones, polling confirms by offset, webhooks keep each queue in order."""

import asyncio
from typing import Any

import aiohttp
import pytest
from aiogram.types import Update
from aiohttp import web

from tests.fakes.server import FakeServer
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_chats import SentMessage
from tests.fakes.telegram_queue import SECRET_HEADER
from tests.fakes.telegram_spec import bot_api

pytestmark = pytest.mark.asyncio
Json = dict[str, Any]

BUTTONS = {"inline_keyboard": [[{"text": "Иә", "callback_data": "yes"}, {"text": "↗", "url": "https://utys.kz"}]]}
KEYS = {"keyboard": [["Көмек", {"text": "Нөмірім", "request_contact": True}]]}


async def ask(tg: FakeTelegram, method: str, **params: Any) -> Json:
    async with aiohttp.ClientSession() as http:
        answer = await http.post(f"{tg.base_url}/bot{tg.token}/{method}", json=params)
        body: Json = await answer.json()
        return body


class Bot(FakeServer):
    """A bot's webhook that answers as told and keeps what it got."""

    def __init__(self) -> None:
        super().__init__()
        self.got: list[Json] = []
        self.secrets: list[str | None] = []
        self.bad: set[int] = set()
        self.answer: Json | None = None

    def add_routes(self, app: web.Application) -> None:
        app.router.add_post("/telegram", self._hook)

    async def _hook(self, request: web.Request) -> web.Response:
        update = await request.json()
        self.got.append(update)
        self.secrets.append(request.headers.get(SECRET_HEADER))
        status = 500 if update["update_id"] in self.bad else 200
        await self.notify()
        return web.json_response(self.answer, status=status) if self.answer else web.Response(status=status)


async def sent(tg: FakeTelegram, chat_id: int, markup: Json) -> SentMessage:
    assert (await ask(tg, "sendMessage", chat_id=chat_id, text="?", reply_markup=markup))["ok"]
    return tg.last(chat_id)


async def test_every_update_reads_as_a_real_one() -> None:
    async with FakeTelegram() as tg:
        person = tg.person(last_name="Серік", username="aiger")
        message = await sent(tg, person.id, BUTTONS)
        keyboard = await sent(tg, person.id, KEYS)
        text = person.text("Сәлем", reply_to=message)
        updates = [
            text,
            *(person.edited(text, "Сәлем!"), person.start("abc"), person.press(message, "Иә"), person.sticker()),
            *(
                person.voice(),
                person.contact(),
                person.contact(own=False),
                person.location(),
                person.photo(caption="x"),
            ),
            *(*person.album(b"1", b"2", b"3", caption="y"), person.document(name="а.pdf"), person.kicked()),
            *(person.unblocked(), person.tap(keyboard, "Көмек"), person.tap(keyboard, "Нөмірім")),
            *(person.in_group(-1001, 7).text("топта"), person.press(message, data="бұзық")),
        ]
        message.deleted = True
        for update in [*updates, person.press(message, "Иә")]:
            full = {"update_id": 1, **update}
            assert bot_api().check(full, ["Update"], "update") == []
            assert Update.model_validate(full).event_type in update


async def test_people_act_like_people() -> None:
    async with FakeTelegram() as tg:
        person, other = tg.person(), tg.person(language_code=None)
        assert person.id != other.id
        assert "language_code" not in other.user
        assert person.start("abc")["message"]["text"] == "/start abc"
        assert person.start()["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
        assert person.contact()["message"]["contact"]["user_id"] == person.id
        assert person.contact(own=False)["message"]["contact"]["user_id"] != person.id
        assert len({update["message"]["media_group_id"] for update in person.album(b"1", b"2")}) == 1
        message = await sent(tg, person.id, BUTTONS)
        query = person.press(message, "Иә")["callback_query"]
        assert query["data"] == "yes"
        assert (await ask(tg, "answerCallbackQuery", callback_query_id=query["id"]))["ok"]
        old = await ask(tg, "answerCallbackQuery", callback_query_id="77")
        assert "query is too old" in old["description"]
        with pytest.raises(LookupError, match="calls nothing back"):
            person.press(message, "↗")


async def test_polling_hands_out_until_the_offset_confirms() -> None:
    async with FakeTelegram() as tg:
        person = tg.person()
        await tg.push(person.text("1"), person.text("2"), person.text("3"))
        first = (await ask(tg, "getUpdates", limit=2))["result"]
        assert [update["message"]["text"] for update in first] == ["1", "2"]
        assert (await ask(tg, "getUpdates", limit=2))["result"] == first
        rest = (await ask(tg, "getUpdates", offset=first[-1]["update_id"] + 1))["result"]
        assert [update["message"]["text"] for update in rest] == ["3"]
        assert (await ask(tg, "getUpdates", offset=-1))["result"] == rest
        assert tg.pending == rest


async def test_a_long_poll_ends_when_an_update_comes() -> None:
    async with FakeTelegram() as tg:
        polling = asyncio.create_task(ask(tg, "getUpdates", timeout=30))
        await tg.wait_for(lambda: tg.calls_to("getUpdates"))
        await tg.push(tg.person().text("1"))
        assert len((await polling)["result"]) == 1
        assert (await ask(tg, "getUpdates", offset=200_000, timeout=0))["result"] == []


async def test_a_second_poller_ends_the_first() -> None:
    async with FakeTelegram() as tg:
        first = asyncio.create_task(ask(tg, "getUpdates", timeout=30))
        await tg.wait_for(lambda: tg.updates.polls == 1)
        second = asyncio.create_task(ask(tg, "getUpdates", timeout=30))
        assert (await first)["error_code"] == 409
        await tg.push(tg.person().text("1"))
        assert (await second)["ok"]
        await ask(tg, "setWebhook", url="https://bot.example/x")
        assert (await ask(tg, "getUpdates"))["error_code"] == 409


async def test_ids_may_jump_down_and_nothing_is_lost() -> None:
    async with FakeTelegram() as tg:
        person = tg.person()
        number = await tg.push(person.text("1"))
        tg.jump_update_id(500)
        assert await tg.push(person.text("2")) == 500
        got = (await ask(tg, "getUpdates", offset=number + 1))["result"]
        assert [update["message"]["text"] for update in got] == ["2"]
        assert (await ask(tg, "getUpdates", offset=501))["result"] == []


async def test_only_wanted_kinds_are_sent() -> None:
    async with FakeTelegram() as tg:
        person = tg.person()
        await ask(tg, "getUpdates", allowed_updates=["message"])
        await tg.push(person.kicked(), person.text("1"))
        assert [list(update)[1] for update in tg.pending] == ["message"]
        await ask(tg, "getUpdates", allowed_updates=[], offset=-1)
        reaction = {"chat": person.chat, "message_id": 1, "date": 0, "old_reaction": [], "new_reaction": []}
        await tg.push(person.kicked(), {"message_reaction": reaction})
        assert [list(update)[1] for update in tg.pending] == ["message", "my_chat_member"]


async def test_a_webhook_gets_updates_with_the_secret() -> None:
    async with Bot() as bot, FakeTelegram(routes={"https://bot.example": bot.base_url}) as tg:
        person = tg.person()
        await tg.push(person.text("бұрын"))
        await ask(tg, "setWebhook", url="https://bot.example/telegram", secret_token="s3")
        await tg.push(person.text("кейін"))
        await tg.wait_for(lambda: not tg.pending)
        assert [update["message"]["text"] for update in bot.got] == ["бұрын", "кейін"]
        assert bot.secrets == ["s3", "s3"]
        assert [delivery.status for delivery in tg.deliveries] == [200, 200]
        info = (await ask(tg, "getWebhookInfo"))["result"]
        assert (info["url"], info["pending_update_count"]) == ("https://bot.example/telegram", 0)


async def test_a_failing_head_holds_back_its_own_queue_only() -> None:
    async with Bot() as bot, FakeTelegram(routes={"https://bot.example": bot.base_url}) as tg:
        one, two = tg.person(), tg.person()
        bot.bad = {tg.updates.next_id}
        tg.updates.backoff = lambda attempt: 0.001
        await ask(tg, "setWebhook", url="https://bot.example/telegram")
        await tg.push(one.text("1"), one.text("2"), two.text("3"))
        await tg.wait_for(lambda: len(tg.pending) == 2 and len(tg.deliveries) > 4)
        assert [update["message"]["text"] for update in tg.pending] == ["1", "2"]
        assert "500" in (await ask(tg, "getWebhookInfo"))["result"]["last_error_message"]
        bot.bad.clear()
        await tg.wait_for(lambda: not tg.pending)
        texts = [update["message"]["text"] for update in bot.got]
        assert texts.index("3") < len(texts) - 2
        assert texts[-2:] == ["1", "2"]


async def test_a_dead_bot_is_tried_again_until_the_webhook_goes() -> None:
    async with FakeTelegram() as tg:
        tg.updates.backoff = lambda attempt: 0.001
        await ask(tg, "setWebhook", url="http://127.0.0.1:9/telegram")
        await tg.push(tg.person().text("1"))
        await tg.wait_for(lambda: len(tg.deliveries) > 2)
        assert tg.deliveries[0].status is None
        await ask(tg, "deleteWebhook")
        assert len((await ask(tg, "getUpdates"))["result"]) == 1
        await ask(tg, "deleteWebhook", drop_pending_updates=True)
        assert tg.pending == []


async def test_a_repeated_update_keeps_its_id() -> None:
    async with FakeTelegram() as tg:
        update = {"update_id": 9, **tg.person().text("1")}
        await tg.push(update, update)
        assert [item["update_id"] for item in tg.pending] == [9, 9]


async def test_an_answer_to_a_webhook_may_be_a_call() -> None:
    async with Bot() as bot, FakeTelegram(routes={"https://bot.example": bot.base_url}) as tg:
        person = tg.person()
        bot.answer = {"method": "sendMessage", "chat_id": person.id, "text": "жауап"}
        await ask(tg, "setWebhook", url="https://bot.example/telegram")
        await tg.push(person.text("1"))
        assert (await tg.wait_for(lambda: tg.messages(person.id)))[0].text == "жауап"
        bot.answer = {"method": "sendMessage", "chat_id": person.id}
        await tg.push(person.text("2"))
        await tg.wait_for(lambda: tg.violations)
