"""Staying out, learned late (semantics 5.1)."""

from __future__ import annotations

from tests.rulebook.casework.test_decide import found, problems, tried
from tests.rulebook.small import act, filed, written

from kesu.casework.deciding.decide import Accepted
from kesu.casework.file.case_file import CaseFile
from kesu.casework.file.roles_in_file import apart, parties
from kesu.reading.text import Text

RULES = written(
    "rule: named stay out\nkeep apart: [named]\nfrom: [investigated, found]\nassigned as: [team]",
    "rule: named units stay out\nkeep apart: [named units]\nfrom: [investigated]",
    "rule: finding after investigation\nat: found\nafter: investigated",
)
BY_AN = act("investigated", by="an", units=("room one",))
NAME_AN = act("named", by="gu", persons=["an"])


def suspended(file: CaseFile) -> list[tuple[int, str]]:
    return [(one.number, rule.name) for one, rule in file.to_mend()]


def test_earlier_work_of_a_person_named_later_does_not_count_until_somebody_confirms_it() -> None:
    file = filed(RULES, BY_AN, NAME_AN)
    assert suspended(file) == [(1, "named stay out")]
    assert found(tried(file, "found", by="lu")) == [("finding after investigation", "broken", 3)]
    confirmed = filed(RULES, BY_AN, NAME_AN, act("work confirmed", by="gu", entry="1"))
    assert suspended(confirmed) == []
    assert isinstance(tried(confirmed, "found", by="lu"), Accepted)


def test_or_until_somebody_redoes_it() -> None:
    redone = filed(RULES, BY_AN, NAME_AN, act("investigated", by="bo"))
    assert suspended(redone) == []
    assert isinstance(tried(redone, "found", by="lu"), Accepted)


def test_what_has_had_its_effect_stays() -> None:
    told = filed(RULES, BY_AN, act("found", by="lu"), act("result notified", by="zh"), NAME_AN)
    assert suspended(told) == []
    assert isinstance(tried(told, "found", by="lu"), Accepted)


def test_work_of_a_unit_named_later_is_suspended_too() -> None:
    named = act("named", by="gu", facts={"units": ["room one"]})
    assert suspended(filed(RULES, BY_AN, named)) == [(1, "named units stay out")]


def test_nobody_who_stays_out_confirms_and_nothing_else_is_confirmed() -> None:
    file = filed(RULES, BY_AN, NAME_AN)
    assert problems(tried(file, "work confirmed", by="an", entry="1")) == [
        Text("须由不需回避的人确认", "somebody who does not have to stay out has to confirm it")
    ]
    assert problems(tried(file, "work confirmed", by="gu", entry="2")) == [
        Text("这一条不需要别人确认", "this entry does not wait for somebody else's confirmation")
    ]
    by_log = filed(RULES, BY_AN, NAME_AN, act("work confirmed", by="an", entry="1"))
    assert suspended(by_log) == [(1, "named stay out")]


def test_a_naming_taken_back_gives_the_work_its_effect_again() -> None:
    struck = act("struck", by="gu", entry="2", reason="another of that name")
    assert suspended(filed(RULES, BY_AN, NAME_AN, struck)) == []
    corrected = act("corrected", by="gu", entry="2", word="persons", value=["bo"], reason="a slip")
    assert suspended(filed(RULES, BY_AN, NAME_AN, corrected)) == []
    assert suspended(filed(RULES, act("investigated", by="bo"), NAME_AN, corrected)) == [
        (1, "named stay out")
    ]


def test_naming_revokes_an_assignment_and_hides_the_file() -> None:
    file = filed(RULES, act("team appointed", by="gu", team=["an", "bo"]), NAME_AN)
    assert parties(file) == {"bo"}
    assert (apart(file).persons, apart(file).units) == ({"an"}, frozenset())
    assert found(tried(file, "team appointed", by="gu", team=["an"])) == [("named stay out", "broken", 3)]


def test_who_is_named_and_also_took_such_a_step_is_still_kept_out() -> None:
    both = written("keep apart: [named, {who did: found}]\nfrom: [consented]")
    assert apart(filed(both, act("found", by="an"), NAME_AN)).persons == {"an"}
    assert apart(filed(both, act("found", by="an"))).persons == frozenset()


def test_a_manager_or_a_stand_in_named_stays_out_like_anybody() -> None:
    file = filed(RULES, NAME_AN)
    for post, behalf in (("boss", None), ("lead", "bo")):
        assert found(tried(file, "investigated", by="an", post=post, behalf=behalf)) == [
            ("named stay out", "broken", 2)
        ]


def test_a_rule_that_does_not_apply_keeps_nobody_apart_and_suspends_nothing() -> None:
    grave = written(
        "rule: named stay out\nwhen: {grade: major}\nkeep apart: [named]\nfrom: [investigated, found]",
        "rule: others find\nkeep apart: [{who did: investigated}]\nfrom: [found]",
    )
    for grade, out, waiting in (("ordinary", frozenset(), []), ("major", {"an"}, [(2, "named stay out")])):
        file = filed(grave, act("registered", by="gu", grade=grade), BY_AN, NAME_AN)
        assert (apart(file).persons, suspended(file)) == (out, waiting)


def test_whoever_does_not_have_to_stay_out_may_confirm() -> None:
    file = filed(RULES, BY_AN, NAME_AN)
    assert isinstance(tried(file, "work confirmed", by="gu", entry="1"), Accepted)
