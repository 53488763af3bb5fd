"""Loads what the organisers' lists hold for one verified phone, when a turn needs it.

Not here: each list (see lookup.py); proving that the phone is the person's own (see the channel).
"""

from __future__ import annotations

from sqlalchemy import Connection

from dialogs.conversation import Conversation
from dialogs.messages import Incoming
from domain.lists import Dossier
from storage.lists.lookup import find_person, has_masks, masks, purchases_of, size_of
from storage.sealing import Seal

NOTHING = Dossier()


def vouched_phone(incoming: Incoming, state: Conversation) -> str | None:
    """The phone that the channel vouches for: of the contact that just came, else the one that came before."""
    own = incoming.contact.phone if incoming.contact is not None and incoming.contact.own else None
    return own or state.phone


def load_dossier(connection: Connection, seal: Seal, promotion: str | None, phone: str) -> Dossier:
    """Empty where no promotion is known."""
    if promotion is None:
        return NOTHING
    person = find_person(connection, seal, promotion, phone)
    periods = person.periods if person else ()
    sizes = {period: size for period in periods if (size := size_of(connection, promotion, period))}
    return Dossier(
        person,
        purchases_of(connection, seal, promotion, phone=phone),
        masks(connection, promotion, phone=phone),
        sizes,
        has_masks(connection, promotion),
    )
