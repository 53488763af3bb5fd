"""What a card or passport says about its holder, against what the claim knows.

Not here: papers of text (see documents.py), and whether a reading is to be trusted (see the caller: what accuses is read twice).
"""

from __future__ import annotations

from datetime import date

from domain.papers.asked import Asked
from domain.papers.claim import PaperClaim, PaperReading
from domain.papers.fields import best_iin, dates, names
from domain.papers.findings import Finding
from domain.papers.iin import birthday, sex
from domain.papers.mrz import Zone
from domain.papers.names import same_person, same_word, words
from domain.papers.words import kinds
from domain.participants import has_check_digit

Values = dict[str, str | list[str] | None]
_MALE = ("ұлы", "улы", "ович", "евич", "ич")
_FEMALE = ("қызы", "кызы", "овна", "евна", "ична", "инична")


def judge_card(asked: Asked, reading: PaperReading, known: PaperClaim, today: date) -> tuple[set[Finding], Values]:
    """Findings, and the fields read."""
    seen = kinds(reading.text)
    if asked is Asked.ID_FRONT:
        return _front(reading, known, seen)
    return _zone_side(asked, reading, known, today, seen)


def _front(reading: PaperReading, known: PaperClaim, seen: dict[str, int]) -> tuple[set[Finding], Values]:
    number = best_iin(reading.text)
    if seen.get("passport", 0) > seen.get("id_front", 0) and seen.get("passport", 0) > 1:
        return {Finding.WRONG_KIND}, {}
    if reading.zone is not None or seen.get("id_back", 0) > max(1, seen.get("id_front", 0)):
        return {Finding.WRONG_SIDE}, {}
    if _other(seen, ("id_front", "id_back", "passport")):
        return {Finding.WRONG_KIND}, {}
    if not number:
        return {Finding.IIN_UNREADABLE if seen.get("id_front", 0) > 1 else Finding.UNREADABLE}, {}
    said = names(reading.text)
    days = dates(reading.text)
    values: Values = {"iin": number, **{name: value for name, value in said.items() if name != "father"}}
    if not has_check_digit(number):
        return {Finding.IIN_CHECK}, values
    found: set[Finding] = set()
    born = birthday(number)
    if born is not None and (not days or born in days):
        values["birth"] = born.isoformat()
    elif days:
        values["birth"] = days[0].isoformat()
        found.add(Finding.IIN_BIRTH)
    known_sex = _sex_of(said.get("father", ""))
    if known_sex and sex(number) != known_sex:
        found.add(Finding.IIN_SEX)
    if _is_other(number, said.get("surname", ""), said.get("given", ""), born, known):
        found.add(Finding.OTHER_PERSON)
    return found, values


def _zone_side(
    asked: Asked, reading: PaperReading, known: PaperClaim, today: date, seen: dict[str, int]
) -> tuple[set[Finding], Values]:
    zone = reading.zone
    if zone is None:
        if seen.get("id_front", 0) > 2 and seen.get("id_front", 0) > seen.get("id_back", 0):
            return {Finding.WRONG_SIDE if asked is Asked.ID_BACK else Finding.WRONG_KIND}, {}
        if _other(seen, ("id_front", "id_back", "passport")):
            return {Finding.WRONG_KIND}, {}
        return {Finding.MRZ_UNREADABLE}, {}
    if zone.is_passport is not (asked is Asked.PASSPORT):
        return {Finding.WRONG_KIND}, {}
    values = zone_values(zone)
    if zone.wrong:
        return {Finding.MRZ_CHECK}, values
    found: set[Finding] = set()
    if not has_check_digit(zone.iin):
        found.add(Finding.IIN_CHECK)
    else:
        if zone.birth != birthday(zone.iin):
            found.add(Finding.IIN_BIRTH)
        if zone.sex in ("M", "F") and sex(zone.iin) != zone.sex:
            found.add(Finding.IIN_SEX)
    if zone.expires is not None and zone.expires < today:
        found.add(Finding.EXPIRED)
    # a wrong number is told as such, and not also as somebody else's
    if not found & {Finding.IIN_CHECK, Finding.IIN_BIRTH} and _is_other(
        zone.iin, zone.surname, zone.given, zone.birth, known
    ):
        found.add(Finding.OTHER_PERSON)
    return found, values


def zone_values(zone: Zone) -> Values:
    return {
        "number": zone.number,
        "iin": zone.iin,
        "birth": zone.birth.isoformat() if zone.birth else None,
        "expires": zone.expires.isoformat() if zone.expires else None,
        "mrz": list(zone.lines),
    }


def _is_other(iin: str, surname: str, given: str, born: date | None, known: PaperClaim) -> bool:
    """By the IIN where the claim knows it; else by name and birthday. A name alone counts only if no word of it fits."""
    if known.iin:
        if iin != known.iin:
            return True
        return bool(known.name and surname and given) and not _any_word(known.name, f"{surname} {given}")
    if known.birth and born and born != known.birth:
        return True
    return bool(known.name and surname and given) and not same_person(known.name, surname, given)


def _any_word(name: str, other: str) -> bool:
    return any(same_word(one, two) for one in words(name) for two in words(other))


def _sex_of(father: str) -> str:
    low = father.lower()
    return "F" if low.endswith(_FEMALE) else "M" if low.endswith(_MALE) else ""


def _other(seen: dict[str, int], fitting: tuple[str, ...]) -> bool:
    """Whether the words on it are another paper's."""
    return not any(kind in seen for kind in fitting) and max(seen.values(), default=0) > 1
