"""A one-time link moves a claim to another talk once, for a day; nobody else's message does."""

from __future__ import annotations

import secrets
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from dialogs.masking import mask_secrets
from dialogs.messages import Incoming
from domain.claims.effects import ClaimLinked, ClaimLinkMade
from domain.claims.links import LIVES, link_in, link_token
from domain.spoken.cleaning import clean
from storage.claims.in_turn import keep_claims, load_claims
from storage.claims.keeping import milliseconds
from storage.claims.tables import claims
from storage.sealing import Seal
from tests.storage.claims.test_keeping import NOON, TALK, begun, engine, seal

__all__ = ["engine", "seal"]
OTHER = b"w" * 16
AT = milliseconds(NOON)


def message(text: str) -> Incoming:
    return Incoming("1", "whatsapp", "a", NOON, "text", text)


def test_it_goes_through_a_message_as_it_is() -> None:
    for _ in range(300):
        token = link_token(secrets.token_urlsafe(16))
        for text in (f"claim-{token}", f"Сәлем! claim-{token} .", f"/start claim-{token}"):
            assert link_in(mask_secrets(clean(text))) == token
    assert link_in("claim-1234") is None
    assert link_in("claim-" + "q" * 40) is None
    with pytest.raises(ValueError, match="128 bits"):
        link_token("short")


def test_a_link_moves_the_claim_once_and_within_a_day(engine: Engine, seal: Seal) -> None:
    tokens = [link_token(secrets.token_urlsafe(16)) for _ in range(2)]

    def leads(connection, token: str, at: int = AT) -> str | None:  # type: ignore[no-untyped-def]
        found = load_claims(connection, seal, OTHER, message(f"claim-{token}"), None, None, at).linked
        return found.id if found is not None else None

    with engine.begin() as connection:
        id = begun(connection, seal).claim.id
        for token in tokens:
            keep_claims(connection, seal, TALK, message(""), (ClaimLinkMade(id, token),), AT, None)
        assert leads(connection, tokens[0]) is None  # the second link ended the first
        assert leads(connection, tokens[1]) == id
        assert leads(connection, tokens[1], AT + int(LIVES.total_seconds() * 1000)) is None
        led = select(claims.c.conversation)
        keep_claims(connection, seal, OTHER, message(""), (ClaimLinked(id),), AT, None)
        keep_claims(connection, seal, OTHER, message(""), (ClaimLinked(id, tokens[0]),), AT, None)
        assert connection.execute(led).scalar_one() == TALK
        keep_claims(connection, seal, OTHER, message(""), (ClaimLinked(id, tokens[1]),), AT, None)
        assert connection.execute(led).scalar_one() == OTHER
        keep_claims(connection, seal, TALK, message(""), (ClaimLinked(id, tokens[1]),), AT + 1, None)
        assert connection.execute(led).scalar_one() == OTHER
        assert leads(connection, tokens[1]) is None
        later = milliseconds(NOON + timedelta(days=7, hours=1))
        assert load_claims(connection, seal, OTHER, message(""), None, None, later).due  # same case, same clock
