"""Whether the borders between the names and values of a signed call stand where Twilio set them.

Not here: the signature itself (see signature.py). It is made over names and values joined without a separator, so it says nothing of
where one ends: who holds a genuine call can move letters over every border and the signature still fits. Which fields there are grows
without notice, so unknown ones are let in; those that we read must be there, whole, and of their shape.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_NAME = re.compile(r"[A-Z][A-Za-z]*[0-9]*")
_SID = re.compile(r"(SM|MM)[0-9a-f]{32}")
_STATUS = re.compile(r"[a-z_]{1,32}")
_VERSION = re.compile(r"\d{4}-\d\d-\d\d")
_ALWAYS = frozenset({"Body", "From", "NumMedia", "To"})
"""Fields of every message of a person, beside those whose shape is looked at."""
_SWALLOWED = {
    "Body": ("ButtonPayload", "ButtonText", "ChannelMetadata"),
    "ButtonPayload": ("ButtonText",),
    "From": ("Latitude", "ListId", "ListTitle", "Longitude", "MediaContentType0", "MediaUrl0"),
    "ListId": ("ListTitle",),
}
"""What could have become the end of a value, with its own: fields that not every message has, and that stand behind it in order."""

_READ = ("ButtonPayload", "ButtonText", "Latitude", "ListId", "ListTitle", "MediaContentType0", "MediaUrl0", "WaId")
"""Fields that not every message has and that change what it says."""
_KNOWN = frozenset(
    {
        *_ALWAYS,
        *_READ,
        *(
            "AccountSid",
            "ApiVersion",
            "ChannelInstallSid",
            "ChannelMetadata",
            "ChannelPrefix",
            "ExternalUserIdentifier",
        ),
        *("Longitude", "MessageSid", "MessageType", "NumSegments", "OriginalRepliedMessageSender"),
        *("OriginalRepliedMessageSid", "ProfileName", "ReferralNumMedia", "SmsMessageSid", "SmsSid", "SmsStatus"),
    }
)


def check_message(form: Mapping[str, str]) -> None:
    """Raises ValueError."""
    _check_names(form)
    if not form.keys() >= _ALWAYS:
        raise ValueError("a field is missing that every message has")
    if (
        not (_fits(_SID, form, "MessageSid") and _fits(_VERSION, form, "ApiVersion"))
        or form.get("SmsStatus") != "received"
    ):
        raise ValueError("a field has not the shape that it always has")
    for name, others in _SWALLOWED.items():
        value = form.get(name, "")
        if any(other in value and other not in form for other in others):
            raise ValueError("a field stands within another")
    for name in form.keys() - _KNOWN:  # seldom any
        if any(name.startswith(read) or read.startswith(name) for read in _READ if read not in form):
            raise ValueError("a name has given or taken letters")


def check_status(form: Mapping[str, str]) -> None:
    """Raises ValueError."""
    _check_names(form)
    if not (_fits(_SID, form, "MessageSid") and _fits(_STATUS, form, "MessageStatus")):
        raise ValueError("a field has not the shape that it always has")


def _check_names(form: Mapping[str, str]) -> None:
    if not all(map(_NAME.fullmatch, form)):
        raise ValueError("a name that is none of Twilio's")


def _fits(shape: re.Pattern[str], form: Mapping[str, str], name: str) -> bool:
    return shape.fullmatch(form.get(name, "")) is not None
