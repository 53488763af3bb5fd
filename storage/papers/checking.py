"""From the bytes of a file to what is told about it: opened, looked at, read, compared with the claim.

Pixels are judged first; what is dark, small or empty is not read. What accuses (another person, a wrong check digit) is read twice at
different scales, and told only if both readings say it. Not here: bounds of time and memory (the process that calls this has them).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from PIL import Image

from domain.papers.asked import CARDS, Asked
from domain.papers.claim import PaperClaim, PaperReading
from domain.papers.documents import judge_document
from domain.papers.findings import Finding, Verdict, in_order, verdict
from domain.papers.identity import Values, judge_card
from domain.papers.limits import MAX_BYTES, SEEN_BEFORE
from domain.papers.looks import Look, poor
from storage.papers.banks import bank_codes
from storage.papers.cms import open_cms
from storage.papers.fingerprint import distance, fingerprint
from storage.papers.looking import look
from storage.papers.pdf import Page, open_pdf
from storage.papers.pictures import encoded, open_picture
from storage.papers.reading import read_card, read_page, read_whole
from storage.papers.recognising import Recogniser
from storage.papers.refusal import Refused
from storage.papers.signatures import Kind, kind_of
from storage.papers.upright import Straight, straighten

READ_PAGES: Final = 3
"""Pages of a document that are looked at and read; all are kept."""
TEXT_LAYER: Final = 60
"""Letters from which on a page's own text is taken instead of recognised text."""
UNSURE: Final = frozenset({Finding.UNREADABLE, Finding.IIN_UNREADABLE, Finding.MRZ_UNREADABLE})
_STAYS: Final = frozenset({Finding.SMALL, Finding.DARK, Finding.BRIGHT, Finding.CROPPED, Finding.BLANK, Finding.SKEWED})
"""Told even where the paper can be read: who looks at it later needs more than the reader did."""
_NOT_READ: Final = frozenset({Finding.SMALL, Finding.DARK, Finding.BRIGHT, Finding.BLANK})


@dataclass(frozen=True, slots=True)
class Checked:
    """`pages`: what is kept and shown, JPEG. `fingerprints`: of photos that may be known again, one a page."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    fields: Values = field(default_factory=dict)
    kind: Kind | None = None
    pages: tuple[bytes, ...] = ()
    fingerprints: tuple[int, ...] = ()


def check(
    data: bytes,
    asked: tuple[Asked, ...],
    known: PaperClaim,
    today: date,
    seen: tuple[int, ...] = (),
    recogniser: Recogniser | None = None,
) -> Checked:
    """`asked`: what the claim waits for; two are two sides in one file. `seen`: fingerprints of other people's papers.

    `today` is a day in the promotion's zone. Without a recogniser only pixels and a PDF's own text are judged. Expects bounds of time and
    memory around it; raises nothing that a file can cause except MemoryError and RecursionError.
    """
    if not data:
        return _refused(Finding.EMPTY, None)
    if len(data) > MAX_BYTES:
        return _refused(Finding.TOO_LARGE, None)
    kind = kind_of(data)
    try:
        if kind is None:
            return _refused(Finding.TYPE, None)
        if kind == "cms":
            return _signed(data, asked, known)
        pages = open_pdf(data) if kind == "pdf" else [Page(open_picture(data, kind), "")]
    except Refused as error:
        return _refused(error.finding, kind)
    findings, values, prints = _pages(pages, asked, known, today, recogniser)
    if any(distance(mine, other) <= SEEN_BEFORE for mine in prints for other in seen):
        findings = findings | {Finding.SEEN_BEFORE}
    told = in_order(findings)
    return Checked(verdict(told), told, values, kind, tuple(encoded(page.picture) for page in pages), prints)


def _refused(finding: Finding, kind: Kind | None) -> Checked:
    return Checked("refuse", (finding,), kind=kind)


def _signed(data: bytes, asked: tuple[Asked, ...], known: PaperClaim) -> Checked:
    signers = open_cms(data)
    found = {Finding.SIGNATURE_NOT_VERIFIED}
    if Asked.ACT not in asked:
        found.add(Finding.WRONG_KIND)
    elif not signers:
        found.add(Finding.UNREADABLE)
    elif known.iin and known.iin not in {signer.iin for signer in signers}:
        found.add(Finding.OTHER_PERSON)
    values: Values = {}
    if signers:
        signer = next((each for each in signers if each.iin == known.iin), signers[0])
        values = {"signer_iin": signer.iin, "signer_name": signer.name, "verified": None}
    told = in_order(found)
    return Checked(verdict(told), told, values, "cms")


def _pages(
    pages: list[Page], asked: tuple[Asked, ...], known: PaperClaim, today: date, recogniser: Recogniser | None
) -> tuple[set[Finding], Values, tuple[int, ...]]:
    if all(each in CARDS for each in asked):
        return _cards(pages, asked, known, today, recogniser)
    found, values = _document(pages, asked[0], known, today, recogniser)
    prints = (fingerprint(pages[0].picture),) if asked[0] is Asked.PHOTO_WITH_PRIZE else ()
    return found, values, prints


@dataclass(frozen=True, slots=True)
class _Part:
    """One paper on one page."""

    page: Page
    straight: Straight
    seen: Look


def _cards(
    pages: list[Page], asked: tuple[Asked, ...], known: PaperClaim, today: date, recogniser: Recogniser | None
) -> tuple[set[Finding], Values, tuple[int, ...]]:
    """Each side is looked for on each page; for each the page that fits best counts."""
    parts = [
        _Part(page, straight, look(page.picture, straight))
        for page in pages[:READ_PAGES]
        for straight in straighten(page.picture)
    ]
    together: set[Finding] = set()
    values: Values = {}
    for side in asked:
        best: tuple[set[Finding], Values] | None = None
        # the pages that look like this side first: the time for reading is bounded
        for part in sorted(parts, key=lambda part: (part.seen.zone is None) is not (side is Asked.ID_FRONT)):
            one: tuple[set[Finding], Values] | None = None
            if len(asked) == 1 or len(parts) > 1:
                one = _side(side, part.straight, part.seen, known, today, recogniser)
            if len(asked) > 1 and (one is None or one[0]):  # a page with more on it than the card
                whole = _whole_page(side, part.page.picture, known, today, recogniser)
                one = whole if one is None or len(whole[0]) < len(one[0]) else one
            if one is not None and (best is None or len(one[0]) < len(best[0])):
                best = one
            if best is not None and not best[0]:
                break
        if best is not None:
            together |= best[0]
            values = {**values, **best[1]}
    # a scan of a card alone is like every other scan of a card: only photos with something around it are known again
    prints = [
        fingerprint(part.page.picture)
        for part in parts
        if part.seen.found and max(part.seen.touched) < 0.3 and part.seen.level > 60
    ]
    return together, values, tuple(dict.fromkeys(prints))


def _side(
    side: Asked, straight: Straight, seen: Look, known: PaperClaim, today: date, recogniser: Recogniser | None
) -> tuple[set[Finding], Values]:
    bad = poor(seen, side)
    if recogniser is None or bad & _NOT_READ:
        return bad | (_wrong_side(side, seen) if not bad else set()), {}
    reading, turn = read_card(straight.grey, side, today, recogniser, 0, None, seen.found)
    found, values = judge_card(side, reading, known, today)
    if found and (not bad or found - UNSURE):
        again, _ = read_card(straight.grey, side, today, recogniser, 1, turn, seen.found)
        second, second_values = judge_card(side, again, known, today)
        found, values = _agreed(found, values, second, second_values, side)
    if not found:
        return bad & _STAYS, values
    if bad and found <= UNSURE:
        return bad, {}
    return (bad & _STAYS) | found, values


def _whole_page(
    side: Asked, picture: Image.Image, known: PaperClaim, today: date, recogniser: Recogniser | None
) -> tuple[set[Finding], Values]:
    """One side of a card on a page that holds both."""
    whole = Straight(picture.convert("L"), None, 1.0)
    bad = poor(look(picture, whole), Asked.ACT)
    if recogniser is None or bad & _NOT_READ:
        return bad, {}
    reading = read_whole(whole.grey, today, recogniser)
    if side is Asked.ID_FRONT:
        reading = PaperReading(reading.text)
    found, values = judge_card(side, reading, known, today)
    return (bad & _STAYS) | found, values


def _wrong_side(side: Asked, seen: Look) -> set[Finding]:
    """By the machine readable zone alone, which can be seen without being read."""
    zoned = seen.zone is not None and seen.zone[1] < 0.06
    if (side is Asked.ID_FRONT and zoned) or (side is not Asked.ID_FRONT and seen.found and seen.zone is None):
        return {Finding.WRONG_SIDE if side is not Asked.PASSPORT else Finding.WRONG_KIND}
    return set()


def _agreed(
    first: set[Finding], first_values: Values, second: set[Finding], second_values: Values, side: Asked
) -> tuple[set[Finding], Values]:
    """What two readings say together. If one finds nothing wrong, the other was misread."""
    if not second:
        return set(), second_values
    if first <= UNSURE:
        return (first, {}) if second <= UNSURE or side in CARDS else (second & UNSURE or first, {})
    both = first & second
    same = all(first_values.get(name) == second_values.get(name) for name in ("iin", "iban", "mrz", "account"))
    if both - UNSURE and (same or not both & _BY_NUMBER):
        return both, first_values
    return {_UNSURE_OF.get(side, Finding.UNREADABLE)}, {}


_BY_NUMBER: Final = frozenset(
    {
        *(Finding.IIN_CHECK, Finding.IIN_BIRTH, Finding.IIN_SEX, Finding.MRZ_CHECK, Finding.OTHER_PERSON),
        *(Finding.IBAN_CHECK, Finding.IBAN_BANK, Finding.IBAN_COUNTRY, Finding.OTHER_ACCOUNT, Finding.EXPIRED),
    }
)
"""These count only if both readings read the same number."""
_UNSURE_OF: Final = {
    Asked.ID_FRONT: Finding.IIN_UNREADABLE,
    Asked.ID_BACK: Finding.MRZ_UNREADABLE,
    Asked.PASSPORT: Finding.MRZ_UNREADABLE,
}


def _document(
    pages: list[Page], asked: Asked, known: PaperClaim, today: date, recogniser: Recogniser | None
) -> tuple[set[Finding], Values]:
    own = "\n".join(page.text for page in pages[:READ_PAGES])
    if sum(sign.isalnum() for sign in own) >= TEXT_LAYER and asked is not Asked.PHOTO_WITH_PRIZE:
        return judge_document(asked, PaperReading(own, exact=True), known, today, bank_codes())
    straights = [straighten(page.picture)[0] for page in pages[:READ_PAGES]]
    looks = [look(page.picture, straight) for page, straight in zip(pages, straights, strict=False)]
    bad = min((poor(seen, asked) for seen in looks), key=len)
    if asked is Asked.PHOTO_WITH_PRIZE or recogniser is None or bad & _NOT_READ:
        return bad, {}
    found, values = _read(straights, asked, known, today, recogniser, 0)
    if found and (not bad or found - UNSURE):
        second, second_values = _read(straights, asked, known, today, recogniser, 1)
        found, values = _agreed(found, values, second, second_values, asked)
    if not found:
        return bad & _STAYS, values
    return (bad if bad and found <= UNSURE else (bad & _STAYS) | found), values


def _read(
    straights: list[Straight], asked: Asked, known: PaperClaim, today: date, recogniser: Recogniser, attempt: int
) -> tuple[set[Finding], Values]:
    text = ""
    result: tuple[set[Finding], Values] = ({Finding.UNREADABLE}, {})
    for straight in straights:
        grey: Image.Image = straight.grey
        text += read_page(grey, asked, recogniser, attempt).text + "\n"
        result = judge_document(asked, PaperReading(text), known, today, bank_codes())
        if not result[0]:
            break
    return result
