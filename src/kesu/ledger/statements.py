"""Several statements in one round trip: SQL that is collected first and sent together, in its order.

To the server a round trip costs more than most statements do. PostgreSQL takes several in one message; SQLite has no
server, there it only saves making a cursor for each. In both, one transaction of the caller holds them together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

Statement = tuple[str, Sequence[Any]]  # SQL with “%s” where each value goes
Rows = Sequence[tuple[Any, ...]]


class Statements:
    """Statements that write, until `send` sends them."""

    def __init__(self) -> None:
        self._waiting: list[Statement] = []

    def add(self, sql: str, values: Sequence[Any]) -> None:
        """One more, to be sent after those before it."""
        self._waiting.append((sql, values))

    def send(self) -> None:
        """Sends what waits. Raises IntegrityError for the first that the database refuses; the rest is not executed."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        connection = connections[DEFAULT_DB_ALIAS]
        with connection.cursor() as cursor:
            for sql, values in _messages(connection, waiting):
                cursor.execute(sql, values)


def asked(*questions: Statement) -> list[Rows]:
    """The rows that answer each of these SELECTs, in their order."""
    connection = connections[DEFAULT_DB_ALIAS]
    answers: list[Rows] = []
    with connection.cursor() as cursor:
        for sql, values in _messages(connection, questions):
            cursor.execute(sql, values)
            answers.append(cursor.fetchall())
            while len(answers) < len(questions) and connection.vendor == "postgresql" and cursor.nextset():
                answers.append(cursor.fetchall())
    return answers


def _messages(connection: Any, statements: Sequence[Statement]) -> Sequence[Statement]:
    """The statements as they are sent: to PostgreSQL all in one, unless it is told to bind values by itself."""
    binding = connection.settings_dict["OPTIONS"].get("server_side_binding")
    if connection.vendor != "postgresql" or binding or len(statements) == 1:
        return statements
    sql = ";\n".join(one for one, _ in statements)
    return [(sql, [value for _, values in statements for value in values])]
