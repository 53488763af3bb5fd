"""Whatever arrives at whatever step: there is an answer with a way on, the talk stays whole, and the same turn gives the same outcome."""

from __future__ import annotations

import json
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.loading import load_phrases
from dialogs.conversation import Conversation, Handoff, Json
from dialogs.messages import Attachment, Incoming, Kind, SharedContact
from dialogs.router import SCENES, respond
from dialogs.turn import Audited, Forgotten, Outcome, QuestionAsked, Turn, Voted
from domain.rulebook import LANGUAGES
from tests.dialogs.library import NOW, QUESTIONS, TwoPromotions
from tests.dialogs.talk import NOBODY, Talk, known

LIBRARY = TwoPromotions()
PHRASES = load_phrases()
PLACES = [(scene.name, step) for scene in SCENES.values() for step in scene.steps]
WORDS = sorted(word for scene in SCENES.values() for word in (*scene.options, *scene.plain))
LAST: Json = {"promotion": "alfa", "question": "кто платит налог?", "hits": [["tax", ["3"], None, False]]}
NOTHING_SAID = ("left", "deadline", "table")

texts = st.sampled_from(
    [*QUESTIONS, "Альфа", "бета налог", "🙂", "7", "меню", "а" * 12_000, "налог " * 2000, ""]
) | st.text(max_size=60)
conversations = st.builds(
    lambda place, **more: replace(NOBODY, scene=place[0], step=place[1], **more),
    place=st.sampled_from(PLACES),
    language=st.sampled_from([None, *LANGUAGES]),
    spoken=st.sampled_from([None, *LANGUAGES]),
    chosen=st.booleans(),
    promotion=st.sampled_from([None, "alfa", "beta", "withdrawn"]),
    handoff=st.sampled_from([None, Handoff(NOW), Handoff(NOW, "agent")]),
    slots=st.sampled_from(
        [
            *({}, {"pending": "кто платит налог?"}, {"last": LAST, "asked": {"alfa.2": "t"}}, {"forgetting": True}),
            *({"last": {**LAST, "promotion": "withdrawn"}}, {"last": {**LAST, "hits": [["gone", ["99"], "no", True]]}}),
            *({"last": "alfa.2"}, {"asked": "nonsense", "last": 5}, {"waited": NOW.isoformat(), "kept": True}),
        ]
    ),
)
incomings = st.builds(
    lambda kind, text, option, album: Incoming(
        "1",
        "test",
        "address",
        NOW,
        kind,
        text,
        option,
        (Attachment("ref", "image/jpeg", album=album),),
        SharedContact("+7701", False),
    ),
    kind=st.sampled_from(get_args(Kind)),
    text=texts,
    option=st.sampled_from([None, *WORDS, "clause.alfa.2", "vote.up.alfa.2", "language.kk"]) | st.text(max_size=64),
    album=st.sampled_from([None, "album"]),
)


def answer(conversation: Conversation, incoming: Incoming) -> Outcome:
    return respond(Turn(incoming, conversation, LIBRARY, NOW, "token"))


@settings(max_examples=1500)
@given(conversations, incomings)
def test_every_event_at_every_step_has_its_outcome(conversation: Conversation, incoming: Incoming) -> None:
    outcome = answer(conversation, incoming)
    assert outcome.conversation.step in SCENES[outcome.conversation.scene].steps
    assert json.loads(json.dumps(dict(outcome.conversation.slots))) == outcome.conversation.slots
    for outgoing in outcome.says:
        rendered = PHRASES.render(outgoing, outcome.conversation.speaks)
        assert rendered.text.strip()
        ids = [option.id for option in rendered.options]
        assert len(ids) == len(set(ids))
        assert all(id.isascii() and 0 < len(id) <= 64 for id in ids)
        assert all(id.partition(".")[0] in WORDS for id in ids)
    for effect in outcome.effects:
        assert not isinstance(effect, QuestionAsked) or len(effect.text) <= 700


@settings(max_examples=700)
@given(conversations, incomings)
def test_the_same_turn_gives_the_same_outcome(conversation: Conversation, incoming: Incoming) -> None:
    assert answer(conversation, incoming) == answer(conversation, incoming)


@settings(max_examples=700)
@given(conversations, incomings)
def test_nothing_of_the_rules_is_said_without_its_clause(conversation: Conversation, incoming: Incoming) -> None:
    for outgoing in answer(conversation, incoming).says:
        keys, below = {part.key for part in outgoing.parts}, {part.key for part in outgoing.folded}
        quotes = {"rules.quote", "rules.quote_translated"}
        assert "rules.answer" not in keys or keys & quotes
        assert not keys & {"reply.stated", "reply.yes", "reply.no"} or below & quotes
        assert all("place" in part.params for part in outgoing.parts if part.key in ("reply.stated", "reply.no"))


@settings(max_examples=700)
@given(conversations, incomings)
def test_who_says_something_hears_something(conversation: Conversation, incoming: Incoming) -> None:
    """Silent are only a person who holds the talk, one who has just been told to wait, and the rest of an album."""
    waits = conversation.handoff or conversation.slots.get("kept")
    if incoming.kind in NOTHING_SAID or waits or incoming.attachments[0].album:
        return
    assert answer(conversation, incoming).says


@settings(max_examples=300)
@given(
    st.lists(st.tuples(st.sampled_from(["text", "option", "sticker", "edited"]), texts, st.integers(0, 9)), max_size=12)
)
def test_every_button_of_a_real_talk_is_answered(turns: list[tuple[Kind, str, int]]) -> None:
    talk = Talk()
    for kind, text, at in turns:
        if kind == "option" and talk.conversation.offered:
            talk.tap(talk.conversation.offered[at % len(talk.conversation.offered)].id)
            assert "start.out_of_date" not in talk.keys
        else:
            talk.hear(kind, text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("scene", "step"), PLACES)
@pytest.mark.parametrize("kind", get_args(Kind))
def test_every_kind_of_event_at_every_step_in_both_languages(kind: Kind, scene: str, step: str, language: str) -> None:
    start = replace(NOBODY, language=language, chosen=True, promotion="alfa", scene=scene, step=step)  # type: ignore[arg-type]
    outcome = answer(start, Incoming("1", "test", "address", NOW, kind, "налог", "menu"))
    assert bool(outcome.says) is (kind not in NOTHING_SAID)


# buttons that are old, of somebody else's, or made up

REAL = [
    *("menu", "start", "help", "language.kk", "promotion.alfa", "promotions", "rules", "section.alfa.dates", "prizes"),
    *("clause.alfa.2", "original.alfa.2", "vote.up.alfa.2", "else", "person", "bot", "forget", "forget.yes"),
]


ARGUMENTS = (
    *(
        "alfa",
        "beta",
        "gamma",
        "withdrawn",
        "kk",
        "ru",
        "en",
        "up",
        "down",
        "yes",
        "no",
        "unknown",
        "skip",
        "dates",
        "prizes",
    ),
    *(
        "1",
        "2",
        "0",
        "-1",
        "99999",
        "9" * 400,
        "1e9",
        "NaN",
        "²",
        "٣",
        "",
        " ",
        "*",
        "%s",
        "{0}",
        "\x00",
        "\u202e",
        "ә",
        "a" * 300,
    ),
    *("token", "whatsapp:+77010000000", "700000001", "../..", "<b>", "'; --"),
)


@settings(max_examples=2000)
@given(conversations, st.sampled_from(WORDS), st.lists(st.sampled_from(ARGUMENTS) | st.text(max_size=12), max_size=4))
def test_every_button_with_whatever_behind_it_is_answered_and_moves_nobody_elses_talk(
    talk: Conversation, word: str, behind: list[str]
) -> None:
    """All words that any scene knows, as somebody else's, an old or a made-up button would send them."""
    outcome = answer(talk, Incoming("1", "test", "address", NOW, "option", option=".".join((word, *behind))))
    after = outcome.conversation
    if talk.handoff is None:  # who waits for a person is told so once
        assert outcome.says
    elif talk.handoff.agent is not None:
        assert outcome.says == ()
        assert [type(each) for each in outcome.effects] in ([], [Audited])  # a right over one's data is written down
    assert (after.participant, after.channel, after.address) == (talk.participant, talk.channel, talk.address)
    assert after.step in SCENES[after.scene].steps
    for outgoing in outcome.says:
        assert all(PHRASES.render(outgoing, language).text.strip() for language in LANGUAGES)
    asked = talk.slots.get("asked")
    own = set(asked.values()) if isinstance(asked, dict) else set()
    for effect in outcome.effects:
        assert not isinstance(effect, Voted) or effect.token in own, "a vote counts only for an answer of this talk"
        assert not isinstance(effect, Forgotten) or talk.slots.get("forgetting") is True


@settings(max_examples=300)
@given(st.sampled_from(REAL), st.randoms(use_true_random=False), st.integers(1, 4))
def test_a_tampered_button_never_breaks_the_talk(id: str, dice: object, times: int) -> None:
    letters = list(id)
    for _ in range(times):
        at = dice.randrange(len(letters) + 1)  # type: ignore[attr-defined]
        match dice.randrange(3):  # type: ignore[attr-defined]
            case 0:
                letters.insert(at, dice.choice(".0123456789-aя/\x00 🙂"))  # type: ignore[attr-defined]
            case 1:
                letters[at : at + 1] = []
            case _:
                letters[at:] = letters[at:][::-1]
    talk = known().say("налог").tap("".join(letters))
    assert talk.said
    assert talk.conversation.step in SCENES[talk.conversation.scene].steps


@pytest.mark.parametrize(
    "id",
    [
        *(
            "",
            ".",
            "...",
            "nothing",
            "clause",
            "clause.alfa",
            "clause.alfa.99999",
            "clause.alfa.²",
            "clause.gamma.1",
        ),
        *("section.alfa", "section.alfa.nothing", "section.gamma.dates", "original.alfa.77", "language.en", "a" * 5000),
    ],
)
def test_a_made_up_button_is_out_of_date_and_leads_to_the_menu(id: str) -> None:
    talk = known().tap(id)
    assert (talk.keys, talk.ids) == (["start.out_of_date"], ["menu"])


@pytest.mark.parametrize("way", ["menu", "rules", "language", "promotions", "check", "forget"])
def test_an_offered_button_with_something_behind_it_is_a_made_up_one(way: str) -> None:
    offered = known().tap(way).ids
    assert offered
    for id in offered:
        assert known().tap(way).tap(f"{id}.1").keys == ["start.out_of_date"], id


def test_a_button_of_a_promotion_that_is_gone_leads_to_the_list() -> None:
    assert known().tap("promotion.withdrawn").keys[0] == "promotion.which"


def test_buttons_of_an_older_message_still_work() -> None:
    talk = known().say("кто?").say("налог").say("спасибо")
    assert "rules.answer" in talk.tap("clause.alfa.1").keys
    assert talk.tap("vote.up.alfa.1").keys == ["rules.liked"]


def test_ten_thousand_characters_are_one_question() -> None:
    talk = known().say("Добрый день! " * 400 + "кто платит налог? " + "Очень жду. " * 400)
    assert len(talk.said) == 1
    story = known().say("Расскажу по порядку. " * 450 + "Так кто платит налог?")
    assert "reply.stated" in story.keys


def test_an_album_gets_one_word_for_all_its_pictures() -> None:
    talk = known().hear("attachment", attachments=(Attachment("1", "image/jpeg", album="a"),))
    assert talk.said
    assert talk.hear("attachment", attachments=(Attachment("2", "image/jpeg", album="a"),)).said == ()
    assert talk.hear("attachment", attachments=(Attachment("3", "image/jpeg", album="b"),)).said
