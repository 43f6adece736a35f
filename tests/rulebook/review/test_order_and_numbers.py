"""Which rows tell of one case and in which order: numbers written in several ways, doubles, newest first, event logs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from tests.rulebook.review.unclean import HEAD, LIST, SHEET, Opened, refusal, remarks, steps

# -- numbers, doubles, order -----------------------------------------------------------------------------------------


def test_numbers_that_differ_only_in_width_or_unseen_characters_are_one_as_first_written(
    opened: Opened,
) -> None:
    rows = "Ｔ１,in,2026-03-06T09:00\nT1,ok,2026-03-06T10:00\nT1\u200b,answer,2026-03-06T11:00\nt1,in,2026-03-06T09:00\n"
    log = opened("number,what,when\n" + rows, mapping=LIST)
    assert [name for name, _ in steps(log)] == ["Ｔ１", "t1"]
    assert remarks(log) == [
        (
            "1 numbers are written in several ways that differ only in width or in characters nobody sees, "
            "and were each taken as one: 'Ｔ１' = 'T1' = 'T1\\u200b'"
        )
    ]


def test_numbers_in_powers_of_ten_are_said_to_be_lost(opened: Opened) -> None:
    log = opened(f"{HEAD}2.02603E+13,2026/3/6 9:05,\n", mapping=SHEET)
    assert any("written in powers of ten (2.02603E+13)" in remark for remark in remarks(log))


@pytest.mark.parametrize("in_memory", [200_000, 1])
def test_the_same_row_twice_is_said_and_taken_once_when_asked(opened: Opened, in_memory: int) -> None:
    rows = "1,in,2026-03-06T09:00\n1,in,2026-03-06T09:00\n1,ok,2026-03-07T09:00\n"
    log = opened("number,what,when\n" + rows, mapping=LIST, in_memory=in_memory)
    assert steps(log) == [("1", ["received", "received", "accepted"])]
    assert remarks(log) == [
        "1 acts are the same as another line and count each: 1 (line 2, line 3); write repeated rows: skip to take them once"
    ]
    log = opened("number,what,when\n" + rows, mapping=LIST + "repeated rows: skip\n", in_memory=in_memory)
    assert steps(log) == [("1", ["received", "accepted"])]
    assert remarks(log) == ["1 acts are the same as another line and count once: 1 (line 2, line 3)"]


NEWEST = "number,what,when\n1,end,2026-03-07T09:00\n1,answer,2026-03-07T09:00\n1,ok,2026-03-06T09:05\n1,in,2026-03-06T09:00\n"


@pytest.mark.parametrize("in_memory", [200_000, 4])
def test_a_file_with_the_newest_first_is_recognised(opened: Opened, in_memory: int) -> None:
    log = opened(NEWEST, mapping=LIST, in_memory=in_memory)
    assert steps(log) == [("1", ["received", "accepted", "replied", "closed"])]
    assert remarks(log)[0].startswith("the file has the newest first")
    log = opened(NEWEST, mapping=LIST + "file: {order: oldest first}\n", in_memory=in_memory)
    assert steps(log) == [("1", ["received", "accepted", "closed", "replied"])]


def test_different_acts_of_one_instant_are_said_to_stand_in_the_order_of_lines(opened: Opened) -> None:
    rows = "1,in,2026-03-06T09:00\n1,answer,2026-03-07T09:00\n1,end,2026-03-07T09:00\n"
    assert remarks(opened("number,what,when\n" + rows, mapping=LIST)) == [
        (
            "1 acts of 1 cases have the same instant as another one and were taken in the order of lines; "
            "if the file has the newest first, write order: newest first"
        )
    ]


def test_an_instant_far_from_all_others_is_said_with_its_line_and_so_is_the_future(opened: Opened) -> None:
    rows = "number,what,when\n1,in,2026-03-02T09:00\n1,ok,2126-03-09T09:10\n2,in,2026-03-03T09:00\n"
    assert remarks(opened(rows, mapping=LIST)) == [
        (
            "the last instant 2126-03-09 09:10 stands on line 3 alone, all others not after 2026-03-03; "
            "what is open is looked at as of then: the year may be mistyped"
        )
    ]
    soon = opened(rows.replace("2126", "2026"), mapping=LIST)
    assert remarks(soon, datetime(2026, 3, 8, tzinfo=UTC)) == [
        "the last instant 2026-03-09 09:10 (line 3) lies in the future"
    ]
    assert remarks(soon, datetime(2026, 3, 10, tzinfo=UTC)) == []


# -- event logs ------------------------------------------------------------------------------------------------------

XES_MAPPING = LIST.replace("case: number", "case: case:concept:name").replace("column: what", "column: concept:name").replace(
    "at: when", "at: time:timestamp"
)  # fmt: skip


def xes(*traces: tuple[str, Sequence[tuple[str, str, str]]], encoding: str = "UTF-8") -> bytes:
    """A log of these traces, each event its step, time and transition."""
    made = []
    for name, events in traces:
        told = "".join(
            f'<event><string key="concept:name" value="{step}"/><date key="time:timestamp" value="{at}"/>'
            f'<string key="lifecycle:transition" value="{transition}"/></event>'
            for step, at, transition in events
        )
        made.append(f'<trace><string key="concept:name" value="{name}"/>{told}</trace>')
    return f'<?xml version="1.0" encoding="{encoding}"?>\n<log>{"".join(made)}</log>'.encode(encoding)


IN = ("in", "2026-03-06T09:00:00+08:00", "complete")


@pytest.mark.parametrize("encoding", ["UTF-8", "GBK", "GB18030", "Big5", "UTF-16", "ISO-8859-1"])
def test_a_log_is_read_in_the_encoding_that_it_declares(opened: Opened, encoding: str) -> None:
    name = "a" if encoding == "ISO-8859-1" else "甲"
    log = opened(xes((name, [IN]), encoding=encoding), name="log.xes", mapping=XES_MAPPING)
    assert steps(log) == [(name, ["received"])]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            xes(("1", [IN])).replace(b"UTF-8", b"zzz"),
            "declares “zzz”, which is no encoding; save it as UTF-8",
        ),
        (xes(("甲", [IN])).replace(b"UTF-8", b"GBK")[:-7] + b"\xff\xff</log>", "is not gbk, as it declares"),
    ],
)
def test_an_encoding_that_cannot_be_is_said(opened: Opened, content: bytes, said: str) -> None:
    assert said in refusal(opened, content, XES_MAPPING, "log.xes")


def test_start_and_complete_and_traces_of_one_name_are_said(opened: Opened) -> None:
    begun = ("in", "2026-03-05T09:00:00+08:00", "start")
    log = opened(xes(("1", [begun, IN]), ("1", [IN])), name="log.xes", mapping=XES_MAPPING)
    assert remarks(log)[:2] == [
        (
            "events have a lifecycle:transition other than complete (complete 2, start 1) and the mapping does not use it: "
            "start and complete both count as the act"
        ),
        "1 traces have the name of an earlier one and were taken together with it",
    ]
    used = XES_MAPPING + "only: {lifecycle:transition: complete}\n"
    log = opened(xes(("1", [begun, IN])), name="log.xes", mapping=used)
    assert remarks(log) == ["1 rows were left out by “only: lifecycle:transition” of the mapping (start 1)"]
