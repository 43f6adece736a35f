"""History is judged, not refused; only before the first day with Kesu, only by the importer, and only once (semantics 3.7)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.office.caseload.office import Office, at

from kesu.caseload.acting.answers import Refused
from kesu.caseload.acting.imported_history import Imported, import_history
from kesu.caseload.models import CaseRow, DutyRow
from kesu.ledger.read import entries_of
from kesu.procedure.history.act import Act
from kesu.review.cases import LoggedCase

SOURCE = "ab" * 32
NOW = at("2026-02-02 09:00")


def act(number: int, step: str, when: str, by: str | None = None, **facts: Any) -> Act:
    moment: datetime = at(when)
    return Act(number=number, step=step, at=moment, noted=moment, by=by, facts=facts, origin=f"line {number}")


OLD = LoggedCase(
    "2019-17",
    (
        act(1, "received", "2019-05-06 09:00", "王会", matter="complaint"),
        act(2, "accepted", "2019-05-06 10:00", None, ours="yes"),
        act(3, "investigated", "2019-05-20 10:00", "p-shen"),
    ),
)


def bring_in(office: Office, *cases: LoggedCase, by: str = "ru", dry_run: bool = False) -> Imported | Refused:
    return import_history(
        cases,
        procedure="office-trial",
        digest=SOURCE,
        organisation="hengce",
        person=office.persons[by],
        now=NOW,
        dry_run=dry_run,
    )


def test_imported_acts_keep_when_who_and_where_they_come_from(office: Office) -> None:
    assert bring_in(office, OLD) == Imported(cases=1, acts=3)
    row = CaseRow.objects.get(organisation="hengce")
    entries = entries_of("hengce", row.file)
    assert (row.label, row.imported, row.received) == ("TS-H-2026-0001", True, at("2019-05-06 09:00"))
    assert [(entry.kind, entry.at, entry.noted, entry.by) for entry in entries] == [
        ("received", at("2019-05-06 09:00"), NOW, "p-ru"),
        ("accepted", at("2019-05-06 10:00"), NOW, "p-ru"),
        ("investigated", at("2019-05-20 10:00"), NOW, "p-ru"),
    ]
    assert [entry.facts["origin"] for entry in entries] == [
        f"{SOURCE[:16]} line {number}" for number in (1, 2, 3)
    ]
    assert entries[0].facts["label before"] == "2019-17"


def test_a_name_of_the_log_stands_beside_the_bytes_and_an_opaque_id_in_them(office: Office) -> None:
    bring_in(office, OLD)
    first, second, third = entries_of("hengce", CaseRow.objects.get(organisation="hengce").file)
    assert first.personal == {"name of the actor": "王会"}
    assert first.actor is not None
    assert first.actor.startswith("x-")
    assert (second.actor, third.actor) == ("system", "p-shen")


def test_what_came_late_then_is_late_now_and_nothing_was_refused(office: Office) -> None:
    bring_in(office, OLD)
    assert DutyRow.objects.get(organisation="hengce", rule="check in time").state == "met late"


def test_the_same_source_is_brought_in_once(office: Office) -> None:
    bring_in(office, OLD)
    assert bring_in(office, OLD) == Imported(cases=0, acts=0, again=1)
    assert CaseRow.objects.filter(organisation="hengce").count() == 1


def test_a_dry_run_counts_and_writes_nothing(office: Office) -> None:
    assert bring_in(office, OLD, dry_run=True) == Imported(cases=1, acts=3)
    assert CaseRow.objects.filter(organisation="hengce").count() == 0


def test_only_the_importer_brings_in_history(office: Office) -> None:
    answer = bring_in(office, OLD, by="admin")
    assert isinstance(answer, Refused)
    assert answer.sentences("zh") == ["历史由历史导入员导入"]


def test_a_case_that_cannot_be_taken_is_refused_whole_and_named(office: Office) -> None:
    late = LoggedCase("late", (act(1, "received", "2026-01-05 09:00"),))
    headless = LoggedCase("headless", (act(1, "accepted", "2019-05-06 09:00"),))
    unknown = LoggedCase(
        "unknown", (act(1, "received", "2019-05-06 09:00"), act(2, "danced", "2019-05-06 10:00"))
    )
    done = bring_in(office, late, headless, unknown, OLD)
    assert isinstance(done, Imported)
    assert (done.cases, [(case, said.zh) for case, said in done.refused]) == (
        1,
        [
            ("late", "2026-01-05 的“received”晚于启用本系统的日子；启用后的事要照常办理"),
            ("headless", "第一步不是“收到投诉”"),
            ("unknown", "程序没有“danced”这一步"),
        ],
    )


def test_an_imported_file_goes_on_by_commands(office: Office) -> None:
    bring_in(office, OLD)
    file = CaseRow.objects.get(organisation="hengce").file
    assert office.do("closed", "gu", "2026-02-03 10:00", file=file).number == 4
