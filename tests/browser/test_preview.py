"""A person talks to the running bot in a browser. Nothing here depends on what the bot says, only on that it answers."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

Open = Callable[..., Page]

pytest_plugins = ("tests.browser.chromium",)

QUESTION = {"kk": "Кімдер қатыса алады?", "ru": "Кто может участвовать?"}


def said_by(page: Page, who: str) -> Locator:
    return page.get_by_role("log").locator(f"[data-from={who}]")


def field(page: Page) -> Locator:
    return page.get_by_role("textbox")


def ask(page: Page, text: str) -> None:
    """Says `text` and waits until the bot has answered."""
    expect(said_by(page, "bot").first).to_be_visible()
    before = said_by(page, "bot").count()
    field(page).fill(text)
    field(page).press("Enter")
    expect(said_by(page, "bot").nth(before)).to_be_attached()


def speak(page: Page, code: str) -> None:
    """Chooses the language and waits for the bot's answer to that."""
    expect(said_by(page, "bot").first).to_be_visible()
    before = said_by(page, "bot").count()
    page.locator(f"[data-language={code}]").click()
    expect(page.locator("html")).to_have_attribute("lang", code)
    expect(said_by(page, "bot").nth(before)).to_be_attached()


def texts(bubbles: Locator) -> list[str]:
    return [" ".join(text.split()) for text in bubbles.locator(".words").all_text_contents()]


def test_a_first_visit_is_greeted_without_a_word_from_the_person(open_chat: Open) -> None:
    page = open_chat()
    expect(said_by(page, "bot").first).to_be_visible()
    expect(said_by(page, "person")).to_have_count(0)


@pytest.mark.parametrize("profile", ["telegram", "whatsapp"])
@pytest.mark.parametrize("code", ["kk", "ru"])
def test_a_question_gets_an_answer_in_its_language(open_chat: Open, profile: str, code: str) -> None:
    page = open_chat(f"?profile={profile}")
    speak(page, code)
    ask(page, QUESTION[code])
    expect(said_by(page, "person").last).to_contain_text(QUESTION[code])
    expect(said_by(page, "bot").last.locator(".words")).to_have_attribute("lang", code)
    expect(said_by(page, "person").last).to_have_attribute("data-fate", "sent")
    expect(field(page)).to_have_value("")


@pytest.mark.slow
def test_the_language_switch_changes_the_page(open_chat: Open) -> None:
    page = open_chat()
    speak(page, "ru")
    expect(page.get_by_role("button", name="Отправить")).to_be_visible()
    expect(page).to_have_title(re.compile("розыгрыш"))
    speak(page, "kk")
    expect(page.get_by_role("button", name="Жіберу")).to_be_visible()
    expect(page.locator("[data-language=kk]")).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "kk")


def test_options_work_by_keyboard_alone(open_chat: Open) -> None:
    page = open_chat()
    option = page.get_by_role("log").get_by_role("button").first
    expect(option).to_be_visible()
    label = option.text_content()
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    for _ in range(40):
        if option.evaluate("button => button === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(option).to_be_focused()
    before = said_by(page, "bot").count()
    page.keyboard.press("Enter")
    expect(said_by(page, "person").last).to_contain_text(label or "?")
    expect(said_by(page, "bot").nth(before)).to_be_attached()


@pytest.mark.slow
def test_the_menu_is_one_tap_away(open_chat: Open) -> None:
    page = open_chat()
    expect(said_by(page, "bot").first).to_be_visible()
    before = said_by(page, "bot").count()
    page.locator("#menu").click()
    expect(said_by(page, "bot").nth(before)).to_be_attached()
    expect(said_by(page, "person")).to_have_count(1)


@pytest.mark.slow
def test_a_double_tap_is_one_tap(open_chat: Open) -> None:
    page = open_chat()
    option = page.get_by_role("log").get_by_role("button").first
    expect(option).to_be_visible()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.url.endswith("/preview/events") else None)
    option.dblclick(delay=60)
    expect(said_by(page, "bot").nth(1)).to_be_attached()
    expect(option).to_be_enabled()
    assert said_by(page, "person").count() == 1
    assert len(sent) == 1


def test_a_reload_keeps_the_talk(open_chat: Open) -> None:
    page = open_chat()
    ask(page, QUESTION["ru"])
    page.wait_for_timeout(300)
    person, bot = texts(said_by(page, "person")), texts(said_by(page, "bot"))
    page.reload()
    expect(said_by(page, "bot")).to_have_count(len(bot))
    assert texts(said_by(page, "person")) == person
    assert texts(said_by(page, "bot")) == bot


@pytest.mark.slow
def test_each_profile_is_a_talk_of_its_own(open_chat: Open) -> None:
    page = open_chat()
    ask(page, QUESTION["ru"])
    page.locator("[data-profile-choice=whatsapp]").click()
    expect(page.locator("html")).to_have_attribute("data-profile", "whatsapp")
    expect(said_by(page, "bot").first).to_be_visible()
    expect(said_by(page, "person")).to_have_count(0)
    page.locator("[data-profile-choice=telegram]").click()
    expect(said_by(page, "person")).to_have_count(1)


@pytest.mark.slow
def test_a_deep_link_is_used_once(open_chat: Open) -> None:
    page = open_chat("?start=seriktes")
    expect(said_by(page, "bot").first).to_be_visible()
    page.wait_for_timeout(300)
    assert "start=" not in page.url
    count = said_by(page, "bot").count()
    page.reload()
    expect(said_by(page, "bot")).to_have_count(count)


@pytest.mark.slow
def test_markup_is_shown_as_it_was_typed(open_chat: Open) -> None:
    page = open_chat()
    text = "<img src=x onerror=\"document.title='broken'\"><b>?</b>"
    ask(page, text)
    assert texts(said_by(page, "person")) == [text]
    assert page.get_by_role("log").locator(".words img").count() == 0
    assert page.title() != "broken"


@pytest.mark.slow
def test_ten_thousand_characters_are_sent_and_folded(open_chat: Open) -> None:
    page = open_chat(phone=360)
    ask(page, ("Қатысуға бола ма? " * 600)[:10_000])
    bubble = said_by(page, "person").last
    toggle = bubble.get_by_role("button")
    expect(toggle).to_have_attribute("aria-expanded", "false")
    folded = bubble.bounding_box()
    toggle.click()
    expect(toggle).to_have_attribute("aria-expanded", "true")
    unfolded = bubble.bounding_box()
    assert folded
    assert unfolded
    assert unfolded["height"] > folded["height"] * 2
    assert len(texts(bubble)[0]) > 9_900


@pytest.mark.slow
@pytest.mark.parametrize("width", [320, 360, 430])
@pytest.mark.parametrize("profile", ["telegram", "whatsapp"])
def test_nothing_is_wider_than_a_phone(open_chat: Open, width: int, profile: str) -> None:
    page = open_chat(f"?profile={profile}", phone=width)
    ask(page, QUESTION["kk"])
    page.locator("#menu").click()
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.get_by_role("log").evaluate("log => log.scrollWidth <= log.clientWidth")
    for button in page.get_by_role("button").all():
        box = button.bounding_box()
        assert box
        assert box["height"] >= 44, button.text_content()
        assert box["width"] >= 44, button.text_content()


@pytest.mark.slow
def test_a_file_is_shown_with_its_name_and_answered(open_chat: Open) -> None:
    page = open_chat()
    expect(said_by(page, "bot").first).to_be_visible()
    before = said_by(page, "bot").count()
    receipt = {"name": "чек № 7.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7" + b" " * 3000}
    page.locator("#files").set_input_files(files=[receipt])
    expect(page.locator("#staged li")).to_have_count(1)
    page.locator("#send").click()
    expect(said_by(page, "person").last).to_contain_text("чек № 7.pdf")
    expect(page.locator("#staged")).to_be_hidden()
    expect(said_by(page, "bot").nth(before)).to_be_attached()


TABLE = "Дата;Лотерея;Сумма\n12.01.2026 14:30;Кено;600 000\n31.02.2026;Бинго;5\n13.01.2026;Бинго;450 000\n"
READ = {"kk": "Файл оқылды", "ru": "Файл прочитан"}


@pytest.mark.slow
@pytest.mark.parametrize("code", ["kk", "ru"])
@pytest.mark.parametrize("phone", [390, None])
def test_a_table_is_chosen_with_the_clip_read_by_the_bot_and_shown_back(
    open_chat: Open, code: str, phone: int | None
) -> None:
    page = open_chat("?start=january-surprise", phone=phone)
    speak(page, code)
    with page.expect_file_chooser() as chooser:
        page.locator("#attach").click()
    chooser.value.set_files({"name": "list.csv", "mimeType": "text/csv", "buffer": TABLE.encode()})
    page.locator("#send").click()
    expect(said_by(page, "person").last).to_contain_text("list.csv")
    answer = said_by(page, "bot").filter(has_text=READ[code])
    expect(answer).to_contain_text("31.02.2026", timeout=20_000)  # ms; the reader gives way to other work
    expect(answer).to_contain_text("450")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
