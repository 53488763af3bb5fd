"""Am I on the list: what the organiser's lists say of the phone that the channel vouches for.

Not here: reading lists (see the storage). What was only typed matches nobody; a mask that fits is never told as a win; where the list
and the person disagree both are shown and nothing is decided.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, cast

from dialogs import citing, opening
from dialogs.chances import telling as progress
from dialogs.conversation import Json
from dialogs.eligibility import reading as asking
from dialogs.menu import MENU, PERSON
from dialogs.messages import Money, Option, Outgoing, Phrase, say
from dialogs.purchases import kept, ladder
from dialogs.turn import Audited, Entry, Outcome, Scene, Turn, with_promotion
from domain.chances import Purchase, accrue
from domain.facts import day_of, read_when
from domain.lists import Dossier, ListedPerson
from domain.participants import fits_mask, numbers_behind
from domain.promotion import Promotion

_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT")


def show(turn: Turn) -> Outcome:
    promotion = turn.promotion
    if promotion is None:
        return opening.choose_promotion(turn)
    contact = turn.incoming.contact
    if contact is not None and contact.own:
        turn = turn.with_(phone=contact.phone)
    if turn.conversation.phone is None:
        return _ask(turn)
    effect = (Audited("list_shown", promotion.slug),)
    return _tell(turn.at("rules", "ask"), promotion, turn.dossier, effect)


def _ask(turn: Turn, *before: Phrase) -> Outcome:
    """The phone, where the channel can vouch for it; elsewhere the honest word that we cannot know whose number it is."""
    if not turn.channel_verifies_phone:
        return turn.done(Outgoing((*before, say("listed.cannot_verify")), (PERSON, MENU)))
    return turn.at("listed", "contact").done(
        Outgoing((*before, say("listed.ask")), (Option("share", say("button.share")),), ask_contact=True)
    )


def shared(turn: Turn) -> Outcome:
    """A contact card in this scene; somebody else's proves nothing."""
    contact = turn.incoming.contact
    if contact is None or not contact.own:
        return _ask(turn, say("receive.contact_other"))
    return show(turn)


def typed(turn: Turn) -> Outcome:
    """A number that is only typed could be anybody's."""
    return turn.at("rules", "ask").done(
        Outgoing((say("listed.typed"),), (Option("listed", say("button.listed")), PERSON, MENU))
    )


def unshared(turn: Turn) -> Outcome:
    """The button was tapped where it sends nothing, as in the browser, or its words were typed."""
    return turn.at("rules", "ask").done(Outgoing((say("listed.unshared"),), (PERSON, MENU)))


def _tell(turn: Turn, promotion: Promotion, dossier: Dossier, effects: tuple[Audited, ...]) -> Outcome:
    won = _won(turn, promotion)
    lead = (
        (Option("claim", say("button.claim")),)
        if any(part.key in ("listed.won", "listed.reserve") for part in won)
        else ()
    )
    if dossier.empty and won and won[0].key != "listed.no_winners":
        return turn.done(Outgoing(tuple(won), (*lead, PERSON, MENU)), effects=effects)
    if dossier.empty:
        parts: list[Phrase] = [say("listed.nothing", promotion=promotion.name)]
        return turn.done(Outgoing(tuple(parts), (PERSON, MENU)), effects=effects)
    parts = [say("listed.head", promotion=promotion.name)]
    parts += _person(turn, promotion, dossier)
    if dossier.purchases and ladder(promotion):
        parts += [say("listed.purchases", count=len(dossier.purchases))]
        parts += _other_purchases(turn, promotion, dossier.purchases)
        parts += progress.parts(promotion, accrue(promotion, dossier.purchases, turn.now), turn.now)
    parts += _masks(str(turn.conversation.phone), dossier)
    parts += [_odds(promotion, period, size) for period, size in dossier.sizes.items()]
    parts += won
    options = (*lead, Option("check", say("button.eligible")), PERSON, MENU)
    return turn.done(Outgoing(tuple(parts), options), effects=effects)


def _won(turn: Turn, promotion: Promotion) -> list[Phrase]:
    """Whether the person is among the winners, as far as a list of winners says; and where the rules say results appear."""
    if promotion.claim is None:
        return []
    own = [each for each in (*turn.claims.claims, *turn.claims.found) if each.promotion == promotion.slug]
    if any(each.running for each in own):
        return [say("listed.won")]
    if any(each.state == "standby" for each in own):
        return [say("listed.reserve")]
    tell = promotion.claim.step("tell")
    found = say("listed.not_won" if turn.claims.list_here and not turn.claims.elsewhere else "listed.no_winners")
    results = [say("listed.results", do=citing.bare(tell.do), place=citing.cite_all(tell.clauses))] if tell else []
    return [found, *results]


def _person(turn: Turn, promotion: Promotion, dossier: Dossier) -> list[Phrase]:
    person = dossier.person
    if person is None:
        return [say("listed.not_there")]
    said = [say("listed.there", day=promotion.day(person.imported_at))]
    if person.periods:
        said.append(say("listed.periods", periods=_joined([citing.month(period) for period in person.periods])))
    words = promotion.wording.facts
    known = [(name, value) for name, value in _facts(promotion, person) if name in words]
    if known:
        rows = [
            say(
                "check.given",
                question=asking.short(words[name].ask),
                answer=asking.shown(promotion, name, value),
            )
            for name, value in known
        ]
        said.append(citing.lines(rows))
    said += _contradictions(turn, promotion, known)
    return said


def _facts(promotion: Promotion, person: ListedPerson) -> list[tuple[str, Json]]:
    """What a list says of a person, days as days; each connection by itself, as there may be several."""
    found: list[tuple[str, Json]] = []
    for name, value in person.facts.items():
        rows = value if name == "connections" and isinstance(value, (list, tuple)) else [{name: value}]
        for row in rows:
            told = [("connected_at" if inner == "at" else inner, _day(each, promotion)) for inner, each in row.items()]
            found += [(inner, cast(Json, each)) for inner, each in told if isinstance(each, (str, int, bool))]
    return list(dict.fromkeys(found))


def _day(value: object, promotion: Promotion) -> object:
    """The local day of a moment, anything else as it is."""
    try:
        return (
            day_of(read_when(value, promotion.zone), promotion.zone).isoformat() if _MOMENT.match(str(value)) else value
        )
    except ValueError:
        return value


def _contradictions(turn: Turn, promotion: Promotion, listed: Sequence[tuple[str, Json]]) -> list[Phrase]:
    """Where the person told us otherwise: both are shown, nothing is decided."""
    check = turn.conversation.slots.get("check")
    told = (
        cast(Mapping[str, Json], check.get("facts") or {})
        if isinstance(check, dict) and check.get("promotion") == promotion.slug
        else {}
    )
    agreed = {name for name, value in listed if str(told.get(name)) == str(value)}
    rows = [
        say(
            "listed.differs",
            question=asking.short(promotion.wording.facts[name].ask),
            told=asking.shown(promotion, name, told[name]),
            listed=asking.shown(promotion, name, value),
        )
        for name, value in listed
        if told.get(name) is not None and name not in agreed
    ]
    return [say("listed.contradiction"), citing.lines(rows)] if rows else []


def _other_purchases(turn: Turn, promotion: Promotion, listed: Sequence[Purchase]) -> list[Phrase]:
    """Where the person wrote down other purchases than the list has: both, counted and summed, and nothing is decided."""
    told = kept(turn, promotion, "purchases")
    if not told or _gist(told, promotion) == _gist(listed, promotion):
        return []
    row = say(
        "listed.differs_purchases",
        told=len(told),
        told_sum=Money(sum(each.amount_kzt for each in told)),
        listed=len(listed),
        listed_sum=Money(sum(each.amount_kzt for each in listed)),
    )
    return [say("listed.contradiction"), row]


def _gist(purchases: Sequence[Purchase], promotion: Promotion) -> Counter[tuple[date, int]]:
    """Days and sums: a person rarely knows the second."""
    return Counter((day_of(each.at, promotion.zone), each.amount_kzt) for each in purchases)


def _masks(phone: str, dossier: Dossier) -> list[Phrase]:
    """A mask that fits is no win: many numbers fit it, and the organiser notifies by himself."""
    fitting = [mask for mask in dossier.masks if fits_mask(mask.mask, phone)]
    if not fitting:
        return [say("listed.no_mask")] if dossier.published else []
    return [say(f"listed.mask_{mask.list}", mask=mask.mask, fits=numbers_behind(mask.mask)) for mask in fitting[:3]]


def _odds(promotion: Promotion, period: str, size: int) -> Phrase:
    """How many share a draw with the person; one in so many only where the rules give each draw one prize."""
    prizes = promotion.prizes
    if len(prizes) == 1 and promotion.draws and prizes[0].quantity == len(promotion.draws):
        return say("listed.odds", month=citing.month(period), count=size, place=citing.cite(prizes[0].clause))
    return say("listed.size", month=citing.month(period), count=size)


def _joined(phrases: list[Phrase]) -> Phrase:
    joined = phrases[-1]
    for phrase in reversed(phrases[:-1]):
        joined = say("places", first=phrase, rest=joined)
    return joined


SCENE = Scene(
    "listed",
    steps={"contact": typed},
    options={},
    plain={"listed": show, "share": unshared},
    needs=("lists", "claims"),
    entries=(
        Entry(
            "listed",
            say("button.listed"),
            say("hint.listed"),
            words="список, в списке, есть ли я в списке, тізім, тізімде бармын ба, мен тізімде бармын ба, /list, list",
            rank=50,
            shown=with_promotion,
        ),
    ),
)
