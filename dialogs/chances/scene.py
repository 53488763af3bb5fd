"""My chances: purchases as a person types them, shown back, and what they earn by the rules, period by period.

Leaves counting to `domain.chances`, reading the text to `purchases`, the picture to `progress`, draws among entries to `entering`. The bot
informs; it never urges anyone to buy.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from dialogs import citing, interruption, opening
from dialogs.chances import entries as entering
from dialogs.chances import telling as progress
from dialogs.chances.what_if import what_if as what_if
from dialogs.menu import MENU, out_of_date
from dialogs.messages import Option, Outgoing, Phrase, say
from dialogs.purchases import FILE, KEPT, as_rows, fault, hours, kept, ladder, line, notes, past, read_text
from dialogs.rules import scene as rules
from dialogs.turn import Audited, Awaited, Entry, Outcome, Scene, Turn, with_promotion
from domain.chances import Purchase, accrue
from domain.promotion import Promotion
from domain.spoken.purchases import SpokenLine, may_hold_sums

FAULTS: Final = 5
"""Lines that could not be read and are named one by one."""
SHOWN: Final = 40
"""Lines that are shown at once: one message on Telegram, two on WhatsApp."""
PAGE: Final = 15
"""Lines that are offered for removing at once."""
_AGAIN = re.compile(r"\s*(\d{1,3})\s*\)\s*(\S[^\n]*)")
_REMOVE = re.compile(
    r"\s*(?:(?:убрать|убери\w*|удали\w*)\s+(?:строку\s+)?(?P<ru>\d{1,3})|(?P<kk>\d{1,3})\s*-?\s*(?:жолды\s+)?(?:алып\s+таста\w*|өшір\w*))\W*",
    re.IGNORECASE,
)


def show(turn: Turn) -> Outcome:
    promotion = turn.promotion
    if promotion is None:
        return opening.choose_promotion(turn)
    if ladder(promotion) is None:
        return entering.show(turn, promotion)
    draft, purchases = kept(turn, promotion, "draft"), kept(turn, promotion, "purchases")
    if draft and draft != purchases:
        return confirm(turn, promotion, draft)
    return _tell(turn, promotion, purchases) if purchases else _ask(turn)


def typed(turn: Turn) -> Outcome:
    """A text in this scene: purchases are added to the draft and shown back; what holds none is a question about the rules."""
    promotion, text = turn.promotion, turn.incoming.text
    if promotion is None or ladder(promotion) is None:
        return rules.ask(turn)
    draft = list(kept(turn, promotion, "draft"))
    if (removed := _REMOVE.fullmatch(text)) and _drop(draft, removed["ru"] or removed["kk"]):
        return confirm(turn, promotion, draft)
    again = _AGAIN.fullmatch(text)
    at = int(again[1]) - 1 if again and 1 <= int(again[1]) <= len(draft) else None
    lines = [past(each, promotion, turn.now) for each in read_text(turn, promotion, text)]
    if not any(map(_is_purchase, lines)) and interruption.is_question(turn, promotion):
        return interruption.answer(turn, lambda later: confirm(later, promotion, draft) if draft else _ask(later))
    good = [each.purchase for each in lines if each.purchase]
    first = len(draft) if at is None else at
    if at is None:
        draft += good
    elif good:
        draft[at : at + 1] = good
    if len(draft) > KEPT:
        return turn.done(
            Outgoing((say("chances.too_many", count=KEPT),), (Option("chances", say("button.chances")), MENU))
        ).replied("ask")
    return confirm(turn, promotion, draft, lines, first=first)


def pasted(turn: Turn) -> Outcome | None:
    """Purchases written where no list was asked for, and nothing else beside them; None for any other text."""
    promotion, text = turn.promotion, turn.incoming.text
    free = turn.conversation.scene in ("start", "rules")
    if promotion is None or not free or ladder(promotion) is None or "?" in text or not may_hold_sums(text):
        return None
    lines = read_text(turn, promotion, text)
    fit = all(each.bare or (each.fault is not None and each.fault.reason != "unclear") for each in lines)
    if not fit or not any(each.bare and not each.undated for each in lines):
        return None
    known = kept(turn, promotion, "draft") or kept(turn, promotion, "purchases")
    return typed(turn.slots(draft=as_rows(known) or None))


def _is_purchase(line: SpokenLine) -> bool:
    return line.purchase is not None or (line.fault is not None and line.fault.reason != "unclear")


def _drop(draft: list[Purchase], number: str) -> bool:
    if not 1 <= int(number) <= len(draft):
        return False
    del draft[int(number) - 1]
    return True


def _ask(turn: Turn) -> Outcome:
    parts = (say("chances.ask"), say("chances.example"), say("chances.ask_file", size=FILE >> 20))
    return turn.at("chances", "purchases").done(Outgoing(parts, (MENU,))).replied("ask")


def confirm(
    turn: Turn,
    promotion: Promotion,
    draft: Sequence[Purchase],
    lines: Sequence[SpokenLine] = (),
    *,
    head: Sequence[Phrase] = (),
    faults: Sequence[Phrase] = (),
    first: int = 0,
) -> Outcome:
    """What was understood, numbered, and what was not; nothing is computed before the person has seen it.

    `head` and `faults` are what a file's own report adds. A long list is shown page by page, from the one with the line at `first` on.
    """
    turn = turn.slots(draft=as_rows(draft) or None).at("chances", "purchases")
    wrong = [each for each in lines if each.fault]
    faults = [*faults, *(fault(each) for each in wrong[:FAULTS])]
    if len(wrong) > FAULTS:
        faults.append(say("chances.more_faults", number=len(wrong) - FAULTS))
    if not draft:
        return turn.done(Outgoing((*head, *faults, say("chances.example")), (MENU,))).replied("ask")
    start = min(first, len(draft) - 1) // SHOWN * SHOWN
    shown = [line(n, purchase) for n, purchase in enumerate(draft, 1)][start : start + SHOWN]
    parts = [*head, say("chances.understood"), citing.lines(shown), *notes(promotion, draft, lines), *faults]
    following = start + SHOWN if start + SHOWN < len(draft) else 0
    more = [Option(f"chances.list.{following}", say("button.further"))] if len(draft) > SHOWN else []
    options = (
        Option("chances.keep", say("button.right")),
        *more,
        Option("chances.more", say("button.add")),
        Option("chances.fix", say("button.remove_one")),
        Option("chances.clear", say("button.clear")),
        MENU,
    )
    whole = not faults and not hours(draft, promotion)
    return turn.done(Outgoing(tuple(parts), options)).replied("purchases" if whole else "ask")


def edit(turn: Turn, words: tuple[str, ...]) -> Outcome:
    promotion = turn.promotion
    if promotion is None:
        return out_of_date(turn)
    draft = list(kept(turn, promotion, "draft")) if ladder(promotion) else []
    match words:
        case ("keep",) if draft:
            outcome = _tell(turn.slots(purchases=as_rows(draft)), promotion, draft)
            effects = (Audited("purchases_kept", promotion.slug), *outcome.effects)
            return Outcome(outcome.conversation, outcome.says, effects)
        case ("more",) if ladder(promotion):
            return _ask(turn.slots(draft=as_rows(draft or kept(turn, promotion, "purchases")) or None))
        case ("change",) if purchases := kept(turn, promotion, "purchases"):
            return confirm(turn, promotion, purchases)
        case ("list", start) if start.isdecimal() and int(start) < len(draft):
            return confirm(turn, promotion, draft, first=int(start))
        case ("fix",) | ("fix", "0") if draft:
            return _which(turn, draft, 0)
        case ("fix", start) if start.isdecimal() and int(start) < len(draft):
            return _which(turn, draft, int(start))
        case ("drop", number, size) if number.isdecimal() and size == str(len(draft)) and _drop(draft, number):
            return confirm(turn, promotion, draft)
        case ("clear",) if ladder(promotion):
            return _ask(turn.slots(draft=None, purchases=None))
    return out_of_date(turn)


def _which(turn: Turn, draft: Sequence[Purchase], start: int) -> Outcome:
    numbers = range(start + 1, min(len(draft), start + PAGE) + 1)
    options = [Option(f"chances.drop.{n}.{len(draft)}", say("check.fix", number=n)) for n in numbers]
    if start + PAGE < len(draft):
        options.append(Option(f"chances.fix.{start + PAGE}", say("button.further")))
    shown = citing.lines([line(n, draft[n - 1]) for n in numbers])
    parts = (say("chances.remove_which"), shown, say("chances.retype", number=numbers[0]))
    return turn.at("chances", "purchases").done(Outgoing(parts, (*options, MENU), numbers=False)).replied("ask")


def _tell(turn: Turn, promotion: Promotion, purchases: Sequence[Purchase]) -> Outcome:
    accrual = accrue(promotion, purchases, turn.now)
    parts = [*progress.parts(promotion, accrual, turn.now), *progress.decisions(promotion, purchases, turn.now)]
    parts += hours(purchases, promotion)
    if promotion.state(turn.now) == "running":
        parts.append(say("chances.what_if_hint"))
    options = (
        Option("chances.more", say("button.add")),
        Option("chances.change", say("button.fix")),
        Option("chances.clear", say("button.clear")),
        MENU,
    )
    turn = turn.slots(draft=None).at("chances", "told")
    return turn.done(Outgoing(tuple(parts), options)).replied("chances", tuple(accrual.clauses))


def told(turn: Turn) -> Outcome:
    """After the answer: lines with a day and a sum are more purchases; anything else is a question about the rules."""
    promotion = turn.promotion
    if promotion is not None and ladder(promotion):
        lines = read_text(turn, promotion, turn.incoming.text)
        if lines and not lines[0].undated and any(each.purchase for each in lines):
            return typed(turn.slots(draft=as_rows(kept(turn, promotion, "purchases"))))
    return rules.ask(turn)


def awaits(turn: Turn) -> Awaited | None:
    """Purchases, where they are being written down."""
    promotion = turn.promotion
    if promotion is None or ladder(promotion) is None or turn.conversation.step != "purchases":
        return None
    answered = any(map(_is_purchase, read_text(turn, promotion, turn.incoming.text)))
    return Awaited(answered, show)


SCENE = Scene(
    "chances",
    steps={"purchases": typed, "told": told},
    options={"chances": edit},
    plain={"chances": show},
    awaits=awaits,
    entries=(
        Entry(
            "chances",
            say("button.chances"),
            say("hint.chances"),
            words="шанстарым, шансым, менің шанстарым, шансы, мои шансы, мой шанс, мүмкіндігім, "
            "мүмкіндіктерім, менің мүмкіндігім, chances",
            command="chances",
            rank=40,
            shown=with_promotion,
        ),
    ),
)
