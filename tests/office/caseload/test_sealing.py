"""A file is sealed when it ends; what cannot be sealed then is left to the loop, and the act stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import override_settings
from tests.office.caseload.office import Office, at

from kesu.caseload.models import CaseRow
from kesu.ledger.seal import last_checkpoint, seal
from kesu.ledger.verify import verify


def checked(office: Office) -> str:
    file = office.accepted("2026-03-02 10:00").file
    office.do("investigated", "shen", "2026-03-02 15:00", file=file)
    return file


def sealed() -> tuple[int, str] | None:
    """How many leaves the newest checkpoint covers, and when it was made."""
    last = last_checkpoint("hengce")
    return None if last is None else (last.statement.size, last.statement.time.isoformat())


def waiting() -> int:
    """Entries without a leaf in all organisations but the neighbour's."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM ledger_unsealed WHERE organisation = 'hengce'")
        return int(cursor.fetchone()[0])


def test_an_act_that_ends_a_file_seals_what_its_organisation_has_written(office: Office) -> None:
    file = checked(office)
    entries = waiting()
    assert (sealed(), entries > 0) == (None, True)
    office.do("closed", "gu", "2026-03-03 09:00", file=file)
    assert (sealed(), waiting()) == ((entries + 1, at("2026-03-03 09:00").isoformat()), 0)


def test_the_same_end_sent_again_and_an_end_refused_seal_nothing(office: Office) -> None:
    file = checked(office)
    office.do("closed", "gu", "2026-03-03 09:00", file=file, key="k-end")
    before = sealed()
    office.receive("2026-03-03 09:30")
    office.do("closed", "gu", "2026-03-03 10:00", file=file, key="k-end")
    office.attempt("closed", "gu", "2026-03-03 11:00", file=file)
    assert (sealed(), waiting()) == (before, 1)


def test_a_note_in_a_file_that_has_ended_waits_for_the_loop(office: Office) -> None:
    file = checked(office)
    office.do("closed", "gu", "2026-03-03 09:00", file=file)
    office.do("note", "zhou", "2026-03-03 10:00", file=file, facts={"text": "客户来电致谢"})
    assert waiting() == 1


def test_a_file_that_ends_while_sealing_fails_has_ended_and_is_sealed_by_the_loop(
    office: Office, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = checked(office)
    seal("hengce", at("2026-03-02 16:00"))
    with override_settings(LEDGER_SIGNING_KEY=tmp_path / "another-key"):
        office.do("closed", "gu", "2026-03-03 09:00", file=file)
    assert CaseRow.objects.get(file=file).state == "closed"
    said = [
        (record.levelname, record.getMessage()) for record in caplog.records if "sealed" in record.message
    ]
    assert said == [("ERROR", "hengce: a file has ended but is not sealed yet; the loop will try again")]
    assert waiting() == 1
    seal("hengce", at("2026-03-03 09:01"))
    assert (waiting(), verify().faults) == (0, ())
