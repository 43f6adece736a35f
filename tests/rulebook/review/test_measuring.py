"""Indicators: counted once a case, or for each thing of a case where the rule says so."""

from datetime import timedelta
from decimal import Decimal

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


def test_a_rate_counts_the_good_among_all_answers_and_leaves_blanks_out() -> None:
    procedure = written(
        "measure: content\nof: rate\nfacts: [views answer, satisfaction]\ngood: [satisfied, fairly satisfied]\nby: [grade]"
    )
    measuring = Measuring.of(procedure)
    for said in (
        {"views answer": "satisfied", "satisfaction": "dissatisfied"},
        {"satisfaction": "fairly satisfied"},
        {"views answer": None},
        {},
    ):
        measuring.add([act("registered", facts={"grade": "major", **said})])
    taken = measuring.taken["the rule"]
    assert (taken.rates, taken.left_out) == ({("major",): (2, 3)}, 2)


def test_a_mean_takes_one_figure_a_case_also_a_sum_and_leaves_out_what_is_not_known() -> None:
    measuring = Measuring.of(written("measure: paid\nof: mean\nfact: settled total\nby: [grade]"))
    measuring.add(
        [act("registered", grade="major"), act("found", cash_paid="100"), act("found", cash_paid="50")]
    )
    measuring.add([act("registered", grade="major", cash_paid="250")])
    measuring.add([act("registered", grade="major"), act("found", facts={"cash paid": None})])
    taken = measuring.taken["the rule"]
    assert (taken.figures, taken.mean_of(("major",)), taken.left_out) == (
        {("major",): [Decimal(150), Decimal(250)]},
        Decimal(200),
        1,
    )
