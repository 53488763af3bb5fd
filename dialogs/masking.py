"""Takes out of a text what nobody should keep: secrets before anything is stored, and whatever names a person from the question log.

Not here: telling the person about it (see privacy.py). SMS codes, card numbers and passwords are never asked for (DESIGN, line 8).
"""

from __future__ import annotations

import re

MASK = "••••"
_DIGITS = re.compile(r"(?<![\d*])\d(?:[ -]?\d){12,}(?![\d*])")
_SECRET = re.compile(
    r"(?P<name>\b(?:sms|смс|cmc|код\w*|kod\w*|code|cvv|cvc|pin|пин\w*|парол\w*|құпия\s?сөз\w*|кұпия\s?сөз\w*|кодым|password)\b"
    r"[^\d\n]{0,24}?)(?P<value>\b(?:\d{3,8}|\d{2,4}[ -]\d{2,4})\b)(?![\d ]*(?:₸|тенге|теңге|tg|тг|г\b|год|жыл))",
    re.IGNORECASE,
)
_PASSWORD = re.compile(r"(?P<name>\b(?:парол\w*|құпия\s?сөз\w*|password)\s*[:=\-–—]\s*)(?P<value>\S+)", re.IGNORECASE)
_BEFORE = re.compile(
    r"(?P<value>\b\d{4,8}\b)(?P<name>\s*[-–—,:]?\s*(?:это\s+)?(?:sms|смс|код\w*|kod\w*|code|құпия\s?сөз\w*|парол\w*)\b)",
    re.IGNORECASE,
)
_SPOKEN_PASSWORD = re.compile(
    r"(?P<name>\b(?:парол\w*|құпия\s?сөз\w*|password)\s+)(?P<value>(?=\S*\d)(?=\S*[^\W\d])\S+)", re.IGNORECASE
)
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
    text = _DIGITS.sub(lambda m: _without_cards(m[0]), text)
    text = _SECRET.sub(lambda m: m["name"] + MASK, text)
    text = _BEFORE.sub(lambda m: MASK + m["name"], text)
    text = _PASSWORD.sub(lambda m: m["name"] + MASK, text)
    return _SPOKEN_PASSWORD.sub(lambda m: m["name"] + MASK, text)


def _without_cards(run: str) -> str:
    """A run of digits without any stretch of 13 to 19 that is a card number: what is typed beside it (a date, a CVV) must not hide it."""
    places = [at for at, character in enumerate(run) if character.isdigit()]
    for size in range(19, 12, -1):
        for first in range(len(places) - size + 1):
            start, end = places[first], places[first + size - 1] + 1
            if _luhn(run[start:end]):
                # the digits that follow a card number are its date or its CVV
                return _without_cards(run[:start]) + MASK
    return run


def mask_person(text: str) -> str:
    """The text without numbers, addresses and accounts that could name somebody."""
    return _PERSONAL.sub(MASK, text)


def _luhn(text: str) -> bool:
    digits = [int(character) for character in text if character.isdigit()]
    total = sum(digits[-1::-2]) + sum(sum(divmod(2 * digit, 10)) for digit in digits[-2::-2])
    return len(digits) >= 13 and total % 10 == 0
