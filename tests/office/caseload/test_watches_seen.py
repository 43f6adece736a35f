"""What a person is told of a watch: everything, the number without the names, or that an alarm was raised and no more."""

from __future__ import annotations

from datetime import date

import pytest
from tests.office.caseload.goods import complain, hide, watches, with_goods
from tests.office.caseload.office import Office, at

from kesu.caseload.asking.opened import opened
from kesu.caseload.asking.watches import Batch, Batches, batches
from kesu.caseload.models import CaseRow, CountedRow, WatchRow
from kesu.caseload.rebuilding.agreement import disagreements
from kesu.caseload.rebuilding.rebuild import rebuild
from kesu.caseload.rows.projection import keyed, refresh
from kesu.caseload.sight.reader import reader_of
from kesu.ledger.oneway import writing

NOW = "2026-03-09 10:00"


@pytest.fixture
def goods(office: Office) -> Office:
    with_goods(office)
    for place in range(5):
        complain(office, f"2026-03-0{2 + place // 2} 09:{place}0")
    return office


def listed(office: Office, name: str, **more: str) -> Batches:
    return batches(reader_of("hengce", office.persons[name], at(NOW)), days=7, **more)


def only(office: Office, name: str) -> Batch:
    (found,) = listed(office, name).listed
    return found


def told(office: Office, name: str) -> list[tuple[str, dict[str, object]]]:
    (watch,) = watches(office)
    seen = opened(watch, reader_of("hengce", office.persons[name], at(NOW)))
    assert seen is not None
    words = ("counted case", "counted", "files")
    facts = [(line.kind, {fact.word: fact.value for fact in line.facts}) for line in seen.timeline()]
    return [(kind, {word: said[word] for word in words if word in said}) for kind, said in facts]


LABELS = [f"OFFICE-BATCH-2026-000{number}" for number in range(1, 6)]


def test_whoever_handles_complaints_sees_the_cases_their_days_and_the_numbers(goods: Office) -> None:
    found = only(goods, "zhou")
    assert [case.label for case, _ in found.cases] == LABELS
    assert found.days == ((date(2026, 3, 2), 2), (date(2026, 3, 3), 2), (date(2026, 3, 4), 1))
    assert (found.now, found.most, found.unseen) == (3, 5, 0)
    assert found.watch.values == {"product": "纯牛奶 250ml", "batch": "20260211A"}
    assert found.watch.by == ["product", "batch"]
    assert told(goods, "zhou") == [
        *[("counted", {"counted case": label}) for label in LABELS],
        ("alarm raised", {"counted": "5", "files": LABELS}),
    ]


def test_the_running_window_ends_today(goods: Office) -> None:
    (found,) = batches(reader_of("hengce", goods.persons["zhou"], at("2026-03-11 00:00")), days=7).listed
    assert (found.now, found.most) == (0, 5)


def test_who_must_stay_out_of_one_is_told_that_there_is_an_alarm_and_no_number(goods: Office) -> None:
    first = CaseRow.objects.get(label=LABELS[0]).file
    hide(goods, first, "zhou", "2026-03-05 09:00")
    found = only(goods, "zhou")
    assert [case.label for case, _ in found.cases] == LABELS[1:]
    assert (found.days, found.now, found.most, found.unseen) == (None, None, None, None)
    assert told(goods, "zhou") == [
        *[("counted", {"counted case": label}) for label in LABELS[1:]],
        ("alarm raised", {}),
    ]
    assert only(goods, "gu").most == 5  # it is counted for everybody else


def test_who_holds_no_post_in_the_cases_is_told_how_many_are_not_shown(goods: Office) -> None:
    (watch,) = watches(goods)
    facts = {"to person": goods.persons["lin"]}
    goods.do("handed over", "zhou", "2026-03-05 09:00", file=watch, facts=facts)
    found = only(goods, "lin")
    assert (found.cases, found.most, found.unseen) == ((), 5, 5)
    assert told(goods, "lin")[0] == ("counted", {"counted case": "—"})
    assert told(goods, "lin")[5] == ("alarm raised", {"counted": "5", "files": ["—"]})


def test_who_sees_no_file_of_the_watch_sees_none(goods: Office) -> None:
    assert listed(goods, "lin") == Batches((), None)


def test_a_case_shows_the_way_to_its_watch(goods: Office) -> None:
    file = CaseRow.objects.get(label=LABELS[0]).file
    seen = opened(file, reader_of("hengce", goods.persons["zhou"], at(NOW)))
    assert seen is not None
    assert [row.file for row in seen.links] == watches(goods)


def test_a_case_that_lacks_its_batch_is_listed_apart(goods: Office) -> None:
    file = complain(goods, "2026-03-05 09:00", batch=None)
    found = listed(goods, "zhou")
    assert [(case.file, row.lacking) for case, row in found.uncounted] == [(file, ["batch"])]
    assert found.listed[0].most == 5


def test_the_list_goes_on_where_a_page_ended(goods: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kesu.caseload.asking.watches.AT_ONCE", 2)
    for place in range(4):
        complain(goods, f"2026-03-05 09:{place}0", batch=f"B{place}")
    seen, after = [], ""
    while True:
        page = listed(goods, "zhou", **({"after": after} if after else {}))
        seen += [one.watch.values["batch"] for one in page.listed]
        if page.next is None:
            break
        after = page.next
    assert seen == ["B3", "B2", "B1", "B0", "20260211A"]


def test_check_names_a_case_that_its_watch_does_not_count(goods: Office) -> None:
    file = CaseRow.objects.get(label=LABELS[0]).file
    (watch,) = watches(goods)
    row = CountedRow.objects.get(organisation="hengce", file=file)
    right = {"watch": row.watch, "into": row.into, "at": row.at, "values": row.values, "lacking": row.lacking}
    wrong = {**right, "into": "case/elsewhere"}
    put(file, right, wrong)
    assert list(disagreements("hengce")) == [
        (watch, file, False, True),
        ("case/elsewhere", file, True, False),
    ]
    found = [(one.table, one.file, one.key, one.field, one.row, one.ledger) for one in rebuild(check=True)]
    assert found == [
        ("caseload_countedrow", file, ("office-watch",), "into", "case/elsewhere", watch),
        ("caseload_countedrow", watch, (file,), "counted", False, True),
        ("caseload_countedrow", "case/elsewhere", (file,), "counted", True, False),
    ]
    rebuild(check=False)
    assert rebuild(check=True) == []


def put(file: str, before: dict[str, object], after: dict[str, object]) -> None:
    """A row that somebody with the database in his hands has changed."""
    with writing():
        refresh(
            organisation="hengce",
            file=file,
            before=keyed([(CountedRow, before)]),
            after=keyed([(CountedRow, after)]),
        )


def test_rows_of_a_watch_follow_from_its_own_file(goods: Office) -> None:
    (watch,) = watches(goods)
    row = WatchRow.objects.get(organisation="hengce", file=watch)
    assert (row.watch, row.procedure, len(row.cases)) == ("office-watch", "office-batch", 5)
    assert row.alarms == [{"rule": "five of one batch", "number": 6, "limit": 5}]
