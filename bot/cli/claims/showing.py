"""Claims as an agent reads them in a terminal, and as JSON.

Not here: reading them (see storage/claims/). The winner's data is shown only where it is asked for.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Final

from bot.loading import ZONE
from domain.claims.progress import ClaimProgress, StepProgress, StepTerm
from domain.claims.states import ClaimRefusal, RefusalCode
from domain.promotion import Promotion
from storage.claims.keeping import KeptClaim
from storage.claims.logbook import ClaimLog

_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SIGNS: Final = {"done": "[x]", "claimed": "[~]", "returned": "[!]", "open": "[ ]", "later": " - "}
_REFUSED: Final[dict[RefusalCode, str]] = {
    "no_such_way": "a claim that is {0} cannot become {1}",
    "not_yours": "that is not for you to do: {1} does it",
    "reason_missing": "a reason is needed (--reason)",
    "clause_missing": "a clause is needed (--clause)",
    "no_such_clause": "the rules have no clause {0}",
    "no_such_step": "this claim has no step {0} that is the winner's or ours to mark so",
    "step_not_open": "the step {0} cannot be marked while the claim is {1}",
    "steps_open": "still to be done: {all}",
    "no_such_branch": "the plan has no branch {0}",
    "not_asked_twice": "the winner must be asked a second time",
    "nothing_to_claim": "this prize comes by itself (clause {0})",
    "no_date": "a date is missing",
    "date_ahead": "{0} has not come yet",
    "not_a_reserve": "this claim is not of a reserve winner who stands by",
}


def refused(refusal: ClaimRefusal) -> str:
    """Why an act was not done, in one sentence."""
    given = [*refusal.details, "?", "?"]
    return _REFUSED[refusal.code].format(*given, all=", ".join(refusal.details))


def line(kept: KeptClaim, progress: ClaimProgress, tasks: Sequence[str]) -> str:
    """One claim in a list."""
    claim = kept.claim
    who = f"reserve {claim.rank}" if claim.rank else "winner"
    next_ = progress.next
    due = next_.due if next_ is not None else None
    parts = [f"{claim.id[:8]}  {claim.promotion}  {claim.state}  {who}"]
    if progress.mover is not None:
        parts.append(f"{progress.mover} moves" + (f": {next_.step.id}" if next_ is not None else ""))
    if due is not None:
        parts.append(_term(due))
    if tasks:
        parts.append(f"tasks: {', '.join(tasks)}")
    return "  ".join(parts)


def described(kept: KeptClaim, progress: ClaimProgress, promotion: Promotion, log: ClaimLog, *, reveal: bool) -> str:
    """One claim with its steps."""
    claim = kept.claim
    prize = next((each.name.ru for each in promotion.prizes if each.id == claim.prize), "not known")
    lines = [
        f"claim        {claim.id}",
        f"promotion    {claim.promotion}{f', draw {claim.draw}' if claim.draw else ''}",
        f"prize        {prize}",
        f"state        {claim.state}{f', reserve {claim.rank}' if claim.rank else ''}, version {claim.version}",
        f"led          {'in a talk' if kept.conversation is not None else 'by nobody in a talk yet'}",
    ]
    if reveal:
        lines += [f"{name:<12} {value}" for name, value in sorted(kept.body.who.items())]
    else:
        lines.append(
            f"winner       hidden, --reveal shows it: {', '.join(sorted(kept.body.who)) or 'nothing is known'}"
        )
    if claim.branches:
        lines.append(f"branches     {', '.join(sorted(claim.branches))}")
    for name, when in sorted(claim.events.items()):
        lines.append(f"{name:<12} {_when(when)}")
    lines.append(f"next         {progress.mover or 'nobody: the claim is closed'}")
    lines += [_step(each) for each in progress.steps]
    lines += [
        f"task         {task.what}{f': {task.note}' if task.note else ''}" for task in log.tasks if task.done is None
    ]
    return "\n".join(lines)


def logged(kept: KeptClaim, log: ClaimLog) -> str:
    """The proof of contact."""
    lines = [f"claim {kept.claim.id}, {kept.claim.promotion}, {kept.claim.state}", "history"]
    for row in log.history:
        why = "".join((f", clause {row.clause}" if row.clause else "", f": {row.reason}" if row.reason else ""))
        who = f"{row.actor}{f' {row.by}' if row.by else ''}"
        lines.append(f"  {_when(row.at)}  {row.source or 'new'} -> {row.target}  by {who}{why}")
    lines.append(f"contact attempts: {len(log.contacts)}")
    for each in log.contacts:
        by = f"  by {each.by}{f': {each.note}' if each.note else ''}" if each.by else ""
        lines.append(f"  {_when(each.at)}  {each.channel} {each.kind}  {each.status}{by}")
    lines.append(f"reminders: {len(log.reminders)}")
    for rung in log.reminders:
        end = f" ({rung.reason})" if rung.reason else ""
        lines.append(f"  {_when(rung.due)}  {rung.step} {rung.rung}  {rung.status}{end}")
    for task in log.tasks:
        lines.append(f"task  {_when(task.at)}  {task.what}  {'done' if task.done else 'open'}")
    return "\n".join(lines)


def exported(kept: KeptClaim, progress: ClaimProgress, log: ClaimLog, *, reveal: bool) -> str:
    """The claim as JSON; instants and days are ISO 8601."""
    claim = asdict(kept.claim)
    claim["branches"] = sorted(kept.claim.branches)
    steps = [
        {
            "id": each.step.id,
            "mover": each.step.mover,
            "status": each.status,
            "clauses": each.step.clauses,
            "terms": [asdict(term) for term in each.terms],
        }
        for each in progress.steps
    ]
    whole: dict[str, Any] = {"claim": claim, "steps": steps, "next": progress.mover, "log": asdict(log)}
    if reveal:
        whole["winner"] = kept.body.who
        whole["consent"] = kept.body.consent
        whole["story"] = kept.body.story
    return json.dumps(whole, ensure_ascii=False, indent=2, default=_json)


def _step(each: StepProgress) -> str:
    clauses = ", ".join(each.step.clauses)
    terms = "; ".join(_term(term) for term in each.terms if term.last is not None)
    reason = f"; returned: {each.reason}" if each.reason else ""
    return (
        f"  {_SIGNS[each.status]} {each.step.id} ({each.step.mover}, {clauses}){f'  {terms}' if terms else ''}{reason}"
    )


def _term(term: StepTerm) -> str:
    assert term.last is not None
    assert term.weekday is not None
    left = "passed" if term.passed else f"{term.days_left} days left"
    why = "" if term.exact else f", at the earliest: {', '.join(term.open_points) or 'the rules leave it open'}"
    return f"by {_DAYS[term.weekday]} {term.last:%d.%m.%Y} ({left}{why}; {term.calendar})"


def _when(when: date) -> str:
    return f"{when.astimezone(ZONE):%Y-%m-%d %H:%M}" if isinstance(when, datetime) else when.isoformat()


def _json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return sorted(value) if isinstance(value, (set, frozenset)) else str(value)
