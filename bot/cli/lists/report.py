"""What `utys import` says: which columns were recognised, how many rows are new, known and refused, and which ones and why.

Not here: the work (see run.py). What stands in a refused row goes into the report file, never to the terminal.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bot.cli.errors import fail
from storage.lists.keeping import Change
from storage.lists.kinds.records import Remark
from storage.lists.kinds.rows import RowFound
from storage.lists.report import write_report
from storage.lists.values.cells import show

SHOWN = 50
"""Rows that are named in the terminal at most; the report has them all."""


def tell(found: RowFound, change: Change, file: Path, report: Path | None, *, apply: bool, skipping: bool) -> bool:
    """Says all of it; False where refused rows keep the list from being stored."""
    print(
        f"{show(file.name)}: {found.described}, {_count(found.rows, 'row')} below the headers in row {found.columns.row}"
    )
    for column in found.columns.known:
        month = f" of {column.month}" if column.month else ""
        print(f"  «{column.header}» is {column.field}{month}")
    if found.columns.ignored:
        print(f"  ignored: {', '.join(f'«{header}»' for header in found.columns.ignored)}")
    for note in found.notes:
        print(f"  note: {note}")
    refused = (*found.refused, *change.refused)
    _name("refused", refused)
    _name("repeated, counted once", found.repeated)
    _name("to be looked at", found.remarks)
    _report(report, found, refused)
    blocked = bool(refused) and not skipping
    print(_outcome(change, len(refused), apply=apply, blocked=blocked))
    return not blocked


def _outcome(change: Change, refused: int, *, apply: bool, blocked: bool) -> str:
    counts = [f"{change.added} new", f"{change.known} known already"]
    if change.removed:
        counts.append(f"{change.removed} older ones removed")
    if refused:
        counts.append(f"{refused} refused")
    told = ", ".join(counts)
    if blocked:
        return f"nothing {'was' if apply else 'would be'} stored: {told}; mend the refused rows, or leave them out by --skip-refused"
    if change.since is not None:
        return "this very list was imported before: nothing changes"
    return f"stored: {told}" if apply else f"dry run, nothing was stored: {told}; --apply stores it"


def _name(what: str, remarks: tuple[Remark, ...]) -> None:
    if not remarks:
        return
    print(f"{what}: {_count(len(remarks), 'row')}")
    for remark in sorted(remarks, key=lambda remark: remark.row)[:SHOWN]:
        print(f"  row {remark.row}: {show(remark.reason, 300)}")
    if len(remarks) > SHOWN:
        print(f"  … and {len(remarks) - SHOWN} more (--report FILE.csv names them all)")


def _report(path: Path | None, found: RowFound, refused: tuple[Remark, ...]) -> None:
    if path is None:
        return
    groups = (("refused", refused), ("repeated", found.repeated), ("look at", found.remarks))
    try:
        written = write_report(path, found.headers, groups)
    except OSError as error:
        fail(f"--report: {path} cannot be written: {error.strerror or error}")
    print(f"report: {_count(written, 'row')} in {path}", file=sys.stderr)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
