"""`utys import`: organisers' lists from CSV and XLSX, shown first and stored only by --apply.

Leaves reading and keeping lists to `storage.importing`, and opening the database and saying what came of it to `cli_import_run`.
"""

from __future__ import annotations

import dataclasses
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Organisers' lists from CSV and XLSX. Without --apply it is only said what would happen.",
)


class List(StrEnum):
    participants = "participants"
    results = "results"


File = Annotated[Path, typer.Argument(help="a CSV or XLSX file")]
Slug = Annotated[str, typer.Option("--promotion", help="slug of the promotion")]
Apply = Annotated[bool, typer.Option("--apply/--dry-run", help="store the list, or only say what would happen")]
Maps = Annotated[
    list[str] | None, typer.Option("--map", metavar="COLUMN=FIELD", help="what a column holds; FIELD may be ignore")
]
Sheet = Annotated[str | None, typer.Option(help="sheet of a workbook; without it the first one that holds something")]
Zone = Annotated[str | None, typer.Option(help="time zone of times without an offset; without it the promotion's")]
Replace = Annotated[
    bool, typer.Option("--replace", help="put the list in the place of the older one instead of adding to it")
]
Skip = Annotated[bool, typer.Option("--skip-refused", help="store the other rows where some are refused")]
Report = Annotated[
    Path | None, typer.Option(help="write every refused and repeated row with its reason into this CSV file")
]
Draw = Annotated[str | None, typer.Option(help="the draw that the list is for, e.g. 2024-03, where no column says it")]


@app.command()
def participants(
    file: File,
    promotion: Slug,
    apply: Apply = False,
    map: Maps = None,
    sheet: Sheet = None,
    zone: Zone = None,
    replace: Replace = False,
    skip_refused: Skip = False,
    report: Report = None,
    draw: Draw = None,
) -> None:
    """Who takes part, with what the organiser knows of each: found again by verified phone only."""
    from bot.cli_import_run import Asked, run

    run(Asked("participants", file, promotion, apply, map or [], sheet, zone, replace, skip_refused, report, draw))


@app.command()
def purchases(
    file: File,
    promotion: Slug,
    apply: Apply = False,
    map: Maps = None,
    sheet: Sheet = None,
    zone: Zone = None,
    replace: Replace = False,
    skip_refused: Skip = False,
    report: Report = None,
) -> None:
    """Who bought what and when, by phone or by an account that the list of participants links to a phone."""
    from bot.cli_import_run import Asked, run

    run(Asked("purchases", file, promotion, apply, map or [], sheet, zone, replace, skip_refused, report))


@app.command()
def results(
    file: File,
    promotion: Slug,
    apply: Apply = False,
    map: Maps = None,
    sheet: Sheet = None,
    zone: Zone = None,
    replace: Replace = False,
    skip_refused: Skip = False,
    report: Report = None,
    list: Annotated[List, typer.Option(help="which published list it is, where no column says it")] = List.results,
    published: Annotated[str | None, typer.Option(help="day of publication, where no column says it")] = None,
) -> None:
    """Published masked numbers, such as 7 747 9** *3 83."""
    from bot.cli_import_run import Asked, run

    asked = Asked("results", file, promotion, apply, map or [], sheet, zone, replace, skip_refused, report)
    run(dataclasses.replace(asked, which=list.value, published=published))
