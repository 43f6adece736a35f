"""A step opens a linked file; the parent notes its opening and its end, and waits where the paper says so."""

from __future__ import annotations

import pytest
from tests.office.caseload.office import Office, at

from kesu.caseload.acting.answers import Refused
from kesu.caseload.acting.clock import clock
from kesu.caseload.asking.queries import queue
from kesu.caseload.models import CaseRow, DutyRow
from kesu.caseload.sight.reader import reader_of
from kesu.ledger.read import entries_of


def kinds(file: str) -> list[str]:
    return [entry.kind for entry in entries_of("hengce", file)]


def checked(office: Office) -> str:
    file = office.accepted("2026-03-02 10:00").file
    office.do("investigated", "shen", "2026-03-02 15:00", file=file)
    return file


def test_a_step_opens_a_linked_file_in_the_same_transaction(office: Office) -> None:
    parent = checked(office)
    office.do("corrective action opened", "gu", "2026-03-03 09:00", file=parent)
    child = CaseRow.objects.get(organisation="hengce", procedure="office-action")
    assert (child.parent, child.label, child.state) == (parent, "OFFICE-ACTION-2026-0001", "opened")
    assert kinds(parent) == ["received", "accepted", "investigated", "corrective action opened", "linked"]
    link = entries_of("hengce", parent)[-1]
    assert {word: link.facts[word] for word in ("kind", "linked file")} == {
        "kind": "office-action",
        "linked file": child.file,
    }


def test_a_linked_file_takes_over_whom_its_parent_is_about(office: Office) -> None:
    parent, wu = checked(office), office.persons["wen"]
    office.named("gu", "2026-03-02 16:00", file=parent, facts={"persons": [wu]})
    office.do("corrective action opened", "gu", "2026-03-03 09:00", file=parent)
    child = CaseRow.objects.get(organisation="hengce", procedure="office-action").file
    assert kinds(child) == ["opened", "named"]
    named = entries_of("hengce", child)[-1]
    assert (named.facts["persons"], "units" in named.facts) == ([wu], False)


def test_who_is_named_for_good_after_it_was_opened_stays_out_of_the_linked_file_too(office: Office) -> None:
    parent, wen = checked(office), office.persons["wen"]
    office.do("corrective action opened", "gu", "2026-03-03 09:00", file=parent)
    child = CaseRow.objects.get(organisation="hengce", procedure="office-action").file
    grounds = {"persons": [wen], "reason": "投诉人说是他答复的"}
    named = office.do("named", "gu", "2026-03-03 10:00", file=parent, facts=grounds)
    assert kinds(child) == ["opened"]  # nobody has confirmed it yet
    office.do("naming confirmed", "lin", "2026-03-03 10:10", file=parent, facts={"entry": str(named.number)})
    office.do("note", "gu", "2026-03-03 10:20", file=parent, facts={"text": "已告知本人"})
    assert kinds(child) == ["opened", "named"]
    said = entries_of("hengce", child)[-1]
    assert (said.facts["persons"], said.by) == ([wen], "system")


def test_the_end_of_the_parent_waits_for_the_linked_file(office: Office) -> None:
    parent = checked(office)
    office.do("corrective action opened", "gu", "2026-03-03 09:00", file=parent)
    child = CaseRow.objects.get(organisation="hengce", procedure="office-action").file
    early = office.attempt("closed", "gu", "2026-03-03 10:00", file=parent)
    assert isinstance(early, Refused)
    assert [finding.rule for finding in early.findings] == ["action for major cases"]
    office.do(
        "measure carried out", "shen", "2026-03-04 10:00", file=child, facts={"work_done": "改了记录表"}
    )
    office.do("closed", "gu", "2026-03-04 11:00", file=child)
    assert kinds(parent)[-1] == "link ended"
    office.do("closed", "gu", "2026-03-04 12:00", file=parent)
    assert kinds(parent)[-2:] == ["link ended", "closed"]


def test_a_linked_file_that_is_reopened_is_noted_in_its_parent(office: Office) -> None:
    parent = checked(office)
    office.do("corrective action opened", "gu", "2026-03-03 09:00", file=parent)
    child = CaseRow.objects.get(organisation="hengce", procedure="office-action").file
    office.do("measure carried out", "shen", "2026-03-04 10:00", file=child)
    office.do("closed", "gu", "2026-03-04 11:00", file=child)
    office.do("reopened", "gu", "2026-03-05 11:00", file=child, reason="措施没有用")
    link = entries_of("hengce", parent)[-1]
    assert (link.kind, link.facts["linked file"], link.personal["outcome"]) == ("linked", child, "reopened")


def test_a_reopened_linked_file_holds_the_end_of_its_parent_again(office: Office) -> None:
    parent, child = both_at_work(office)
    end_child(office, child)
    office.do("reopened", "gu", "2026-03-04 12:00", file=child, reason="措施没有用")
    early = office.attempt("closed", "gu", "2026-03-04 13:00", file=parent)
    assert isinstance(early, Refused)
    assert [finding.rule for finding in early.findings] == ["action for major cases"]
    office.do("closed", "gu", "2026-03-05 11:00", file=child)
    office.do("closed", "gu", "2026-03-05 12:00", file=parent)


def both_at_work(office: Office) -> tuple[str, str]:
    """A parent that waits for its linked file, and that file."""
    parent = checked(office)
    office.do("corrective action opened", "gu", "2026-03-03 09:00", file=parent)
    return parent, CaseRow.objects.get(organisation="hengce", procedure="office-action").file


def end_child(office: Office, child: str) -> None:
    office.do("measure carried out", "shen", "2026-03-04 10:00", file=child)
    office.do("closed", "gu", "2026-03-04 11:00", file=child)


def reopened_after_the_end(office: Office) -> tuple[str, str]:
    """A parent that has ended, and its linked file, which was opened again on Thursday 5 March at nine."""
    parent, child = both_at_work(office)
    end_child(office, child)
    office.do("closed", "gu", "2026-03-04 12:00", file=parent)
    office.do("reopened", "gu", "2026-03-05 09:00", file=child, reason="措施没有用")
    return parent, child


def decision(parent: str) -> tuple[str, str, str]:
    """The duty in the parent: its state, who owes it, and the date by which it is due."""
    row = DutyRow.objects.get(file=parent, rule="decision upon a reopened linked file")
    return row.state, row.post, row.due_date.isoformat()


def test_a_linked_file_reopened_under_a_closed_parent_calls_for_a_duty_there(office: Office) -> None:
    parent, _ = reopened_after_the_end(office)
    link = entries_of("hengce", parent)[-1]
    assert (link.kind, link.at, CaseRow.objects.get(file=parent).state) == (
        "link reopened",
        at("2026-03-05 09:00"),
        "closed",
    )
    assert decision(parent) == ("open", "quality manager", "2026-03-09")
    tasks = queue(reader_of("hengce", office.persons["gu"], at("2026-03-05 10:00")))
    assert [(task.file, task.steps) for task in tasks if task.file == parent] == [(parent, ("reopened",))]
    assert clock(now=at("2026-03-10 09:00"), organisation="hengce") == 1
    assert decision(parent)[0] == "late"


def test_reopening_the_parent_meets_that_duty(office: Office) -> None:
    parent, _ = reopened_after_the_end(office)
    office.do("reopened", "gu", "2026-03-06 09:00", file=parent, reason="措施没有用")
    assert decision(parent)[0] == "met"
    early = office.attempt("closed", "gu", "2026-03-06 10:00", file=parent)
    assert isinstance(early, Refused)
    assert [finding.rule for finding in early.findings] == ["action for major cases"]


@pytest.mark.parametrize("said", ["reason", "end of the linked file"])
def test_a_reason_or_the_end_of_the_linked_file_settles_that_duty(office: Office, said: str) -> None:
    parent, child = reopened_after_the_end(office)
    if said == "reason":
        facts = {"instead_of": "reopened"}
        office.do("not possible", "gu", "2026-03-06 09:00", file=parent, facts=facts, reason="不影响答复")
    else:
        office.do("closed", "gu", "2026-03-06 09:00", file=child)
    assert decision(parent)[0] == {"reason": "reasoned", "end of the linked file": "void"}[said]


def test_a_step_that_opens_a_procedure_not_in_force_is_refused_whole(office: Office) -> None:
    parent = checked(office)
    withdrawn = {"entry": 1, "reason": "写错了"}
    office.note("edition/office-action", "edition withdrawn", withdrawn, now=at("2026-03-02 16:00"))
    answer = office.attempt("corrective action opened", "gu", "2026-03-03 09:00", file=parent)
    assert isinstance(answer, Refused)
    assert answer.sentences("zh") == [
        "这一步要立“office-action”案卷，但该程序还没有生效；请程序负责人先使其生效"
    ]
    assert kinds(parent) == ["received", "accepted", "investigated"]


def test_a_file_that_joins_another_ends_and_the_other_takes_the_earlier_receipt(office: Office) -> None:
    first = office.receive("2026-03-02 09:00").file
    second = office.receive("2026-03-02 10:00").file
    office.do("joined", "gu", "2026-03-02 11:00", file=first, facts={"joined_to": second}, reason="同一件事")
    rows = {row.file: row for row in CaseRow.objects.filter(organisation="hengce")}
    assert (rows[first].state, rows[first].ended is not None) == ("joined", True)
    assert rows[second].received == rows[first].received
    assert kinds(second) == ["received", "linked"]


def test_a_file_joins_only_an_open_one_that_its_actor_sees(office: Office) -> None:
    file = office.receive("2026-03-02 09:00").file
    theirs = CaseRow.objects.get(organisation="hengce-2").file
    for target in (file, theirs, "case/none"):
        answer = office.attempt(
            "joined", "gu", "2026-03-02 11:00", file=file, facts={"joined_to": target}, reason="the same"
        )
        assert isinstance(answer, Refused)
        assert answer.sentences("zh") == ["没有可以并入的在办案件；请选另一件在办的案件"]
    assert kinds(file) == ["received"]
