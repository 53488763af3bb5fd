"""Whether WhatsApp is configured, and what the doctor can say of it. Twilio's library (20 MiB) is loaded only where it is.

Not here: what the channel does (see channel.py).
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator

from bot.channels.base import Channel, ChannelKind
from bot.doctor.finding import DoctorFinding, fingerprint
from bot.settings import Settings

OFFICIAL_TWILIO = "https://api.twilio.com"


def from_settings(settings: Settings) -> Channel | None:
    if not (settings.twilio_account_sid and settings.twilio_auth_token and settings.twilio_whatsapp_from):
        return None
    from bot.channels.whatsapp.channel import WhatsApp, send_rate

    return WhatsApp(
        settings.twilio_account_sid,
        settings.twilio_auth_token,
        settings.twilio_whatsapp_from,
        settings.base_url,
        settings.twilio_api_url,
        settings.twilio_templates,
        rate=send_rate(settings.twilio_rate, settings.twilio_chat_rate),
    )


def examine(settings: Settings) -> Iterator[DoctorFinding]:
    from bot.doctor.host import HostUnreachable, fetch  # with aiohttp: only the doctor needs it here

    sid, token = settings.twilio_account_sid, settings.twilio_auth_token
    if not (sid and token and settings.twilio_whatsapp_from):
        yield DoctorFinding("ok", "twilio", "not configured; the three TWILIO settings switch WhatsApp on")
        return
    base = settings.twilio_api_url or OFFICIAL_TWILIO
    shown = f"account {sid[:6]}…, token {fingerprint(token)}"
    credentials = {"Authorization": "Basic " + b64encode(f"{sid}:{token}".encode()).decode()}
    try:
        status, body = fetch(f"{base}/2010-04-01/Accounts/{sid}.json", credentials)
    except HostUnreachable as error:
        yield DoctorFinding(
            "fault", "twilio", f"{base} cannot be asked: {error}", "Check the network and TWILIO_API_URL."
        )
        return
    if status in (401, 403, 404):
        advice = "Take TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN from the Twilio console."
        yield DoctorFinding("fault", "twilio", f"{shown} is refused ({status})", advice)
    elif status != 200:
        yield DoctorFinding("fault", "twilio", f"{base} answered {status}", "Ask again later.")
    elif body.get("status", "active") != "active":
        yield DoctorFinding("fault", "twilio", f"{shown} is {body['status']}", "See the Twilio console.")
    else:
        yield DoctorFinding("ok", "twilio", f"{shown}, by {base}")


WHATSAPP = ChannelKind(from_settings, examine)
