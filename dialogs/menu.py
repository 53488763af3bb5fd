"""The buttons that stand in many places: the menu, the way back to it, the languages, the promotions; and the word for one that leads
nowhere.

Not here: what they lead to (see the scenes that answer them).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from dialogs.messages import Option, Outgoing, Phrase, say
from dialogs.turn import Outcome, Turn
from domain.promotion import Promotion
from domain.rulebook import Language

MENU = Option("menu", say("button.menu"))
PERSON = Option("person", say("button.person"))
PROMOTIONS = Option("promotions", say("button.promotions"))
KAZAKH = Option("language.kk", say("button.kk"))
RUSSIAN = Option("language.ru", say("button.ru"))


def other_language(language: Language) -> Option:
    return RUSSIAN if language == "kk" else KAZAKH


def out_of_date(turn: Turn) -> Outcome:
    """For what nobody offers, or no longer, or to somebody else. The current step stays."""
    return turn.done(Outgoing((say("start.out_of_date"),), (MENU,))).replied("unsure")


ROWS = 10
"""Entries of a menu at most: what the tightest channel shows as a list. A longer list becomes numbered text there."""
MORE = Option("more", say("button.more"), say("hint.more"))


def menu(turn: Turn) -> tuple[Option, ...]:
    """Everything that can be done, in the order in which people need it; what no list can hold stands behind "More"."""
    options = _entries(turn)
    return options if len(options) <= ROWS else (*options[: ROWS - 1], MORE)


def rest(turn: Turn) -> tuple[Option, ...]:
    """What stands behind "More", and the way back."""
    options = _entries(turn)
    return (*(options[ROWS - 1 :] if len(options) > ROWS else ()), MENU)


def _entries(turn: Turn) -> tuple[Option, ...]:
    return tuple(Option(each.id, each.label, each.hint) for each in turn.entries if each.label and each.shown(turn))


def state(promotion: Promotion, now: datetime) -> Phrase:
    """Whether a promotion runs, with its day."""
    match promotion.state(now):
        case "upcoming":
            return say("promotion.upcoming", day=promotion.first_day(promotion.whole))
        case "running":
            ends = promotion.whole.ends.astimezone(promotion.zone)
            return say("promotion.running", day=ends.date(), time=f"{ends:%H:%M:%S}")
        case "ended":
            return say("promotion.ended", day=promotion.last_day(promotion.whole))


def announce(promotion: Promotion, now: datetime) -> Phrase:
    """The state as news of its own, said once a promotion; of an ended one also that it can still be asked about."""
    if promotion.state(now) == "ended":
        return say("promotion.over", day=promotion.last_day(promotion.whole))
    return state(promotion, now)


def promotions(promotions: Mapping[str, Promotion], now: datetime) -> tuple[Option, ...]:
    """One button per promotion, running ones first, then upcoming, then the latest ended."""
    order = {"running": 0, "upcoming": 1, "ended": 2}
    ranked = sorted(promotions.values(), key=lambda p: (order[p.state(now)], -p.whole.ends.timestamp()))
    return tuple(Option(f"promotion.{p.slug}", say("button.promotion", name=p.label), state(p, now)) for p in ranked)
