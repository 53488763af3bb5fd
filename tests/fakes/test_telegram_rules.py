"""Tests that FakeTelegram catches what Telegram would refuse; what it remembers is tested next door."""

import json
from typing import Any

import aiohttp
import pytest

from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_html import CannotParse, parse_html

pytestmark = pytest.mark.asyncio
Json = dict[str, Any]

CALLBACK = {"text": "Иә", "callback_data": "yes"}


def inline(*buttons: Json) -> Json:
    return {"inline_keyboard": [list(buttons)]}


def say(**params: Any) -> Json:
    return {"chat_id": 5, "text": "Сәлем", **params}


async def call(tg: FakeTelegram, method: str, params: Json, token: str | None = None) -> tuple[int, Json]:
    url = f"{tg.base_url}/bot{token or tg.token}/{method}"
    async with aiohttp.ClientSession() as http, http.post(url, data=json.dumps(params), headers=JSON) as answer:
        return answer.status, await answer.json()


JSON = {"Content-Type": "application/json"}

GOOD: list[tuple[str, Json]] = [
    ("getMe", {}),
    ("sendMessage", say()),
    ("sendMessage", say(text="я" * 4096)),
    ("sendMessage", say(text="<b>" + "я" * 4096 + "</b>", parse_mode="HTML")),
    ("sendMessage", say(reply_markup=inline(CALLBACK, {"text": "↗", "url": "https://utys.kz/"}))),
    ("sendMessage", say(reply_markup=json.dumps(inline(CALLBACK)))),
    ("sendMessage", say(reply_markup={"keyboard": [["Иә", {"text": "📱", "request_contact": True}]]})),
    ("sendMessage", say(reply_markup={"remove_keyboard": True})),
    ("sendMessage", say(reply_markup={"force_reply": True})),
    ("sendMessage", say(entities=[{"type": "bold", "offset": 0, "length": 5}])),
    ("sendMessage", say(reply_markup=inline({"text": "x", "callback_data": "ә" * 32}))),
    ("sendMessage", say(link_preview_options={"is_disabled": True}, protect_content=True)),
    ("sendChatAction", {"chat_id": 5, "action": "typing"}),
    ("setMyCommands", {"commands": [{"command": "start", "description": "Бастау"}], "language_code": "kk"}),
    ("setMyCommands", {"commands": [], "scope": {"type": "chat", "chat_id": 5}}),
    ("setMyDescription", {"description": "я" * 512, "language_code": "ru"}),
    ("setMyShortDescription", {"short_description": "я" * 120}),
    ("setMyName", {"name": "я" * 64, "language_code": ""}),
    ("setWebhook", {"url": "https://bot.example/x", "secret_token": "a-Z_9", "allowed_updates": ["message"]}),
    ("pinChatMessage", {"chat_id": 5, "message_id": 1}),
]

BAD: list[tuple[str, Json, str]] = [
    ("sendMesage", say(), "method not found"),
    ("sendMessage", say(colour="red"), "unknown parameter colour"),
    ("sendMessage", {"chat_id": 5}, "missing required parameter text"),
    ("sendMessage", say(text=5), "text must be String"),
    ("sendMessage", say(chat_id=5.5), "chat_id must be Integer or String"),
    ("sendMessage", say(chat_id=True), "chat_id must be Integer or String"),
    ("sendMessage", say(chat_id="utys"), "chat_id must be a number or @username"),
    ("sendMessage", say(disable_notification="maybe"), "disable_notification must be Boolean"),
    ("sendMessage", say(text=""), "message text is empty"),
    ("sendMessage", say(text=" \n "), "message text is empty"),
    ("sendMessage", say(text="<b> </b>", parse_mode="HTML"), "message text is empty"),
    ("sendMessage", say(text="я" * 4097), "message is too long"),
    ("sendMessage", say(text="😀" * 2049), "message is too long"),
    ("sendMessage", say(text="\ud83d"), "UTF-8"),
    ("sendMessage", say(text="a < b", parse_mode="HTML"), "can't parse entities"),
    ("sendMessage", say(text="a & b", parse_mode="HTML"), "can't parse entities"),
    ("sendMessage", say(text="<h1>a</h1>", parse_mode="HTML"), "Unsupported start tag"),
    ("sendMessage", say(text="*a*", parse_mode="MarkdownV2"), "unsupported parse_mode"),
    ("sendMessage", say(entities=[{"type": "bold", "offset": 3, "length": 5}]), "outside of the text"),
    ("sendMessage", say(text="😀a", entities=[{"type": "bold", "offset": 1, "length": 2}]), "cuts a character"),
    ("sendMessage", say(entities=[{"type": "text_link", "offset": 0, "length": 2}]), "needs url"),
    ("sendMessage", say(entities=[{"type": "bold", "offset": 0}]), "missing required parameter entities[0].length"),
    ("sendMessage", say(reply_markup={"inline_keyboard": [CALLBACK]}), "reply_markup.inline_keyboard[0] must be"),
    ("sendMessage", say(reply_markup=inline({"callback_data": "x"})), "missing required parameter reply_markup"),
    ("sendMessage", say(reply_markup=inline(CALLBACK | {"color": 1})), "unknown parameter reply_markup"),
    ("sendMessage", say(reply_markup=inline({"text": "x", "callback_data": "ә" * 33})), "66 bytes long"),
    ("sendMessage", say(reply_markup=inline({"text": "x", "callback_data": ""})), "0 bytes long"),
    ("sendMessage", say(reply_markup=inline({"text": " ", "callback_data": "x"})), "text must be non-empty"),
    ("sendMessage", say(reply_markup=inline({"text": "x"})), "Text buttons are unallowed"),
    ("sendMessage", say(reply_markup=inline(CALLBACK | {"url": "https://a.kz"})), "exactly one kind"),
    ("sendMessage", say(reply_markup=inline({"text": "x", "url": "http://localhost/"})), "Wrong HTTP URL"),
    ("sendMessage", say(reply_markup=inline({"text": "x", "web_app": {"url": "http://a.kz"}})), "Wrong HTTP URL"),
    ("sendMessage", say(reply_markup=inline(CALLBACK | {"style": "green"})), "unknown button style"),
    ("sendMessage", say(reply_markup=inline(*[CALLBACK] * 101)), "REPLY_MARKUP_TOO_LONG"),
    ("sendMessage", say(reply_markup={"keyboard": []}), "no buttons"),
    ("sendMessage", say(reply_markup="{oops"), "can't parse reply_markup JSON object"),
    ("sendMessage", say(reply_markup={"keys": []}), "reply_markup"),
    (
        "sendMessage",
        say(chat_id=-5, reply_markup={"keyboard": [[{"text": "x", "request_contact": True}]]}),
        "private chats only",
    ),
    ("editMessageText", {"text": "x"}, "missing required parameter chat_id"),
    ("editMessageText", {"text": "x", "chat_id": 5, "message_id": 1, "reply_markup": {"keyboard": [["a"]]}}, "markup"),
    ("answerCallbackQuery", {"callback_query_id": "1", "text": "я" * 201}, "201 characters long"),
    ("sendChatAction", {"chat_id": 5, "action": "dancing"}, "wrong parameter action"),
    ("sendPhoto", {"chat_id": 5, "photo": "x", "caption": "я" * 1025}, "caption is too long"),
    ("sendPhoto", {"chat_id": 5, "photo": "attach://x"}, "refers to no file"),
    ("sendMediaGroup", {"chat_id": 5, "media": [{"type": "photo", "media": "x"}]}, "2-10 items"),
    ("sendMediaGroup", {"chat_id": 5, "media": [{"type": "gif", "media": "x"}] * 2}, "media[0].type must be"),
    ("setMyCommands", {"commands": [{"command": "бастау", "description": "x"}]}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "Start", "description": "x"}]}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "a", "description": ""}]}, "0 characters long"),
    ("setMyCommands", {"commands": [{"command": "a", "description": "я" * 257}]}, "257 characters long"),
    ("setMyCommands", {"commands": [{"command": "a", "description": "x"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
    ("setMyCommands", {"commands": [], "scope": {"type": "everyone"}}, "scope"),
    ("setMyDescription", {"description": "я" * 513}, "513 characters long"),
    ("setMyShortDescription", {"short_description": "я" * 121}, "121 characters long"),
    ("setMyName", {"name": "я" * 65}, "65 characters long"),
    ("setMyName", {"name": "x", "language_code": "kaz"}, "not two letters"),
    ("setWebhook", {"url": "https://a.kz", "secret_token": "құпия"}, "secret token"),
    ("getUpdates", {"allowed_updates": ["messages"]}, "unknown update type"),
    ("getUpdates", {"limit": 101}, "limit must be 1-100"),
    ("createForumTopic", {"chat_id": -5, "name": ""}, "0 characters long"),
    ("getChatMember", {"chat_id": -5, "user_id": 5}, "give it a stub"),
]


@pytest.mark.parametrize(("method", "params"), GOOD)
async def test_a_good_call_passes(method: str, params: Json) -> None:
    async with FakeTelegram() as tg:
        status, body = await call(tg, method, params)
        assert (status, body["ok"]) == (200, True), body
        assert tg.violations == []


@pytest.mark.parametrize(("method", "params", "reason"), BAD, ids=[f"{m}-{r}" for m, _, r in BAD])
async def test_a_bad_call_is_refused_and_remembered(method: str, params: Json, reason: str) -> None:
    async with FakeTelegram() as tg:
        status, body = await call(tg, method, params)
        assert (status, body["ok"]) == (404 if "not found" in reason else 400, False)
        assert reason in body["description"]
        assert reason in "; ".join(map(str, tg.violations))
        assert tg.messages(5) == []


async def test_a_wrong_token_is_refused() -> None:
    async with FakeTelegram() as tg:
        status, body = await call(tg, "getMe", {}, token="4242:other")
        assert (status, body["description"]) == (401, "Unauthorized")


async def test_forms_and_queries_are_read_like_json() -> None:
    async with FakeTelegram() as tg, aiohttp.ClientSession(tg.base_url) as http:
        path = f"/bot{tg.token}/sendMessage"
        form = {
            "chat_id": "5",
            "text": "42",
            "disable_notification": "true",
            "reply_markup": json.dumps(inline(CALLBACK)),
        }
        assert (await http.post(path, data=form)).status == 200
        assert (await http.get(path, params={"chat_id": "5", "text": "true"})).status == 200
        assert [message.text for message in tg.messages(5)] == ["42", "true"]
        assert tg.calls[0].params["disable_notification"] is True
        assert not tg.violations
        assert (await http.post(path, data=form | {"chat_id": "five"})).status == 400
        assert (await http.post(path, data=b"[1]", headers=JSON)).status == 400


async def test_a_file_that_nothing_refers_to_is_a_violation() -> None:
    async with FakeTelegram() as tg, aiohttp.ClientSession(tg.base_url) as http:
        form = aiohttp.FormData({"chat_id": "5", "text": "x"})
        form.add_field("stray", b"x", filename="x.txt")
        assert (await http.post(f"/bot{tg.token}/sendMessage", data=form)).status == 400
        assert "unknown parameter stray" in str(tg.violations[0])


@pytest.mark.parametrize(
    ("source", "text", "kinds"),
    [
        ("<b>Ұ<i>т</i></b>ыс", "Ұтыс", [("bold", 0, 2), ("italic", 1, 1)]),
        ('<a href="https://a.kz/?x=1&amp;y=2">a</a>', "a", [("text_link", 0, 1)]),
        ("😀<u>x</u>", "😀x", [("underline", 2, 1)]),
        ("1 &lt; 2 &amp; &#x4B1; &quot;", '1 < 2 & ұ "', []),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ('<span class="tg-spoiler">x</span><pre><code class="language-py">y</code></pre>', "xy", None),
        ("<b></b>x > y", "x > y", []),
    ],
)
async def test_html_is_read_as_telegram_reads_it(
    source: str, text: str, kinds: list[tuple[str, int, int]] | None
) -> None:
    found, entities = parse_html(source)
    assert found == text
    assert kinds is None or [(e["type"], e["offset"], e["length"]) for e in entities] == kinds


@pytest.mark.parametrize(
    "source",
    [
        "<",
        "a<b",
        "<b>x",
        "x</b>",
        "<b><i>x</b></i>",
        "<p>x</p>",
        "<br/>",
        "<b class='x'>y</b>",
        "&",
        "&nbsp;",
        "&#0;",
        "<a>x</a>",
        "<span>x</span>",
        '<a href="x&y">z</a>',
        "<a href=x onclick=y>z</a>",
        "<!-- x -->",
        "R&D",
    ],
)
async def test_html_that_telegram_cannot_parse_is_refused(source: str) -> None:
    with pytest.raises(CannotParse):
        parse_html(source)
