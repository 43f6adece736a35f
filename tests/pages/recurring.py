"""A programme and a report in the laboratory of the tests, brought on by commands."""

from __future__ import annotations

import itertools
from typing import Any

from tests.office.caseload.office import LIBRARY, at
from tests.pages.house import House

from kesu.caseload.acting.answers import Done
from kesu.caseload.acting.clock import clock
from kesu.caseload.acting.perform import perform
from kesu.casework.deciding.command import Command
from kesu.registry.editions import put_in_force

_keys = itertools.count(1)


def enforce(house: House) -> None:
    """Puts a programme, the report that it opens, and one that counts the laboratory's complaints in force."""
    since = at("2026-02-16 08:00")
    for name in ("office-enquiry", "office-report", "office-summary", "office-year"):
        answer = put_in_force(
            name,
            library=LIBRARY,
            organisation="hengce",
            person=house.persons["秦越"],
            now=since,
            since=since,
            key=name,
        )
        assert isinstance(answer, Done)


def begin(house: House, procedure: str, when: str, **facts: Any) -> str:
    """A file that the quality manager begins."""
    given = {word.replace("_", " "): value for word, value in facts.items()}
    person = house.persons["顾明"]
    command = Command(step="opened", by=person, post="quality manager", facts=given)
    answer = perform(
        command,
        organisation="hengce",
        person=person,
        now=at(when),
        key=f"begin-{next(_keys)}",
        procedure=procedure,
    )
    assert isinstance(answer, Done), answer
    return answer.file


def a_year(house: House) -> str:
    """A programme of three weeks: one Monday done with its report, one late, one still to come today."""
    file = begin(house, "office-year", "2026-02-17 09:00")
    week = {"period_from": "2026-02-16", "period_to": "2026-02-22"}
    house.do("周小雨", "weekly summary begun", "2026-02-23 09:00", file, **week)
    house.do("周小雨", "batches counted", "2026-02-24 09:00", file, text="当日没有投诉")
    clock(now=at("2026-03-09 08:00"), organisation="hengce")
    return file


def a_report(house: House) -> str:
    """A report on a week of two complaints; one is about work of Shen Li, who does not see it."""
    house.received("2026-03-03 09:00")
    house.received("2026-03-04 09:00", item="HC-0102")
    week = {"period_from": "2026-03-02", "period_to": "2026-03-08"}
    file = begin(house, "office-summary", "2026-03-09 09:00", **week)
    house.do("周小雨", "summary compiled", "2026-03-09 09:30", file, summary="两件，都在办。")
    return file
