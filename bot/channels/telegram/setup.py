"""Whether Telegram is configured, and what the doctor can say of it. The client is loaded only where it is.

Not here: what the channel does (see channel.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.channels.base import Channel, ChannelKind
from bot.doctor.finding import DoctorFinding, fingerprint
from bot.settings import Settings
from storage.sealing import Seal


def from_settings(settings: Settings) -> Channel | None:
    """Raises BadToken."""
    if not settings.telegram_bot_token:
        return None
    # without a secret of the operator's one is derived from the oldest key: the same after every restart, known to nobody
    secret = settings.telegram_webhook_secret or Seal(settings.keys()[-1]).digest("telegram webhook secret").hex()
    from bot.channels.telegram.channel import Telegram, send_rate

    rate = send_rate(settings.telegram_rate, settings.telegram_chat_rate)
    return Telegram(settings.telegram_bot_token, settings.telegram_api_url, secret, settings.public_url, rate=rate)


def examine(settings: Settings) -> Iterator[DoctorFinding]:
    from bot.doctor.host import HostUnreachable, fetch  # with aiohttp: only the doctor needs it here

    token = settings.telegram_bot_token
    if not token:
        yield DoctorFinding("ok", "telegram", "not configured; TELEGRAM_BOT_TOKEN switches it on")
        return
    shown = f"token {fingerprint(token)}"
    try:
        status, body = fetch(f"{settings.telegram_api_url}/bot{token}/getMe")
        if status in (401, 404):
            said = f"{shown} is refused ({status})"
            yield DoctorFinding("fault", "telegram", said, "Take the token from @BotFather and set TELEGRAM_BOT_TOKEN.")
            return
        me = body.get("result") if status == 200 else None
        if not isinstance(me, dict):
            raise HostUnreachable(f"getMe answered {status}")
        yield DoctorFinding("ok", "telegram", f"@{me.get('username')}, {shown}, by {settings.telegram_api_url}")
        _, body = fetch(f"{settings.telegram_api_url}/bot{token}/getWebhookInfo")
        yield _webhook(settings, body.get("result") or {})
    except HostUnreachable as error:
        said = f"{settings.telegram_api_url} cannot be asked: {error}"
        yield DoctorFinding("fault", "telegram", said, "Check the network and TELEGRAM_API_URL.")


def _webhook(settings: Settings, info: dict[str, Any]) -> DoctorFinding:
    registered, waiting = info.get("url") or "", info.get("pending_update_count") or 0
    wanted = f"{settings.public_url}/telegram/webhook" if settings.public_url else ""
    said = f"{registered or 'none: updates are fetched by long polling'}, {waiting} updates waiting"
    if registered != wanted:
        advice = (
            f"`utys serve` sets it to {wanted}." if wanted else "`utys serve` removes it and fetches updates itself."
        )
        return DoctorFinding("warning", "webhook", said, advice)
    if last := info.get("last_error_message"):
        return DoctorFinding(
            "warning", "webhook", f"{said}, last error: {last}", "Check that PUBLIC_URL leads to this program."
        )
    return DoctorFinding("ok", "webhook", said)


TELEGRAM = ChannelKind(from_settings, examine)
