"""The drawn flow of a procedure in force, reached from its page."""

from __future__ import annotations

from tests.pages.desk import Desk

PAGE = "/procedures/lab-pd-007/flow/"


def test_the_flow_shows_each_step_with_who_after_what_by_when_and_in_which_cases(desk: Desk) -> None:
    page = desk.as_("周小雨").get(PAGE)
    [handed] = [box for box in page.all("li") if "6 移交质量负责人" in " ".join(box.text().split())]
    assert "客服专员" in handed.text()
    assert "“登记”之后1个工作日内要有“移交质量负责人”。（4.2.1.1）" in "".join(handed.text().split())
    [accepted] = [box for box in page.all("li") if "↑ 接 7" in " ".join(box.text().split())]
    assert "受理" in accepted.text()
    [refused] = [box for box in page.all("li") if "不予受理" in box.text() and "案件到此办结" in box.text()]
    assert refused.attrs["class"] == "box maybe ends"
    assert "只有" in refused.text()


def test_the_number_of_what_comes_before_leads_to_its_box(desk: Desk) -> None:
    page = desk.as_("周小雨", "en").get(PAGE)
    led = {
        link.attrs["href"][1:] for link in page.all("a") if link.attrs.get("href", "").startswith("#flow-")
    }
    assert led
    assert led <= {box.attrs.get("id") for box in page.all("li")}


def test_it_is_reached_from_the_procedure_and_of_an_unknown_one_there_is_none(desk: Desk) -> None:
    mine = desk.as_("周小雨")
    assert PAGE in [link.attrs.get("href") for link in mine.get("/procedures/lab-pd-007/").all("a")]
    assert mine.client.get("/procedures/nowhere/flow/").status_code == 404
