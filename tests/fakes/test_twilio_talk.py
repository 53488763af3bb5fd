"""Tests of FakeTwilio as a go-between, through the twilio package: messages, the reply window, people, webhooks."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.fakes.signed_bot import PUBLIC, talking
from tests.fakes.twilio import FakeTwilio
from tests.fakes.twilio_people import WhatsAppPerson

pytestmark = [pytest.mark.asyncio, pytest.mark.filterwarnings("ignore:.*auth:DeprecationWarning")]  # twilio's client


async def write(tw: FakeTwilio, person: WhatsAppPerson, words: str = "Сәлем") -> None:
    await tw.receive(person.text(words), deliver=False)


QUICK = {"twilio/quick-reply": {"body": "Дайынсыз ба?", "actions": [{"title": "Иә", "id": "yes"}, {"title": "Жоқ"}]}}
LISTED = {"twilio/list-picker": {"body": "Қай ұтыс?", "button": "Таңдау", "items": [{"item": "Бірінші", "id": "p1"}]}}


async def test_a_message_is_taken_and_its_fate_called_back_in_any_order() -> None:
    async with talking() as (tw, client, bot):
        person = tw.person()
        await write(tw, person)
        sent = await client.messages.create_async(to=person.address, from_=tw.sender, body="Сәлем!")
        message = tw.last(person.address)
        assert (message.sid, message.text) == (sent.sid, "Сәлем!")
        for status in ("read", "delivered", "sent", "sent"):
            posted = await tw.send_status(message, status)
            assert posted is not None
            assert posted.status == 200
        assert [form["MessageStatus"] for form in bot.got] == ["read", "delivered", "sent", "sent"]
        assert bot.got[0]["EventType"] == "READ"
        assert (await client.messages(sent.sid).fetch_async()).status == "sent"
        assert tw.violations == []


async def test_statuses_may_come_by_themselves() -> None:
    async with talking(auto_statuses=("sent", "delivered")) as (tw, client, bot):
        person = tw.person()
        await write(tw, person)
        callback = f"{PUBLIC}/own"
        await client.messages.create_async(to=person.address, from_=tw.sender, body="x", status_callback=callback)
        await tw.wait_for(lambda: len(tw.posted) == 2)
        assert [form["MessageStatus"] for form in bot.got] == ["sent", "delivered"]
        assert tw.posted[0].url == callback


async def test_free_text_fails_outside_24_hours_and_a_template_does_not() -> None:
    async with talking() as (tw, client, bot):
        person = tw.person()
        tw.set_time(datetime(2026, 11, 20, 12, tzinfo=UTC))
        await write(tw, person)
        tw.advance(timedelta(hours=24))
        to = {"to": person.address, "from_": tw.sender}
        await client.messages.create_async(**to, body="үлгерді")
        tw.advance(timedelta(seconds=1))
        late = await client.messages.create_async(**to, body="кешікті")
        assert late.status == "queued"
        await tw.wait_for(lambda: tw.posted)
        assert (bot.got[0]["MessageStatus"], bot.got[0]["ErrorCode"]) == ("failed", "63016")
        session_only = tw.add_content(LISTED)
        await client.messages.create_async(**to, content_sid=session_only.sid)
        await tw.wait_for(lambda: len(tw.posted) == 2)
        template = tw.add_content({"twilio/text": {"body": "Сәлем, {{1}}, келіңіз."}}, approved=True)
        await client.messages.create_async(**to, content_sid=template.sid, content_variables='{"1": "Ай"}')
        assert [message.text for message in tw.messages(person.address)] == ["үлгерді", "Сәлем, Ай, келіңіз."]
        assert len(tw.tried(person.address)) == 4


async def test_a_person_may_be_out_of_reach() -> None:
    async with talking() as (tw, client, bot):
        person = tw.person()
        await write(tw, person)
        tw.refuse_to(person.address, 63024)
        await client.messages.create_async(to=person.address, from_=tw.sender, body="x")
        await tw.wait_for(lambda: tw.posted)
        assert bot.got[0]["ErrorCode"] == "63024"


async def test_peoples_messages_arrive_signed() -> None:
    async with talking() as (tw, client, bot):
        person, hidden = tw.person(), tw.person("KZ.abc123", name="Жасырын")
        await write(tw, person)
        quick, listed = tw.add_content(QUICK), tw.add_content(LISTED)
        for content in (quick, listed):
            await client.messages.create_async(to=person.address, from_=tw.sender, content_sid=content.sid)
        asked, offered = tw.messages(person.address)
        assert (asked.labels, offered.labels) == (["Иә", "Жоқ"], ["Бірінші"])
        forms = [person.text("Сұрақ"), person.press(asked, "Иә"), person.press(offered, "Бірінші")]
        forms += [person.location(label="Алматы"), hidden.text("Сәлем"), person.photo(caption="чек"), person.contact()]
        for form in forms:
            posted = await tw.receive(form)
            assert posted is not None
            assert posted.status == 200
        assert bot.got == forms
        text, button, row, place, other, photo, card = bot.got
        assert (text["WaId"], text["ProfileName"], text["NumMedia"]) == ("77011234567", "Айгерім", "0")
        assert (button["ButtonText"], button["ButtonPayload"]) == ("Иә", "yes")
        assert button["OriginalRepliedMessageSid"] == asked.sid
        assert (row["ListId"], row["ListTitle"]) == ("p1", "Бірінші")
        assert place["Latitude"] == "43.238949"
        assert (other["From"], "WaId" in other) == ("whatsapp:KZ.abc123", False)
        assert (photo["MediaContentType0"], photo["Body"]) == ("image/jpeg", "чек")
        assert card["MediaContentType0"] == "text/vcard"
        with pytest.raises(LookupError, match="no button"):
            person.press(asked, "Мүмкін")


async def test_a_forged_signature_can_be_sent() -> None:
    async with talking() as (tw, _client, bot):
        posted = await tw.receive(tw.person().text("x"), signature="forged")
        assert posted is not None
        assert (posted.status, bot.got) == (403, [])


async def test_failed_webhooks_are_retried_only_when_the_url_says_so() -> None:
    async with talking() as (tw, _client, bot):
        bot.status = 500
        first = await tw.receive(tw.person().text("1"))
        tw.inbound_url = f"{PUBLIC}/in#rc=2&rp=5xx"
        second = await tw.receive(tw.person().text("2"))
        assert first is not None
        assert second is not None
        assert (first.tries, second.tries) == ((500,), (500, 500, 500))
        assert len({headers["I-Twilio-Idempotency-Token"] for headers in bot.headers[1:]}) == 1
        tw.fallback_url = f"{PUBLIC}/fallback"
        await tw.receive(tw.person().text("3"))
        assert bot.got[-1]["ErrorCode"] == "11200"


async def test_missed_messages_stand_in_the_list() -> None:
    async with talking() as (tw, client, bot):
        start = datetime(2026, 11, 20, 12, tzinfo=UTC)
        tw.set_time(start)
        person = tw.person()
        for number in range(5):
            await tw.receive(person.text(str(number)), deliver=False)
            tw.advance(timedelta(minutes=1))
        assert bot.got == []
        since = start + timedelta(minutes=2)
        found = await client.messages.list_async(to=tw.sender, date_sent_after=since, page_size=2)
        assert [message.body for message in found] == ["4", "3", "2"]
        assert {message.direction for message in found} == {"inbound"}
        assert len(await client.messages.list_async(from_=person.address, date_sent=start.date())) == 5
        assert await client.messages.list_async(to="whatsapp:+77770000000") == []
        assert await client.messages.list_async(date_sent_before=start - timedelta(seconds=1)) == []
        assert tw.violations == []
