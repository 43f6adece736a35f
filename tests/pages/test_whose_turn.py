"""Whose turn it is: many who can are told by their posts, what anybody can do is offered, and tasks stand file by file."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tests.office.caseload.office import at
from tests.pages.desk import Desk
from tests.pages.house import House
from tests.pages.html import Element
from tests.rulebook.small import act, filed, from_text, text_of

from kesu.caseload.asking.opened import CaseView, opened
from kesu.caseload.asking.queries import Task
from kesu.caseload.sight.disclosure import disclosed
from kesu.caseload.sight.reader import reader_of
from kesu.casework.deciding.decide import Actor
from kesu.casework.waiting.takers import Takers
from kesu.desk.case.form_here import seats_said
from kesu.desk.own.tasks import Row, together
from kesu.forms.fields.fields import Around, field_for
from kesu.forms.fields.making import required_facts
from kesu.forms.said.values import fact_said, value_said
from kesu.forms.standing_of_a_person.in_words import actors_in_words
from kesu.forms.standing_of_a_person.refusal import refusal
from kesu.names import StepName
from kesu.procedure import words
from kesu.procedure.written.library import here
from kesu.reading.text import Text
from kesu.worktime.until import until

EMPTY = Text("", "")
FILE = "case/" + "a" * 32


def seen(house: House, file: str) -> CaseView:
    """The file as the quality manager has it."""
    found = opened(file, reader_of("hengce", house.persons["顾明"], at("2026-03-09 10:00")))
    assert found is not None
    return found


def row(file: str, label: str, step: str, band: str = "open", *, about: str = "") -> Row:
    """Something to do."""
    end = None if band == "open" else until(datetime(2026, 3, 10, tzinfo=UTC), zone=ZoneInfo("UTC"))
    task = Task(
        file=file, label=label, title=EMPTY, rule="", what=Text(step, step), action=EMPTY, why=EMPTY, clauses=(),
        steps=(step,), post="", until=end, when=None, about=about, number=0, thing="", state="", grade="",
    )  # fmt: skip
    return Row(task, band)


def test_four_who_can_are_told_by_name_and_five_by_their_posts(house: House) -> None:
    file = seen(house, house.received())
    people = list(house.persons.items())[:5]
    actors = [Actor(person, "quality manager", None, frozenset()) for _, person in people]
    named = "、".join(f"{name}（质量负责人）" for name, _ in people[:4])
    assert actors_in_words(actors[:4], file.case, file.directory).zh == named
    assert actors_in_words(actors, file.case, file.directory) == Text(
        "质量负责人（共 5 人）", "Quality manager (5 persons)"
    )


def test_who_stands_in_for_a_person_or_for_a_post_is_told_in_one_way(house: House) -> None:
    file = seen(house, house.received())
    gu, lu = house.persons["顾明"], house.persons["陆建国"]
    stands_in = Actor(gu, "general manager", lu, frozenset())
    last_resort = Actor(lu, "general manager", "quality manager", frozenset())
    assert seats_said([stands_in, last_resort], file) == [
        Text("代陆建国任总经理", "General manager, standing in for 陆建国"),
        Text("总经理，代行质量负责人", "General manager, in place of the Quality manager"),
    ]
    assert actors_in_words([stands_in, last_resort], file.case, file.directory) == Text(
        "顾明（代陆建国任总经理）、陆建国（总经理，代行质量负责人）",
        "顾明 (General manager, standing in for 陆建国) and"
        " 陆建国 (General manager, in place of the Quality manager)",
    )


def test_many_posts_are_told_by_the_first_two_and_how_many_there_are(house: House) -> None:
    file = seen(house, house.received())
    posts = list(file.procedure.posts)[:6]
    actors = [
        Actor(person, post, None, frozenset())
        for post, person in zip(posts, house.persons.values(), strict=False)
    ]
    first, second = (file.procedure.posts[post].title for post in posts[:2])
    assert actors_in_words(actors, file.case, file.directory) == Text(
        f"{first.zh}、{second.zh}等 6 个岗位（共 6 人）",
        f"{first.en}, {second.en} and 4 other posts (6 persons)",
    )


def test_tasks_without_a_limit_stand_file_by_file_and_those_with_one_alone() -> None:
    late = [row("case/1", "A-1", "told", "late"), row("case/1", "A-1", "asked", "late")]
    rows = [*late, row("case/1", "A-1", "x"), row("case/2", "A-2", "y"), row("case/1", "A-1", "z")]
    assert together(rows) == [[late[0]], [late[1]], [rows[2], rows[4]], [rows[3]]]


def test_the_same_act_on_several_cases_about_one_thing_is_one_row() -> None:
    batch = [row(f"case/{n}", f"A-{n}", "told", "late", about="20261111A") for n in range(3)]
    other = row("case/9", "A-9", "told", "late", about="20261112B")
    asked = row("case/1", "A-1", "asked", "late", about="20261111A")
    assert together([batch[0], other, asked, *batch[1:]]) == [batch, [other], [asked]]


def test_the_act_of_another_file_is_named_by_the_number_of_that_file(house: House) -> None:
    directory = seen(house, house.received()).directory
    known = fact_said(disclosed("from", f"{FILE}#27", labels={FILE: "PC-2026-0006"}), directory)
    assert known.value == Text("PC-2026-0006", "PC-2026-0006")
    assert value_said(words.facts()["from"], "2026-03-09", directory).zh == "2026年3月9日（周一）"


def test_only_a_demanded_amount_is_asked_to_be_nought_where_none_is_asked(house: House) -> None:
    around = Around(procedure=seen(house, house.received()).procedure)
    hints = {
        word: field_for(word, around=around, step=StepName("registered"), required=False).hint
        for word in ("demanded amount", "unit price", "quantity")
    }
    assert {word: hint and hint.zh for word, hint in hints.items()} == {
        "demanded amount": "元，最多两位小数；没有要求金额的写 0",
        "unit price": "元，最多两位小数；大写也可以",
        "quantity": "只填数字，不写单位",
    }


def test_what_the_procedure_wants_before_the_next_step_is_marked_at_registering(desk: Desk) -> None:
    page = desk.as_("周小雨").get("/register/")
    marked = [one.text() for one in page.all("legend") if "往下办之前要填" in one.text()]
    assert "来件类型 往下办之前要填" in marked
    assert all("必填" not in one for one in marked)


def test_what_was_done_once_can_be_found_to_do_it_again(desk: Desk) -> None:
    file = desk.house.handed_over()
    todo = desk.as_("周小雨").case(file).one(id="act")
    (again,) = [one for one in todo.all("details") if one.text().startswith("可以再办一次")]
    assert [one.text() for one in again.all("a")] == ["移交质量负责人"]


def test_the_opinion_that_sending_back_wants_is_not_asked_of_the_next_review() -> None:
    procedure = here().load("fmcg-report")
    reviewed = procedure.steps["summary reviewed"]
    back = act("summary reviewed", **{"review outcome": "sent back", "review opinion": "x"})
    case = filed(
        procedure, act("opened"), act("summary compiled", summary="x"), act("summary submitted"), back
    )
    assert required_facts(case, reviewed) == {"review outcome"}


def test_nobody_is_named_for_what_lies_over_every_authority(house: House) -> None:
    file = seen(house, house.received())
    rule = "authority: amount\nat: compensation agreed\nlimits: [{up to: 100, by: clerk}]"
    capped = from_text(text_of(rule).replace("clerk", "quality manager"), file="capped.yaml")
    case = filed(capped, act("accepted", post="quality manager"))
    too_much = act("compensation agreed", post="quality manager", amount="101")
    (finding,) = case.judge(replace(too_much, number=2))
    takers = Takers(case, now=at("2026-03-09 10:00"), actors=file.takers.actors)
    found = refusal(
        finding,
        readable=finding,
        step="compensation agreed",
        takers=takers,
        directory=file.directory,
        person="p",
    )
    assert (found.why.zh, found.who) == ("全案累计 101 元，最多只能到 100 元", EMPTY)


def test_who_can_is_told_by_the_amount(house: House) -> None:
    file = seen(house, house.received())
    rule = "authority: amount\nat: compensation agreed\nlimits: [{up to: 100, by: clerk}, {by: boss}]"
    text = text_of(rule).replace("clerk", "quality manager").replace("boss", "general manager")
    case = filed(from_text(text, file="by amount.yaml"), act("accepted", post="quality manager"))
    too_much = act("compensation agreed", post="quality manager", amount="101")
    (finding,) = case.judge(replace(too_much, number=2))
    takers = Takers(case, now=at("2026-03-09 10:00"), actors=file.takers.actors)
    found = refusal(
        finding,
        readable=finding,
        step="compensation agreed",
        takers=takers,
        directory=file.directory,
        person="p",
    )
    assert found.who.zh == "陆建国（主任）、顾明（代陆建国任主任）"


def linked(part: Element) -> set[str]:
    """The steps that a part of the page leads to."""
    return {link.attrs["href"].partition("#")[0] for link in part.all("a")}


def test_what_others_owe_stands_on_a_view_of_its_own(desk: Desk) -> None:
    file = desk.house.handed_over()
    step, manager = desk.step(file, "accepted"), desk.as_("顾明")
    assert step not in linked(manager.get("/").one("section", id="mine"))
    waiting = manager.get("/?view=others").one("section", id="others")
    assert "周小雨" in waiting.text()
    assert not any("/steps/" in address for address in linked(waiting))
    assert step in linked(desk.as_("周小雨").get("/").one("section", id="mine"))


def test_who_was_appointed_finds_it_in_his_list_and_the_open_form_in_the_case(desk: Desk) -> None:
    file, house = desk.house.handed_over(), desk.house
    house.do("周小雨", "accepted", "2026-03-09 09:40", file, responsible_unit="samples")
    step, han = desk.step(file, "analysis contributed"), desk.as_("韩松")
    assert not any(step in linked(part) for part in han.get("/").all("section", id="mine"))
    house.do("顾明", "team appointed", "2026-03-09 09:41", file, team=[house.persons["韩松"]])
    assert step in linked(han.get("/").one("section", id="mine"))
    assert step not in linked(desk.as_("沈立").get("/").one("section", id="mine"))
    assert han.case(file).one("h2", id="act-title").text() == "轮到你 · 提出分析意见"
    han.take(file, "analysis contributed", text="收样时漏登")
    assert not any(step in linked(part) for part in han.get("/").all("section", id="mine"))


def test_what_a_rule_wants_before_a_step_is_asked_before_it_and_then_the_step(desk: Desk) -> None:
    file, own = desk.house.handed_over(), desk.as_("周小雨")
    page = own.case(file)
    assert page.one("h2", id="act-title").text() == "轮到你 · 具名确认"
    asked = page.one("form", action=f"{desk.step(file, 'attested')}#act")
    assert [one.attrs["value"] for one in asked.all("input", type="radio") if "checked" in one.attrs] == [
        "warm reception"
    ]
    assert {desk.step(file, "attested"), desk.step(file, "accepted")} <= linked(
        own.get("/").one("section", id="mine")
    )
    page = own.take(
        file, "attested", conduct="warm reception", counterpart="李女士", content="耐心听完，逐项记下"
    )
    assert page.one("h2", id="act-title").text() == "轮到你 · 受理"
    assert desk.step(file, "attested") not in linked(own.get("/").one("section", id="mine"))


def test_whoever_is_here_to_read_is_not_offered_to_register(desk: Desk) -> None:
    desk.house.received()
    offered = {
        name: "/register/" in [one.attrs["href"] for one in desk.as_(name).get("/cases/").all("a")]
        for name in ("叶文", "周小雨", "韩松")
    }
    assert offered == {"叶文": False, "周小雨": True, "韩松": True}


def test_a_report_number_as_people_type_it_keeps_out_who_did_the_work(desk: Desk) -> None:
    for typed in ("HC-0101", "hc 0101", "ＨＣ０１０１"):
        file = desk.house.received(item=typed)
        assert "须回避，看不到本案： 吴涛" in desk.as_("周小雨").case(file).text()
    unknown = desk.house.received(item="HC-9999")
    assert "须回避，看不到本案" not in desk.as_("周小雨").case(unknown).text()


def test_a_row_says_by_when_in_words_what_on_which_case_and_why_by_the_number_of_their_paper(
    desk: Desk,
) -> None:
    file = desk.house.handed_over()
    mine = desk.as_("周小雨").get("/").one("section", id="mine")
    (own,) = [one for one in mine.all("li") if desk.step(file, "accepted") in linked(one)]
    said = own.text()
    assert "李女士" in said
    assert not re.search(r"[A-Z]\d\d-\d", said)
    assert [button.attrs["href"] for button in own.all("a", class_="button")] == [
        f"{desk.step(file, 'accepted')}#act"
    ]


def test_a_stand_in_sees_for_whom_each_row_is(desk: Desk) -> None:
    file = desk.house.handed_over()
    page = desk.as_("顾明").get("/")
    asides = page.one("aside").text()
    assert "我在代谁" in asides
    assert "陆建国" in asides
    assert file
