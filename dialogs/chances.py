"""My chances: purchases as a person types them, shown back, and what they earn by the rules, period by period.

Leaves counting to `domain.chances` and reading the text to `purchases`. The bot informs; it never urges anyone to buy.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import cast

from dialogs import citing, opening, progress, rules
from dialogs.conversation import Json
from dialogs.menu import MENU
from dialogs.messages import Option, Outgoing, Phrase, say
from dialogs.purchases import KEPT, as_row, fault, ladder, line, past, read_text
from dialogs.turn import Audited, Outcome, Scene, Turn
from domain.chances import EntryRule, Purchase, accrue, entries, read_purchases
from domain.promotion import Promotion
from domain.verdict import Unknown

_WHAT_IF = re.compile(r"^\W*(?:а\s+)?(?:что\s+)?(?:если|егер|ал\s+егер|esli|eger)\b", re.IGNORECASE)


def show(turn: Turn, words: tuple[str, ...]) -> Outcome:
    promotion = turn.promotion
    if promotion is None:
        return opening.choose_promotion(turn)
    if words:
        return _edit(turn, promotion, words)
    if ladder(promotion) is None:
        return _entries(turn, promotion)
    purchases = _purchases(turn, promotion, "purchases")
    return _tell(turn, promotion, purchases) if purchases else _ask(turn)


def typed(turn: Turn) -> Outcome:
    """A text in this scene: purchases are added to the draft and shown back; what holds none is a question."""
    promotion = turn.promotion
    if promotion is None or ladder(promotion) is None:
        return opening.choose_promotion(turn)
    lines = [past(each, promotion, turn.now) for each in read_text(turn, promotion, turn.incoming.text)]
    good = [each.purchase for each in lines if each.purchase]
    draft = [*_purchases(turn, promotion, "draft"), *good]
    faults = [fault(each) for each in lines if each.fault]
    if len(draft) > KEPT:
        return turn.done(Outgoing((say("chances.too_many", count=KEPT),), (MENU,)))
    turn = turn.slots(draft=cast(Json, [as_row(purchase) for purchase in draft]))
    return _confirm(turn, draft, faults)


def what_if(turn: Turn) -> Outcome | None:
    """«А если куплю на 400 000 завтра?»: computed beside the stored purchases, kept nowhere. None: this is no such question."""
    promotion, text = turn.promotion, turn.incoming.text
    if promotion is None or ladder(promotion) is None or not _WHAT_IF.match(text):
        return None
    bare = _WHAT_IF.sub("", text)
    lines = read_text(turn, promotion, bare)
    if not any(each.purchase for each in lines):
        today = promotion.day(turn.now)
        lines = read_text(turn, promotion, f"{today:%d.%m.%Y} {bare}")
    good = [each.purchase for each in lines if each.purchase]
    if not good:
        return None
    stored = _purchases(turn, promotion, "purchases")
    last = max(turn.now, *(progress.end(purchase.at, promotion) for purchase in good))
    accrual = accrue(promotion, [*stored, *good], last)
    lead = [say("chances.what_if"), citing.lines([line(n, purchase) for n, purchase in enumerate(good, 1)])]
    parts = (*lead, *progress.parts(promotion, accrual, last), say("chances.not_kept"))
    return turn.done(Outgoing(parts, (Option("chances", say("button.chances")), MENU)))


def _ask(turn: Turn) -> Outcome:
    parts = (say("chances.ask"), say("chances.example"))
    return turn.at("chances", "purchases").done(Outgoing(parts, (MENU,), numbers=False))


def _confirm(turn: Turn, draft: Sequence[Purchase], faults: Sequence[Phrase]) -> Outcome:
    """What was understood, numbered, and what was not; nothing is computed before the person has seen it."""
    if not draft:
        return turn.at("chances", "purchases").done(Outgoing((*faults, say("chances.example")), (MENU,), numbers=False))
    parts = [
        say("chances.understood"),
        citing.lines([line(n, purchase) for n, purchase in enumerate(draft, 1)]),
        *faults,
    ]
    options = (
        Option("chances.keep", say("button.right")),
        Option("chances.more", say("button.add")),
        Option("chances.fix", say("button.remove_one")),
        Option("chances.clear", say("button.clear")),
        MENU,
    )
    return turn.at("chances", "purchases").done(Outgoing(tuple(parts), options, numbers=False))


def _edit(turn: Turn, promotion: Promotion, words: tuple[str, ...]) -> Outcome:
    if ladder(promotion) is None:
        return turn.done(Outgoing((say("start.out_of_date"),), (MENU,)))
    draft = list(_purchases(turn, promotion, "draft"))
    match words:
        case ("keep",) if draft:
            kept = [as_row(purchase) for purchase in draft]
            turn = turn.slots(purchases=cast(Json, kept))
            outcome = _tell(turn, promotion, draft)
            return Outcome(
                outcome.conversation, outcome.says, (Audited("purchases_kept", promotion.slug), *outcome.effects)
            )
        case ("more",):
            kept = [as_row(purchase) for purchase in draft or _purchases(turn, promotion, "purchases")]
            return _ask(turn.slots(draft=cast(Json, kept)))
        case ("change",):
            kept = [as_row(purchase) for purchase in _purchases(turn, promotion, "purchases")]
            return _confirm(turn.slots(draft=cast(Json, kept)), _purchases(turn, promotion, "purchases"), ())
        case ("fix",) if draft:
            options = [
                Option(f"chances.drop.{n}.{len(draft)}", say("check.fix", number=n))
                for n in range(1, min(len(draft), 30) + 1)
            ]
            lines = [line(n, purchase) for n, purchase in enumerate(draft[:30], 1)]
            return turn.done(Outgoing((say("chances.remove_which"), citing.lines(lines)), (*options, MENU)))
        case ("drop", number, size) if (
            number.isdecimal() and size == str(len(draft)) and 1 <= int(number) <= len(draft)
        ):
            del draft[int(number) - 1]
            return _confirm(turn.slots(draft=cast(Json, [as_row(purchase) for purchase in draft])), draft, ())
        case ("clear",):
            return _ask(turn.slots(draft=None, purchases=None))
    return turn.done(Outgoing((say("start.out_of_date"),), (MENU,)))


def _tell(turn: Turn, promotion: Promotion, purchases: Sequence[Purchase]) -> Outcome:
    accrual = accrue(promotion, purchases, turn.now)
    parts = [*progress.parts(promotion, accrual, turn.now)]
    if promotion.state(turn.now) == "running":
        parts.append(say("chances.what_if_hint"))
    options = (
        Option("chances.more", say("button.add")),
        Option("chances.change", say("button.fix")),
        Option("chances.clear", say("button.clear")),
        MENU,
    )
    return turn.slots(draft=None).at("chances", "told").done(Outgoing(tuple(parts), options))


def told(turn: Turn) -> Outcome:
    """After the answer: lines with a day and a sum are more purchases; anything else is a question about the rules."""
    promotion = turn.promotion
    if promotion is not None and ladder(promotion):
        lines = read_text(turn, promotion, turn.incoming.text)
        if lines and all(each.purchase and not each.undated for each in lines):
            stored = [as_row(purchase) for purchase in _purchases(turn, promotion, "purchases")]
            return typed(turn.slots(draft=cast(Json, stored)))
    return rules.ask(turn)


def _entries(turn: Turn, promotion: Promotion) -> Outcome:
    """Entries per draw, from what the person told about taking part."""
    check = turn.conversation.slots.get("check")
    rule = promotion.rules.get("chances")
    known = isinstance(check, dict) and check.get("question") == "draw" and bool(check.get("facts"))
    begin = Option(f"check.{promotion.slug}.draw", say("button.eligible"))
    if not isinstance(rule, EntryRule):
        return turn.done(Outgoing((say("chances.none"),), (MENU,)))
    if not known:
        return turn.done(Outgoing((say("chances.need_check"),), (begin, MENU)))
    found = entries(promotion, cast(Mapping[str, Json], cast(dict[str, Json], check)["facts"]))
    rows = [_month(month, number) for month, number in found.months.items() if number != 0]
    if found.in_draw is not None:
        rows.append(
            say(
                "entries.in_draw"
                if found.in_draw is True
                else "entries.open"
                if found.in_draw
                else "entries.not_in_draw"
            )
        )
    if not rows:
        rows.append(say("entries.none"))
    parts = [say("entries.head", promotion=promotion.name), citing.lines(rows)]
    if isinstance(found.more_purchases_more_entries, Unknown):
        parts.append(say("entries.more_open"))
    parts += [say("verdict.clauses", places=citing.places(found.clauses)), say("entries.odds")]
    return turn.done(Outgoing(tuple(parts), (begin, MENU)))


def _month(month: str, number: int | Unknown) -> Phrase:
    name = citing.month(month)
    if isinstance(number, Unknown):
        return say("entries.month_open", month=name, certain=number.certain or 0)
    return say("entries.month", count=number, month=name)


def _purchases(turn: Turn, promotion: Promotion, slot: str) -> tuple[Purchase, ...]:
    rows = turn.conversation.slots.get(slot)
    if not isinstance(rows, list):
        return ()
    return read_purchases([cast(Mapping[str, Json], row) for row in rows], promotion.zone)


SCENE = Scene("chances", steps={"purchases": typed, "told": told}, options={"chances": show})
