"""A step of two persons: the second sees what the first wrote and that his own part is lacking; the first that he waits."""

from __future__ import annotations

from tests.pages.desk import Desk
from tests.pages.house import at
from tests.pages.test_gate import analysed

from kesu.caseload.asking.opened import opened
from kesu.caseload.sight.reader import Reader
from kesu.forms.standing_of_a_person.next_steps import next_steps
from kesu.names import FileName
from kesu.people.directory import directory_of

SEEN = {
    "samples": "已查阅", "original records": "已查阅", "environment": "不需要：与环境无关", "equipment": "已查阅", "methods": "已查阅",
    "data processing": "已查阅", "conclusion": "已查阅",
}  # fmt: skip


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
    desk.house.do("沈立", "data checked", "2026-03-09 10:10", file, data_procedure="XXX-PD-017", factors=SEEN)
    assert other.get(other.step(file, "data checked")).all(id="joint") == []


def test_whoever_gave_his_part_is_told_that_it_waits_for_the_other_and_not_that_it_is_his_turn(
    desk: Desk,
) -> None:
    file = analysed(desk.house)
    about = {"topic": ["result quality"], "item_concerned": "no", "demanded_amount": "0"}
    desk.house.do("周小雨", "registered", "2026-03-09 09:50", file, **about)
    assert who_can(desk, file) == {"顾明", "沈立", "赵敏"}
    desk.house.do("沈立", "data checked", "2026-03-09 10:00", file, data_procedure="XXX-PD-017", factors=SEEN)
    assert who_can(desk, file) == {"顾明"}
    page = desk.as_("沈立").get(f"/cases/{file.partition('/')[2]}/").one(id="act")
    assert "共同核查" not in page.one("h2", id="act-title").text()
    assert "共同核查" not in page.text().partition("也轮到你")[2].partition("也可以")[0]


def who_can(desk: Desk, file: str) -> set[str]:
    """For whom the case waits with the joint check, as its page says whose turn it is."""
    directory = directory_of(desk.house.organisation)
    view = opened(FileName(file), Reader(desk.house.persons["顾明"], directory, at("2026-03-09 10:05")))
    assert view is not None
    found = [one for one in next_steps(view.takers) if one.step == "data checked"]
    return {directory.name_of(actor.person) for one in found for actor in one.actors}
