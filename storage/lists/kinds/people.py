"""Judges the rows of a list of participants: who each is, what it says of the person, and whether another row says otherwise.

Not here: reading the cells (see rows.py). Several rows of one person are several connections or months; what cannot differ between
them must not.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from storage.lists.kinds.fields import Layout
from storage.lists.kinds.records import Record, Remark, Repeat, Values, canonical
from storage.lists.values.cells import Wrong

_WHO = ("phone", "bin", "iin", "account", "personal_account", "name")


class People:
    """`part` is the draw that the list is for, unless a row names its own."""

    def __init__(self, layout: Layout, part: str | None) -> None:
        draws = layout.promotion.draws
        self._part = part or (draws[0].period if len(draws) == 1 else "")
        self._fixed = [name for name, field in layout.fields.items() if not field.varies and name not in _WHO]
        self._seen: dict[str, int] = {}
        self._said: dict[tuple[str, ...], dict[str, tuple[Any, int]]] = {}
        self._clients: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
        self._without_phone = 0

    def take(self, row: int, values: Values) -> Record:
        said = dict(values)
        part = said.pop("draw_period", self._part)
        person = _person(said)
        if isinstance(receipts := said.get("receipts_via_app"), int):
            if not part:
                raise Wrong("receipts need a month: in the header («чеки 2022-09»), in a column, or by --draw")
            said["receipts_via_app"] = {part: receipts}
        content = canonical({"part": part, "said": said})
        if first := self._seen.get(content):
            raise Repeat(f"the same as row {first}: counted once")
        self._agree(row, person, said)
        self._seen[content] = row
        phone = said.get("phone")
        if phone is None:
            self._without_phone += 1
        else:
            self._clients[phone].add(person)
        return Record(row, part, ("person", content), content, said, person, phone, said.get("account"))

    def _agree(self, row: int, person: tuple[str, ...], said: Values) -> None:
        earlier = self._said.setdefault(person, {})
        for name in self._fixed:
            if name in said and name in earlier and earlier[name][0] != said[name]:
                raise Wrong(f"{name}: row {earlier[name][1]} says otherwise of the same person")
        for name in self._fixed:
            if name in said:
                earlier.setdefault(name, (said[name], row))

    def remarks(self) -> list[Remark]:
        return []

    def notes(self) -> list[str]:
        found = []
        if self._without_phone:
            found.append(f"{self._without_phone} rows have no phone: nobody will be told in the chat what they say")
        if shared := sum(len(clients) > 1 for clients in self._clients.values()):
            found.append(
                f"{shared} phone numbers stand for more than one client: the chat tells only what holds for all of them"
            )
        return found


def _person(said: Values) -> tuple[str, ...]:
    """By what a person is told from others: BIN or IIN, else the account, else the phone."""
    for name in ("bin", "iin", "account", "phone", "personal_account"):
        if name in said:
            return ("number" if name in ("bin", "iin") else name, said[name])
    raise Wrong("nothing says who this is: no phone, BIN, IIN or account")
