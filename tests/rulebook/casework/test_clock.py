"""Time acts through the ledger; a stopped clock changes no verdict (semantics 2.2)."""

from __future__ import annotations

from collections.abc import Sequence

from tests.rulebook.casework.test_decide import tried
from tests.rulebook.small import act, filed, when, written

from kesu.casework.deciding.decide import Accepted, clock_acts
from kesu.casework.deciding.replay import replay
from kesu.casework.file.case_file import CaseFile
from kesu.procedure.history.act import Act
from kesu.worktime.china import china_calendar

RULES = written(
    "rule: quick\nwithin: 1 working day\nfrom: accepted\nto: investigated",
    "rule: reply\nwithin: 5 working days\nfrom: accepted\nto: result notified",
    "rule: major by topic\nwhen: {topic: conduct}\nfollows: {grade: major}",
    "rule: major at once\nwhen: {grade: major}\nwithin: 2 working hours\nfrom: accepted\nto: investigated",
)
ACCEPTED = act("accepted", "2026-03-02 09:00")


def noted(acts: Sequence[Act]) -> list[tuple[int, str, str]]:
    return [(one.number, one.step, one.at.strftime("%m-%d %H:%M")) for one in acts]


def test_each_lateness_is_noted_once_in_the_order_in_which_it_came_about() -> None:
    file = filed(RULES, ACCEPTED)
    assert noted(clock_acts(file, when("2026-03-20 09:00"))) == [
        (2, "fell late", "03-04 00:00"),
        (3, "fell late", "03-10 00:00"),
    ]
    assert clock_acts(file, when("2026-04-20 09:00")) == []


def test_up_to_the_last_instant_nothing_is_late() -> None:
    assert clock_acts(filed(RULES, ACCEPTED), when("2026-03-03 23:59")) == []


def test_it_makes_no_difference_whether_the_loop_ran_or_stood_for_a_month() -> None:
    running, standing = filed(RULES, ACCEPTED), filed(RULES, ACCEPTED)
    for day in range(3, 31):
        clock_acts(running, when(f"2026-03-{day:02} 00:30"))
    late = {"now": "2026-03-31 09:00", "by": "an"}
    one, other = tried(running, "investigated", **late), tried(standing, "investigated", **late)
    assert isinstance(one, Accepted)
    assert isinstance(other, Accepted)
    assert [finding.key() for finding in one.findings] == [finding.key() for finding in other.findings]
    assert (one.act.number, noted(other.acts)[-1][0]) == (4, 4)


def test_a_review_makes_the_clock_s_own_entries_anew_whatever_the_log_holds() -> None:
    acts = [
        ACCEPTED,
        act("registered", "2026-03-05 09:00", topic=["conduct"]),
        act("investigated", "2026-03-06 09:00"),
    ]
    stored: list[Act] = []
    file = CaseFile(RULES, calendar=china_calendar())
    for given in acts:
        decision = tried(
            file, given.step, now=given.noted.strftime("%Y-%m-%d %H:%M"), facts=dict(given.facts)
        )
        assert isinstance(decision, Accepted)
        for one in decision.acts:
            file.apply(one)
            stored.append(one)
    without = [one for one in stored if one.by is not None]
    judged = [
        [
            (one.number, [finding.key() for finding in found])
            for one, found in replay(CaseFile(RULES, calendar=china_calendar()), log)
        ]
        for log in (stored, without)
    ]
    assert judged[0] == judged[1]
    assert [one.step for one in stored] == [
        "accepted",
        "fell late",
        "registered",
        "promoted",
        "fell late",
        "investigated",
    ]


def test_a_promotion_carries_the_time_of_the_act_from_which_it_follows() -> None:
    decision = tried(
        filed(RULES),
        "result notified",
        now="2026-03-03 09:00",
        at=when("2026-03-02 16:00"),
        topic=["conduct"],
    )
    assert isinstance(decision, Accepted)
    assert [(one.step, one.at, one.noted) for one in decision.acts] == [
        ("result notified", when("2026-03-02 16:00"), when("2026-03-03 09:00")),
        ("promoted", when("2026-03-02 16:00"), when("2026-03-03 09:00")),
    ]
