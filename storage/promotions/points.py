"""points.toml read into `Point` values.

Not here: their sample questions (see samples.py) and whether their words keep the rules of style (see checks/points.py).
"""

from __future__ import annotations

from pathlib import Path

from domain.points import Point, SafetyPoints
from storage.promotions.sheet import DataFault, TomlTable, read_sheet


def read_points(folder: Path, faults: list[DataFault]) -> tuple[tuple[Point, ...], SafetyPoints | None]:
    """The points of one promotion; none where the file is missing: then questions are answered by whole clauses."""
    file = folder / "points.toml"
    if not file.exists():
        return (), None
    sheet = read_sheet(file, faults)
    points: dict[str, Point] = {}
    for row in sheet.tables("point"):
        point = _point(row)
        if point.id in points:
            row.fault("id", f"the point {point.id} stands twice")
        points[point.id] = point
        row.close()
    safety = _safety(sheet, points) if sheet.has("safety") else None
    sheet.close()
    return tuple(points.values()), safety


def _point(row: TomlTable) -> Point:
    return Point(
        id=row.text("id"),
        clauses=tuple(row.texts("clauses")),
        say=row.localized("say"),
        about=row.localized("about"),
        silent=row.raw("silent", bool, "true or false", False, required=False),
        check=row.maybe_text("check"),
        period=row.maybe_text("period"),
        draw=row.raw("draw", bool, "true or false", False, required=False),
        deadline=row.maybe_text("deadline"),
    )


def _safety(sheet: TomlTable, points: dict[str, Point]) -> SafetyPoints:
    table = sheet.table("safety")
    named = {name: table.text(name) for name in ("told", "costs", "receive")}
    for name, id in named.items():
        if id not in points:
            table.fault(name, f"no such point: {id}")
    table.close()
    return SafetyPoints(**named)
