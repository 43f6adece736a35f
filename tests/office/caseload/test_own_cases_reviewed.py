"""`kesu review --ledger`: the organisation's own cases are judged as a log is, as they stood at any moment."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.office.demo_once import NOW, copy_of_the_demo

from kesu.caseload.asking.own_cases import OwnCases
from kesu.caseload.models import CaseRow
from kesu.cli import main
from kesu.people.demo import DEMO_TITLES
from kesu.procedure.history.verdict import Verdict
from kesu.review.clause_panel import Readings, State, panel
from kesu.review.counts import Count
from kesu.review.own_cases import By, OwnFinding, OwnReport, review_own

LABORATORY = "hengce"


@pytest.fixture(scope="module", autouse=True)
def _demo(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    with copy_of_the_demo(django_db_blocker):
        yield


def reviewed(
    as_of: datetime = NOW, by: By = By.CLAUSE, *, kept_too: bool = False, procedure: str | None = None
) -> tuple[OwnReport, list[OwnFinding]]:
    found: list[OwnFinding] = []
    cases = OwnCases(LABORATORY, procedure)
    return review_own(cases, as_of=as_of, by=by, tell=found.append, kept_too=kept_too), found


def counted(found: list[OwnFinding]) -> Count:
    count = Count()
    for one in found:
        count.add(one.finding.verdict)
    return count


def test_it_finds_broken_what_the_clause_panels_of_the_cases_call_broken() -> None:
    broken = {
        (case.label, row.rule.name)
        for case in OwnCases(LABORATORY)
        for row in panel(case.file, as_of=NOW)
        if row.recorded.state is State.BROKEN
    }
    listed = {
        (one.case, one.finding.rule)
        for one in reviewed()[1]
        if one.finding.verdict is Verdict.BROKEN
        and (one.finding.clauses or one.procedure.by_name[one.finding.rule].shape.timed is not None)
    }
    assert listed == broken
    assert len(broken) > 5


def test_the_counts_are_those_of_the_findings_whatever_they_are_counted_by() -> None:
    whole, found = reviewed(kept_too=True)
    assert whole.totals.recorded == counted(found)
    assert whole.cases == CaseRow.objects.filter(organisation=LABORATORY).count()
    for by in (By.MONTH, By.POST):
        report, _ = reviewed(by=by)
        sums = Counter[str]()
        for tally in report.heads.values():
            sums.update(tally.recorded.as_dict())
        assert dict(sums) == whole.totals.recorded.as_dict()
        assert report.totals == whole.totals
    by_clause: Counter[str] = Counter()
    for one in found:
        by_clause.update(dict.fromkeys(one.finding.clauses or ("",), 1))
    assert {name: sum(tally.recorded.as_dict().values()) for name, tally in whole.heads.items()} == by_clause


def test_a_finding_lies_with_the_post_that_acted_and_a_duty_with_the_one_that_owes_it() -> None:
    _, found = reviewed(kept_too=True, procedure="lab-pd-007")
    files = {case.label: case.file for case in OwnCases(LABORATORY, "lab-pd-007")}
    for one in found:
        acts = {act.number: act for act in files[one.case].history.acts}
        duty = files[one.case].duties.by_key.get((one.finding.rule, one.finding.number, one.finding.thing))
        if duty is None and one.finding.number in acts:
            assert one.post == (acts[one.finding.number].post or ""), one
        if duty is not None and not duty.answered_by:
            assert one.post == duty.owner, one
    assert {one.post for one in found} > {"general manager", "quality manager"}


def test_as_of_an_earlier_moment_it_knows_what_was_noted_until_then_and_no_more() -> None:
    then = NOW - timedelta(days=30)
    report, found = reviewed(then, kept_too=True)
    acts = [act for case in OwnCases(LABORATORY) for act in case.file.history.acts]
    assert report.events == sum(act.noted <= then for act in acts)
    begun = [case.label for case in OwnCases(LABORATORY) if case.file.history.acts[0].noted <= then]
    assert report.cases == len(begun) > 0
    assert {one.case for one in found} <= set(begun)
    assert all(one.finding.at <= then for one in found)


def test_before_anything_was_noted_there_is_nothing_to_judge() -> None:
    report, found = reviewed(datetime(2020, 1, 1, tzinfo=UTC))
    assert (report.cases, report.events, found, report.clean) == (0, 0, [], True)


def test_the_command_prints_it_and_ends_with_1_where_something_is_broken(
    capsys: pytest.CaptureFixture[str],
) -> None:
    arguments = ["review", "--ledger", "--organisation", LABORATORY, "--as-of", "2026-11-20T16:30", "--json"]
    assert main.main(arguments) == 1
    answer = json.loads(capsys.readouterr().out)
    report, found = reviewed()
    assert answer["totals"]["as_recorded"] == report.totals.recorded.as_dict()
    assert len(answer["findings"]) == len(found)
    assert [head["head"] for head in answer["heads"]] == [name or None for name in report.heads]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--ledger"], f"用 --organisation 写明单位：{'、'.join(sorted(DEMO_TITLES))}"),
        (
            ["--ledger", "--organisation", "nobody"],
            f"没有“nobody”这个单位；有 {'、'.join(sorted(DEMO_TITLES))}",
        ),
        (
            ["--ledger", "--organisation", LABORATORY, "--log", "a.csv", "--set", "x=1"],
            "--ledger 用的是台账里的案件和它们自己的程序版本、日历，不和 --log、--set 一起用",
        ),
        (
            ["--ledger", "--organisation", LABORATORY, "--procedure", "fmcg-return"],
            "截至该时刻，“hengce”没有程序 fmcg-return 的案件",
        ),
        (["--procedure", "lab-pd-007"], "还缺 --log、--map；要审查台账里的案件，写 --ledger"),
    ],
)
def test_what_does_not_go_together_is_said(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(["review", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_what_was_judged_once_of_a_case_reads_later_as_if_it_were_judged_anew() -> None:
    for case in OwnCases(LABORATORY):
        kept, number = Readings(), case.file.number
        for later in (timedelta(0), timedelta(days=40)):
            again = panel(case.file, as_of=NOW + later, readings=kept, number=number)
            assert again == panel(case.file, as_of=NOW + later)
