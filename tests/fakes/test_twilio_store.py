"""Tests of what FakeTwilio keeps, through the twilio package: media, texts, templates; and of its faults."""

import aiohttp
import pytest

from tests.fakes.faults import Fault
from tests.fakes.signed_bot import TwilioRestException, talking
from tests.fakes.twilio import ACCOUNT, LIST, SEND, TOKEN

pytestmark = [pytest.mark.asyncio, pytest.mark.filterwarnings("ignore:.*auth:DeprecationWarning")]  # twilio's client

LOGIN = {"Authorization": aiohttp.encode_basic_auth(ACCOUNT, TOKEN)}
QUICK = {"twilio/quick-reply": {"body": "Дайынсыз ба?", "actions": [{"title": "Иә", "id": "yes"}]}}


async def test_media_are_fetched_by_login_then_redirect_then_deleted() -> None:
    async with talking() as (tw, client, _bot):
        form = tw.person().photo(b"\xff\xd8jpeg")
        await tw.receive(form)
        async with aiohttp.ClientSession() as http:
            assert (await http.get(form["MediaUrl0"])).status == 401
            asked = await http.get(form["MediaUrl0"], headers=LOGIN, allow_redirects=False)
            assert asked.status == 307
            place = asked.headers["Location"]
            assert await (await http.get(place)).read() == b"\xff\xd8jpeg"
            assert (await http.get(place.partition("?")[0])).status == 403
            assert tw.violations == []
            assert (await http.get(place, headers=LOGIN)).status == 400
            assert "login was sent to the storage" in str(tw.violations[0])
            sid, media = form["MessageSid"], form["MediaUrl0"].rpartition("/")[2]
            assert (await client.messages(sid).media(media).fetch_async()).content_type == "image/jpeg"
            assert await client.messages(sid).media(media).delete_async()
            assert (await http.get(place)).status == 404
            assert (await http.get(form["MediaUrl0"], headers=LOGIN)).status == 404


async def test_messages_can_be_redacted_and_deleted() -> None:
    async with talking() as (tw, client, _bot):
        person = tw.person()
        form = person.text("құпия")
        await tw.receive(form, deliver=False)
        await client.messages(form["MessageSid"]).update_async(body="")
        assert (await client.messages(form["MessageSid"]).fetch_async()).body == ""
        assert await client.messages(form["MessageSid"]).delete_async()
        with pytest.raises(TwilioRestException, match="not found"):
            await client.messages(form["MessageSid"]).fetch_async()
        assert tw.violations == []


async def test_templates_are_listed_and_typing_shown() -> None:
    async with talking() as (tw, client, _bot):
        sid = tw.add_content(QUICK, language="ru").sid
        assert [(found.sid, found.language) for found in await client.content.v1.contents.list_async()] == [(sid, "ru")]
        assert (await client.content.v1.contents(sid).fetch_async()).types == QUICK
        form = tw.person().text("x")
        await tw.receive(form, deliver=False)
        typing = client.messaging.v2.typing_indicator
        assert (await typing.create_async(channel="whatsapp", message_id=form["MessageSid"])).success
        assert await client.content.v1.contents(sid).delete_async()
        assert tw.violations == []


async def test_faults_strike_in_twilios_shape() -> None:
    async with talking() as (tw, client, _bot):
        person = tw.person()
        await tw.receive(person.text("Сәлем"), deliver=False)
        message = {"to": person.address, "from_": tw.sender, "body": "x"}
        tw.script.queue(SEND, Fault.rate_limited(3), Fault.late_error(), Fault.lost_answer())
        for code in (20429, 20500):
            with pytest.raises(TwilioRestException) as refused:
                await client.messages.create_async(**message)
            assert refused.value.code == code
        with pytest.raises(aiohttp.ClientConnectionError):
            await client.messages.create_async(**message)
        assert len(tw.messages(person.address)) == 2, "what was answered with an error, and what was not answered"
        tw.script.queue(LIST, Fault.reset(), times=2)  # aiohttp asks again by itself when a kept connection breaks
        with pytest.raises(aiohttp.ClientConnectionError):
            await client.messages.list_async()
