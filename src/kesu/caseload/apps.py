"""The Django application `caseload`."""

from __future__ import annotations

from django.apps import AppConfig


class CaseloadConfig(AppConfig):
    """Registers every projection table with the one way in."""

    name = "kesu.caseload"
    label = "caseload"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """From here on a save() outside perform is refused, whichever room tries it."""
        from kesu.caseload.models import GUARDED
        from kesu.ledger.oneway import register_tables

        register_tables(*(model._meta.db_table for model in GUARDED))
