"""What was told, part by part: mentions gathered into groups of one purchase each, or of the same one on several days.

Not here: finding mentions (see mentions.py), days and units that carry over and the purchases themselves (see purchases.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast

from domain.spoken.fault import SpokenFault
from domain.spoken.group import Stop, Told, ToldPurchase
from domain.spoken.hours import Clock
from domain.spoken.mentions import Mention
from domain.spoken.parts import CLOSING, Part, parts_of
from domain.spoken.sums import Sum


def gather(mentions: Sequence[Mention]) -> Told:
    return _Gatherer().gather(parts_of(mentions))


class _Gatherer:
    def __init__(self) -> None:
        self._told = Told([])
        self._part = 0
        self._line = 0
        self._before = ""
        self._group: ToldPurchase | None = None
        self._other = False
        self._of_which = False
        self._fixing = False
        self._fresh: set[str] = set()

    def gather(self, parts: Sequence[Part]) -> Told:
        for number, part in enumerate(parts):
            self._part, self._line, self._before = number, part.line, part.before
            self._begin(part)
            if self._says_of_all(part):
                continue
            self._of_which = False
            for at, mention in enumerate(part.mentions):
                self._take(part, at, mention, parts[number + 1 : number + 3])
            self._end(part)
        return self._told

    def _begin(self, part: Part) -> None:
        group = self._group
        if part.before in CLOSING:
            self._other = False
            if part.before == "\n":
                self._fixing = False
                self._group = None
            elif group is not None and (group.paid or group.undone) and part.paid and not part.has("fix"):
                self._group = None
        if self._fixing and self._fresh and (part.paid or part.has("day")):
            self._fixing = False
            self._group = None
        group = self._group
        if group is None or self._fixing or (part.has("fix", "no") and _first(part) in ("fix", "no")):
            return
        if (part.paid and (group.paid or group.undone) and not part.has("refund", "ofwhich")) or (
            part.has("day") and group.days and (group.paid or group.undone)
        ):
            self._group = None

    def _says_of_all(self, part: Part) -> bool:
        """«(оба мегалото)», «бәрі мыңмен», «всё бонусами», «последнее бонусами»: of what was told, not a purchase of its own."""
        if not part.has("all", "last_one") or part.paid or part.has("day") or not self._told.groups:
            return False
        bonus = next((not each.denied for each in part.mentions if each.kind == "bonus"), None)
        if part.has("last_one"):
            self._told.groups[-1].last_bonus = bonus
            return bonus is not None
        lottery = next((str(each.value) for each in part.mentions if each.kind == "lottery"), "")
        self._told.all_lottery = lottery or self._told.all_lottery
        self._told.all_bonus = bonus if bonus is not None else self._told.all_bonus
        self._told.thousands = self._told.thousands or part.has("unit")
        return bool(lottery or bonus is not None or part.has("unit"))

    def _now(self, mention: Mention) -> ToldPurchase:
        if self._group is None:
            self._group = ToldPurchase(
                self._line, self._part, mention.start, mention.end, other=self._other, after=self._stop()
            )
            self._told.groups.append(self._group)
        self._group.end = max(self._group.end, mention.end)
        return self._group

    def _stop(self) -> Stop:
        return cast(Stop, self._before if self._before != ";" else ",") if self._told.groups else "\n"

    def _new(self, mention: Mention) -> ToldPurchase:
        """A group of its own, in the middle of a part."""
        self._group = None
        self._before = ""
        return self._now(mention)

    def _take(self, part: Part, at: int, mention: Mention, later: Sequence[Part]) -> None:
        kind = mention.kind
        match kind:
            case "day":
                self._day(mention)
            case "sum" | "same":
                self._sum(part, mention)
            case "lottery":
                self._lottery(mention)
            case "bonus":
                self._bonus(part, mention)
            case "clock":
                self._clock(mention)
            case "fix":
                self._fix()
            case "no":
                self._no(part, at, mention, later)
            case "undone" | "none":
                self._none(part, mention)
            case "kin":
                self._other = True
                if self._group is not None and part.has("day", "sum") and self._group.part == self._part:
                    self._group.other = True
            case "me":
                if self._other and self._group is not None and not self._group.empty:
                    self._group = None
                self._other = False
            case "fault":
                self._fault(mention)
            case _:
                self._other_words(part, mention)

    def _other_words(self, part: Part, mention: Mention) -> None:
        kind, group = mention.kind, self._group
        self._of_which = self._of_which or kind == "ofwhich"
        if kind == "word" and (group is None or group.empty):
            self._now(mention).words = True
            return
        if (
            kind in ("ofwhich", "refund", "all", "last_one", "first", "was", "but", "unit", "kin_of", "account")
            and group is None
        ):
            if kind == "unit":
                self._told.thousands = True
            if kind == "refund" or kind == "was" or kind == "first":
                self._now(mention)
            if kind == "kin_of" and part.has("account"):
                self._other = True
            return
        group = self._now(mention)
        if kind == "unit":
            self._told.thousands = True
        elif kind == "kin_of":
            group.other = group.other or part.has("account")
        elif kind == "refund":
            elsewhere = part.paid and group.paid and group.part != self._part
            group.refunds = group.refunds or not elsewhere or part.has("day")
        else:
            group.note(kind, mention.value)

    def _day(self, mention: Mention) -> None:
        days = cast(tuple[date, ...], mention.value)
        if mention.denied:
            self._fix()
            self._now(mention).denied_day = days[0]
            return
        group = self._group
        if group is not None and group.days and not (self._fixing and "day" not in self._fresh):
            group = None
        group = (
            self._now(mention)
            if group is not None
            else self._new(mention)
            if self._group is not None
            else self._now(mention)
        )
        group.days = days
        self._answered(group, "which_day")
        self._fresh.add("day")

    def _sum(self, part: Part, mention: Mention) -> None:
        group = self._group
        said = cast(Sum, mention.value) if mention.kind == "sum" else None
        if mention.denied and said is not None:
            self._fix()
            self._now(mention).denied_sum = said.amount
            return
        if group is not None and group.paid and self._of_which and part.has("bonus"):
            group.bonus_part = True
            group.end = mention.end
            return
        if group is not None and group.paid and said is not None and part.has("refund") and not part.has("day"):
            group.refunded = said.amount * (1000 if said.bare else 1)
            group.end = mention.end
            return
        if group is not None and group.paid and not (self._fixing and "sum" not in self._fresh):
            group = self._new(mention)
        group = self._now(mention)
        group.sum, group.same = said, said is None
        self._answered(group, "other_currency")
        self._fresh.add("sum")

    def _answered(self, group: ToldPurchase, reason: str) -> None:
        """«прошлый вторник, то есть 13-го»: what could not be read is said in a later part."""
        if group.fault is not None and group.fault.reason == reason and group.part != self._part:
            group.fault = None

    def _lottery(self, mention: Mention) -> None:
        if mention.denied:
            self._fix()
            return
        name, group = str(mention.value), self._group
        if self._fixing and "lottery" not in self._fresh and group is not None:
            group.lotteries = [name]
        elif group is not None and group.lotteries and group.lotteries != [name] and group.paid:
            self._new(mention).lotteries.append(name)
        else:
            group = self._now(mention)
            if name not in group.lotteries:
                group.lotteries.append(name)
        self._fresh.add("lottery")

    def _bonus(self, part: Part, mention: Mention) -> None:
        said = not mention.denied
        group = self._group
        if group is not None and group.bonus_part:
            group.end = mention.end
            return
        fresh = self._fixing and "bonus" not in self._fresh
        if group is not None and group.bonus is not None and group.bonus != said and group.paid and not fresh:
            group = self._new(mention)
        group = self._now(mention)
        group.bonus = said
        self._fresh.add("bonus")

    def _clock(self, mention: Mention) -> None:
        clock = cast(Clock, mention.value)
        group = self._group
        exact = group is not None and group.clock is not None and group.clock.at is not None
        if exact and group is not None and not self._fixing:
            if group.paid:
                group = self._new(mention)
            elif clock.at is None:
                return
            else:
                group.unread = group.unread or "?"  # «в 6 утра и в 8 вечера по 200 тыс»
        self._now(mention).clock = clock
        self._fresh.add("clock")

    def _fix(self) -> None:
        """What follows corrects the group before, or, at the very beginning, what was told before this text."""
        if self._group is None and self._told.groups:
            self._group = self._told.groups[-1]
        self._fixing, self._fresh = True, set()
        if not self._told.groups or all(each.empty for each in self._told.groups):
            self._told.corrects = True

    def _no(self, part: Part, at: int, mention: Mention, later: Sequence[Part]) -> None:
        """«нет, 600»: a correction, where something to correct with follows; else «13-го нет»: nothing was bought."""
        rest = part.mentions[at + 1 : at + 12] or next((each.mentions for each in later if each.line == part.line), [])
        if any(each.kind in ("sum", "day", "lottery", "bonus", "clock", "fix") for each in rest):
            self._fix()
        elif self._group is not None:
            self._none(part, mention)

    def _none(self, part: Part, mention: Mention) -> None:
        group = self._group
        if group is None or group.empty:
            return
        if not group.paid:
            if group.days:
                group.undone = True
        elif group.part == self._part or part.has("but") or _first(part) == "but":
            group.unread = group.unread or "?"
        group.end = mention.end

    def _fault(self, mention: Mention) -> None:
        group = self._group
        if group is not None and group.paid and group.part != self._part:
            group = self._new(mention)
        group = self._now(mention)
        group.fault = group.fault or cast(SpokenFault, mention.value)

    def _end(self, part: Part) -> None:
        group = self._group
        if group is None:
            return
        if part.has("plan") and group.paid:
            for each in self._told.groups:
                each.planned = each.planned or each.part == self._part


def _first(part: Part) -> str:
    return next((each.kind for each in part.mentions if each.kind not in ("word", "but")), "")
