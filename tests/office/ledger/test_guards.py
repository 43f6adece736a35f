"""The database itself refuses to change the ledger, whatever is sent to it; the application has one way in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from tests.office.ledger.writers import NINE, entry, write

from kesu.ledger.erase import NothingToErase, erase
from kesu.ledger.models import Checkpoint, Entry, Leaf, PersonalValue
from kesu.ledger.oneway import writing
from kesu.ledger.read import entries_of
from kesu.ledger.seal import seal

pytestmark = pytest.mark.django_db

TABLES = {
    "ledger_entry": ("organisation, file, number", "kind = 'other'"),
    "ledger_leaf": ("organisation, number", "file = 'other'"),
    "ledger_checkpoint": ("organisation, number", "size = 99"),
    "ledger_personal_value": ("organisation, file, number, word", "word = 'other'"),
}
MODELS = {model._meta.db_table: model for model in (Entry, Leaf, Checkpoint, PersonalValue)}


@pytest.fixture
def sealed(db: None) -> None:
    """A row in every table; the entry answers a key."""
    write(
        "case/1",
        entry("received", key="k", personal={"name": "张三"}),
        entry("noted", personal={"name": "李四"}),
    )
    seal("lab", NINE)


def ways_to_change(table: str, vendor: str) -> list[str]:
    """Every statement that changes or removes rows, as this database writes it."""
    key, change = TABLES[table]
    columns = ", ".join(field.column for field in MODELS[table]._meta.concrete_fields if field.name != "pk")
    again = f"INTO {table} ({columns}) SELECT {columns} FROM {table} WHERE 1 = 1"
    upsert = f"INSERT {again} ON CONFLICT ({key}) DO UPDATE SET {change}"
    ways = [
        f"UPDATE {table} SET {change}",
        f"UPDATE {table} SET organisation = organisation",
        f"DELETE FROM {table}",
        f"DELETE FROM {table} WHERE organisation = 'lab'",
        upsert,
    ]
    if vendor == "sqlite":
        rowid = (
            f"(rowid, {columns}) SELECT rowid, {columns.replace('organisation', repr('other'))} FROM {table}"
        )
        ways += [
            f"INSERT OR REPLACE {again}",
            f"REPLACE {again}",
            f"UPDATE OR REPLACE {table} SET {change}",
            f"INSERT OR REPLACE INTO {table} {rowid}",
        ]
    else:
        ways += [
            f"TRUNCATE {table}",
            f"TRUNCATE ledger_unsealed, {table} CASCADE",
            f"MERGE INTO {table} t USING (SELECT 1) s ON true WHEN MATCHED THEN DELETE",
            f"WITH gone AS (DELETE FROM {table} RETURNING 1) SELECT * FROM gone",
            f"SET LOCAL session_replication_role = replica; UPDATE {table} SET {change}",
        ]
    return ways


@pytest.mark.parametrize("table", TABLES)
def test_every_raw_way_to_change_a_row_is_refused(sealed: None, table: str) -> None:
    def rows() -> list[tuple[object, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3")
            return cursor.fetchall()

    before = rows()
    assert before
    assert [way for way in ways_to_change(table, connection.vendor) if not refused(way)] == []
    assert rows() == before


def test_replacing_an_entry_by_its_idempotency_key_is_refused(sealed: None) -> None:
    taken = "'lab', 'case/2', 1, 'received', 'li', 'k', digest, body FROM ledger_entry WHERE number = 1"
    for verb in {"sqlite": ("INSERT OR REPLACE", "REPLACE"), "postgresql": ("INSERT",)}[connection.vendor]:
        assert refused(
            f"{verb} INTO ledger_entry (organisation, file, number, kind, person, key, digest, body) SELECT {taken}"
        )
    assert [e.kind for e in entries_of("lab", "case/1")] == ["received", "noted"]


def refused(sql: str) -> bool:
    """Did the database refuse (in its own words, not for a mistake in the statement)?"""
    try:
        with writing(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError as error:
        return "ledger: a row of ledger_" in str(error) or "ledger_entry_answers_a_key_once" in str(error)
    return False


def test_orm_updates_and_deletes_are_refused_too(sealed: None) -> None:
    acts: list[Callable[[], object]] = [
        lambda: Entry.objects.all().delete(),
        lambda: Entry.objects.update(kind="other"),
        lambda: Entry.objects.get(number=1).delete(),
        lambda: Leaf.objects.all().delete(),
    ]
    for act in acts:
        with pytest.raises(DatabaseError), writing(), transaction.atomic():
            act()


# ── The one erase path


def test_an_erasure_on_record_removes_just_what_it_names() -> None:
    write(
        "case/1",
        entry("received", personal={"name": "张三", "telephone": "1"}),
        entry(personal={"name": "李四"}),
    )
    with writing(), transaction.atomic():
        act = erase(
            organisation="lab",
            file="case/1",
            expected=2,
            values=[(1, "name")],
            entry=entry("erased", minute=1, facts={"ground": "PIPL 47"}),
        )
    assert act.facts == {"ground": "PIPL 47", "values": [{"number": 1, "word": "name"}]}
    assert [
        {word: str(value) for word, value in e.personal.items()} for e in entries_of("lab", "case/1")
    ] == [
        {"name": "erased", "telephone": "1"},
        {"name": "李四"},
        {},
    ]
    for rest in ("number = 1 AND word = 'telephone'", "number = 2"):
        assert refused(f"DELETE FROM ledger_personal_value WHERE {rest}")


def test_an_erasure_in_one_file_opens_no_door_in_another() -> None:
    for organisation, file in (("lab", "case/1"), ("lab", "case/2"), ("lab-2", "case/1")):
        write(file, entry(personal={"name": "张三"}), organisation=organisation)
    with writing(), transaction.atomic():
        erase(organisation="lab", file="case/1", expected=1, values=[(1, "name")], entry=entry("erased"))
    for row in ("organisation = 'lab' AND file = 'case/2'", "organisation = 'lab-2'"):
        assert refused(f"DELETE FROM ledger_personal_value WHERE {row}")


def test_what_is_not_there_cannot_be_erased() -> None:
    write("case/1", entry(personal={"name": "张三"}))
    for values, said in (
        ([(1, "telephone"), (1, "name")], "telephone of entry 1"),
        ([], "nothing was named"),
    ):
        with pytest.raises(NothingToErase, match=said), writing(), transaction.atomic():
            erase(organisation="lab", file="case/1", expected=1, values=values, entry=entry("erased"))
    assert len(entries_of("lab", "case/1")) == 1
