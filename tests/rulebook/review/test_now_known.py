"""A case as it is now known (semantics 1.2)."""

from __future__ import annotations

from tests.rulebook.small import act

from kesu.procedure.history.act import Act
from kesu.review.now_known import as_now_known


def numbered(*acts: Act) -> list[Act]:
    from dataclasses import replace

    return [replace(one, number=place) for place, one in enumerate(acts, 1)]


def known(*acts: Act) -> list[tuple[int, str, str, dict[str, object]]]:
    found = as_now_known(numbered(*acts))
    assert all(one.noted == one.at for one in found)
    return [(one.number, one.step, f"{one.at:%m-%d %H:%M}", dict(one.facts)) for one in found]


RECEIVED = act("received", "2026-03-02 09:00", matter="complaint")
FOUND = act("found", "2026-03-05 09:00", finding="upheld")


def test_a_case_that_nobody_mended_is_left_as_it_is() -> None:
    acts = numbered(RECEIVED, FOUND)
    assert as_now_known(acts) is acts


def test_corrections_are_applied_where_the_mistake_stands_and_the_last_one_holds() -> None:
    first = act("corrected", "2026-03-06 09:00", entry="2", word="finding", value="unfounded", reason="x")
    second = act(
        "corrected", "2026-03-07 09:00", entry="2", word="finding", value="partly upheld", reason="y"
    )
    assert known(RECEIVED, FOUND, first, second) == [
        (1, "received", "03-02 09:00", {"matter": "complaint"}),
        (2, "found", "03-05 09:00", {"finding": "partly upheld"}),
    ]


def test_a_corrected_time_puts_an_act_in_its_place() -> None:
    moved = act(
        "corrected", "2026-03-06 09:00", entry="1", word="at", value="2026-03-01 08:00", reason="stamp"
    )
    assert known(act("note"), RECEIVED, moved)[0][1] == "note"
    earlier = act(
        "corrected", "2026-03-06 09:00", entry="2", word="at", value="2026-03-01 08:00", reason="stamp"
    )
    assert known(act("note"), RECEIVED, earlier)[0] == (2, "received", "03-01 08:00", {"matter": "complaint"})


def test_what_was_struck_or_taken_back_never_happened_and_a_struck_strike_struck_nothing() -> None:
    struck = act("struck", "2026-03-06 09:00", entry="2", reason="x")
    assert [one[1] for one in known(RECEIVED, FOUND, struck)] == ["received"]
    back = act("taken back", "2026-03-05 09:10", reason="x")
    assert [one[1] for one in known(RECEIVED, FOUND, back)] == ["received"]
    undone = act("struck", "2026-03-07 09:00", entry="3", reason="y")
    assert [one[1] for one in known(RECEIVED, FOUND, struck, undone)] == ["received", "found"]


def test_who_is_named_is_known_from_the_start_and_late_notes_stand_in_their_place() -> None:
    late = act("accepted", "2026-03-03 09:00", noted="2026-03-09 09:00")
    named = act("named", "2026-03-08 09:00", persons=["an"])
    assert [(one[1], one[2]) for one in known(RECEIVED, FOUND, named, late)] == [
        ("received", "03-02 09:00"),
        ("named", "03-02 09:00"),
        ("accepted", "03-03 09:00"),
        ("found", "03-05 09:00"),
    ]


def test_a_case_of_which_nothing_is_left_is_empty() -> None:
    assert known(RECEIVED, act("struck", "2026-03-06 09:00", entry="1", reason="x")) == []
