"""Loads what the organisers' lists hold for one verified phone, when a turn needs it.

Leaves each list to `importing.lookup`, and proving that the phone is the person's own to the channel.
"""

from __future__ import annotations

from sqlalchemy import Connection

from dialogs.conversation import Conversation
from dialogs.listed import requested_phone
from dialogs.messages import Incoming
from domain.lists import Dossier
from storage.lists.lookup import find_person, has_masks, masks, purchases_of, size_of
from storage.sealing import Seal

NOTHING = Dossier()


def load_dossier(connection: Connection, seal: Seal, incoming: Incoming, state: Conversation | None) -> Dossier:
    """Empty unless this event asks for the lists of a known promotion and the channel vouches for a phone."""
    if state is None or state.promotion is None:
        return NOTHING
    phone = requested_phone(incoming, state)
    if phone is None:
        return NOTHING
    person = find_person(connection, seal, state.promotion, phone)
    periods = person.periods if person else ()
    sizes = {period: size for period in periods if (size := size_of(connection, state.promotion, period))}
    return Dossier(
        person,
        purchases_of(connection, seal, state.promotion, phone=phone),
        masks(connection, state.promotion, phone=phone),
        sizes,
        has_masks(connection, state.promotion),
    )
