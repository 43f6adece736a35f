"""Duties with their whole life (semantics 2.3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rulebook.small import act, filed, from_text, settled, text_of, when, written

from kesu.casework.deciding.decide import clock_acts
from kesu.casework.file.case_file import CaseFile
from kesu.procedure.written.model import Procedure
from kesu.worktime.calendar import Calendar

REPLY = written(
    "rule: reply\nwithin: 5 working days\nanew: 'yes'\nfrom: accepted\nto: result notified\nforce: reason"
)
MAJOR = written(
    "rule: quick\nwhen: {grade: major}\nwithin: 2 working days\nfrom: accepted\nto: investigated",
    "rule: slow\nwhen: {grade: ordinary}\nwithin: 9 working days\nfrom: accepted\nto: investigated",
)
PAUSED = written(
    "rule: solve\nwithin: 8 working hours\nfrom: accepted\nto: [found, closed]\npauses: {from: put on hold, to: [taken in charge, found]}"
)
DATED = written("rule: quick\nwithin: 1 week\nfrom: report received\nto: accepted")
ACCEPTED = act("accepted", "2026-03-02 09:00")


def life(procedure: Procedure, *acts: object) -> list[tuple[str, int, str, int]]:
    return [(one.rule, one.number, one.state, one.answered_by) for one in filed(procedure, *acts).duties]


def dues(file: CaseFile) -> list[str]:
    return [one.due.at.strftime("%m-%d %H:%M") for one in file.duties if one.due is not None]


def told(at: str, **more: object) -> object:
    return act("result notified", at, **more)


def test_open_met_late_and_met_late() -> None:
    assert life(REPLY, ACCEPTED) == [("reply", 1, "open", 0)]
    assert life(REPLY, ACCEPTED, told("2026-03-09 10:00")) == [("reply", 1, "met", 2)]
    late = filed(REPLY, ACCEPTED)
    assert len(clock_acts(late, when("2026-03-10 00:00"))) == 1
    assert [one.state for one in late.duties] == ["late"]
    assert life(REPLY, ACCEPTED, told("2026-03-10 10:00")) == [("reply", 1, "met late", 2)]


def test_reasoned_and_void() -> None:
    waived = act("not possible", facts={"instead of": "result notified", "reason": "no address"})
    assert life(REPLY, ACCEPTED, waived) == [("reply", 1, "reasoned", 2)]
    assert life(REPLY, ACCEPTED, act("struck", entry="1", reason="x")) == []
    assert life(REPLY, ACCEPTED, act("voided", reason="twice")) == [("reply", 1, "void", 0)]


def test_a_joined_file_hands_over_what_is_owed() -> None:
    joined = act("joined", joined_to="F-2", reason="x")
    assert life(REPLY, ACCEPTED, joined) == [("reply", 1, "taken over", 0)]
    assert life(REPLY, ACCEPTED, told("2026-03-03 09:00"), joined) == [("reply", 1, "met", 2)]


def test_striking_the_answer_opens_it_again_and_striking_the_strike_does_not() -> None:
    answered = (ACCEPTED, told("2026-03-03 09:00"))
    assert life(REPLY, *answered, act("struck", entry="2", reason="x")) == [("reply", 1, "open", 0)]
    twice = (act("struck", entry="2", reason="x"), act("struck", entry="3", reason="y"))
    assert life(REPLY, *answered, *twice) == [("reply", 1, "met", 2)]
    second = (*answered, told("2026-03-04 09:00"), act("struck", entry="2", reason="x"))
    assert life(REPLY, *second) == [("reply", 1, "met", 3)]


def test_a_step_answers_the_oldest_open_duty_unless_it_names_another() -> None:
    twice = (ACCEPTED, act("accepted", "2026-03-03 09:00"))
    assert life(REPLY, *twice, told("2026-03-04 09:00")) == [("reply", 1, "met", 3), ("reply", 2, "open", 0)]
    named = told("2026-03-04 09:00", answers_entry="2")
    assert life(REPLY, *twice, named) == [("reply", 1, "open", 0), ("reply", 2, "met", 3)]
    assert [one[1] for one in settled(REPLY, *twice, named)] == ["kept"]


def test_a_changed_fact_opens_a_duty_with_the_rule_s_own_start_so_it_may_be_late_at_birth() -> None:
    regraded = act("registered", "2026-03-06 10:00", grade="major")
    file = filed(MAJOR, act("registered", grade="ordinary"), ACCEPTED, regraded)
    assert [(one.rule, one.state, one.opened_by) for one in file.duties] == [
        ("slow", "void", 2),
        ("quick", "open", 3),
    ]
    assert dues(file)[1] == "03-05 00:00"
    (late,) = clock_acts(file, when("2026-03-06 10:30"))
    assert late.at == when("2026-03-06 10:00")  # it became late when it came to apply
    again = filed(
        MAJOR, act("registered", grade="ordinary"), ACCEPTED, regraded, act("registered", grade="ordinary")
    )
    assert [(one.rule, one.state) for one in again.duties] == [("slow", "open"), ("quick", "void")]


def test_what_was_done_before_a_rule_came_to_apply_need_not_be_done_again() -> None:
    ordinary, major = (
        act("registered", grade="ordinary"),
        act("registered", "2026-03-06 10:00", grade="major"),
    )
    in_time, late = act("investigated", "2026-03-03 09:00"), act("investigated", "2026-03-05 09:00")
    assert life(MAJOR, ordinary, ACCEPTED, in_time, major) == [("slow", 2, "met", 3), ("quick", 2, "met", 3)]
    assert life(MAJOR, ordinary, ACCEPTED, late, major) == [
        ("slow", 2, "met", 3),
        ("quick", 2, "met late", 3),
    ]
    assert settled(MAJOR, ordinary, ACCEPTED, late, major)[-1][1] == "broken late"
    before = (ordinary, act("investigated", "2026-03-01 09:00"), ACCEPTED, major)
    assert life(MAJOR, *before) == [("slow", 3, "void", 0), ("quick", 3, "open", 0)]


def test_what_was_told_after_a_withdrawal_stays_told_when_the_file_is_reopened() -> None:
    withdrawn, again = act("withdrawn", "2026-03-03 09:00"), act("reopened", "2026-03-05 09:00", reason="x")
    assert life(REPLY, ACCEPTED, withdrawn, again) == [("reply", 1, "open", 0)]
    after = told("2026-03-04 09:00")
    assert life(REPLY, ACCEPTED, withdrawn, after, again) == [("reply", 1, "met", 3)]
    twice = (ACCEPTED, act("accepted", "2026-03-02 10:00"), withdrawn, after, again)
    assert life(REPLY, *twice) == [("reply", 1, "met", 4), ("reply", 2, "open", 0)]


WAYS = {
    "accepted": lambda at: act("accepted", at),
    "investigated": lambda at: act("investigated", at),
    "waived": lambda at: act("not possible", at, facts={"instead of": "investigated", "reason": "gone"}),
    "put on hold": lambda at: act("put on hold", at),
    "taken in charge": lambda at: act("taken in charge", at),
}
GRADED = written(
    "rule: quick\nwhen: {grade: major}\nwithin: 2 working days\nfrom: accepted\nto: investigated\nforce: reason\n"
    "pauses: {from: put on hold, to: taken in charge}"
)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(WAYS)), st.integers(1, 60)), max_size=8))
def test_what_is_owed_does_not_depend_on_when_the_grade_became_known(
    done: list[tuple[str, int]],
) -> None:
    now, acts = when("2026-03-02 09:00"), []
    for way, hours in done:
        now += timedelta(hours=hours)
        acts.append(WAYS[way](now.strftime("%Y-%m-%d %H:%M")))
    graded = act("registered", now.strftime("%Y-%m-%d %H:%M"), grade="major")
    first, last = filed(GRADED, graded, *acts), filed(GRADED, *acts, graded)
    lives = [
        [(one.number - shift, one.state, one.answered_at, one.due, one.pauses) for one in file.duties]
        for shift, file in ((1, first), (0, last))
    ]
    assert lives[0] == lives[1]


def test_a_corrected_date_counts_anew_and_a_met_duty_stays_met() -> None:
    noted = act("item noted", by=None, report_received="2026-03-02")
    corrected = act("corrected", entry="1", word="report received", value="2026-03-04", reason="x")
    assert dues(filed(DATED, noted)) == ["03-10 00:00"]
    assert dues(filed(DATED, noted, corrected)) == ["03-12 00:00"]
    late = act("accepted", "2026-03-11 09:00")
    assert life(DATED, noted, late, corrected) == [("quick", 1, "met late", 2)]


def test_a_corrected_moment_of_the_start_moves_an_open_limit() -> None:
    received = written("rule: answer\nwithin: 1 working day\nfrom: received\nto: closed")
    corrected = act("corrected", entry="1", word="at", value="2026-03-05 09:00", reason="the stamp says so")
    assert dues(filed(received, act("received"), corrected)) == ["03-07 00:00"]


def test_a_pause_stops_the_clock_and_an_answer_ends_it() -> None:
    hold, go_on = act("put on hold", "2026-03-02 12:00"), act("taken in charge", "2026-03-04 12:00")
    assert dues(filed(PAUSED, ACCEPTED)) == ["03-02 18:00"]
    assert dues(filed(PAUSED, ACCEPTED, hold, go_on)) == ["03-04 18:00"]
    assert [one[1] for one in settled(PAUSED, ACCEPTED, hold, go_on, act("closed", "2026-03-04 18:00"))] == [
        "kept"
    ]
    assert [one[1] for one in settled(PAUSED, ACCEPTED, hold, go_on, act("closed", "2026-03-04 18:01"))] == [
        "broken late"
    ]
    assert [one[1] for one in settled(PAUSED, ACCEPTED, hold, act("found", "2026-03-20 09:00"))] == ["kept"]
    assert [one[1] for one in settled(PAUSED, ACCEPTED, hold, act("closed", "2026-03-20 09:00"))] == ["kept"]


def test_a_pause_that_ends_when_it_began_or_before_by_its_dates_stops_nothing() -> None:
    hold = act("put on hold", "2026-03-02 12:00")
    for at in ("2026-03-02 12:00", "2026-03-02 11:00"):
        file = filed(PAUSED, ACCEPTED, hold, act("taken in charge", at, noted="2026-03-02 12:00"))
        assert [(one.state, one.paused, one.pauses) for one in file.duties] == [("open", False, ())]
        assert dues(file) == ["03-02 18:00"]


def test_nothing_falls_late_while_its_clock_stands_still() -> None:
    file = filed(PAUSED, ACCEPTED, act("put on hold", "2026-03-02 12:00"))
    assert clock_acts(file, when("2026-04-01 09:00")) == []
    assert [one.verdict for one in file.open_findings(when("2026-04-01 09:00"))] == ["open"]


def test_a_new_calendar_moves_what_runs_and_nothing_else(shut_on_thursday: Calendar) -> None:
    twice = (ACCEPTED, told("2026-03-03 09:00"), act("accepted", "2026-03-04 09:00"))
    moved = act("rescheduled", "2026-03-04 10:00", by=None, calendar=shut_on_thursday.digest)
    file = CaseFile(
        REPLY, calendar=filed(REPLY).calendar, calendars={shut_on_thursday.digest: shut_on_thursday}
    )
    for place, one in enumerate((*twice, moved), 1):
        file.apply(replace(one, number=place))
    assert [(one.state, one.due.date.isoformat()) for one in file.duties] == [
        ("met", "2026-03-09"),
        ("open", "2026-03-12"),
    ]


def test_what_is_late_stays_late_under_a_calendar_that_gives_no_more_time(shut_on_thursday: Calendar) -> None:
    again = act("rescheduled", "2026-03-04 10:00", by=None, calendar=shut_on_thursday.digest)
    unknown = act("rescheduled", "2026-03-04 10:00", by=None, calendar="lost")
    quick = written("rule: quick\nwithin: 1 working day\nfrom: accepted\nto: investigated")
    for moved, counted_by in ((again, shut_on_thursday.digest), (unknown, filed(quick).calendar.digest)):
        file = CaseFile(
            quick, calendar=filed(quick).calendar, calendars={shut_on_thursday.digest: shut_on_thursday}
        )
        file.apply(replace(ACCEPTED, number=1))
        clock_acts(file, when("2026-03-04 09:30"))
        file.apply(replace(moved, number=file.number + 1))
        assert [(one.state, one.due.date.isoformat(), one.calendar) for one in file.duties] == [
            ("late", "2026-03-03", counted_by)
        ]


def test_until_when_there_is_time_may_change_only_while_somebody_still_owes_it() -> None:
    far = written("rule: far\nwithin: 30 working days\nfrom: accepted\nto: [investigated]")
    late, never = (
        act("accepted", "2026-12-20 09:00"),
        written("rule: open\nwithin: no limit\nfrom: accepted\nto: closed"),
    )
    (running,) = filed(far, late).duties
    (met,) = filed(far, late, act("investigated", "2026-12-21 09:00")).duties
    assert [
        (one.until.day.isoformat(), one.until.provisional, one.until.late)
        for one in (running, met)
        if one.until
    ] == [
        ("2027-02-01", True, False),
        ("2027-02-01", False, False),
    ]
    file = filed(REPLY, ACCEPTED)
    clock_acts(file, when("2026-03-10 00:00"))
    assert [one.until.late for one in file.duties if one.until] == [True]
    assert [one.until for one in filed(never, ACCEPTED).duties] == [None]


def test_a_limit_to_the_minute_is_kept_at_its_very_instant() -> None:
    hours = written("rule: soon\nwithin: 2 working hours\nfrom: accepted\nto: found")
    file = filed(hours, ACCEPTED)
    assert clock_acts(file, when("2026-03-02 11:00")) == []
    assert [one.at for one in clock_acts(file, when("2026-03-02 11:01"))] == [when("2026-03-02 11:00")]


def test_what_comes_to_apply_late_leaves_the_duties_that_ran_already_as_they_are() -> None:
    each = written(
        "rule: settle\nfor each: topic\nwhen: {finding: upheld}\nwithin: 1 week\nfrom: accepted\nto: progress told\n"
        "pauses: {from: put on hold, to: taken in charge}"
    )
    topics = act("registered", topic=["contract", "conduct"])
    first, second = (act("note", of_topic=topic, finding="upheld") for topic in ("contract", "conduct"))
    hold, told_of = (
        act("put on hold", "2026-03-03 09:00"),
        act("progress told", "2026-03-04 09:00", of_topic="conduct"),
    )
    file = filed(each, topics, ACCEPTED, first, hold, told_of, second)
    assert [(one.thing, one.state, len(one.pauses)) for one in file.duties] == [
        ("contract", "open", 1),
        ("conduct", "met", 1),
    ]


def test_work_that_does_not_count_any_more_meets_no_duty_that_comes_to_apply_late() -> None:
    apart = written(
        "rule: quick\nwhen: {grade: major}\nwithin: 2 working days\nfrom: accepted\nto: investigated",
        "rule: stay out\nkeep apart: [named]\nfrom: [investigated]",
    )
    done, named, major = (
        act("investigated", "2026-03-03 09:00", by="wu"),
        act("named", "2026-03-03 10:00", persons=["wu"]),
        act("registered", "2026-03-03 11:00", grade="major"),
    )
    assert life(apart, ACCEPTED, done, major) == [("quick", 1, "met", 2)]
    assert life(apart, ACCEPTED, done, named, major) == [("quick", 1, "open", 0)]


def test_of_a_step_that_several_take_together_the_last_part_meets_what_comes_to_apply_late() -> None:
    joint = written(
        "rule: quick\nwhen: {grade: major}\nwithin: 2 working days\nfrom: accepted\nto: data checked",
        "rule: both\nat: data checked\ntogether: [lead, boss]",
    )
    parts = (
        act("data checked", "2026-03-03 09:00", by="bo", post="lead"),
        act("data checked", "2026-03-03 10:00", by="lu", post="boss"),
    )
    major = act("registered", "2026-03-03 11:00", grade="major")
    assert life(joint, ACCEPTED, *parts, major) == [("quick", 1, "met", 3)]
    assert life(joint, ACCEPTED, parts[0], major) == [("quick", 1, "open", 0)]


def test_a_period_of_a_rule_that_another_edition_had_calls_for_nothing() -> None:
    begun = act("period began", by=None, rule="weekly", period="2026-W10")
    for procedure in (REPLY, written("rule: weekly\nwithin: 1 week\nfrom: accepted\nto: closed")):
        assert life(procedure, begun) == []


def test_what_is_owed_to_the_complainant_is_void_once_he_withdraws_and_nothing_else() -> None:
    both = written(
        "rule: reply\nwithin: 5 working days\nfrom: accepted\nto: result notified",
        "rule: check\nwithin: 5 working days\nfrom: accepted\nto: investigated",
        "rule: either\nwithin: 5 working days\nfrom: accepted\nto: [progress told, closed]",
    )
    withdrawn = act("withdrawn", "2026-03-03 09:00")
    states = {"reply": "void", "check": "open", "either": "open"}
    assert {one.rule: one.state for one in filed(both, ACCEPTED, withdrawn).duties} == states
    later = filed(both, withdrawn, ACCEPTED)
    assert {one.state for one in later.duties} == {"open"}


def test_a_reopened_file_counts_from_there_and_keeps_old_verdicts() -> None:
    closed, again = act("closed", "2026-03-03 09:00"), act("reopened", "2026-03-16 09:00", reason="x")
    assert dues(filed(REPLY, ACCEPTED, closed, again)) == ["03-24 00:00"]
    assert life(REPLY, ACCEPTED, told("2026-03-02 10:00"), closed, again) == [("reply", 1, "met", 2)]
    archive = written("rule: archive\nwithin: 10 working days\nfrom: closed\nto: archived")
    assert life(archive, ACCEPTED, closed) == [("archive", 2, "open", 0)]
    assert life(archive, ACCEPTED, closed, again) == [("archive", 2, "void", 0)]


def test_what_is_owed_after_the_end_still_falls_late() -> None:
    archive = written("rule: archive\nwithin: 10 working days\nfrom: closed\nto: archived")
    file = filed(archive, act("closed", "2026-03-03 09:00"))
    assert file.ended
    assert [one.step for one in clock_acts(file, when("2026-05-04 09:00"))] == ["fell late"]


def test_what_the_procedure_lets_follow_the_end_is_owed_from_there_in_time_or_late() -> None:
    text = text_of("rule: visit\nwithin: 3 working days\nfrom: closed\nto: progress told")
    visit = from_text(text.replace("  progress told: {", '  progress told: {after the end: "yes", '))
    closed = act("closed", "2026-03-03 09:00")
    told_ = [act("progress told", f"2026-03-{day} 10:00") for day in ("06", "09")]
    assert life(visit, ACCEPTED, closed) == [("visit", 2, "open", 0)]
    assert [life(visit, ACCEPTED, closed, one) for one in told_] == [
        [("visit", 2, "met", 3)],
        [("visit", 2, "met late", 3)],
    ]
    before = act("progress told", "2026-03-02 10:00")
    assert life(visit, ACCEPTED, before, closed) == [("visit", 3, "open", 0)]


def test_each_thing_has_a_duty_of_its_own() -> None:
    each = written(
        "rule: settle\nfor each: topic\nwhen: {finding: no responsibility}\nforce: reason\n"
        "within: 1 week\nfrom: found\nto: progress told"
    )
    topics = act("registered", topic=["contract", "conduct"])
    one, two = (
        act("found", of_topic=topic, finding="no responsibility") for topic in ("contract", "conduct")
    )
    file = filed(each, topics, one, act("found", of_topic="conduct", finding="upheld"))
    assert [(duty.thing, duty.number, duty.state) for duty in file.duties] == [("contract", 2, "open")]
    other = filed(each, topics, one, act("progress told", of_topic="conduct"))
    assert [duty.state for duty in other.duties] == ["open"]
    waived = act("not possible", facts={"instead of": "progress told", "reason": "x"})
    both = filed(each, topics, one, two, waived)
    assert {(duty.thing, duty.state) for duty in both.duties} == {
        ("contract", "reasoned"),
        ("conduct", "reasoned"),
    }


def test_a_step_that_is_registered_anew_calls_for_nothing_anew_and_moves_no_limit() -> None:
    hand = written("rule: hand over\nwithin: 1 working day\nfrom: registered\nto: accepted")
    first = act("registered", "2026-03-02 09:00", topic=["contract"])
    anew = act("registered", "2026-03-04 09:00", topic=["contract", "conduct"])
    done = act("accepted", "2026-03-03 09:00")
    assert life(hand, first, done, anew) == [("hand over", 1, "met", 2)]
    assert dues(filed(hand, first, anew)) == ["03-04 00:00"]
    struck = act("struck", "2026-03-04 10:00", entry="1")
    assert life(hand, first, anew, struck) == [("hand over", 2, "open", 0)]
