"""Am I on the list: only a number that the channel vouches for is compared; a fitting mask is no win; contradictions show both."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from msgspec.structs import replace

from bot.loading import load_phrases
from dialogs.conversation import Conversation
from dialogs.messages import Incoming, SharedContact
from dialogs.router import needs, respond
from dialogs.turn import Need, Turn
from domain.lists import Dossier, ListedPerson, PublishedMask
from domain.purchases import Purchase
from tests.dialogs.library import NOW, Published
from tests.dialogs.talk import Talk, known
from tests.domain.given import PROMOTIONS, at

LIBRARY = Published(PROMOTIONS)
PHRASES = load_phrases()
OWN, OTHER = SharedContact("77479011383", True), SharedContact("77010000000", False)
IMPORTED = datetime(2026, 3, 10, 7, tzinfo=UTC)


def listed(
    slug: str = "seriktes",
    dossier: Dossier | None = None,
    *,
    vouches: bool = True,
    slots: Mapping[str, Any] | None = None,
    **more: Any,
) -> Talk:
    """The talk after a person has asked for the lists, by a tap or with a contact."""
    talk = known("ru", slug)
    scene = {"scene": "listed", "step": "contact"} if "contact" in more else {}
    phone = more.pop("phone", None)
    conversation = replace(talk.conversation, slots=slots or {}, phone=phone, **scene)
    kind = "contact" if "contact" in more else "option"
    incoming = Incoming("1", "test", "address", NOW, kind, option=None if more else "listed", **more)
    talk.outcome = respond(Turn(incoming, conversation, LIBRARY, NOW, "token", dossier or Dossier(), vouches))
    talk.conversation = talk.outcome.conversation
    return talk


def text(talk: Talk) -> str:
    shown = "\n".join(PHRASES.render(outgoing, talk.language).text for outgoing in talk.said)
    return re.sub("[\ue000-\uf8ff]", "", shown).replace("\u00a0", " ")


def someone(**facts: Any) -> ListedPerson:
    return ListedPerson(facts, ("2024-03",), 1, IMPORTED)


def masks(*found: tuple[str, str]) -> Dossier:
    return Dossier(masks=tuple(PublishedMask(mask, kind, date(2025, 5, 20)) for mask, kind in found), published=True)


def test_a_channel_that_can_vouch_asks_for_the_persons_own_contact() -> None:
    talk = listed()
    assert talk.keys[0] == "listed.ask"
    assert talk.said[0].ask_contact
    assert talk.conversation.scene == "listed"


def test_where_its_button_sends_no_number_the_person_is_told_what_it_does() -> None:
    talk = listed()
    ((share,),) = [message.options for message in talk.said]
    incoming = Incoming("2", "test", "address", NOW, "option", option=share.id)
    outcome = respond(Turn(incoming, talk.conversation, LIBRARY, NOW, "token", Dossier(), True))
    assert [part.key for message in outcome.says for part in message.parts] == ["listed.unshared"]


def test_where_nobody_can_vouch_the_lists_stay_closed() -> None:
    assert listed(vouches=False, dossier=Dossier(someone(legal_form="TOO"))).keys == ["listed.cannot_verify"]


def test_a_foreign_contact_opens_nothing() -> None:
    talk = listed(dossier=Dossier(someone(legal_form="TOO")), contact=OTHER)
    assert talk.keys == ["receive.contact_other", "listed.ask"]
    assert talk.conversation.phone is None


def test_a_number_that_is_only_typed_opens_nothing() -> None:
    talk = listed()
    talk.library = LIBRARY
    assert talk.say("+7 747 901 13 83").keys == ["listed.typed"]
    assert talk.conversation.phone is None


def test_the_own_contact_shows_what_the_list_says_and_is_remembered() -> None:
    talk = listed(dossier=Dossier(someone(legal_form="TOO", connected_at="2024-03-12")), contact=OWN)
    said = text(talk)
    assert "Ваш номер есть в списке участников" in said
    assert "март 2024" in said
    assert "Как оформлен Ваш бизнес? ТОО" in said
    assert talk.conversation.phone == OWN.phone


def test_a_number_that_whatsapp_vouches_for_needs_no_contact() -> None:
    assert "listed.there" in listed(vouches=False, dossier=Dossier(someone(legal_form="TOO")), phone=OWN.phone).keys


def test_without_a_list_the_bot_says_that_this_means_nothing() -> None:
    assert "Это не значит, что Вас там нет" in text(listed(contact=OWN))


def test_what_the_person_told_otherwise_is_shown_beside_the_list_and_decided_by_nobody() -> None:
    told = {
        "check": {"promotion": "seriktes", "question": "draw", "facts": {"legal_form": "IP"}, "asked": ["legal_form"]}
    }
    talk = listed(dossier=Dossier(someone(legal_form="TOO")), contact=OWN, slots=told)
    said = text(talk)
    assert "Вы ответили: ИП. В списке: ТОО" in said
    assert "Я ничего не решаю" in said
    assert "person" in talk.ids


def test_the_day_of_a_listed_connection_is_shown_and_held_against_the_answer() -> None:
    rows = [{"at": "2024-03-12T23:30:00+05:00", "package": "SERIKTES"}, {"at": "2024-05-02", "package": "SERIKTES"}]
    there = Dossier(someone(connections=rows))

    def told(day: str) -> Talk:
        check = {"promotion": "seriktes", "question": "draw", "facts": {"connected_at": day}, "asked": ["connected_at"]}
        return listed(dossier=there, contact=OWN, slots={"check": check})

    assert "listed.contradiction" not in told("2024-03-12").keys
    assert "listed.contradiction" not in told("2024-05-02").keys
    other = text(told("2024-03-13"))
    assert "Какого числа Вы подключили пакет? 12 марта 2024" in other
    assert "Вы ответили: 13 марта 2024 года. В списке: 12 марта 2024 года" in other


def test_answers_about_another_promotion_contradict_nothing() -> None:
    told = {
        "check": {"promotion": "kasipker", "question": "draw", "facts": {"legal_form": "IP"}, "asked": ["legal_form"]}
    }
    assert (
        "listed.contradiction" not in listed(dossier=Dossier(someone(legal_form="TOO")), contact=OWN, slots=told).keys
    )


def test_a_mask_that_fits_is_never_told_as_a_win() -> None:
    said = text(listed("double-chance", masks(("7 747 9** *3 83", "results")), contact=OWN))
    assert "всего до 1 000 номеров" in said
    assert "Это ещё не выигрыш" in said
    assert "Код из SMS никому не сообщайте" in said
    assert "выиграли" not in said.casefold()


def test_a_mask_in_the_list_of_participants_is_told_as_taking_part() -> None:
    talk = listed("double-chance", masks(("7 747 9** *3 83", "participants")), contact=OWN)
    assert "listed.mask_participants" in talk.keys
    assert "listed.mask_results" not in talk.keys


def test_a_mask_that_does_not_fit_is_somebody_elses_number() -> None:
    assert "это не Ваш номер" in text(listed("double-chance", masks(("7 701 *** ** 11", "results")), contact=OWN))


def test_odds_are_told_only_from_the_size_of_a_list_and_where_the_rules_give_one_prize() -> None:
    there = someone(legal_form="TOO")
    assert "1 из 250" in text(listed(dossier=Dossier(there, sizes={"2024-03": 250}), contact=OWN))
    ismet = text(listed("ismet-app", Dossier(there, sizes={"2022-09": 250}), contact=OWN))
    assert "250" in ismet
    assert "1 из" not in ismet
    assert "listed.odds" not in listed(dossier=Dossier(there), contact=OWN).keys


def test_listed_purchases_are_counted_as_typed_ones_are() -> None:
    bought = tuple(Purchase(date(2026, 1, day), "Keno", 600_000) for day in (12, 13, 14))
    said = text(listed("january-surprise", Dossier(purchases=bought), contact=OWN))
    assert "Покупок в списке: 3" in said
    assert "Шансов заработано: 1" in said


def test_purchases_that_the_person_wrote_otherwise_stand_beside_the_list() -> None:
    bought = tuple(Purchase(at(f"{day} 12:30"), "Keno", 600_000) for day in (12, 13))
    wrote = [{"at": f"2026-01-{day}", "lottery": "Keno", "amount_kzt": 600_000} for day in (13, 12)]
    same = listed("january-surprise", Dossier(purchases=bought), contact=OWN, slots={"purchases": wrote})
    assert "listed.contradiction" not in same.keys
    more = listed("january-surprise", Dossier(purchases=bought), contact=OWN, slots={"purchases": [*wrote, wrote[0]]})
    assert "Вы записали покупок: 3, на 1 800 000 ₸. В списке: 2, на 1 200 000 ₸." in text(more)
    assert "Я ничего не решаю" in text(more)
    assert "person" in more.ids


def test_lists_are_opened_only_for_an_event_that_asks_for_them() -> None:
    state = known("ru", "seriktes").conversation
    tap = Incoming("1", "test", "address", NOW, "option", option="listed")
    word = Incoming("1", "test", "address", NOW, "text", "Есть ли я в списке?")
    contact = Incoming("1", "test", "address", NOW, "contact", contact=OWN)
    own_words = replace(word, text="посмотрите, я в списке?")

    def needed(incoming: Incoming, conversation: Conversation = state) -> tuple[Need, ...]:
        return needs(incoming, conversation, LIBRARY)

    assert needed(tap) == needed(word) == needed(own_words) == ("lists", "claims")
    assert needed(replace(tap, option="menu")) == needed(replace(word, text="кто платит налог?")) == ()
    assert needed(contact) == ()
    assert needed(contact, replace(state, scene="listed")) == ("lists", "claims")
