"""The command line: `utys serve` and its neighbours.

Not here: the work of each command (see a module of its own, imported only when the command is called).
"""

from __future__ import annotations

import asyncio
import errno
import os
import socket
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli import backup as cli_backup
from bot.cli import keys as cli_keys
from bot.cli import parked as cli_parked
from bot.cli import promotions as cli_promotions
from bot.cli.claims import command as cli_claims
from bot.cli.errors import fail, plainly, settings
from bot.cli.lists import command as cli_import
from bot.cli.papers import command as cli_papers
from bot.dumping import keep_memory_private

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="A bot for prize promotions, in Kazakh and Russian. Settings come from the environment and .env.",
)
app.add_typer(cli_promotions.app, name="promotions")
app.add_typer(cli_parked.app, name="parked")
app.add_typer(cli_import.app, name="import")
app.add_typer(cli_claims.app, name="claims")
app.add_typer(cli_keys.app, name="keys")
app.add_typer(cli_papers.app, name="papers")
for command in (cli_backup.backup, cli_backup.restore, cli_backup.migrate):
    app.command()(command)


@app.callback()
def _privately(context: typer.Context) -> None:
    if context.invoked_subcommand != "promotions":  # an organiser's folders and the models are for whoever serves them
        os.umask(0o077)


class Tongue(StrEnum):
    kk = "kk"
    ru = "ru"


class Profile(StrEnum):
    terminal = "terminal"
    telegram = "telegram"
    whatsapp = "whatsapp"


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="address to listen on (HOST)")] = None,
    port: Annotated[int | None, typer.Option(help="port to listen on (PORT)", min=0, max=65535)] = None,
) -> None:
    """Run the bot: the browser chat, and Telegram and WhatsApp where they are configured."""
    chosen = settings()
    from bot.cli.database import sqlite_file
    from bot.loading import Cannot
    from bot.log import configure
    from bot.serving import serve as run
    from bot.settings import BadSetting
    from storage.database import Unusable
    from storage.processes.single_process import sole

    changes = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    chosen = chosen.model_copy(update=changes)
    configure(chosen.log_level)
    with plainly(BadSetting, Cannot, Unusable):
        chosen.key()  # says what is wrong with VAR_DIR, where the database lies, too
        with sole(sqlite_file(chosen), chosen.drain_seconds):
            _check_port(chosen.host, chosen.port)  # after the wait: whoever is being stopped still listens there
            with asyncio.Runner(loop_factory=_loop_factory()) as runner:
                runner.run(run(chosen, lambda port: print(f"Utys: http://{_shown(chosen.host)}:{port}/", flush=True)))


@app.command()
def doctor() -> None:
    """Say what is configured, what works, and what to do about the rest. Exit code 1 on a fault."""
    from bot.cli.doctor.examine import examine

    faults = 0
    for finding in examine():
        print(finding, flush=True)
        faults += finding.state == "fault"
    raise SystemExit(1 if faults else 0)


@app.command()
def chat(
    lang: Annotated[Tongue | None, typer.Option(help="language to speak from the start")] = None,
    promotion: Annotated[str | None, typer.Option(help="slug of the promotion to begin with")] = None,
    profile: Annotated[Profile, typer.Option(help="whose limits to show")] = Profile.terminal,
) -> None:
    """Talk to the same bot in this terminal. The talk is kept in the database."""
    chosen = settings()
    from bot.cli.chat import Opening
    from bot.cli.chat import chat as run
    from bot.loading import Cannot
    from bot.log import configure
    from bot.settings import BadSetting
    from storage.database import Unusable
    from storage.promotions.catalog import folders
    from storage.turns.types import StorageDown

    if promotion is not None and promotion not in (slugs := [path.name for path in folders(chosen.promotions_dir)]):
        fail(f"no promotion is called {promotion!r}; there are {', '.join(slugs)}")
    configure("error")
    with plainly(BadSetting, Cannot, Unusable, StorageDown):
        run(chosen, Opening(profile, promotion, lang))


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="a question in Kazakh or Russian")] = None,
    batch: Annotated[Path | None, typer.Option(help="questions as JSON lines, - for standard input")] = None,
    promotion: Annotated[str | None, typer.Option(help="slug; without it the promotion is recognised")] = None,
    lang: Annotated[Tongue | None, typer.Option(help="language to begin with; without it the text decides")] = None,
    json: Annotated[bool, typer.Option("--json", help="print the answer as a line of JSON")] = False,
) -> None:
    """Answer one question, or a file of them, as the chat would. Needs no database."""
    from bot.cli.ask_command import answer, answer_all

    if (question is None) == (batch is None):
        fail("give either a question in quotes or --batch FILE")
    if question is not None:
        answer(settings(), question, promotion, lang.value if lang else None, as_json=json)
    elif batch is not None:
        answer_all(settings(), batch)


@app.command()
def questions(
    unanswered: Annotated[bool, typer.Option("--unanswered", help="only those that the rules did not answer")] = False,
    disliked: Annotated[bool, typer.Option("--disliked", help="only those with a thumb down")] = False,
    promotion: Annotated[str | None, typer.Option(help="only those about this promotion (slug)")] = None,
    limit: Annotated[int, typer.Option(help="how many at most, the newest first", min=1, max=100_000)] = 50,
    json: Annotated[bool, typer.Option("--json", help="print lines of JSON")] = False,
    harm: Annotated[bool, typer.Option("--harm", help="only tales of fraud, abuse and complaints")] = False,
    groups: Annotated[bool, typer.Option("--groups", help="those that are alike together, with their number")] = False,
    take: Annotated[
        str | None, typer.Option(metavar="GROUP", help="make a group into samples, of what --as names")
    ] = None,
    named: Annotated[
        str | None, typer.Option("--as", help="#point, a clause number, or none: the rules do not say it")
    ] = None,
) -> None:
    """List what people asked, without who asked it; by groups of alike ones, and make a group into samples."""
    from bot.cli.questions import show, show_groups, take_group

    if sum((unanswered, disliked, harm)) > 1:
        fail("give one of --unanswered, --disliked and --harm")
    if (take is None) != (named is None):
        fail("give --take GROUP and --as #point, CLAUSE or none together")
    only = "unanswered" if unanswered else "disliked" if disliked else "harm" if harm else None
    if take is not None and named is not None:
        take_group(settings(), take, named)
    elif groups:
        show_groups(settings(), only, promotion, as_json=json)
    else:
        show(settings(), only, promotion, limit, as_json=json)


def _check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                fail(f"port {port} on {host} is in use; set PORT to another one")
            fail(f"HOST {host} port {port} cannot be listened on: {error.strerror or error}")


def _shown(host: str) -> str:
    return "127.0.0.1" if host in ("0.0.0.0", "") else f"[{host}]" if ":" in host else host  # noqa: S104


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    if sys.platform == "win32":
        return None
    import uvloop

    return uvloop.new_event_loop


def main() -> None:
    keep_memory_private()
    try:
        app(prog_name="utys")
    except BrokenPipeError:  # the reader of our output went away: nobody is left to tell
        sys.stderr.close()
        raise SystemExit(1) from None
