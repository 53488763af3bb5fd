"""Takes out of a text what nobody should keep: secrets before anything is stored, and whatever names a person from the question log.

Leaves telling the person about it to `privacy`. SMS codes, card numbers and passwords are never asked for (DESIGN, line 8).
"""

from __future__ import annotations

import re

MASK = "••••"
_CARD = re.compile(r"(?<![\d*])(?:\d[ -]?){12,18}\d(?![\d*])")
_SECRET = re.compile(
    r"(?P<name>\b(?:sms|смс|cmc|код\w*|kod\w*|code|cvv|cvc|pin|пин\w*|парол\w*|құпия\s?сөз\w*|кұпия\s?сөз\w*|кодым|password)\b"
    r"[^\d\n]{0,24}?)(?P<value>\b(?:\d{3,8}|\d{2,4}[ -]\d{2,4})\b)(?![\d ]*(?:₸|тенге|теңге|tg|тг|г\b|год|жыл))",
    re.IGNORECASE,
)
_PASSWORD = re.compile(r"(?P<name>\b(?:парол\w*|құпия\s?сөз\w*|password)\s*[:=\-–—]\s*)(?P<value>\S+)", re.IGNORECASE)
_PERSONAL = re.compile(
    r"[\w.+-]+@[\w-]+\.[\w.]+"  # e-mail
    r"|@\w{3,}"  # account
    r"|https?://\S+"
    r"|\bKZ\d{2}[A-Z0-9 ]{10,22}\b"  # IBAN
    r"|\+?\d(?:[\s().-]?\d){5,}",  # phone, IIN, account numbers; amounts of six digits and more go too, nobody is poorer for it
    re.IGNORECASE,
)


def mask_secrets(text: str) -> str:
    """The text without card numbers (Luhn, ISO/IEC 7812), codes and passwords."""
    text = _CARD.sub(lambda m: MASK if _luhn(m[0]) else m[0], text)
    text = _SECRET.sub(lambda m: m["name"] + MASK, text)
    return _PASSWORD.sub(lambda m: m["name"] + MASK, text)


def mask_person(text: str) -> str:
    """The text without numbers, addresses and accounts that could name somebody."""
    return _PERSONAL.sub(MASK, text)


def _luhn(text: str) -> bool:
    digits = [int(character) for character in text if character.isdigit()]
    total = sum(digits[-1::-2]) + sum(sum(divmod(2 * digit, 10)) for digit in digits[-2::-2])
    return len(digits) >= 13 and total % 10 == 0
