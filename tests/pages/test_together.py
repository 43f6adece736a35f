"""The same act in several cases: one stacked form, looked at first, each case judged by itself, done once however often it is sent."""

from __future__ import annotations

from typing import Any

import pytest
from tests.pages.desk import Desk
from tests.pages.html import Element

from kesu.caseload.models import BarredRow, CaseRow
from kesu.ledger.models import Entry
from kesu.procedure import words
from kesu.procedure.words.names import STEP

DO, LOOK = {"do": "1"}, {"look": "1"}


@pytest.fixture
def three(desk: Desk) -> list[str]:
    """Three complaints of which the last is about a report on which Shen Li has worked: each by the part of its address."""
    for who, item in (("源达化工", "HC-0101"), ("李女士", "HC-0101"), ("王先生", "HC-0102")):
        desk.house.received(complainant=who, account="报告晚了三天", item=item)
    files = CaseRow.objects.filter(procedure="lab-pd-007").order_by("label").values_list("file", flat=True)
    return [file.partition("/")[2] for file in files]


def address(step: str, idents: list[str]) -> str:
    """The stacked form of a step."""
    return f"/together/?step={step}&" + "&".join(f"file={one}" for one in idents)


def notes() -> dict[str, int]:
    """How many notes each case has, by its number."""
    labels = dict(CaseRow.objects.values_list("file", "label"))
    files = Entry.objects.filter(kind=STEP.NOTE).values_list("file", flat=True)
    found = dict.fromkeys(sorted(labels[file] for file in files), 0)
    for file in files:
        found[labels[file]] += 1
    return found


def filled(page: Element, idents: list[str], *texts: str) -> dict[str, Any]:
    """The stacked form with a text in each case."""
    sent: dict[str, Any] = page.form("/together/")
    return {**sent, **{f"c-{one}-f-text": text for one, text in zip(idents, texts, strict=True)}}


def test_looking_writes_nothing_and_doing_writes_each_case_once(desk: Desk, three: list[str]) -> None:
    clerk = desk.as_("周小雨")
    sent = filled(clerk.get(address("note", three)), three, "已打电话说明", "", "另外写的")
    sent |= {f"c-{three[1]}-same": "1"}
    before = Entry.objects.count()
    looked = clerk.post("/together/", {**sent, **LOOK})
    assert "将记下 3 件，跳过 0 件。" in looked.one("div", role="status").text()
    assert (Entry.objects.count(), notes()) == (before, {})
    again = looked.form("/together/")
    for _ in range(2):
        done = clerk.post("/together/", {**again, **DO})
        assert "已记下 3 件，没有记下 0 件。" in done.one("div", role="status").text()
    assert notes() == {"TS-2026-0001": 1, "TS-2026-0002": 1, "TS-2026-0003": 1}
    assert [text in clerk.case(f"case/{one}").text() for one, text in zip(three, ["已打电话说明", "已打电话说明", "另外写的"], strict=True)] == [True] * 3  # fmt: skip


def test_one_left_out_and_one_refused_are_said_with_why_and_the_others_are_done(
    desk: Desk, three: list[str]
) -> None:
    clerk = desk.as_("周小雨")
    desk.house.do("周小雨", "void proposed", "2026-03-09 09:10", f"case/{three[2]}", reason="重复登记")
    desk.house.do("顾明", "voided", "2026-03-09 09:20", f"case/{three[2]}", reason="重复登记")
    page = clerk.get(address("acknowledged", three))
    texts = {"c-" + one + "-f-text": "已收到" for one in three}
    sent = {**page.form("/together/"), **texts, f"c-{three[0]}-out": "1"}
    said = clerk.post("/together/", {**sent, **DO}).one("div", role="status").text()
    assert "已记下 1 件，没有记下 2 件。" in said
    assert "TS-2026-0001 源达化工" in said.split("你选了这一件不办")[0]
    assert "TS-2026-0003 王先生：报告晚了三天 · HC-0102： 案卷已经办结。" in said


def test_of_a_case_that_somebody_does_not_see_nothing_is_said(desk: Desk, three: list[str]) -> None:
    page = desk.as_("沈立").get(address("note", three)).text()
    assert [f"TS-2026-000{one}" in page for one in (1, 2, 3)] == [True, True, False]
    choosing = desk.as_("沈立").get("/together/?" + "&".join(f"file={one}" for one in three)).text()
    assert ("2 件案件" in choosing, "3 件案件" in choosing) == (True, False)
    assert "还没有选案件" in desk.as_("沈立").get(f"/together/?file={three[2]}").text()


def test_what_settles_something_is_offered_to_nobody_and_taken_from_nobody(
    desk: Desk, three: list[str]
) -> None:
    choosing = desk.as_("顾明").get("/together/?" + "&".join(f"file={one}" for one in three))
    offered = {one.attrs["value"].replace("-", " ") for one in choosing.all("button", name="step")}
    assert offered <= {word.name for word in words.steps().values() if word.in_bulk}
    assert (STEP.NOTE in offered, "voided" in offered, "named" in offered) == (True, False, False)
    for step in (
        "relevance-decided",
        "named",
        "found",
        "consented",
        "voided",
        "destroyed",
        "corrected",
        "no-such-step",
    ):
        page = desk.as_("顾明").get(address(step, three))
        assert page.all("input", name=f"c-{three[0]}-key") == [], step
        sent = {"step": step, "file": three, **{f"c-{one}-f-text": "是" for one in three}, **DO}
        before = Entry.objects.count()
        desk.as_("顾明").post("/together/", sent)
        assert Entry.objects.count() == before, step


@pytest.mark.parametrize(
    "name", ["consented", "found", "named", "recusal asked", "destroyed", "product destroyed", "graded", "corrected", "received"]
)  # fmt: skip
def test_the_words_themselves_say_what_is_taken_in_each_case_alone(name: str) -> None:
    word = words.steps()[name]
    settles = word.decides or word.names_persons or word.theirs or word.one_by_one or word.begins
    assert (word.in_bulk, settles) == (False, True)


def test_a_look_at_what_the_rules_would_refuse_leaves_no_line_among_the_barred(
    desk: Desk, three: list[str]
) -> None:
    clerk = desk.as_("周小雨")
    sent = filled(clerk.get(address("note", three)), three, "", "", "")
    clerk.post("/together/", {**sent, **LOOK})
    assert BarredRow.objects.count() == 0


def test_the_list_lets_cases_be_ticked_by_whoever_handles_them(desk: Desk, three: list[str]) -> None:
    page = desk.as_("周小雨").get("/cases/?view=all")
    assert {one.attrs["value"] for one in page.all("input", name="file")} == set(three)
    reading = desk.as_("叶文").get("/cases/?view=all")
    assert reading.all("input", name="file") == []
