"""The Django application `ledger`: puts the guards in place."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


class LedgerConfig(AppConfig):
    """Tables that only grow, one way in, triggers made anew after each migration."""

    name = "kesu.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect the guards."""
        from kesu.ledger.oneway import install, register_tables
        from kesu.ledger.triggers import TABLES, make_triggers, set_triggers_aside

        register_tables(*TABLES)
        connection_created.connect(install, dispatch_uid="kesu.ledger.oneway")
        pre_migrate.connect(set_triggers_aside, sender=self, dispatch_uid="kesu.ledger.set_aside")
        post_migrate.connect(make_triggers, sender=self, dispatch_uid="kesu.ledger.triggers")
