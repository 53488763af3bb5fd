"""A question that needs the one before it: «а за апрель?», «екіншісі ше?», «почему?».

Not here: finding what answers it (see scene.py), and what-ifs about computed results (see dialogs/chances/follow_up.py).
"""

from __future__ import annotations

from domain.search.folding import words

LONGEST = 8
"""Words of a text that can be understood only from what went before; a longer one says itself what it is about."""
SHORT = 4
"""Words of a text that may go on from the answer before though nothing in it says so."""
LEANING, BESIDE = 0.5, 0.3
"""How much more the clauses of the last answer count for a text that leans on it, and for another short one."""
_OPENING = frozenset(
    folded
    for each in (
        *(
            "а",
            "и",
            "ну",
            "но",
            "тогда",
            "значит",
            "еще",
            "ещё",
            "это",
            "этот",
            "эта",
            "они",
            "он",
            "она",
            "его",
            "её",
            "их",
            "тоже",
        ),
        *(
            "ал",
            "онда",
            "сонда",
            "тағы",
            "бұл",
            "мұны",
            "оны",
            "ол",
            "олар",
            "оның",
            "сол",
            "соны",
            "соның",
            "мұның",
            "егер",
        ),
    )
    for folded in words(each)
)
_ENDING = frozenset(folded for each in ("ше", "ші", "тоже", "тогда", "же", "да") for folded in words(each))
_WHY = frozenset(folded for each in ("почему", "пачему", "зачем", "неге", "нега", "неліктен") for folded in words(each))


def goes_on(text: str) -> bool:
    """Whether a text leans on what went before: short, and beginning or ending like the second half of a talk."""
    said = words(text)
    if not said or len(said) > LONGEST:
        return False
    return said[0] in _OPENING or said[-1] in _ENDING or len(said) <= 2


def is_short(text: str) -> bool:
    """Whether a text may be understood from what went before though nothing in it says so: «через сколько дней?»."""
    return 0 < len(words(text)) <= SHORT


def pull(text: str) -> float:
    """How strongly what was just answered draws a text to itself: the less a text says, the more."""
    if goes_on(text):
        return LEANING
    return BESIDE if len(words(text)) <= LONGEST else 0.0


def asks_why(text: str) -> bool:
    """«Почему?» about the answer just given."""
    said = words(text)
    return bool(said) and len(said) <= 3 and not _WHY.isdisjoint(said)


def joined(before: str, text: str) -> str:
    """The last question with the new words."""
    return f"{before.rstrip(' ?!.')} {text}"
