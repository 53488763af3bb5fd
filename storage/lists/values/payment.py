"""Reads how a purchase was paid for, own money or bonus money, and whether it stands.

Not here: what either means for chances (see the rules).
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, Literal

from domain.spoken.denials import bonus_denied
from domain.spoken.pieces import cut
from storage.lists.values.cells import Cell, Wrong, show
from storage.lists.values.values import NO, YES, CellReading, exact, plain

Paid = bool | int | Literal["partly"]
"""Wholly with bonus money or not, «partly», or a sum of bonus money that is yet to be held against the price."""

_NUMBER = re.compile(r"\d[\d\s]*(?:[.,]\d+)?")
_BONUS = re.compile(r"бонус|bonus", re.IGNORECASE)
_WITHOUT = re.compile(
    r"без\s+бонус|не\s+бонус|бонуссыз|no\s+bonus|not\s+bonus|without\s+bonus|non-?bonus", re.IGNORECASE
)
_PARTLY = re.compile(r"част|смешан|жартыл|аралас|ішінара|partly|partial|mixed", re.IGNORECASE)
_AND = re.compile(r"[+,;/&]|\bи\b|\bжәне\b|\bмен\b|\band\b", re.IGNORECASE)
_STANDS: Final = re.compile(
    r"успе|оплач|заверш|выполн|исполн|обработ|проведен|подтвержд|продаж|покупк|реализац|приход"
    r"|сәтті|төлен|аяқталды|орындалды|расталды|сату|сатып алу|success|sale|purchase|paid|complet|confirm|approv|done|settled"
    r"|^ok$|^ок$|^1$|^\+$|^да$|^иә$",
    re.IGNORECASE,
)
_FELL: Final = re.compile(
    r"^не\b|неусп|отмен|возвр|отказ|отклон|ошиб|ожида|аннул|сторн|қайтар|бас тарт|күтуде|тоқтат|сәтсіз"
    r"|refund|cancel|fail|declin|reject|revers|pending|unpaid|void|unsuc|incompl|unconf|\bnot\b",
    re.IGNORECASE,
)


def source(cell: Cell, reading: CellReading) -> Paid:
    """A word of a payment source: one that does not name bonus money is own money.

    Below a header of bonus money a number is a sum of it, and yes or no says whether it was used. Below another one («Оплачено»,
    «Баланс») they do not say what was paid with, so nothing tells that it was bonus money; «no» below «Оплачено» raises Wrong.
    """
    said = plain(cell)
    word = said.casefold()
    about = names_bonus(reading.header) if reading.header else True
    if word in YES or word in NO:
        if about is None:
            if word in NO and _STANDS.search(reading.header):
                raise Wrong(f"it was not paid: «{show(said, 30)}»", "fell")
            return False
        return (word in YES) == about
    if _NUMBER.fullmatch(said):
        return int(_sum(said) * reading.unit) if about else False
    if not re.search(r"[^\W\d_]", said):
        raise Wrong(f"not a payment source: «{show(said, 30)}»")
    bonus = names_bonus(said)
    if bonus is False:
        return False
    if _PARTLY.search(said) or (bonus and _AND.search(said)):
        return "partly"
    return bonus is True


def must_be_said(header: str | None) -> bool:
    """Whether an empty cell below a header leaves open what was paid with. An empty sum of bonus money is none."""
    return header is not None and names_bonus(header) is None


def names_bonus(said: str) -> bool | None:
    """Whether a text says bonus money, or says that it was not used; None where it says nothing of it. The chat's reader decides."""
    if _WITHOUT.search(said):
        return False
    pieces = cut(said)
    denied = [bonus_denied(pieces, at) for at, piece in enumerate(pieces) if piece.means("bonus")]
    if denied:
        return not all(denied)
    return True if _BONUS.search(said) else None


def _sum(said: str) -> Decimal:
    return exact(Decimal(re.sub(r"\s", "", said).replace(",", ".")))


def settle(paid: Paid, amount: int) -> bool | Literal["partly"]:
    """Holds a sum of bonus money against the price. Raises Wrong if it is more."""
    if isinstance(paid, bool | str):
        return paid
    if paid > amount:
        raise Wrong("more bonus money than the sum", "bonus_more")
    return paid == amount if paid in (0, amount) else "partly"


def refund(cell: Cell, _: CellReading) -> bool:
    """Whether something was given back, as a word or as its sum. Raises Wrong where it was: the rules don't say what it takes away."""
    said = plain(cell)
    if said.casefold() in NO or re.fullmatch(r"0+(?:[.,]0+)?", said):
        return False
    raise Wrong(f"the purchase was returned, wholly or in part: «{show(said, 30)}»; leave it out", "fell")


def status(cell: Cell, _: CellReading) -> str:
    """Only a purchase that stands is taken: what a refund means, the rules don't say."""
    said = plain(cell)
    if _FELL.search(said):
        raise Wrong(f"the purchase does not stand: «{show(said, 30)}»; leave it out", "fell")
    if not _STANDS.search(said):
        raise Wrong(f"does a purchase with this status stand? «{show(said, 30)}»", "fell")
    return said
