"""People at their browsers: each has a context of his own, reads labels and presses buttons."""

from __future__ import annotations

from playwright.sync_api import Browser, BrowserContext, Locator, Page
from tests.pages.conftest import Clock
from tests.pages.house import House


class Site:
    """The running site; `sit` gives a person's browser, signed in by one click."""

    def __init__(self, browser: Browser, address: str, house: House, clock: Clock) -> None:
        self.browser, self.address, self.house, self.clock = browser, address, house, clock
        self.seats: dict[tuple[str, str], Seat] = {}
        self.contexts: list[BrowserContext] = []

    def context(self, *, width: int = 1366, height: int = 768, scripts: bool = False) -> BrowserContext:
        """A fresh browser window."""
        made = self.browser.new_context(
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
        )
        made.set_default_timeout(20_000)
        self.contexts.append(made)
        return made

    def sit(self, name: str, language: str = "zh", **window: object) -> Seat:
        """This person at his browser; the same one each time."""
        key = (name, language)
        if key not in self.seats:
            page = self.context(**window).new_page()  # type: ignore[arg-type]
            page.goto(f"{self.address}/sign-in/")
            if language == "en":
                with page.expect_navigation():
                    page.get_by_role("button", name="English").click()
            with page.expect_navigation():
                page.get_by_role("button", name=name).first.click()
            self.seats[key] = Seat(self, page)
        return self.seats[key]

    def close(self) -> None:
        """Closes every window."""
        for context in self.contexts:
            context.close()


class Seat:
    """One person's page."""

    def __init__(self, site: Site, page: Page) -> None:
        self.site, self.page = site, page

    def go(self, path: str) -> Seat:
        """Opens an address of the site."""
        self.page.goto(self.site.address + path)
        return self

    def fill(self, **typed: str | list[str]) -> Seat:
        """Types into the fields of these facts: texts, choices by their titles, checklists item by item."""
        for word, value in typed.items():
            name = "f-" + word.replace("_", "-")
            for one in value if isinstance(value, list) else [value]:
                self._enter(name, one)
        return self

    def items(self, word: str, text: str) -> Seat:
        """Writes the same answer into every item of a checklist."""
        for box in self.page.locator(f"[name^='f-{word.replace('_', '-')}--']").all():
            box.fill(text)
        return self

    def press(self, name: str) -> Seat:
        """Presses the button of this name."""
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("button", name=name, exact=True).first.click()
        return self

    def take(self, case: str, step: str, button: str, **typed: str | list[str]) -> Seat:
        """Opens the form of a step, fills it in and sends it; it has to be recorded."""
        self.go(f"/cases/{case}/steps/{step.replace(' ', '-')}/").fill(**typed).press(button)
        assert "已记下" in self.said() or "Recorded" in self.said(), self.main()
        return self

    def said(self) -> str:
        """What the page says of the last act."""
        return " ".join(self.page.locator("main [role=status]").all_inner_texts())

    def main(self) -> str:
        """All that the page says."""
        return self.page.locator("main").inner_text()

    def _enter(self, name: str, value: str) -> None:
        field = self.page.locator(f"[id='{name}']")
        self._unfold(field)
        if field.evaluate("e => e.tagName") == "FIELDSET":
            self._choice(field, value).check()
        elif field.evaluate("e => e.tagName") == "SELECT":
            titles = field.locator("option").all_inner_texts()
            place = next(n for n, title in enumerate(titles) if title.strip().startswith(value))
            field.select_option(index=place)
        else:
            field.fill(value)

    def _unfold(self, field: Locator) -> None:
        """Opens what the field is folded away in, as whoever looks for it would."""
        folded = field.locator("xpath=ancestor::details[not(@open)]")
        while folded.count():
            folded.first.locator(":scope > summary").click()

    def _choice(self, field: Locator, title: str) -> Locator:
        labels = field.locator("label")
        place = next(n for n, text in enumerate(labels.all_inner_texts()) if text.strip().startswith(title))
        return labels.nth(place).locator("input")
