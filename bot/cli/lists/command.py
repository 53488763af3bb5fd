"""`utys import`: organisers' lists from CSV and XLSX, shown first and stored only by --apply.

Not here: reading and keeping lists (see storage/lists/); opening the database and saying what came of it (see run.py).
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from inspect import Signature, signature
from pathlib import Path
from typing import Annotated, Any

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


class Hidden(StrEnum):
    keep = "keep"
    leave = "leave"


HiddenRows = Annotated[
    Hidden, typer.Option("--hidden", help="what becomes of rows that the sheet hides, by a filter or by hand")
]
Draw = Annotated[str | None, typer.Option(help="the draw that the list is for, e.g. 2024-03, where no column says it")]
Which = Annotated[List, typer.Option(help="which published list it is, where no column says it")]
Published = Annotated[str | None, typer.Option(help="day of publication, where no column says it")]


Command = Callable[..., None]


def _common(
    file: File,
    promotion: Slug,
    apply: Apply = False,
    map: Maps = None,
    sheet: Sheet = None,
    zone: Zone = None,
    replace: Replace = False,
    skip_refused: Skip = False,
    report: Report = None,
    hidden: HiddenRows = Hidden.keep,
) -> dict[str, Any]:
    """What every kind of list is asked with, by the names of `run.ImportRequest`."""
    given = {"file": file, "promotion": promotion, "apply": apply, "maps": map or [], "sheet": sheet, "zone": zone}
    return {**given, "replacing": replace, "skipping": skip_refused, "report": report, "hidden": hidden.value}


def _command(own: Callable[..., dict[str, Any]]) -> Command:
    """A command with the options of every list and those of its own; named and described as the function is."""
    common, more = signature(_common, eval_str=True), signature(own, eval_str=True)

    def command(**given: Any) -> None:
        from bot.cli.lists.run import ImportRequest, run

        special = own(**{name: given.pop(name) for name in more.parameters})
        run(ImportRequest(kind=own.__name__, **_common(**given), **special))  # type: ignore[arg-type]  # a name of Kind

    command.__signature__ = Signature([*common.parameters.values(), *more.parameters.values()])  # type: ignore[attr-defined]
    command.__doc__ = own.__doc__
    return app.command(own.__name__)(command)


@_command
def participants(draw: Draw = None) -> dict[str, Any]:
    """Who takes part, with what the organiser knows of each: found again by verified phone only."""
    return {"draw": draw}


@_command
def purchases() -> dict[str, Any]:
    """Who bought what and when, by phone or by an account that the list of participants links to a phone."""
    return {}


@_command
def results(list: Which = List.results, published: Published = None) -> dict[str, Any]:
    """Published masked numbers, such as 7 747 9** *3 83."""
    return {"which": list.value, "published": published}


@_command
def winners(draw: Draw = None) -> dict[str, Any]:
    """Who won, winners and reserve winners: each becomes a claim, confirmed or standing by (`utys claims list`)."""
    return {"draw": draw}
