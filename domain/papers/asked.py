"""Which papers a claim can wait for, and which clause's document each belongs to.

A paper is only asked for where the promotion's rules name its document (promotions/<slug>/promotion.toml, `documents`).
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final


class Asked(StrEnum):
    ID_FRONT = "id_front"
    ID_BACK = "id_back"
    PASSPORT = "passport"
    IBAN = "iban"
    ACT = "act"
    POA_SIGN = "poa_sign"
    POA_COLLECT = "poa_collect"
    WIN_SCREEN = "win_screen"
    PHOTO_WITH_PRIZE = "photo_with_prize"


CARDS: Final = frozenset({Asked.ID_FRONT, Asked.ID_BACK, Asked.PASSPORT})

OF_DOCUMENT: Final[dict[str, tuple[Asked, ...]]] = {
    "director-id-scan": (Asked.ID_FRONT, Asked.ID_BACK),
    "id": (Asked.ID_FRONT, Asked.ID_BACK),
    "passport": (Asked.PASSPORT,),
    "iban_certificate": (Asked.IBAN,),
    "signed-act-scan": (Asked.ACT,),
    "act": (Asked.ACT,),
    "signing-power-of-attorney": (Asked.POA_SIGN,),
    "collecting-power-of-attorney": (Asked.POA_COLLECT,),
    "screenshot": (Asked.WIN_SCREEN,),
    "photo-with-prize": (Asked.PHOTO_WITH_PRIZE,),
}
"""By the id of a document in the rules."""


def demanded(documents: Iterable[tuple[str, str]]) -> dict[Asked, str]:
    """The papers that may be asked for, each with its clause. `documents`: id and clause of each document of the rules.

    What the rules do not name is not in it, so it is never asked for.
    """
    papers: dict[Asked, str] = {}
    for name, clause in documents:
        for paper in OF_DOCUMENT.get(name, ()):
            papers.setdefault(paper, clause)
    return papers
