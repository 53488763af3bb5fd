"""Whether a kind of person may take part («ИП участвует?», «а если физлицо?»): no and why, or yes and what else it takes.

Not here: a question about the person's own case (see own_case.py).
"""

from __future__ import annotations

from dialogs import citing
from dialogs.eligibility.verdicts import finding_line
from dialogs.menu import MENU
from dialogs.messages import Option, Outgoing, Phrase, say
from dialogs.turn import Outcome, Turn
from domain.promotion import Promotion
from domain.verdict import Verdict


def check_button(promotion: Promotion, question: str) -> Option:
    """The way from an answer about who may take part into the check of one's own case."""
    return Option(f"check.{promotion.slug}.{question}", say("button.own_case"))


def tell_kind(turn: Turn, promotion: Promotion, verdict: Verdict) -> Outcome | None:
    """None where neither holds: the rules are searched then."""
    words = promotion.wording.criteria
    named = [finding for finding in verdict.findings if finding.criterion in words]
    options = (check_button(promotion, verdict.question), MENU)
    if verdict.answer == "not eligible":
        failed = [finding for finding in named if finding.status == "not met"]
        statement = (words[failed[0].criterion].lost if failed else None) or promotion.wording.questions[
            verdict.question
        ].no
        if not failed or statement is None:
            return None
        lines = citing.lines([finding_line(promotion, finding) for finding in failed])
        said = Outgoing((say("verdict.not_eligible", statement=statement), lines), options)
        return turn.done(said).replied("verdict", tuple(verdict.clauses), "no")
    met = [finding for finding in named if finding.status == "met"]
    if verdict.reason != "fact_missing" or not met:
        return None
    parts = [say("verdict.fits"), citing.lines([finding_line(promotion, finding) for finding in met])]
    if rest := [finding for finding in named if finding.status == "unknown"]:
        parts.append(
            say(
                "verdict.also", criteria=citing.lines([_also(promotion, each.criterion, each.clauses) for each in rest])
            )
        )
    clauses = tuple(dict.fromkeys(clause for finding in met for clause in finding.clauses))
    return turn.done(Outgoing(tuple(parts), options)).replied("verdict", clauses, "yes")


def _also(promotion: Promotion, criterion: str, clauses: tuple[str, ...]) -> Phrase:
    return say(
        "verdict.also_line", criterion=promotion.wording.criteria[criterion].name, places=citing.cite_all(clauses)
    )
