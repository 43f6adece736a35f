"""Cases that may be the same: shown and answered, each answer an entry of whoever gave it, and never about a case that he does not see."""

from __future__ import annotations

import pytest
from tests.pages.desk import Desk
from tests.pages.house import at

from kesu.caseload.acting.answers import Refused
from kesu.caseload.acting.perform import perform
from kesu.caseload.asking.opened import CaseView, opened
from kesu.caseload.models import CaseRow
from kesu.caseload.sight.disclosure import NamedFiles
from kesu.caseload.sight.reader import reader_of
from kesu.casework.deciding.command import Command
from kesu.procedure.words.names import FACT, STEP

NOW = "2026-03-09 10:20"


@pytest.fixture
def alike(desk: Desk) -> Desk:
    """Two complaints of one customer; the second is about a report on which Shen Li has worked."""
    desk.house.received(complainant="源达化工", account="结果差得太多", phone="13812346621", item="HC-0101")
    desk.house.received(complainant="源达化工", account="报告晚了三天", phone="13812346621", item="HC-0102")
    return desk


def files() -> list[str]:
    """The files of the complaints, in the order of their numbers."""
    return list(
        CaseRow.objects.filter(procedure="lab-pd-007").order_by("label").values_list("file", flat=True)
    )


def said(desk: Desk, file: str) -> list[tuple[str, str, str]]:
    """What a file says of comparisons: the step, the number of the other case, how they are alike."""
    told = []
    for line in seen(desk, file).timeline():
        facts = {fact.word: fact.value for fact in line.facts}
        other = facts.get(FACT.COMPARED_CASE)
        if isinstance(other, NamedFiles):
            told.append((line.kind, "、".join(other.labels), str(facts[FACT.LIKENESS])))
    return told


def seen(desk: Desk, file: str) -> CaseView:
    """The file as the complaint desk sees it."""
    view = opened(file, reader_of(desk.house.organisation, desk.house.persons["周小雨"], at(NOW)))
    assert view is not None
    return view


def answer(desk: Desk, name: str, file: str, likeness: str) -> int:
    """Presses one of the three buttons beside the only case that is shown on the page of `file`."""
    reader = desk.as_(name)
    address = f"/cases/{file.partition('/')[2]}/compare/"
    sent = reader.case(file).form(address)
    reader.post(address, {**sent, "likeness": likeness})
    return reader.status


@pytest.mark.parametrize("likeness", ["related", "same"])
def test_an_answer_is_an_entry_and_the_other_case_links_back(alike: Desk, likeness: str) -> None:
    first, second = files()
    assert answer(alike, "周小雨", second, likeness) == 200
    assert (said(alike, second), said(alike, first)) == (
        [(STEP.NOTE, "TS-2026-0001", likeness)],
        [(STEP.LINKED, "TS-2026-0002", likeness)],
    )
    for file, other in ((first, "TS-2026-0002"), (second, "TS-2026-0001")):
        page = alike.as_("周小雨").case(file)
        assert other in page.one("section", id="papers").text()
        assert page.all("section", id="alike") == []


def test_what_has_nothing_to_do_with_it_is_not_linked_and_not_asked_again_on_either_page(alike: Desk) -> None:
    first, second = files()
    answer(alike, "周小雨", second, "unrelated")
    assert (said(alike, second), said(alike, first)) == ([(STEP.NOTE, "TS-2026-0001", "unrelated")], [])
    for file, other in ((first, "TS-2026-0002"), (second, "TS-2026-0001")):
        page = alike.as_("周小雨").case(file)
        assert (page.all("section", id="alike"), other in page.one("section", id="papers").text()) == (
            [],
            False,
        )
    alike.house.do(
        "周小雨", "struck", "2026-03-09 10:30", second, entry=str(entry_of(alike, second)), reason="看错了"
    )
    assert alike.as_("周小雨").case(first).all("section", id="alike") != []


def entry_of(desk: Desk, file: str) -> int:
    """The number of the entry that holds the answer."""
    lines = seen(desk, file).timeline()
    return next(line.number for line in lines if any(fact.word == FACT.LIKENESS for fact in line.facts))


def test_a_case_that_somebody_may_not_see_is_neither_shown_nor_counted_nor_to_be_compared_with(
    alike: Desk,
) -> None:
    first, second = files()
    seen = {name: alike.as_(name).case(first).all("section", id="alike") != [] for name in ("周小雨", "沈立")}
    assert seen == {"周小雨": True, "沈立": False}
    answers = {}
    for other in (second, "case/" + "0" * 32, first, "item/HC-0101"):
        command = Command(
            step=STEP.NOTE,
            by=alike.house.persons["沈立"],
            post="technical manager",
            facts={FACT.COMPARED_CASE: other, FACT.LIKENESS: "related"},
        )
        refused = perform(
            command,
            organisation=alike.house.organisation,
            person=alike.house.persons["沈立"],
            now=at(NOW),
            key=f"hidden-{other[-8:]}",
            file=first,
        )
        assert isinstance(refused, Refused)
        answers[other] = refused.sentences("zh")
    assert set(map(tuple, answers.values())) == {("没有可以比对的这件案件；请从列出的案件里选",)}
    assert (said(alike, first), said(alike, second)) == ([], [])


def test_who_sees_one_of_two_linked_cases_learns_no_number_of_the_other(alike: Desk) -> None:
    first, second = files()
    answer(alike, "周小雨", second, "related")
    page = alike.as_("沈立").case(first).text()
    assert ("TS-2026-0002" in page, "1 件，不向你显示" in page) == (False, True)


def test_an_answer_sent_twice_is_one_entry_and_one_that_is_none_changes_nothing(alike: Desk) -> None:
    _, second = files()
    reader = alike.as_("周小雨")
    address = f"/cases/{second.partition('/')[2]}/compare/"
    sent = {**reader.case(second).form(address), "likeness": "unrelated"}
    for _ in range(2):
        reader.post(address, sent)
    assert said(alike, second) == [(STEP.NOTE, "TS-2026-0001", "unrelated")]
    reader.post(address, {**sent, "key": "another", "likeness": "perhaps"})
    assert (reader.status, said(alike, second)) == (404, [(STEP.NOTE, "TS-2026-0001", "unrelated")])


def test_whoever_answers_for_the_file_joins_it_where_it_is_the_same(alike: Desk) -> None:
    first, second = files()
    links = [one.attrs["href"] for one in alike.as_("顾明").case(second).one("section", id="alike").all("a")]
    assert f"/cases/{second.partition('/')[2]}/steps/joined/?f-joined-to={first}#act" in links


def test_while_it_is_registered_the_answers_are_noted_with_it(alike: Desk) -> None:
    first, second = (file.partition("/")[2] for file in files())
    desk = alike.as_("周小雨")
    sent = desk.get("/register/").form("/register/")
    typed = {
        "f-complainant": "源达化工", "f-channel": "phone", "f-account": "又问了一次", "f-item": "HC-0101",
        f"like-{first}": "related", f"like-{second}": "unrelated",
    }  # fmt: skip
    for _ in range(2):
        desk.post("/register/", {**sent, **typed})
    third = files()[2]
    assert sorted(said(alike, third)) == [
        (STEP.NOTE, "TS-2026-0001", "related"),
        (STEP.NOTE, "TS-2026-0002", "unrelated"),
    ]
    assert len(files()) == 3


def test_what_is_typed_goes_into_the_case_that_it_belongs_to_and_is_recorded_when_it_is_sent(
    alike: Desk,
) -> None:
    first = files()[0].partition("/")[2]
    desk = alike.as_("周小雨")
    sent = desk.get("/register/").form("/register/")
    page = desk.post("/register/", {**sent, "f-account": "又打来一次，催结果", "add-to": first})
    assert "又打来一次，催结果" in page.one("textarea", name="f-text").text()
    assert len(files()) == 2
    assert "又打来一次，催结果" in desk.get("/register/").one("textarea", name="f-account").text()
    hidden = alike.as_("沈立")
    sent = hidden.get("/register/").form("/register/")
    hidden.post("/register/", {**sent, "f-account": "又打来一次", "add-to": files()[1].partition("/")[2]})
    assert hidden.status == 404
