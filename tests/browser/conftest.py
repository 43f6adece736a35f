"""Tests in a real browser: one for the whole run, a context a test, the site on a thread of its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from tests.browser.people import Site
from tests.pages.conftest import (
    Clock,
    clock,
    database,
    fresh_database,
    house,
    laboratory,
    ledger_verifies,
    pytest_generate_tests,
)
from tests.pages.house import House

__all__ = [
    "clock",
    "database",
    "fresh_database",
    "house",
    "laboratory",
    "ledger_verifies",
    "pytest_generate_tests",
]

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = (
    "yes"  # the browser's driver runs a loop in this thread; Django stays synchronous
)

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; where there is none, these tests cannot say anything."""
    found = shutil.which("chromium")
    if found is None:
        pytest.skip("no Chromium here; apt-get install chromium fonts-wqy-microhei")
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield made
        made.close()


@pytest.fixture
def address(house: House, clock: Clock, settings: Any) -> Iterator[str]:
    """The site in demo mode, on a port of its own."""
    settings.DEMO = True
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()


@pytest.fixture
def site(browser: Browser, address: str, house: House, clock: Clock) -> Iterator[Site]:
    """The site as people use it: Chinese, without JavaScript, 1366 wide."""
    made = Site(browser, address, house, clock)
    yield made
    made.close()


@pytest.fixture
def scripted(browser: Browser) -> Iterator[BrowserContext]:
    """A context with JavaScript, which only the accessibility check needs."""
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")
    yield context
    context.close()
