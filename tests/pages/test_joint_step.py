"""A step of two persons: the second sees what the first wrote and that his own part is lacking; the first that he waits."""

from __future__ import annotations

from tests.pages.desk import Desk
from tests.pages.test_gate import analysed

SEEN = {
    "samples": "已查阅", "original records": "已查阅", "environment": "不需要：与环境无关", "equipment": "已查阅", "methods": "已查阅",
    "data processing": "已查阅", "conclusion": "已查阅",
}  # fmt: skip


def turn_of(desk: Desk, name: str, file: str) -> list[str]:
    """What the page of the case calls his turn: the form that stands open, and the buttons beside it."""
    act = desk.as_(name).get(f"/cases/{file.partition('/')[2]}/").one(id="act")
    title = act.one("h2", id="act-title").text()
    also = [one.text() for one in act.all("h3") if one.text() == "也轮到你"]
    buttons = [one.text() for one in act.all("p", class_="row-of")[0].all("a")] if also else []
    return [*([title.removeprefix("轮到你 ·").strip()] if title.startswith("轮到你") else []), *buttons]


def test_the_second_person_sees_what_the_first_wrote_and_whose_part_is_lacking(desk: Desk) -> None:
    file = analysed(desk.house)
    other = desk.as_("沈立")
    assert other.get(other.step(file, "data checked")).all(id="joint") == []
    desk.house.do("顾明", "data checked", "2026-03-09 10:00", file, data_procedure="XXX-PD-017", factors=SEEN)
    for name in ("沈立", "顾明"):
        said = desk.as_(name).get(desk.step(file, "data checked")).one(id="joint").text()
        assert said.startswith("已办： 顾明")
        assert "XXX-PD-017" in said
        assert "不需要：与环境无关" in said
        assert said.endswith("还差： 技术负责人")
    assert "共同核查" not in turn_of(desk, "顾明", file)
    assert "共同核查" in turn_of(desk, "沈立", file)
    desk.house.do("沈立", "data checked", "2026-03-09 10:10", file, data_procedure="XXX-PD-017", factors=SEEN)
    assert other.get(other.step(file, "data checked")).all(id="joint") == []
