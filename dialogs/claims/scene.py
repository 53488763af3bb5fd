"""I have won: the way into a claim from the menu, from own words, from a shared phone, and its buttons.

Not here: showing a claim (see telling.py), acting on it (acting.py), a win that only the person tells of (reporting.py).
"""

from __future__ import annotations

from dialogs import citing
from dialogs.claims import acting, genuine, reporting, taxing
from dialogs.claims.finding import chosen, linked, own_claims
from dialogs.claims.telling import show_claim
from dialogs.menu import MENU, out_of_date
from dialogs.messages import Option, Outgoing, say
from dialogs.turn import Entry, Outcome, Scene, Turn
from domain.promotion import Promotion
from domain.spoken.winning import Won, read_winning


def show(turn: Turn) -> Outcome:
    """The person's claim; of several the list; of none what counts and how to be found."""
    contact = turn.incoming.contact
    if contact is not None and contact.own:
        turn = turn.with_(phone=contact.phone)
    turn = turn.slots(refusing=None)
    found = chosen(turn)
    if found is not None:
        return linked(turn, show_claim(turn, *found))
    own = own_claims(turn)
    return _pick(turn) if own else reporting.nothing_known(turn)


def _pick(turn: Turn) -> Outcome:
    own = own_claims(turn)[:9]
    lines = [
        say("claim.of_several", number=at, promotion=promotion.name, state=say(f"claim.state_{claim.state}"))
        for at, (claim, promotion) in enumerate(own, 1)
    ]
    options = [
        Option(f"won.pick.{claim.id[:16]}", say("button.claim_step", number=at)) for at, (claim, _) in enumerate(own, 1)
    ]
    return linked(turn, turn.done(Outgoing((say("claim.which_claim"), citing.lines(lines)), (*options, MENU))))


def said(turn: Turn, meant: Won) -> Outcome:
    """In own words: a win is told of, given up, or not given up."""
    found = chosen(turn)
    if meant == "won":
        named = turn.library.named(turn.incoming.text)
        if found is None and not own_claims(turn):
            turn = turn.with_(promotion=named) if named is not None else turn
            return reporting.report(turn, turn.incoming.text)
        return show(turn)
    if meant == "keep":
        turn = turn.slots(refusing=None)
        return linked(turn, show_claim(turn, *found, say("claim.kept"))) if found else show(turn)
    return acting.ask_refusal(turn, *found) if found else show(turn)


def meant(turn: Turn) -> Won | None:
    """Whether a text is about a win of one's own; a denial of giving up counts only where a claim is known."""
    won = read_winning(turn.incoming.text)
    return won if won in ("won", None) or own_claims(turn) else None


def tap(turn: Turn, words: tuple[str, ...]) -> Outcome:
    match words:
        case ("in", slug) if slug in turn.library.promotions:
            story = turn.conversation.slots.get("won_story")
            turn = turn.with_(promotion=slug)
            return reporting.report(turn, story) if isinstance(story, str) and story else show(turn)
        case ("tell",):
            return reporting.report(turn, "") if not own_claims(turn) else show(turn)
        case ("phone",):
            return _ask_phone(turn)
        case ("tax",) if (found := chosen(turn)) is not None:
            return taxing.show_tax(turn, *found)
        case ("pick", beginning):
            found = next(
                (pair for pair in own_claims(turn) if pair[0].id.startswith(beginning) and len(beginning) == 16), None
            )
            return linked(turn, show_claim(turn, *found)) if found is not None else out_of_date(turn)
    return acting.tap(turn, words)


def _ask_phone(turn: Turn) -> Outcome:
    """Which list has the number; the channel vouches for it, and it is kept only until the person is forgotten."""
    if not turn.channel_verifies_phone:
        return turn.done(Outgoing((say("listed.cannot_verify"),), (MENU,)))
    turn = turn.at("claims", "contact")
    return turn.done(Outgoing((say("claim.phone"),), (Option("share", say("button.share")),), ask_contact=True))


def shared(turn: Turn) -> Outcome:
    """A contact card that this scene asked for; somebody else's proves nothing."""
    contact = turn.incoming.contact
    if contact is None or not contact.own:
        return turn.done(Outgoing((say("receive.contact_other"), say("claim.phone")), (MENU,)))
    turn = turn.at("rules", "ask")
    before = reporting.reported_before(turn)
    if before is not None and turn.claims.found:
        turn = turn.slots(claim=turn.claims.found[0].id)  # what the list says comes before what was told
    return show(turn)


def typed(turn: Turn) -> Outcome:
    """Where a contact is awaited a typed number could be anybody's."""
    return turn.at("rules", "ask").done(Outgoing((say("listed.typed"),), (Option("claim", say("button.claim")), MENU)))


def has_plan(turn: Turn) -> bool:
    promotion: Promotion | None = turn.promotion
    return promotion is not None and promotion.claim is not None


SCENE = Scene(
    "claims",
    steps={"contact": typed},
    options={"won": tap},
    plain={"claim": show, "genuine": genuine.show},
    needs=("claims",),
    entries=(
        Entry(
            "claim",
            say("button.claim"),
            say("hint.claim"),
            words="мой выигрыш, мой приз, я выиграл, я выиграла, менің ұтысым, ұтысым, менің жүлдем, жүлдем, мен ұттым, claim",
            command="claim",
            rank=55,
            shown=has_plan,
        ),
    ),
)
