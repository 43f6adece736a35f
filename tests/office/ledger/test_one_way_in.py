"""Outside perform nothing is written to a guarded table, by whatever means a programmer tries."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from psycopg.sql import SQL, Identifier
from tests.office.ledger.writers import entry, write

from kesu.ledger.models import Entry, Unsealed
from kesu.ledger.oneway import NotThroughPerform, one_way, register_tables, registered, writing
from kesu.ledger.triggers import TABLES

pytestmark = pytest.mark.django_db

WRITES = [
    "INSERT INTO ledger_unsealed (organisation, file, number) VALUES ('lab', 'case/1', 1)",
    'insert into "ledger_unsealed" (organisation, file, number) VALUES (1, 2, 3)',
    "INSERT OR IGNORE INTO ledger_unsealed VALUES (1, 2, 3)",
    "REPLACE INTO ledger_unsealed VALUES (1, 2, 3)",
    'UPDATE "public"."ledger_unsealed" SET number = 2',
    "UPDATE ONLY ledger_unsealed SET number = 2",
    "DELETE FROM ledger_unsealed",
    "DELETE/* a remark */FROM -- another\n ledger_unsealed",
    "TRUNCATE TABLE auth_group, ledger_unsealed",
    "MERGE INTO ledger_unsealed u USING auth_group g ON false WHEN MATCHED THEN DELETE",
    "WITH gone AS (DELETE FROM ledger_unsealed RETURNING number) SELECT * FROM gone",
    "COPY ledger_unsealed FROM '/tmp/x'",
]


@pytest.mark.parametrize("sql", WRITES, ids=[f"{number}" for number in range(len(WRITES))])
def test_a_raw_write_is_refused(sql: str) -> None:
    with (
        pytest.raises(NotThroughPerform, match="ledger_unsealed is written outside perform"),
        connection.cursor() as c,
    ):
        c.execute(sql)


def test_the_orm_is_refused_too() -> None:
    write("case/1", entry())
    attempts: list[Callable[[], object]] = [
        lambda: Unsealed.objects.create(organisation="lab", file="case/1", number=2),
        lambda: Unsealed.objects.bulk_create([Unsealed(organisation="lab", file="case/1", number=2)]),
        lambda: Entry.objects.filter(number=1).update(kind="other"),
        lambda: Unsealed.objects.all().delete(),
    ]
    for attempt in attempts:
        with pytest.raises(NotThroughPerform), transaction.atomic():
            attempt()


def test_reading_and_writing_elsewhere_pass() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM ledger_entry")
        cursor.execute("INSERT INTO auth_group (name) SELECT file FROM ledger_entry")
        cursor.execute(
            "UPDATE auth_group SET name = 'ledger_entry' WHERE id IN (SELECT number FROM ledger_entry)"
        )
        cursor.execute("DELETE FROM auth_group WHERE name IN (SELECT file FROM ledger_entry)")


def test_a_projection_is_guarded_once_it_is_registered() -> None:
    sql = "DELETE FROM auth_group"
    with connection.cursor() as cursor:
        cursor.execute(sql)
        before = registered()
        try:
            register_tables("auth_group")
            with pytest.raises(NotThroughPerform, match="the table auth_group is written outside perform"):
                cursor.execute(sql)
            cursor.execute("DELETE FROM auth_group_permissions")
            with writing():
                cursor.execute(sql)
        finally:
            _only(before)
        cursor.execute(sql)


def _only(names: frozenset[str]) -> None:
    from kesu.ledger import oneway

    oneway._tables.clear()
    register_tables(*names)


def test_the_way_closes_behind_the_block_even_when_it_fails() -> None:
    with pytest.raises(ZeroDivisionError), writing():
        _nested_and_failing()
    with pytest.raises(NotThroughPerform), connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_unsealed")


def _nested_and_failing() -> None:
    with writing():
        pass
    raise ZeroDivisionError


@pytest.mark.parametrize(("sql", "passes"), [("SELECT number FROM {}", True), ("DELETE FROM {}", False)])
def test_a_statement_that_the_driver_composes_is_read_as_it_will_be_sent(sql: str, passes: bool) -> None:
    sent: list[object] = []
    statement = SQL(sql).format(Identifier("ledger_unsealed"))
    words = (
        lambda *words: sent.append(words),
        statement,
        None,
        False,
        {"connection": SimpleNamespace(connection=None)},
    )
    if passes:
        one_way(*words)
        assert [one[0] for one in sent] == [statement]
        return
    with pytest.raises(NotThroughPerform, match="ledger_unsealed is written outside perform"):
        one_way(*words)
    assert sent == []


def test_all_tables_of_the_ledger_are_guarded() -> None:
    assert set(TABLES) <= registered()
