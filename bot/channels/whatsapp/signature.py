"""Whether Twilio signed a call: HMAC-SHA1 over the address and the sorted fields (twilio.com/docs/usage/security).

Not here: every doubt (see Twilio's own library).
"""

from __future__ import annotations

import hmac
import re
from base64 import b64encode
from collections.abc import Mapping

from twilio.request_validator import RequestValidator

SIGNATURE = re.compile(rb"[A-Za-z0-9+/]{27}=")
"""How one is written."""


class Signatures:
    """Of one account, whose auth token is the key. Fields are those of a form in which no name stands twice."""

    def __init__(self, token: str) -> None:
        self._key, self._validator = token.encode(), RequestValidator(token)

    def fits(self, url: str, fields: Mapping[str, str], signature: str) -> bool:
        """Whether Twilio signed these fields for this address. One digest settles it where the address stands as it was signed, as it
        nearly always does; what does not fit the library judges, which also tries it with and without a port and costs seven times that."""
        try:
            signed = url + "".join([name + fields[name] for name in sorted(fields)])
            made = b64encode(hmac.digest(self._key, signed.encode(), "sha1"))
            if hmac.compare_digest(made, signature.encode()):
                return True
            return bool(signature) and bool(self._validator.validate(url, dict(fields), signature))
        except (TypeError, ValueError, UnicodeError):
            return False
