"""Histories held against what the papers ask for: every file of cases beside a procedure comes out right, case by case."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from kesu.casework.examples.answers import answers
from kesu.casework.examples.cases import Cases
from kesu.procedure.written.library import here
from kesu.worktime.china import china_calendar

FILES = [path for name in here().names() if (path := here().find(name) / "cases.yaml").exists()]


@cache
def told(path: Path) -> Cases:
    return Cases(path, here())


def _cases() -> Iterator[object]:
    for path in FILES:
        for case in told(path):
            yield pytest.param(path, case.name, id=f"{path.parent.name}: {case.name}")


def test_both_papers_have_their_cases() -> None:
    assert {path.parent.name for path in FILES} >= {"lab-pd-007", "fmcg-emergency"}


@pytest.mark.parametrize(("path", "name"), list(_cases()))
def test_a_case_comes_out_as_the_paper_asks(path: Path, name: str) -> None:
    (case,) = [one for one in told(path) if one.name == name]
    assert [
        answer for answer in answers(told(path), case, calendar=china_calendar()) if not answer.right
    ] == []
