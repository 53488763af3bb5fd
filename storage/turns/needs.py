"""What a scene needs loaded before a turn is taken: what lists say of the person, what the person has won.

Not here: which scene needs what (see `Turns.needs`).
"""

from __future__ import annotations

from msgspec.structs import replace
from sqlalchemy import Connection

from dialogs.conversation import Conversation
from domain.claims.links import link_in
from storage.claims.in_turn import load_claims
from storage.lists.dossiers import load_dossier, vouched_phone
from storage.sealing import Seal
from storage.turns.types import Arrival, Turns


def with_needs(
    connection: Connection, seal: Seal, turns: Turns, arrival: Arrival, state: Conversation | None
) -> Arrival:
    """The arrival with what the scene needs that will answer it, also for the first words of a talk. Raises SealBroken."""
    if state is None:
        if link_in(arrival.incoming.text) is not None:
            won = load_claims(connection, seal, arrival.key, arrival.incoming, None, None, arrival.received_at)
            return replace(arrival, claims=won)
        state = Conversation("", arrival.incoming.channel, arrival.incoming.address)
    needs = turns.needs(arrival, state)
    if not needs:
        return arrival
    incoming, phone = arrival.incoming, vouched_phone(arrival.incoming, state)
    if phone is not None and "lists" in needs:
        arrival = replace(arrival, dossier=load_dossier(connection, seal, state.promotion, phone))
    if "claims" in needs:
        won = load_claims(connection, seal, arrival.key, incoming, state, phone, arrival.received_at)
        arrival = replace(arrival, claims=won)
    return arrival
