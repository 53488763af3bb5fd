"""`utys promotions`: list, check, start, publish and test the organisers' folders.

Not here: reading the folders (see storage/promotions/catalog.py); checking them (see storage/promotions/checks/check.py); starting one
(see storage/promotions/drafting/start.py).
"""

from __future__ import annotations

import itertools
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.errors import fail, plainly, settings

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The promotions as organisers edit them.")

Slug = Annotated[str | None, typer.Argument(help="slug of one promotion; without it all")]


@app.command("list")
def list_all() -> None:
    """List the promotions with their state and size."""
    from datetime import UTC, datetime

    from storage.promotions.catalog import CatalogError, folders, is_draft, load

    for folder in folders(settings().promotions_dir):
        try:
            promotion = load(folder)
        except CatalogError as error:
            state = "draft" if is_draft(folder) else "faulty"
            print(f"{folder.name:20} {state:9} {len(error.faults)} to mend (utys promotions check {folder.name})")
            continue
        whole, book = promotion.whole, promotion.rulebook
        first, last = promotion.first_day(whole), promotion.last_day(whole)
        state = promotion.state(datetime.now(UTC))
        print(f"{folder.name:20} {state:9} {first} to {last}  {len(book.clauses)} clauses  {book.original} original")


@app.command()
def check(slug: Slug = None) -> None:
    """Prove that the folders hold together: what is wrong, by file and line. Exit code 1 if anything is."""
    from bot.cli.check import faults_of

    chosen = _folders(slug)
    found = faults_of(settings().promotions_dir, chosen[0] if slug else None)
    for fault in found:
        print(fault)
    faults = sum(fault.serious for fault in found)
    accepted = sum(fault.accepted is not None for fault in found)
    kinds = [f"{faults or 'no'} fault{'' if faults == 1 else 's'}", f"{len(found) - faults - accepted} warnings"]
    kinds += [f"{accepted} of the original accepted"] if accepted else []
    print(f"{len(chosen)} checked: {', '.join(kinds)}", file=sys.stderr)
    raise SystemExit(1 if faults else 0)


@app.command()
def new(
    file: Annotated[Path, typer.Argument(help="the rules: .txt, .md, .docx or .pdf")],
    slug: Annotated[str | None, typer.Option(help="name of the folder; without it made from the title")] = None,
    into: Annotated[Path | None, typer.Option(help="make the folder there instead of in PROMOTIONS_DIR")] = None,
) -> None:
    """Start a promotion from a rules text: clauses split, numbers kept, a skeleton to fill in."""
    from storage.promotions.drafting.document import DocumentRefused
    from storage.promotions.drafting.start import start

    with plainly(DocumentRefused):
        draft = start(file, into or settings().promotions_dir, slug)
    for line in draft.report():
        print(line)


@app.command()
def publish() -> None:
    """Make the answer models of all promotions anew if anything they are made from has changed."""
    chosen = settings()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # more threads gain little and would cost the machine twice
    from storage.answers.freshness import look
    from storage.answers.training import publish as make
    from storage.promotions.catalog import CatalogError
    from storage.promotions.samples import SampleError

    with plainly(CatalogError, SampleError, OSError):
        _folders(None)
        before = look(chosen.promotions_dir, chosen.models)
        if not before.stale:
            print(f"{len(before.names)} models in {chosen.models} are fresh (version {before.version})")
            return
        started = time.perf_counter()
        with _progress(f"making {len(before.names)} answer models in {chosen.models}"):
            version = make(chosen.promotions_dir, chosen.models)
    print(f"made {len(before.names)} models in {time.perf_counter() - started:.0f} s (version {version}):")
    for name in before.names:
        size = (chosen.models / f"{name}.model").stat().st_size
        print(f"  {name:20} {size / 1e6:5.1f} MB")


@app.command("test")
def run_cases(
    slug: Slug = None,
    cases: Annotated[Path | None, typer.Option(help="a folder of case tables for all promotions")] = None,
) -> None:
    """Run the case tables: eligibility, chances, deadlines, tax. Exit code 1 if one fails."""
    from bot.cli.cases import Unfit, run_all

    failed = total = 0
    faults = []
    with plainly(Unfit):
        for file in run_all(settings().promotions_dir, slug, cases):
            if file.fault:
                faults.append(file.fault)
                continue
            wrong = [result for result in file.results if not result.ok]
            failed, total = failed + len(wrong), total + len(file.results)
            print(f"{file.path}: {len(file.results) - len(wrong)} of {len(file.results)}")
            for result in wrong:
                print(f"  {result.id}\n    expected {dict(result.expected)}\n    got      {dict(result.got)}")
    print(f"{total} cases, {failed} failed", file=sys.stdout if faults else sys.stderr)
    if faults:
        fail("; ".join(faults))
    raise SystemExit(1 if failed or not total else 0)


@contextmanager
def _progress(what: str) -> Iterator[None]:
    """What is going on, on standard error: in a terminal with a line that counts the seconds, elsewhere said once."""
    if not sys.stderr.isatty():
        print(f"{what} …", file=sys.stderr, flush=True)
        yield
        return
    done, started = threading.Event(), time.perf_counter()

    def count() -> None:
        for sign in itertools.cycle("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"):
            print(f"\r\x1b[K{sign} {what} … {time.perf_counter() - started:.0f} s", end="", file=sys.stderr, flush=True)
            if done.wait(0.1):
                break
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    counter = threading.Thread(target=count, daemon=True)
    counter.start()
    try:
        yield
    finally:
        done.set()
        counter.join()


def _folders(slug: str | None) -> list[Path]:
    from storage.promotions.catalog import folders

    root = settings().promotions_dir
    found = folders(root)
    if not found:
        fail(f"there is no promotion in {root} (PROMOTIONS_DIR)")
    chosen = [folder for folder in found if slug in (None, folder.name)]
    if not chosen:
        fail(f"no promotion is called {slug!r}; there are {', '.join(folder.name for folder in found)}")
    return chosen
