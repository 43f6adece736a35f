"""Every step of an open case that can be taken now lies with whoever may take it (design 7: what is mine, by when, why)."""

from __future__ import annotations

from datetime import date

import pytest
from tests.office.caseload.office import LIBRARY, Office, at, key

from kesu.caseload.acting.answers import Done
from kesu.caseload.asking.queries import queue, waiting
from kesu.caseload.models import DutyRow
from kesu.caseload.sight.reader import reader_of
from kesu.registry.editions import put_in_force

NOW = at("2026-03-05 09:00")
FOUNDED = at("2026-01-05 09:00")


@pytest.fixture
def paths(office: Office) -> Office:
    """The office with the procedure in which several steps can be taken at once."""
    answer = put_in_force(
        "office-paths", library=LIBRARY, organisation=office.organisation, person=office.persons["admin"],
        now=FOUNDED, since=FOUNDED, key=key(),
    )  # fmt: skip
    assert isinstance(answer, Done), answer.sentences("en")
    return office


def received(office: Office) -> str:
    return office.do("received", "zhou", "2026-03-02 09:00", procedure="office-paths").file


def accepted(office: Office, ours: str = "yes") -> str:
    file = received(office)
    office.do("accepted", "gu", "2026-03-02 10:00", file=file, facts={"ours": ours})
    return file


def reported(office: Office) -> str:
    """Checked by Lin, reported by Shen: both technical managers."""
    file = accepted(office)
    office.do("investigated", "lin", "2026-03-03 09:00", file=file)
    office.do("handling report made", "shen", "2026-03-03 10:00", file=file)
    return file


def steps(office: Office, name: str) -> list[str]:
    """What a person has to do: the step of each row."""
    tasks = queue(reader_of(office.organisation, office.persons[name], NOW))
    return [task.steps[0] for task in tasks]


def stand_in(office: Office, name: str, *, of: str, post: str) -> None:
    facts = {
        "person": office.persons[name],
        "behalf": office.persons[of],
        "from": at("2026-03-03 08:00"),
        "until": at("2026-03-09 08:00"),
    }
    office.note(f"post/{post}", "stand-in named", facts, now=at("2026-03-02 12:00"))


def test_every_step_that_can_be_taken_has_a_row_for_each_post_that_may(paths: Office) -> None:
    file = accepted(paths)
    rows = DutyRow.objects.filter(organisation="hengce", file=file).order_by("state", "rule", "post")
    assert [(row.state, row.post, row.steps, row.rule, row.due_date, row.left_out) for row in rows] == [
        ("next", "quality manager", ["data checked"], "checked and consented before the end", None, []),
        ("next", "technical manager", ["investigated"], "report after the check", date(2026, 3, 9), []),
        ("open", "quality manager", ["consented"], "consent in time", date(2026, 3, 9), []),
    ]


def test_a_joint_act_in_order_lies_with_the_next_post_and_not_with_who_has_given_it(paths: Office) -> None:
    file = accepted(paths)
    assert (steps(paths, "gu"), steps(paths, "shen")) == (["data checked"], ["investigated"])
    stand_in(paths, "gu", of="shen", post="technical manager")
    paths.do("data checked", "gu", "2026-03-03 09:00", file=file)
    assert steps(paths, "gu") == ["investigated"]  # the second part is another person's
    assert steps(paths, "shen") == steps(paths, "lin") == ["investigated", "data checked"]


def test_what_cannot_be_done_yet_is_no_work_of_its_owner_and_says_what_has_to_come_first(
    paths: Office,
) -> None:
    accepted(paths)
    row = DutyRow.objects.get(organisation="hengce", rule="consent in time")
    assert (row.steps, row.able, row.first) == (["consented"], [], ["handling report made"])
    assert "consented" not in steps(paths, "gu")
    waits = [task for task in waiting(reader_of("hengce", paths.persons["gu"], NOW)) if task.first.en]
    assert [(task.steps, task.first.en) for task in waits] == [(("consented",), "Handling report made")]
    assert not [task for task in waiting(reader_of("hengce", paths.persons["zhou"], NOW)) if task.first.en]


def test_who_made_the_report_is_not_asked_to_consent_to_it_in_any_post(paths: Office) -> None:
    reported(paths)
    assert (steps(paths, "shen"), steps(paths, "lin")) == ([], ["consented"])
    stand_in(paths, "shen", of="gu", post="quality manager")
    assert steps(paths, "shen") == ["data checked"]
    assert steps(paths, "gu") == ["consented", "data checked"]


def test_a_stand_in_has_the_rows_of_the_post_while_he_stands_in(paths: Office) -> None:
    accepted(paths)
    assert steps(paths, "ren") == []
    stand_in(paths, "ren", of="gu", post="quality manager")
    assert steps(paths, "ren") == ["data checked"]


def test_the_last_resort_has_the_rows_of_a_post_in_which_nobody_is_left(paths: Office) -> None:
    file = accepted(paths)
    paths.named("gu", "2026-03-02 11:00", file=file, facts={"persons": [paths.persons["shen"]]})
    assert (steps(paths, "shen"), steps(paths, "lin"), steps(paths, "wen")) == ([], ["investigated"], [])
    paths.named("gu", "2026-03-02 12:00", file=file, facts={"persons": [paths.persons["lin"]]})
    assert (steps(paths, "lin"), steps(paths, "wen")) == ([], ["investigated"])
    owed = waiting(reader_of("hengce", paths.persons["gu"], NOW))
    assert [(task.steps[0], task.post, task.able) for task in owed if not task.first.en] == [
        ("investigated", "external reviewer", (paths.persons["wen"],))
    ]


def test_what_others_owe_names_who_can_do_it_and_leaves_out_who_cannot(paths: Office) -> None:
    reported(paths)
    owed = waiting(reader_of("hengce", paths.persons["shen"], NOW))
    assert [(task.steps[0], task.post, task.able) for task in owed] == [
        ("consented", "quality manager", (paths.persons["gu"],)),
        ("consented", "technical manager", (paths.persons["lin"],)),
        ("data checked", "quality manager", (paths.persons["gu"],)),
    ]


def test_a_step_that_anybody_may_take_lies_with_whoever_has_the_file(paths: Office) -> None:
    file = reported(paths)
    paths.do("data checked", "gu", "2026-03-03 11:00", file=file)
    paths.do("data checked", "lin", "2026-03-03 12:00", file=file)
    paths.do("consented", "gu", "2026-03-03 13:00", file=file)
    rows = DutyRow.objects.filter(organisation="hengce", file=file, state="next")
    assert [(row.steps, row.post, row.person) for row in rows] == [
        (["end notice given"], "quality manager", "")
    ]


def test_another_end_is_offered_once_its_turn_has_come(paths: Office) -> None:
    file = accepted(paths, ours="yes")
    assert steps(paths, "zhou") == []
    paths.do(
        "corrected", "gu", "2026-03-02 11:00", file=file, reason="not ours after all",
        facts={"entry": "2", "word": "ours", "value": "no"},
    )  # fmt: skip
    assert steps(paths, "zhou") == ["not accepted"]


def test_a_file_that_has_ended_waits_for_nothing(paths: Office) -> None:
    file = accepted(paths, ours="no")
    paths.do("not accepted", "zhou", "2026-03-03 09:00", file=file, facts={"reason": "not ours"})
    assert not DutyRow.objects.filter(organisation="hengce", file=file, state="next").exists()


def test_work_that_has_to_be_confirmed_lies_with_the_post_that_did_it(paths: Office) -> None:
    file = accepted(paths)
    paths.do("investigated", "shen", "2026-03-02 11:00", file=file)
    paths.named("gu", "2026-03-03 09:00", file=file, facts={"persons": [paths.persons["shen"]]})
    assert "work confirmed" in steps(paths, "lin")
    assert "work confirmed" not in steps(paths, "gu")
