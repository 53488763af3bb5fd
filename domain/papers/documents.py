"""What a paper of text says against what the claim knows: certificate of an account, act, power of attorney, screen with a prize.

Not here: cards and passports (see identity.py).
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from rapidfuzz import fuzz

from domain.papers.asked import Asked
from domain.papers.claim import PaperClaim, PaperReading
from domain.papers.fields import account, iins, moments, until
from domain.papers.findings import Finding
from domain.papers.iban import find_account
from domain.papers.identity import Values
from domain.papers.names import stands_in
from domain.papers.words import kinds, plain
from domain.participants import has_check_digit

FEW_LETTERS: Final = 25
BEGINNING: Final = 22
"""Letters of a prize's name that are compared."""
ALIKE: Final = 72
_PROMOTION = re.compile(
    r"(?:акци\w*|розыгрыш\w*)\s*[«\"“„]([^»\"”“]{3,60})[»\"”“]|[«\"“„]([^»\"”“]{3,60})[»\"”“]\s*(?:акция|ұтыс)", re.I
)
_PRIZE: Final = ("приз", "жүлде", "выигрыш", "ұтыс", "сыйлық", "сертификат")
_OWN: Final = {
    Asked.IBAN: "iban",
    Asked.ACT: "act",
    Asked.POA_SIGN: "poa",
    Asked.POA_COLLECT: "poa",
    Asked.WIN_SCREEN: "win_screen",
}


def judge_document(
    asked: Asked, reading: PaperReading, known: PaperClaim, today: date, banks: frozenset[str]
) -> tuple[set[Finding], Values]:
    """Findings, and the fields read. `banks`: Kazakhstan's bank codes."""
    text = plain(reading.text)
    if sum(sign.isalnum() for sign in text) < FEW_LETTERS:
        return {Finding.UNREADABLE}, {}
    seen = kinds(text)
    own = _OWN[asked]
    if own not in seen and max(seen.values(), default=0) > 1:
        return {Finding.WRONG_KIND}, {}
    if asked is Asked.IBAN:
        return _iban(reading, known, banks)
    if asked is Asked.ACT:
        return _act(reading, known, own in seen)
    if asked is Asked.WIN_SCREEN:
        return _screen(reading, known)
    return _power(asked, reading, known, today, own in seen)


def _iban(reading: PaperReading, known: PaperClaim, banks: frozenset[str]) -> tuple[set[Finding], Values]:
    found: set[Finding] = set()
    number = find_account(reading.text, banks, read=not reading.exact)
    if number.fault:
        found.add(Finding(number.fault))
    values: Values = {"iban": number.iban} if not number.fault or number.fault.startswith("iban_") else {}
    if not number.fault:
        values["bank"] = number.bank
    holder = _holder(reading, known)
    if holder:
        values["iin"] = holder
    if _someone_else(reading, known):
        found.add(Finding.OTHER_PERSON)
    return found, values


def _act(reading: PaperReading, known: PaperClaim, sure: bool) -> tuple[set[Finding], Values]:
    found: set[Finding] = set()
    holder = _holder(reading, known)
    values: Values = {"iin": holder} if holder else {}
    if not sure and not holder and not stands_in(known.name, reading.text):
        return {Finding.UNREADABLE}, values
    if _someone_else(reading, known):
        found.add(Finding.OTHER_PERSON)
    elif holder and known.name:
        values["name"] = known.name
    if _other_promotion(reading.text, known):
        found.add(Finding.OTHER_PROMOTION)
    return found, values


def _power(
    asked: Asked, reading: PaperReading, known: PaperClaim, today: date, sure: bool
) -> tuple[set[Finding], Values]:
    found: set[Finding] = set()
    numbers = [number for number in iins(reading.text) if has_check_digit(number)]
    text = plain(reading.text)
    if not sure and not numbers:
        return {Finding.UNREADABLE}, {}
    values: Values = {}
    if numbers:
        values["giver_iin"] = numbers[0]
    if len(numbers) > 1:
        values["taker_iin"] = numbers[1]
    last = until(reading.text)
    if last is not None:
        values["until"] = last.isoformat()
        if last < today:
            found.add(Finding.EXPIRED)
    if len(numbers) > 1 and (
        (known.iin and numbers[0] != known.iin) or (known.representative_iin and numbers[1] != known.representative_iin)
    ):
        found.add(Finding.OTHER_PERSON)
    about_prize = any(word in text for word in _PRIZE)
    about_act = re.search(r"\bакт", text) is not None
    signing = about_act and re.search(r"подпис|қол қою", text) is not None
    receiving = about_prize and re.search(r"получ|получить|принять|забрать|\bалу|алып|қабылда", text) is not None
    if not (signing if asked is Asked.POA_SIGN else receiving):
        found.add(Finding.WRONG_PURPOSE)
    if _other_promotion(reading.text, known):
        found.add(Finding.OTHER_PROMOTION)
    return found, values


def _screen(reading: PaperReading, known: PaperClaim) -> tuple[set[Finding], Values]:
    found: set[Finding] = set()
    values: Values = {}
    number = account(reading.text)
    when = moments(reading.text)
    if number:
        values["account"] = f"ID {number}"
        wanted = re.sub(r"\D", "", known.account)
        if wanted and wanted not in reading.text.replace(" ", "") and number != wanted:
            found.add(Finding.OTHER_ACCOUNT)
    else:
        found.add(Finding.ACCOUNT_MISSING)
    if when:
        values["at"] = f"{when[0]:%d.%m.%Y %H:%M}"
        if (known.starts and when[0] < known.starts) or (known.ends and when[0] > known.ends):
            found.add(Finding.OUTSIDE_PERIOD)
        elif known.at and known.at not in when:
            found.add(Finding.SERVER_DIFFERS)
    else:
        found.add(Finding.PRIZE_MISSING)
    if known.prize and when:
        # a long name runs out of the screen
        if fuzz.partial_ratio(plain(known.prize)[:BEGINNING], plain(reading.text)) >= ALIKE:
            values["prize"] = known.prize
        else:
            found.add(Finding.SERVER_DIFFERS)
    return found, values


def _holder(reading: PaperReading, known: PaperClaim) -> str:
    numbers = [number for number in iins(reading.text) if has_check_digit(number)]
    return known.iin if known.iin in numbers else numbers[0] if numbers else ""


def _someone_else(reading: PaperReading, known: PaperClaim) -> bool:
    """Numbers of people stand in it, none of them is the claim's, and the claim's name does not stand in it either."""
    numbers = [number for number in iins(reading.text) if has_check_digit(number)]
    if known.iin and numbers:
        return known.iin not in numbers
    return bool(known.name and reading.exact) and not stands_in(known.name, reading.text)


def _other_promotion(text: str, known: PaperClaim) -> bool:
    for match in _PROMOTION.finditer(re.sub(r"\s+", " ", text)):
        said = plain(match[1] or match[2])
        ours = max((fuzz.ratio(said, plain(name)) for name in known.promotion), default=0)
        theirs = max((fuzz.ratio(said, plain(name)) for name in known.others), default=0)
        if theirs > 80 and theirs > ours:
            return True
    return False
