"""Counting cases for a report: which count, which are left out and why, how they split, and the digest."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rulebook.small import act, filed, written

from kesu.casework.many.figures import DIGEST, Looked, called_figures, digest_of, figured
from kesu.procedure.history.act import Act
from kesu.procedure.shapes.figures import Figures

RULE = """
figures: small
at: found
from: period from
to: period to
by: [grade, topic]
where: {matter: complaint}
"""
SMALL = written(RULE)
(SHAPE,) = [rule.shape for rule in SMALL.rules if isinstance(rule.shape, Figures)]


def looked(name: str, *acts: Act) -> Looked:
    case = filed(SMALL, *acts)
    return Looked(f"case/{name}", case.number, case)


def received(at: str = "2026-03-03 09:00", **facts: Any) -> Act:
    return act("received", at, **({"matter": "complaint"} | facts))


def counted(*files: Looked, since: str = "2026-03-02", until: str = "2026-03-08") -> dict[str, Any]:
    return figured(files, SHAPE, since=date.fromisoformat(since), until=date.fromisoformat(until))


def numbers(*files: Looked) -> tuple[str, ...]:
    """Counted, ended, imported apart, left out as not known."""
    found = counted(*files)
    return tuple(found[f"{word} counted"] for word in ("total", "ended", "imported", "unknown"))


def test_everything_that_the_entry_says() -> None:
    found = counted(
        looked(
            "b", received(grade="major", topic=["conduct", "contract"]), act("closed", "2026-03-05 09:00")
        ),
        looked("a", received(grade="ordinary", topic=["conduct"])),
        looked("c", received(matter="opinion")),
    )
    digest = found.pop(DIGEST)
    assert found == {
        "figures of": "small",
        "counted from": "2026-03-02",
        "counted to": "2026-03-08",
        "total counted": "2",
        "ended counted": "1",
        "imported counted": "0",
        "unknown counted": "0",
        "counts": {"grade": {"major": "1", "ordinary": "1"}, "topic": {"conduct": "2", "contract": "1"}},
        "cases counted": ["case/a#1", "case/b#2"],
        "cases left out": ["case/c#1"],
    }
    assert digest == digest_of(found)


def test_cases_count_by_the_local_day_of_their_receipt() -> None:
    days = ("2026-03-01 23:59", "2026-03-02 00:00", "2026-03-08 23:59", "2026-03-09 00:00")
    files = [looked(str(place), received(day)) for place, day in enumerate(days)]
    assert counted(*files)["cases counted"] == ["case/1#1", "case/2#1"]
    assert counted(*files)["cases left out"] == []


def test_a_corrected_receipt_moves_a_case_to_its_own_week() -> None:
    moved = act(
        "corrected", "2026-03-09 10:00", entry="1", word="at", value="2026-03-01 10:00", reason="看错日期"
    )
    assert numbers(looked("a", received(), moved)) == ("0", "0", "0", "0")


def test_a_case_whose_class_is_not_known_is_left_out_and_said_so() -> None:
    assert numbers(looked("a", received(matter=None)), looked("b", act("received", "2026-03-03 09:00"))) == (
        "0",
        "0",
        "0",
        "2",
    )
    assert counted(looked("a", received()))["counts"] == {
        "grade": {"not known": "1"},
        "topic": {"not known": "1"},
    }


def test_joined_and_voided_cases_do_not_count_and_imported_ones_count_apart() -> None:
    joined = looked("a", received(), act("joined", joined_to="case/b"))
    voided = looked("b", received(), act("voided", reason="重复"))
    imported = looked("c", received(origin="old.csv"))
    assert numbers(joined, voided, imported) == ("0", "0", "1", "0")
    assert counted(joined, voided, imported)["cases left out"] == ["case/a#2", "case/b#2", "case/c#1"]


def test_findings_of_several_topics_count_each() -> None:
    found = [
        act("note", facts={"of topic": topic, "grade": grade})
        for topic, grade in (("conduct", "major"), ("contract", "ordinary"))
    ]
    assert counted(looked("a", received(), *found))["counts"]["grade"] == {"major": "1", "ordinary": "1"}


def test_an_act_calls_for_the_figures_of_the_rules_that_apply_to_it() -> None:
    weekly = written(
        RULE, "rule: of grave ones\nwhen: {grade: major}" + RULE, "rule: first\nat: found\nafter: received"
    )
    file = filed(weekly, received())
    (plain, shape), (grave, _) = called_figures(file, act("found", number=2, grade="major"))
    assert (plain, shape, grave) == ("the rule", weekly.by_name["the rule"].shape, "of grave ones")
    assert [name for name, _ in called_figures(file, act("found", number=2, grade="ordinary"))] == [
        "the rule"
    ]
    assert called_figures(file, act("note", number=2)) == []


@settings(max_examples=25)
@given(
    st.lists(st.tuples(st.sampled_from(["ordinary", "major", None]), st.integers(1, 10)), max_size=8),
    st.randoms(use_true_random=False),
)
def test_the_order_in_which_files_are_looked_at_changes_nothing(
    cases: list[tuple[str | None, int]], order: Any
) -> None:
    files = [
        looked(f"{place}", received(f"2026-03-{day:02} 09:00", grade=grade))
        for place, (grade, day) in enumerate(cases)
    ]
    mixed = list(files)
    order.shuffle(mixed)
    found = counted(*mixed)
    assert found == counted(*files)
    assert sum(map(int, found["counts"]["grade"].values())) == int(found["total counted"])
    assert found["total counted"] == str(sum(2 <= day <= 8 for _, day in cases))
