"""The page alone: how it shows each shape of message, and what it does when the server is away or slow.

Leaves the bot out: history is given here, so that every shape of the contract is seen whatever the bot would have said.
"""

from __future__ import annotations

import json
import re
import struct
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.slow
Open = Callable[..., Page]

pytest_plugins = ("tests.browser.chromium",)

FIRST = 2**31 + 5


def png() -> bytes:
    """A picture of one pixel."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixel = zlib.compress(b"\x00\x20\x90\x60")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixel) + chunk(b"IEND", b"")


def bot(seq: int, text: str = "Сәлем", lang: str = "kk", **more: Any) -> dict[str, Any]:
    spans = more.pop("spans", [{"t": text}])
    at = more.pop("at", "2025-11-20T06:00:00Z")
    return {
        "seq": FIRST + seq,
        "from": "bot",
        "at": at,
        "kind": "text",
        "lang": lang,
        "spans": spans,
        "shape": "text",
        **more,
    }


def options(count: int, **more: Any) -> dict[str, Any]:
    return {
        "options": [{"id": f"o.{n}", "label": f"Нұсқа {n}", "hint": f"Түсіндірме {n}"} for n in range(count)],
        **more,
    }


def with_history(*messages: dict[str, Any], live: tuple[dict[str, Any], ...] = ()) -> Any:
    """Replaces history and stream. `live` comes by the stream a moment later, and again on every reconnection."""

    def stub(page: Page) -> None:
        stream = ": hello\n\n" + "".join(f"event: message\ndata: {json.dumps(each)}\n\n" for each in live)
        page.route("**/preview/history*", lambda route: route.fulfill(json={"messages": list(messages)}))
        page.route("**/preview/stream*", lambda route: route.fulfill(content_type="text/event-stream", body=stream))

    return stub


def test_landmarks_and_names_are_there_for_a_screen_reader(open_chat: Open) -> None:
    page = open_chat(stub=with_history(bot(1), bot(2, "Привет", "ru")))
    expect(page.get_by_role("banner")).to_have_count(1)
    expect(page.get_by_role("main")).to_have_count(1)
    expect(page.get_by_role("complementary")).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.get_by_role("log")).to_have_attribute("aria-live", "polite")
    expect(page.get_by_role("article")).to_have_count(2)
    assert page.locator("article .words").evaluate_all("all => all.map(each => each.lang)") == ["kk", "ru"]
    unnamed = "all => all.filter(b => !(b.getAttribute('aria-label') || b.textContent).trim()).map(b => b.outerHTML)"
    assert page.locator("button, textarea, [role=log], [role=group], dialog").evaluate_all(unnamed) == []


def test_a_quote_and_bold_words_are_marked_up(open_chat: Open) -> None:
    spans = [{"t": "Қысқаша", "b": True}, {"t": ". Иә.\n\n"}, {"t": "5.2. Ереже", "q": True}, {"t": "\n\n5.2-тармақ"}]
    page = open_chat(stub=with_history(bot(1, spans=spans)))
    expect(page.locator("article blockquote")).to_have_text("5.2. Ереже")
    expect(page.locator("article b")).to_have_text("Қысқаша")
    expect(page.locator("article p").last).to_have_text("5.2-тармақ")


def test_the_clause_under_an_answer_is_folded_and_opens(open_chat: Open) -> None:
    spans = [{"t": "Налог платит победитель (п. 7).\n\n"}, {"t": "«Альфа», п. 7:\nНалог платит победитель.", "f": True}]
    page = open_chat(stub=with_history(bot(1, spans=spans, lang="ru")))
    clause = page.locator("article details.clause")
    expect(clause.locator("summary")).to_have_text("Ереже тармағы")
    expect(clause.locator("p")).to_be_hidden()
    clause.locator("summary").click()
    expect(clause.locator("p")).to_have_text("«Альфа», п. 7:\nНалог платит победитель.")
    expect(page.locator("article .words > p")).to_have_text("Налог платит победитель (п. 7).")


def test_what_is_folded_makes_no_message_long(open_chat: Open) -> None:
    spans = [{"t": "Коротко.\n\n"}, {"t": "слово " * 500, "f": True}]
    page = open_chat(stub=with_history(bot(1, spans=spans, lang="ru")))
    expect(page.locator("article details.clause")).to_have_count(1)
    expect(page.locator("article .more")).to_have_count(0)


def test_rows_are_the_rows_of_the_payload(open_chat: Open) -> None:
    page = open_chat(stub=with_history(bot(1, **options(3, shape="buttons", rows=[[0, 1], [2]]))))
    rows = page.locator(".option-row")
    expect(rows).to_have_count(2)
    expect(rows.first.get_by_role("button")).to_have_count(2)


def test_a_list_opens_in_a_dialog_that_keeps_and_returns_the_focus(open_chat: Open) -> None:
    page = open_chat("?profile=whatsapp", with_history(bot(1, **options(8, shape="list"))))
    opener = page.get_by_role("log").get_by_role("button")
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('dialog') !== null")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()

    posted: list[dict[str, Any]] = []
    page.route("**/preview/events", lambda route: catch(route, posted))
    page.keyboard.press("Enter")
    dialog.get_by_role("button", name="Нұсқа 3").click()
    expect(dialog).to_be_hidden()
    expect(opener).to_be_disabled()
    expect(page.locator("[data-from=person]")).to_contain_text("Нұсқа 3")
    assert [event["option"] for event in posted] == ["o.3"]


def catch(route: Route, posted: list[dict[str, Any]], status: int = 200) -> None:
    posted.append(route.request.post_data_json)
    route.fulfill(status=status, json={"seq": FIRST + 1000})


def test_days_stand_between_messages_of_different_days(open_chat: Open) -> None:
    page = open_chat(stub=with_history(bot(1), bot(2, at="2025-11-20T07:00:00Z"), bot(3, at="2025-12-05T07:00:00Z")))
    expect(page.locator(".day")).to_have_count(2)
    expect(page.locator(".day").first).to_contain_text("20 қараша")
    page.locator("[data-language=ru]").click()
    expect(page.locator(".day").first).to_contain_text("20 ноября")


def test_a_message_said_while_the_server_is_away_is_sent_once_it_is_back(open_chat: Open) -> None:
    page = open_chat(stub=with_history(bot(1)))
    posted: list[dict[str, Any]] = []
    page.route("**/preview/events", lambda route: catch(route, posted, 503))
    page.get_by_role("textbox").fill("Бірінші")
    page.keyboard.press("Enter")
    bubble = page.locator("[data-from=person]")
    expect(bubble).to_have_attribute("data-fate", "pending")
    page.reload()
    expect(bubble).to_have_attribute("data-fate", "pending")
    page.unroute("**/preview/events")
    page.route("**/preview/events", lambda route: catch(route, posted))
    expect(bubble).to_have_attribute("data-fate", "sent")
    assert len({event["id"] for event in posted}) == 1


def test_a_refused_message_can_be_removed(open_chat: Open) -> None:
    page = open_chat(stub=with_history(bot(1)))
    page.route("**/preview/events", lambda route: route.fulfill(status=400, json={"error": "no"}))
    page.get_by_role("textbox").fill("Қате")
    page.keyboard.press("Enter")
    bubble = page.locator("[data-from=person]")
    expect(bubble).to_have_attribute("data-fate", "failed")
    bubble.get_by_role("button").last.click()
    expect(bubble).to_have_count(0)


def test_a_broken_line_is_said_and_mended_without_repeating_messages(open_chat: Open) -> None:
    page = open_chat(stub=with_history(bot(1), live=(bot(2, "Жаңа"),)))
    expect(page.locator("article")).to_have_count(2)
    page.route("**/preview/session", lambda route: route.abort())
    expect(page.locator("#strip")).not_to_be_empty()
    page.unroute("**/preview/session")
    expect(page.locator("#strip")).to_be_empty(timeout=20_000)
    expect(page.locator("article")).to_have_count(2)


def test_what_is_new_is_counted_while_the_person_reads_above(open_chat: Open) -> None:
    many = [bot(number, "Жол\n" * 6) for number in range(1, 12)]
    fresh = bot(50, "Жаңа хабар")
    arrived: list[dict[str, Any]] = []
    stub = with_history()

    def both(page: Page) -> None:
        stub(page)
        page.route("**/preview/history*", lambda route: route.fulfill(json={"messages": many + arrived}))

    page = open_chat(stub=both, phone=360)
    log = page.get_by_role("log")
    expect(page.locator("#latest")).to_be_hidden()
    log.evaluate("log => log.scrollTop = 0")
    expect(page.locator("#latest")).to_be_visible()
    arrived.append(fresh)
    expect(page.locator("#latest")).to_contain_text("1", timeout=20_000)
    page.locator("#latest").click()
    expect(page.locator("#latest")).to_be_hidden()
    expect(page.locator("article").last).to_be_in_viewport()


def test_a_picture_is_drawn_from_the_file_and_never_leaves_the_browser(open_chat: Open) -> None:
    page = open_chat(stub=with_history(bot(1)))
    posted: list[dict[str, Any]] = []
    page.route("**/preview/events", lambda route: catch(route, posted))
    picture = png()
    page.locator("#files").set_input_files(files=[{"name": "чек.png", "mimeType": "image/png", "buffer": picture}])
    page.locator("#send").click()
    expect(page.locator("[data-from=person] img")).to_have_attribute("src", re.compile("^data:image/jpeg"))
    assert posted[0]["attachment"] == {"name": "чек.png", "type": "image/png", "size": len(picture)}


def test_shift_enter_is_a_new_line_and_the_field_grows(open_chat: Open) -> None:
    page = open_chat(stub=with_history(bot(1)))
    field = page.get_by_role("textbox")
    low = field.evaluate("field => field.offsetHeight")
    field.fill("бір")
    for _ in range(3):
        field.press("Shift+Enter")
    expect(field).to_have_value("бір\n\n\n")
    assert field.evaluate("field => field.offsetHeight") > low * 2
    assert field.evaluate("field => parseFloat(getComputedStyle(field).fontSize)") >= 16
