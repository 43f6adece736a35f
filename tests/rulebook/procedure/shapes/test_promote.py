"""promote: by the clock alone."""

import pytest
from tests.rulebook.refused import refused
from tests.rulebook.small import act, filed, says, standing, when, written

from kesu.casework.deciding.decide import clock_acts
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Text

FIVE_DAYS = written(
    "promote: {grade: major}\nover: 5 natural days\nfrom: received\nuntil: [result notified, withdrawn]"
)
PAUSED = written(
    "promote: {grade: major}\nover: 5 natural days\nfrom: received\nuntil: result notified\n"
    "pauses: {from: put on hold, to: taken in charge}"
)
CONDUCT = written(
    "when: {topic: conduct}\npromote: {grade: major}\nover: 5 natural days\nfrom: received\nuntil: result notified"
)
RECEIVED = act("received", "2026-03-02 09:00")  # Monday: the fifth day after it is Saturday the 7th
MAJOR = ("promoted", "03-08 00:00", {"grade": "major", "rule": "the rule", "entry": "1"})


def ticked(procedure: Procedure, *acts: object, until: str) -> list[tuple[str, str, dict[str, object]]]:
    """What the clock records up to a moment, itself being asked for the first time then."""
    made = clock_acts(filed(procedure, *acts), when(until))
    return [(one.step, one.at.strftime("%m-%d %H:%M"), dict(one.facts)) for one in made]


def solved(at: str) -> object:
    return act("result notified", at)


def test_it_says_what_becomes_so_when_too_much_time_has_passed() -> None:
    assert says(FIVE_DAYS) == Text(
        zh="“收到投诉”后超过5个自然日还没有“通报处理结果”或“撤诉”的，级别自动定为“重大”，以后不会自动改回。",
        en="More than 5 natural days after “Complaint received” without “Result notified” or “Withdrawn by the complainant”, "
        "the grade becomes “Major” by the clock alone, and never falls back by itself.",
    )
    unlimited = written(
        "promote: {grade: major}\nover: <how long>\nfrom: received\nuntil: closed",
        more="settings: {how long: {value: no limit, kind: span}}\n",
    )
    assert says(unlimited).zh == "“收到投诉”后多久没有“结案”，级别都不会自动定为“重大”。"


@pytest.mark.parametrize(
    ("until", "expected"),
    [("2026-03-07 23:59", []), ("2026-03-08 00:00", [MAJOR]), ("2026-03-08 00:01", [MAJOR])],
)
def test_just_before_at_and_just_after_the_end_of_the_fifth_day(until: str, expected: list[object]) -> None:
    assert ticked(FIVE_DAYS, RECEIVED, until=until) == expected


def test_what_is_solved_on_the_fifth_day_is_never_promoted() -> None:
    assert ticked(FIVE_DAYS, RECEIVED, solved("2026-03-07 23:59"), until="2027-01-01 00:00") == []
    assert ticked(FIVE_DAYS, RECEIVED, act("withdrawn", "2026-03-07 10:00"), until="2027-01-01 00:00") == []


def test_it_carries_the_instant_at_which_it_became_true_however_late_the_clock_looks() -> None:
    assert ticked(FIVE_DAYS, RECEIVED, until="2026-04-08 10:00") == [MAJOR]


def test_it_is_recorded_once_and_a_regrade_by_hand_stands() -> None:
    file = filed(FIVE_DAYS, RECEIVED)
    assert len(clock_acts(file, when("2026-03-08 00:00"))) == 1
    file.apply(act("registered", "2026-03-09 09:00", number=3, grade="ordinary"))
    assert clock_acts(file, when("2026-05-01 00:00")) == []
    assert file.history.value("grade") == "ordinary"


def test_what_is_major_already_is_not_promoted_until_somebody_takes_that_back() -> None:
    major = act("registered", "2026-03-03 09:00", grade="major")
    assert ticked(FIVE_DAYS, RECEIVED, major, until="2026-03-20 00:00") == []
    ordinary = act("registered", "2026-03-10 09:00", grade="ordinary")
    assert ticked(FIVE_DAYS, RECEIVED, major, ordinary, until="2026-03-20 00:00") == [
        ("promoted", "03-10 09:00", MAJOR[2])
    ]


def test_only_where_the_rule_applies() -> None:
    other, conduct = act("registered", topic=["contract"]), act("registered", topic=["conduct"])
    assert ticked(CONDUCT, RECEIVED, until="2026-04-01 00:00") == []
    assert ticked(CONDUCT, RECEIVED, other, until="2026-04-01 00:00") == []
    assert ticked(CONDUCT, RECEIVED, conduct, until="2026-04-01 00:00") == [MAJOR]


def test_a_pause_stops_the_clock() -> None:
    hold, go_on = act("put on hold", "2026-03-03 09:00"), act("taken in charge", "2026-03-06 09:00")
    assert ticked(PAUSED, RECEIVED, hold, until="2026-04-01 00:00") == []
    moved = ticked(PAUSED, RECEIVED, hold, go_on, until="2026-04-01 00:00")
    assert [(step, at) for step, at, _ in moved] == [("promoted", "03-11 00:00")]


def test_it_is_nobody_s_duty_and_nobody_s_breach() -> None:
    file = filed(FIVE_DAYS, RECEIVED)
    assert (list(file.duties), list(file.running())) == ([], [])
    assert standing(FIVE_DAYS, RECEIVED, as_of="2026-04-01 00:00") == []
    assert file.apply(act("result notified", "2026-03-20 09:00", number=2)) == []


def test_an_ended_file_is_not_promoted_and_a_reopened_one_counts_from_there() -> None:
    ended = (RECEIVED, act("closed", "2026-03-04 09:00"))
    assert ticked(FIVE_DAYS, *ended, until="2026-06-01 00:00") == []
    again = act("reopened", "2026-04-01 09:00", reason="x")
    (promoted,) = ticked(FIVE_DAYS, *ended, again, until="2026-06-01 00:00")
    assert promoted == ("promoted", "04-07 00:00", MAJOR[2])
    resolved = (RECEIVED, solved("2026-03-04 09:00"), act("closed", "2026-03-05 09:00"), again)
    assert [at for _, at, _ in ticked(FIVE_DAYS, *resolved, until="2026-06-01 00:00")] == ["04-07 00:00"]


def test_what_it_promotes_calls_at_once_for_what_the_new_grade_wants() -> None:
    both = written(
        "rule: by time\npromote: {grade: major}\nover: 5 natural days\nfrom: received\nuntil: result notified",
        "rule: report\nwhen: {grade: major}\nwithin: 1 working day\nfrom: promoted\nto: investigated",
        "rule: audit\nwhen: {grade: major}\nfollows: {audit needed: 'yes'}",
    )
    assert [(step, at) for step, at, _ in ticked(both, RECEIVED, until="2026-04-01 00:00")] == [
        ("promoted", "03-08 00:00"),
        ("promoted", "03-08 00:00"),
        ("fell late", "03-10 00:00"),
        ("fell late", "03-10 00:00"),
    ]


def test_it_needs_an_end_and_one_fact_that_is_put_on_record() -> None:
    assert refused("promote: {grade: major}\nover: 5 natural days\nfrom: received") == (
        "the rule “the rule” needs “until”",
        "规则“the rule”缺少“until”",
    )
    assert refused("promote: {grade: mayor}\nover: 1 week\nfrom: received\nuntil: closed") == (
        "“grade” has no value “mayor”",
        "“grade”没有“mayor”这个值",
    )
    assert refused('promote: {settled total: "5"}\nover: 1 week\nfrom: received\nuntil: closed') == (
        "“settled total” follows from settlement lines, cash paid, refunded sum, refunded lines and is never put on record itself; name those",
        "“settled total”由 settlement lines、cash paid、refunded sum、refunded lines 算出，不能直接登记；请改用这些事实",
    )
