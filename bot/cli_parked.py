"""`utys parked`: events that could not be answered, to be looked at and tried again.

Leaves the queries to `storage.parked`. What a person wrote, and who it was, is shown only on demand.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import typer

from bot.cli_errors import fail, plainly, settings

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Events that failed three times and wait for a look."
)

Id = Annotated[str, typer.Argument(help="id of an event, or its beginning")]


@app.command("list")
def list_all() -> None:
    """List what is parked, the oldest first."""
    from storage.parked import list_parked

    found = _look(list_parked)
    for parked in found:
        print(_line(parked))
    if not found:
        print("nothing is parked")


@app.command()
def show(
    id: Id, reveal: Annotated[bool, typer.Option("--reveal", help="show the person's words and address too")] = False
) -> None:
    """Show one event; personal data only with --reveal."""
    parked = _one(id)
    print(_line(parked))
    event = parked.incoming
    if event is None:
        print("the person asked to be forgotten: nothing of it is left")
        return
    hidden = "" if reveal else "hidden, --reveal shows it: "
    print(f"address      {hidden}{event.address if reveal else f'{len(event.address)} characters'}")
    print(f"text         {hidden}{event.text if reveal else f'{len(event.text)} characters'}")
    if event.option:
        print(f"option       {event.option}")
    for file in event.attachments:
        print(f"attachment   {file.media_type}, {file.size or '?'} bytes{f', {file.name}' if reveal else ''}")
    if event.contact is not None:
        print(f"contact      {event.contact.phone if reveal else 'hidden'}")


@app.command()
def replay(
    id: Annotated[str | None, typer.Argument(help="id of an event, or its beginning")] = None,
    every: Annotated[bool, typer.Option("--all", help="everything that is parked")] = False,
) -> None:
    """Let an event be tried once more: at once by a running `utys serve`, else when it starts."""
    from storage.parked import list_parked
    from storage.parked import replay as put_back

    if (id is None) != every:
        fail("give either an id or --all")
    chosen = [_one(id)] if id is not None else _look(list_parked)
    put = [parked for parked in chosen if _look(lambda connection, _, wanted=parked.id: put_back(connection, wanted))]
    if len(put) < len(chosen):
        print(f"left alone, for nothing is left of it: {len(chosen) - len(put)}")
    print(f"to be tried again, at once by a running `utys serve`, else when it starts: {len(put)}")


def _one(id: str) -> Any:
    from storage.parked import find_parked

    found = _look(lambda connection, seal: find_parked(connection, seal, id))
    if not found:
        fail(f"no parked event has an id that begins with {id!r}; see `utys parked list`")
    if len(found) > 1:
        fail(f"{len(found)} parked events have an id that begins with {id!r}; give more of it")
    return found[0]


def _look(question: Any) -> Any:
    from bot.cli_database import opened
    from bot.settings import BadSetting
    from storage.database import Unusable
    from storage.sealing import SealBroken

    with plainly(BadSetting, Unusable, SealBroken), opened(settings()) as (connection, seal):
        return question(connection, seal)


def _line(parked: Any) -> str:
    from bot.loading import ZONE

    at = datetime.fromtimestamp(parked.received_at / 1000, ZONE)
    what = f"{parked.incoming.channel} {parked.incoming.kind}" if parked.incoming else "forgotten"
    return f"{parked.id[:12]}  {at:%Y-%m-%d %H:%M}  {what}  {parked.attempts} tries  {parked.error}"
