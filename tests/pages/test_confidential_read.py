"""Who read a case that is hidden from somebody, and what an assessor read, can be looked up by those who may."""

from __future__ import annotations

from datetime import timedelta

from tests.pages.conftest import Clock
from tests.pages.desk import Desk

from kesu.desk.models import Access


def read_by(file: str) -> list[tuple[str, str]]:
    lines = Access.objects.filter(what="case read", file=file).order_by("id")
    return [(row.person, f"{row.when:%H:%M}") for row in lines]


def test_a_case_that_somebody_has_to_stay_out_of_names_its_readers_once_an_hour(
    desk: Desk, clock: Clock
) -> None:
    file = desk.house.handed_over(item="HC-0101")
    mine = desk.as_("顾明")
    for _ in range(3):
        mine.case(file)
    mine.get(mine.step(file, "note"))
    clock.now += timedelta(hours=1)
    desk.as_("顾明").case(file)
    gu = desk.house.persons["顾明"]
    assert read_by(file) == [(gu, "02:20"), (gu, "03:20")]


def test_of_a_case_that_nobody_stays_out_of_an_assessor_alone_is_written_down(
    desk: Desk, clock: Clock
) -> None:
    file = desk.house.received()
    desk.as_("周小雨").case(file)
    assert read_by(file) == []
    desk.as_("叶文").case(file)
    assert read_by(file) == [(desk.house.persons["叶文"], "02:20")]


def test_whom_it_is_hidden_from_reads_nothing_and_the_log_is_for_those_who_may(
    desk: Desk, clock: Clock
) -> None:
    file = desk.house.handed_over(item="HC-0101")
    hidden = [
        name
        for name in ("邓颖", "吴涛")
        if desk.as_(name).client.get(f"/cases/{file[5:]}/").status_code == 404
    ]
    assert hidden
    assert read_by(file) == []
    desk.as_("顾明").case(file)
    page = desk.as_("叶文").get("/access/?what=case+read")
    rows = [one.text() for one in page.one("tbody").all("tr")]
    assert len(rows) == 1
    assert "顾明" in rows[0]
    assert "保密的案卷，或只读人员查阅" in rows[0]
    assert desk.as_("顾明").client.get("/access/?what=case+read").status_code == 404
    everything = desk.as_("秦越").get("/access/?what=nothing+like+it").one("tbody").all("tr")
    assert len(everything) == Access.objects.count()
