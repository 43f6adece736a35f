"""Indicators: counted once a case, or for each thing of a case where the rule says so."""

from datetime import timedelta

from tests.rulebook.small import act, written

from kesu.casework.examples.trying import exemplified
from kesu.procedure.written.library import here
from kesu.review.measuring import Measuring

TIMES = written("for each: topic\nmeasure: speed\nof: time\nfrom: investigated\nto: found\nby: [grade]")

MAJOR = written("when: {grade: major}\nmeasure: speed\nof: time\nfrom: registered\nto: found\nby: [grade]")


def test_each_answer_of_a_survey_counts_under_its_own_service() -> None:
    procedure, examples = exemplified(here(), "lab-survey-round")
    measuring = Measuring.of(procedure)
    measuring.add(examples.story("round"))
    satisfied, received = (
        measuring.taken[name] for name in ("satisfaction by service", "reception of enquiries")
    )
    assert satisfied.shares == {
        ("testing",): {"satisfied": 1, "fairly satisfied": 1},
        ("inspection",): {"dissatisfied": 1},
        ("sampling",): {"no reply": 1},
    }
    assert received.shares == {("testing",): {"good": 1, "no enquiry": 1}, ("inspection",): {"poor": 1}}
    assert (satisfied.left_out, received.left_out) == (0, 1)


def test_a_time_is_taken_for_each_thing_from_its_own_first_act_to_its_own_last() -> None:
    measuring = Measuring.of(TIMES)
    begun = act("registered", topic=["a", "b"], grade="major")
    first = act("investigated", at="2026-03-02 09:00", facts={"of topic": "a"})
    second = act("investigated", at="2026-03-03 09:00", facts={"of topic": "b"})
    ended = act("found", at="2026-03-07 09:00", facts={"of topic": "b"})
    measuring.add([begun, first, second, ended])
    taken = measuring.taken["the rule"]
    assert (taken.times, taken.left_out) == ({("major",): [timedelta(days=4)]}, 1)


def test_a_time_of_a_case_is_taken_where_the_rule_applies_and_said_by_its_middle() -> None:
    measuring = Measuring.of(MAJOR)
    for grade, days in (("major", 1), ("major", 5), ("major", 3), ("ordinary", 9)):
        begun = act("registered", at="2026-03-02 09:00", grade=grade)
        ended = act("found", at=f"2026-03-{2 + days:02} 09:00")
        measuring.add([begun, ended])
    taken = measuring.taken["the rule"]
    assert taken.times == {("major",): [timedelta(days=days) for days in (1, 5, 3)]}
    assert (taken.median_of(("major",)), taken.left_out) == (timedelta(days=3), 0)
