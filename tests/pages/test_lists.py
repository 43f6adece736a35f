"""The list of cases: in views with counts, narrowed by what the procedure knows, in order, taken out as files."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Any
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook
from tests.pages.desk import Desk
from tests.pages.house import House

from kesu.desk.models import Access, SavedView


@pytest.fixture
def listed(desk: Desk) -> list[str]:
    """Three complaints: a name that begins a formula, a batch that reads like a figure, and a report."""
    house: House = desk.house
    return [
        house.received(complainant="=1+1公司", account="发票不对", phone="13812346621"),
        house.received(complainant="源达化工", account="结果差得太多", item="20260211E1"),
        house.received(complainant="源达化工有限公司", account="报告晚了三天", item="HC-0102"),
    ]


def numbers(desk: Desk, query: str, name: str = "周小雨") -> list[str]:
    """The numbers of the cases on a page, in its order."""
    page = desk.as_(name).client.get(f"/cases/?{query}").content.decode()
    return [
        part.split("<", 1)[0]
        for part in page.split('class="c-label"><a href="')[1:]
        for part in [part.split(">", 1)[1]]
    ]


def test_a_list_is_narrowed_and_put_in_order_as_its_address_asks(desk: Desk, listed: list[str]) -> None:
    everything = ["TS-2026-0001", "TS-2026-0002", "TS-2026-0003"]
    assert {
        query: numbers(desk, f"view=all&{query}")
        for query in (
            "order=label", "order=-label", "number=2026 0211 E1", "number=hc0102", "text=源达", "trait=channel=visit",
            "trait=channel=letter", f"person={desk.house.persons['周小雨']}", f"worker={desk.house.persons['沈立']}",
            "since=2026-03-09&until=3.9", "until=3.8", "state=received&order=label", "order=nonsense&since=nonsense&order=label",
        )
    } == {
        "order=label": everything,
        "order=-label": everything[::-1],
        "number=2026 0211 E1": everything[1:2],
        "number=hc0102": everything[2:],
        "text=源达": numbers(desk, "view=all&text=源达"),
        "trait=channel=visit": numbers(desk, "view=all"),
        "trait=channel=letter": [],
        f"person={desk.house.persons['周小雨']}": numbers(desk, "view=all"),
        f"worker={desk.house.persons['沈立']}": everything[2:],
        "since=2026-03-09&until=3.9": numbers(desk, "view=all"),
        "until=3.8": [],
        "state=received&order=label": numbers(desk, "view=all&state=received&order=label"),
        "order=nonsense&since=nonsense&order=label": everything,
    }  # fmt: skip
    assert sorted(numbers(desk, "view=all&text=源达")) == everything[1:]


def test_what_is_chosen_stands_above_the_list_and_can_be_taken_away(desk: Desk, listed: list[str]) -> None:
    page = desk.as_("周小雨").client.get("/cases/?view=all&grade=major&text=源达").content.decode()
    assert "级别：重大" in page
    assert 'href="?view=all&amp;text=%E6%BA%90%E8%BE%BE"' in page
    assert "没有符合的案卷。" in page


def test_views_are_kept_counted_shared_and_taken_away_by_their_owner_alone(
    desk: Desk, listed: list[str]
) -> None:
    mine, other = desk.as_("周小雨").client, desk.as_("顾明").client
    kept = {"title": "源达", "query": "view=all&text=源达&after=x", "shared": "yes"}
    assert mine.post("/cases/views/", kept).status_code == 302
    mine.post("/cases/views/", {"title": "只给自己", "query": "view=all&order=label"})
    mine.post("/cases/views/", {"title": " ", "query": "view=all"})
    views = list(SavedView.objects.values_list("title", "query", "shared"))
    assert views == [
        ("源达", "view=all&text=%E6%BA%90%E8%BE%BE", True),
        ("只给自己", "view=all&order=label", False),
    ]
    page = other.get("/cases/").content.decode()
    assert ("源达" in page, "只给自己" in page, "删除“源达”" in page) == (True, False, False)
    number = SavedView.objects.get(title="源达").pk
    other.post(f"/cases/views/{number}/")
    assert SavedView.objects.filter(pk=number).exists()
    assert mine.post(f"/cases/views/{number}/").status_code == 302
    assert list(SavedView.objects.values_list("title", flat=True)) == ["只给自己"]


def test_numbers_without_a_gap_are_said_to_those_from_whom_nothing_is_hidden(
    desk: Desk, listed: list[str]
) -> None:
    said = "TS 2026 年 0001–0003 连续，无缺号；作废 0 件；件数与账本一致"
    pages = {
        name: desk.as_(name).client.get("/cases/?view=all").content.decode()
        for name in ("顾明", "叶文", "沈立")
    }
    assert {name: said in page for name, page in pages.items()} == {"顾明": True, "叶文": True, "沈立": False}
    assert said not in desk.as_("顾明").client.get("/cases/").content.decode()


def taken_out(desk: Desk, kind: str, name: str = "周小雨") -> tuple[str, bytes]:
    """The name of the file, and what is in it."""
    answer: Any = desk.as_(name).client.get(f"/cases/out/{kind}/?view=all&order=label")
    return unquote(answer["Content-Disposition"].partition("filename*=utf-8''")[2]), answer.content


def test_a_sheet_holds_texts_as_texts_and_dates_as_dates_and_its_head_stands_still(
    desk: Desk, listed: list[str]
) -> None:
    name, content = taken_out(desk, "xlsx")
    page: Any = load_workbook(io.BytesIO(content)).active
    rows = list(page.iter_rows(min_row=2, max_row=4))
    assert name == "台账_2026-03-09_全部_3件.xlsx"
    assert [(row[0].value, row[2].value, row[3].value) for row in rows] == [
        ("TS-2026-0001", "=1+1：发票不对", None),
        ("TS-2026-0002", "源达化工：结果差得太多 · 20260211E1", "20260211E1"),
        ("TS-2026-0003", "源达化工：报告晚了三天 · HC-0102", "HC-0102"),
    ]
    assert {cell.data_type for row in rows for cell in row if isinstance(cell.value, str)} == {"s"}
    assert all(isinstance(row[1].value, datetime) for row in rows)
    assert (page.freeze_panes, page.auto_filter.ref) == ("B2", "A1:K4")
    assert "全部 · 3 件 · 2026-03-09" in page.cell(row=6, column=1).value


def test_a_csv_is_known_by_its_mark_and_nothing_in_it_is_reckoned_with(desk: Desk, listed: list[str]) -> None:
    _, content = taken_out(desk, "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row[2:4] for row in rows[1:4]] == [
        ["\t=1+1：发票不对", ""],
        ["源达化工：结果差得太多 · 20260211E1", "\t20260211E1"],
        ["源达化工：报告晚了三天 · HC-0102", "HC-0102"],
    ]
    assert "13812346621" not in content.decode()


def test_a_sheet_holds_what_its_taker_sees_and_that_he_took_it_is_written_down(
    desk: Desk, listed: list[str]
) -> None:
    _, content = taken_out(desk, "csv", "沈立")  # who did the work on HC-0102
    assert ("TS-2026-0002" in content.decode(), "TS-2026-0003" in content.decode()) == (True, False)
    assert list(Access.objects.values_list("person", "what")) == [
        (desk.house.persons["沈立"], "list taken out")
    ]
    assert desk.as_("沈立").client.get("/cases/out/pdf/").status_code == 404
