"""Clients of the real server, through the pages that people use: sign-in by password, forms as they stand, redirects.

What is sent again is the same body with the same cookies: the same CSRF token, `seen` and idempotency key that the form
carried. A redirect to the page of the case is the acknowledgement, and no other answer is.
"""

from __future__ import annotations

import http.client
from collections.abc import Mapping
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from tests.pages.html import Element, read

from .clients import Asked, Client

PASSWORD = "crash-trial-of-the-pages"
Typed = Mapping[str, Any]
Answer = tuple[int, str, str]  # status, where it leads, page


class Browser:
    """Cookies and one address."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies = port, SimpleCookie()

    def ask(self, path: str, typed: Typed | None = None) -> Answer | None:
        """One request: GET, or POST of what was typed. None when the server was not there or died of it."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{one.key}={one.coded_value}" for one in self.cookies.values())}
        if typed is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = None if typed is None else urlencode(typed, doseq=True)
        try:
            connection.request("GET" if typed is None else "POST", path, body, headers)
            answer = connection.getresponse()
            page = answer.read().decode()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            self.cookies.load(cookie)
        return answer.status, answer.headers.get("Location", ""), page


class Browsing(Client):
    """One browser for each person, signed in once."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.browsers: dict[str, Browser] = {}

    def send(self, asked: Asked) -> str:
        """Opens the form, fills it in and sends it until it is acknowledged."""
        browser, file, step = self._signed_in(asked.who["person"]), asked.file, asked.step
        action = f"/cases/{_id(file)}/steps/{step.replace(' ', '-')}/" if file else "/register/"
        form = self._page(browser, action if file else f"{action}?procedure={asked.procedure}").form(action)
        typed = {**form, **{f"f-{word.replace(' ', '-')}": value for word, value in asked.facts.items()}}
        there = self._sent(browser, action, typed, onward=f"/cases/{_id(file)}/" if file else "/register/")
        told = {"person": asked.who["person"], "file": file or f"case/{there.split('/')[2]}"}
        key = form["key"][0]
        self.acknowledged.append({**told, "key": key, "step": step})
        if (
            file is None
        ):  # the page of the arrival registers in the same act: its entry stands beside the one with the key
            self.acknowledged[-1]["label"] = self._page(browser, there).one("p", class_="big").text()
            self.acknowledged.append({**told, "key": key, "step": "registered", "beside": True})
        else:
            self._page(browser, there)
        return told["file"]

    def _signed_in(self, person: str) -> Browser:
        if person not in self.browsers:
            browser = Browser(self.port)
            form = self._page(browser, "/sign-in/").form("/sign-in/")
            typed = {**form, "username": person.removeprefix("p-"), "password": PASSWORD}
            self._sent(browser, "/sign-in/", typed, onward="/")
            self.browsers[person] = browser
        return self.browsers[person]

    def _page(self, browser: Browser, path: str) -> Element:
        """The page at an address, asked for until it comes."""
        for _ in self.tries_left():
            answer = browser.ask(path)
            if answer is not None:
                assert answer[0] == 200, f"GET {path}: {answer[0]} {answer[1]} {_said(answer[2])}"
                return read(answer[2])
        raise AssertionError("the tries end by themselves")

    def _sent(self, browser: Browser, action: str, typed: Typed, *, onward: str) -> str:
        """Sends one form, always the same, until it is acknowledged by leading `onward`; where it leads."""
        for _ in self.tries_left():
            answer = browser.ask(action, typed)
            if answer is None:
                continue
            status, there, page = answer
            if status == 302 and there.startswith(onward):
                return there
            same = status == 409 and read(page).form(action).get("key") == typed["key"]
            assert same, (
                f"POST {action}: {status} {there} {_said(page)}"
            )  # 409 with this key: busy, send it again
        raise AssertionError("the tries end by themselves")


def _id(file: str) -> str:
    return file.partition("/")[2]


def _said(page: str) -> str:
    """The words of a page that should not have come."""
    return read(page).text()[:2000]
