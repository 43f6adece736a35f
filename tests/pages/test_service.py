"""Serving clients on pages: what everybody acknowledges in person, and what a survey makes of an answer."""

from __future__ import annotations

import itertools
from typing import Any

from tests.pages.desk import Desk
from tests.pages.house import at

from kesu.caseload.acting.answers import Done
from kesu.caseload.acting.perform import perform
from kesu.caseload.models import CaseRow
from kesu.casework.deciding.command import Command

_keys = itertools.count(1)


def do(
    desk: Desk, name: str, post: str, step: str, when: str, *, on: str = "", under: str = "", **facts: Any
) -> str:
    """A step by this person in this post, in a file or under a procedure; it has to be taken. The file."""
    person = desk.house.persons[name]
    given = {word.replace("_", " "): value for word, value in facts.items()}
    answer = perform(
        Command(step=step, by=person, post=post, facts=given),
        organisation=desk.house.organisation,
        person=person,
        now=at(when),
        key=f"service-{next(_keys)}",
        file=on or None,
        procedure=under or None,
    )
    assert isinstance(answer, Done), answer
    return answer.file


def programme(desk: Desk) -> str:
    """A programme whose service commitment two members of staff have to acknowledge."""
    file = do(
        desk,
        "顾明",
        "quality manager",
        "opened",
        "2026-03-09 09:00",
        under="lab-service-year",
        text="年度计划",
    )
    staff = [desk.house.persons[name] for name in ("吴涛", "许宁")]
    more = {"commitment_version": "C-1", "staff": staff, "text": "已公示"}
    do(desk, "陆建国", "general manager", "commitment published", "2026-03-09 09:10", on=file, **more)
    return file


def test_the_form_of_an_acknowledgement_already_bears_the_name_of_whoever_opens_it(desk: Desk) -> None:
    file = programme(desk)
    mine = desk.as_("吴涛")
    address = mine.step(file, "commitment acknowledged")
    form = mine.get(address).form(address)
    assert form["f-staff-member"] == [desk.house.persons["吴涛"]]
    mine.take(file, "commitment acknowledged")
    page = mine.case(file).text()
    assert ("（许宁）" in page, desk.house.persons["许宁"] in page) == (True, False)


def test_nobody_acknowledges_for_somebody_else(desk: Desk) -> None:
    file = programme(desk)
    page = desk.as_("吴涛").take(file, "commitment acknowledged", staff_member=desk.house.persons["许宁"])
    assert "“确认知悉服务承诺”要由确认人本人办" in page.text()


def test_a_dissatisfied_answer_opens_a_complaint_that_says_where_it_came_from(desk: Desk) -> None:
    post = "customer service specialist"
    file = do(desk, "周小雨", post, "opened", "2026-03-09 09:00", under="lab-survey-round", text="第一轮")
    do(desk, "周小雨", post, "population listed", "2026-03-09 09:10", on=file, survey_population=["A", "B"])
    do(desk, "周小雨", post, "projects drawn", "2026-03-09 09:20", on=file, survey_seed="s", sample_size="2")
    answer = {
        "of_project": "A",
        "service": "testing",
        "channel": "phone",
        "form": "oral",
        "client": "绿源农业",
    }
    answer |= {"satisfaction": "dissatisfied", "reception_rating": "poor", "comment": "报告晚了一周"}
    do(desk, "周小雨", post, "survey answer recorded", "2026-03-09 10:00", on=file, **answer)
    child = CaseRow.objects.get(organisation=desk.house.organisation, parent=file)
    assert (child.procedure, child.state) == ("lab-pd-007", "received")
    page = desk.as_("周小雨").case(child.file).text()
    assert all(said in page for said in ("问卷和调查", "绿源农业", "报告晚了一周"))


def test_a_service_done_is_called_by_its_title(desk: Desk) -> None:
    wanted = {"request_kind": "verification", "wanted_services": ["preparing", "packing"], "channel": "phone"}
    wanted |= {"account": "要核对自己的方法", "client": "绿源农业"}
    post = "customer service specialist"
    file = do(desk, "周小雨", post, "received", "2026-03-09 09:00", under="lab-enquiry", **wanted)
    done = {"of_wanted_service": "packing", "dispatch_note": "SF-1"}
    do(desk, "周小雨", post, "items dispatched", "2026-03-09 10:00", on=file, **done)
    text = desk.as_("周小雨").case(file).text()
    assert ("packing" in text, "（物品准备）" in text, text.count("物品包装") >= 2) == (False, True, True)


def test_the_checklist_of_a_case_counts_what_was_kept(desk: Desk) -> None:
    text = desk.as_("顾明").case(programme(desk)).text()
    assert "条款核对 符合 不符合 未到 不适用 无法判断 当时所记 2 0 20 0 0 现在所知 2 0 20 0 0" in " ".join(
        text.split()
    )
