"""A clock that was wrong: two persons correct it, every file goes on at the right time, and no entry was touched."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from tests.office.caseload.office import Office, at, key
from tests.office.caseload.test_clock import duties
from tests.office.ledger.moved_clock import moved_clock

from kesu.caseload.acting import clock as clock_of_files
from kesu.caseload.acting.answers import Done, Refused
from kesu.caseload.acting.clock import clock
from kesu.caseload.rebuilding.claims import claims
from kesu.caseload.rebuilding.rebuild import rebuild
from kesu.ledger import clock_watch, corrections
from kesu.ledger.clock_doubt import ClockInDoubt, ClockWentBack
from kesu.ledger.corrections import entries_between, read_corrections, take_up_corrections
from kesu.ledger.export import export_ledger
from kesu.ledger.models import Entry, Unsealed
from kesu.ledger.offline import kesu_verify
from kesu.ledger.read import entries_of
from kesu.ledger.seal import seal, seal_due
from kesu.ledger.snapshot import snapshot
from kesu.ledger.verify import verify
from kesu.names import FileName
from kesu.people.directory import Directory
from kesu.people.registers import clock as register
from kesu.registry.clock_correction import (
    clock_standing,
    confirm_correction,
    propose_correction,
    watch_time,
)

YEAR = timedelta(days=365)
NOW = at("2026-03-02 11:00")
REASON = "主板电池没电，开机时间快了一年"


@pytest.fixture
def ahead(office: Office) -> tuple[Office, str]:
    """A clock that was a year ahead let time act in a case, and sealed it."""
    file = office.accepted("2026-03-02 10:00").file
    seal("hengce", at("2026-03-02 10:01"))
    assert clock(now=NOW + YEAR, organisation="hengce") > 0
    seal("hengce", NOW + YEAR)
    return office, file


def proposed(office: Office, by: str = "admin", now: datetime = NOW, **changed: Any) -> Done | Refused:
    said = {"reason": REASON, "watch": now} | changed
    return propose_correction(organisation="hengce", person=office.persons[by], now=now, key=key(), **said)


def confirmed(
    office: Office, by: str, now: datetime = NOW + timedelta(minutes=2), **changed: Any
) -> Done | Refused:
    said = {"watch": now} | changed
    return confirm_correction(organisation="hengce", person=office.persons[by], now=now, key=key(), **said)


def problem(answer: Done | Refused) -> str:
    assert isinstance(answer, Refused)
    return answer.problems[0].en


def test_a_file_that_a_clock_ahead_had_shut_goes_on_and_verifies(ahead: tuple[Office, str]) -> None:
    office, file = ahead
    before = [(entry.number, entry.digest) for entry in entries_of("hengce", file)]
    with pytest.raises(ClockWentBack):
        office.do("investigated", "shen", "2026-03-02 11:00", file=file)
    assert isinstance(proposed(office), Done)
    with pytest.raises(ClockWentBack):
        office.do("investigated", "shen", "2026-03-02 11:01", file=file)
    assert isinstance(confirmed(office, "gu"), Done)
    office.do("investigated", "shen", "2026-03-02 11:05", file=file)
    seal("hengce", at("2026-03-02 11:06"))
    after = entries_of("hengce", file)
    assert [(entry.number, entry.digest) for entry in after][: len(before)] == before
    assert after[-1].noted == at("2026-03-02 11:05")
    assert (verify().faults, claims(None), rebuild(check=True)) == ((), [], [])


def test_a_duty_that_a_wrong_clock_called_late_is_judged_by_what_was_done(ahead: tuple[Office, str]) -> None:
    office, file = ahead
    assert [entry.kind for entry in entries_of("hengce", file)][-1] == "fell late"
    assert duties(file) == [("check in time", "late")]
    proposed(office)
    confirmed(office, "gu")
    office.do("investigated", "shen", "2026-03-02 11:05", file=file)
    assert duties(file) == [("check in time", "met")]


def test_without_a_correction_nothing_is_written_and_nothing_sealed_behind_what_stands_there(
    ahead: tuple[Office, str],
) -> None:
    office, _file = ahead
    count = Entry.objects.count()
    with pytest.raises(ClockWentBack):
        office.note("setting/office-trial", "set", {"name": "check time", "value": "4 working days"}, now=NOW)
    with pytest.raises(ClockWentBack):
        office.accepted("2026-03-02 11:00")
    assert Entry.objects.count() == count


def test_the_correction_names_who_why_and_the_entries_between(ahead: tuple[Office, str]) -> None:
    office, file = ahead
    proposed(office)
    confirmed(office, "gu")
    (one,) = read_corrections("hengce")
    assert (one.proposed_by, one.by, one.reason) == (office.persons["admin"], office.persons["gu"], REASON)
    assert (one.since, one.time, one.until) == (NOW, NOW + timedelta(minutes=2), NOW + YEAR)
    fell = [entry.number for entry in entries_of("hengce", file) if entry.noted == NOW + YEAR]
    with snapshot():
        between = entries_between(one, None)
    assert [(each.file, each.numbers) for each in between] == [(file, tuple(fell))]


def test_what_a_wrong_clock_wrote_and_nobody_sealed_is_sealed_by_the_correction(office: Office) -> None:
    file = office.accepted("2026-03-02 10:00").file
    seal("hengce", at("2026-03-02 10:01"))
    clock(now=NOW + YEAR, organisation="hengce")
    with pytest.raises(ClockWentBack, match="stands there already"):
        seal("hengce", NOW)
    proposed(office)
    confirmed(office, "gu")
    assert "hengce" not in {row.organisation for row in Unsealed.objects.all()}
    office.do("investigated", "shen", "2026-03-02 11:05", file=file)
    assert verify().faults == ()


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ("admin", "you proposed it yourself; another person has to confirm it in a sign-in of his own"),
        ("gu", None),
        ("ren", None),
    ],
)
def test_the_second_person_is_anybody_but_the_first(
    ahead: tuple[Office, str], by: str, said: str | None
) -> None:
    office, _ = ahead
    proposed(office)
    answer = confirmed(office, by)
    assert (problem(answer) if said else answer.__class__) == (said or Done)


def test_only_the_administrator_proposes(ahead: tuple[Office, str]) -> None:
    office, _ = ahead
    assert problem(proposed(office, "gu")) == "a correction is proposed by the administrator"


def test_nothing_is_confirmed_that_nobody_proposed(ahead: tuple[Office, str]) -> None:
    office, _ = ahead
    assert problem(confirmed(office, "gu")).startswith("no correction waits to be confirmed")


def test_a_clock_that_nothing_contradicts_is_not_corrected(office: Office) -> None:
    assert problem(proposed(office)) == "nothing is wrong with the clock; there is nothing to correct"
    assert problem(confirmed(office, "gu")) == "nothing is wrong with the clock; there is nothing to correct"


@pytest.mark.parametrize("off", [timedelta(minutes=6), timedelta(minutes=-6), YEAR, -YEAR])
def test_who_vouches_for_the_clock_has_looked_at_another_one(
    ahead: tuple[Office, str], off: timedelta
) -> None:
    office, _ = ahead
    assert "more than five minutes apart" in problem(proposed(office, watch=NOW + off))
    assert isinstance(proposed(office, watch=NOW + timedelta(minutes=4)), Done)
    assert "more than five minutes apart" in problem(confirmed(office, "gu", watch=NOW + off + off))


@pytest.mark.parametrize("reason", ["", "  ", "-", "无"])
def test_a_correction_says_why(ahead: tuple[Office, str], reason: str) -> None:
    office, _ = ahead
    assert isinstance(proposed(office, reason=reason), Refused)


def test_a_later_proposal_takes_the_place_of_an_earlier_one(ahead: tuple[Office, str]) -> None:
    office, _ = ahead
    proposed(office)
    proposed(office, now=NOW + timedelta(minutes=1))
    confirmed(office, "gu")
    (one,) = read_corrections("hengce")
    assert one.since == NOW + timedelta(minutes=1)


def test_times_fall_for_the_correction_alone(ahead: tuple[Office, str]) -> None:
    """What is dated back after it is refused as ever."""
    office, file = ahead
    proposed(office)
    confirmed(office, "gu")
    office.do("investigated", "shen", "2026-03-02 11:05", file=file)
    with pytest.raises(ClockWentBack):
        office.do("note", "shen", "2026-03-02 10:30", file=file, facts={"text": "倒填"})


def test_an_organisation_is_not_corrected_by_another(ahead: tuple[Office, str]) -> None:
    office, _file = ahead
    proposed(office)
    confirmed(office, "gu")
    assert list(read_corrections("hengjian")) == []


def test_a_correction_that_the_marks_do_not_know_yet_is_taken_up(
    ahead: tuple[Office, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process died between the commit and the marks."""
    office, file = ahead
    proposed(office)
    with monkeypatch.context() as died:
        died.setattr("kesu.registry.clock_correction.take_up_corrections", lambda organisation: None)
        confirmed(office, "gu")
    with pytest.raises(ClockWentBack):
        office.do("investigated", "shen", "2026-03-02 11:05", file=file)
    take_up_corrections("hengce")
    take_up_corrections("hengce")
    office.do("investigated", "shen", "2026-03-02 11:05", file=file)


def test_a_clock_that_was_set_while_kesu_ran_is_relied_on_after_the_correction(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with moved_clock(monkeypatch, tmp_path) as moved:
        clock_watch.require_clock()
        moved.off = timedelta(hours=3)  # the time service found out that it had been three hours slow
        with pytest.raises(ClockInDoubt):
            office.accepted("2026-03-02 11:00")
        standing = clock_standing("hengce", NOW)
        assert standing.doubt is not None
        assert standing.is_wrong
        assert isinstance(proposed(office), Done)
        with pytest.raises(ClockInDoubt):
            office.accepted("2026-03-02 11:00")
        assert isinstance(confirmed(office, "gu"), Done)
        office.accepted("2026-03-02 11:03")
        moved.another_process()
        assert clock_watch.clock_doubt() is None


def test_a_second_correction_shuts_no_file_that_the_first_had_opened(
    ahead: tuple[Office, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, file = ahead
    proposed(office)
    confirmed(office, "gu")
    with moved_clock(monkeypatch, tmp_path) as moved:
        clock_watch.require_clock()
        moved.off = timedelta(hours=3)
        proposed(office, now=NOW + timedelta(hours=3))
        confirmed(office, "gu", now=NOW + timedelta(hours=3, minutes=2))
        office.do("investigated", "shen", "2026-03-02 14:05", file=file)
    seal("hengce", at("2026-03-02 14:06"))
    assert [one.until for one in read_corrections("hengce")] == [NOW + YEAR, NOW + YEAR]
    assert (verify().faults, exported(), exported(file)) == ((), [], [])


def test_no_word_of_people_mends_two_servers_that_differ(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from kesu.ledger import machine_clock

    with moved_clock(monkeypatch, tmp_path):
        read = machine_clock.reading()
        clock_watch.require_clock()
        clock_watch._known.database = replace(read, wall=read.wall + timedelta(minutes=5))
        assert "the same time service" in problem(proposed(office))


def exported(file: str | None = None) -> list[tuple[str, str]]:
    """The faults that the verifier away from Kesu names in an export."""
    out = BytesIO()
    export_ledger(organisation="hengce", to=out, file=file)
    verifier = kesu_verify.Verifier("en", [], [])
    verifier.read(out.getvalue().splitlines())
    return verifier.faults


def test_the_verifier_away_from_kesu_understands_a_correction(ahead: tuple[Office, str]) -> None:
    office, file = ahead
    proposed(office)
    confirmed(office, "gu")
    office.do("investigated", "shen", "2026-03-02 11:05", file=file)
    seal("hengce", at("2026-03-02 11:06"))
    assert exported() == []
    assert exported(file) == []


@pytest.mark.tampers
def test_a_correction_that_one_person_made_alone_explains_nothing(
    ahead: tuple[Office, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    office, _file = ahead
    proposed(office)
    monkeypatch.setattr(register.ClockRegister, "problem", lambda self, **asked: None)
    confirmed(office, "admin")
    assert list(read_corrections("hengce")) == []
    with pytest.raises(ClockWentBack):
        office.accepted("2026-03-02 11:05")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2026-03-02 11:00", NOW),
        ("2026年3月2日 11:00", NOW),
        ("3.2 11:00", None),
        ("11:00", None),
        ("0302 1100", None),
        ("", None),
        ("2026-03-02", None),
        ("2026", None),
    ],
)
def test_a_watch_is_read_with_its_year(text: str, read: datetime | None) -> None:
    assert watch_time(text, zone="Asia/Shanghai", now=NOW + YEAR) == read


def test_people_and_ledger_call_the_two_steps_alike() -> None:
    assert (register.PROPOSED, register.CORRECTED) == (corrections.PROPOSED, corrections.CORRECTED)
    assert corrections.FILE.partition("/")[0] == register.ClockRegister.kind


def test_what_waits_with_a_time_ahead_keeps_no_other_organisation_from_its_seal(office: Office) -> None:
    office.accepted("2026-03-02 10:00")
    clock(now=NOW + YEAR, organisation="hengce")
    with pytest.raises(ClockWentBack, match=r"^hengce, case/"):
        seal_due(NOW)
    assert {row.organisation for row in Unsealed.objects.all()} == {"hengce"}


def test_a_file_that_is_ahead_keeps_no_other_from_what_time_owes_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    shut, other = (office.accepted("2026-03-02 10:00").file for _ in range(2))
    let_act = clock_of_files._file

    def one_is_shut(directory: Directory, file: FileName, now: datetime) -> int:
        if file == shut:
            raise ClockWentBack(file, clock=now, stands=now + YEAR)
        return let_act(directory, file, now)

    monkeypatch.setattr(clock_of_files, "_file", one_is_shut)
    with pytest.raises(ClockWentBack):
        clock(now=at("2026-03-09 08:00"))
    assert entries_of("hengce", other)[-1].kind == "fell late"
    assert entries_of("hengce", shut)[-1].kind == "accepted"
