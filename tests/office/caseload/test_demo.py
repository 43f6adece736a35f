"""The demo is performed, not inserted: it verifies, its rows are what the ledger says, and cases stand at every stage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

import pytest
from bench.measured.looks import Looks, over
from tests.office.demo_once import NOW, copy_of_the_demo

from kesu.caseload.acting.answers import Refused
from kesu.caseload.acting.perform import perform
from kesu.caseload.asking.listing import cases
from kesu.caseload.asking.narrowing import Wanted
from kesu.caseload.asking.precedents import EndedAlike, ended_alike
from kesu.caseload.asking.queries import queue
from kesu.caseload.folded.fold import folds
from kesu.caseload.models import BarredRow, CaseRow, DutyRow, WatchRow
from kesu.caseload.rebuilding.rebuild import rebuild
from kesu.caseload.sight.reader import reader_of
from kesu.casework.deciding.command import Command
from kesu.demo.stories import load_demo
from kesu.ledger.seal import Last, last_checkpoint
from kesu.ledger.verify import verify
from kesu.people.demo import DEMO_TITLES
from kesu.people.models import Person
from kesu.procedure.shapes.abilities import ShowsPrecedents


@pytest.fixture(scope="module")
def person(django_test_environment: None, django_db_blocker: Any) -> Iterator[dict[str, str]]:
    """The demo, copied once and looked at by all tests: the persons of its first organisation by name."""
    with copy_of_the_demo(django_db_blocker):
        yield {row.name: row.person for row in Person.objects.filter(organisation="hengce")}


def checkpoints() -> list[Last]:
    """The newest checkpoint of each demo organisation."""
    return [last for name in DEMO_TITLES if (last := last_checkpoint(name)) is not None]


def test_the_demo_is_performed_and_stands_at_every_stage(person: dict[str, str]) -> None:
    assert rebuild(check=True) == []
    found = verify()
    assert (found.faults, found.unsealed) == ((), 0)
    assert [(one.statement.number, one.statement.time) for one in checkpoints()] == [(1, NOW)] * len(
        DEMO_TITLES
    )
    complaints = CaseRow.objects.filter(organisation="hengce", procedure="lab-pd-007")
    assert complaints.count() == 25
    assert [row.label for row in complaints.order_by("label")] == [f"TS-2026-{n:04}" for n in range(1, 26)]
    assert complaints.filter(ended=None).count() == 18
    assert len({row.state for row in complaints}) >= 12
    assert Counter(row.site for row in complaints) == {"headquarters": 23, "east": 2}
    assert DutyRow.objects.filter(organisation="hengce", state="late").count() >= 5
    assert CaseRow.objects.filter(organisation="hengce", procedure="lab-corrective-action").count() >= 4
    assert BarredRow.objects.filter(organisation="hengce").count() >= 1
    again = load_demo(now=NOW)
    assert again.fresh is False


def test_one_case_of_the_demo_is_hidden_late_from_who_signed_the_report(person: dict[str, str]) -> None:
    reader = {name: reader_of("hengce", person[name], NOW) for name in ("沈立", "顾明", "叶文", "赵敏")}
    complaints = Wanted(procedure="lab-pd-007")
    labels = {
        name: {row.label for row in cases(reader[name], limit=100, wanted=complaints).rows}
        for name in ("沈立", "顾明", "叶文")
    }
    kept = {row.label for row in CaseRow.objects.filter(organisation="hengce", title_zh__contains="HC-0061")}
    late = {row.label for row in CaseRow.objects.filter(organisation="hengce", title_zh__contains="HC-0063")}
    assert labels["顾明"] - labels["沈立"] == kept | late
    assert labels["叶文"] == labels["顾明"]
    assert {task.label for task in queue(reader["沈立"])}.isdisjoint(kept | late)
    assert {task.label for task in queue(reader["赵敏"])} & late == late


def test_everybody_of_the_demo_who_acts_has_something_to_do(person: dict[str, str]) -> None:
    busy = {
        name: len(queue(reader_of("hengce", person[name], NOW)))
        for name in ("周小雨", "顾明", "沈立", "陆建国", "赵敏", "马兰")
    }
    assert {name for name, tasks in busy.items() if not tasks} == set()


def test_a_duty_of_the_east_site_counts_its_saturdays(person: dict[str, str]) -> None:
    """The same span from the same moment ends on another day where Saturdays are worked."""
    from kesu.caseload.folded.books import calendar_by_digest
    from kesu.people.directory import directory_of
    from kesu.worktime.due import due
    from kesu.worktime.span import Span

    version = directory_of("hengce").calendar_at("east")
    assert version is not None
    start = datetime.fromisoformat("2026-11-12T10:00:00+08:00")
    span = Span.parse("2 working days")
    assert isinstance(span, Span)
    dates = [
        due(
            calendar=calendar_by_digest("hengce", version.digest, site), start=start, span=span
        ).date.isoformat()
        for site in ("headquarters", "east")
    ]
    assert dates == ["2026-11-16", "2026-11-14"]


def dairy(procedure: str) -> list[CaseRow]:
    """The files of the dairy of one procedure, by their numbers."""
    return list(CaseRow.objects.filter(organisation="qingmu", procedure=procedure).order_by("label"))


def acts(row: CaseRow) -> list[str]:
    """The steps on record in a file, in order."""
    return [act.step for act in folds.take(row.organisation, row.file).case.history.acts]


def test_the_dairy_stands_at_every_stage_beside_the_laboratories(person: dict[str, str]) -> None:
    complaints = dairy("fmcg-emergency")
    assert [row.label for row in complaints] == [f"KS-2026-{n:04}" for n in range(1, 27)]
    assert len({row.state for row in complaints}) >= 10
    ends = Counter(row.state for row in complaints if row.ended)
    assert ends == {"closed": 3, "not accepted": 1, "ended on withdrawal": 1}


def test_the_supermarket_answers_what_is_said_and_what_is_written_by_five_papers(
    person: dict[str, str],
) -> None:
    of_the_store = CaseRow.objects.filter(organisation="hean")
    begun = Counter(row.procedure for row in of_the_store)
    still_open = Counter(row.procedure for row in of_the_store if row.ended is None)
    assert begun == {
        "oral-or-written": 5,
        "passed-to-the-department": 2,
        "valid-and-related": 2,
        "agreed-time-and-way": 2,
        "handled-with-care": 2,
    }
    assert still_open == dict.fromkeys(begun, 1)


def test_a_case_of_the_supermarket_goes_through_every_part_that_an_office_may_take(
    person: dict[str, str],
) -> None:
    ended = CaseRow.objects.get(organisation="hean", procedure="handled-with-care", ended__isnull=False)
    history = folds.take("hean", ended.file).case.history
    assert history.value("severity by the table") == "level 3"
    assert history.value("cost amount") == "460"
    assert acts(ended)[-3:] == ["closed", "remedy kept", "outside result noted"]
    assert [act.step for act in history.all("fell late")] == []
    states = Counter(duty.state for duty in DutyRow.objects.filter(organisation="hean", file=ended.file))
    assert set(states) <= {"met", "void"}


def test_whoever_decides_is_shown_what_similar_cases_got_of_those_that_he_sees(
    person: dict[str, str],
) -> None:
    row = CaseRow.objects.get(organisation="hean", procedure="handled-with-care", ended=None)
    ended = CaseRow.objects.get(organisation="hean", procedure="handled-with-care", ended__isnull=False)
    persons = {one.name: one.person for one in Person.objects.filter(organisation="hean")}
    case = folds.take("hean", row.file).case
    ((_, shape),) = case.procedure.able(ShowsPrecedents)
    found = ended_alike(reader_of("hean", persons["贺敏"], NOW), row, shape)
    assert found == EndedAlike(
        alike=(("category", "defective"),),
        cases=1,
        got=((("remedy kind", "exchange"), 1),),
        newest=((ended, (("remedy kind", "exchange"),)),),
    )
    nobody = reader_of("hean", "p-nobody", NOW)
    assert ended_alike(nobody, row, shape) == EndedAlike((("category", "defective"),), 0, (), ())
    assert ended_alike(reader_of("hean", persons["贺敏"], NOW), ended, shape) == EndedAlike(
        (("category", "defective"),), 0, (), ()
    )


def test_ten_complaints_of_one_batch_raise_one_alarm_of_ten_and_make_ten_cases_major(
    person: dict[str, str],
) -> None:
    watches = WatchRow.objects.filter(organisation="qingmu", values__batch="20261102A")
    assert [[(alarm["rule"], alarm["limit"]) for alarm in row.alarms] for row in watches] == [
        [("five complaints of one batch", 5), ("ten complaints of one batch", 10)]
    ]
    concerned = [row for row in dairy("fmcg-emergency") if "20261102A" in row.title_zh]
    assert [(row.grade, acts(row).count("promoted")) for row in concerned] == [("major", 1)] * 10
    assert not any("not known" in row.title_zh for row in dairy("fmcg-batch-watch"))


def test_the_dairy_has_a_return_that_does_not_match_and_was_refused_before_it_was_noted_as_such(
    person: dict[str, str],
) -> None:
    refused = [row for row in dairy("fmcg-return") if "goods refused" in acts(row)]
    assert [acts(row)[3:] for row in refused] == [
        ["return form checked", "goods refused", "refusal told", "closed"]
    ]
    barred = BarredRow.objects.filter(organisation="qingmu", file=refused[0].file)
    assert [(row.step, sorted(row.clauses)) for row in barred] == [("goods taken in", ["B21-X3a", "B21-X3b"])]


def test_time_alone_and_five_hundred_yuan_and_the_press_make_cases_of_the_dairy_major(
    person: dict[str, str],
) -> None:
    rules = Counter(
        str(act.facts["rule"])
        for row in dairy("fmcg-emergency")
        for act in folds.take("qingmu", row.file).case.history.all("promoted")
    )
    assert rules["ten complaints of one batch"] == 10
    assert rules["major by media"] == 1
    assert rules["major by compensation"] == 2
    assert rules["unsolved for more than five days"] >= 2
    held = BarredRow.objects.filter(organisation="qingmu", step="money handed over")
    assert len({row.file for row in held}) >= 1


def test_weekly_and_monthly_reports_of_the_dairy_are_reviewed_before_they_go_out(
    person: dict[str, str],
) -> None:
    reports = dairy("fmcg-report")
    assert [row.state for row in reports] == ["closed"] * 5
    steps = [
        [step for step in acts(row) if step in ("summary reviewed", "summary distributed")] for row in reports
    ]
    once = ["summary reviewed", "summary distributed"]
    assert sorted(steps, key=len) == [once, once, once, once, ["summary reviewed", *once]]
    kinds = [folds.take("qingmu", row.file).case.history.value("report kind") for row in reports]
    assert Counter(kinds) == {"weekly": 4, "monthly": 1}
    assert [
        act.step for row in reports for act in folds.take("qingmu", row.file).case.history.all("fell late")
    ] == []


def test_the_year_of_the_demo_has_three_rounds_and_one_person_has_not_acknowledged(
    person: dict[str, str],
) -> None:
    year = CaseRow.objects.get(organisation="hengce", procedure="lab-service-year")
    duties = DutyRow.objects.filter(organisation="hengce", file=year.file)
    rounds = duties.filter(rule="four survey rounds a year", due_date="2026-12-31")
    assert [(row.thing, row.state) for row in rounds.order_by("thing")] == [
        ("1", "met"),
        ("2", "met"),
        ("3", "met"),
        ("4", "open"),
    ]
    late = duties.filter(rule="acknowledgement of the commitment", state="late")
    assert [(row.person, row.thing) for row in late] == [(person["许宁"], person["许宁"])]
    mine = [task.rule for task in queue(reader_of("hengce", person["许宁"], NOW)) if task.file == year.file]
    assert mine == ["acknowledgement of the commitment"]
    others = queue(reader_of("hengce", person["吴涛"], NOW))
    assert [task.rule for task in others if task.file == year.file] == []


def test_the_dissatisfied_answer_of_a_round_of_the_demo_became_a_complaint(person: dict[str, str]) -> None:
    year = CaseRow.objects.get(organisation="hengce", procedure="lab-service-year")
    rounds = CaseRow.objects.filter(organisation="hengce", parent=year.file).order_by("label")
    assert [(row.procedure, row.label, row.state) for row in rounds] == [
        ("lab-survey-round", f"DC-2026-000{number}", "closed") for number in (1, 2, 3)
    ]
    opened = CaseRow.objects.filter(organisation="hengce", parent=rounds[2].file).order_by("procedure")
    assert [(row.procedure, row.state) for row in opened] == [
        ("lab-improvement", "measure carried out"),
        ("lab-pd-007", "department informed"),
    ]
    assert opened[1].title_zh == "投诉 · 检测时限"


def test_a_delay_that_the_client_has_not_heard_of_holds_the_report_of_the_demo(
    person: dict[str, str],
) -> None:
    held = CaseRow.objects.get(organisation="hengce", procedure="lab-service-order", ended=None)
    assert (held.state, held.title_zh) == ("testing finished", "委托服务 · W-0152")
    command = Command(
        step="report issued",
        by=person["沈立"],
        post="technical manager",
        facts={"report number": "HC-0090"},
    )
    answer = perform(
        command, organisation="hengce", person=person["沈立"], now=NOW, key="held", file=held.file
    )
    assert isinstance(answer, Refused)
    assert answer.sentences("zh") == [
        (
            "“发出报告”之前还差：“将延误通知客户”（样品复测）。"
            "“发出报告”之前要有“将延误通知客户”（每一项延误事项）。（A03-4.1.6b、E08-4.6b）"
        )
    ]


def test_a_look_at_a_case_asks_every_rule_about_once_and_sends_few_statements(
    person: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    looks = Looks()
    longest = sorted(CaseRow.objects.all(), key=lambda row: (row.procedure, -row.number))
    files = {next(rows).file for _, rows in groupby(longest, lambda row: row.procedure)}
    costs = [looks.cost(*look, rounds=1) for look in looks.of_cases(files)]
    assert over(costs) == []
    assert len(costs) > 15
    assert max(cost["questions"] for cost in costs) > 300  # something was counted
