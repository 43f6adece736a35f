"""What whoever complains does himself in his own complaint, and what he never gets to see of it."""

from __future__ import annotations

import pytest
from tests.pages.conftest import Clock
from tests.pages.desk import Desk
from tests.pages.house import at
from tests.pages.portal.conftest import Visitor, picture
from tests.pages.test_gate import SECRET, analysed

from kesu.caseload.acting.answers import NotYours, Refused
from kesu.caseload.acting.perform import perform
from kesu.caseload.models import CaseRow
from kesu.casework.deciding.command import Command
from kesu.intake.lookup_code import admit, code_of
from kesu.ledger.read import entries_of
from kesu.names import OUTSIDER

INSIDE = "内部：定级理由"


@pytest.fixture
def file(visitor: Visitor) -> str:
    """A complaint that was looked into and decided; the report waits for its consent."""
    house = visitor.house
    file = analysed(house)
    house.decided(file, "upheld")
    house.do("顾明", "note", "2026-03-09 09:44", file, text=INSIDE)
    house.do(
        "顾明", "handling report made", "2026-03-09 09:45", file, result=SECRET, result_reasons="收样时漏登", remedy="道歉",
    )  # fmt: skip
    return file


def entered(visitor: Visitor, file: str) -> Visitor:
    """The visitor with the code of this file, which somebody read out to him."""
    number = CaseRow.objects.get(organisation="hengce", file=file).label
    page = visitor.look_up(number, code_of(admit("hengce", file, number=number, now=at("2026-03-09 10:00"))))
    assert page.one("h1").text() == f"您的投诉 {number}"
    return visitor


def offered(visitor: Visitor) -> list[str]:
    """The steps that he is offered."""
    sections = visitor.get("own/").all("section", **{"aria-labelledby": "steps"})
    return [one.text() for section in sections for one in section.all("a", class_="button")]


def told_result(visitor: Visitor, file: str) -> None:
    visitor.house.do("陆建国", "consented", "2026-03-09 09:50", file, opinion="同意")
    visitor.house.do("赵敏", "result notified", "2026-03-09 10:00", file)


def everything(visitor: Visitor) -> str:
    """Every page that he can open of his complaint, as it is sent."""
    places = ["own/", "own/receipt/", "own/steps/added/", "own/steps/withdrawn/", "own/steps/recusal-asked/"]
    pages = [visitor.client.get(visitor.at(place)).content.decode() for place in places]
    return "".join(pages)


def test_before_it_is_told_the_result_is_on_no_page_and_afterwards_it_is(visitor: Visitor, file: str) -> None:
    entered(visitor, file)
    assert SECRET not in everything(visitor)
    told_result(visitor, file)
    assert SECRET in visitor.client.get(visitor.at("own/")).content.decode()


def test_nothing_from_inside_is_on_any_page(visitor: Visitor, file: str) -> None:
    entered(visitor, file)
    told_result(visitor, file)
    sent = everything(visitor)
    assert [one for one in (INSIDE, "没有损失", "顾明", "赵敏", "定级", "13812346621") if one in sent] == []


def test_he_adds_facts_and_evidence_and_the_desk_reads_them(visitor: Visitor, file: str, desk: Desk) -> None:
    entered(visitor, file)
    page = visitor.fill("own/steps/added/", **{"f-text": "还有一张收据。", "f-evidence-files": picture()})
    assert page.one("ol", class_="told").all("h3")[-1].text() == "补充"
    assert "还有一张收据。" in page.text()
    last = entries_of("hengce", file)[-1]
    assert (last.kind, last.by, last.recorder, last.medium) == ("added", "complainant", None, "online")
    assert "还有一张收据。" in desk.as_("顾明").case(file).text()


def test_a_form_in_which_nothing_was_said_is_not_taken(visitor: Visitor, file: str) -> None:
    entered(visitor, file)
    page = visitor.fill("own/steps/added/", **{"f-text": " "})
    assert visitor.status == 422
    assert "请写明情况，或附上文件" in page.one(class_="summary").text()


def test_he_says_what_he_thinks_of_the_result_only_once_he_was_told(visitor: Visitor, file: str) -> None:
    entered(visitor, file)
    before = ["撤回投诉", "补充情况或证据、回答询问", "请求有关人员回避", "要求来源保密，或解除"]
    assert sorted(offered(visitor)) == sorted(before)
    assert visitor.client.get(visitor.at("own/steps/views-given/")).status_code == 404
    told_result(visitor, file)
    assert sorted(offered(visitor)) == sorted([*before, "对处理结果表示意见", "对处理结果提出申诉"])


def test_a_disputed_result_is_owed_an_answer(visitor: Visitor, file: str, desk: Desk) -> None:
    told_result(entered(visitor, file), file)
    typed = {"f-result-view": "disputes", "f-text": "漏登不是原因。", "f-result-rating": "dissatisfied"}
    page = visitor.fill("own/steps/views-given/", **typed)
    assert (visitor.status, "不认可，请求复核" in page.text()) == (200, True)
    assert "重新开启" in desk.as_("顾明").case(file).one(id="limits").text()


def test_an_appeal_is_an_act_of_its_own_with_its_reason_and_is_owed_a_decision(
    visitor: Visitor, file: str, desk: Desk
) -> None:
    entered(visitor, file)
    assert visitor.client.get(visitor.at("own/steps/appealed/")).status_code == 404
    told_result(visitor, file)
    visitor.fill("own/steps/appealed/", **{"f-text": " "})
    assert visitor.status == 422
    page = visitor.fill("own/steps/appealed/", **{"f-text": "没有查承运人的记录，请换人复核。"})
    assert (visitor.status, page.one("ol", class_="told").all("h3")[-1].text()) == (200, "投诉人申诉")
    last = entries_of("hengce", file)[-1]
    assert (last.kind, last.by, last.medium) == ("appealed", "complainant", "online")
    case = desk.as_("顾明").case(file)
    assert "没有查承运人的记录，请换人复核。" in case.text()
    owed = [one.text() for one in case.one(id="limits").all("li") if "重新开启" in one.text()]
    assert len(owed) == 1


def test_he_asks_to_stay_unnamed_and_the_desk_reads_no_name_from_then_on(
    visitor: Visitor, file: str, desk: Desk
) -> None:
    entered(visitor, file)
    assert "李女士" in desk.as_("顾明").case(file).text()
    visitor.fill("own/steps/source-secrecy-set/", **{"f-source-secrecy": "yes", "f-text": "怕影响以后送检。"})
    assert visitor.status == 200
    assert "李女士" not in desk.as_("顾明").case(file).text()
    assert "李女士" in visitor.get("own/").text()


def test_a_view_without_saying_which_is_not_taken(visitor: Visitor, file: str) -> None:
    told_result(entered(visitor, file), file)
    page = visitor.fill("own/steps/views-given/", **{"f-text": "我不同意这个说法。"})
    assert visitor.status == 422
    assert [one.text() for one in page.one(class_="summary").all("li")] == ["对处理结果 ：还没有选"]


def test_who_should_stay_out_is_asked_and_owed_an_answer(visitor: Visitor, file: str, desk: Desk) -> None:
    entered(visitor, file)
    visitor.fill("own/steps/recusal-asked/", **{"f-text": "收样的人又在查这件事。"})
    assert visitor.status == 200
    limits = desk.as_("顾明").case(file).one(id="limits").text()
    assert "列明被投诉的人员和部门" in limits


def test_what_is_withdrawn_is_not_withdrawn_twice(visitor: Visitor, file: str) -> None:
    entered(visitor, file)
    visitor.fill("own/steps/withdrawn/", **{"f-text": "已经说清楚了。"})
    assert visitor.status == 200
    assert "撤回投诉" not in offered(visitor)


def test_a_question_to_him_stands_where_he_can_read_and_answer_it(visitor: Visitor, file: str) -> None:
    visitor.house.do("周小雨", "complainant asked", "2026-03-09 09:55", file, question="报告是哪天收到的？")
    assert "报告是哪天收到的？" in entered(visitor, file).get("own/").text()


@pytest.mark.parametrize("step", ["note", "consented", "found", "closed", "corrected"])
def test_no_step_of_the_house_is_his(visitor: Visitor, file: str, step: str) -> None:
    entered(visitor, file)
    assert visitor.client.get(visitor.at(f"own/steps/{step}/")).status_code == 404
    command = Command(step=step, by=OUTSIDER, medium="online", facts={"text": "x"})
    answer = perform(
        command, organisation="hengce", person=OUTSIDER, now=at("2026-03-09 10:20"), key="x", file=file
    )
    assert isinstance(answer, Refused)
    assert answer.sentences("en") == [
        "this step is not the complainant's own; he brings a matter, adds to it and says what he thinks"
    ]


def test_nobody_of_the_house_speaks_as_the_complainant(visitor: Visitor, file: str) -> None:
    person = visitor.house.persons["周小雨"]
    command = Command(step="withdrawn", by=OUTSIDER, medium="phone", facts={"text": "x"})
    answer = perform(
        command, organisation="hengce", person=person, now=at("2026-03-09 10:20"), key="y", file=file
    )
    assert isinstance(answer, Refused)


def test_a_file_in_which_nobody_complains_is_none_of_his(visitor: Visitor, clock: Clock) -> None:
    command = Command(step="added", by=OUTSIDER, medium="online", facts={"text": "x"})
    with pytest.raises(NotYours):
        perform(
            command, organisation="hengce", person=OUTSIDER, now=clock.now, key="z", file="case/" + "0" * 32
        )
