"""The verdict as it is told: the answer, every criterion with its clause, then what to do next, by whom and by which clause.

Not here: asking (see scene.py); judging to the domain, and the names of criteria (see the promotion's wording).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, cast

from dialogs import citing
from dialogs.conversation import Json
from dialogs.eligibility import progress as checks
from dialogs.eligibility import reading as asking
from dialogs.menu import MENU, PERSON
from dialogs.messages import Option, Outgoing, Phrase, say
from dialogs.turn import Audited, Outcome, Turn
from domain.deadlines import Term
from domain.eligibility import judge
from domain.promotion import Promotion
from domain.settled import decided_by
from domain.verdict import CriterionResult, Unknown, Verdict, unique

SIGNS = {"met": "check.met", "not met": "check.not_met", "unknown": "check.not_known"}
TAKING_PART = ("draw", "participant", "chance", "discount")
WINNING = ("receive_prize", "representative", "manual_signing")


def tell(
    turn: Turn,
    promotion: Promotion,
    verdict: Verdict,
    check: Mapping[str, Json],
    *,
    negated: bool = False,
    opposite: bool = False,
) -> Outcome:
    """The talk goes on as questions about the rules; the answers stay, so that one of them can be corrected.

    `negated`: it was asked with a «not», so that a bare yes or no would be misread, as where the `opposite` was asked. A check that
    began with a free text says what was understood of it, and of the criteria only those that decide.
    """
    asked = cast(list[str], check["asked"])
    facts = checks.facts(check)
    parts = [
        _head(promotion, verdict, asked, negated or opposite),
        *_findings(promotion, verdict, bool(check.get("brief"))),
    ]
    parts += _month(promotion, verdict)
    if facts.get("in_last_hour"):
        parts.append(say("verdict.clock"))
    parts += citing.settled(decided_by(promotion, lambda other: judge(other, verdict.question, facts, turn.now)))
    parts += _next(turn, promotion, verdict, asked)
    if promotion.state(turn.now) == "ended" and verdict.question in TAKING_PART:
        parts.append(say("verdict.ended"))
    if check.get("brief"):
        parts += understood(promotion, facts)
    effect = Audited("checked", f"{promotion.slug} {verdict.question} {verdict.answer}")
    options = _options(promotion, verdict, str(check["run"]), asked)
    says: Literal["yes", "no"] | None = (
        None if verdict.answer == "cannot say" else "yes" if verdict.eligible is not opposite else "no"
    )
    told = turn.at("rules", "ask").done(Outgoing(tuple(parts), options), effects=(effect,))
    return told.replied("verdict", tuple(verdict.clauses), says)


def understood(promotion: Promotion, facts: Mapping[str, Json]) -> list[Phrase]:
    """What a free text was taken to say, so that it can be corrected."""
    known, implied = promotion.wording.facts, promotion.wording.implied
    said = {name: value for name, value in facts.items() if name in known and value not in (None, implied.get(name))}
    shown = [asking.named(promotion, name, value) for name, value in said.items()]
    if not shown:
        return []
    joined = shown[-1]
    for each in reversed(shown[:-1]):
        joined = say("places", first=each, rest=joined)
    return [say("check.understood", facts=joined)]


def _head(promotion: Promotion, verdict: Verdict, asked: list[str], negated: bool) -> Phrase:
    words = promotion.wording.questions[verdict.question]
    if verdict.answer == "cannot say":
        return say(f"verdict.cannot_say_{verdict.reason or 'rules_silent'}", question=words.title)
    statement = (words.yes if verdict.eligible else words.no) or words.title
    if negated:
        return say("verdict.statement", statement=statement)
    if verdict.eligible:
        return say("verdict.eligible", statement=statement)
    return say("verdict.not_yet" if asked and _may_still(verdict) else "verdict.not_eligible", statement=statement)


def _may_still(verdict: Verdict) -> bool:
    """Whether the person can still bring about everything that is not met."""
    failed = [finding for finding in verdict.findings if finding.status == "not met"]
    return bool(failed) and all(finding.changeable for finding in failed)


def _findings(promotion: Promotion, verdict: Verdict, brief: bool) -> list[Phrase]:
    named = [finding for finding in verdict.findings if finding.criterion in promotion.wording.criteria]
    if brief and verdict.answer == "not eligible":
        named = [finding for finding in named if finding.status == "not met"]
    if named:
        return [citing.lines([finding_line(promotion, finding) for finding in named])]
    return [say("verdict.clauses", places=citing.cite_all(verdict.clauses))] if verdict.clauses else []


def finding_line(promotion: Promotion, finding: CriterionResult) -> Phrase:
    return say(
        SIGNS[finding.status],
        criterion=promotion.wording.criteria[finding.criterion].name,
        places=citing.cite_all(finding.clauses),
    )


def _month(promotion: Promotion, verdict: Verdict) -> list[Phrase]:
    """The draw concerned, and until when the organiser holds it."""
    if isinstance(verdict.month, Unknown):
        return [say("verdict.month_open")]
    said = [say("verdict.month", month=citing.month(verdict.month))] if verdict.month else []
    draws = [draw for draw in promotion.draws if verdict.month in (None, draw.period)]
    if verdict.question == "draw" and verdict.answer != "not eligible" and len(draws) == 1:
        said.append(say("verdict.draw_by", day=draws[0].latest, place=citing.cite(draws[0].clause)))
    return said


def _next(turn: Turn, promotion: Promotion, verdict: Verdict, asked: list[str]) -> list[Phrase]:
    match verdict.answer:
        case "eligible":
            if verdict.question in WINNING:
                return _handing_over(promotion)
            return []
        case "not eligible":
            return _change(turn, promotion, verdict) if asked else []
    if verdict.reason == "fact_missing":
        return _missing(promotion, verdict)
    if verdict.reason == "organizer_discretion":
        return [say("verdict.ask_organizer")]
    ids = unique(point for finding in verdict.findings for point in finding.open_points)
    points = [point for id in ids if (point := promotion.open_point(id))]
    rows = [say("verdict.open", question=point.question, places=citing.cite_all(point.clauses)) for point in points]
    return [citing.lines(rows)] if rows else []


def _handing_over(promotion: Promotion) -> list[Phrase]:
    """Where the rules say how the prize is handed over."""
    terms = cast(tuple[Term, ...], promotion.rules.get("deadlines") or ())
    said = {term.name: term.clauses for term in terms}
    clauses = said.get("deliver_prize") or said.get("receive_prize") or ()
    return [say("verdict.organizer_gives", places=citing.cite_all(clauses[:1]))] if clauses else []


def _change(turn: Turn, promotion: Promotion, verdict: Verdict) -> list[Phrase]:
    """What the person can still do; where nothing can be done any more, that is said."""
    words = promotion.wording.criteria
    failed = [finding for finding in verdict.findings if finding.status == "not met" and finding.criterion in words]
    fixed = [finding for finding in failed if not finding.changeable]
    do = next((words[finding.criterion].do for finding in failed), None)
    if failed and not fixed:
        return [say("verdict.do", do=do, places=citing.cite_all(failed[0].clauses))] if do else []
    over = promotion.state(turn.now) == "ended" and verdict.question in TAKING_PART
    lost = words[fixed[0].criterion].lost if fixed else None
    return [say("verdict.lost", lost=lost)] if lost and not over else []


def _missing(promotion: Promotion, verdict: Verdict) -> list[Phrase]:
    known = [name for name in verdict.missing if name in promotion.wording.facts]
    if known:
        return [say("verdict.need", question=asking.short(promotion.wording.facts[known[0]].ask))]
    return [say("verdict.organizer_confirms", places=citing.cite_all(verdict.clauses))]


def _options(promotion: Promotion, verdict: Verdict, run: str, asked: list[str]) -> tuple[Option, ...]:
    options = []
    lacking = [name for name in verdict.missing if name in asked]
    if lacking:
        options.append(Option(f"factfix.{run}.{lacking[0]}", say("button.answer")))
    clause = next((clause for clause in verdict.clauses if clause in promotion.rulebook), None)
    if clause:
        label = promotion.rulebook.cite(clause).label
        place = citing.index(promotion, clause)
        options.append(Option(f"clause.{promotion.slug}.{place}", say("button.clause", label=label)))
    if asked:
        options.append(Option(f"factfix.{run}", say("button.fix")))
    if verdict.question in ("participant", "chance"):
        options.append(Option("chances", say("button.chances")))
    options.append(Option("check", say("button.other_question")))
    if verdict.answer == "cannot say":
        options.append(PERSON)
    return (*options, MENU)
