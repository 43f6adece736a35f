"""Counting over many cases: which count, when an alarm is due, what it does to the cases, and what it leaves alone."""

from __future__ import annotations

import pytest
from tests.office.caseload.goods import MILK, alarms, complain, major, said, watches, with_goods
from tests.office.caseload.office import LIBRARY, Office, at, key

from kesu.caseload.acting.answers import Done, Refused
from kesu.caseload.models import CaseRow, CountedRow, DutyRow
from kesu.ledger.read import entries_of
from kesu.registry.editions import put_in_force

FIVE, TEN = "five of one batch", "ten of one batch"


@pytest.fixture
def goods(office: Office) -> Office:
    return with_goods(office)


def several(office: Office, count: int, day: str = "2026-03-02", **facts: str) -> list[str]:
    return [complain(office, f"{day} {9 + place // 6:02}:{place % 6}0", **facts) for place in range(count)]


def test_the_first_complaint_of_a_batch_opens_the_file_of_its_watch(goods: Office) -> None:
    file = complain(goods, "2026-03-02 09:00")
    (watch,) = watches(goods)
    (entry,) = entries_of("hengce", watch)
    assert (entry.kind, entry.facts["counted case"], entry.facts["product"], entry.facts["batch"]) == (
        "counted", file, MILK["product"], MILK["batch"],
    )  # fmt: skip
    row = CaseRow.objects.get(organisation="hengce", file=watch)
    assert (row.label, row.procedure) == ("OFFICE-WATCH-2026-0001", "office-watch")


def test_four_do_nothing_and_the_fifth_raises_the_alarm_that_calls_for_a_duty(goods: Office) -> None:
    several(goods, 4)
    (watch,) = watches(goods)
    assert alarms(goods, watch) == []
    complain(goods, "2026-03-02 11:00")
    assert alarms(goods, watch) == [("alarm raised", FIVE, "5")]
    duty = DutyRow.objects.get(organisation="hengce", file=watch, state="open")
    assert (duty.rule, duty.post, duty.state) == (
        "departments talked to in time", "customer service specialist", "open",
    )  # fmt: skip
    assert major(goods) == set()


def test_nine_leave_all_ordinary_and_the_tenth_makes_all_ten_major(goods: Office) -> None:
    files = several(goods, 9)
    assert major(goods) == set()
    files.append(complain(goods, "2026-03-08 23:59"))
    (watch,) = watches(goods)
    assert major(goods) == set(files)
    assert alarms(goods, watch) == [
        ("alarm raised", FIVE, "5"),
        *[("alarm widened", FIVE, str(count)) for count in (6, 7, 8, 9, 10)],
        ("alarm raised", TEN, "10"),
    ]
    for file in files:
        entry = entries_of("hengce", file)[-1]
        assert (entry.kind, entry.by, entry.facts["grade"], entry.facts["rule"]) == (
            "promoted", "system", "major", TEN,
        )  # fmt: skip
        assert entry.facts["from"] == f"{watch}#{len(entries_of('hengce', watch))}"
        assert entry.at == entry.noted == at("2026-03-08 23:59")
        duty = DutyRow.objects.get(file=file, rule="progress of major cases")
        assert (duty.state, duty.due_date.isoformat()) == ("open", "2026-03-10")


def test_ten_within_eight_days_are_not_ten_within_seven(goods: Office) -> None:
    several(goods, 9)
    complain(goods, "2026-03-09 00:00")
    assert major(goods) == set()


def test_another_product_or_another_batch_counts_by_itself(goods: Office) -> None:
    several(goods, 9)
    complain(goods, "2026-03-02 11:00", batch="20260212A")
    complain(goods, "2026-03-02 11:10", product="酸牛奶 100g")
    assert (len(watches(goods)), major(goods)) == (3, set())


def test_spelling_does_not_defeat_the_count(goods: Office) -> None:
    several(goods, 9)
    complain(goods, "2026-03-02 11:00", batch=" ２０２６０２１１ａ ", product="纯牛奶　250ＭＬ")
    assert (len(watches(goods)), len(major(goods))) == (1, 10)


def test_an_eleventh_joins_the_alarm_and_becomes_major_without_another_one(goods: Office) -> None:
    several(goods, 10)
    late = complain(goods, "2026-03-05 09:00")
    (watch,) = watches(goods)
    assert alarms(goods, watch)[-1] == ("alarm widened", TEN, "11")
    assert [kind for kind, rule, _ in alarms(goods, watch) if rule == TEN] == [
        "alarm raised",
        "alarm widened",
    ]
    assert said(goods, late) == [("received", ""), ("promoted", TEN)]


def test_one_of_the_same_batch_a_month_later_stays_ordinary(goods: Office) -> None:
    several(goods, 10)
    later = complain(goods, "2026-04-07 09:00")
    assert later not in major(goods)


def test_the_tenth_noted_late_counts_by_the_day_on_which_it_happened(goods: Office) -> None:
    several(goods, 9)
    late = complain(goods, "2026-03-20 09:00", happened="2026-03-05 16:00")
    assert late in major(goods)
    assert len(major(goods)) == 10
    assert entries_of("hengce", late)[-1].at == at("2026-03-20 09:00")


def test_noted_late_but_of_another_week_it_does_not_count_into_this_one(goods: Office) -> None:
    several(goods, 9)
    complain(goods, "2026-03-20 09:00", happened="2026-03-09 00:00")
    assert major(goods) == set()


def test_a_corrected_batch_is_counted_anew_in_both_watches(goods: Office) -> None:
    ours = several(goods, 9)
    other = complain(goods, "2026-03-02 11:00", batch="20260221A")
    first, second = watches(goods)
    facts = {"entry": "1", "word": "batch", "value": MILK["batch"]}
    goods.do("corrected", "zhou", "2026-03-03 09:00", file=other, facts=facts, reason="看错了一位")
    assert said(goods, second) == [("counted", other), ("count withdrawn", other)]
    assert entries_of("hengce", second)[-1].facts["by step"] == "corrected"
    assert ("counted", other) in said(goods, first)
    assert major(goods) == {*ours, other}


def test_a_grade_does_not_fall_when_a_case_leaves_the_batch(goods: Office) -> None:
    files = several(goods, 10)
    facts = {"entry": "1", "word": "batch", "value": "20260101Z"}
    goods.do("corrected", "zhou", "2026-03-03 09:00", file=files[0], facts=facts, reason="看错了")
    assert major(goods) == set(files)
    complain(goods, "2026-03-03 10:00")
    (watch, _) = watches(goods)
    assert [kind for kind, rule, _ in alarms(goods, watch) if rule == TEN] == [
        "alarm raised",
        "alarm widened",
    ]


@pytest.mark.parametrize("way", ["joined", "voided", "not accepted"])
def test_what_is_joined_voided_or_not_accepted_is_not_counted(goods: Office, way: str) -> None:
    files = several(goods, 9)
    out = files[0]
    now = "2026-03-02 12:00"
    if way == "joined":
        goods.do(way, "gu", now, file=out, facts={"joined to": files[1]}, reason="同一件事")
    elif way == "voided":
        goods.do("void proposed", "zhou", now, file=out, reason="登重了")
        goods.do("voided", "gu", now, file=out, reason="登重了")
    else:
        goods.do(way, "gu", now, file=out)
    (watch,) = watches(goods)
    withdrawn = [file for kind, file in said(goods, watch) if kind == "count withdrawn"]
    moved = [files[1]] if way == "joined" else []  # what the other joined takes the earlier receipt
    assert sorted(withdrawn) == sorted([out, *moved])
    complain(goods, "2026-03-02 13:00")
    assert major(goods) == set()
    complain(goods, "2026-03-02 13:10")
    assert len(major(goods)) == 10
    assert out not in major(goods)


def test_a_reopened_case_counts_again(goods: Office) -> None:
    files = several(goods, 9)
    goods.do(
        "joined", "gu", "2026-03-02 12:00", file=files[0], facts={"joined to": files[1]}, reason="同一件"
    )
    complain(goods, "2026-03-02 13:00")
    assert major(goods) == set()
    goods.do("reopened", "gu", "2026-03-02 14:00", file=files[0], reason="不是同一件")
    assert len(major(goods)) == 10


def test_a_closed_case_of_the_set_is_marked_and_not_promoted_until_it_is_reopened(goods: Office) -> None:
    files = several(goods, 9)
    goods.do("accepted", "gu", "2026-03-02 12:00", file=files[0], facts={"ours": "yes"})
    goods.do("closed", "gu", "2026-03-02 12:10", file=files[0])
    files.append(complain(goods, "2026-03-02 13:00"))
    (watch,) = watches(goods)
    alarm = entries_of("hengce", watch)[-1]
    assert (alarm.facts["counted"], alarm.facts["files"], alarm.facts["ended files"]) == (
        "10", sorted(files), [files[0]],
    )  # fmt: skip
    assert major(goods) == set(files[1:])
    goods.do("reopened", "gu", "2026-03-03 09:00", file=files[0], reason="又有新情况")
    assert major(goods) == set(files)


def test_while_the_batch_is_not_known_a_case_counts_nowhere_and_then_it_does(goods: Office) -> None:
    several(goods, 9)
    file = complain(goods, "2026-03-02 11:00", batch=None)
    row = CountedRow.objects.get(organisation="hengce", file=file)
    assert (row.into, row.lacking) == ("", ["batch"])
    assert major(goods) == set()
    goods.do("registered", "zhou", "2026-03-02 12:00", file=file, facts={"batch": MILK["batch"]})
    assert len(major(goods)) == 10


def test_an_act_that_changes_nothing_of_it_writes_nothing_into_the_watch(goods: Office) -> None:
    file = complain(goods, "2026-03-02 09:00")
    (watch,) = watches(goods)
    goods.do("note", "zhou", "2026-03-02 10:00", file=file, facts={"text": "客户催问"})
    goods.do("registered", "zhou", "2026-03-02 10:10", file=file, facts={"batch": MILK["batch"] + " "})
    assert len(entries_of("hengce", watch)) == 1


def test_a_refused_act_counts_nothing(goods: Office) -> None:
    files = several(goods, 9)
    answer = goods.attempt("voided", "gu", "2026-03-02 12:00", file=files[0], reason="entered twice")
    assert isinstance(answer, Refused)
    (watch,) = watches(goods)
    assert len(said(goods, watch)) == 9 + 5


def test_a_new_alarm_opens_a_watch_that_was_closed_again(goods: Office) -> None:
    several(goods, 5)
    (watch,) = watches(goods)
    goods.do(
        "departments talked to", "zhou", "2026-03-02 14:00", file=watch, facts={"talk": "已与生产部沟通"}
    )
    goods.do("watch closed", "zhou", "2026-03-03 14:00", file=watch)
    complain(goods, "2026-03-23 09:00")
    assert CaseRow.objects.get(file=watch).ended is not None
    several(goods, 4, day="2026-03-24")
    assert CaseRow.objects.get(file=watch).ended is None
    assert [kind for kind, _ in said(goods, watch)][-2:] == ["reopened", "alarm raised"]


def test_nobody_counts_or_raises_an_alarm_by_hand(goods: Office) -> None:
    complain(goods, "2026-03-02 09:00")
    (watch,) = watches(goods)
    for step in ("counted", "count withdrawn", "alarm raised", "alarm widened"):
        answer = goods.attempt(step, "zhou", "2026-03-02 10:00", file=watch)
        assert isinstance(answer, Refused)
    answer = goods.attempt("counted", "zhou", "2026-03-02 10:00", procedure="office-watch")
    assert isinstance(answer, Refused)


def test_the_other_organisation_counts_by_itself(goods: Office) -> None:
    several(goods, 9)
    assert CountedRow.objects.filter(organisation="hengce-2").count() == 0


def test_a_procedure_comes_into_force_after_the_one_that_it_is_counted_under(office: Office) -> None:
    now = at("2026-02-27 09:00")
    answer = put_in_force(
        "office-batch", library=LIBRARY, organisation="hengce", person=office.persons["admin"],
        now=now, since=now, key=key(),
    )  # fmt: skip
    assert not isinstance(answer, Done)
    assert answer.sentences("zh") == ["本程序计入“office-watch”，先使该程序生效"]
