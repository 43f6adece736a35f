"""Triggers are made anew after every migration and compared by text at every start."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from tests.office.ledger.writers import NINE, entry, write

from kesu.ledger.models import Checkpoint, Entry, Leaf, Name, PersonalValue
from kesu.ledger.oneway import writing
from kesu.ledger.role import RoleName, role_statements
from kesu.ledger.seal import seal
from kesu.ledger.start import ready_to_serve
from kesu.ledger.triggers import NotGuarded, TriggersDiffer, check_triggers, require_triggers
from kesu.ledger.verify import verify

SPOILS = {
    "sqlite": [
        "DROP TRIGGER ledger_entry_no_update",
        (
            "DROP TRIGGER ledger_leaf_no_delete; CREATE TRIGGER ledger_leaf_no_delete"
            " BEFORE DELETE ON ledger_leaf BEGIN SELECT 1; END"
        ),
        "CREATE TRIGGER mine AFTER INSERT ON ledger_checkpoint BEGIN SELECT 1; END",
    ],
    "postgresql": [
        "DROP TRIGGER ledger_entry_no_row ON ledger_entry",
        "ALTER TABLE ledger_leaf DISABLE TRIGGER ledger_leaf_no_statement",
        "CREATE OR REPLACE FUNCTION ledger_erase() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$",
    ],
}
FOUND = {
    "sqlite": [
        ["ledger_entry_no_update is missing"],
        ["ledger_leaf_no_delete is not as Kesu made it"],
        ["mine is not one of ours"],
    ],
    "postgresql": [
        ["ledger_entry_no_row is missing"],
        ["ledger_leaf_no_statement is not as Kesu made it"],
        ["ledger_erase is not as Kesu made it"],
    ],
}


@pytest.mark.django_db
def test_a_migrated_database_has_every_trigger() -> None:
    assert check_triggers() == []
    require_triggers()


@pytest.mark.parametrize("way", [0, 1, 2])
@pytest.mark.tampers
def test_a_trigger_that_was_touched_stops_the_start_until_migrate(fresh_database: None, way: int) -> None:
    vendor = connection.vendor
    with connection.cursor() as cursor:
        for sql in SPOILS[vendor][way].split("; C") if vendor == "sqlite" else [SPOILS[vendor][way]]:
            cursor.execute(sql if sql.startswith(("DROP", "ALTER", "CREATE")) else "C" + sql)
    assert check_triggers() == FOUND[vendor][way]
    with pytest.raises(TriggersDiffer, match=FOUND[vendor][way][0]):
        require_triggers()
    call_command("migrate", verbosity=0)
    assert check_triggers() == []


def test_after_each_migration_of_the_ledger_every_trigger_stands(fresh_database: None) -> None:
    steps = [name for app, name in sorted(MigrationLoader(None).disk_migrations) if app == "ledger"]
    call_command("migrate", "ledger", "zero", verbosity=0)
    assert steps
    for name in steps:
        call_command("migrate", "ledger", name, verbosity=0)
        assert (name, check_triggers()) == (name, [])
    call_command("migrate", verbosity=0)
    assert check_triggers() == []


NEXT = """
from django.db import migrations
from kesu.ledger.models import Name

class Migration(migrations.Migration):
    dependencies = [("ledger", {last!r})]
    operations = [
        migrations.AlterField(model, "organisation", Name(max_length=250))
        for model in ("entry", "personalvalue", "unsealed", "leaf", "checkpoint")
    ]
"""


@pytest.fixture
def a_later_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: object) -> str:
    """The migrations of the ledger, and one more that changes a column of every table."""
    steps = [name for app, name in sorted(MigrationLoader(None).disk_migrations) if app == "ledger"]
    package = tmp_path / "later_migrations"
    package.mkdir()
    (package / "__init__.py").touch()
    for name in steps:
        same = f"import importlib\nMigration = importlib.import_module('kesu.ledger.migrations.{name}').Migration\n"
        (package / f"{name}.py").write_text(same)
    (package / "9999_wider.py").write_text(NEXT.format(last=steps[-1]))
    monkeypatch.syspath_prepend(tmp_path)
    settings.MIGRATION_MODULES = {"ledger": "later_migrations"}  # type: ignore[attr-defined]
    return "9999_wider"


def test_a_migration_that_rebuilds_every_table_loses_no_guard_and_no_row(
    fresh_database: None, a_later_release: str
) -> None:
    write("case/1", entry(personal={"name": "张三"}))
    seal("lab", NINE)
    write("case/1", entry(), expected=1)
    call_command("migrate", verbosity=0)
    assert ("ledger", a_later_release) in MigrationRecorder(connection).applied_migrations()
    assert check_triggers() == []
    assert (verify().entries, verify().faults) == (2, ())
    for model in (Entry, Leaf, Checkpoint, PersonalValue):
        with pytest.raises(DatabaseError, match="ledger: a row of"), writing(), transaction.atomic():
            model.objects.update(organisation="other")


def test_a_column_changed_without_migrate_is_noticed(fresh_database: None) -> None:
    wider = Name(max_length=300)
    wider.set_attributes_from_name("organisation")
    with connection.schema_editor() as editor:
        editor.alter_field(Checkpoint, Checkpoint._meta.get_field("organisation"), wider)
    lost = ["ledger_checkpoint_no_delete", "ledger_checkpoint_no_replace", "ledger_checkpoint_no_update"]
    assert check_triggers() == (
        [f"{name} is missing" for name in lost] if connection.vendor == "sqlite" else []
    )
    call_command("migrate", verbosity=0)
    assert check_triggers() == []


@pytest.mark.django_db
def test_a_database_that_the_ledger_cannot_guard_is_not_started_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections["default"], "vendor", "oracle")
    with pytest.raises(NotGuarded) as other:
        require_triggers()
    assert str(other.value) == "the ledger knows how to guard itself on SQLite and PostgreSQL, not on oracle"
    monkeypatch.undo()


@pytest.mark.django_db
def test_a_start_finds_the_triggers_makes_the_keys_and_leaves_no_connection_open(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[bool] = []
    monkeypatch.setattr(connections["default"], "close", lambda: closed.append(True))
    settings.LEDGER_SIGNING_KEY, settings.LEDGER_MARKS = tmp_path / "signing-key", tmp_path / "ledger-marks"
    settings.LEDGER_MAC_KEY = tmp_path / "mac-key"
    assert ready_to_serve(NINE) == []
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert (modes, closed) == (dict.fromkeys(("ledger-marks", "mac-key", "signing-key"), 0o600), [True])


def test_the_statements_for_a_role_are_printed_by_a_command() -> None:
    out = StringIO()
    call_command("ledger_role", "kesu_app", stdout=out)
    assert out.getvalue().splitlines() == [
        "GRANT USAGE ON SCHEMA public TO kesu_app;",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO kesu_app;",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO kesu_app;",
        (
            "REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON ledger_entry, ledger_leaf, ledger_checkpoint"
            " FROM kesu_app;"
        ),
        "REVOKE UPDATE, TRUNCATE, REFERENCES, TRIGGER ON ledger_personal_value FROM kesu_app;",
    ]
    with pytest.raises(CommandError, match="a role is named with small letters, digits and underscores"):
        call_command("ledger_role", "kesu; DROP TABLE")


def test_a_role_of_the_application_has_no_right_to_change_the_ledger(fresh_database: None) -> None:
    with pytest.raises(RoleName):
        role_statements("kesu; DROP TABLE")
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("DROP ROLE IF EXISTS kesu_test_role")
        cursor.execute("CREATE ROLE kesu_test_role")
        with writing():
            for statement in role_statements("kesu_test_role"):
                cursor.execute(statement)
        cursor.execute("ALTER TABLE ledger_entry DISABLE TRIGGER ALL")
        cursor.execute("ALTER TABLE ledger_entry ENABLE ALWAYS TRIGGER ledger_entry_waits")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE kesu_test_role")
        write("case/1", entry(personal={"name": "张三"}))
        for sql in (
            "UPDATE ledger_entry SET kind = 'other'",
            "DELETE FROM ledger_leaf",
            "TRUNCATE ledger_checkpoint",
            "UPDATE ledger_personal_value SET word = 'other'",
            "ALTER TABLE ledger_entry DISABLE TRIGGER ALL",
        ):
            with (
                pytest.raises(DatabaseError, match=r"permission denied|must be owner"),
                writing(),
                transaction.atomic(),
            ):
                connection.cursor().execute(sql)
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("DROP OWNED BY kesu_test_role")
        cursor.execute("DROP ROLE kesu_test_role")
