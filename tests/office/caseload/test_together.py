"""Many at once: one wins, the other decides anew; numbers have no gap; a key is answered once (semantics 3.9, 3.10)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from tests.office.caseload.office import Office

from kesu.caseload.acting import perform as performing
from kesu.caseload.acting.answers import Busy, Done, Refused
from kesu.caseload.models import CaseRow
from kesu.ledger.append import Conflict
from kesu.ledger.read import entries_of


def at_once(works: Sequence[Callable[[], object]]) -> list[object]:
    """Starts all of them at the same moment, each in a thread with a connection of its own."""
    start = threading.Barrier(len(works))

    def run(work: Callable[[], object]) -> object:
        start.wait()
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return [future.result() for future in [pool.submit(run, work) for work in works]]


def test_numbers_have_no_gap_under_eight_threads(office: Office) -> None:
    def receive() -> list[str]:
        return [office.receive("2026-03-02 09:00").label for _ in range(5)]

    labels = sorted(label for found in at_once([receive] * 8) for label in found)  # type: ignore[attr-defined]
    assert labels == [f"TS-2026-{number:04}" for number in range(1, 41)]


def test_a_roll_back_gives_the_number_back(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from kesu.caseload.acting import changes

    def broken(**_: object) -> None:
        raise RuntimeError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr(changes, "refresh", broken)
        with pytest.raises(RuntimeError, match="power cut"):
            office.receive("2026-03-02 09:00")
    assert office.receive("2026-03-02 09:01").label == "TS-2026-0001"


def test_two_acts_in_one_file_both_stand_one_after_the_other(office: Office) -> None:
    file = office.accepted("2026-03-02 10:00").file

    def note(name: str) -> Callable[[], object]:
        return lambda: office.do("note", name, "2026-03-02 11:00", file=file, facts={"text": name})

    answers = at_once([note("zhou"), note("gu"), note("shen")])
    assert sorted(answer.number for answer in answers) == [3, 4, 5]  # type: ignore[attr-defined]
    assert [entry.number for entry in entries_of("hengce", file)] == [1, 2, 3, 4, 5]


def test_of_two_who_close_the_same_file_one_is_refused(office: Office) -> None:
    file = office.accepted("2026-03-02 10:00").file
    office.do("investigated", "shen", "2026-03-02 11:00", file=file)
    answers = at_once([lambda: office.attempt("closed", "gu", "2026-03-02 12:00", file=file)] * 2)
    assert sorted(type(answer).__name__ for answer in answers) == ["Done", "Refused"]
    assert [entry.kind for entry in entries_of("hengce", file)].count("closed") == 1


def test_the_same_key_sent_twice_at_once_is_done_once(office: Office) -> None:
    facts = {"matter": "complaint"}
    send = lambda: office.do("received", "zhou", "2026-03-02 09:00", key="k-1", facts=facts)  # noqa: E731
    answers = at_once([send] * 4)
    assert sorted(answer.again for answer in answers) == [False, True, True, True]  # type: ignore[attr-defined]
    assert len({answer.file for answer in answers}) == 1  # type: ignore[attr-defined]
    assert CaseRow.objects.filter(organisation="hengce").count() == 1


def test_a_conflict_is_decided_anew_and_after_three_it_says_so(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = office.accepted("2026-03-02 10:00").file
    real, left = performing._attempt, [3]

    def meddled(*args: object) -> object:
        if left[0]:
            left[0] -= 1
            raise Conflict("somebody wrote first")
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(performing, "_attempt", meddled)
    note = {"file": file, "facts": {"text": "called back"}}
    assert type(office.attempt("note", "gu", "2026-03-02 11:00", **dict(note))) is Done
    left[0] = 4
    with pytest.raises(Busy):
        office.attempt("note", "gu", "2026-03-02 11:00", **dict(note))
    assert len(entries_of("hengce", file)) == 3


def test_a_fold_kept_in_memory_is_never_behind_what_others_wrote(office: Office) -> None:
    from kesu.caseload.folded.fold import folds

    file = office.receive("2026-03-02 09:00").file
    mine = folds.take("hengce", file)
    office.do("accepted", "gu", "2026-03-02 10:00", file=file, facts={"ours": "yes"})  # by another process
    folds.put(mine)
    refused = office.attempt(
        "accepted", "gu", "2026-03-02 11:00", file=file, seen_up_to=1, facts={"ours": "no"}
    )
    assert not isinstance(refused, Done | Refused)  # changed meanwhile
    assert office.do("investigated", "shen", "2026-03-02 12:00", file=file).number == 3
