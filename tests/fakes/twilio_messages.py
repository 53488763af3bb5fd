"""Messages and their media, both ways, as Twilio keeps and lists them, and the templates that they are made from.

Who may send what and when is left to FakeTwilio; how people's messages look on the way in to twilio_people.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from typing import Any

from .twilio_limits import VARIABLE, TwilioRefusal, broken, check_content

Json = dict[str, Any]

API = "2010-04-01"
PLAIN_TYPES = {"twilio/text", "twilio/media"}


@dataclass
class Media:
    """A file that a person sent; kept until the bot deletes it."""

    sid: str
    content_type: str
    content: bytes


@dataclass
class Content:
    """A template."""

    sid: str
    language: str
    types: Json
    friendly_name: str = ""
    variables: dict[str, str] = field(default_factory=dict)
    approval: str = "unsubmitted"

    def fill(self, values: Mapping[str, str]) -> Json:
        """Put the values in, or refuse: each placeholder needs one, each value a placeholder."""
        source = json.dumps(self.types, ensure_ascii=False)
        wanted = set(VARIABLE.findall(source))
        known = self.variables | dict(values)
        if wanted - known.keys() or values.keys() - wanted:
            raise broken(21656, f"the template has {sorted(wanted)}, given are {sorted(values)}")
        filled: Json = json.loads(VARIABLE.sub(lambda found: json.dumps(known[found[1]])[1:-1], source))
        problems = list(check_content(filled))
        if problems:
            raise broken(21656, problems[0])
        return filled


@dataclass
class TwilioMessage:
    """One message as the person sees it and as Twilio tells about it."""

    sid: str
    sender: str
    to: str
    body: str
    created: datetime
    direction: str = "outbound-api"
    status: str = "queued"
    error_code: int | None = None
    media: list[Media] = field(default_factory=list)
    media_url: str | None = None
    content_sid: str | None = None
    shown: Json = field(default_factory=dict)
    callback_url: str | None = None
    params: Json = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The words, from the body or from the template."""
        return self.body or next((str(c["body"]) for c in self.shown.values() if "body" in c), "")

    @property
    def buttons(self) -> list[tuple[str, str]]:
        """Quick replies or list rows as (id, label)."""
        reply = self.shown.get("twilio/quick-reply", {}).get("actions", [])
        rows = self.shown.get("twilio/list-picker", {}).get("items", [])
        return [(b.get("id", b["title"]), b["title"]) for b in reply] + [(row["id"], row["item"]) for row in rows]

    @property
    def labels(self) -> list[str]:
        return [label for _, label in self.buttons]

    def describe(self, account: str) -> Json:
        """The message as the API gives it."""
        uri = f"/{API}/Accounts/{account}/Messages/{self.sid}"
        when = format_datetime(self.created)
        media = len(self.media) or int(self.media_url is not None)
        return {
            **{
                "sid": self.sid,
                "account_sid": account,
                "api_version": API,
                "body": self.text,
                "direction": self.direction,
            },
            **{"from": self.sender, "to": self.to, "status": self.status, "num_media": str(media), "num_segments": "1"},
            **{"date_created": when, "date_sent": when, "date_updated": when, "price": None, "price_unit": None},
            **{"error_code": self.error_code, "error_message": None, "uri": f"{uri}.json"},
            **{"messaging_service_sid": self.params.get("MessagingServiceSid")},
            "subresource_uris": {"media": f"{uri}/Media.json"},
        }


class Messages:
    """All messages of one account."""

    def __init__(self, account: str) -> None:
        self.account = account
        self.by_sid: dict[str, TwilioMessage] = {}

    def add(self, message: TwilioMessage) -> TwilioMessage:
        return self.by_sid.setdefault(message.sid, message)

    def get(self, sid: str) -> TwilioMessage:
        if sid not in self.by_sid:
            raise TwilioRefusal(20404, 404, sid)
        return self.by_sid[sid]

    def media(self, message_sid: str, sid: str) -> Media:
        for media in self.get(message_sid).media:
            if media.sid == sid:
                return media
        raise TwilioRefusal(20404, 404, sid)

    def page(self, query: Mapping[str, str]) -> Json:
        """Answer the list: newest first, by To, From and DateSent, in pages that stay put when messages come in."""
        found = [message for message in reversed(self.by_sid.values()) if fits(message, query)]
        found.sort(key=lambda message: message.created, reverse=True)
        size = int(query.get("PageSize", 50))
        number = int(query.get("Page", 0))
        start = number * size
        token = query.get("PageToken", "").removeprefix("PA")
        if token in self.by_sid:
            start = next((i + 1 for i, message in enumerate(found) if message.sid == token), start)
        items = found[start : start + size]
        path = f"/{API}/Accounts/{self.account}/Messages.json"
        more = start + size < len(found)
        kept = "".join(f"&{name}={value.replace('+', '%2B')}" for name, value in query.items() if "Page" not in name)
        following = f"{path}?PageSize={size}&Page={number + 1}&PageToken=PA{items[-1].sid}{kept}" if more else None
        return {
            "messages": [message.describe(self.account) for message in items],
            **{"page": number, "page_size": size, "start": start, "end": start + len(items) - 1, "uri": path},
            **{"first_page_uri": f"{path}?PageSize={size}&Page=0{kept}", "next_page_uri": following},
            "previous_page_uri": None,
        }


def fits(message: TwilioMessage, query: Mapping[str, str]) -> bool:
    for name, value in {"To": message.to, "From": message.sender}.items():
        if query.get(name, value) != value:
            return False
    for name, value in query.items():
        if name.startswith("DateSent"):
            first, after = read_date(value)
            same_day = message.created.astimezone(UTC).date() == first.date()
            late, early = message.created >= first, message.created < after
            if not {"DateSent": same_day, "DateSent>": late, "DateSent<": early}[name]:
                return False
    return True


def read_date(value: str) -> tuple[datetime, datetime]:
    """Read a day or an instant as the stretch from its begin to what comes after."""
    if len(value) == 10:
        day = datetime.combine(date.fromisoformat(value), datetime.min.time(), UTC)
        return day, day + timedelta(days=1)
    moment = datetime.fromisoformat(value)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment, moment + timedelta(seconds=1)
