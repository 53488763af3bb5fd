"""`utys claims`: who won, where each claim stands, and every act of an agent on it.

Not here: what an act means (see domain/claims/), doing it (see storage/claims/acting.py, which the desk calls too); words (see showing.py).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from bot.cli.errors import fail, settings

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Claims of winners: where each stands, what an agent does. Personal data is shown only with --reveal.",
)

Id = Annotated[str, typer.Argument(help="id of a claim, or its beginning (four characters or more)")]
Step = Annotated[str, typer.Argument(help="id of a step, as `utys claims show` names it")]
By = Annotated[str, typer.Option("--by", help="your name: it stands in the claim's history")]
Reason = Annotated[str, typer.Option("--reason", help="why; the winner may read it")]
Clause = Annotated[str, typer.Option("--clause", help="number of the clause by which")]
On = Annotated[str | None, typer.Option("--on", help="day or moment, 2024-02-20 or 2024-02-20T15:30; without it now")]
Reveal = Annotated[bool, typer.Option("--reveal", help="show the winner's data too")]
Json = Annotated[bool, typer.Option("--json", help="print JSON")]


@app.command("list")
def list_all(
    promotion: Annotated[str | None, typer.Option(help="only of this promotion (slug)")] = None,
    state: Annotated[list[str] | None, typer.Option(help="only in this state; may be given several times")] = None,
    limit: Annotated[int, typer.Option(help="how many at most", min=1, max=10_000)] = 200,
) -> None:
    """List open claims, those that changed longest ago first."""
    from bot.cli.claims.showing import line
    from domain.claims.states import OPEN, STATES
    from storage.claims.finding import listing
    from storage.claims.logbook import tasks_of

    if wrong := sorted(set(state or ()) - set(STATES)):
        fail(f"no state is called {wrong[0]!r}; there are {', '.join(STATES)}")
    with _opened() as (connection, seal, desk):
        found = listing(connection, seal, promotion, state or OPEN, limit)
        for kept in found:
            tasks = [task.what for task in tasks_of(connection, kept) if task.done is None]
            print(line(kept, desk.progress(kept), tasks))
    if not found:
        print("no claims")


@app.command()
def show(id: Id, reveal: Reveal = False, json: Json = False) -> None:
    """Show one claim: its steps, who moves next, the terms with weekday, days left and calendar."""
    from bot.cli.claims.showing import described, exported
    from storage.claims.logbook import log_of

    with _opened() as (connection, seal, desk):
        kept = desk.one(connection, seal, id)
        log = log_of(connection, kept)
        print(
            exported(kept, desk.progress(kept), log, reveal=reveal)
            if json
            else described(kept, desk.progress(kept), desk.promotion(kept), log, reveal=reveal)
        )


@app.command()
def log(id: Id, json: Json = False) -> None:
    """Proof of contact: history, every attempt to reach the winner with its status, reminders with their end, tasks."""
    from bot.cli.claims.showing import exported, logged
    from storage.claims.logbook import log_of

    with _opened() as (connection, seal, desk):
        kept = desk.one(connection, seal, id)
        found = log_of(connection, kept)
        print(exported(kept, desk.progress(kept), found, reveal=False) if json else logged(kept, found))


@app.command()
def confirm(
    id: Id, by: By, reason: Reason = "", drawn: Annotated[str | None, typer.Option(help="day of the draw")] = None
) -> None:
    """A reported claim is of a winner; the terms are counted from the day of the draw."""
    from domain.claims import by_agent

    def doing(desk: Any, promotion: Any) -> Callable[..., Any]:
        day = desk.when(drawn, promotion)
        events = {promotion.claim.draw_event: day} if day is not None and promotion.claim is not None else {}
        return lambda claim: by_agent.confirm(claim, desk.acting(by), events, reason)

    _act(id, doing)


@app.command()
def done(id: Id, step: Step, by: By, on: On = None) -> None:
    """A step is done, the winner's or ours; a term that begins with it is counted from --on."""
    from domain.claims import by_agent

    _act(
        id,
        lambda desk, promotion: (
            lambda claim: by_agent.mark_done(claim, promotion, step, desk.acting(by), desk.when(on, promotion))
        ),
    )


@app.command("return")
def give_back(id: Id, step: Step, by: By, reason: Reason) -> None:
    """Give a step back to the winner, who reads the reason."""
    from domain.claims import by_agent

    _act(
        id, lambda desk, promotion: lambda claim: by_agent.return_step(claim, promotion, step, desk.acting(by), reason)
    )


@app.command()
def answered(id: Id, by: By) -> None:
    """The winner has answered elsewhere, by telephone or letter: you write it down."""
    from domain.claims import by_winner

    _act(id, lambda desk, promotion: lambda claim: by_winner.answer(claim, promotion, desk.now, desk.acting(by).by))


@app.command("to-review")
def to_review(
    id: Id,
    by: By,
    as_it_is: Annotated[bool, typer.Option("--as-it-is", help="also with steps that are not done")] = False,
) -> None:
    """The winner says, elsewhere than in the bot, that all own steps are done: you write it down."""
    from domain.claims import by_winner

    _act(
        id,
        lambda desk, promotion: lambda claim: by_winner.send(claim, promotion, desk.now, as_it_is, desk.acting(by).by),
    )


@app.command()
def approve(id: Id, by: By, reason: Reason = "") -> None:
    """Everything that the rules ask before the hand-over is there."""
    from domain.claims import by_agent

    _act(id, lambda desk, promotion: lambda claim: by_agent.approve(claim, promotion, desk.acting(by), reason))


@app.command()
def deliver(
    id: Id,
    by: By,
    how: Annotated[str, typer.Option(help="how it was handed over")],
    on: On = None,
    act: Annotated[str | None, typer.Option(help="date of the Act, where the rules have one")] = None,
) -> None:
    """The winner has the prize."""
    from domain.claims import by_agent

    _act(
        id,
        lambda desk, promotion: (
            lambda claim: by_agent.deliver(
                claim, promotion, desk.acting(by), how, desk.when(on, promotion), desk.when(act, promotion)
            )
        ),
    )


@app.command()
def lose(id: Id, by: By, reason: Reason, clause: Clause) -> None:
    """The prize is lost by a clause; reserve winners who stand by are named, none is called by itself."""
    from domain.claims import by_agent

    _act(
        id,
        lambda desk, promotion: lambda claim: by_agent.lose(claim, promotion, desk.acting(by), reason, clause),
        clause,
    )


@app.command()
def cancel(id: Id, by: By, reason: Reason, clause: Clause) -> None:
    """The claim is void by a clause."""
    from domain.claims import by_agent

    _act(id, lambda desk, promotion: lambda claim: by_agent.cancel(claim, promotion, desk.acting(by), reason, clause))


@app.command("call-reserve")
def call_reserve(id: Id, by: By, reason: Reason) -> None:
    """A reserve winner's turn: ID is the reserve's own claim."""
    from domain.claims import by_agent

    _act(id, lambda desk, promotion: lambda claim: by_agent.call_reserve(claim, desk.acting(by), reason))


@app.command()
def release(id: Id, by: By, reason: Reason) -> None:
    """A reserve winner is no longer needed."""
    from domain.claims import by_agent

    _act(id, lambda desk, promotion: lambda claim: by_agent.release(claim, desk.acting(by), reason))


@app.command()
def reject(id: Id, by: By, reason: Reason) -> None:
    """What was reported is not so."""
    from domain.claims import by_agent

    _act(id, lambda desk, promotion: lambda claim: by_agent.reject(claim, desk.acting(by), reason))


@app.command()
def reopen(
    id: Id,
    by: By,
    reason: Reason,
    supervisor: Annotated[bool, typer.Option("--supervisor", help="you are one")] = False,
) -> None:
    """Give a lost or refused prize back: a supervisor's act."""
    from domain.claims import by_agent

    actor = "supervisor" if supervisor else "agent"
    _act(id, lambda desk, promotion: lambda claim: by_agent.reopen(claim, desk.acting(by, actor), reason))


@app.command()
def contact(
    id: Id,
    by: By,
    channel: Annotated[str, typer.Option(help="call, sms, letter, ...")] = "call",
    result: Annotated[str, typer.Option(help="reached, no_answer, refused, wrong_number, ...")] = "reached",
    note: Annotated[str, typer.Option(help="what was said")] = "",
) -> None:
    """Write down an attempt to reach the winner, for the proof of contact."""
    from storage.claims.contacts import note_contact

    with _opened() as (connection, seal, desk):
        kept = desk.one(connection, seal, id)
        note_contact(connection, kept, datetime.now(UTC), channel[:16], "agent", None, result[:24], by, note)
        print("written down")


@app.command("task-done")
def task_done(id: Id, what: Annotated[str, typer.Argument(help="the task, as `list` names it")], by: By) -> None:
    """A task of a claim was seen to."""
    from storage.claims.reminders import end_task

    with _opened() as (connection, seal, desk):
        if not end_task(connection, desk.one(connection, seal, id), what, by, datetime.now(UTC)):
            fail(f"no open task of this claim is called {what!r}")
        print("done")


def _opened() -> Any:
    from bot.cli.claims.desk import opened_desk

    return opened_desk(settings())


def _act(id: str, doing: Callable[[Any, Any], Callable[[Any], Any]], clause: str = "") -> None:
    """Does one act and says how the claim stands then."""
    with _opened() as (connection, seal, desk):
        print(desk.act(connection, seal, id, doing, clause))
