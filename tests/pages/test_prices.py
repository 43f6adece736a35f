"""价目册 on its pages: looked up by anybody, kept by the registrar alone, brought in from a list that is looked at first."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import TemporaryUploadedFile
from openpyxl import Workbook, load_workbook
from tests.pages.desk import Desk
from tests.pages.html import Element

from kesu.people.prices import prices

PAGE, IN = "/prices/", "/prices/bring-in/"
LIST = "品名\t单价\t起始日期\t截止日期\t出处\n纯牛奶 250ml\t￥5.50\t2026-03-01\t\t价目 2026-1\n酸奶 100g\t6\t3.5\t3.20\t\n"


def upload(name: str, content: bytes) -> TemporaryUploadedFile:
    file = TemporaryUploadedFile(name, "application/octet-stream", len(content), None)
    file.write(content)
    file.seek(0)
    return file


def rows(page: Element) -> list[list[str]]:
    """The cells of each row of the list, without the form that strikes."""
    return [
        [cell.text() for cell in [*row.all("th"), *row.all("td")]][:5]
        for row in page.one("table", class_="stack").one("tbody").all("tr")
    ]


def brought_in(mine: Desk, text: str = LIST) -> Element:
    sent = mine.get(IN).form(IN)
    looked = mine.post(IN, {**sent, "list": text, "act": "look"})
    assert prices(organisation="hengce") == []  # looking writes nothing
    return mine.post(IN, {**looked.form(IN), "act": "bring"})


def test_the_registrar_enters_a_price_and_strikes_it_with_a_reason(desk: Desk) -> None:
    mine = desk.as_("邓颖")
    sent = {"key": "k-set", "article": "纯牛奶 250ml", "price": "５．５０元", "since": "3.1"}
    page = mine.post(PAGE, sent)
    assert page.one(role="status").text() == "✓ 已记下。"
    assert rows(page) == [["纯牛奶 250ml", "5.50 元 今天", "2026年3月1日（周日）", "—", "—"]]
    strike = {"step": "price struck", "file": "price/纯牛奶250ml", "entry": "1", "key": "k-strike"}
    page = mine.post(PAGE, {**strike, "reason": "。"})
    assert mine.status == 422
    assert len(rows(page)) == 1
    page = mine.post(PAGE, {**strike, "reason": "看错了一行", "key": "k-strike-2"})
    assert "价目册没有的，按案卷登记的单价" in rows(page)[0][0]


def test_what_cannot_be_read_is_said_at_its_field_and_stays_typed(desk: Desk) -> None:
    mine = desk.as_("邓颖")
    page = mine.post(PAGE, {"article": "", "price": "", "since": "哪天", "origin": "厂部"})
    assert mine.status == 422
    assert [one.attrs["href"] for one in page.one(role="alert").all("a")] == ["#article", "#price", "#since"]
    assert page.one("input", id="origin").attrs["value"] == "厂部"
    page = mine.post(PAGE, {"article": "奶", "price": "五块多", "since": "3.1"})
    assert mine.status == 422
    assert "应是金额（元）" in page.one(role="alert").text()


def test_a_list_is_looked_at_and_then_brought_in(desk: Desk) -> None:
    mine = desk.as_("邓颖")
    page = brought_in(mine)
    assert page.one(role="status").text() == "✓ 导入了 2 条价格。"
    assert rows(page) == [
        ["纯牛奶 250ml", "5.50 元 今天", "2026年3月1日（周日）", "—", "价目 2026-1"],
        ["酸奶 100g", "6 元 今天", "2026年3月5日（周四）", "2026年3月20日（周五）", "—"],
    ]
    assert rows(mine.get(PAGE + "?text=酸奶（100克）"))[0][0] == "酸奶 100g"
    looked = mine.post(IN, {**mine.get(IN).form(IN), "list": LIST, "act": "look"})
    assert "新的 0 条，已有的 2 条，不能导入的 0 条" in looked.text()


def test_a_line_that_cannot_be_taken_is_named_and_nothing_comes_in(desk: Desk) -> None:
    mine = desk.as_("邓颖")
    bad = LIST + "奶酪\t\t3.1\n黄油\t12\t哪天\n纯牛奶（250毫升）\t5.60\t2026-03-01\n"
    page = mine.post(IN, {**mine.get(IN).form(IN), "list": bad, "act": "bring"})
    assert mine.status == 422
    said = page.one("table", class_="stack").text()
    for reason in ("没有写单价", "“哪天”不是日期，写成 2026-03-06", "从这天起已经有一个价格（5.50 元）"):
        assert reason in said
    assert [one.text() for one in page.all("button", name="act")] == ["看一看"]
    assert page.one("textarea").text().startswith("品名")
    assert prices(organisation="hengce") == []


def workbook() -> bytes:
    book, out = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append(["品名", "单价", "起始日期"])
    sheet.append(["纯牛奶 250ml", 5.5, "2026-03-01"])
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("价目.csv", "品名,单价,起始日期\n纯牛奶 250ml,5.5,2026-03-01\n".encode("gb18030")),
        ("价目.xlsx", workbook()),
    ],
)
def test_a_file_is_read_into_the_list_and_brought_in_at_the_second_press(
    desk: Desk, name: str, content: bytes
) -> None:
    mine = desk.as_("邓颖")
    page = mine.post(IN, {**mine.get(IN).form(IN), "f-prices": upload(name, content), "act": "bring"})
    assert "新的 1 条" in page.text()
    assert prices(organisation="hengce") == []
    page = mine.post(IN, {**page.form(IN), "act": "bring"})
    assert [row[:3] for row in rows(page)] == [["纯牛奶 250ml", "5.5 元 今天", "2026年3月1日（周日）"]]


def test_what_is_no_list_is_refused_in_words(desk: Desk) -> None:
    mine = desk.as_("邓颖")
    page = mine.post(
        IN, {**mine.get(IN).form(IN), "f-prices": upload("价目.xlsx", b"\x00not"), "act": "look"}
    )
    assert mine.status == 422
    assert "不是 XLSX 工作簿" in page.one(role="alert").text()
    page = mine.post(IN, {**mine.get(IN).form(IN), "list": "  ", "act": "bring"})
    assert "里面一行也没有" in page.one(role="alert").text()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_taken_out_can_be_brought_in_again(desk: Desk, kind: str) -> None:
    brought_in(desk.as_("邓颖"))
    mine = desk.as_("顾明")
    answer = mine.client.get(f"{PAGE}out/{kind}/")
    content = answer.content
    if kind == "xlsx":
        sheet = load_workbook(io.BytesIO(content)).active
        assert sheet is not None
        assert [cell.value for cell in next(iter(sheet.rows))] == ["品名", "单价", "起", "止", "出处"]
    keeper = desk.as_("邓颖")
    page = keeper.post(
        IN, {**keeper.get(IN).form(IN), "f-prices": upload(f"x.{kind}", content), "act": "look"}
    )
    assert "新的 0 条，已有的 2 条，不能导入的 0 条" in page.text()


def test_others_look_up_and_what_they_send_is_not_read(desk: Desk) -> None:
    brought_in(desk.as_("邓颖"))
    mine = desk.as_("周小雨")
    page = mine.get(PAGE)
    assert len(rows(page)) == 2
    assert page.all("button", class_="primary") == []
    mine.post(PAGE, {"article": "奶酪", "price": "1", "since": "3.1", "key": "k"})
    assert len(prices(organisation="hengce")) == 2
    mine.get(IN)
    assert mine.status == 404
