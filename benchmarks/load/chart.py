"""Draws growth as an SVG, by hand: CPU per update and memory over known people, CPU per update over processes.

Leaves the figures to `judging`'s sources. Values are shown relative to the first of their row; the figures themselves stand below, each
under its place on the axis.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

Series = tuple[str, str, Sequence[float]]
"""Name, unit, one value for each place on the axis."""

WIDTH, HEIGHT, LEFT, TOP, ACROSS, DOWN = 900, 420, 60, 60, 340, 220
LEAST_TOP = 1.6
"""How far the axis goes at least, in the unit of the first value."""
COLOURS = ("#1f6feb", "#c2410c", "#15803d")


def draw(panels: Sequence[tuple[str, Sequence[str], Sequence[Series]]]) -> str:
    """Panels two by two: title, places on the axis, series."""
    height = HEIGHT * -(-len(panels) // 2)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
    ]
    for number, (title, places, series) in enumerate(panels):
        parts.append(f'<g transform="translate(0 {number // 2 * HEIGHT})">')
        parts += [*_panel(LEFT + number % 2 * (ACROSS + 90), title, places, series), "</g>"]
    return "\n".join([*parts, "</svg>\n"])


def _panel(left: int, title: str, places: Sequence[str], series: Sequence[Series]) -> list[str]:
    bottom = TOP + DOWN
    top = max(LEAST_TOP, *(1.05 * value / values[0] for _, _, values in series for value in values))
    parts = [f'<text x="{left}" y="{TOP - 24}" font-size="15" fill="#111827">{escape(title)}</text>']
    for half in range(int(top * 2) + 1):
        y = bottom - half / 2 / top * DOWN
        parts.append(f'<line x1="{left}" y1="{y:.0f}" x2="{left + ACROSS}" y2="{y:.0f}" stroke="#d1d5db"/>')
        parts.append(f'<text x="{left - 8}" y="{y + 4:.0f}" text-anchor="end" fill="#4b5563">{half / 2:g}x</text>')
    xs = [left + 30 + index * (ACROSS - 60) / max(1, len(places) - 1) for index in range(len(places))]
    for x, place in zip(xs, places, strict=True):
        parts.append(f'<text x="{x:.0f}" y="{bottom + 18}" text-anchor="middle" fill="#4b5563">{escape(place)}</text>')
    for index, (name, unit, values) in enumerate(series):
        colour = COLOURS[index % len(COLOURS)]
        ys = [bottom - value / values[0] / top * DOWN for value in values]
        line = " ".join(f"{x:.0f},{y:.1f}" for x, y in zip(xs, ys, strict=True))
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        y = bottom + 42 + index * 34
        parts.append(f'<rect x="{left}" y="{y - 10}" width="12" height="12" fill="{colour}"/>')
        parts.append(f'<text x="{left + 18}" y="{y}" fill="#111827">{escape(name)}, {escape(unit)}</text>')
        for x, height, value in zip(xs, ys, values, strict=True):
            parts.append(f'<circle cx="{x:.0f}" cy="{height:.1f}" r="3" fill="{colour}"/>')
            parts.append(f'<text x="{x:.0f}" y="{y + 16}" text-anchor="middle" fill="{colour}">{value:.3g}</text>')
    return parts
