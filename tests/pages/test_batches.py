"""批次: what is under watch, its chart, its cases, and what is kept from whom."""

from __future__ import annotations

import itertools
import re

import pytest
from tests.office.caseload.goods import MILK
from tests.office.caseload.office import LIBRARY
from tests.pages.desk import Desk
from tests.pages.house import House, at

from kesu.caseload.acting.answers import Done
from kesu.caseload.acting.perform import perform
from kesu.caseload.models import CaseRow
from kesu.casework.deciding.command import Command
from kesu.ledger.read import entries_of
from kesu.people.directory import directory_of
from kesu.registry.editions import put_in_force

SPECIALIST = "customer service specialist"
_keys = itertools.count(1)


def in_force(house: House) -> None:
    """The small complaints of goods and their watch, beside the laboratory's own procedures."""
    now = at("2026-02-27 09:00")
    for name in ("office-watch", "office-batch"):
        answer = put_in_force(
            name, library=LIBRARY, organisation=house.organisation, person=house.persons["秦越"],
            now=now, since=now, key=f"force-{next(_keys)}",
        )  # fmt: skip
        assert isinstance(answer, Done), answer.sentences("en")


def act(house: House, name: str, step: str, now: str, *, file: str | None = None, **facts: object) -> str:
    """A step by this person in the post of customer service; gives the file."""
    person = house.persons[name]
    said = {word.replace("_", " "): value for word, value in facts.items()}
    units = directory_of(house.organisation).units_above(person, at(now))
    post = {"周小雨": SPECIALIST}.get(name, "quality manager")
    answer = perform(
        Command(step=step, by=person, post=post, units=units, facts=said),
        organisation=house.organisation, person=person, now=at(now), key=f"batch-{next(_keys)}",
        file=file, procedure=None if file else "office-batch",
    )  # fmt: skip
    assert isinstance(answer, Done), answer
    return answer.file


def complaints(house: House, count: int, **facts: object) -> list[str]:
    """So many of the batch of milk, one a quarter of an hour from Thursday on."""
    said = {"matter": "complaint", "channel": "phone", **MILK, **facts}
    moments = [f"2026-03-0{5 + place // 4} 09:{place % 4 * 15:02}" for place in range(count)]
    return [act(house, "周小雨", "received", moment, **said) for moment in moments]


@pytest.fixture
def goods(desk: Desk) -> Desk:
    in_force(desk.house)
    return desk


def address(desk: Desk) -> str:
    """The page of the only watch."""
    row = CaseRow.objects.get(organisation=desk.house.organisation, procedure="office-watch")
    return f"/batches/{row.file.partition('/')[2]}/"


def test_the_list_names_product_batch_numbers_and_alarms(goods: Desk) -> None:
    complaints(goods.house, 5)
    page = goods.as_("周小雨").get("/batches/")
    (row,) = page.one("tbody").all("tr")
    assert row.text() == "OFFICE-WATCH-2026-0001 纯牛奶 250ml 20260211A 5 5 ▲ 已达 5 件 计入"
    heads = [one.text() for one in page.one("thead").all("th")]
    assert heads == ["编号", "产品", "批号", "近 7 日", "7 日内最多", "预警", "阶段"]
    assert row.link("OFFICE-WATCH") == address(goods)


def test_the_list_is_open_in_the_frame_only_where_something_is_counted(desk: Desk) -> None:
    assert "批次" not in desk.as_("周小雨").get("/").one("nav", class_="side").text()
    in_force(desk.house)
    assert desk.as_("周小雨").get("/").link("批次") == "/batches/"


def test_an_empty_list_says_so(goods: Desk) -> None:
    assert "还没有跟踪的批次。" in goods.as_("周小雨").get("/batches/").text()


def test_the_page_of_a_batch_shows_its_days_its_cases_and_the_next_step(goods: Desk) -> None:
    files = complaints(goods.house, 5)
    page = goods.as_("周小雨").get(address(goods))
    chart = page.one("table", class_="bars")
    rows = [row.text() for row in chart.one("tbody").all("tr")]
    assert rows == ["3月5日（周四） 4", "3月6日（周五） 1"]
    assert [one.attrs["width"] for one in chart.all("rect")] == ["100", "25"]
    cases = page.one("section", id="batch").all("table", class_="stack")[0]
    links = [one.attrs["href"] for one in cases.all("a")]
    assert links == [f"/cases/{file.partition('/')[2]}/" for file in files]
    assert "近 7 日 5 件" in page.one("section", id="batch").text()
    assert "与相关部门沟通" in page.one("section", id="limits").text()
    assert page.one("section", id="act").one("h2").text() == "轮到你 · 与相关部门沟通"


def test_the_page_says_how_many_make_its_cases_major_and_which_batches_are_related(goods: Desk) -> None:
    complaints(goods.house, 2)
    mine = goods.as_("周小雨")
    assert "相关批次" not in mine.get(address(goods)).text()
    first = address(goods)
    complaints(goods.house, 1, batch="20260212A")
    page = mine.get(first).one("section", id="batch").text()
    assert "7 天内满 10 件，全批升为重大；再有 8 件就是。" in page
    assert "相关批次 OFFICE-WATCH-2026-0002 纯牛奶 250ml · 20260212A" in page


def test_the_step_is_taken_on_the_page_of_the_file_which_is_the_same(goods: Desk) -> None:
    complaints(goods.house, 5)
    file = CaseRow.objects.get(organisation="hengce", procedure="office-watch").file
    mine = goods.as_("周小雨")
    page = mine.take(file, "departments talked to", talk="已与生产部沟通")
    assert mine.status == 200
    assert page.one("section", id="batch").one("h2").text() == "纯牛奶 250ml · 20260211A"
    assert "与相关部门沟通" in page.one("section", id="told").text()


def test_the_timeline_names_the_cases_by_their_numbers(goods: Desk) -> None:
    complaints(goods.house, 5)
    told = goods.as_("周小雨").get(address(goods)).one("section", id="told")
    alarm = told.all("li")[0].text()
    assert re.search(r"批次预警 系统 .*计入件数 5 .*所涉案卷 OFFICE-BATCH-2026-0001、", alarm), alarm
    assert "case/" not in told.text()


def test_another_spelling_is_shown_beside_the_case(goods: Desk) -> None:
    complaints(goods.house, 1)
    complaints(goods.house, 1, batch="２０２６０２１１ａ")
    section = goods.as_("周小雨").get(address(goods)).one("section", id="batch")
    assert "原写作 ２０２６０２１１ａ" in section.text()


def test_from_whom_a_case_is_hidden_its_number_and_all_numbers_are_kept(goods: Desk) -> None:
    files = complaints(goods.house, 5)
    hidden = CaseRow.objects.get(file=files[0]).label
    named = {"persons": [goods.house.persons["周小雨"]], "reason": "投诉人这样说"}
    act(goods.house, "顾明", "named", "2026-03-07 09:00", file=files[0], **named)
    entry = str(entries_of(goods.house.organisation, files[0])[-1].number)
    held = {"person": goods.house.persons["沈立"], "unit": "main", "from": at("2026-03-01 09:00")}
    goods.house.note("秦越", "post/quality manager", "post taken", "2026-03-07 09:00", **held)
    act(goods.house, "沈立", "naming confirmed", "2026-03-07 09:01", file=files[0], entry=entry)
    mine = goods.as_("周小雨")
    page = mine.get(address(goods))
    assert hidden not in page.text()
    assert files[0].partition("/")[2] not in mine.last.content.decode()
    section = page.one("section", id="batch")
    assert "已达 5 件" in section.text()
    assert section.all("table", class_="bars") == []
    assert "近 7 日" not in section.text()
    row = mine.get("/batches/").one("tbody").one("tr").text()
    assert row == "OFFICE-WATCH-2026-0001 纯牛奶 250ml 20260211A — — ▲ 已达 5 件 计入"
    assert "近 7 日 5 件" in goods.as_("顾明").get(address(goods)).one("section", id="batch").text()


def test_who_holds_no_post_in_the_cases_reads_how_many_there_are(goods: Desk) -> None:
    complaints(goods.house, 5)
    file = CaseRow.objects.get(organisation="hengce", procedure="office-watch").file
    person = goods.house.persons["韩松"]
    act(goods.house, "周小雨", "handed over", "2026-03-07 09:00", file=file, to_person=person)
    section = goods.as_("韩松").get(address(goods)).one("section", id="batch")
    assert "另有 5 件不在你可看的范围内。" in section.text()
    assert "其中没有你可看的案件。" in section.text()


def test_who_may_not_see_the_watch_finds_nothing(goods: Desk) -> None:
    complaints(goods.house, 5)
    mine = goods.as_("韩松")
    mine.get(address(goods))
    assert mine.status == 404


def test_a_case_that_is_no_watch_has_no_batch_page(goods: Desk) -> None:
    (file,) = complaints(goods.house, 1)
    mine = goods.as_("周小雨")
    mine.get(f"/batches/{file.partition('/')[2]}/")
    assert mine.status == 404
    assert mine.case(file).all("section", id="batch") == []


def test_the_case_leads_to_its_batch(goods: Desk) -> None:
    (file,) = complaints(goods.house, 1)
    page = goods.as_("周小雨").case(file)
    assert page.link("OFFICE-WATCH").startswith("/cases/")


def test_what_is_not_counted_for_want_of_its_batch_is_listed(goods: Desk) -> None:
    complaints(goods.house, 1, batch=None)
    page = goods.as_("周小雨").get("/batches/")
    assert "批号等还不清楚、没有计入的在办案件：1 件" in page.text()
    assert "OFFICE-BATCH-2026-0001 投诉 · 纯牛奶 250ml（批号）" in page.text()


def test_a_promoted_case_says_by_which_rule(goods: Desk) -> None:
    file = complaints(goods.house, 10)[0]
    page = goods.as_("周小雨").case(file)
    entry = page.one("section", id="told").all("li")[0].text()
    assert "升级 系统" in entry
    assert "任何7个自然日之内达到 10 件的，即发出预警" in entry


def test_both_pages_speak_english(goods: Desk) -> None:
    complaints(goods.house, 5)
    mine = goods.as_("周小雨", "en")
    pages = [mine.get("/batches/").one("main"), mine.get(address(goods))]
    parts = [pages[0], *(pages[1].one("section", id=name) for name in ("batch", "limits", "told"))]
    said = " ".join(part.text() for part in parts).replace("纯牛奶 250ml", "")
    assert re.findall(r"[\u4e00-\u9fff]+", said) == []
    assert "In the last 7 days: 5" in mine.get(address(goods)).text()


def test_neither_page_holds_a_script_of_another_or_an_inline_style(goods: Desk) -> None:
    complaints(goods.house, 5)
    for path in ("/batches/", address(goods)):
        sent = goods.as_("周小雨").client.get(path).content.decode()
        assert re.findall(r"<script(?! src=\"/static/desk/)|<style|\sstyle=|\son[a-z]+=", sent) == []
