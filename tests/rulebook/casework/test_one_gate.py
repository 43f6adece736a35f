"""The end is one gate: its rules hold on every ending, and what is still owed is done first (semantics 5.11)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.rulebook.refused import refused
from tests.rulebook.small import act, filed, from_text, offered, says, text_of, when, written

from kesu.casework.deciding.decide import Actor
from kesu.procedure.history.act import Act, Shown
from kesu.procedure.history.verdict import Finding
from kesu.procedure.saying.sentence import reason
from kesu.procedure.shapes.abilities import OpensFiles
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Text

TOLD = "within: 2 working days\nfrom: accepted\nto: result notified"
REPORTED = "every: 2 working days\nfrom: accepted\ndo: progress told"
READING = "reading: {zh: 可以, en: it may}"
ACCEPTED = act("accepted", "2026-03-02 09:00")  # a Monday
IN_TIME, LATE = "2026-03-03 09:00", "2026-03-06 09:00"


def at_the_end(procedure: Procedure, *acts: Act, end: str = "closed", at: str = IN_TIME) -> list[Finding]:
    """What bars the act that would end a file in which these acts happened."""
    file = filed(procedure, *acts)
    return [found for found in file.judge(replace(act(end, at), number=file.number + 1)) if found.bars]


@pytest.mark.parametrize("at", [IN_TIME, LATE])
def test_a_duty_that_runs_bars_the_end_in_time_and_late(at: str) -> None:
    procedure = written(TOLD)
    (found,) = at_the_end(procedure, ACCEPTED, at=at)
    assert (found.rule, str(found.verdict), found.number) == ("the rule", "broken", 2)
    assert reason(found, procedure, "zh") == "“通报处理结果”还没有办，办了才能办结"
    assert (
        reason(found, procedure, "en")
        == "“Result notified” is still owed; the file ends only when it is done"
    )


@pytest.mark.parametrize(
    ("rule", "acts"),
    [
        (TOLD, (ACCEPTED, act("result notified", IN_TIME))),
        (TOLD, (ACCEPTED, act("result notified", "2026-03-05 09:00"))),
        (TOLD, ()),
        (f"{TOLD}\nmay outlive the end: 'yes'\n{READING}", (ACCEPTED,)),
        (f"{TOLD}\nforce: show", (ACCEPTED,)),
        (f"{TOLD}\nuntil: closed", (ACCEPTED,)),
        ("within: 2 working days\nfrom: accepted\nto: closed", (ACCEPTED,)),
        (
            f"{TOLD}\nforce: reason",
            (ACCEPTED, act("not possible", IN_TIME, instead_of="result notified", reason="moved away")),
        ),
        (REPORTED, (ACCEPTED,)),
        (
            "promote: {grade: major}\nfrom: accepted\nover: 2 working days\nuntil: result notified",
            (ACCEPTED,),
        ),
    ],
)
def test_what_is_done_waived_or_may_outlive_the_end_bars_it_not(rule: str, acts: tuple[Act, ...]) -> None:
    assert at_the_end(written(rule), *acts, at="2026-03-04 09:00") == []


def test_what_is_owed_again_and_again_bars_the_end_where_it_is_late() -> None:
    assert [found.rule for found in at_the_end(written(REPORTED), ACCEPTED, at=LATE)] == ["the rule"]


@pytest.mark.parametrize("end", ["voided", "joined"])
def test_a_file_that_is_voided_or_joined_leaves_its_duties(end: str) -> None:
    assert at_the_end(written(TOLD), ACCEPTED, end=end) == []


def test_where_a_log_does_not_show_what_answers_it_nobody_can_tell() -> None:
    procedure = written(TOLD)
    file = filed(procedure, ACCEPTED, shown=Shown(steps=frozenset({"accepted", "closed"})))
    (found,) = file.judge(replace(act("closed", IN_TIME), number=2))
    assert str(found.verdict) == "cannot tell"


def test_the_button_of_the_end_is_shut_and_names_what_is_owed() -> None:
    file = filed(written(TOLD), ACCEPTED)
    shut = offered(file, Actor("an", "clerk"), now=when(IN_TIME))["closed"]  # type: ignore[arg-type]
    assert (shut.allowed, [lack.name for found in shut.findings for lack in found.outcome.lacks]) == (
        False,
        ["result notified"],
    )


def test_an_edition_of_the_first_language_ends_with_duties_open_as_ever() -> None:
    assert at_the_end(replace(written(TOLD), language=1), ACCEPTED) == []


# -- rules of the end -------------------------------------------------------------------------------------------------

NEEDED = "before: the end\nmust have: result notified"
UPHELD = f"when: {{grade: major}}\n{NEEDED}"


@pytest.mark.parametrize("end", ["closed", "voided", "joined"])
def test_a_rule_of_the_end_holds_on_every_ending(end: str) -> None:
    assert [found.rule for found in at_the_end(written(NEEDED), ACCEPTED, end=end)] == ["the rule"]
    old = replace(written(NEEDED), language=1)
    assert len(at_the_end(old, ACCEPTED, end=end)) == (1 if end == "closed" else 0)


def test_it_says_with_its_reading_at_which_it_does_not() -> None:
    procedure = written(f"{NEEDED}\nbut not at: [voided]\n{READING}")
    assert {end: len(at_the_end(procedure, ACCEPTED, end=end)) for end in ("closed", "voided", "joined")} == {
        "closed": 1,
        "voided": 0,
        "joined": 1,
    }
    assert says(procedure) == Text(
        zh="办结之前要有“通报处理结果”（以“作废”办结的除外）。",
        en="Before the end: “Result notified” (not where it ends by “Voided”).",
    )


def test_or_where_it_holds_only_as_far_as_is_known_by_then() -> None:
    text = f"{UPHELD}\nwhere known at: [voided]\n{READING}"
    procedure = written(text)
    graded = act("registered", IN_TIME, grade="major")
    assert [len(at_the_end(procedure, ACCEPTED, end=end)) for end in ("closed", "voided")] == [1, 0]
    known = [len(at_the_end(_asking(text), ACCEPTED, graded, end=end)) for end in ("closed", "voided")]
    assert known == [1, 1]


def _asking(rule: str) -> Procedure:
    return from_text(text_of(rule).replace("  registered: {}", "  registered: {asks: [grade]}"))


@pytest.mark.parametrize(
    ("rule", "en"),
    [
        (
            f"at: found\nafter: accepted\nbut not at: [voided]\n{READING}",
            "“but not at” of the rule “the rule” goes with a rule of the end alone",
        ),
        (
            f"{NEEDED}\nbut not at: [voided]",
            "“but not at” of the rule “the rule” needs its “reading”: why the paper lets it",
        ),
        (
            f"{NEEDED}\nmay outlive the end: 'yes'\n{READING}",
            "“may outlive the end” of the rule “the rule” goes with a rule that calls for something alone",
        ),
        (
            f"{TOLD}\nmay outlive the end: 'yes'",
            "“may outlive the end” of the rule “the rule” needs its “reading”: why the paper lets it",
        ),
    ],
)
def test_exceptions_stand_where_they_mean_something_and_say_why(rule: str, en: str) -> None:
    assert refused(rule)[0] == en


def test_a_duty_that_may_outlive_the_end_says_so() -> None:
    assert says(written(f"{TOLD}\nmay outlive the end: 'yes'\n{READING}")).en.endswith(
        ", which may still be owed when the file ends."
    )


# -- linked files ---------------------------------------------------------------------------------------------------------

OPENS = "opens: lab-retest\nat: retest decided"


def child(step: str, number: int = 1, **more: object) -> Act:
    return act(step, by=None, kind="lab-retest", linked_file=f"case/{number}", **more)


@pytest.mark.parametrize("outcome", ["voided", "joined", "ended on withdrawal", "not accepted"])
@pytest.mark.parametrize("holds", ["until closed", "until opened"])
def test_a_linked_file_that_ended_undone_was_not_done(outcome: str, holds: str) -> None:
    procedure = written(f"{OPENS}\nholds: {holds}")
    acts = (act("retest decided"), child("linked"), child("link ended", outcome=outcome))
    (found,) = at_the_end(procedure, *acts)
    assert reason(found, procedure, "en") == (
        "the linked file “lab-retest” ended without having been done (case/1); open it anew"
    )
    assert at_the_end(replace(procedure, language=1), *acts) == []


def test_one_that_ended_well_was_done() -> None:
    acts = (act("retest decided"), child("linked"), child("link ended", outcome="closed"))
    assert at_the_end(written(OPENS), *acts) == []


def test_the_step_taken_anew_opens_another_that_makes_it_good() -> None:
    procedure = written(OPENS)
    undone = (act("retest decided"), child("linked"), child("link ended", outcome="voided"))
    ((_, shape),) = procedure.able(OpensFiles)
    file = filed(procedure, *undone)
    assert not shape.lacks(file.history, file.history.all("retest decided")[-1])
    again = filed(procedure, *undone, act("retest decided"))
    assert shape.lacks(again.history, again.history.all("retest decided")[-1])
    acts = (*undone, act("retest decided"), child("linked", 2), child("link ended", 2, outcome="closed"))
    assert at_the_end(procedure, *acts) == []
