"""An account number by ISO 13616: country, check digits (mod 97), and for Kazakhstan its length and bank.

Kazakhstan: KZ, two check digits, three digits of the bank, thirteen signs of the account: 20 in all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

LENGTH: Final = 20
_LENGTHS: Final = {
    "KZ": 20,
    "KG": 22,
    "RU": 33,
    "DE": 22,
    "TR": 26,
    "AZ": 28,
    "GE": 22,
    "BY": 28,
    "UA": 29,
    "AE": 23,
    "LV": 21,
    "GB": 22,
    "PL": 28,
}
_ALIKE: Final = str.maketrans("OQILZSB", "0011258")
_SHAPED = re.compile(r"(?<![A-Z0-9])([A-Z]{2})((?:[ ]?[0-9A-Z]){12,32})(?![A-Z0-9])")
_CARD = re.compile(r"(?<!\d)\d{4}(?:[ -]?\d{4}){3}(?!\d)")

Fault = Literal["iban_check", "iban_country", "iban_bank", "iban_missing", "card_number"]


@dataclass(frozen=True, slots=True)
class Account:
    iban: str
    fault: Fault | None

    @property
    def bank(self) -> str:
        """Three digits of a Kazakhstan account."""
        return self.iban[4:7]


def is_valid(iban: str) -> bool:
    """Mod 97 of the rearranged number is 1."""
    moved = iban[4:] + iban[:4]
    return int("".join(str(int(sign, 36)) for sign in moved)) % 97 == 1


def find_account(text: str, banks: frozenset[str], *, read: bool) -> Account:
    """The account in a certificate. `read` says that the text was recognised: then look-alike letters are digits, and only a number of
    the right shape is judged. `banks` are Kazakhstan's bank codes."""
    found: list[Account] = []
    upper = text.upper().replace("К", "K").replace("З", "3")
    for match in _SHAPED.finditer(upper):
        country, rest = match[1], match[2].replace(" ", "")
        if country not in _LENGTHS or not any(sign.isdigit() for sign in rest[:2]):
            continue
        if read:
            rest = rest.translate(_ALIKE)
        if sum(sign.isdigit() for sign in rest) < 12 and country == "KZ":
            continue
        found.append(_judged(country + rest, banks))
    right = [account for account in found if account.fault is None]
    if right or found:
        return (right or found)[0]
    for match in _CARD.finditer(upper):
        digits = re.sub(r"\D", "", match[0])
        if _luhn(digits):
            return Account(digits, "card_number")
    return Account("", "iban_missing")


def _judged(iban: str, banks: frozenset[str]) -> Account:
    length = _LENGTHS[iban[:2]]
    if iban[:2] != "KZ":
        return Account(iban[:length], "iban_country")
    if len(iban) > length and is_valid(iban[:length]):
        iban = iban[:length]
    if len(iban) != length or not is_valid(iban):
        return Account(iban, "iban_check")
    return Account(iban, None if iban[4:7] in banks else "iban_bank")


def _luhn(digits: str) -> bool:
    total = 0
    for at, sign in enumerate(reversed(digits)):
        value = int(sign) * (1 + at % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
