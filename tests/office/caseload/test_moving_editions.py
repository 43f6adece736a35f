"""An open file is moved to another edition by the procedure's owner: later judging is by that one, settled duties stay."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.office.caseload.editions import another_edition
from tests.office.caseload.office import Office, at

from kesu.caseload.acting.answers import Done, NotYours, Refused
from kesu.caseload.acting.clock import clock
from kesu.caseload.asking.opened import opened
from kesu.caseload.folded.fold import folds
from kesu.caseload.models import CaseRow, DutyRow
from kesu.caseload.sight.reader import reader_of
from kesu.ledger.read import entries_of
from kesu.names import FileName
from kesu.people.models import Edition

SPAN = "within: <check time>"
GRADED = "{rule: grading before the check, clause: [T-12], at: investigated, after: graded}"
TOLD = "{rule: telling in time, clause: [T-13], within: 2 working days, from: accepted, to: result notified, owner: customer service specialist}"


def owner(office: Office) -> None:
    office.join("yuan", "procedure owner", now=at("2026-02-01 09:00"))


def move(office: Office, file: str, now: str, *, edition: str = "2", **more: Any) -> Any:
    given = {"post": "procedure owner", "reason": "新版已修订核查要求", **more}
    return office.attempt(
        "edition moved", given.pop("name", "yuan"), now, file=file, facts={"edition": edition}, **given
    )


def edition_of(file: str) -> str:
    row = CaseRow.objects.get(organisation="hengce", file=file)
    return Edition.objects.get(organisation="hengce", digest=row.edition).edition


def duties(file: str) -> list[tuple[str, str, str]]:
    rows = DutyRow.objects.filter(organisation="hengce", file=file).exclude(state="next").order_by("rule")
    return [(row.rule, row.state, row.due_date.isoformat()) for row in rows]


def test_a_running_duty_is_counted_by_the_other_edition(office: Office, tmp_path: Path) -> None:
    owner(office)
    file = office.accepted("2026-03-02 10:00").file
    now = at("2026-03-03 09:00")
    another_edition(
        office, tmp_path, edition="2", now=now, instead={SPAN: "within: 5 working days"}, rules=(TOLD,)
    )
    assert (edition_of(file), duties(file)) == ("1", [("check in time", "open", "2026-03-05")])
    assert isinstance(move(office, file, "2026-03-03 10:00"), Done)
    assert edition_of(file) == "2"
    assert duties(file) == [
        ("check in time", "open", "2026-03-09"),
        ("telling in time", "open", "2026-03-04"),
    ]
    office.do("investigated", "shen", "2026-03-06 10:00", file=file)
    assert duties(file)[0] == ("check in time", "met", "2026-03-09")


def test_the_move_is_an_entry_and_later_ones_carry_the_other_edition(office: Office, tmp_path: Path) -> None:
    owner(office)
    file = office.accepted("2026-03-02 10:00").file
    another_edition(office, tmp_path, edition="2", now=at("2026-03-03 09:00"))
    done = move(office, file, "2026-03-03 10:00")
    office.do("investigated", "shen", "2026-03-03 11:00", file=file)
    first, second = (
        Edition.objects.get(organisation="hengce", procedure="office-trial", edition=name).digest
        for name in "12"
    )
    entries = entries_of("hengce", file)
    assert [entry.edition for entry in entries] == [first, first, first, second]
    entry = entries[done.number - 1]
    assert (entry.kind, entry.post, entry.by) == ("edition moved", "procedure owner", office.persons["yuan"])
    said = {**entry.facts, **entry.personal}
    assert {word: said[word] for word in ("edition", "edition digest", "reason")} == {
        "edition": "2",
        "edition digest": second,
        "reason": "新版已修订核查要求",
    }


def test_a_met_duty_stays_as_it_was_judged(office: Office, tmp_path: Path) -> None:
    owner(office)
    file = office.accepted("2026-03-02 10:00").file
    office.do("investigated", "shen", "2026-03-05 10:00", file=file)
    now = at("2026-03-06 09:00")
    another_edition(office, tmp_path, edition="2", now=now, instead={SPAN: "within: 1 working days"})
    move(office, file, "2026-03-06 10:00")
    assert duties(file) == [("check in time", "met", "2026-03-05")]


def test_what_is_late_by_the_other_edition_falls_late_when_the_file_is_moved(
    office: Office, tmp_path: Path
) -> None:
    owner(office)
    file = office.accepted("2026-03-02 10:00").file
    now = at("2026-03-05 09:00")
    another_edition(office, tmp_path, edition="2", now=now, instead={SPAN: "within: 1 working days"})
    move(office, file, "2026-03-05 10:00")
    assert clock(now=at("2026-03-05 10:01"), organisation="hengce") == 1
    last = entries_of("hengce", file)[-1]
    assert (last.kind, last.at) == ("fell late", at("2026-03-05 10:00"))
    assert duties(file) == [("check in time", "late", "2026-03-03")]


def test_what_fell_late_runs_again_when_the_other_edition_gives_more_time(
    office: Office, tmp_path: Path
) -> None:
    owner(office)
    file = office.accepted("2026-03-02 10:00").file
    clock(now=at("2026-03-06 09:00"), organisation="hengce")
    assert duties(file) == [("check in time", "late", "2026-03-05")]
    now = at("2026-03-06 09:00")
    another_edition(office, tmp_path, edition="2", now=now, instead={SPAN: "within: 5 working days"})
    move(office, file, "2026-03-06 10:00")
    assert duties(file) == [("check in time", "open", "2026-03-09")]


def test_what_only_the_other_edition_asks_was_not_late_before(office: Office, tmp_path: Path) -> None:
    """Done before the move, it counts as done; nobody was bound by a limit that did not hold yet."""
    owner(office)
    file = office.accepted("2026-03-02 10:00").file
    office.do("investigated", "shen", "2026-03-04 10:00", file=file)
    office.do("result notified", "zhou", "2026-03-09 10:00", file=file, facts={"result": "复核无误"})
    another_edition(office, tmp_path, edition="2", now=at("2026-03-09 11:00"), rules=(TOLD,))
    move(office, file, "2026-03-09 12:00")
    assert duties(file)[1] == ("telling in time", "met", "2026-03-04")


def test_later_acts_are_judged_by_the_other_edition(office: Office, tmp_path: Path) -> None:
    owner(office)
    moved, left = (office.accepted("2026-03-02 10:00").file for _ in range(2))
    another_edition(office, tmp_path, edition="2", now=at("2026-03-03 09:00"), rules=(GRADED,))
    move(office, moved, "2026-03-03 10:00")
    answer = office.attempt("investigated", "shen", "2026-03-03 11:00", file=moved)
    assert isinstance(answer, Refused)
    assert [finding.rule for finding in answer.findings] == ["grading before the check"]
    office.do("investigated", "shen", "2026-03-03 11:00", file=left)


def test_a_closed_file_is_never_moved(office: Office, tmp_path: Path) -> None:
    owner(office)
    file = office.accepted("2026-03-02 10:00").file
    office.do("investigated", "shen", "2026-03-02 11:00", file=file)
    office.do("closed", "gu", "2026-03-02 12:00", file=file)
    another_edition(office, tmp_path, edition="2", now=at("2026-03-03 09:00"))
    answer = move(office, file, "2026-03-03 10:00")
    assert answer.sentences("zh") == ["案卷已办结，不再改用另一版程序"]
    assert (edition_of(file), len(entries_of("hengce", file))) == ("1", 4)


def test_only_the_procedures_owner_moves_a_file_and_says_why(office: Office, tmp_path: Path) -> None:
    owner(office)
    file = office.accepted("2026-03-02 10:00").file
    another_edition(office, tmp_path, edition="2", now=at("2026-03-03 09:00"))
    by_manager = move(office, file, "2026-03-03 10:00", name="gu", post="quality manager")
    assert by_manager.sentences("en") == ["a file is moved to another edition by the procedure owner"]
    claimed = move(office, file, "2026-03-03 10:00", name="gu")
    assert claimed.sentences("en") == [
        "gu of hengce does not hold the post of procedure owner at this time; somebody who does has to act"
    ]
    without = move(office, file, "2026-03-03 10:00", reason=None)
    assert [finding.rule for finding in without.findings] == ["moving to another edition with its reason"]
    assert edition_of(file) == "1"


def test_a_file_moves_only_to_another_edition_that_is_in_force(office: Office, tmp_path: Path) -> None:
    owner(office)
    file = office.accepted("2026-03-02 10:00").file
    another_edition(office, tmp_path, edition="2", now=at("2026-03-03 09:00"))
    another_edition(office, tmp_path, edition="3", now=at("2026-03-03 09:00"))
    numbers = dict(
        Edition.objects.filter(organisation="hengce", procedure="office-trial").values_list(
            "edition", "number"
        )
    )
    wrong = {"entry": numbers["3"], "reason": "第三版写错了"}
    office.note("edition/office-trial", "edition withdrawn", wrong, now=at("2026-03-03 09:30"))
    for name in ("1", "3", "9"):
        answer = move(office, file, "2026-03-03 10:00", edition=name)
        assert answer.sentences("zh") == [f"不能改用第 {name} 版；可改用的版号：2"]
    assert isinstance(move(office, file, "2026-03-03 10:00"), Done)


def test_an_edition_counts_from_the_minute_it_was_put_in_force_and_cases_before_it_keep_the_earlier_one(
    office: Office, tmp_path: Path
) -> None:
    another_edition(office, tmp_path, edition="2", now=at("2026-03-02 12:00"), rules=(GRADED,))
    before, since = (
        office.do("received", "zhou", "2026-03-02 12:05", happened=when, facts={"account": "结果不对"}).file
        for when in ("2026-03-02 11:59", "2026-03-02 12:00")
    )
    assert (edition_of(before), edition_of(since)) == ("1", "2")
    rules = {
        file: {rule.name for rule in folds.take("hengce", FileName(file)).procedure.rules}
        for file in (before, since)
    }
    assert rules[since] - rules[before] == {"grading before the check"}


def test_an_edition_found_wrong_takes_no_new_file_and_keeps_those_it_has(
    office: Office, tmp_path: Path
) -> None:
    another_edition(office, tmp_path, edition="2", now=at("2026-03-01 09:00"))
    old = office.accepted("2026-03-02 10:00").file
    numbers = dict(
        Edition.objects.filter(organisation="hengce", procedure="office-trial").values_list(
            "edition", "number"
        )
    )
    wrong = {"entry": numbers["2"], "reason": "第二版写错了"}
    office.note("edition/office-trial", "edition withdrawn", wrong, now=at("2026-03-02 11:00"))
    new = office.accepted("2026-03-02 12:00").file
    assert (edition_of(old), edition_of(new)) == ("2", "1")


def test_a_move_that_is_struck_never_was(office: Office, tmp_path: Path) -> None:
    owner(office)
    file = office.accepted("2026-03-02 10:00").file
    now = at("2026-03-03 09:00")
    another_edition(office, tmp_path, edition="2", now=now, instead={SPAN: "within: 5 working days"})
    done = move(office, file, "2026-03-03 10:00")
    facts = {"entry": str(done.number)}
    office.do(
        "struck",
        "yuan",
        "2026-03-03 10:05",
        file=file,
        post="procedure owner",
        facts=facts,
        reason="看错了案卷",
    )
    assert (edition_of(file), duties(file)) == ("1", [("check in time", "open", "2026-03-05")])


def test_an_owner_need_not_see_the_file_but_must_not_be_kept_out_of_it(
    office: Office, tmp_path: Path
) -> None:
    owner(office)
    file = office.accepted("2026-03-02 10:00").file
    another_edition(office, tmp_path, edition="2", now=at("2026-03-03 09:00"))
    with pytest.raises(NotYours):
        office.attempt("note", "yuan", "2026-03-03 10:00", file=file, post=None, facts={"text": "?"})
    office.named("gu", "2026-03-03 09:30", file=file, facts={"persons": [office.persons["yuan"]]})
    with pytest.raises(NotYours):
        move(office, file, "2026-03-03 10:00")


def test_the_step_is_offered_to_an_owner_alone(office: Office) -> None:
    file = office.accepted("2026-03-02 10:00").file
    place = {"person": office.persons["gu"], "unit": "main", "from": at("2026-02-01 09:00")}
    office.note("post/procedure owner", "post taken", place, now=at("2026-02-01 09:00"))
    offered = {}
    for name in ("gu", "shen"):
        seen = opened(file, reader_of("hengce", office.persons[name], at("2026-03-02 12:00")))
        assert seen is not None
        offered[name] = [
            (one.actor.post, one.asks) for one in seen.options() if one.step.name == "edition moved"
        ]
    assert offered == {"gu": [("procedure owner", ("edition", "reason"))], "shen": []}
