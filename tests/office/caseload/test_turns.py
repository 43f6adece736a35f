"""What time alone opens or shuts stands in somebody's list from then on, and no longer; the rows follow from the ledger."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.office.caseload.office import ROOT, Office, at, key
from tests.rulebook.new_shape import put_in_place

from kesu.caseload.acting.answers import Done
from kesu.caseload.asking.queries import queue
from kesu.caseload.rebuilding.rebuild import rebuild
from kesu.caseload.sight.reader import reader_of
from kesu.procedure.written.library import Library
from kesu.registry.editions import put_in_force

WAITING = """\
procedure: office-wait
title: {zh: 试用等待程序, en: Trial waiting}
edition: "1"
kind: claim
extends: base
ends: [closed]
posts:
  quality manager: {title: {zh: 质量负责人, en: Quality manager}}
settings:
  working posts: {value: everybody}
  hearing posts: {value: everybody}
  answering posts: {value: everybody}
  keeping posts: {value: everybody}
steps:
  opened: {by: everybody, asks: [order number]}
  measure carried out: {by: everybody}
  closed: {}
rules:
  - {rule: opening first, clause: [T-40], first: opened}
  - {rule: measure first, clause: [T-41], at: closed, after: measure carried out}
  - {rule: end by the manager, clause: [T-42], at: closed, by: quality manager}
"""
COOLING_OFF = "  - {rule: cooling off, clause: [T-43], at: closed, not before: 2 working days, since: measure carried out}\n"
LAPSE = "  - {rule: lapse, clause: [T-44], within: 2 working days, from: measure carried out, bars: closed}\n"
DONE, LAST_DAY, OVER = "2026-03-02 10:00", "2026-03-04 23:59", "2026-03-05 00:00"  # a Monday, and two days on


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    put_in_place(monkeypatch, tmp_path / "sentences")
    return tmp_path


def waits(office: Office, folder: Path, rule: str) -> str:
    """A file whose end waits for the rule, and nothing has happened in it since the measure was carried out."""
    (folder / "office-wait").mkdir()
    (folder / "office-wait" / "procedure.yaml").write_text(WAITING + rule, encoding="utf-8")
    now, person = at("2026-02-01 09:00"), office.persons["admin"]
    library = Library(folder, ROOT / "procedures")
    done = put_in_force(
        "office-wait", library=library, organisation="hengce", person=person, now=now, since=now, key=key()
    )
    assert isinstance(done, Done), done
    file = office.do("opened", "gu", "2026-03-02 09:00", procedure="office-wait", facts={}).file
    office.do("measure carried out", "gu", DONE, file=file)
    return file


def to_do(office: Office, moment: str) -> list[str]:
    """The steps of the one file in the list of the quality manager."""
    reader = reader_of("hengce", office.persons["gu"], now=at(moment))
    return [step for task in queue(reader) for step in task.steps]


def test_a_step_that_has_to_wait_stands_in_the_list_when_its_time_has_come(
    office: Office, library: Path
) -> None:
    waits(office, library, COOLING_OFF)
    assert [to_do(office, moment) for moment in (DONE, LAST_DAY, OVER)] == [[], [], ["closed"]]
    assert rebuild(check=True) == []


def test_a_step_whose_time_runs_out_leaves_the_list(office: Office, library: Path) -> None:
    waits(office, library, LAPSE)
    assert [to_do(office, moment) for moment in (DONE, LAST_DAY, OVER)] == [["closed"], ["closed"], []]
    assert rebuild(check=True) == []


def test_what_happens_meanwhile_works_the_turns_out_anew(office: Office, library: Path) -> None:
    file = waits(office, library, COOLING_OFF)
    office.do("measure carried out", "gu", "2026-03-04 09:00", file=file)
    assert [to_do(office, moment) for moment in (OVER, "2026-03-06 23:59", "2026-03-07 00:00")] == [
        [],
        [],
        ["closed"],
    ]
    office.do("closed", "gu", "2026-03-09 09:00", file=file)
    assert to_do(office, "2026-03-09 10:00") == []
    assert rebuild(check=True) == []
