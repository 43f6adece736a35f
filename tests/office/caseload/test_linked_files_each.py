"""A step that opens a linked file each time it is taken, and what that file brings along from its parent."""

from __future__ import annotations

from typing import Any

import pytest
from tests.office.caseload.linked import enforce
from tests.office.caseload.office import Office, at

from kesu.caseload.acting.answers import Refused
from kesu.caseload.acting.clock import clock
from kesu.caseload.models import CaseRow, DutyRow
from kesu.ledger.entry import ERASED
from kesu.ledger.read import entries_of
from kesu.registry.erasure import erase

BAD = {
    "grade": "major",
    "topic": ["conduct"],
    "complainant": "李女士",
    "investigation_result": "等了三天没人回电话",
}


@pytest.fixture
def survey(office: Office) -> str:
    enforce(office, "office-enquiry", "office-survey")
    return office.do("opened", "gu", "2026-03-02 09:00", procedure="office-survey").file


def answered(office: Office, survey: str, now: str, **facts: Any) -> int:
    return office.do("investigated", "zhou", now, file=survey, facts=facts).number


def links(survey: str) -> list[tuple[str, str]]:
    """For each link of the survey the entry that called for it and the label of the file."""
    return [
        (entry.facts["entry"], CaseRow.objects.get(file=entry.facts["linked file"]).label)
        for entry in entries_of("hengce", survey)
        if entry.kind == "linked"
    ]


def complaints() -> list[CaseRow]:
    return list(CaseRow.objects.filter(organisation="hengce", procedure="office-enquiry").order_by("label"))


def test_each_bad_answer_opens_a_complaint_of_its_own_and_good_ones_none(office: Office, survey: str) -> None:
    first = answered(office, survey, "2026-03-02 10:00", **BAD)
    answered(office, survey, "2026-03-02 11:00", grade="ordinary")
    third = answered(office, survey, "2026-03-02 12:00", **BAD)
    office.do("note", "zhou", "2026-03-02 13:00", file=survey, facts={"text": "还有两家没回"})
    assert links(survey) == [
        (str(first), "OFFICE-ENQUIRY-2026-0001"),
        (str(third), "OFFICE-ENQUIRY-2026-0002"),
    ]


def test_the_first_act_there_carries_what_the_answer_said(office: Office, survey: str) -> None:
    number = answered(office, survey, "2026-03-02 10:00", **BAD)
    entry = entries_of("hengce", complaints()[0].file)[0]
    carried = {word: entry.facts.get(word) for word in ("source", "channel", "topic", "parent", "standing")}
    assert (entry.kind, entry.by, carried) == (
        "received",
        "system",
        {
            "source": "survey",
            "channel": "own finding",
            "topic": ["conduct"],
            "parent": survey,
            "standing": f"{survey}#{number}",
        },
    )


def test_personal_words_stand_beside_the_ledger_there_as_well(office: Office, survey: str) -> None:
    answered(office, survey, "2026-03-02 10:00", **BAD)
    entry = entries_of("hengce", complaints()[0].file)[0]
    assert entry.personal == {"complainant": "李女士", "account": "等了三天没人回电话"}
    assert "complainant" not in entry.facts


def test_what_was_erased_here_is_not_carried_on(office: Office, survey: str) -> None:
    number = answered(office, survey, "2026-03-02 10:00", grade="ordinary", complainant="李女士")
    office.do("closed", "gu", "2026-03-03 10:00", file=survey)
    erase(
        survey,
        [(number, "complainant")],
        ground="本人要求",
        organisation="hengce",
        person=office.persons["yin"],
        now=at("2026-03-04 10:00"),
        key="erasing",
    )
    assert entries_of("hengce", survey)[number - 1].personal["complainant"] is ERASED
    office.do("reopened", "gu", "2026-03-05 10:00", file=survey, reason="漏了一家")
    mended = {"entry": str(number), "word": "grade", "value": "major"}
    office.do("corrected", "zhou", "2026-03-05 11:00", file=survey, facts=mended, reason="听录音后改正")
    assert links(survey) == [(str(number), "OFFICE-ENQUIRY-2026-0001")]
    assert entries_of("hengce", complaints()[0].file)[0].personal == {}


def test_what_did_not_come_along_is_asked_for_there_as_for_any_arrival(office: Office, survey: str) -> None:
    answered(office, survey, "2026-03-02 10:00", grade="major")
    file = complaints()[0].file
    kinds = [entry.kind for entry in entries_of("hengce", file)]
    rows = DutyRow.objects.filter(organisation="hengce", file=file, rule="intake facts", state="open")
    assert (kinds, [(row.state, row.steps) for row in rows]) == (["received"], [("open", ["added"])])
    early = office.attempt("accepted", "gu", "2026-03-02 11:00", file=file)
    assert isinstance(early, Refused)
    assert [finding.rule for finding in early.findings] == ["intake facts"]


def test_the_end_of_the_parent_waits_for_all_of_them(office: Office, survey: str) -> None:
    answered(office, survey, "2026-03-02 10:00", **BAD)
    answered(office, survey, "2026-03-02 11:00", **BAD)
    answered(office, survey, "2026-03-02 12:00", grade="ordinary")
    first, second = (row.file for row in complaints())
    for day, file in ((3, first), (4, second)):
        early = office.attempt("closed", "gu", f"2026-03-0{day} 09:00", file=survey)
        assert isinstance(early, Refused)
        assert [finding.rule for finding in early.findings] == ["each bad answer becomes a complaint"]
        office.do("accepted", "gu", f"2026-03-0{day} 10:00", file=file)
        office.do("closed", "gu", f"2026-03-0{day} 12:00", file=file)
    office.do("closed", "gu", "2026-03-04 13:00", file=survey)


def test_a_child_that_is_reopened_holds_the_parent_again(office: Office, survey: str) -> None:
    number = answered(office, survey, "2026-03-02 10:00", **BAD)
    file = complaints()[0].file
    office.do("accepted", "gu", "2026-03-03 10:00", file=file)
    office.do("closed", "gu", "2026-03-03 12:00", file=file)
    office.do("reopened", "gu", "2026-03-03 13:00", file=file, reason="客户又来电")
    assert links(survey) == [
        (str(number), "OFFICE-ENQUIRY-2026-0001"),
        (str(number), "OFFICE-ENQUIRY-2026-0001"),
    ]
    assert isinstance(office.attempt("closed", "gu", "2026-03-03 14:00", file=survey), Refused)


def test_the_clock_opens_nothing_twice(office: Office, survey: str) -> None:
    answered(office, survey, "2026-03-02 10:00", **BAD)
    clock(now=at("2026-05-01 10:00"), organisation="hengce")
    assert len(complaints()) == 1


def test_what_is_on_record_of_an_item_enters_the_child_with_it(office: Office, survey: str) -> None:
    kind, work = {"kind": "report"}, {"person": office.persons["shen"], "what": "检测"}
    office.note("item/R-118", "item registered", kind, now=at("2026-02-01 09:00"), by="ren")
    office.note("item/R-118", "work done", work, now=at("2026-02-01 09:00"), by="ren")
    answered(office, survey, "2026-03-02 10:00", **BAD, item="R-118")
    assert [entry.kind for entry in entries_of("hengce", complaints()[0].file)] == ["received", "item noted"]


def test_the_clock_opens_what_a_period_calls_for_once(office: Office) -> None:
    enforce(office, "office-enquiry", "office-report", "office-year")
    file = office.do("opened", "gu", "2026-03-02 09:00", procedure="office-year").file
    clock(now=at("2026-03-04 10:00"), organisation="hengce")
    clock(now=at("2026-03-05 10:00"), organisation="hengce")
    (row,) = complaints()
    (first,) = entries_of("hengce", row.file)
    assert (row.parent, first.personal) == (file, {"account": "2026"})
    began = [entry for entry in entries_of("hengce", file) if entry.kind == "period began"]
    assert [entry.facts["rule"] for entry in began].count("rounds of the year") == 1


def test_a_procedure_that_is_not_in_force_holds_up_neither_the_clock_nor_a_note(office: Office) -> None:
    enforce(office, "office-report", "office-year")
    file = office.do("opened", "gu", "2026-03-02 09:00", procedure="office-year").file
    assert clock(now=at("2026-03-04 10:00"), organisation="hengce") > 0
    office.do("note", "gu", "2026-03-04 11:00", file=file, facts={"text": "照常"})
    assert complaints() == []
    enforce(office, "office-enquiry", now="2026-03-05 08:00")
    office.do("note", "gu", "2026-03-05 09:00", file=file, facts={"text": "现在立"})
    assert len(complaints()) == 1
