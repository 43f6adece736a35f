"""A newer version over the tables of an older one: the rows are made from the ledger again, before anything is served."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection
from tests.office.caseload.office import Office

from kesu.caseload.models import DutyRow
from kesu.caseload.rebuilding.rebuild import rebuild
from kesu.ledger.oneway import writing
from kesu.site.prepare import rows_anew, tables_behind


def test_tables_of_an_earlier_version_are_brought_on_and_their_rows_made_anew(office: Office) -> None:
    office.accepted()
    assert (tables_behind(), rebuild(check=True)) == (False, [])
    with writing(), connection.cursor() as cursor:  # as they were before rows named who may not answer a duty
        cursor.execute("DELETE FROM caseload_dutyrow")
        cursor.execute("DELETE FROM django_migrations WHERE app = 'caseload' AND name > '0001_initial'")
    assert tables_behind()
    call_command("migrate", "caseload", fake=True, verbosity=0)
    assert rows_anew() > 0
    assert DutyRow.objects.filter(organisation="hengce").exists()
    assert (tables_behind(), rebuild(check=True)) == (False, [])
