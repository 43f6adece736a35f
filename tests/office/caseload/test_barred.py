"""Refused commands can be looked up by quality manager and assessor, except where the case is hidden from them."""

from __future__ import annotations

import pytest
from tests.office.caseload.office import Office, at

from kesu.caseload.acting.answers import NotYours, Refused
from kesu.caseload.acting.barred import barred, problems_of
from kesu.caseload.models import BarredRow
from kesu.caseload.sight.reader import reader_of

NOW = at("2026-03-04 09:00")


def listed(office: Office, name: str) -> list[tuple[str, str, list[str]]]:
    rows = barred(reader_of("hengce", office.persons[name], NOW))
    return [(row.person, row.step, row.clauses) for row in rows]


def test_refused_commands_are_listed_newest_first_for_quality_manager_and_assessor(office: Office) -> None:
    file = office.receive("2026-03-02 09:00").file
    office.attempt("investigated", "shen", "2026-03-02 10:00", file=file)
    office.attempt("closed", "zhou", "2026-03-02 11:00", file=file)
    said = [("p-zhou", "closed", ["T-10"]), ("p-shen", "investigated", ["T-5"])]
    assert {name: listed(office, name) for name in ("gu", "ping", "shen", "admin")} == {
        "gu": said,
        "ping": said,
        "shen": [],
        "admin": [],
    }


def test_a_refused_command_in_a_hidden_case_is_hidden_too(office: Office) -> None:
    file = office.receive("2026-03-02 09:00").file
    office.attempt("investigated", "shen", "2026-03-02 10:00", file=file)
    office.named("zhou", "2026-03-02 11:00", file=file, facts={"persons": ["p-gu"]})
    assert (listed(office, "gu"), len(listed(office, "ping"))) == ([], 1)


def words(office: Office) -> list[tuple[str, str, list[str], list[str]]]:
    """Who, which step, by which rules, and what was wrong with the command itself."""
    rows = barred(reader_of("hengce", office.persons["ping"], NOW))
    return [
        (
            row.person,
            row.step,
            [one for one in row.why if isinstance(one, str)],
            [one.zh for one in problems_of(row)],
        )
        for row in rows
    ]


def test_a_post_that_somebody_does_not_hold_is_logged_too(office: Office) -> None:
    file = office.receive("2026-03-02 09:00").file
    office.attempt("accepted", "zhou", "2026-03-02 10:00", file=file, post="quality manager")
    assert words(office) == [
        ("p-zhou", "accepted", [], ["zhou of hengce此时不任质量负责人；请由任此岗位的人办"])
    ]


def test_a_last_resort_that_is_not_called_upon_is_logged_too(office: Office) -> None:
    file = office.accepted("2026-03-02 09:00").file
    ways = {"post": "external reviewer", "behalf": "technical manager", "actor": "wen"}
    office.attempt("investigated", "gu", "2026-03-02 10:00", file=file, medium="phone", **ways)
    assert words(office) == [("p-gu", "investigated", [], ["还有人可以办技术负责人的事，不需要最后人选"])]


def test_a_malformed_command_is_logged_without_what_was_typed(office: Office) -> None:
    file = office.receive("2026-03-02 09:00").file
    office.attempt("graded", "gu", "2026-03-02 10:00", file=file, facts={"grade": "李女士的电话"})
    office.attempt("acepted", "gu", "2026-03-02 10:01", file=file)
    assert words(office) == [
        ("p-gu", "acepted", [], ["本程序没有“…”这一步；是不是“…”？"]),
        ("p-gu", "graded", [], ["“…”：“…”不在可选项内：一般、重大"]),
    ]


def test_a_step_of_any_length_is_logged_as_far_as_it_fits(office: Office) -> None:
    file = office.receive("2026-03-02 09:00").file
    office.attempt("x" * 300, "gu", "2026-03-02 10:00", file=file, post="y" * 300)
    assert [(row.step, row.post) for row in BarredRow.objects.filter(file=file)] == [("x" * 80, "y" * 80)]


def test_a_command_in_a_file_that_is_hidden_or_not_there_is_logged_and_still_hidden(office: Office) -> None:
    file = office.receive("2026-03-02 09:00").file
    office.named("zhou", "2026-03-02 10:00", file=file, facts={"persons": ["p-gu"]})
    for name in (file, "case/none"):
        with pytest.raises(NotYours):
            office.attempt("note", "gu", "2026-03-02 11:00", file=name, facts={"text": "?"})
    assert words(office) == [("p-gu", "note", [], ["没有这件案卷，或不归他看"])] * 2
    assert [row[:2] for row in listed(office, "gu")] == [("p-gu", "note")]  # the one that names no file


def test_what_arrives_wrongly_is_logged_though_there_is_no_file(office: Office) -> None:
    office.attempt("accepted", "zhou", "2026-03-02 09:00", procedure="office-trial")
    office.attempt("received", "zhou", "2026-03-02 09:01", procedure="office-none")
    assert [(step, said) for _, step, _, said in words(office)] == [
        ("received", ["程序“…”没有生效的版本"]),
        ("accepted", ["新案卷要从收到开始"]),
    ]


def test_nothing_is_overridden_where_the_procedure_names_nobody_for_it(office: Office) -> None:
    file = office.receive("2026-03-02 09:00").file
    asked = {"override step": "investigated", "override reason": "客户在等"}
    passes = ("check after acceptance",)
    answer = office.attempt(
        "override proposed", "shen", "2026-03-02 10:00", file=file, facts=asked, passes=passes
    )
    assert isinstance(answer, Refused)
    assert answer.sentences("zh") == ["本程序没有写由谁特批，不能特批"]
