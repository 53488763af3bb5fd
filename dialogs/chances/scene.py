"""My chances: purchases as a person types them, shown back, and what they earn by the rules, period by period.

Not here: counting (see domain/chances.py); reading the text (see storage/lists/kinds/purchases.py); the picture (see telling.py);
draws among entries (see entries.py). The bot informs; it never urges anyone to buy.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dialogs import citing, interruption, opening
from dialogs.chances import entries as entering
from dialogs.chances import telling as progress
from dialogs.chances.draft import Heard, answers, hear, removed, side
from dialogs.chances.follow_up import follow_up
from dialogs.chances.telling import asks_chances
from dialogs.chances.what_if import what_if as what_if
from dialogs.menu import MENU, out_of_date
from dialogs.messages import Option, Outgoing, Phrase, say
from dialogs.purchases import FILE, KEPT, LEFT, as_rows, fault, hours, is_asked, kept, ladder, line, notes, read_text
from dialogs.rules import scene as rules
from dialogs.turn import Audited, Awaited, Entry, Outcome, ReplyKind, Scene, Turn, with_promotion
from domain.chances import Purchase, accrue
from domain.promotion import Promotion
from domain.spoken.lines import SpokenLine
from domain.spoken.purchases import may_hold_sums

FAULTS: Final = 5
"""Lines that could not be read and are named one by one."""
SHOWN: Final = 40
"""Lines that are shown at once: one message on Telegram, two on WhatsApp."""
PAGE: Final = 15
"""Lines that are offered for removing at once."""


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
    promotion = turn.promotion
    if promotion is None or ladder(promotion) is None:
        return rules.ask(turn)
    draft = list(kept(turn, promotion, "draft"))
    if (without := removed(turn.incoming.text, draft)) is not None:
        return confirm(turn, promotion, without)
    match side(turn, draft):
        case True:
            return edit(turn, ("keep",))
        case False:
            return _which(turn, draft, 0)
    heard = hear(turn)
    if not heard.told and interruption.is_question(turn, promotion):
        return interruption.answer(turn, lambda later: confirm(later, promotion, draft) if draft else _ask(later))
    return _taken(turn, promotion, heard)


def _taken(turn: Turn, promotion: Promotion, heard: Heard) -> Outcome:
    if len(heard.draft) > KEPT:
        return turn.done(
            Outgoing((say("chances.too_many", count=KEPT),), (Option("chances", say("button.chances")), MENU))
        ).replied("ask")
    if heard.whole and asks_chances(turn.incoming.text):
        return _tell(heard.kept(turn), promotion, heard.draft, shown=True)
    return confirm(heard.kept(turn), promotion, heard.draft, heard.lines, first=heard.first)


def pasted(turn: Turn) -> Outcome | None:
    """Purchases written where no list was asked for, with nothing beside them but the question what they earn; else None."""
    promotion, text = turn.promotion, turn.incoming.text
    free = turn.conversation.scene in ("start", "rules")
    if promotion is None or not free or ladder(promotion) is None or not may_hold_sums(text):
        return None
    counted = asks_chances(text)
    if "?" in text and not counted:
        return None
    known = kept(turn, promotion, "draft") or kept(turn, promotion, "purchases")
    heard = hear(turn.slots(draft=as_rows(known) or None, pending=None))
    lines = read_text(turn, promotion, text)
    if counted:
        fit = heard.whole and any(each.purchase and not each.undated for each in lines)
    else:
        fit = all(each.bare or (each.fault is not None and each.fault.reason != "unclear") for each in lines)
        fit = fit and any(each.bare and each.purchase and not each.undated for each in lines)
    return _taken(turn, promotion, heard) if fit else None


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
    wrong = [each.fault for each in lines if each.fault]
    open_ = bool(faults) or any(each.reason not in LEFT for each in wrong) or bool(hours(draft, promotion))
    faults = [*faults, *(fault(each) for each in [each for each in lines if each.fault][:FAULTS])]
    if len(wrong) > FAULTS:
        faults.append(say("chances.more_faults", number=len(wrong) - FAULTS))
    if any(map(is_asked, wrong)):
        faults.append(say("chances.complete"))
    kind: ReplyKind = "ask" if open_ or not (draft or wrong) else "purchases"
    if not draft:
        return turn.done(Outgoing((*head, *faults, say("chances.example")), (MENU,))).replied(kind)
    start = min(first, len(draft) - 1) // SHOWN * SHOWN
    shown = [line(n, purchase) for n, purchase in enumerate(draft, 1)][start : start + SHOWN]
    parts = [*head, say("chances.understood"), citing.lines(shown), *notes(promotion, draft), *faults]
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
    return turn.done(Outgoing(tuple(parts), options)).replied(kind)


def edit(turn: Turn, words: tuple[str, ...]) -> Outcome:
    promotion = turn.promotion
    if promotion is None:
        return out_of_date(turn)
    draft = list(kept(turn, promotion, "draft")) if ladder(promotion) else []
    match words:
        case ("keep",) if draft:
            outcome = _tell(
                turn.slots(purchases=as_rows(draft), draft=None, pending=None, added=None), promotion, draft
            )
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
        case ("drop", number, size) if (
            number.isdecimal() and size == str(len(draft)) and 1 <= int(number) <= len(draft)
        ):
            return confirm(turn, promotion, [*draft[: int(number) - 1], *draft[int(number) :]])
        case ("clear",) if ladder(promotion):
            return _ask(turn.slots(draft=None, purchases=None, pending=None, added=None))
    return out_of_date(turn)


def _which(turn: Turn, draft: Sequence[Purchase], start: int) -> Outcome:
    numbers = range(start + 1, min(len(draft), start + PAGE) + 1)
    options = [Option(f"chances.drop.{n}.{len(draft)}", say("check.fix", number=n)) for n in numbers]
    if start + PAGE < len(draft):
        options.append(Option(f"chances.fix.{start + PAGE}", say("button.further")))
    shown = citing.lines([line(n, draft[n - 1]) for n in numbers])
    parts = (say("chances.remove_which"), shown, say("chances.retype", number=numbers[0]))
    return turn.at("chances", "purchases").done(Outgoing(parts, (*options, MENU), numbers=False)).replied("ask")


def _tell(turn: Turn, promotion: Promotion, purchases: Sequence[Purchase], *, shown: bool = False) -> Outcome:
    """What purchases earn. `shown`: they were told in the same text, so they stand above it and wait for a word."""
    accrual = accrue(promotion, purchases, turn.now)
    parts = [*progress.parts(promotion, accrual, turn.now), *progress.decisions(promotion, purchases, turn.now)]
    parts += notes(promotion, purchases) if shown else hours(purchases, promotion)
    options = [Option("chances.more", say("button.add")), Option("chances.change", say("button.fix"))]
    if shown:
        listed = citing.lines([line(n, purchase) for n, purchase in enumerate(purchases[-SHOWN:], 1)])
        parts = [say("chances.understood"), listed, *parts]
        options = [
            Option("chances.keep", say("button.right")),
            options[0],
            Option("chances.fix", say("button.remove_one")),
        ]
    elif promotion.state(turn.now) == "running":
        parts.append(say("chances.what_if_hint"))
    options += [Option("chances.clear", say("button.clear")), MENU]
    says = progress.side(turn.incoming.text, accrual) if shown else None
    turn = turn.at("chances", "counted") if shown else turn.at("chances", "told")
    outcome = turn.done(Outgoing(tuple(parts), tuple(options)))
    return outcome.replied("chances", tuple(accrual.clauses), says, function="chances" if shown else None)


def told(turn: Turn) -> Outcome:
    """After the answer: lines with a day and a sum are more purchases, or a correction; anything else is a question."""
    promotion = turn.promotion
    if promotion is None or not ladder(promotion):
        return rules.ask(turn)
    draft = kept(turn, promotion, "draft") or kept(turn, promotion, "purchases")
    heard = hear(turn.slots(draft=as_rows(draft)))
    more = any(each.purchase and not each.undated for each in read_text(turn, promotion, turn.incoming.text))
    if not (more or (heard.told and heard.draft != list(draft))):
        return rules.ask(turn)
    return _taken(turn, promotion, heard)


def counted(turn: Turn) -> Outcome:
    """After purchases were told and counted at once: a yes keeps them, more of them are counted with them."""
    promotion = turn.promotion
    if promotion is None or not ladder(promotion):
        return rules.ask(turn)
    draft = kept(turn, promotion, "draft")
    if side(turn, draft):
        return edit(turn, ("keep",))
    heard = hear(turn)
    if heard.whole and heard.draft != list(draft) and len(heard.draft) <= KEPT:
        return _tell(heard.kept(turn), promotion, heard.draft, shown=True)
    return told(turn)


def awaits(turn: Turn) -> Awaited | None:
    """Purchases, where they are being written down; and what goes on from a result that stands."""
    promotion, step = turn.promotion, turn.conversation.step
    if promotion is None or ladder(promotion) is None:
        return None
    answered = answers(turn) or follow_up(turn) is not None
    return Awaited(answered, show) if answered or step == "purchases" else None


SCENE = Scene(
    "chances",
    steps={"purchases": typed, "told": told, "counted": counted},
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
