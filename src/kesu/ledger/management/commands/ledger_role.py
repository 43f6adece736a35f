"""`python -m django ledger_role NAME`: prints the SQL that prepares a PostgreSQL role for the application."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kesu.ledger.role import RoleName, role_statements


class Command(BaseCommand):
    """Prints; changes nothing. Run the output as the owner of the tables, again after each migration."""

    help = "Print the SQL that lets a PostgreSQL role run Kesu without any right to change the ledger."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One argument: the role."""
        parser.add_argument(
            "role", help="an existing role, for example kesu_app (CREATE ROLE kesu_app LOGIN)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the statements."""
        try:
            self.stdout.write("\n".join(role_statements(options["role"])))
        except RoleName as wrong:
            raise CommandError(str(wrong)) from wrong
