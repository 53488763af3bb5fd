"""Numbers that are known by their own form and are no secret: accounts (IBAN), phones, days, hours, codes that are dialled, IIN and BIN.

Not here: tickets, receipts and sums, which only words or places tell (see cards.py, codes.py). They are found first and left as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.participants import is_bin, is_iin
from domain.secrets.signs import Stretch

_MONTHS = (
    "январ|феврал|март|апрел|ма[яй]|июн|июл|август|сентябр|октябр|ноябр|декабр|қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек"
    "|қазан|қараша|желтоқсан"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_YEAR = r"(?:19|20)\d\d"
_KNOWN = re.compile(
    rf"""(?=[\dk*+])(?:(?<![a-z\d])kz\d\d(?:\ ?[a-z\d]){{16}}(?![a-z\d])
    |(?<![\d*])\*\d[\d*]{{0,20}}\#?
    |(?<!\d){_DAY}[./-]{_MONTH}[./-](?:{_YEAR}|\d\d)(?![\d/-])
    |(?<!\d){_YEAR}[./-]{_MONTH}[./-]{_DAY}(?![\d/-])
    |(?<!\d){_DAY}\ {_MONTH}\ {_YEAR}(?!\d)
    |(?<!\d){_DAY}\ ?(?:{_MONTHS})[^\W\d_]*(?:\ {_YEAR})?
    |(?<!\d){_YEAR}\ ?(?:жыл\w*|ж\.|года?\b|году\b|г\.)
    |(?<![\d:])(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![:\d])
    |(?<![\d])(?:\+?7|8)?[ .-]{{0,2}}\(?7\d\d\)?[ .-]{{0,2}}\d{{3}}[ .-]{{0,2}}\d{{2}}[ .-]{{0,2}}\d{{2}}(?!\d)
    |\+\d(?:[ ()-]{{0,2}}\d){{9,13}}(?!\d|[ -]?\d{{4}}))""",
    re.VERBOSE,
)
_TWELVE = re.compile(r"(?<!\d)[0-9]{12}(?!\d)")


def find_honest(plain: str) -> Iterator[Stretch]:
    """The places of all that is known to be no secret."""
    for each in _KNOWN.finditer(plain):
        yield Stretch(*each.span())
    for each in _TWELVE.finditer(plain):
        if is_iin(each[0]) or is_bin(each[0]):
            yield Stretch(*each.span())
