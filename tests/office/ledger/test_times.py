"""Times do not fall: a clock behind what is sealed writes and seals nothing, and what was dated back is named."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.office.ledger.backdating import backdated
from tests.office.ledger.writers import NINE, entry, write

from kesu.ledger.append import ClockWentBack
from kesu.ledger.models import Checkpoint, Entry
from kesu.ledger.seal import last_checkpoint, seal
from kesu.ledger.verify import verify

BEFORE = NINE - timedelta(minutes=2)


@pytest.fixture
def ledger(fresh_database: None) -> None:
    """One file, sealed at nine."""
    write("case/1", entry("received"))
    seal("lab", NINE)


def test_a_clock_behind_the_newest_checkpoint_writes_nothing_in_any_file(ledger: None) -> None:
    for file, expected in (("case/1", 1), ("case/2", 0)):
        with pytest.raises(ClockWentBack) as behind:
            write(file, entry(minute=-2), expected=expected)
    assert [behind.value.in_(lang) for lang in ("zh", "en")] == [
        (
            "lab：服务器的时钟是 2025-03-03 00:58:00+00:00，而这里已有 2025-03-03 01:00:00+00:00 的记录；"
            "请先把服务器的时钟校准（NTP），此前什么也没有写入"
        ),
        (
            "lab: the clock says 2025-03-03 00:58:00+00:00, but 2025-03-03 01:00:00+00:00 stands there already;"
            " set the server's clock (NTP) before anything else is written; nothing was written"
        ),
    ]
    assert Entry.objects.filter(organisation="lab").count() == 1


def test_a_clock_a_little_behind_goes_on(ledger: None) -> None:
    write("case/2", entry(minute=-1))
    said = seal("lab", NINE - timedelta(seconds=30))
    assert said is not None
    assert (said.number, said.time) == (2, NINE)
    assert verify().faults == ()


def test_another_organisation_is_not_bound_by_it(ledger: None) -> None:
    write("case/1", entry(minute=-2), organisation="lab-2")
    assert seal("lab-2", BEFORE) is not None


def test_nothing_is_sealed_at_a_time_before_the_last_checkpoint(ledger: None) -> None:
    write("case/1", entry(), expected=1)
    with pytest.raises(ClockWentBack, match="lab: the clock says"):
        seal("lab", BEFORE)
    assert Checkpoint.objects.filter(organisation="lab").count() == 1
    assert seal("lab", NINE) is not None


@pytest.mark.tampers
def test_an_entry_and_a_checkpoint_dated_back_are_named(ledger: None) -> None:
    backdated()
    assert [(fault.what, fault.sentence("zh"), fault.sentence("en")) for fault in verify().faults] == [
        (
            "noted falls",
            "机构 lab，卷宗 case/1 第 2 条：记录时间（2024-11-23T01:00:00.000000Z）早于前一条记录：时钟倒退，或倒填",
            (
                "organisation lab, file case/1, entry 2: it was noted (2024-11-23T01:00:00.000000Z) before the entry that it"
                " follows: a clock that went back, or a date of another day"
            ),
        ),
        (
            "time falls",
            "机构 lab，检查点 2：检查点的时间（2024-11-23T01:00:00.000000Z）早于前一个检查点：时钟倒退，或倒填",
            (
                "organisation lab, checkpoint 2: its time (2024-11-23T01:00:00.000000Z) is before that of the checkpoint"
                " before it: a clock that went back, or a date of another day"
            ),
        ),
    ]
    assert last_checkpoint("lab") is not None


@pytest.mark.tampers
@pytest.mark.parametrize(
    ("minute", "sealed", "what"),
    [
        (-11, 1, "noted long before"),
        (-9, 1, None),
        (9, 1, None),
        (12, 1, "noted after its seal"),
        (9, 30, None),
    ],
)
def test_an_entry_is_noted_within_minutes_of_its_seal(
    ledger: None, monkeypatch: pytest.MonkeyPatch, minute: int, sealed: int, what: str | None
) -> None:
    """Another file, so that nothing in it falls; in a batch that is whole otherwise, and in one that is not."""
    monkeypatch.setattr("kesu.ledger.append.TOLERANCE", timedelta(days=1))
    write("case/2", entry(), entry(minute=minute) if minute > 0 else entry(), entry(minute=max(minute, 0)))
    write("case/3", entry(minute=minute))
    seal("lab", NINE + timedelta(minutes=sealed))
    places = [("case/2", 2), ("case/2", 3), ("case/3", 1)] if minute > 0 else [("case/3", 1)]
    expected = [(file, number, what) for file, number in places if what]
    assert [(fault.file, fault.number, fault.what) for fault in verify().faults] == expected


@pytest.mark.tampers
def test_both_are_said_in_words(ledger: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kesu.ledger.append.TOLERANCE", timedelta(days=1))
    write("case/2", entry(minute=-30))
    write("case/3", entry(minute=30))
    seal("lab", NINE + timedelta(minutes=1))
    assert [fault.sentence(lang) for lang in ("zh", "en") for fault in verify().faults] == [
        (
            "机构 lab，卷宗 case/2 第 1 条：记录时间（2025-03-03T00:30:00.000000Z）早于它之前的检查点，隔了不止几分钟："
            "倒填，或时钟落后"
        ),
        (
            "机构 lab，卷宗 case/3 第 1 条：记录时间（2025-03-03T01:30:00.000000Z）晚于封存它的检查点，隔了不止几分钟："
            "时钟曾走快"
        ),
        (
            "organisation lab, file case/2, entry 1: it was noted (2025-03-03T00:30:00.000000Z) minutes before a checkpoint"
            " that does not cover it: dated back, or a clock that was behind"
        ),
        (
            "organisation lab, file case/3, entry 1: it was noted (2025-03-03T01:30:00.000000Z) minutes after the checkpoint"
            " that covers it: a clock that ran ahead"
        ),
    ]
