"""The home that is harmed: two organisations with look-alike files, sealed twice, with marks, codes, logs and something that waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from tests.office.caseload.office import Office, at
from tests.office.tampered.tables import Row, rows, tables

from kesu.caseload.rebuilding.sign_ins import begin_codes
from kesu.caseload.rows.following import follow
from kesu.desk.models import Access
from kesu.files.drafts import Sender, keep_draft
from kesu.ledger import logs
from kesu.ledger.export import checkpoint_line
from kesu.ledger.logs import note_logs
from kesu.ledger.marked import begin_macs, begin_marks
from kesu.ledger.seal import last_checkpoint, seal
from kesu.people.models import Person, User
from kesu.people.sign_in import set_password
from kesu.reading.text import Text

ORGANISATIONS = ("hengce", "hengce-2")
FIRST, SECOND, LATER = (at(f"2026-03-02 {hour}") for hour in ("12:00", "12:10", "12:20"))

Kept = list[dict[str, Any]]  # checkpoints as they are given away


@dataclass(frozen=True, slots=True)
class Home:
    """What is kept elsewhere: the newest checkpoints, and copies of the database from before."""

    kept: Kept
    copies: dict[str, dict[str, list[Row]]]


def filled(office: Office) -> Home:
    """Every table that something is shown from holds rows afterwards; two checkpoints of each organisation, entries that wait."""
    logs._numbers_seen.clear()
    begin_marks(FIRST)
    begin_macs(FIRST)
    begin_codes(FIRST)
    other = office.again()
    other.organisation = "hengce-2"
    other.persons["admin"] = Person.objects.get(organisation="hengce-2", name="秦管").person
    both, copies = (office, other), {}
    for each in both:
        _registers(each)
        _cases(each, "09:00", "10:00")
        seal(each.organisation, FIRST)
        follow(each.organisation)
    _looked_up(FIRST)
    copies["the first seal"] = copy()
    set_password(User.objects.get(username="admin@hengce"), "eine alte Taschenuhr")
    for each in both:
        _cases(each, "12:02", "12:03")
        seal(each.organisation, SECOND)
        follow(each.organisation)
    _looked_up(SECOND)
    copies["the second seal"] = copy()
    for each in both:
        _cases(each, "12:12", "12:13")
    note_logs(SECOND)
    note_logs(SECOND + timedelta(minutes=2))
    return Home([checkpoint_line(last) for name in ORGANISATIONS if (last := last_checkpoint(name))], copies)


def copy() -> dict[str, list[Row]]:
    """The database as it stands: table -> its rows."""
    return {table: rows(table) for table in tables()}


def _looked_up(when: datetime) -> None:
    for minute in range(3):
        Access.objects.create(
            organisation="hengce", person="p-gu", what="signed in", when=when + timedelta(minutes=minute)
        )


def _registers(office: Office) -> None:
    now = at("2026-02-02 09:00")
    stand_in = {"person": "p-lin", "behalf": "p-shen", "from": now, "until": at("2027-02-02 09:00")}
    office.note("post/technical manager", "stand-in named", stand_in, now=now)
    office.note("item/R-118", "item registered", {"kind": "report"}, now=now, by="ren")
    office.note("item/R-118", "work done", {"person": "p-shen", "what": "tested"}, now=now, by="ren")


def _cases(office: Office, received: str, accepted: str) -> None:
    file = office.receive(f"2026-03-02 {received}", item="R-118").file
    office.do("accepted", "gu", f"2026-03-02 {accepted}", file=file, facts={"ours": "yes"})
    office.named("gu", f"2026-03-02 {accepted}", file=file, facts={"persons": ["p-lin"]})
    office.attempt("investigated", "zhou", f"2026-03-02 {accepted}", file=file)
    receipt = {**_sent(office, "gu", accepted), "sort": "receipt"}
    told = {"text": "附上小票", "evidence files": [receipt]}
    office.do("note", "gu", f"2026-03-02 {accepted}", file=file, facts=told)
    _sent(office, "lin", accepted)


def _sent(office: Office, name: str, time: str) -> dict[str, str]:
    """A file that stands in no entry yet."""
    sender = Sender(office.organisation, office.persons[name], at(f"2026-03-02 {time}"))
    content = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + f"{name} {time}".encode()
    kept = keep_draft(BytesIO(content), name="小票.png", sender=sender)
    assert not isinstance(kept, Text)
    return kept
