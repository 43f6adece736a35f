"""Tables of lines at the desk: three empty rows and more on request, errors at the row, nothing typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from tests.office.caseload.office import LIBRARY, at
from tests.pages.desk import Desk
from tests.pages.html import Element

from kesu.caseload.acting.answers import Done
from kesu.caseload.models import CaseRow
from kesu.ledger.read import entries_of
from kesu.registry.editions import put_in_force

ASKED, TAKEN = "f-proposed-lines", "f-settlement-lines"
REGISTER = "/register/?procedure=office-goods"
MILK = [{"article": "盒装奶", "quantity": "3", "price": "19.90"}, {"article": "茶", "quantity": "0.5"}]


@pytest.fixture
def goods(desk: Desk) -> Desk:
    """The desk, with returned goods in force."""
    now = at("2026-03-02 09:00")
    person = desk.house.persons["秦越"]
    done = put_in_force(
        "office-goods", library=LIBRARY, organisation="hengce", person=person, now=now, since=now, key="goods"
    )
    assert isinstance(done, Done), done
    return desk


def opened(desk: Desk) -> str:
    """A file in which these goods were asked for."""
    own = desk.as_("顾明")
    own.post("/register/", own.get(REGISTER).form("/register/") | rows(ASKED, *MILK))
    return CaseRow.objects.get(organisation="hengce", procedure="office-goods").file


def rows(name: str, *lines: dict[str, str]) -> dict[str, list[str]]:
    """What a browser sends of a table with these rows."""
    return {
        f"{name}--{column}": [line.get(column, "") for line in lines]
        for column in ("article", "quantity", "price")
    }


def standing(page: Element, name: str) -> list[tuple[str, str, str]]:
    """What stands in the rows of a table."""
    columns = [
        [one.attrs["value"] for one in page.all("input", name=f"{name}--{column}")]
        for column in ("article", "quantity", "price")
    ]
    return list(zip(*columns, strict=True))


def facts(file: str, kind: str) -> list[dict[str, Any]]:
    """The facts of the entries of this kind."""
    return [dict(entry.facts) for entry in entries_of("hengce", file) if entry.kind == kind]


def test_a_table_begins_with_three_empty_rows_and_what_is_typed_goes_on_record_exactly(goods: Desk) -> None:
    page = goods.as_("顾明").get(REGISTER)
    assert standing(page, ASKED) == [("", "", "")] * 3
    file = opened(goods)
    assert facts(file, "opened")[0]["proposed lines"] == MILK


def test_full_width_figures_thousands_and_signs_are_read_as_people_mean_them(goods: Desk) -> None:
    own = goods.as_("顾明")
    typed = rows(ASKED, {"article": " 盒装奶 ", "quantity": "１，２００", "price": "￥19.90元"})
    own.post("/register/", own.get(REGISTER).form("/register/") | typed)
    file = CaseRow.objects.get(organisation="hengce", procedure="office-goods").file
    assert facts(file, "opened")[0]["proposed lines"] == [
        {"article": "盒装奶", "quantity": "1200", "price": "19.90"}
    ]


def test_more_rows_come_on_request_without_recording_or_losing_anything(goods: Desk) -> None:
    file = opened(goods)
    own = goods.as_("顾明")
    address = own.step(file, "measure carried out")
    sent = own.get(address).form(address) | rows(TAKEN, *MILK, {}) | {"f-cash-paid": "一百"}
    page = own.post(address, {**sent, "more-rows": "settlement lines"})
    assert own.status == 200
    assert standing(page, TAKEN) == [("盒装奶", "3", "19.90"), ("茶", "0.5", "")] + [("", "", "")] * 4
    assert page.one("input", id="f-cash-paid").attrs["value"] == "一百"
    assert page.all(id="summary") == []
    assert [one.attrs["id"] for one in page.all("input") if "autofocus" in one.attrs] == [
        f"{TAKEN}--article-3"
    ]
    assert page.one("input", type="hidden", name="key").attrs["value"] == sent["key"][0]
    assert [entry.kind for entry in entries_of("hengce", file)] == ["opened"]


def test_more_rows_come_while_registering_too(goods: Desk) -> None:
    own = goods.as_("顾明")
    sent = own.get(REGISTER).form("/register/") | rows(ASKED, *MILK, MILK[0])
    page = own.post("/register/", {**sent, "more-rows": "proposed lines"})
    assert (own.status, len(standing(page, ASKED))) == (200, 6)
    assert CaseRow.objects.filter(organisation="hengce", procedure="office-goods").count() == 0


def test_an_error_stands_at_its_row_and_in_the_summary(goods: Desk) -> None:
    own = goods.as_("顾明")
    wrong = [MILK[0], {}, {"article": "茶", "quantity": "两盒"}, {"quantity": "1"}]
    page = own.post("/register/", own.get(REGISTER).form("/register/") | rows(ASKED, *wrong))
    assert own.status == 422
    assert standing(page, ASKED) == [
        ("盒装奶", "3", "19.90"),
        ("茶", "两盒", ""),
        ("", "1", ""),
        ("", "", ""),
    ]
    assert page.one(id=f"{ASKED}--error-2").text().startswith("第 2 行的数量应是大于 0 的数")
    assert page.one(id=f"{ASKED}--error-3").text() == "第 3 行没有填品名"
    said = page.one(id="summary").text()
    assert "第 2 行的数量应是大于 0 的数" in said
    assert "第 3 行没有填品名" in said
    assert page.all(id=f"{ASKED}--error-1") == []


def test_an_empty_table_that_is_wanted_says_so(goods: Desk) -> None:
    own = goods.as_("顾明", "en")
    page = own.post("/register/", own.get(REGISTER).form("/register/"))
    assert own.status == 422
    assert page.one("fieldset", id=ASKED).one("p", class_="error").text() == (
        "fill this in, or mark it as not known"
    )


def test_a_refusal_lists_the_differences_and_keeps_the_rows(goods: Desk) -> None:
    file = opened(goods)
    own = goods.as_("顾明")
    address = own.step(file, "measure carried out")
    sent = own.get(address).form(address) | rows(TAKEN, {"article": "盒装奶", "quantity": "11", "price": "1"})
    page = own.post(address, sent | {"f-cash-paid": "11"})
    assert own.status == 422
    assert (
        "“盒装奶”赔付产品明细 11、拟赔付产品明细 3；“茶”赔付产品明细 0、拟赔付产品明细 0.5"
        in page.one(id="summary").text()
    )
    assert standing(page, TAKEN) == [("盒装奶", "11", "1"), ("", "", ""), ("", "", "")]


def test_a_sum_that_does_not_add_up_points_to_the_remark(goods: Desk) -> None:
    file = opened(goods)
    own = goods.as_("顾明")
    address = own.step(file, "measure carried out")
    priced = [MILK[0], MILK[1] | {"price": "8"}]
    sent = own.get(address).form(address) | rows(TAKEN, *priced) | {"f-cash-paid": "60"}
    page = own.post(address, sent)
    assert own.status == 422
    assert [one.attrs["href"] for one in page.one(id="summary").all("a")][:1] == ["#f-reason"]
    assert "赔付现金是 60 元，按赔付产品明细应为 63.7 元；不等的，要写明理由" in page.one(id="summary").text()
    again = page.form(address) | {"f-reason": "零头抹去"}
    own.post(address, again)
    assert own.status == 200
    assert facts(file, "measure carried out")[0]["cash paid"] == "60"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", "品名 数量 单价（元） 金额（元） 盒装奶 3 19.90 59.70 茶 0.5 合计 3.5"),
        ("en", "Article Quantity Price (yuan) Amount (yuan) 盒装奶 3 19.90 59.70 茶 0.5 Total 3.5"),
    ],
)
def test_the_timeline_shows_lines_as_a_small_table(goods: Desk, language: str, said: str) -> None:
    file = opened(goods)
    page = goods.as_("顾明", language).case(file)
    assert page.one("table", class_="line-table").text() == said


def test_enter_in_a_row_means_record_and_not_more_rows(goods: Desk) -> None:
    page = goods.as_("顾明").get(REGISTER)
    (form,) = page.all("form", action="/register/")
    first = form.all("button")[0]
    assert "name" not in first.attrs
    assert first.attrs["aria-hidden"] == "true"


def test_names_of_articles_never_become_html(goods: Desk) -> None:
    own = goods.as_("顾明")
    typed = rows(ASKED, {"article": "<script>alert(1)</script>", "quantity": "1"})
    own.post("/register/", own.get(REGISTER).form("/register/") | typed)
    own.case(CaseRow.objects.get(organisation="hengce", procedure="office-goods").file)
    raw = own.last.content.decode()
    assert "<script>alert" not in raw
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in raw


def test_lines_are_corrected_row_by_row_and_the_old_ones_stay_readable(goods: Desk) -> None:
    file = opened(goods)
    typed = {"entry": "1", "word": "proposed lines", "reason": "数错了"}
    page = goods.as_("顾明").take(file, "corrected", **typed, value="盒装奶，１１，19.90\r\n茶, 红茶\t2\r\n")
    assert facts(file, "corrected")[0]["value"] == [
        {"article": "盒装奶", "quantity": "11", "price": "19.90"},
        {"article": "茶，红茶", "quantity": "2"},
    ]
    entry = page.one("li", id="entry-1")
    assert entry.one("del").text() == "盒装奶 3 × 19.90 元；茶 0.5"
    assert entry.one("ins").text() == "盒装奶 11 × 19.90 元；茶，红茶 2"


def test_a_correction_that_is_no_list_of_lines_says_which_row(goods: Desk) -> None:
    file = opened(goods)
    own = goods.as_("顾明")
    page = own.take(
        file, "corrected", entry="1", word="proposed lines", value="盒装奶，11\r\n茶", reason="数错了"
    )
    assert own.status == 422
    assert "第 2 行没有填数量" in page.one(id="summary").text()
    assert page.one("textarea", id="f-value").text() == "盒装奶，11 茶"


def test_a_long_list_goes_in_whole_and_one_that_is_too_long_is_refused_with_every_row_kept(
    goods: Desk,
) -> None:
    own = goods.as_("顾明")
    many = [{"article": f"A-{number}", "quantity": "1"} for number in range(501)]
    form = own.get(REGISTER).form("/register/")
    page = own.post("/register/", form | rows(ASKED, *many))
    assert own.status == 422
    assert "最多 500 行，现在 501 行；请分几次登记" in page.one(id="summary").text()
    assert len(standing(page, ASKED)) == 501
    own.post("/register/", form | rows(ASKED, *many[:500]))
    file = CaseRow.objects.get(organisation="hengce", procedure="office-goods").file
    assert facts(file, "opened")[0]["proposed lines"] == many[:500]


def test_what_has_to_be_in_hand_offers_no_way_of_not_knowing_it(goods: Desk) -> None:
    file = opened(goods)
    own = goods.as_("顾明", "en")
    register, step = own.get(REGISTER), own.get(own.step(file, "measure carried out"))
    assert len(register.all("input", name=f"{ASKED}--unknown")) == 1
    assert step.all("input", name=f"{TAKEN}--unknown") == []
    page = own.post(own.step(file, "measure carried out"), step.form(own.step(file, "measure carried out")))
    assert own.status == 422
    assert page.one("fieldset", id=TAKEN).one("p", class_="error").text() == "fill this in"
