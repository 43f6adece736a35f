"""What may be left out, be not known, or is taken beside the work stands in what is kept: a change of it shows."""

from __future__ import annotations

from tests.rulebook.small import written

from kesu.ways.openings import Opening, Openness, openings

WAIVED = "rule: found first\nunless waived: {by: lead, for: [declined]}\nbefore: closed\nmust have: [found]"


def test_a_waiver_is_kept_with_who_gives_it_and_on_which_grounds() -> None:
    assert Opening(Openness.LEFT_OUT, "found first", ("lead", "declined")) in list(openings(written(WAIVED)))
    narrow = written(WAIVED.replace("unless waived: {by: lead, for: [declined]}\n", ""))
    assert [one for one in openings(narrow) if one.kind is Openness.LEFT_OUT] == []


def test_who_takes_a_step_beside_the_work_is_kept_and_who_takes_the_work_itself_is_not() -> None:
    procedure = written(
        "rule: voided by the boss\nat: voided\nby: boss", "rule: found by the lead\nat: found\nby: lead"
    )
    taken = [one for one in openings(procedure) if one.kind is Openness.TAKEN]
    assert Opening(Openness.TAKEN, "voided by the boss", ("boss", "voided")) in taken
    assert "found by the lead" not in {one.name for one in taken}
