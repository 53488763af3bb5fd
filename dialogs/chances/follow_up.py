"""Questions about a result that was computed: «сколько мне не хватает?», «екіншісі ше?», «сколько дней осталось?».

Not here: counting (see domain/chances.py), the result itself (see scene.py).
"""

from __future__ import annotations

import re
from typing import Final

from dialogs import citing
from dialogs.chances import telling as progress
from dialogs.menu import MENU
from dialogs.messages import Money, Option, Outgoing, Phrase, say
from dialogs.purchases import hours, kept, ladder
from dialogs.turn import Outcome, Turn
from domain.chances import Accrual, LadderRule, accrue
from domain.promotion import Promotion
from domain.search.folding import words

_LONGEST: Final = 12
"""Words of such a question at most."""
_STEPS: Final = (
    ("перв", "биринши", "1"), ("втор", "екинши", "2"), ("трет", "уш"+"инши", "3"),
)  # fmt: skip
_STEP_TALK: Final = re.compile(
    r"^(?:а|ал|и|до|на|ше|шанс\w*|канша|сколко|неше|жет\w*|не|хвата\w*|надо|нужно|ешо|таги|осталос\w*|калди|керек|для|как|насчет|мне|маган)$"
)
_MISSING: Final = re.compile(r"хват|недоста|жетпе|жетисп|жетис|докупит|добрат|осталос|калди|керек|нужно|надо|до следу")
_DAYS_LEFT: Final = re.compile(r"(?:дн|ден|кун|дат)")
_REMAIN: Final = re.compile(r"остал|калди|калган|остает|бар")
_HOW: Final = ("сколко", "скок", "неше", "канша", "какая", "какои", "кандаи")
_MINE: Final = re.compile(
    r"^(?:у|мене?|меня|мои|мо[ея]|менде|мендеги|менин|маган|мне|тепер|енди|сеичас|казир|итого|барлиги|вобшем|уже)$"
)
_WHY: Final = ("почему", "неге", "зачем", "откуда", "каидан")


def follow_up(turn: Turn) -> Outcome | None:
    """None where no result is spoken of: the text is a question like any other."""
    promotion, text = turn.promotion, turn.incoming.text
    rule = ladder(promotion) if promotion is not None else None
    if promotion is None or rule is None:
        return None
    known = kept(turn, promotion, "draft") or kept(turn, promotion, "purchases")
    said = words(text)
    if not known or not said or len(said) > _LONGEST or any(word.isdigit() and len(word) > 1 for word in said):
        return None
    at_hand = turn.conversation.scene == "chances"
    topic = _topic(said, at_hand=at_hand)
    if topic is None:
        return None
    accrual = accrue(promotion, known, turn.now)
    parts = _answer(promotion, rule, accrual, topic, turn)
    if not parts:
        return None
    parts += [*progress.decisions(promotion, known, turn.now), *hours(known, promotion)]
    options = (Option("chances.more", say("button.add")), Option("chances", say("button.chances")), MENU)
    clauses: tuple[str, ...] = (rule.clauses["steps"], rule.clauses["days"], rule.clauses["period"])
    if topic == "all":
        clauses = tuple(accrual.clauses)[:3] if len(accrual.clauses) >= 3 else clauses
    return turn.done(Outgoing(tuple(parts), options)).replied("chances", clauses, function="chances")


def _topic(said: list[str], *, at_hand: bool) -> str | None:
    """What is asked of the result: a step's number, «missing», «left», «all»; None where it is something else."""
    step = next(
        (
            str(n)
            for n, stems in enumerate(_STEPS, 1)
            for word in said
            if word.startswith(stems[:2]) or word == stems[2]
        ),
        None,
    )
    others = [word for word in said if not (_STEP_TALK.match(word) or any(word.startswith(s[:2]) for s in _STEPS))]
    if step is not None and at_hand and not others:
        return step
    how = any(word in _HOW for word in said)
    mine = any(_MINE.match(word) for word in said)
    line = " ".join(said)
    if how and _DAYS_LEFT.search(line) and _REMAIN.search(line) and (at_hand or mine):
        return "left"
    if _MISSING.search(line) and (how or at_hand) and (at_hand or mine):
        return "missing" if not others or how or mine else None
    if how and "шанс" in line and (mine or at_hand):
        return "all"
    return "all" if at_hand and said[0] in _WHY and len(said) <= 4 else None


def _answer(promotion: Promotion, rule: LadderRule, accrual: Accrual, topic: str, turn: Turn) -> list[Phrase]:
    if topic == "all":
        return list(progress.parts(promotion, accrual, turn.now))
    if promotion.state(turn.now) == "ended":
        whole = promotion.whole
        return [say("chances.over", moment=whole.ends, place=citing.cite(whole.clause))]
    step = accrual.next
    if step is None:
        return [say("chances.no_period")]
    cited = say(
        "verdict.clauses", places=citing.cite_all((rule.clauses["steps"], rule.clauses["days"], rule.clauses["period"]))
    )
    if topic == "left":
        return [*progress.left(promotion, step), cited]
    if topic == "missing":
        return [*progress.missing(promotion, step), cited]
    number = int(topic)
    if not isinstance(step.cycle_sum_kzt, int) or number > len(rule.thresholds):
        return [*progress.missing(promotion, step), cited]
    lacking = rule.thresholds[number - 1] - step.cycle_sum_kzt
    key = "chances.step_missing" if lacking > 0 else "chances.step_reached"
    parts = [say(key, step=number, amount=Money(max(lacking, 0)))]
    if isinstance(step.days_missing, int) and step.days_missing:
        parts.append(say("chances.missing_days_too", days=step.days_missing))
    return [*parts, *progress.left(promotion, step), cited]
