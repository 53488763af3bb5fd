"""What people say: the webhook calls of Telegram and of Twilio, genuine down to secret and signature.

Leaves when they speak to `driver`.
"""

from __future__ import annotations

import base64
import hmac
import itertools
import json
import time
from collections.abc import Callable
from hashlib import sha1
from urllib.parse import urlencode

from benchmarks.load.wire import post

TOKEN = "123456:bench-token"
SECRET = "bench-secret"
ACCOUNT = "AC" + "b" * 32
TWILIO_TOKEN = "bench-twilio-token"
SENDER = "whatsapp:+14155238886"

Speak = Callable[[int], bytes]
"""The next webhook call of that person, ready to be written to the bot's connection."""

_numbers = itertools.count(10**9 + int(time.time() * 1000) % 10**9)
_HEADERS = f"X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\nContent-Type: application/json\r\n"
_FORM = "Content-Type: application/x-www-form-urlencoded\r\n"


def _user(chat: int) -> str:
    return f'{{"id":{chat},"is_bot":false,"first_name":"Aigerim","language_code":"kk"}}'


def _message(chat: int, number: int) -> str:
    talk = f'{{"id":{chat},"type":"private","first_name":"Aigerim"}}'
    return f'"message_id":{number},"date":1766000000,"chat":{talk}'


def tap(option: str) -> Speak:
    """A press on a button of the bot."""

    def speak(chat: int) -> bytes:
        number = next(_numbers)
        bot = '{"id":1,"is_bot":true,"first_name":"bench"}'
        under = f'{{{_message(chat, number)},"from":{bot},"text":"-"}}'
        query = f'"id":"{number}","from":{_user(chat)},"chat_instance":"1","data":"{option}","message":{under}'
        body = f'{{"update_id":{number},"callback_query":{{{query}}}}}'
        return post("/telegram/webhook", _HEADERS, body.encode())

    return speak


def text(*texts: str) -> Speak:
    """Typed words, one text after the other."""
    quoted = itertools.cycle([json.dumps(one) for one in texts])

    def speak(chat: int) -> bytes:
        number = next(_numbers)
        message = f'{{{_message(chat, number)},"from":{_user(chat)},"text":{next(quoted)}}}'
        return post("/telegram/webhook", _HEADERS, f'{{"update_id":{number},"message":{message}}}'.encode())

    return speak


def whatsapp(port: int, body: str) -> Speak:
    """Typed words on WhatsApp, as Twilio posts and signs them for the bot on that port."""
    url = f"http://127.0.0.1:{port}/whatsapp/webhook"

    def speak(chat: int) -> bytes:
        number = f"SM{next(_numbers):032x}"
        form = {
            "SmsMessageSid": number,
            "NumMedia": "0",
            "ProfileName": "Aigerim",
            "MessageType": "text",
            "SmsSid": number,
            "WaId": str(chat),
            "SmsStatus": "received",
            "Body": body,
            "To": SENDER,
            "NumSegments": "1",
            "ReferralNumMedia": "0",
            "MessageSid": number,
            "AccountSid": ACCOUNT,
            "From": f"whatsapp:+{chat}",
            "ApiVersion": "2010-04-01",
        }
        signed = url + "".join(name + form[name] for name in sorted(form))
        signature = base64.b64encode(hmac.new(TWILIO_TOKEN.encode(), signed.encode(), sha1).digest()).decode()
        return post("/whatsapp/webhook", f"X-Twilio-Signature: {signature}\r\n{_FORM}", urlencode(form).encode())

    return speak
