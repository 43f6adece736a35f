"""A file is the fold of its acts."""

from __future__ import annotations

from tests.rulebook.small import act, filed, when, written

from kesu.casework.file.case_file import CaseFile
from kesu.casework.file.roles_in_file import owner, posts_for, title, touched
from kesu.reading.text import Text
from kesu.worktime.china import china_calendar

RULES = written(
    "rule: lead on conduct\nwhen: {topic: conduct}\nsend: found\nto: lead",
    "rule: clerk takes it\nat: accepted\nby: clerk",
    "rule: finding in time\nwithin: 5 working days\nfrom: accepted\nto: found",
)
ACTS = (
    act("received", matter="complaint"),
    act("registered", topic=["conduct"], item="R-1"),
    act("accepted", post="clerk"),
    act("found", post="lead", finding="upheld"),
    act("closed", closing_summary="corrected"),
)


def test_every_act_stays_on_record_with_its_measures() -> None:
    file = filed(
        RULES,
        *ACTS,
        act("struck", entry="4", reason="x"),
        act("corrected", entry="5", word="closing summary", value="y", reason="z"),
    )
    assert [(one.number, one.step) for one in file.history.acts] == [
        (1, "received"),
        (2, "registered"),
        (3, "accepted"),
        (4, "found"),
        (5, "closed"),
        (6, "struck"),
        (7, "corrected"),
    ]
    assert file.history.acts[4].facts == {"closing summary": "corrected"}
    assert file.history.entry(4) is not None
    assert file.history.standing_act(4) is None


def test_an_empty_file_has_no_number_no_state_and_no_owner() -> None:
    file = CaseFile(RULES, calendar=china_calendar())
    assert (file.number, file.state, owner(file), file.ended) == (0, "", "", False)
    assert title(file) == Text("小程序", "Small procedure")


def test_a_list_shows_it_without_a_personal_word() -> None:
    file = filed(RULES, *ACTS[:3])
    assert title(file) == Text(
        "投诉 · 职业道德与工作作风 · R-1", "Complaint · Ethics, working style and secrecy · R-1"
    )
    assert file.state == "accepted"
    assert (posts_for(file, "found"), posts_for(file, "accepted"), posts_for(file, "note")) == (
        ("lead",),
        ("clerk",),
        (),
    )
    assert owner(file) == "lead"


def test_a_complaint_about_goods_is_told_by_its_problem_and_a_report_by_its_own_period() -> None:
    goods = {"problem": "oil", "product": "milk", "batch": "B-1"}
    assert title(filed(RULES, act("received", **goods))) == Text("油污 · milk · B-1", "Oil · milk · B-1")
    week = {"period from": "2026-03-02", "period to": "2026-03-08"}
    assert title(filed(RULES, act("received", **week))) == Text(
        "小程序 · 2026-03-02 至 2026-03-08", "Small procedure · 2026-03-02 to 2026-03-08"
    )
    assert title(filed(RULES, act("received"), act("note", **week))) == Text("小程序", "Small procedure")


def test_what_was_noted_meanwhile_counts_where_the_rules_of_the_step_read_it() -> None:
    file = filed(RULES, *ACTS[:3], act("note", text="x"), act("registered", topic=["contract"]))
    assert [one.number for one in touched(file, "found", 3)] == [5]
    assert [one.number for one in touched(file, "accepted", 3)] == []


def test_a_copy_is_independent() -> None:
    file = filed(RULES, *ACTS[:3])
    other = file.copy()
    for one in (
        act("found", number=4, finding="upheld"),
        act("corrected", number=5, entry="2", word="topic", value=["contract"], reason="x"),
    ):
        other.apply(one)
    assert (file.number, file.history.value("topic"), [one.state for one in file.duties]) == (
        3,
        ["conduct"],
        ["open"],
    )
    assert (other.number, other.history.value("topic"), [one.state for one in other.duties]) == (
        5,
        ["contract"],
        ["met"],
    )


def test_the_end_of_a_log_s_case_is_asked_though_no_step_ended_it() -> None:
    end = written("rule: told\nbefore: the end\nmust have: result notified")
    file = filed(end, act("received"))
    assert [(one.rule, one.verdict, one.number) for one in file.judge_end(when("2026-03-09 09:00"))] == [
        ("told", "broken", 2)
    ]
    assert file.number == 1


def test_a_thing_that_is_not_known_is_none_of_the_file_s_things() -> None:
    file = filed(written(), act("registered", evidence=None), act("note", evidence="photo"))
    assert file.history.things("evidence") == ["photo"]
