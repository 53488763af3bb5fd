"""The ways in which the rules can be read: every combination of the open points (O-…) and of the clocks in question.

Leaves computing under one of them to the criteria, and comparing the results to `verdict.agree`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import Final
from zoneinfo import ZoneInfo

from domain.facts import When, day_of, key
from domain.promotion import Promotion

# Until 1 March 2024 the local clock of these regions was an hour behind Almaty (DOMAIN section 2).
_WESTERN: Final[Mapping[str, str]] = {
    "Asia/Aqtobe": "Aktobe Aqtobe Актобе Ақтөбе Актюбинск",
    "Asia/Atyrau": "Atyrau Атырау",
    "Asia/Aqtau": "Aktau Aqtau Актау Ақтау Mangystau Mangistau Мангистау Маңғыстау Жанаозен Жаңаөзен Zhanaozen",
    "Asia/Oral": "Oral Uralsk Орал Уральск ЗКО БҚО WestKazakhstan ЗападноКазахстанская БатысҚазақстан",
    "Asia/Qyzylorda": "Kyzylorda Qyzylorda Кызылорда Қызылорда Байконур Байқоңыр Baikonur",
}
_CLOCKS: Final[Mapping[str, str]] = {key(name): zone for zone, names in _WESTERN.items() for name in names.split()}


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the rules: a clock, and one choice for each open point that matters."""

    zone: ZoneInfo
    choices: Mapping[str, str] = field(default_factory=dict)

    def takes(self, point: str, choice: str) -> bool:
        return self.choices.get(point) == choice

    def day(self, when: When) -> date:
        return day_of(when, self.zone)


def clocks(promotion: Promotion, region: str | None) -> tuple[ZoneInfo, ...]:
    """The clocks by which a day may be taken: the promotion's zone, and the local one where it was another."""
    local = local_clock(region)
    return (promotion.zone,) if local is None else (promotion.zone, local)


def local_clock(region: str | None) -> ZoneInfo | None:
    """The clock of a region where it was not that of Almaty; None elsewhere, or where no region is known."""
    # «г. Актау», «Мангистауская область»: any word may be the one that names it, two-word names come together.
    said = [key(word) for word in (region or "").replace(",", " ").split()] + [key(region or "")]
    local = next((zone for name, zone in _CLOCKS.items() if any(word.startswith(name) for word in said)), None)
    return ZoneInfo(local) if local is not None else None


def readings(promotion: Promotion, points: Iterable[str], zones: Iterable[ZoneInfo]) -> tuple[Reading, ...]:
    """Every reading under the given open points and clocks. A settled point has the one choice of its settlement."""
    wanted = [point for id in dict.fromkeys(points) if (point := promotion.open_point(id)) is not None]
    choices = [
        dict(zip((p.id for p in wanted), chosen, strict=True)) for chosen in product(*(p.choices for p in wanted))
    ]
    return tuple(Reading(zone, choice) for zone in zones for choice in choices)
