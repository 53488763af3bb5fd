"""Tests that FakeTwilio catches what Twilio or WhatsApp would refuse; callbacks and people are tested next door."""

import json
from typing import Any

import aiohttp
import pytest

from tests.fakes.twilio import ACCOUNT, TOKEN, FakeTwilio

pytestmark = pytest.mark.asyncio
Json = dict[str, Any]

PERSON = "whatsapp:+77011234567"
MESSAGES = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
HX = "HX" + "0" * 32


async def ask(tw: FakeTwilio, path: str, **more: Any) -> tuple[int, Json]:
    method = more.pop("method", "POST")
    auth = {"Authorization": aiohttp.encode_basic_auth(*more.pop("login", (ACCOUNT, TOKEN)))}
    async with (
        aiohttp.ClientSession(headers=auth) as http,
        http.request(method, tw.base_url + path, **more) as answer,
    ):
        text = await answer.text()
        return answer.status, json.loads(text) if text else {}


async def listening(tw: FakeTwilio) -> str:
    """Open the reply window."""
    form = tw.person().text("Сәлем")
    await tw.receive(form, deliver=False)
    return form["MessageSid"]


def quick_reply(count: int = 3, title: str = "Иә", **more: str) -> Json:
    actions = [{"type": "QUICK_REPLY", "title": f"{title}{n}", "id": f"id{n}"} | more for n in range(count)]
    return {"twilio/quick-reply": {"body": "Сұрақ?", "actions": actions}}


def list_picker(count: int = 10, body: str = "Таңдаңыз", button: str = "Тізім", **more: str) -> Json:
    items = [{"item": f"Жол {n}", "id": f"row{n}", "description": "x"} | more for n in range(count)]
    return {"twilio/list-picker": {"body": body, "button": button, "items": items}}


GOOD_MESSAGES: list[Json] = [
    {"Body": "я" * 1600},
    {"MediaUrl": "https://bot.example/a.pdf"},
    {"Body": "x", "MediaUrl": "https://bot.example/a.pdf", "StatusCallback": "https://bot.example/status"},
    {"Body": "x", "To": "whatsapp:KZ.abc123"},
    {"Body": "x", "ValidityPeriod": "600", "ContentRetention": "discard"},
]
BAD_MESSAGES: list[tuple[Json, int, str]] = [
    ({"Body": "я" * 1601}, 21617, "1601 characters"),
    ({"Body": ""}, 21619, "must be specified"),
    ({"Text": "x"}, 20001, "unknown parameter Text"),
    ({"Body": "x", "To": None}, 21211, "missing required parameter To"),
    ({"Body": "x", "To": "+77011234567"}, 21211, "neither"),
    ({"Body": "x", "To": "whatsapp:77011234567"}, 21211, "neither"),
    ({"Body": "x", "From": None}, 21603, "neither From"),
    ({"Body": "x", "From": "+77000000001"}, 21910, "same channel"),
    ({"Body": "x", "From": "whatsapp:+77000000002"}, 63007, "could not find a Channel"),
    ({"Body": "x", "ValidityPeriod": "ten"}, 20001, "must be an integer"),
    ({"Body": "x", "ContentRetention": "maybe"}, 20001, "must be one of"),
    ({"Body": "x", "StatusCallback": "bot.example"}, 20001, "no valid URL"),
    ({"Body": "x", "MediaUrl": ["https://a.kz/1", "https://a.kz/2"]}, 21623, "one media"),
    ({"Body": ["x", "y"]}, 20001, "given 2 times"),
    ({"ContentSid": HX}, 21655, "ContentSid is Invalid"),
    ({"ContentSid": "HXnone"}, 21655, "does not look like"),
    ({"Body": "x", "ContentVariables": "{}"}, 21656, "without ContentSid"),
]
GOOD_CONTENT: list[Json] = [
    quick_reply(),
    quick_reply(title="я" * 19),
    quick_reply(1, id="x" * 256),
    list_picker(),
    list_picker(1, body="я" * 1024, button="я" * 20, item="я" * 24, id="x" * 200, description="я" * 72),
    {"twilio/text": {"body": "{{1}}"}},
    {"twilio/media": {"body": "x", "media": ["https://a.kz/1.pdf"]}},
]
BAD_CONTENT: list[tuple[Json, str]] = [
    (quick_reply(4), "1-3 buttons, not 4"),
    (quick_reply(0), "1-3 buttons, not 0"),
    (quick_reply(1, title="я" * 20), "button title is 21"),
    (quick_reply(1, id="x" * 257), "button id is 257"),
    ({"twilio/quick-reply": quick_reply(1)["twilio/quick-reply"] | {"body": "я" * 1025}}, "body is 1025"),
    ({"twilio/quick-reply": {"body": "x", "actions": [{"title": "a"}] * 2}}, "button titles must differ"),
    (quick_reply(2) | {"twilio/quick-replies": {}}, "unknown body.types.twilio/quick-replies"),
    ({"twilio/quick-reply": {"body": "x"}}, "missing body.types.twilio/quick-reply.actions"),
    (list_picker(11), "1-10 items, not 11"),
    (list_picker(0), "1-10 items, not 0"),
    (list_picker(body="я" * 1025), "body is 1025"),
    (list_picker(button="я" * 21), "list button is 21"),
    (list_picker(1, item="я" * 25), "list item is 25"),
    (list_picker(1, item=""), "list item is 0"),
    (list_picker(1, id="x" * 201), "list item id is 201"),
    (list_picker(1, description="я" * 73), "description is 73"),
    (list_picker(2, id="same"), "list item ids must differ"),
    ({"twilio/media": {"media": ["https://a.kz/1", "https://a.kz/2"]}}, "one media"),
    ({"twilio/text": {"body": 5}}, "must be string"),
]


@pytest.mark.parametrize("params", GOOD_MESSAGES)
async def test_a_good_message_is_taken(params: Json) -> None:
    async with FakeTwilio() as tw:
        await listening(tw)
        status, body = await ask(tw, MESSAGES, data={"From": tw.sender, "To": PERSON} | params)
        assert (status, body["status"]) == (201, "queued"), body
        assert tw.violations == []


@pytest.mark.parametrize(("params", "code", "reason"), BAD_MESSAGES)
async def test_a_bad_message_is_refused_and_remembered(params: Json, code: int, reason: str) -> None:
    async with FakeTwilio() as tw:
        given = {"From": tw.sender, "To": PERSON} | params
        form = [
            (k, v)
            for k, value in given.items()
            if value is not None
            for v in ([value] if isinstance(value, str) else value)
        ]
        status, body = await ask(tw, MESSAGES, data=aiohttp.FormData(form))
        assert (status, body["code"], body["status"]) == (400, code, 400), body
        assert body["more_info"].endswith(str(code))
        assert reason in body["message"]
        assert reason in "; ".join(map(str, tw.violations))
        assert tw.tried(PERSON) == []


@pytest.mark.parametrize("types", GOOD_CONTENT)
async def test_good_content_is_made(types: Json) -> None:
    async with FakeTwilio() as tw:
        status, body = await ask(tw, "/v1/Content", json={"language": "kk", "types": types})
        assert status == 201, body
        assert body["sid"].startswith("HX")
        assert tw.violations == []


@pytest.mark.parametrize(("types", "reason"), BAD_CONTENT)
async def test_bad_content_is_refused_and_remembered(types: Json, reason: str) -> None:
    async with FakeTwilio() as tw:
        status, body = await ask(tw, "/v1/Content", json={"language": "kk", "types": types})
        assert (status, body["code"]) == (400, 20001)
        assert reason in body["message"]
        assert len(tw.violations) == 1
        assert tw.resources.contents == {}


async def test_content_must_come_as_json() -> None:
    async with FakeTwilio() as tw:
        form = {"language": "kk", "types": "twilio/text"}
        assert (await ask(tw, "/v1/Content", data=form))[0] == 400
        encoded: Json = {"headers": {"Content-Type": "application/json"}, "data": "language=kk&types=twilio%2Ftext"}
        assert (await ask(tw, "/v1/Content", **encoded))[0] == 400
        assert (await ask(tw, "/v1/Content", json={"types": quick_reply()}))[1]["message"].endswith("body.language")
        reasons = [violation.problem for violation in tw.violations]
        assert "application/json is expected" in reasons[0]
        assert "the body is not JSON" in reasons[1]


async def test_only_who_logs_in_is_served() -> None:
    async with FakeTwilio() as tw:
        for login in ((ACCOUNT, "wrong"), ("AC" + "1" * 32, TOKEN)):
            status, body = await ask(tw, MESSAGES, login=login, data={})
            assert (status, body["code"]) == (401, 20003)
        tw.logins["SK" + "2" * 32] = "key secret"
        assert (await ask(tw, MESSAGES, login=("SK" + "2" * 32, "key secret"), method="GET"))[0] == 200
        assert (await ask(tw, MESSAGES.replace(ACCOUNT, "AC" + "1" * 32), method="GET"))[0] == 401
        async with aiohttp.ClientSession() as http:
            assert (await http.get(tw.base_url + MESSAGES)).status == 401


async def test_an_unknown_path_is_a_violation() -> None:
    async with FakeTwilio() as tw:
        assert (await ask(tw, "/v1/Contents", json={}))[0] == 404
        assert len(tw.violations) == 1


async def test_variables_must_fit_the_template() -> None:
    async with FakeTwilio() as tw:
        await listening(tw)
        sid = tw.add_content(quick_reply(1, title="{{2}}") | {"twilio/text": {"body": "Сәлем, {{1}}!"}}).sid
        for variables in ('{"1": "A"}', '{"1": "A", "2": "B", "3": "C"}', '{"1": 1, "2": "B"}', "[]", "{1: 2}"):
            form = {"From": tw.sender, "To": PERSON, "ContentSid": sid, "ContentVariables": variables}
            assert (await ask(tw, MESSAGES, data=form))[1]["code"] == 21656
        form["ContentVariables"] = json.dumps({"1": "A", "2": "я" * 21})
        assert "button title is 22" in (await ask(tw, MESSAGES, data=form))[1]["message"]
        form["ContentVariables"] = json.dumps({"1": 'Ай"\n', "2": "Иә"})
        assert (await ask(tw, MESSAGES, data=form))[0] == 201
        assert tw.last(PERSON).shown["twilio/text"]["body"] == 'Сәлем, Ай"\n!'
        tw.approve(sid)
        assert "line break" in (await ask(tw, MESSAGES, data=form))[1]["message"]


async def test_approval_has_its_own_rules() -> None:
    async with FakeTwilio() as tw:

        async def submit(types: Json, name: str = "winner_kk", category: str = "UTILITY") -> tuple[int, str]:
            sid = tw.add_content(types).sid
            path = f"/v1/Content/{sid}/ApprovalRequests/whatsapp"
            status, body = await ask(tw, path, json={"name": name, "category": category})
            return status, str(body.get("message", body.get("status")))

        assert await submit(quick_reply()) == (201, "received")
        assert (await submit(list_picker()))[1].endswith("a list-picker cannot be approved")
        assert (await submit({"twilio/text": {"body": "{{1}}, сәлем"}}))[1].endswith("starts or ends with a variable")
        assert (await submit({"twilio/text": {"body": "a {{1}} {{2}} b"}}))[1].endswith("two adjacent variables")
        assert (await submit(quick_reply(), name="Жеңімпаз"))[0] == 400
        assert (await submit(quick_reply(), category="utility"))[0] == 400


async def test_typing_answers_a_persons_message() -> None:
    async with FakeTwilio() as tw:
        sid = await listening(tw)
        path = "/v2/Indicators/Typing.json"
        assert await ask(tw, path, data={"channel": "whatsapp", "messageId": sid}) == (200, {"success": True})
        assert (await ask(tw, path, data={"channel": "sms", "messageId": sid}))[0] == 400
        assert (await ask(tw, path, data={"channel": "whatsapp"}))[0] == 400
        assert (await ask(tw, path, data={"channel": "whatsapp", "messageId": "SM" + "0" * 32}))[0] == 404
