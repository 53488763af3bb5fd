"""Reads how a purchase was paid for, own money or bonus money, and whether it stands.

Not here: what either means for chances (see the rules).
"""

from __future__ import annotations

import re
from typing import Final, Literal

from storage.lists.values.cells import Cell, Wrong, show
from storage.lists.values.values import NO, YES, CellReading, plain

Paid = bool | int | Literal["partly"]
"""Wholly with bonus money or not, «partly», or a sum of bonus money that is yet to be held against the price."""

_BONUS = re.compile(r"бонус|bonus", re.IGNORECASE)
_WITHOUT = re.compile(
    r"без\s+бонус|не\s+бонус|бонуссыз|no\s+bonus|not\s+bonus|without\s+bonus|non-?bonus", re.IGNORECASE
)
_PARTLY = re.compile(r"част|смешан|жартыл|аралас|ішінара|partly|partial|mixed", re.IGNORECASE)
_AND = re.compile(r"[+,;/&]|\bи\b|\bжәне\b|\bмен\b|\band\b", re.IGNORECASE)
_STANDS: Final = re.compile(
    r"успе|оплач|заверш|выполн|исполн|обработ|проведен|подтвержд|сәтті|төленді|аяқталды|орындалды|расталды"
    r"|success|paid|complet|confirm|approv|done|settled|^ok$|^ок$|^1$|^\+$|^да$|^иә$",
    re.IGNORECASE,
)
_FELL: Final = re.compile(
    r"^не\b|неусп|отмен|возвр|отказ|отклон|ошиб|ожида|аннул|сторн|қайтар|бас тарт|күтуде|тоқтат|сәтсіз"
    r"|refund|cancel|fail|declin|reject|revers|pending|unpaid|void|unsuc|incompl|unconf|\bnot\b",
    re.IGNORECASE,
)


def source(cell: Cell, _: CellReading) -> Paid:
    """A word of a payment source: one that does not name bonus money is own money. A number is a sum of bonus money."""
    said = plain(cell)
    word = said.casefold()
    if word in YES or word in NO:
        return word in YES
    if re.fullmatch(r"\d[\d\s\u00a0\u202f]*(?:[.,]0+)?", said):
        return int(re.sub(r"\D", "", re.sub(r"[.,]0+$", "", said)))
    if not re.search(r"[^\W\d_]", said):
        raise Wrong(f"not a payment source: «{show(said, 30)}»")
    if _WITHOUT.search(said):
        return False
    if _PARTLY.search(said) or (_BONUS.search(said) and _AND.search(said)):
        return "partly"
    return _BONUS.search(said) is not None


def settle(paid: Paid, amount: int) -> bool | Literal["partly"]:
    """Holds a sum of bonus money against the price. Raises Wrong if it is more."""
    if isinstance(paid, bool | str):
        return paid
    if paid > amount:
        raise Wrong("more bonus money than the sum", "bonus_more")
    return paid == amount if paid in (0, amount) else "partly"


def status(cell: Cell, _: CellReading) -> str:
    """Only a purchase that stands is taken: what a refund means, the rules don't say."""
    said = plain(cell)
    if _FELL.search(said):
        raise Wrong(f"the purchase does not stand: «{show(said, 30)}»; leave it out", "fell")
    if not _STANDS.search(said):
        raise Wrong(f"does a purchase with this status stand? «{show(said, 30)}»", "fell")
    return said
