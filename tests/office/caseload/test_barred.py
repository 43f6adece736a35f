"""Refused commands can be looked up by quality manager and assessor, except where the case is hidden from them."""

from __future__ import annotations

from tests.office.caseload.office import Office, at

from kesu.caseload.answers import Refused
from kesu.caseload.barred import barred
from kesu.casework.command import Override

NOW = at("2026-03-04 09:00")


def listed(office: Office, name: str) -> list[tuple[str, str, list[str]]]:
    rows = barred(organisation="hengce", person=office.persons[name], now=NOW)
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
    office.do("named", "zhou", "2026-03-02 11:00", file=file, facts={"persons": ["p-gu"]})
    assert (listed(office, "gu"), len(listed(office, "ping"))) == ([], 1)


def test_nothing_is_overridden_where_the_procedure_names_nobody_for_it(office: Office) -> None:
    file = office.receive("2026-03-02 09:00").file
    override = Override(("check after acceptance",), "p-gu", "急", "签名", "quality manager")
    answer = office.attempt("investigated", "shen", "2026-03-02 10:00", file=file, override=override)
    assert isinstance(answer, Refused)
    assert answer.sentences("zh") == ["本程序没有写由谁特批，不能特批"]
