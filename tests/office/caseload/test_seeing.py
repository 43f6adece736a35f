"""Who sees which file: in lists, counts, queue, timeline and acts alike (semantics 5.4)."""

from __future__ import annotations

import pytest
from tests.office.caseload.office import Office, at
from tests.office.looking import looked_at

from kesu.caseload.acting.answers import Done, NotYours
from kesu.caseload.asking.listing import cases, count
from kesu.caseload.asking.narrowing import Wanted
from kesu.caseload.asking.opened import opened
from kesu.caseload.asking.queries import queue
from kesu.caseload.sight.reader import reader_of
from kesu.caseload.sight.seeing import sees

NOW = at("2026-03-04 09:00")


def seen_by(office: Office, name: str) -> list[str]:
    """The numbers that a person sees, checked against what every other way of asking says."""
    reader = reader_of(office.organisation, office.persons[name], NOW)
    rows = cases(reader).rows
    files = {row.file for row in rows}
    assert count(reader) == len(rows)
    assert {task.file for task in queue(reader)} <= files
    from kesu.caseload.models import CaseRow

    for row in CaseRow.objects.all():
        there = row.file in files
        assert (opened(row.file, reader) is not None) is there
        if row.organisation == office.organisation:
            with looked_at(office.organisation, row.file) as fold:
                assert sees(fold, reader) is there
    return [row.label for row in rows]


def test_a_file_is_seen_by_the_posts_of_its_procedure_and_by_who_acts_in_it(office: Office) -> None:
    office.receive("2026-03-02 09:00")
    office.do("received", "ren", "2026-03-02 10:00", post="registrar", facts={"matter": "complaint"})
    assert {
        name: seen_by(office, name) for name in ("zhou", "gu", "shen", "ren", "admin", "wen", "ping")
    } == {
        "zhou": ["TS-2026-0002", "TS-2026-0001"],
        "gu": ["TS-2026-0002", "TS-2026-0001"],
        "shen": ["TS-2026-0002", "TS-2026-0001"],
        "ren": ["TS-2026-0002"],
        "admin": [],
        "wen": [],
        "ping": ["TS-2026-0002", "TS-2026-0001"],
    }


def test_a_file_does_not_exist_for_a_person_named_in_it(office: Office) -> None:
    file = office.accepted("2026-03-02 10:00").file
    office.receive("2026-03-02 11:00")
    office.named("gu", "2026-03-03 09:00", file=file, facts={"persons": [office.persons["shen"]]})
    assert seen_by(office, "shen") == ["TS-2026-0002"]
    assert seen_by(office, "lin") == ["TS-2026-0002", "TS-2026-0001"]
    with pytest.raises(NotYours):
        office.attempt("note", "shen", "2026-03-03 10:00", file=file, facts={"text": "?"})
    assert [task.label for task in queue(reader_of("hengce", office.persons["lin"], NOW))] == ["TS-2026-0001"]
    assert queue(reader_of("hengce", office.persons["shen"], NOW)) == []


def test_a_file_does_not_exist_for_persons_of_a_unit_named_in_it(office: Office) -> None:
    file = office.accepted("2026-03-02 10:00").file
    office.named("gu", "2026-03-03 09:00", file=file, facts={"units": ["chemistry"]})
    assert (seen_by(office, "shen"), seen_by(office, "lin")) == ([], ["TS-2026-0001"])


def test_a_stand_in_sees_what_the_post_sees_while_he_stands_in(office: Office) -> None:
    office.receive("2026-03-02 09:00")
    assert seen_by(office, "ren") == []
    facts = {
        "person": office.persons["ren"],
        "behalf": office.persons["gu"],
        "from": at("2026-03-03 08:00"),
        "until": at("2026-03-05 08:00"),
    }
    office.note("post/quality manager", "stand-in named", facts, now=at("2026-03-02 12:00"))
    assert seen_by(office, "ren") == ["TS-2026-0001"]


def test_who_did_the_work_on_the_item_stays_out_of_the_case_from_the_start(office: Office) -> None:
    office.note("item/R-1", "item registered", {"kind": "report"}, now=at("2026-02-01 09:00"), by="ren")
    work = {"person": office.persons["shen"], "what": "签发"}
    office.note("item/R-1", "work done", work, now=at("2026-02-01 09:00"), by="ren")
    done = office.receive("2026-03-02 09:00", item="R-1")
    assert done.number == 1
    assert (seen_by(office, "shen"), seen_by(office, "lin")) == ([], ["TS-2026-0001"])


def test_a_correction_of_the_item_links_anew_so_that_who_worked_on_the_right_one_stays_out(
    office: Office,
) -> None:
    for item, name in (("R-1", "shen"), ("R-2", "lin")):
        office.note(
            f"item/{item}", "item registered", {"kind": "report"}, now=at("2026-02-01 09:00"), by="ren"
        )
        work = {"person": office.persons[name], "what": "签发"}
        office.note(f"item/{item}", "work done", work, now=at("2026-02-01 09:00"), by="ren")
    file = office.receive("2026-03-02 09:00", item="R-1").file
    assert (seen_by(office, "shen"), seen_by(office, "lin")) == ([], ["TS-2026-0001"])
    right = {"entry": "1", "word": "item", "value": "R-2", "reason": "misread"}
    office.do("corrected", "zhou", "2026-03-02 10:00", file=file, facts=right)
    assert (seen_by(office, "shen"), seen_by(office, "lin")) == (["TS-2026-0001"], [])
    office.do("corrected", "zhou", "2026-03-02 11:00", file=file, facts=right | {"value": "R-1"})
    assert (seen_by(office, "shen"), seen_by(office, "lin")) == ([], ["TS-2026-0001"])


def test_work_learned_late_takes_the_case_away_and_suspends_what_was_done(office: Office) -> None:
    office.note("item/R-1", "item registered", {"kind": "report"}, now=at("2026-02-01 09:00"), by="ren")
    file = office.receive("2026-03-02 09:00", item="R-1").file
    work = {"person": office.persons["lin"], "what": "检测"}
    office.note("item/R-1", "work done", work, now=at("2026-03-02 09:30"), by="ren")
    office.do("accepted", "gu", "2026-03-02 10:00", file=file, facts={"ours": "yes"})
    office.do("investigated", "shen", "2026-03-02 15:00", file=file)
    assert seen_by(office, "shen") == ["TS-2026-0001"]
    late = {"person": office.persons["shen"], "what": "签发"}
    office.note("item/R-1", "work done", late, now=at("2026-03-03 09:00"), by="ren")
    assert seen_by(office, "shen") == []
    view = opened(file, reader_of("hengce", office.persons["gu"], NOW))
    assert view is not None
    assert [(line.kind, line.suspended) for line in view.lines] == [
        ("received", False),
        ("item noted", False),
        ("item noted", False),
        ("accepted", False),
        ("investigated", True),
        ("item noted", False),
    ]
    answer = office.attempt("closed", "gu", "2026-03-03 11:00", file=file)
    assert [finding.rule for finding in answer.findings] == ["checked before the end"]


def test_the_last_resort_acts_only_when_nobody_else_is_left(office: Office) -> None:
    file = office.accepted("2026-03-02 10:00").file
    ways = {"post": "external reviewer", "behalf": "technical manager", "file": file}
    office.named("gu", "2026-03-02 11:00", file=file, facts={"persons": [office.persons["shen"]]})
    assert seen_by(office, "wen") == []
    with pytest.raises(NotYours):
        office.attempt("investigated", "wen", "2026-03-02 12:00", **dict(ways))
    office.named("gu", "2026-03-02 13:00", file=file, facts={"persons": [office.persons["lin"]]})
    assert seen_by(office, "wen") == ["TS-2026-0001"]
    view = opened(file, reader_of("hengce", office.persons["wen"], NOW))
    assert view is not None
    assert [(actor.post, actor.behalf) for actor in view.actors] == [
        ("external reviewer", None),
        ("external reviewer", "technical manager"),
    ]
    assert type(office.attempt("investigated", "wen", "2026-03-03 12:00", **dict(ways))) is Done


def test_a_list_is_narrowed_and_paged(office: Office) -> None:
    for minute in range(5):
        office.receive(
            f"2026-03-02 09:0{minute}", topic=["contract"] if minute % 2 else ["result quality", "contract"]
        )
    reader = reader_of("hengce", office.persons["gu"], NOW)
    first = cases(reader, limit=2)
    second = cases(reader, limit=2, after=first.next)
    third = cases(reader, limit=2, after=second.next)
    assert [[row.label[-1] for row in page.rows] for page in (first, second, third)] == [
        ["5", "4"],
        ["3", "2"],
        ["1"],
    ]
    assert third.next is None
    assert count(reader, wanted=Wanted(topic="result quality")) == 3
    assert count(reader, wanted=Wanted(text="0003")) == count(reader, wanted=Wanted(text="０００３")) == 1
    assert count(reader, wanted=Wanted(open=False)) == 0
    assert count(reader, wanted=Wanted(state="received", open=True)) == 5
