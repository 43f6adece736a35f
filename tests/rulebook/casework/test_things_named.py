"""A thing that an act names has to be one that the file holds."""

from __future__ import annotations

from tests.rulebook.small import act, written

from kesu.casework.deciding.command import Command
from kesu.casework.deciding.decide import Accepted, Barred, decide
from kesu.casework.file.case_file import CaseFile
from kesu.reading.text import Text
from kesu.worktime.china import china_calendar

PROCEDURE = written("rule: received first\nfirst: received")


def file_with(**facts: object) -> CaseFile:
    file = CaseFile(PROCEDURE, calendar=china_calendar())
    file.apply(act("received", number=1, **facts))
    return file


def said(file: CaseFile, **facts: object) -> tuple[Text, ...]:
    """The problems of a note with these facts; empty when it is taken."""
    command = Command(
        step="note", by="an", facts={word.replace("_", " "): one for word, one in facts.items()}
    )
    decided = decide(file, command, now=file.history.acts[-1].noted)
    assert isinstance(decided, Accepted | Barred)
    return decided.problems if isinstance(decided, Barred) else ()


def test_what_the_file_holds_may_be_named() -> None:
    assert said(file_with(topic=["contract", "conduct"]), of_topic="conduct") == ()


def test_what_it_does_not_hold_is_refused_and_the_message_lists_what_there_is() -> None:
    assert said(file_with(topic=["contract", "conduct"]), of_topic="trend") == (
        Text(
            "“投诉事项”：本案里没有“潜在不符合倾向”；现有 合同执行、职业道德与工作作风",
            "“Topic”: this file has no “Potential nonconformity”; there is Performance of the contract, Ethics, working style and secrecy",
        ),
    )


def test_of_many_things_eight_are_listed() -> None:
    drawn = [f"P-{number}" for number in range(1, 11)]
    (problem,) = said(file_with(**{"drawn projects": drawn}), of_project="P-99")
    assert problem.zh.endswith("现有 P-1、P-2、P-3、P-4、P-5、P-6、P-7、P-8 等 10 项")
    assert problem.en.endswith("P-7, P-8 and 2 more")


def test_a_thing_put_on_record_by_the_same_act_may_be_named_by_it() -> None:
    file = file_with(evidence="photo")
    assert said(file, evidence="letter", of_evidence="letter") == ()
    assert len(said(file, of_evidence="letter")) == 1


def test_a_file_that_holds_none_leaves_it_to_its_rules() -> None:
    assert said(file_with(matter="complaint"), of_evidence="letter") == ()


def test_of_persons_no_ids_are_listed() -> None:
    file = file_with(staff=["p-1", "p-2"])
    assert said(file, staff_member="p-2") == ()
    assert said(file, staff_member="p-3") == (
        Text(
            "“确认人”不在本案列出的人员里；请从名单里选",
            "“Who acknowledges” is nobody whom this file lists; choose from the list",
        ),
    )
