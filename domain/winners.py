"""Criteria about a winner: a masked number in a published list, and the prize on the Organizer's server.

Not here: matching a mask (see participants.py).
"""

from __future__ import annotations

from domain.criteria import Case, Check, Criterion, met, missing, not_met
from domain.facts import key
from domain.participants import fits_mask
from domain.promotion import Prize, Promotion

CONFIRMATION = "organizer_confirmation"


def mask(criterion: Criterion, case: Case) -> Check:
    """The person's number against a published mask. A fitting mask never makes a winner: the Organizer confirms (5.6).

    The mask may stand in the results or, by `source`, in the list of participants; the clause follows.
    """
    facts = case.facts
    source = facts.word("source") or ""
    results = any(part in source for part in map(key, criterion.params["results"]))
    listed = not results and any(part in source for part in map(key, criterion.params["participants"]))
    clause: str = criterion.params["list_clause"] if listed else criterion.params["results_clause"]
    published, own = facts.values.get("published_mask"), facts.values.get("own_number")
    if published and own and not fits_mask(str(published), str(own)):
        return Check("not met", (clause,))
    confirmed = facts.flag(CONFIRMATION)
    if confirmed is None:
        return Check("missing", (clause, *criterion.clauses), (CONFIRMATION,))
    return Check("met" if confirmed else "not met", (clause, *criterion.clauses))


def prize_meant(text: str, promotion: Promotion) -> Prize | None:
    """The prize of the rules that a text names, by the words of its name or by the sum of a bonus credit."""
    words = key(text)
    if "bonus" in words or "бонус" in words:
        sums = "".join(letter if letter.isdigit() or letter.isspace() else "|" for letter in text)
        numbers = {part.replace(" ", "") for part in sums.replace("\u00a0", " ").split("|")}
        return next(
            (prize for prize in promotion.prizes if prize.kind == "bonus" and str(prize.value_kzt) in numbers), None
        )
    best: tuple[float, Prize] | None = None
    for prize in promotion.prizes:
        for name in (prize.name.ru, prize.name.kk):
            parts = [key(part) for part in name.split() if len(part) > 2]
            share = sum(part in words for part in parts) / len(parts) if prize.kind != "bonus" else 0.0
            if share >= 0.5 and (best is None or share > best[0]):
                best = (share, prize)
    return best[1] if best else None


def server_prize(criterion: Criterion, case: Case) -> Check:
    """The prize asked for, or shown on the screen, is the one that the server recorded: that one is correct (4.2).

    With `confirm`, the server's record is the Organizer's confirmation that is missing without it.
    """
    facts = case.facts
    record = facts.values.get("server_record") if facts.known("server_record") else None
    shown = next((str(facts.values[name]) for name in ("prize_asked", "screen_shows") if facts.known(name)), None)
    if record is None:
        confirmed = facts.flag(CONFIRMATION)
        if not criterion.params.get("confirm"):
            return Check("met", ())
        if confirmed is None:
            return missing(criterion, CONFIRMATION)
        return met(criterion) if confirmed else not_met(criterion)
    if key(record) in ("no", "none", "noprize", "nothing"):
        return not_met(criterion)
    if shown is None:
        return met(criterion)
    same = key(shown) == key(record)
    if not same:
        meant = prize_meant(shown, case.promotion)
        same = meant is not None and meant == prize_meant(str(record), case.promotion)
    return met(criterion) if same else not_met(criterion)
