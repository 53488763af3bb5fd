"""Whether Telegram and Twilio know us, and whether the address and the port are ours: asked as the running program would ask.

Leaves everything on this machine to `doctor`.
"""

from __future__ import annotations

import errno
import json
import socket
from base64 import b64encode
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.request import OpenerDirector, ProxyHandler, Request, build_opener

from bot.cli.doctor.finding import DoctorFinding, fingerprint
from bot.settings import Settings

TIMEOUT_S = 10.0
"""Seconds for one answer."""
OFFICIAL_TWILIO = "https://api.twilio.com"


class HostUnreachable(Exception):
    """No answer; the text says why."""


def network(settings: Settings) -> Iterator[DoctorFinding]:
    yield from _telegram(settings)
    yield from _twilio(settings)
    yield from _port(settings)


def _telegram(settings: Settings) -> Iterator[DoctorFinding]:
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


def _twilio(settings: Settings) -> Iterator[DoctorFinding]:
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


def _port(settings: Settings) -> Iterator[DoctorFinding]:
    where = f"{settings.host}:{settings.port}"
    try:
        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((settings.host, settings.port))
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            said = f"{where} cannot be listened on: {error.strerror or error}"
            yield DoctorFinding(
                "fault", "port", said, "Set HOST to an address of this machine and PORT to a free port."
            )
        elif _is_ours(f"http://{'127.0.0.1' if settings.host == '0.0.0.0' else settings.host}:{settings.port}"):  # noqa: S104
            yield DoctorFinding("ok", "port", f"{where} is served by Utys")
            yield from _public(settings)
        else:
            yield DoctorFinding("fault", "port", f"{where} is in use by another program", "Set PORT to another one.")
    else:
        yield DoctorFinding("ok", "port", f"{where} is free")


def _public(settings: Settings) -> Iterator[DoctorFinding]:
    if settings.public_url and _is_ours(settings.public_url):
        yield DoctorFinding("ok", "address", f"{settings.public_url} leads here")
    elif settings.public_url:
        said = f"{settings.public_url} does not lead to this program"
        yield DoctorFinding("warning", "address", said, "Check PUBLIC_URL and the proxy before it.")


def _is_ours(base: str) -> bool:
    try:
        return fetch(f"{base}/healthz")[1].get("status") in ("ok", "failing")
    except HostUnreachable:
        return False


def fetch(url: str, headers: dict[str, str] | None = None) -> tuple[int, dict[str, Any]]:
    """Status and JSON object of an answer. Raises Unreachable, never with the URL in it: it may hold a token."""
    try:
        with _opener().open(Request(url, headers=headers or {}), timeout=TIMEOUT_S) as answer:  # noqa: S310 - settings allow http(s) only
            status, body = answer.status, answer.read(1_000_000)
    except HTTPError as error:
        status, body = error.code, error.read(1_000_000)
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise HostUnreachable(str(getattr(reason, "strerror", None) or type(reason).__name__)) from error
    try:
        decoded = json.loads(body)
    except ValueError:
        decoded = None
    return status, decoded if isinstance(decoded, dict) else {}


def _opener() -> OpenerDirector:
    """Without a proxy, as the running program asks too."""
    return build_opener(ProxyHandler({}))
