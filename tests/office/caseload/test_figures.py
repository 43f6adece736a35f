"""What the ledger knows enters a report when it is compiled, and can be counted again for ever."""

from __future__ import annotations

from typing import Any

import pytest
from tests.office.caseload.linked import enforce
from tests.office.caseload.office import Office, at
from tests.office.caseload.test_commands import told

from kesu.caseload.acting.answers import Refused
from kesu.caseload.acting.figures import recount
from kesu.cli.main import main
from kesu.ledger.read import entries_of

WEEK = {"period_from": "2026-03-02", "period_to": "2026-03-08"}


@pytest.fixture
def report(office: Office) -> str:
    """A report on a week of three complaints, one of them major and one that turned out to be an opinion."""
    enforce(office, "office-report")
    major = office.receive("2026-03-02 10:00").file
    office.do("accepted", "gu", "2026-03-02 11:00", file=major, facts={"ours": "yes"})
    office.do("graded", "gu", "2026-03-02 12:00", file=major, facts={"grade": "major"})
    office.receive("2026-03-05 10:00", matter="opinion")
    office.receive("2026-03-08 23:50")
    office.receive("2026-03-09 08:00")
    return office.do("opened", "gu", "2026-03-09 09:00", procedure="office-report", facts=WEEK).file


def compiled(office: Office, report: str, now: str = "2026-03-09 10:00") -> dict[str, Any]:
    """The facts that the house entered after the step."""
    number = office.do("summary compiled", "zhou", now, file=report, facts={"summary": "本周三件"}).number
    entry = entries_of("hengce", report)[number]
    assert (entry.kind, entry.by, entry.facts["entry"]) == ("figures", "system", str(number))
    return dict(entry.facts)


def voided(office: Office, file: str, now: str) -> None:
    """A case that was entered twice is taken out by two persons."""
    office.do("void proposed", "zhou", now, file=file, reason="重复")
    office.do("voided", "gu", now, file=file, reason="重复")


def test_the_house_enters_them_right_after_the_step(office: Office, report: str) -> None:
    facts = compiled(office, report)
    said = {
        word: facts[word] for word in ("figures of", "counted from", "counted to", "total counted", "counts")
    }
    assert said == {
        "figures of": "office-trial",
        "counted from": "2026-03-02",
        "counted to": "2026-03-08",
        "total counted": "2",
        "counts": {"grade": {"major": "1", "not known": "1"}, "topic": {"not known": "2"}},
    }
    assert (len(facts["cases counted"]), len(facts["cases left out"])) == (2, 1)


def test_nobody_takes_the_step_himself(office: Office, report: str) -> None:
    answer = office.attempt("figures", "zhou", "2026-03-09 10:00", file=report)
    assert isinstance(answer, Refused)
    assert answer.sentences("zh") == ["这一步由系统记录，不能由人办理"]


def test_without_the_period_the_step_is_refused_and_nothing_is_entered(office: Office) -> None:
    enforce(office, "office-report")
    half = {"period_from": None, "period_to": "2026-03-08"}
    file = office.do("opened", "gu", "2026-03-09 09:00", procedure="office-report", facts=half).file
    answer = office.attempt("summary compiled", "zhou", "2026-03-09 10:00", file=file)
    assert isinstance(answer, Refused)
    assert [finding.rule for finding in answer.findings] == ["complaints of the period"]
    assert len(entries_of("hengce", file)) == 1


def test_counted_again_it_is_the_same_whatever_has_happened_since(office: Office, report: str) -> None:
    facts = compiled(office, report)
    for place in facts["cases counted"]:
        file = place.partition("#")[0]
        voided(office, file, "2026-03-10 09:00")
    (found,) = recount("hengce", report)
    assert (found.same, dict(found.again)) == (True, {word: facts[word] for word in found.again})


def test_what_was_compiled_anew_stands_beside_the_first_and_both_are_proved(
    office: Office, report: str
) -> None:
    first = compiled(office, report)
    case = first["cases counted"][0].partition("#")[0]
    voided(office, case, "2026-03-09 11:00")
    second = compiled(office, report, "2026-03-09 12:00")
    assert (first["total counted"], second["total counted"]) == ("2", "1")
    assert [one.same for one in recount("hengce", report)] == [True, True]


def test_a_case_noted_late_is_not_missed_though_its_receipt_lies_in_the_period(
    office: Office, report: str
) -> None:
    compiled(office, report)
    office.receive("2026-03-10 09:00")
    late = {"matter": "complaint", "channel": "phone", "reason": "周末来电，周一才记"}
    office.do("received", "zhou", "2026-03-10 10:00", happened="2026-03-07 10:00", facts=late)
    assert [one.same for one in recount("hengce", report)] == [True]


def test_the_command_says_same_and_shows_what_differs(
    office: Office, report: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled(office, report)
    assert main(["figures", "--lang", "zh"]) == 0
    assert capsys.readouterr().out == "hengce OFFICE-REPORT-2026-0001 #3: 一致，2 件\n"
    assert main(["figures", "OFFICE-REPORT-2026-0001", "--json"]) == 0
    (one,) = told("figures", capsys)["reports"]
    assert (one["same"], one["total"], one["again"], one["missed"]) == (True, 2, 2, [])
    assert main(["figures", "TS-1", "--lang", "en"]) == 2
    assert capsys.readouterr().err == "kesu: no report with figures has the number TS-1\n"


def test_a_case_that_was_on_record_and_not_looked_at_is_named(
    office: Office, report: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from kesu.caseload.acting import figures

    whole = figures._looked
    monkeypatch.setattr(figures, "_looked", lambda *given: [one for one in whole(*given) if one.number == 1])
    facts = compiled(office, report)
    assert facts["total counted"] == "1"
    assert main(["figures", "--lang", "en"]) == 1
    assert "on record by then and not looked at: case/" in capsys.readouterr().out


def test_the_compile_instant_counts_and_not_the_day(office: Office, report: str) -> None:
    compiled(office, report, "2026-03-09 10:00")
    (found,) = recount("hengce", report)
    assert found.at == at("2026-03-09 10:00")
