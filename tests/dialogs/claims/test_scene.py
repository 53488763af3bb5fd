"""A winner in the chat: nothing is done twice, late, out of order or by a misread word, and nobody is told that they won by the bot."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from dialogs.claims.notice import notice_code
from dialogs.messages import SharedContact
from domain.claims.acts import Acting, ClaimActed, begin
from domain.claims.claim import Claim
from domain.claims.effects import ClaimBegun, ClaimChanged, ClaimLinked, ClaimNewsTold, ClaimReminded
from domain.claims.person import ClaimNews
from domain.claims.rungs import ladder
from domain.claims.states import Transition
from tests.dialogs.claims.winner import Winner
from tests.domain.given import CALENDAR, PROMOTIONS, SERIKTES

NOON = datetime(2024, 2, 20, 7, tzinfo=UTC)
SLUGS = sorted(PROMOTIONS)


def confirmed(slug: str = "seriktes", now: datetime = NOON) -> Claim:
    promotion = PROMOTIONS[slug]
    prize = next(each.id for each in promotion.prizes if each.kind != "bonus")
    plan = promotion.claim
    assert plan is not None
    acted = begin("a" * 32, promotion, "confirmed", Acting("import", now, "list"), prize, events={plan.draw_event: now})
    assert isinstance(acted, ClaimActed)
    return acted.claim


def winner(slug: str = "seriktes") -> Winner:
    return Winner(slug, confirmed(slug), now=NOON)


def agreed(slug: str = "seriktes") -> Winner:
    talk = winner(slug)
    talk.tap("claim")
    talk.press("won.consent")
    talk.press("won.yes")
    return talk


@pytest.mark.parametrize("slug", SLUGS)
def test_without_a_list_a_story_is_passed_on_once_and_never_confirmed(slug: str) -> None:
    talk = Winner(slug, now=NOON)
    talk.say("мен ұттым, не істеймін")
    assert [type(effect) for effect in talk.effects] == [ClaimBegun]
    assert talk.claim.state == "reported"
    assert "claim.passed_on" in talk.keys
    assert not {"claim.state_confirmed", "listed.won"} & set(talk.keys)
    assert {"claim.asked", "claim.by_rules"} <= set(talk.keys)
    talk.say("я выиграл!!!")
    assert not [effect for effect in talk.effects if isinstance(effect, ClaimBegun)]
    assert len(talk.won.claims) == 1
    assert "claim.state_reported" in talk.keys


def test_a_bonus_needs_no_claim() -> None:
    talk = Winner("january-surprise", now=NOON)
    talk.say("мне выпал приз бонус")
    assert talk.keys[0] == "claim.no_claim"
    assert not talk.effects


def test_without_a_promotion_it_is_asked_for_and_the_story_is_kept() -> None:
    talk = Winner("seriktes", now=NOON)
    talk.conversation = replace_promotion(talk)
    talk.say("где мой приз???")
    assert "claim.which" in talk.keys
    talk.press("won.in.kasipker")
    (begun,) = [effect for effect in talk.effects if isinstance(effect, ClaimBegun)]
    assert (begun.acted.claim.promotion, begun.story) == ("kasipker", "где мой приз???")


def replace_promotion(talk: Winner) -> object:
    from msgspec.structs import replace as replaced

    return replaced(talk.conversation, promotion=None)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_straight_way_leads_through_every_step_to_the_review(slug: str) -> None:
    talk = agreed(slug)
    assert talk.claim.state == "collecting"
    assert talk.won.consents[talk.claim.id]["text"]
    for _ in range(12):
        done = [id for id in talk.ids if id.startswith("won.done")]
        if not done:
            break
        talk.tap(done[0])
        assert talk.keys[0] == "claim.noted"
    talk.press("won.send")
    assert talk.claim.state == "review"
    assert {"claim.steps", "claim.organizer"} & set(talk.keys)


def test_a_tap_twice_or_of_an_old_screen_changes_nothing() -> None:
    talk = agreed()
    first = next(id for id in talk.ids if id.startswith("won.done"))
    talk.tap(first)
    version = talk.claim.version
    talk.tap(first)
    assert talk.claim.version == version
    assert talk.keys[0] == "claim.newer"
    for id in (
        "won.done.no-such.3",
        "won.nothing",
        "won.send.999",
        "won.done",
        "won.way.x.0",
        "won.pick.0",
        "won.step.x",
    ):
        talk.tap(id)
        assert not [effect for effect in talk.effects if isinstance(effect, ClaimChanged)]


def test_what_was_said_to_be_done_can_be_taken_back() -> None:
    talk = agreed()
    talk.press("won.done")
    assert [mark.kind for mark in talk.claim.marks.values()] == ["claimed"]
    talk.press("won.undo")
    assert not talk.claim.marks


def test_sending_with_open_steps_names_them_first() -> None:
    talk = agreed()
    talk.press("won.send")
    assert "claim.step_missing" in talk.keys
    assert talk.claim.state == "collecting"
    talk.press("won.sendasis")
    assert talk.claim.state == "review"


def test_refusing_is_asked_twice_and_its_denial_keeps_the_prize() -> None:
    talk = agreed("double-chance")
    talk.say("не отказываюсь от приза")
    assert talk.keys[0] == "claim.kept"
    talk.press("won.refuse")
    assert {"claim.refuse_sure", "claim.refusal_written"} <= set(talk.keys)
    yes = next(id for id in talk.ids if id.startswith("won.refuseyes"))
    talk.tap("claim")
    talk.tap(yes)
    assert talk.claim.state == "collecting"
    talk.tap(yes)
    assert talk.claim.state == "refused"
    assert "claim.state_refused" in talk.keys


def test_a_refusal_in_own_words_is_only_asked() -> None:
    talk = agreed()
    talk.say("отказываюсь от приза")
    assert "claim.refuse_sure" in talk.keys
    assert talk.claim.state == "collecting"


def test_another_way_is_chosen_and_left_again() -> None:
    talk = agreed()
    talk.press("won.ways")
    talk.press("won.way.by-hand")
    assert talk.claim.branches == {"by-hand"}
    assert "sign-by-hand" in [each.id for each in SERIKTES.claim.along(talk.claim.branches)]  # type: ignore[union-attr]
    talk.press("won.ways")
    talk.press("won.way.by-hand")
    assert not talk.claim.branches


def test_a_deadline_is_told_with_weekday_days_left_and_calendar() -> None:
    talk = agreed()
    due = talk.phrase("claim.due")
    assert due.params["day"] == date(2024, 3, 1)
    assert "claim.calendar" in talk.keys
    assert talk.phrase("claim.days_left").count == 10


def test_an_open_point_shows_the_earliest_day_and_why() -> None:
    talk = agreed("january-surprise")
    assert {"claim.due_certain", "claim.open"} <= set(talk.keys)


def test_no_consent_loses_nothing_but_is_kept() -> None:
    talk = winner()
    talk.tap("claim")
    talk.press("won.consent")
    assert "claim.consent_separate" in talk.keys
    talk.press("won.no")
    assert talk.won.consents[talk.claim.id]["given"] == "no"
    assert talk.claim.state == "collecting"
    assert any(id.startswith("won.done") for id in talk.ids)


def test_a_shared_phone_finds_the_claim_and_links_it() -> None:
    talk = Winner("seriktes", now=NOON)
    talk.verifies = True
    talk.tap("claim")
    talk.press("won.phone")
    assert talk.said[0].ask_contact
    talk.hear("contact", contact=SharedContact("+77010000001", own=False))
    assert not talk.effects
    talk.won = replace(talk.won, found=(confirmed(),))
    talk.hear("contact", contact=SharedContact("+77010000001", own=True))
    assert [effect.claim for effect in talk.effects if isinstance(effect, ClaimLinked)] == ["a" * 32]
    assert "claim.state_confirmed" in talk.keys


def test_what_is_led_elsewhere_is_not_shown() -> None:
    talk = Winner("seriktes", now=NOON)
    talk.won = replace(talk.won, elsewhere=1)
    talk.tap("claim")
    assert talk.keys[0] == "claim.elsewhere"
    assert "claim.steps" not in talk.keys


def test_ten_thousand_characters_and_nonsense_change_nothing() -> None:
    talk = agreed()
    before = talk.claim
    talk.say("я выиграл " * 1000)
    talk.say("жоқ мен " * 1250)
    assert talk.claim == before


def test_who_said_stop_gets_no_reminder() -> None:
    claim = confirmed()
    talk = Winner("seriktes", claim, now=NOON + timedelta(days=7))
    rungs = ladder(claim, SERIKTES, SERIKTES.zone, NOON, CALENDAR)
    talk.won = replace(talk.won, due=tuple(each for each in rungs if each.due <= talk.now))
    talk.say("отписаться")
    assert talk.conversation.reminders_off
    talk.hear("deadline")
    assert not talk.said


def test_a_reminder_is_said_once_and_leaves_the_talk_where_it_was() -> None:
    claim = confirmed()
    talk = Winner("seriktes", claim, now=NOON + timedelta(days=7))
    rungs = ladder(claim, SERIKTES, SERIKTES.zone, NOON, CALENDAR)
    talk.won = replace(talk.won, due=tuple(each for each in rungs if each.due <= talk.now))
    talk.hear("deadline")
    assert len(talk.said) == 1
    assert talk.said[0].template == "claim_reminder"
    assert any(key.startswith("remind.") for key in talk.keys)
    assert [type(each) for each in talk.effects] == [ClaimReminded]
    talk.hear("deadline")
    assert not talk.said


def test_news_of_the_organizer_are_told_with_reason() -> None:
    talk = Winner("seriktes", replace(confirmed(), state="collecting"), now=NOON)
    back = Transition("review", "collecting", "agent", NOON, "A", "скан не читается", step="sign-act")
    talk.won = replace(talk.won, news=(ClaimNews("a" * 32, 4, back),))
    talk.hear("deadline")
    assert {"news.returned", "news.step", "claim.reason"} <= set(talk.keys)
    assert [type(each) for each in talk.effects] == [ClaimNewsTold]


def test_a_forwarded_notice_is_judged_by_its_code() -> None:
    talk = agreed()
    talk.say(f"это от вас пришло? код {notice_code(talk.claim)}")
    assert talk.keys[0] == "genuine.yes"
    talk.say("это от вас пришло? код 7KQM-2RTD")
    assert talk.keys[0] == "genuine.other_code"
    talk.say("бұл сіздерден келді ме?")
    assert talk.keys[0] == "genuine.no_code"


def test_forgetting_tells_first_what_is_lost() -> None:
    talk = agreed()
    talk.tap("forget")
    assert talk.keys[0] == "privacy.open_claim"


def test_the_list_answers_whether_one_has_won() -> None:
    talk = winner()
    talk.conversation = with_phone(talk)
    talk.tap("listed")
    assert "listed.won" in talk.keys
    talk.won = replace(talk.won, claims=(), list_here=True)
    talk.tap("listed")
    assert {"listed.not_won", "listed.results"} <= set(talk.keys)
    talk.won = replace(talk.won, list_here=False)
    talk.tap("listed")
    assert "listed.not_won" not in talk.keys


def with_phone(talk: Winner) -> object:
    from msgspec.structs import replace as replaced

    return replaced(talk.conversation, phone="+77010000001")


def test_of_many_that_are_due_at_once_each_is_told_before_it_counts_as_said() -> None:
    claims = [replace(confirmed(), id=letter * 32) for letter in "bcdef"]
    talk = Winner("seriktes", *claims, now=NOON + timedelta(days=7))
    rungs = [each for claim in claims for each in ladder(claim, SERIKTES, SERIKTES.zone, NOON, CALENDAR)]
    talk.won = replace(talk.won, due=tuple(each for each in rungs if each.due <= talk.now))
    talk.hear("deadline")
    (kept,) = [effect for effect in talk.effects if isinstance(effect, ClaimReminded)]
    told = [key for key in talk.keys if key.startswith("remind.")]
    assert len(told) == len(kept.settled.say) > 3


def test_a_claim_that_was_sent_as_it_is_asks_nothing_more_of_the_winner() -> None:
    talk = agreed()
    talk.press("won.send")
    if talk.claim.state != "review":
        talk.press("won.sendasis")
    assert talk.claim.state == "review"
    assert "claim.step_open" not in talk.keys


def test_before_forgetting_a_story_that_nobody_has_confirmed_is_not_called_a_win() -> None:
    talk = Winner("seriktes", now=NOON)
    talk.say("я выиграл, что делать?")
    assert talk.claim.state == "reported"
    talk.tap("forget")
    assert talk.keys[0] == "privacy.open_report"
    assert "privacy.open_claim" not in talk.keys
