"""The tables of the ledger. Each row is known by its natural key: there is no running id that anything could follow.

A file has no row of its own: it exists when its first entry does, and its head is its last entry. Unique
(organisation, file, number) is the optimistic lock. Columns of `Entry` beside `body` are copies for indexing.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class Name(models.CharField):  # type: ignore[type-arg]
    """Text that is a name, not prose: sorted by bytes on every database, so that streams can be merged."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("max_length", 200)
        super().__init__(*args, **options)

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        """PostgreSQL is told the C collation; SQLite compares bytes anyway."""
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


class Entry(models.Model):
    """One act on record. Insert only: the database itself refuses everything else."""

    pk = models.CompositePrimaryKey("organisation", "file", "number")
    organisation = Name()
    file = Name()
    number = models.PositiveIntegerField()
    kind = Name()
    person = Name()
    key = Name(null=True)
    digest = models.BinaryField()
    body = models.BinaryField()
    mac = models.BinaryField(
        null=True
    )  # none in what 0.1 wrote; from where on it is wanted stands in the marks

    class Meta:
        db_table = "ledger_entry"
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "person", "key"],
                condition=models.Q(key__isnull=False),
                name="ledger_entry_answers_a_key_once",
            ),
        )


class PersonalValue(models.Model):
    """A value that the bytes hold only a commitment to. The one table with an erase path."""

    pk = models.CompositePrimaryKey("organisation", "file", "number", "word")
    organisation = Name()
    file = Name()
    number = models.PositiveIntegerField()
    word = Name()
    value = models.BinaryField()
    salt = models.BinaryField()

    class Meta:
        db_table = "ledger_personal_value"


class Unsealed(models.Model):
    """The sealer's work list: written by a trigger for each entry, in the entry's own transaction."""

    pk = models.CompositePrimaryKey("organisation", "file", "number")
    organisation = Name()
    file = Name()
    number = models.PositiveIntegerField()

    class Meta:
        db_table = "ledger_unsealed"


class Leaf(models.Model):
    """The place of an entry in its organisation's Merkle tree: 1, 2, 3 … without gaps. Insert only."""

    pk = models.CompositePrimaryKey("organisation", "number")
    organisation = Name()
    number = models.PositiveBigIntegerField()
    file = Name()
    entry = models.PositiveIntegerField()
    digest = models.BinaryField()

    class Meta:
        db_table = "ledger_leaf"
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "file", "entry"], name="ledger_leaf_seals_an_entry_once"
            ),
        )


class Checkpoint(models.Model):
    """A signed statement: the first `size` leaves of this organisation have this root. Insert only.

    `body` is the signed byte string; `peaks` are the roots of the perfect subtrees (32 bytes each, from the left),
    kept so that the next checkpoint need not read every leaf again.
    """

    pk = models.CompositePrimaryKey("organisation", "number")
    organisation = Name()
    number = models.PositiveBigIntegerField()
    size = models.PositiveBigIntegerField()
    body = models.BinaryField()
    signature = models.BinaryField()
    peaks = models.BinaryField()

    class Meta:
        db_table = "ledger_checkpoint"
