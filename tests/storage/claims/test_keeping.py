"""A claim is kept whole and sealed, on both databases: acted on once, reminded of once, forgotten with its key."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine, select

from domain.claims import by_agent, by_winner
from domain.claims.acts import Acting, ClaimActed, begin
from domain.claims.reminders import settle
from domain.claims.states import ClaimRefusal, ClaimState
from storage.claims.acting import ActOutcome, ClaimMoved, act, replan
from storage.claims.contacts import close_contacts, note_contact
from storage.claims.finding import by_beginning, claims_of, led_in
from storage.claims.keeping import KeptClaim, bytes_of, create, history_of, link, load, milliseconds
from storage.claims.reminders import (
    any_waiting,
    give_to_persons,
    news_told,
    plan_reminders,
    settle_reminders,
    talks_due,
)
from storage.claims.retention import sweep_claims
from storage.claims.tables import PARTS, Waits, claim_contacts, claim_reminders, claim_tasks, claims
from storage.database import connect, prepare
from storage.keys.owners import ensure_key
from storage.rotation import Rotation
from storage.sealing import Seal
from storage.tables import Sending, conversations, outbox
from storage.talks.purging import sweep_talks
from storage.turns.rows import erase_conversations
from tests.domain.given import PROMOTIONS, SERIKTES
from tests.storage.store import KEY

NOON = datetime(2024, 2, 20, 7, tzinfo=UTC)
TALK = b"t" * 16
WHO = {"phone": "77010000001", "bin": "123456789012", "protocol": "KZ-2024/07", "name": "Айгүл Серікқызы"}


@pytest.fixture
def engine(database: str, seal: Seal) -> Iterator[Engine]:
    engine = connect(database)
    prepare(engine, seal)
    yield engine
    engine.dispose()


@pytest.fixture
def seal() -> Seal:
    return Seal(KEY)


def begun(connection: Connection, seal: Seal, talk: bytes | None = TALK, state: ClaimState = "confirmed") -> KeptClaim:
    acting = Acting("winner" if state == "reported" else "import", NOON, "winners.csv")
    made = begin(uuid.uuid4().hex, SERIKTES, state, acting, events={"drawn_at": date(2024, 2, 20)})
    assert isinstance(made, ClaimActed)
    kept = create(connection, seal, made.claim, made.transitions, WHO, talk)
    replan(connection, kept, SERIKTES, NOON)
    return kept


def kept(outcome: ActOutcome) -> KeptClaim:
    assert isinstance(outcome, KeptClaim), outcome
    return outcome


def test_what_was_kept_comes_back_as_it_was(engine: Engine, seal: Seal) -> None:
    with engine.begin() as connection:
        first = begun(connection, seal)
        said = kept(
            act(
                connection,
                seal,
                first.claim.id,
                SERIKTES,
                lambda c: by_winner.say_done(c, SERIKTES, "register", NOON),
                NOON,
            )
        )
    with engine.begin() as connection:
        found = load(connection, seal, first.claim.id)
        assert found is not None
        assert found.claim == said.claim
        assert found.claim.state == "collecting"
        assert found.body.who["name"] == WHO["name"]
        assert [(row.source, row.target, row.by) for row in history_of(connection, found)] == [
            (None, "confirmed", "winners.csv"),
            ("confirmed", "collecting", ""),
        ]
        assert [each.claim.id for each in led_in(connection, seal, TALK)] == [first.claim.id]
        assert by_beginning(connection, seal, first.claim.id[:8])[0].claim.id == first.claim.id
        assert by_beginning(connection, seal, "%") == ()


def test_an_act_done_twice_or_on_an_old_version_changes_nothing(engine: Engine, seal: Seal) -> None:
    agent = Acting("agent", NOON, "Aigerim")
    with engine.begin() as connection:
        id = begun(connection, seal).claim.id
        lose = lambda c: by_agent.lose(c, SERIKTES, agent, "не вышел на связь", "12")  # noqa: E731
        once = kept(act(connection, seal, id, SERIKTES, lose, NOON, seen=0))
        again = kept(act(connection, seal, id, SERIKTES, lose, NOON))
        assert again.claim == once.claim
        assert len(history_of(connection, again)) == 2
        old = act(
            connection,
            seal,
            id,
            SERIKTES,
            lambda c: by_agent.reopen(c, replace(agent, actor="supervisor"), "w"),
            NOON,
            seen=0,
        )
        assert isinstance(old, ClaimMoved)
        refused = act(connection, seal, id, SERIKTES, lambda c: by_agent.approve(c, SERIKTES, agent), NOON)
        assert isinstance(refused, ClaimRefusal)
        assert any_waiting(connection, milliseconds(NOON))
        assert talks_due(connection, milliseconds(NOON)) == [TALK]
        assert not any_waiting(connection, milliseconds(NOON) - 1)


def test_nothing_personal_lies_open(engine: Engine, seal: Seal) -> None:
    with engine.begin() as connection:
        first = begun(connection, seal)
        agent = Acting("agent", NOON, "Жұмабек Тасболатов")
        act(connection, seal, first.claim.id, SERIKTES, lambda c: by_agent.mark_done(c, SERIKTES, "tell", agent), NOON)
        note_contact(connection, first, NOON, "call", "call", status="no_answer", by=agent.by, note="секретарь Гүлнар")
        rows = [tuple(row) for table in (claims, *PARTS) for row in connection.execute(select(table))]
    lying = b"".join(
        value if isinstance(value, bytes) else str(value).encode() for row in rows for value in row if value is not None
    )
    for word in (*WHO.values(), agent.by, "Гүлнар", "winners.csv"):
        assert len(word) < 4 or word.encode() not in lying


def test_a_person_is_found_by_a_vouched_phone_or_by_a_number_with_the_protocol(engine: Engine, seal: Seal) -> None:
    now = milliseconds(NOON)
    with engine.begin() as connection:
        begun(connection, seal, talk=None)
        assert len(claims_of(connection, seal, TALK, now, phone="+7 701 000-00-01").found) == 1
        assert (
            len(claims_of(connection, seal, TALK, now, numbers=["123456789012"], protocols=["kz 2024/07"]).found) == 1
        )
        for given in (
            {"numbers": ["123456789012"]},
            {"protocols": ["KZ-2024/07"]},
            {"numbers": ["77010000001"], "protocols": ["KZ-2024/07"]},
        ):
            assert claims_of(connection, seal, TALK, now, **given).found == ()  # type: ignore[arg-type]
        led = begun(connection, seal, talk=b"o" * 16)
        assert claims_of(connection, seal, TALK, now, phone="87010000001").elsewhere == 1
        link(connection, led, TALK)
        assert claims_of(connection, seal, TALK, now).claims == (led.claim,)


def test_a_reminder_is_said_once_whoever_looks_and_a_ladder_may_be_planned_again(engine: Engine, seal: Seal) -> None:
    later = NOON + timedelta(days=7, hours=1)
    with engine.begin() as connection:
        first = begun(connection, seal)
        replan(connection, first, SERIKTES, NOON)
        assert talks_due(connection, milliseconds(NOON)) == [TALK]
        person = claims_of(connection, seal, TALK, milliseconds(later))
        assert {news.transition.target for news in person.news} == {"confirmed"}
        news_told(connection, person.news)
        settled = settle(person.due, {first.claim.id: first.claim}, PROMOTIONS, later, SERIKTES.zone, person.told_at)
        assert ("in-touch", "days_left_3") in {(each.step, each.rung) for each in settled.say}
        settle_reminders(connection, settled, later, person.due)
        again = claims_of(connection, seal, TALK, milliseconds(later))
        assert (again.due, again.news, again.told_at) == ((), (), later)
        assert talks_due(connection, milliseconds(later)) == []
        replan(connection, first, SERIKTES, later)
        assert claims_of(connection, seal, TALK, milliseconds(later)).due == ()
        ends = connection.execute(select(claim_reminders.c.status, claim_reminders.c.reason)).all()
        assert {(Waits.SAID, ""), (Waits.DROPPED, "newer"), (Waits.WAITING, "")} == {(row[0], row[1]) for row in ends}


def test_by_night_it_is_looked_at_again_in_the_morning(engine: Engine, seal: Seal) -> None:
    night = datetime(2024, 2, 20, 17, tzinfo=UTC)  # 23:00 in Almaty
    with engine.begin() as connection:
        first = begun(connection, seal)
        person = claims_of(connection, seal, TALK, milliseconds(night))
        news_told(connection, person.news)
        settled = settle(person.due, {first.claim.id: first.claim}, PROMOTIONS, night, SERIKTES.zone)
        settle_reminders(connection, settled, night, person.due)
        assert talks_due(connection, milliseconds(night)) == []
        assert talks_due(connection, milliseconds(datetime(2024, 2, 21, 4, tzinfo=UTC))) == [TALK]


def test_of_a_winner_whom_no_talk_knows_calling_is_a_persons_task(engine: Engine, seal: Seal) -> None:
    with engine.begin() as connection:
        begun(connection, seal, talk=None)
        assert give_to_persons(connection, milliseconds(NOON)) == 1
        assert give_to_persons(connection, milliseconds(NOON)) == 0
        assert [row.what for row in connection.execute(select(claim_tasks))] == ["call"]


def test_a_changed_term_moves_what_still_waits(engine: Engine, seal: Seal) -> None:
    with engine.begin() as connection:
        first = begun(connection, seal)
        moved = replace(first.claim, events={**first.claim.events, "drawn_at": date(2024, 2, 22)})
        replan(connection, replace(first, claim=moved), SERIKTES, NOON)
        table = claim_reminders
        last = connection.execute(select(table.c.last_day).where(table.c.rung == "last_morning")).scalars().all()
        assert last == ["2024-03-03"]
        plan_reminders(connection, first.claim.id, ())
        assert connection.execute(select(table)).all() == []


def test_who_is_forgotten_leaves_no_row_and_what_is_closed_goes_after_its_days(engine: Engine, seal: Seal) -> None:
    agent = Acting("agent", NOON, "Aigerim")
    with engine.begin() as connection:
        begun(connection, seal)
        erase_conversations(connection, seal, [TALK])
        assert [row for table in (claims, *PARTS) for row in connection.execute(select(table))] == []
        open_one, closed = begun(connection, seal), begun(connection, seal)
        act(connection, seal, closed.claim.id, SERIKTES, lambda c: by_agent.cancel(c, SERIKTES, agent, "w", "7"), NOON)
        assert sweep_claims(connection, milliseconds(NOON)) is None
        assert load(connection, seal, closed.claim.id) is not None
        sweep_claims(connection, milliseconds(NOON + timedelta(days=90)))
        assert load(connection, seal, closed.claim.id) is None
        assert load(connection, seal, open_one.claim.id) is not None
        assert (
            connection.execute(select(claim_contacts).where(claim_contacts.c.claim == bytes_of(closed.claim.id))).all()
            == []
        )


def test_it_opens_under_a_new_master_key_once_its_own_key_was_wrapped_anew(engine: Engine, seal: Seal) -> None:
    new = os.urandom(32)
    with engine.begin() as connection:
        first = begun(connection, seal)
    both = Seal(new, KEY)
    both.look_up_by(seal.lookup_key)
    rotation = Rotation(engine, both)
    rotation.begin()
    assert rotation.walk() >= 1
    with engine.begin() as connection:
        found = load(connection, Seal(new), first.claim.id)
        assert found is not None
        assert found.claim == first.claim


@pytest.mark.parametrize(
    ("channel", "status", "delivery", "word", "tasks"),
    [
        ("whatsapp", Sending.SENT, 5, "read", []),
        ("whatsapp", Sending.SENT, 6, "failed", ["call"]),
        ("whatsapp", Sending.SENT, 3, "", []),
        ("telegram", Sending.SENT, None, "sent", []),
        ("telegram", Sending.REFUSED, None, "refused", ["call"]),
        ("telegram", Sending.QUEUED, None, "", []),
    ],
)
def test_an_attempt_keeps_the_providers_last_word_and_one_that_did_not_arrive_is_a_persons_task(
    engine: Engine, seal: Seal, channel: str, status: Sending, delivery: int | None, word: str, tasks: list[str]
) -> None:
    at = milliseconds(NOON)
    with engine.begin() as connection:
        first = begun(connection, seal)
        row = {"conversation": TALK, "seq": 7, "channel": channel, "attempts": 1, "owner": 1, "created_at": at}
        row |= {"status": int(status), "delivery": delivery, "payload": b"", "wipe": 0}
        connection.execute(outbox.insert().values(row))
        note_contact(connection, first, NOON, channel, "message", 7)
        for _ in range(2):
            close_contacts(connection, at)
        connection.execute(outbox.delete())
        assert list(connection.execute(select(claim_contacts.c.status)).scalars()) == [word]
        assert list(connection.execute(select(claim_tasks.c.what)).scalars()) == tasks


def test_a_talk_in_which_an_open_claim_is_led_is_not_purged_for_silence(engine: Engine, seal: Seal) -> None:
    later = milliseconds(NOON + timedelta(days=400))
    agent = Acting("agent", NOON, "Aigerim")
    with engine.begin() as connection:
        for talk in (TALK, b"s" * 16):
            ensure_key(connection, seal, talk, "telegram", milliseconds(NOON))
        first = begun(connection, seal)
        sweep_talks(connection, seal, later)
        assert list(connection.execute(select(conversations.c.key)).scalars()) == [TALK]
        act(connection, seal, first.claim.id, SERIKTES, lambda c: by_agent.cancel(c, SERIKTES, agent, "w", "7"), NOON)
        sweep_talks(connection, seal, later)
        assert connection.execute(select(conversations)).all() == []
        assert connection.execute(select(claims)).all() == []
