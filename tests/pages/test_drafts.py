"""Drafts: what is typed into a form is kept for whoever typed it, through a refusal, a reload, a second tab and the end of a session."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.pages.conftest import Clock
from tests.pages.desk import Desk, fields
from tests.pages.html import Element, read

from kesu.caseload.models import CaseRow
from kesu.desk.models import FormDraft
from kesu.site.loops import tidy

FOUR = {"complainant": "李女士", "channel": "phone", "account": "报告晚了三天。", "at": "昨天17:10"}
REGISTER = "/register/"


def opened(desk: Desk, path: str = REGISTER) -> dict[str, Any]:
    """The form as it stands, with what it carries."""
    return desk.get(path).form(path)


def types(desk: Desk, form: dict[str, Any], **typed: object) -> str:
    """What the page sends by itself while somebody types; the line that comes back."""
    desk.last = desk.client.post("/form-draft/", {**form, **fields(**typed)}, follow=True)
    desk.status = desk.last.status_code
    return desk.last.content.decode()


def account(page: Element) -> str:
    return page.one("textarea", id="f-account").text()


def line(page: Element) -> str | None:
    """The line above the form; None while it is hidden."""
    form = page.one("form", class_="drafted")
    return None if "hidden" in form.attrs else form.text()


def words() -> str:
    return "".join(FormDraft.objects.values_list("typed", flat=True))


def test_what_is_typed_is_there_when_the_form_is_opened_again_with_one_line_that_says_so(desk: Desk) -> None:
    mine = desk.as_("周小雨")
    form = opened(mine)
    assert line(mine.get(REGISTER)) is None
    assert types(mine, form, account="报告晚了", at="什么时候") == "草稿 10:20 保存，只有你能看到"
    page = mine.get(REGISTER)
    assert (account(page), line(page)) == ("报告晚了", "草稿 10:20 保存，只有你能看到 · 丢弃")
    assert page.one("input", id="f-at").attrs["value"] == "什么时候"
    assert page.all(class_="error") == []  # nobody has sent it
    assert mine.as_("周小雨", "en").get(REGISTER).one("form", class_="drafted").text() == (
        "Draft kept 10:20, visible to you alone · Discard"
    )


def test_a_draft_is_seen_by_nobody_else(desk: Desk) -> None:
    mine = desk.as_("周小雨")
    form = opened(mine)
    types(mine, form, account="报告晚了")
    other = desk.as_("顾明")
    page = other.get(REGISTER)
    assert (account(page), line(page)) == ("", None)
    types(other, form, account="别人写的")
    assert other.status == 400
    assert account(mine.get(REGISTER)) == "报告晚了"


def test_a_refused_form_is_kept_without_any_script_and_a_recorded_one_leaves_no_word(
    desk: Desk, clock: Clock
) -> None:
    mine = desk.as_("周小雨")
    mine.post(REGISTER, opened(mine) | fields(account="报告晚了三天。"))
    assert mine.status == 422
    clock.set("2026-03-09 10:25")
    page = mine.get(REGISTER)
    assert account(page) == "报告晚了三天。"
    late = page.form(REGISTER)
    clock.set("2026-03-09 10:26")
    mine.post(REGISTER, late | fields(**FOUR))
    assert CaseRow.objects.count() == 1
    assert words() == ""
    clock.set("2026-03-09 10:27")
    types(mine, late, account="报告晚了三天。又来一次")
    assert (mine.status, words()) == (409, "")


def test_of_two_tabs_the_newer_wins_and_the_older_is_told(desk: Desk, clock: Clock) -> None:
    mine = desk.as_("周小雨")
    older = opened(mine)
    clock.set("2026-03-09 10:21")
    newer = opened(mine)
    clock.set("2026-03-09 10:22")
    types(mine, newer, account="新的")
    clock.set("2026-03-09 10:23")
    said = types(mine, older, account="旧的")
    assert mine.status == 409
    assert said == "这张表在另一个标签页里又打开过，或者已经交了；这一页填的不再存草稿。"
    assert account(mine.get(REGISTER)) == "新的"


def test_a_draft_is_thrown_away_by_its_button(desk: Desk, clock: Clock) -> None:
    mine = desk.as_("周小雨")
    types(mine, opened(mine), account="报告晚了")
    clock.set("2026-03-09 10:21")
    form = mine.get(REGISTER).form("/form-draft/")
    page = mine.post("/form-draft/", form | {"discard": "1"})
    assert (account(page), line(page), words()) == ("", None, "")


def test_drafts_are_short_seldom_and_gone_after_a_week(desk: Desk, clock: Clock) -> None:
    mine = desk.as_("周小雨")
    form = opened(mine)
    types(mine, form, account="长" * 100_000)
    assert mine.status == 413
    types(mine, form, account="一")
    types(mine, form, account="一二")
    assert mine.status == 429
    now = clock.set("2026-03-09 10:21")
    types(mine, form, account="一二")
    assert mine.status == 200
    tidy(now + timedelta(days=7))
    assert FormDraft.objects.count() == 1
    tidy(now + timedelta(days=7, seconds=1))
    assert FormDraft.objects.count() == 0


def test_a_password_and_what_is_no_answer_of_the_form_are_not_kept(desk: Desk) -> None:
    mine = desk.as_("周小雨")
    mine.client.post("/form-draft/", opened(mine) | fields(account="报告晚了") | {"password": "geheim"})
    assert "geheim" not in words()
    assert "csrfmiddlewaretoken" not in words()


def test_the_form_of_a_step_keeps_its_draft_for_who_still_sees_the_case(desk: Desk, clock: Clock) -> None:
    file = desk.house.handed_over()
    mine = desk.as_("顾明")
    address = mine.step(file, "note")
    types(mine, opened(mine, address), text="和客户谈过")
    page = mine.get(address)
    assert page.one(id="f-text").text() == "和客户谈过"
    assert line(page) == "草稿 10:20 保存，只有你能看到 · 丢弃"
    clock.set("2026-03-09 10:30")
    mine.take(file, "note")
    assert words() == ""


@pytest.mark.parametrize("cookies", ["signed out elsewhere", "all gone"])
def test_a_session_that_ended_loses_nothing_and_the_same_person_finds_it(desk: Desk, cookies: str) -> None:
    mine = desk.as_("周小雨")
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = mine.client.cookies
    form = read(browser.get(REGISTER).content.decode()).form(REGISTER)
    mine.client.logout()
    if cookies == "all gone":
        browser.cookies.clear()
    answer = browser.post(REGISTER, {**form, **fields(**FOUR)}, headers={"accept-language": "zh"})
    page = read(answer.content.decode())
    assert answer.status_code == 401
    assert page.one(class_="note").text() == "登录过期，内容还在。不是周小雨？ 换人"
    assert "报告晚了" not in answer.content.decode()
    asked = page.form("/sign-in/")["next"]
    assert asked == ["/register/?procedure=lab-pd-007"]
    assert CaseRow.objects.count() == 0
    other = desk.as_("顾明").get(asked[0])
    assert (account(other), line(other)) == ("", None)
    again = desk.as_("周小雨").get(asked[0])
    assert account(again) == "报告晚了三天。"
    assert again.one("input", id="f-at").attrs["value"] == "昨天17:10"


def test_a_form_older_than_its_cookie_is_filled_in_again_for_the_same_person_and_shown_to_no_other(
    desk: Desk,
) -> None:
    form = opened(desk.as_("周小雨"))
    for name, status in {"顾明": 403, "周小雨": 200}.items():
        sitting = desk.as_(name)
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = sitting.client.cookies
        sitting.client = strict
        page = sitting.post(REGISTER, {**form, **fields(**FOUR)})
        assert sitting.status == status
        if name == "周小雨":
            assert account(page) == "报告晚了三天。"
            assert "填的内容都在下面" in page.text()
        else:
            assert "报告晚了" not in page.text()
            assert "给周小雨留着" in page.text()
    assert CaseRow.objects.count() == 0


def test_a_mark_of_a_form_is_ours_or_nothing_is_kept(desk: Desk, clock: Clock) -> None:
    mine = desk.as_("周小雨")
    form = opened(mine)
    types(mine, form | {"opened": form["opened"][0][:-1] + "?"}, account="x")
    assert mine.status == 400
    clock.set("2026-03-10 10:21")
    mine.client.logout()
    answer = mine.client.post(REGISTER, {**form, **fields(**FOUR)})
    assert answer.status_code == 302
    assert FormDraft.objects.count() == 0
