"""Going anywhere from one field: cases, customers, items, persons, pages and clauses, each of what the person sees."""

from __future__ import annotations

import pytest
from tests.pages.desk import Desk
from tests.pages.html import Element, read


@pytest.fixture
def known(desk: Desk) -> Desk:
    """A complaint about a report on which Shen Li has worked, and one about another."""
    desk.house.received(complainant="源达化工", account="结果差得太多", item="HC-0102")
    desk.house.received(complainant="李女士", account="发票不对", item="HC-0101")
    return desk


def leads(desk: Desk, name: str, text: str) -> dict[str, list[str]]:
    """Under each title the names of the places that a text leads to."""
    page = desk.as_(name).client.get("/go/", {"text": text}, headers={"X-Part": "1"}).content.decode()
    found: dict[str, list[str]] = {}
    for one in read(page).walk():
        if one.tag == "h3":
            found[one.text()] = []
        elif one.tag == "a":
            found[[*found][-1]].append(one.text())
    return found


def test_one_text_leads_to_cases_customers_items_persons_and_pages(known: Desk) -> None:
    case = "TS-2026-0001 源达化工：结果差得太多 · HC-0102 告知已收到"
    assert leads(known, "顾明", "源达") == {"案件": [case], "客户": ["源达化工 1 件，在办 1 件"]}
    assert leads(known, "顾明", "hc0102") == {"案件": [case], "报告与样品": ["HC-0102 宏泰食品"]}
    assert leads(known, "顾明", "沈立") == {"人员": ["沈立 本人参与的案件"]}
    assert leads(known, "周小雨", "tz") == {"页面": ["台账"]}
    assert leads(known, "周小雨", "")["页面"][:2] == ["待办", "台账"]


def test_a_case_that_somebody_does_not_see_leads_nowhere_under_any_sort(known: Desk) -> None:
    for text in ("源达", "TS-2026-0001", "结果差得太多", "hc0102"):
        assert leads(known, "沈立", text) == {}, text
    answer = known.as_("沈立").client.get("/go/", {"text": "TS-2026-0001"})
    assert (answer.status_code, "没有你看得到的叫这个名字" in answer.content.decode()) == (200, True)


def test_the_number_of_a_case_leads_there_however_it_is_written(known: Desk) -> None:
    for text in ("TS-2026-0001", "ts 2026 0001", "ＴＳ-2026-0001"):
        answer = known.as_("周小雨").client.get("/go/", {"text": text})
        assert (answer.status_code, answer["Location"].startswith("/cases/")) == (302, True), text


def test_a_clause_is_found_by_the_number_of_its_paper_and_by_its_words(known: Desk) -> None:
    desk = known.as_("周小雨")
    for text in ("4.2.2.1", "由质量负责人"):
        places = desk.get(f"/go/?text={text}").all("ul", class_="places")
        links = [link for one in places for link in one.all("a") if "#rule-" in link.attrs["href"]]
        assert links, text
        address, _, anchor = links[0].attrs["href"].partition("#")
        rule: Element = desk.get(address).one("li", id=anchor)
        assert text in rule.text() or text == "4.2.2.1"
        assert rule.all("b")[0].text() in links[0].text()


def test_it_works_without_a_script_and_finds_nothing_in_peace(known: Desk) -> None:
    desk = known.as_("周小雨")
    form = desk.get("/").one("form", role="search")
    assert (form.attrs["action"], form.attrs["method"]) == ("/go/", "get")
    assert "没有你看得到的叫这个名字" in desk.get("/go/?text=%25%25").text()
