"""History goes in by the importer, case by case, as it was; a dry run writes nothing; a bad row stops everything."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.office.caseload.office import Office, at

from kesu.caseload.models import CaseRow
from kesu.intake.history import Brought, CannotImport, bring_in
from kesu.ledger.models import Entry
from kesu.ledger.read import entries_of
from kesu.people.directory import directory_of
from kesu.reading.text import Text
from kesu.registry.medium import by_command
from kesu.review.rows import LogError

NOW = at("2026-03-10 09:00")
MAPPING = """
mapping: old-book
procedure: office-trial
times: {zone: Asia/Shanghai}
case: number
acts:
  - step: received
    at: received
    facts: {complainant: from, account: text}
  - step: accepted
    at: accepted
    by: who
    as: {value: quality manager}
    if empty: skip
    facts: {ours: {value: "yes"}}
"""
SHEET = """number,from,text,received,accepted,who
86,甲,灯坏了,2025-03-03T09:00,2025-03-04T09:00,老王
87,乙,太吵,2025-03-05T09:00,,
88,丙,太晚,2026-02-03T09:00,,
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "map.yaml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "book.csv").write_text(SHEET, encoding="utf-8")
    return tmp_path


def bring(files: Path, **more: Any) -> Brought:
    given = {"organisation": "hengce", "procedure": "office-trial", "now": NOW} | more
    return bring_in(files / "book.csv", mapping=files / "map.yaml", **given)


def written() -> tuple[int, int]:
    return Entry.objects.count(), CaseRow.objects.count()


def test_cases_go_in_and_the_one_from_after_the_first_day_is_named(office: Office, files: Path) -> None:
    before = written()
    brought = bring(files)
    assert (brought.organisation, brought.imported.cases, brought.imported.acts) == ("hengce", 2, 3)
    assert [case for case, _ in brought.imported.refused] == ["88"]
    rows = CaseRow.objects.filter(organisation="hengce", procedure="office-trial").order_by("received")
    assert [(row.state, row.received) for row in rows][:2] == [
        ("accepted", at("2025-03-03 09:00")),
        ("received", at("2025-03-05 09:00")),
    ]
    assert written()[1] == before[1] + 2


def test_every_entry_says_by_what_way_and_from_which_account_it_was_brought_in(
    office: Office, files: Path
) -> None:
    with by_command("qin"):
        bring(files)
    imported = CaseRow.objects.filter(organisation="hengce", imported=True)
    entries = [one for row in imported for one in entries_of("hengce", row.file)]
    by_people = [(one.kind, one.medium) for one in entries if one.by != "clock"]
    assert sorted(by_people) == [
        ("accepted", "command line, qin"),
        ("received", "command line, qin"),
        ("received", "command line, qin"),
    ]
    assert {one.medium for one in entries if one.by == "clock"} <= {"system"}


def test_a_dry_run_says_the_same_and_writes_nothing(office: Office, files: Path) -> None:
    before = written()
    dry = bring(files, dry_run=True)
    assert written() == before
    assert dry == bring(files)


def test_the_same_file_is_brought_in_once(office: Office, files: Path) -> None:
    bring(files)
    before = written()
    again = bring(files).imported
    assert (again.cases, again.acts, again.again) == (0, 0, 2)
    assert written() == before


def test_a_number_near_one_of_the_register_is_said_once_in_the_trial_too_and_goes_in_as_written(
    office: Office, files: Path
) -> None:
    report = {"kind": "report", "received": "2025-02-20"}
    office.note("item/HC-0102", "item registered", report, now=at("2026-02-02 09:00"))
    mapped = MAPPING.replace("account: text}", "account: text, item: report}")
    (files / "map.yaml").write_text(mapped, encoding="utf-8")
    numbers = (",report", ",HC-0112", ",hc 0112", ",hc-0102")
    rows = [line + number for line, number in zip(SHEET.splitlines(), numbers, strict=True)]
    rows += ["89,丁,太慢,2025-03-06T09:00,,,ZX/77/30661"]
    (files / "book.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    asked = [("86", Text("没有 HC-0112；是不是 HC-0102", "there is no HC-0112; is it HC-0102"))]
    assert bring(files, dry_run=True).imported.near == asked
    brought = bring(files).imported
    assert (brought.near, brought.cases) == (asked, 3)
    assert bring(files).imported.near == asked
    bodies = [bytes(body) for body in Entry.objects.filter(number=1).values_list("body", flat=True)]
    assert [b'"item":"HC-0112"' in body for body in bodies if b'"label before":"86"' in body] == [True]


def test_one_bad_row_and_nothing_goes_in(office: Office, files: Path) -> None:
    before = written()
    (files / "book.csv").write_text(SHEET + "89,丁,没有时间,,,\n", encoding="utf-8")
    with pytest.raises(LogError) as refused:
        bring(files)
    assert refused.value.in_("zh") == "book.csv 第 5 行，“received”列：缺少时间"
    assert written() == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"organisation": None},
            Text(
                "有 2 个机构，请用 --organisation 指明：hengce、hengce-2",
                "there are 2 organisations; name one with --organisation: hengce, hengce-2",
            ),
        ),
        (
            {"organisation": "hengse"},
            Text(
                "没有机构“hengse”；是不是“hengce”？",
                "there is no organisation “hengse”; did you mean “hengce”?",
            ),
        ),
        (
            {"procedure": "office-trail"},
            Text(
                "程序“office-trail”在本机构没有生效的版本，请先使它生效；是不是“office-trial”？",
                "no edition of “office-trail” is in force in this organisation; put it in force first; did you mean “office-trial”?",
            ),
        ),
        (
            {"by": "nobody"},
            Text(
                "单位“hengce”里没有登录名或编号为“nobody”的人",
                "the organisation “hengce” has nobody with the sign-in name or id “nobody”",
            ),
        ),
        (
            {"by": "p-gu"},
            Text("历史由历史导入员导入", "history is brought in by the importer"),
        ),
        (
            {"now": at("2026-01-05 08:00")},
            Text(
                "没有人担任“历史导入员”，请先登记任职",
                "nobody holds the post “importer”; give it to somebody first",
            ),
        ),
    ],
)
def test_what_has_to_come_first_is_said(
    office: Office, files: Path, change: dict[str, Any], said: Text
) -> None:
    before = written()
    with pytest.raises(CannotImport) as refused:
        bring(files, **change)
    assert refused.value.reasons == (said,)
    assert written() == before


REPLIES = """
mapping: replies
procedure: public-replies
times: {zone: Asia/Shanghai}
case: number
acts:
  - step: received
    at: received
    facts: {complainant: from, account: text}
ends: by a step
"""


def test_a_procedure_that_nobody_has_in_force_is_put_in_force_by_its_owner(
    office: Office, files: Path
) -> None:
    (files / "map.yaml").write_text(REPLIES, encoding="utf-8")
    before = written()
    with pytest.raises(CannotImport) as refused:
        bring(files, procedure="public-replies")
    assert refused.value.reasons == (
        Text(
            "程序“public-replies”还没有生效，也没有人担任“程序负责人”；请先登记任职",
            "“public-replies” is not in force and nobody holds the post “procedure owner”; give it to somebody first",
        ),
    )
    assert written() == before
    office.join("yuan", "procedure owner", now=at("2026-02-01 09:00"))
    (files / "no.xlsx").write_text("a text file", encoding="utf-8")
    with pytest.raises(LogError):  # what cannot be read puts nothing in force
        bring_in(
            files / "no.xlsx",
            mapping=files / "map.yaml",
            procedure="public-replies",
            organisation="hengce",
            now=NOW,
        )
    assert "public-replies" not in directory_of("hengce").editions
    tried = bring(files, procedure="public-replies", dry_run=True)
    done = bring(files, procedure="public-replies")
    assert (tried.imported.cases, done.imported.cases, done.imported.acts) == (2, 2, 2)
    assert bring(files, procedure="public-replies").imported.again == 2
