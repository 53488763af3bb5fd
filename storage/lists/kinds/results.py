"""Judges the rows of a published list: masked numbers, in the list of participants or in the results.

Not here: reading the cells (see rows.py); comparing a mask with a number (see the domain). A number that is not masked is refused.
"""

from __future__ import annotations

import re
from collections import Counter

from domain.participants import normalise_number
from storage.lists.kinds.fields import Layout
from storage.lists.kinds.records import Record, Remark, Values, canonical
from storage.lists.values.cells import Wrong

_HIDDEN = re.compile(r"[xх×●•∙⋅·◦○■□█▪#_＊∗⁎✱✲*]", re.IGNORECASE)
LEAST_VISIBLE = 3
"""Digits after the leading 7 that a mask must show: with fewer it fits almost anybody."""


class Results:
    """`part` is which list it is, and `published_on` when it was published, unless a row says so itself."""

    def __init__(self, layout: Layout, part: str | None, published_on: str | None) -> None:
        draws = layout.promotion.draws
        self._draw = draws[0].period if len(draws) == 1 else None
        self._part, self._published_on = part or "results", published_on
        self._times: Counter[str] = Counter()
        self._first: dict[str, int] = {}
        self._remarks: list[Remark] = []
        self._undated = 0

    def take(self, row: int, values: Values) -> Record:
        if "mask" not in values:
            raise Wrong("there is no masked number")
        mask = read_mask(values["mask"])
        said = {
            "mask": mask,
            "pattern": normalise_number(mask).replace("*", "_"),
            "published_on": values.get("published_on", self._published_on),
            "draw_period": values.get("draw_period", self._draw),
        }
        part = values.get("list", self._part)
        self._undated += said["published_on"] is None
        content = canonical({"part": part, **said, "mask": None})  # spaces and brackets make no other mask
        self._times[content] += 1
        if (first := self._first.setdefault(content, row)) != row:
            self._remarks.append(Remark(row, f"the same mask as in row {first}: both are kept, several numbers fit it"))
        return Record(row, part, ("mask", content, str(self._times[content])), content, said)

    def remarks(self) -> list[Remark]:
        return self._remarks

    def notes(self) -> list[str]:
        if not self._undated:
            return []
        return [f"{self._undated} rows have no date of publication (--published): no term will be counted from it"]


def read_mask(text: str) -> str:
    """A mask as published, its hidden places written `*`. Raises Wrong for what is no mask of a Kazakhstan number."""
    bare = text.replace("\\", "")  # «\*\*» is how a text for Markdown keeps its asterisks
    mask = " ".join(_HIDDEN.sub("*", bare).split())
    places = normalise_number(mask)
    if len(mask) > 40 or len(places) != 11 or not places.startswith("7") or re.search(r"[^\d*+()\s.\-–—]", mask):
        raise Wrong("not a masked number of Kazakhstan, such as 7 747 9** *3 83")
    if "*" not in places:
        raise Wrong("the number is not masked; a list for everybody must not hold whole numbers")
    if sum(place != "*" for place in places[1:]) < LEAST_VISIBLE:
        raise Wrong(f"the mask shows fewer than {LEAST_VISIBLE} digits: it fits almost anybody")
    return mask
