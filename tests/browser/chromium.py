"""Fixtures of a browser and of a page that is open at the preview chat.

Leaves starting the app to `preview_url` (conftest). The browser lives as long as one test module: Playwright's sync API keeps an
event loop running, which must be gone before an asynchronous test of another module starts.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"viewport": {"width": 1280, "height": 800}}

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium: install Debian's package or name one in CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_chat(browser: Browser, preview_url: str) -> Iterator[Open]:
    """Opens the chat as a new person. `stub(page)` may replace answers of the server first; `phone` is the width of one.

    A test fails at its end if a script failed or something broke the content policy.
    """
    contexts = []
    faults: list[str] = []

    def open_chat(query: str = "", stub: Callable[[Page], None] | None = None, phone: int | None = None) -> Page:
        screen: dict[str, Any] = DESKTOP
        if phone is not None:
            screen = {"viewport": {"width": phone, "height": 740}, "has_touch": True, "is_mobile": True}
        # Kazakh, at the time of Astana: days and strings must not depend on the machine that runs the test
        context = browser.new_context(locale="kk-KZ", timezone_id="Asia/Almaty", **screen)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)
        if stub:
            stub(page)
        page.goto(preview_url.rstrip("/") + "/" + query)
        return page

    yield open_chat
    for context in contexts:
        context.close()
    assert faults == []
