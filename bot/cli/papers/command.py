"""`utys papers`: checks files as the chat would, and says what is found.

Not here: the checking (see storage/papers/).
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.errors import fail, settings

app = typer.Typer(no_args_is_help=True, help="Papers that winners send.")


@app.callback()
def _papers() -> None:
    """Papers that winners send."""


@app.command()
def check(
    batch: Annotated[Path, typer.Option(help="JSON lines: file (beside this list), asked, claim, today")],
    no_ocr: Annotated[bool, typer.Option("--no-ocr", help="judge pixels and a PDF's own text only")] = False,
) -> None:
    """Check the papers of a list and print a line of JSON for each."""
    from bot.cli.papers.batch import check_all

    if not batch.is_file():
        fail(f"{batch} is no file")
    check_all(batch, settings().promotions_dir, read=not no_ocr)
