"""The Django application `caseload`."""

from __future__ import annotations

from django.apps import AppConfig


class CaseloadConfig(AppConfig):
    """Registers every projection table with the one way in, the list of what was barred with the marks, the index of search; gives sign-ins their codes."""

    name = "kesu.caseload"
    label = "caseload"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """From here on a save() outside perform is refused, whichever room tries it."""
        from django.db.models.signals import post_migrate

        from kesu.caseload.models import GUARDED, BarredRow
        from kesu.caseload.pieces import make_index
        from kesu.caseload.rebuilding.sign_ins import code_of
        from kesu.ledger.logs import register_log
        from kesu.ledger.oneway import register_tables
        from kesu.people.models import make_codes_by

        register_tables(*(model._meta.db_table for model in GUARDED))
        register_log(BarredRow)
        make_codes_by(code_of)
        post_migrate.connect(make_index, sender=self)
