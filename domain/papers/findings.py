"""What can be told about a paper, in the order in which it is told, and what becomes of the paper.

Not here: the words (see locales) and how something is found.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final, Literal

Verdict = Literal["ok", "doubt", "refuse"]


class Finding(StrEnum):
    """The order is the order of telling: first what keeps the file from being opened, then what keeps it from being read, then what it
    says. One thing to do at a time: the first."""

    EMPTY = "empty"
    TYPE = "type"
    TOO_LARGE = "too_large"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_MANY_PAGES = "too_many_pages"
    ENCRYPTED = "encrypted"
    TRUNCATED = "truncated"
    BROKEN = "broken"
    BLANK = "blank"
    NOT_A_PAPER = "not_a_paper"
    SMALL = "small"
    DARK = "dark"
    BRIGHT = "bright"
    CROPPED = "cropped"
    COVERED = "covered"
    GLARE = "glare"
    BLURRED = "blurred"
    SKEWED = "skewed"
    WRONG_KIND = "wrong_kind"
    WRONG_SIDE = "wrong_side"
    SAME_SIDE_TWICE = "same_side_twice"
    SEEN_BEFORE = "seen_before"
    EXPIRED = "expired"
    OTHER_PERSON = "other_person"
    WRONG_PURPOSE = "wrong_purpose"
    OTHER_PROMOTION = "other_promotion"
    OTHER_ACCOUNT = "other_account"
    SERVER_DIFFERS = "server_differs"
    OUTSIDE_PERIOD = "outside_period"
    IIN_CHECK = "iin_check"
    IIN_BIRTH = "iin_birth"
    IIN_SEX = "iin_sex"
    MRZ_CHECK = "mrz_check"
    CARD_NUMBER = "card_number"
    IBAN_MISSING = "iban_missing"
    IBAN_CHECK = "iban_check"
    IBAN_COUNTRY = "iban_country"
    IBAN_BANK = "iban_bank"
    ACCOUNT_MISSING = "account_missing"
    PRIZE_MISSING = "prize_missing"
    MRZ_UNREADABLE = "mrz_unreadable"
    IIN_UNREADABLE = "iin_unreadable"
    UNREADABLE = "unreadable"
    ROTATED = "rotated"
    SIGNATURE_NOT_VERIFIED = "signature_not_verified"


REFUSING: Final = frozenset(
    {
        *(Finding.EMPTY, Finding.TYPE, Finding.TOO_LARGE, Finding.TOO_MANY_PIXELS, Finding.TOO_MANY_PAGES),
        *(Finding.ENCRYPTED, Finding.TRUNCATED, Finding.BROKEN),
    }
)
"""Nothing can be opened, so nothing can be sent on."""
REMARKS: Final = frozenset({Finding.ROTATED, Finding.SIGNATURE_NOT_VERIFIED})
"""Told, and nothing has to be done."""
POOR: Final = frozenset(
    {
        *(Finding.BLANK, Finding.NOT_A_PAPER, Finding.SMALL, Finding.DARK, Finding.BRIGHT, Finding.CROPPED),
        *(Finding.COVERED, Finding.GLARE, Finding.BLURRED, Finding.SKEWED),
    }
)
"""A new photo helps."""

_ORDER: Final = {finding: at for at, finding in enumerate(Finding)}


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each once, the first to be told first."""
    return tuple(sorted(set(findings), key=_ORDER.__getitem__))


def verdict(findings: Iterable[Finding]) -> Verdict:
    """`doubt`: told, and may be sent anyway; `refuse`: there is nothing that could be sent."""
    told = set(findings)
    if told & REFUSING:
        return "refuse"
    return "doubt" if told - REMARKS else "ok"
