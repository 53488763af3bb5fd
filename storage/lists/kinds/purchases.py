"""Judges the rows of a list of purchases: the moment, how it was paid, and whether it stands in the list already.

Not here: reading the cells (see rows.py); what purchases earn (see the domain). With a transaction number a purchase counts once; rows
without one that are alike may be two purchases, so both are kept and named.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from domain.chances import LadderRule
from domain.facts import When, read_when
from storage.lists.kinds.fields import Layout
from storage.lists.kinds.records import Record, Remark, Repeat, Values, canonical
from storage.lists.sheets.columns import Columns
from storage.lists.values import moments, payment
from storage.lists.values.cells import Wrong, show
from storage.lists.values.values import CellReading

_WORDS = 20
"""Different words of one kind that are counted at most."""


class Purchases:
    def __init__(self, layout: Layout, columns: Columns, reading: CellReading) -> None:
        rule = layout.promotion.rules.get("chances")
        self._ladder = rule if isinstance(rule, LadderRule) else None
        self._promotion, self._columns, self._reading = layout.promotion, columns, reading
        self._paid_header = columns.header("paid_with_bonus") if columns.has("paid_with_bonus") else None
        self._first: dict[str, int] = {}
        self._times: Counter[str] = Counter()
        self._transactions: dict[str, tuple[str, int]] = {}
        self._remarks: list[Remark] = []
        self._lotteries: Counter[str] = Counter()
        self._paid: Counter[str] = Counter()
        self._outside = self._midnight = self._timed = 0

    def take(self, row: int, values: Values) -> Record:
        who = {name: values[name] for name in ("phone", "account") if name in values}
        if not who:
            raise Wrong("nothing says whose purchase this is: no phone and no account")
        bought = self._bought(values)
        transaction = values.get("transaction")
        when = read_when(bought["at"], self._promotion.zone)
        # one moment with another offset is the same purchase
        instant = when.astimezone(UTC) if isinstance(when, datetime) else when
        content = canonical({**who, **bought, "at": instant.isoformat()})
        if transaction is not None:
            self._check_transaction(row, transaction, content)
            identity: tuple[str, ...] = ("transaction", transaction)
        else:
            identity = ("row", content, str(self._repeat(row, content)))
        self._count(bought, when)
        return Record(row, "", identity, content, {**who, "bought": bought}, (), who.get("phone"), who.get("account"))

    def _bought(self, values: Values) -> dict[str, object]:
        """The purchase as golden tables write it."""
        if "at" not in values:
            raise Wrong(f"«{self._columns.header('at')}» is empty")
        at = values["at"]
        if "time" in values:
            at = moments.join(at, values["time"], self._reading)
        if self._ladder is None:
            return {"at": at, **{name: values[name] for name in ("tickets_at_once", "ussd") if name in values}}
        for name in ("lottery", "amount_kzt"):
            if name not in values:
                raise Wrong(f"«{self._columns.header(name)}» is empty")
        paid: payment.Paid = values.get("paid_with_bonus", False)
        if "paid_with_bonus" not in values and payment.must_be_said(self._paid_header):
            raise Wrong(f"«{self._columns.header('paid_with_bonus')}» is empty")
        settled = payment.settle(paid, values["amount_kzt"])
        return {"at": at, "lottery": values["lottery"], "amount_kzt": values["amount_kzt"], "paid_with_bonus": settled}

    def _check_transaction(self, row: int, transaction: str, content: str) -> None:
        before = self._transactions.setdefault(transaction, (content, row))
        if before[1] == row:
            return
        if before[0] == content:
            raise Repeat(f"the same transaction as in row {before[1]}: counted once")
        raise Wrong(f"row {before[1]} has the same transaction number with other values")

    def _repeat(self, row: int, content: str) -> int:
        first = self._first.setdefault(content, row)
        self._times[content] += 1
        if first != row:
            reason = f"the same as row {first}, and no transaction number tells them apart: both are kept"
            self._remarks.append(Remark(row, reason))
        return self._times[content]

    def _count(self, bought: Values, when: When) -> None:
        if isinstance(when, datetime):
            self._timed += 1
            self._midnight += "T00:00:00" in bought["at"]
            self._outside += not self._promotion.whole.holds(when)
        else:
            whole = self._promotion.whole
            self._outside += not self._promotion.first_day(whole) <= when <= self._promotion.last_day(whole)
        if self._ladder is not None:
            lottery = bought["lottery"]
            if self._ladder.lottery(lottery) is None and (lottery in self._lotteries or len(self._lotteries) < _WORDS):
                self._lotteries[lottery] += 1
            self._paid[
                {True: "bonus money", False: "own money"}.get(bought["paid_with_bonus"], "partly bonus money")
            ] += 1

    def remarks(self) -> list[Remark]:
        return self._remarks

    def notes(self) -> list[str]:
        found = []
        if self._outside:
            found.append(f"{self._outside} purchases lie outside the period of the promotion")
        if self._timed > 1 and self._midnight == self._timed:
            found.append("every time is 00:00:00: the export seems to have lost the hours")
        if self._lotteries:
            names = ", ".join(f"«{show(name, 30)}» ({times})" for name, times in self._lotteries.most_common())
            found.append(f"lotteries that the rules do not list: {names}")
        if self._ladder is not None and not self._columns.has("paid_with_bonus"):
            found.append("no column says how purchases were paid: all are taken as paid with own money")
        elif self._paid:
            found.append("paid with " + ", ".join(f"{word}: {times}" for word, times in self._paid.most_common()))
        return found
