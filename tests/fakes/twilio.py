"""FakeTwilio: the parts of Twilio that WhatsApp needs, strict about every call, with a memory and a clock.

HTTP is left to twilio_http, what is allowed to twilio_spec and twilio_limits, what operations do to twilio_resources.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from .control import Command
from .twilio_http import TwilioServer
from .twilio_messages import API, Content, Media, TwilioMessage
from .twilio_people import Form, WhatsAppPerson
from .twilio_resources import Resources, new_sid
from .twilio_webhooks import Posted, Webhooks, status_form

Json = dict[str, Any]

ACCOUNT = "AC" + "0a" * 16
TOKEN = "fake-twilio-auth-token"
SENDER = "whatsapp:+77000000001"
SEND, LIST = "POST */Messages.json", "GET */Messages.json"  # targets for the script
FETCH_MEDIA, DELETE_MEDIA, STORAGE = "GET */Media/*", "DELETE */Media/*", "GET /storage/*"
CREATE_CONTENT, TYPING = "POST /v1/Content", "POST /v2/Indicators/Typing.json"


class FakeTwilio(TwilioServer):
    """`async with FakeTwilio(inbound_url=...) as tw`; send the client's api., content. and messaging. to `tw.base_url`.

    `routes` leads public webhook URLs to this machine; signatures are always over the public one.
    """

    def __init__(
        self,
        account: str = ACCOUNT,
        token: str = TOKEN,
        sender: str = SENDER,
        inbound_url: str = "",
        status_url: str = "",
        fallback_url: str = "",
        routes: Mapping[str, str] | None = None,
        auto_statuses: tuple[str, ...] = (),
        media_base: str = "",
        seed: int = 0,
    ) -> None:
        super().__init__(account, token, Resources(account, sender, self._created), seed)
        self.sender = sender
        self.inbound_url, self.status_url, self.fallback_url = inbound_url, status_url, fallback_url
        self.auto_statuses = auto_statuses
        self.failure_status = "failed"
        self.media_base = media_base
        self.webhooks = Webhooks(token, routes or {})
        self._media: dict[str, list[Media]] = {}

    # -- what tests use ------------------------------------------------------------------------------------------

    def person(self, address: str = "+77011234567", name: str = "Айгерім") -> WhatsAppPerson:
        """A person by number, or by `KZ.abc123` when the number is hidden."""
        address = f"whatsapp:{address.removeprefix('whatsapp:')}"
        return WhatsAppPerson(self.account, self.sender, address, name, new_sid, self._keep)

    async def receive(self, form: Form, deliver: bool = True, signature: str | None = None) -> Posted | None:
        """Take a message in and post it to the bot; `deliver=False`: the webhook is missed, only the list has it."""
        sid = form["MessageSid"]
        if sid not in self.resources.messages.by_sid:
            now = self.now()
            message = TwilioMessage(sid, form["From"], form["To"], form["Body"], now, "inbound", "received")
            message.media = self._media.pop(sid, [])
            self.resources.messages.add(message)
            self.resources.last_inbound[message.sender] = now
        if not deliver:
            return None
        posted = await self.webhooks.post(self.inbound_url, form, signature)
        if self.fallback_url and not (posted.status and posted.status < 400):
            told = {"ErrorCode": "11200", "ErrorUrl": self.inbound_url}
            posted = await self.webhooks.post(self.fallback_url, form | told, signature)
        await self.notify()
        return posted

    async def send_status(
        self, message: TwilioMessage, status: str, error_code: int | None = None, signature: str | None = None
    ) -> Posted | None:
        """Set a status and call back; call it twice, late or out of order as you like."""
        message.status, message.error_code = status, error_code
        url = message.callback_url or self.status_url
        form = status_form(message, self.account, status, error_code)
        posted = await self.webhooks.post(url, form, signature) if url else None
        await self.notify()
        return posted

    def messages(self, address: str) -> list[TwilioMessage]:
        """What the bot sent to a person and did not fail, oldest first."""
        return [
            message for message in self.tried(address) if message.status not in ("failed", "undelivered", "canceled")
        ]

    def tried(self, address: str) -> list[TwilioMessage]:
        """All that the bot sent to a person, failed or not."""
        address = f"whatsapp:{address.removeprefix('whatsapp:')}"
        every = self.resources.messages.by_sid.values()
        return [message for message in every if message.to == address and message.direction != "inbound"]

    def last(self, address: str) -> TwilioMessage:
        return self.messages(address)[-1]

    def add_content(self, types: Json, language: str = "kk", approved: bool = False, **variables: str) -> Content:
        """A template made in Twilio's console; an approved one may be sent outside the reply window."""
        content = self.resources.add_content(types, language, variables=variables)
        content.approval = "approved" if approved else content.approval
        return content

    def approve(self, sid: str) -> None:
        self.resources.contents[sid].approval = "approved"

    def refuse_to(self, address: str, error_code: int) -> None:
        """From now on messages to this address are taken and then fail with the code (63003, 63014, 63024 ...)."""
        self.resources.unreachable[f"whatsapp:{address.removeprefix('whatsapp:')}"] = error_code

    def now(self) -> datetime:
        return self.resources.now()

    def set_time(self, moment: datetime) -> None:
        self.resources.now = lambda: moment

    def advance(self, by: timedelta) -> None:
        """Let time pass; a clock that ran goes on running."""
        before = self.resources.now
        self.resources.now = lambda: before() + by

    @property
    def posted(self) -> list[Posted]:
        """All requests to the bot so far."""
        return self.webhooks.posted

    def control(self) -> dict[str, Command]:
        async def receive(body: Json) -> Json | None:
            posted = await self.receive(body["form"], body.get("deliver", True))
            return {"tries": posted.tries, "body": posted.body} if posted else None

        async def status(body: Json) -> int | None:
            message = self.resources.messages.get(body["sid"])
            posted = await self.send_status(message, body["status"], body.get("error_code"))
            return posted.status if posted else None

        return {**super().control(), "receive": receive, "status": status}

    def _keep(self, sid: str, media: Media) -> str:
        self._media.setdefault(sid, []).append(media)
        base = self.media_base or self.base_url
        return f"{base}/{API}/Accounts/{self.account}/Messages/{sid}/Media/{media.sid}"

    def _created(self, message: TwilioMessage, error_code: int | None) -> None:
        async def follow() -> None:
            if error_code is not None:
                await self.send_status(message, self.failure_status, error_code)
                return
            for status in self.auto_statuses:
                await self.send_status(message, status)

        if error_code is not None:
            message.status = self.failure_status
        self.spawn(follow())
