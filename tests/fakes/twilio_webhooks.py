"""Signed requests from Twilio to the bot: people's messages and status callbacks.

What stands in an incoming form is left to twilio_people; when a status is sent, and in what order, to the test.
"""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any
from urllib.parse import parse_qsl, urldefrag

import aiohttp

from .telegram_queue import reroute
from .twilio_messages import API, TwilioMessage

Validator: Any = import_module("twilio.request_validator").RequestValidator  # the package carries no types
CHANNEL_TEXT = {
    63003: "Channel could not find To address",
    63014: "The user has blocked this sender or opted out",
    63016: "Failed to send freeform message because you are outside the allowed window",
    63018: "Rate limit exceeded for Channel",
    63024: "Invalid message recipient",
    63032: "We cannot send this message to this user at this time because of WhatsApp limitations",
}
EVENTS = {"delivered": "DELIVERED", "read": "READ"}


@dataclass(frozen=True)
class Posted:
    """How the bot took a webhook: the last status (None: no answer) and all tries."""

    url: str
    form: Mapping[str, str]
    tries: tuple[int | None, ...]
    body: str = ""

    @property
    def status(self) -> int | None:
        return self.tries[-1]


@dataclass
class Webhooks:
    """The sending side; `routes` leads public URLs to this machine, the signature is always over the public one."""

    token: str
    routes: Mapping[str, str] = field(default_factory=dict)
    timeout: float = 15.0
    trust: ssl.SSLContext | bool = True  # whose certificates it takes
    posted: list[Posted] = field(default_factory=list)

    def sign(self, url: str, form: Mapping[str, str]) -> str:
        return str(Validator(self.token).compute_signature(url, dict(form)))

    async def post(self, url: str, form: Mapping[str, str], signature: str | None = None) -> Posted:
        """Post a form; retries only as the URL's fragment asks for, like `#rc=2&rp=all`."""
        bare, fragment = urldefrag(url)
        rules = dict(parse_qsl(fragment))
        headers = {"X-Twilio-Signature": self.sign(bare, form) if signature is None else signature}
        headers |= {"User-Agent": "TwilioProxy/1.1", "I-Twilio-Idempotency-Token": self.sign("token", form)}
        tries: list[int | None] = []
        body = ""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(self.timeout)) as session:
            for _ in range(1 + int(rules.get("rc", 0))):
                try:
                    target = reroute(bare, self.routes)
                    async with session.post(target, data=form, headers=headers, ssl=self.trust) as answer:
                        tries.append(answer.status)
                        body = await answer.text()
                except (aiohttp.ClientError, TimeoutError) as error:
                    tries.append(None)
                    body = f"{type(error).__name__}: {error}"
                if not asks_again(tries[-1], rules.get("rp", "ct").split(",")):
                    break
        found = Posted(url, form, tuple(tries), body)
        self.posted.append(found)
        return found


def asks_again(status: int | None, policies: list[str]) -> bool:
    """Say whether the retry policy covers this outcome; without one only a failed connection counts."""
    if status is None:
        return True
    family = f"{status // 100}xx"
    return status >= 400 and (family in policies or "all" in policies)


def status_form(message: TwilioMessage, account: str, status: str, error_code: int | None) -> dict[str, str]:
    """What a status callback carries."""
    form = {"ApiVersion": API, "AccountSid": account, "MessageSid": message.sid, "SmsSid": message.sid}
    form |= {"MessageStatus": status, "SmsStatus": status, "From": message.sender, "To": message.to}
    form |= {"ChannelPrefix": "whatsapp", "ChannelInstallSid": "XE" + "f" * 32, "StructuredMessage": "false"}
    form["ChannelToAddress"] = message.to.removeprefix("whatsapp:")
    if status in EVENTS:
        form["EventType"] = EVENTS[status]
    if error_code is not None:
        form |= {"ErrorCode": str(error_code), "EventType": "UNDELIVERED"}
        form["ChannelStatusMessage"] = CHANNEL_TEXT.get(error_code, f"Channel error {error_code}")
    if "MessagingServiceSid" in message.params:
        form["MessagingServiceSid"] = message.params["MessagingServiceSid"]
    return form
