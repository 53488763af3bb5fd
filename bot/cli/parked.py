"""`utys parked`: events that could not be answered, to be looked at and tried again.

Not here: the queries (see storage/talks/parked.py). What a person wrote, and who it was, is shown only on demand.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Annotated, Any

import typer

from bot.cli.errors import fail, plainly, settings

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Events that failed three times, or cannot be read, and wait for a look.",
)

SLICE = 500
"""Events that are put back in one transaction."""
_PUT_BACK, _GONE, _DAMAGED = "put back", "for nothing is left of it", "for its bytes cannot be read"

Id = Annotated[str, typer.Argument(help="id of an event, or its beginning")]


@app.command("list")
def list_all() -> None:
    """List what is parked, the oldest first."""
    from storage.talks.parked import count_parked, list_parked

    found, all_of_them = _look(lambda connection, seal: (list_parked(connection, seal), count_parked(connection)))
    for parked in found:
        print(_line(parked))
    if more := all_of_them - len(found):
        print(f"and {more} more; these are the oldest")
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
    if parked.damaged:
        print("its bytes cannot be read: they were damaged, or another version of Utys wrote them")
        return
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
    if (id is None) != every:
        fail("give either an id or --all")
    left = _replay_all() if id is None else Counter([_replay_one(id)])
    for reason in (_GONE, _DAMAGED):
        if left[reason]:
            print(f"left alone, {reason}: {left[reason]}")
    print(f"to be tried again, at once by a running `utys serve`, else when it starts: {left[_PUT_BACK]}")


def _replay_one(id: str) -> str:
    parked = _one(id)
    return str(_look(lambda connection, _: _put_back(connection, parked)))


def _replay_all() -> Counter[str]:
    """Slice by slice, each in a transaction of its own: a running bot waits for none of them for long, and what was put back before and
    fails meanwhile is not met again."""
    from storage.talks.parked import list_parked

    def put_slice(connection: Any, seal: Any) -> tuple[Any, list[str]]:
        found = list_parked(connection, seal, SLICE, last)
        return (found[-1] if found else None), [_put_back(connection, parked) for parked in found]

    ends: Counter[str] = Counter()
    last = None
    while True:
        last, some = _look(put_slice)
        ends.update(some)
        if len(some) < SLICE:
            return ends


def _put_back(connection: Any, parked: Any) -> str:
    """What became of it. A damaged one would only be parked again."""
    from storage.talks.parked import replay as put_back

    if parked.damaged:
        return _DAMAGED
    return _PUT_BACK if put_back(connection, parked.id) else _GONE


def _one(id: str) -> Any:
    from storage.talks.parked import find_parked

    found = _look(lambda connection, seal: find_parked(connection, seal, id))
    if not found:
        fail(f"no parked event has an id that begins with {id!r}; see `utys parked list`")
    if len(found) > 1:
        fail(f"several parked events have an id that begins with {id!r}; give more of it")
    return found[0]


def _look(question: Any) -> Any:
    from bot.cli.database import opened
    from bot.settings import BadSetting
    from storage.database import Unusable

    with plainly(BadSetting, Unusable), opened(settings()) as (connection, seal):
        return question(connection, seal)


def _line(parked: Any) -> str:
    from bot.loading import ZONE

    at = datetime.fromtimestamp(parked.received_at / 1000, ZONE)
    unread = "damaged" if parked.damaged else "forgotten"
    what = f"{parked.incoming.channel} {parked.incoming.kind}" if parked.incoming else unread
    return f"{parked.id[:12]}  {at:%Y-%m-%d %H:%M}  {what}  {parked.attempts} tries  {parked.error}"
