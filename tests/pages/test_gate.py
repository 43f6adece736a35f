"""A result that may not be told yet is served to nobody but those who write or approve it, and to them as a draft."""

from __future__ import annotations

import pytest
from tests.pages.desk import Desk
from tests.pages.house import House
from tests.rulebook.small import filed

from kesu.casework.examples.trying import exemplified
from kesu.forms.fields.fields import Around
from kesu.forms.fields.making import step_form
from kesu.people.directory import directory_of
from kesu.procedure.written.library import here

SECRET = "退还全部检测费用"
DRAFT = "草稿·未经同意不得告知"


def analysed(house: House, **facts: object) -> str:
    """A case that may be looked into."""
    file = house.handed_over(**facts)
    day = "2026-03-09 "
    house.do("周小雨", "accepted", day + "09:40", file, responsible_unit="samples")
    team = {"team": [house.persons["韩松"]]}
    house.do("顾明", "team appointed", day + "09:41", file, **team)
    told = {"complaint_content": "晚了三天", "demand": "说明", "touches_system": "no", "touches_duties": "no"}
    house.do("顾明", "analysed", day + "09:42", file, data_validity="no", **told)
    house.do("顾明", "handling proposed", day + "09:43", file, handling_way="说明", reply_way="电话")
    return file


@pytest.fixture
def file(desk: Desk) -> str:
    """A case in which the handling report has been written, and nobody has consented yet."""
    house = desk.house
    file = analysed(house)
    house.decided(file, "upheld")
    day = "2026-03-09 "
    house.do(
        "顾明",
        "handling report made",
        day + "09:45",
        file,
        result=SECRET,
        result_reasons="收样时漏登",
        remedy="道歉",
    )
    return file


def pages(desk: Desk, file: str) -> str:
    """Every page on which something of a case can be read, as they are sent."""
    name = file.partition("/")[2]
    paths = [
        f"/cases/{name}/",
        f"/register/{name}/",
        "/",
        "/cases/",
        f"/cases/{name}/limits/0/",
        f"/cases/{name}/for-the-complainant/",
        "/cases/?text=退还",
    ]
    paths += [
        f"/cases/{name}/steps/{step}/"
        for step in ("note", "corrected", "result-notified", "consented", "added")
    ]
    return "".join(desk.client.get(path, follow=True).content.decode() for path in paths)


@pytest.mark.parametrize("name", ["赵敏", "韩松", "陆建国"])
def test_a_finding_that_waits_for_no_consent_is_no_draft(desk: Desk, name: str) -> None:
    """What is not ours is settled by talking about it, so whoever settles it has to know, and no consent is ever due."""
    file = analysed(desk.house)
    desk.house.decided(file, "no responsibility")
    page = desk.as_(name).case(file)
    assert "非本机构责任" in page.one(id="told").text()
    assert page.all(class_="draft") == []


@pytest.mark.parametrize("name", ["赵敏", "韩松"])
def test_a_finding_that_a_complaint_is_upheld_waits_for_the_consent(desk: Desk, file: str, name: str) -> None:
    """Kept back as a whole: the title of the value stands in no entry of the case."""
    assert "认定结论 成立" not in desk.as_(name).case(file).one(id="told").text()
    assert "认定结论" in desk.as_("陆建国").case(file).one(id="told").text()


@pytest.mark.parametrize("name", ["周小雨", "赵敏", "韩松", "沈立", "叶文", "马兰"])
def test_who_neither_writes_nor_approves_is_not_served_the_result(desk: Desk, file: str, name: str) -> None:
    assert SECRET not in pages(desk.as_(name), file)


@pytest.mark.parametrize("name", ["顾明", "陆建国"])
def test_who_writes_or_approves_reads_it_as_a_draft(desk: Desk, file: str, name: str) -> None:
    mine = desk.as_(name)
    drafts = [one.text() for one in mine.case(file).all(class_="draft")]
    assert f"{DRAFT} {SECRET}" in drafts
    assert [one for one in drafts if not one.startswith(DRAFT)] == []
    assert mine.last.content.decode().count(SECRET) == sum(one.count(SECRET) for one in drafts)


def test_after_the_consent_those_read_it_who_may_tell_it(desk: Desk, file: str) -> None:
    desk.house.do("陆建国", "consented", "2026-03-09 09:50", file, opinion="同意")
    teller = desk.as_("赵敏")
    assert SECRET in teller.case(file).text()
    assert DRAFT not in teller.case(file).text()
    assert SECRET not in pages(desk.as_("韩松"), file)


def test_once_told_it_is_open_to_everybody_who_sees_the_case(desk: Desk, file: str) -> None:
    desk.house.do("陆建国", "consented", "2026-03-09 09:50", file, opinion="同意")
    desk.house.do("赵敏", "result notified", "2026-03-09 10:00", file)
    assert SECRET in desk.as_("韩松").case(file).text()


def test_a_correction_of_the_result_stays_behind_the_gate(desk: Desk, file: str) -> None:
    number = next(
        line for line in desk.as_("顾明").case(file).one(id="told").all("li") if "处理报告" in line.text()
    )
    entry = number.attrs["id"].removeprefix("entry-")
    desk.as_("顾明").take(
        file, "corrected", entry=entry, word="result", value=SECRET + "及运费", reason="补充"
    )
    assert SECRET not in pages(desk.as_("韩松"), file)


def test_what_was_told_stands_on_the_sheet_for_the_complainant_as_it_was_told(desk: Desk, file: str) -> None:
    desk.house.do("陆建国", "consented", "2026-03-09 09:50", file, opinion="内部：同意")
    desk.house.do("赵敏", "result notified", "2026-03-09 10:00", file)
    mended = {"entry": "1", "word": "account", "value": "报告晚了五天。", "reason": "听录音后改正"}
    desk.house.do("周小雨", "corrected", "2026-03-09 10:10", file, **mended)
    sheet = desk.as_("周小雨").get(f"/cases/{file.partition('/')[2]}/for-the-complainant/")
    told = [one.text() for one in sheet.one("ol", class_="told").all("li")]
    assert SECRET in told[-1]
    assert "收样时漏登" in told[-1]
    assert "内部" not in sheet.one("section", class_="letter").text()


def test_a_form_that_two_fill_in_begins_with_nothing_that_is_kept_back_from_the_reader(house: House) -> None:
    """The second who approves begins with the lines that the first one wrote; who is to know nothing of them does not."""
    procedure, examples = exemplified(here(), "fmcg-return")
    story = examples.story("as approved")
    first = next(place for place, act in enumerate(story, 1) if act.step == "return approved")
    case = filed(procedure, *story[:first])
    around = Around(procedure=procedure, history=case.history)

    def lines(kept_back: frozenset[str]) -> list[str]:
        form = step_form(
            procedure.steps["return approved"], case=case, directory=directory_of(house.organisation),
            actors=[], others=[], around=around, seen_up_to=first, kept_back=kept_back,
        )  # fmt: skip
        return [row.article for field in form.fields for row in field.rows if row.article]

    assert lines(frozenset()) != []
    assert lines(frozenset({"approved lines"})) == []
