"""程序: drafted with its settings, reviewed, approved, each in his own sign-in; what changes is shown; old editions stay readable."""

from __future__ import annotations

from typing import Any

import pytest
from tests.pages.conftest import Clock
from tests.pages.desk import Desk
from tests.pages.html import Element

from kesu.ledger.read import entries_of
from kesu.people.directory import directory_of
from kesu.people.models import Setting
from kesu.registry.drafts import drafts_of

FORM = "/procedures/lab-pd-007/draft/"
PASSWORD = "Zug-Kanne-Mond-7"
SIGNERS = {"reviewer": "顾明", "approver": "陆建国"}


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Everybody who signs has a password."""
    for name in ("秦越", *SIGNERS.values()):
        user = desk.house.user(name)
        user.set_password(PASSWORD)
        user.save()
    return desk


def drafted(desk: Desk, *, act: str = "draft", **typed: Any) -> tuple[Desk, Element]:
    """The administrator proposes four working days for the hand-over in place of one."""
    mine = desk.as_("秦越")
    form = mine.get(FORM).form(FORM)
    persons = {one: desk.house.persons[name] for one, name in SIGNERS.items()}
    sent = {"s-hand-over-time": "4个工作日", "why-s-hand-over-time": "分两处办公", **persons, **typed}
    return mine, mine.post(FORM, {**form, **sent, "act": act})


def sign(
    desk: Desk, name: str, act: str, *, password: str = PASSWORD, remark: str = ""
) -> tuple[Desk, Element]:
    mine = desk.as_(name)
    address = f"/procedures/lab-pd-007/drafts/{drafts_of('hengce', 'lab-pd-007')[0].number}/"
    typed = {"key": f"{name}{act}{password}", "act": act, "password": password, "remark": remark}
    return mine, mine.post(address, typed)


def editions() -> list[str]:
    return [one.edition for one in directory_of("hengce").editions["lab-pd-007"]]


def test_three_persons_put_changed_settings_in_force_each_in_his_own_sign_in(
    desk: Desk, clock: Clock
) -> None:
    _, page = drafted(desk)
    assert page.one(role="status", class_="note").text() == "✓ 已起草，等审核人签。"
    assert editions() == ["1"]
    for name, act in (("顾明", "review"), ("陆建国", "approve")):
        for path in ("/", "/procedures/"):
            assert "等你签：服务客户及投诉处理程序，第 1.1 版" in desk.as_(name).get(path).text()
        mine, page = sign(desk, name, act)
        assert mine.status == 200, page.text()
    assert editions() == ["1", "1.1"]
    row = Setting.objects.get(organisation="hengce", procedure="lab-pd-007", name="hand-over time")
    assert (row.value, row.reason) == ("4个工作日", "分两处办公")
    text = desk.as_("周小雨").get("/procedures/lab-pd-007/").one(id="editions").text()
    assert "编制 秦越 · 审核 顾明 · 批准 陆建国" in text
    assert "由一个人用命令生效" in text  # the first edition


def test_the_draft_shows_what_changes_and_what_last_years_cases_would_have_got(desk: Desk) -> None:
    file = desk.house.received("2026-03-05 09:00")
    _, page = drafted(desk)
    changes = page.one("section", **{"aria-labelledby": "changes-title"}).text()
    assert "移交" in changes
    assert ("1个工作日" in changes, "4个工作日" in changes) == (True, True)
    under = page.one("section", **{"aria-labelledby": "under-title"}).text()
    assert "共 1 件，重新核对了 1 件。" in under
    assert file.startswith("case/")
    assert "个示例" in page.one("section", **{"aria-labelledby": "tries-title"}).text()


def test_nobody_but_the_named_signs_nor_out_of_order_nor_with_a_wrong_password(desk: Desk) -> None:
    drafted(desk)
    wrong = {
        ("顾明", "approve", PASSWORD): "先由审核人审核",
        ("陆建国", "review", PASSWORD): "这份起草稿写明由别人签",
        ("秦越", "review", PASSWORD): "这份起草稿写明由别人签",
        ("顾明", "review", "not the password"): "密码不对",
        ("顾明", "review", ""): "还没有填",
    }
    for (name, act, password), said in wrong.items():
        mine, page = sign(desk, name, act, password=password)
        assert (mine.status, said in page.one(role="alert").text()) == (422, True), (name, act)
    assert [entry.kind for entry in entries_of("hengce", "edition/lab-pd-007")] == [
        "put in force",
        "edition drafted",
    ]


def test_who_sends_it_back_says_why_and_it_ends_there(desk: Desk) -> None:
    drafted(desk)
    mine, page = sign(desk, "顾明", "back")
    assert mine.status == 422
    sign(desk, "顾明", "back", remark="四天太长，客户等不了")
    assert "四天太长，客户等不了" in desk.as_("秦越").get("/procedures/lab-pd-007/drafts/2/").text()
    mine, page = sign(desk, "顾明", "review")
    assert "这份起草稿已经有了结果" in page.one(role="alert").text()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"approver": "顾明"}, "编制、审核、批准要由 3 个人签，现在只有 2 个"),
        ({"from": "2026-03-01"}, "生效时间早于今天的，要写明理由"),
        ({"s-hand-over-time": "四天半工"}, "移交"),
        ({"s-hand-over-time": "不限", "why-s-hand-over-time": ""}, "不设期限要写理由"),
        ({"s-hand-over-time": "1 working day"}, "和现行版本完全一样，没有要改的"),
        ({"reviewer": ""}, "请选一个人。"),
    ],
)
def test_what_is_in_the_way_of_a_draft_is_said_and_what_was_typed_is_kept(
    desk: Desk, typed: dict[str, str], said: str
) -> None:
    typed = {name: desk.house.persons.get(value, value) for name, value in typed.items()}
    mine, page = drafted(desk, **typed)
    assert mine.status == 422
    assert said in page.one(role="alert").text()
    given = typed.get("s-hand-over-time", "4个工作日").replace("不限", "no limit")
    assert page.one("input", id="s-hand-over-time").attrs["value"] == given
    assert drafts_of("hengce", "lab-pd-007") == []


def test_a_back_dated_edition_keeps_showing_why_and_by_whom(desk: Desk) -> None:
    drafted(desk, **{"from": "2026-03-02", "reason": "纸质版 3 月 2 日已发布"})
    sign(desk, "顾明", "review")
    sign(desk, "陆建国", "approve")
    text = desk.as_("周小雨").get("/procedures/lab-pd-007/").one(id="editions").text()
    assert "生效时间早于批准： 纸质版 3 月 2 日已发布 · 秦越" in text


def test_trying_the_examples_writes_nothing(desk: Desk) -> None:
    mine, page = drafted(desk, act="try")
    assert mine.status == 200
    assert "个示例" in page.one("section", **{"aria-labelledby": "tries-title"}).text()
    assert page.one("input", id="s-hand-over-time").attrs["value"] == "4个工作日"
    assert drafts_of("hengce", "lab-pd-007") == []


def test_settings_and_signatures_of_an_old_edition_stay_readable(desk: Desk) -> None:
    drafted(desk)
    sign(desk, "顾明", "review")
    sign(desk, "陆建国", "approve")
    mine = desk.as_("周小雨")
    old, new = mine.get("/procedures/lab-pd-007/editions/1/"), mine.get("/procedures/lab-pd-007/")
    said = ["1个工作日" in page.one(id="settings").text().partition("移交")[2][:20] for page in (old, new)]
    assert said == [True, False]
    assert "不是现行版本" in old.text()


def test_a_case_leads_to_the_edition_that_it_is_judged_by(desk: Desk) -> None:
    file = desk.house.received("2026-03-05 09:00")
    drafted(desk)
    sign(desk, "顾明", "review")
    sign(desk, "陆建国", "approve")
    mine = desk.as_("周小雨")
    link = next(one for one in mine.case(file).all("a") if "/judging/" in one.attrs["href"])
    page = mine.get(link.attrs["href"])
    assert ("第 1 版" in page.one("div", class_="title").text(), "不是现行版本" in page.text()) == (
        True,
        True,
    )


def test_a_small_organisation_settles_that_one_person_signs_and_the_reading_is_shown(desk: Desk) -> None:
    mine = desk.as_("秦越")
    sent = {**mine.get("/setup/").form("/setup/"), "hands": "one person"}
    assert "少于三个人签的要写明理由" in mine.post("/setup/", sent).one(role="alert").text()
    mine.post("/setup/", {**sent, "key": "again", "reason": "全单位只有两个人"})
    qin = desk.house.persons["秦越"]
    _, page = drafted(desk, reviewer=qin, approver=qin)
    assert "已起草" in page.text()
    sign(desk, "秦越", "review")
    sign(desk, "秦越", "approve")
    assert editions() == ["1", "1.1"]
    assert "全单位只有两个人" in mine.get(FORM).text()
