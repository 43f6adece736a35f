"""The tables of the ledger. Their triggers are made after every migration (`ledger/triggers.py`)."""

from typing import ClassVar

from django.db import migrations, models

import kesu.ledger.models


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar = []

    operations: ClassVar = [
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "organisation",
                        "number",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("organisation", kesu.ledger.models.Name(max_length=200)),
                ("number", models.PositiveBigIntegerField()),
                ("size", models.PositiveBigIntegerField()),
                ("body", models.BinaryField()),
                ("signature", models.BinaryField()),
                ("peaks", models.BinaryField()),
            ],
            options={
                "db_table": "ledger_checkpoint",
            },
        ),
        migrations.CreateModel(
            name="PersonalValue",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "organisation",
                        "file",
                        "number",
                        "word",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("organisation", kesu.ledger.models.Name(max_length=200)),
                ("file", kesu.ledger.models.Name(max_length=200)),
                ("number", models.PositiveIntegerField()),
                ("word", kesu.ledger.models.Name(max_length=200)),
                ("value", models.BinaryField()),
                ("salt", models.BinaryField()),
            ],
            options={
                "db_table": "ledger_personal_value",
            },
        ),
        migrations.CreateModel(
            name="Unsealed",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "organisation",
                        "file",
                        "number",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("organisation", kesu.ledger.models.Name(max_length=200)),
                ("file", kesu.ledger.models.Name(max_length=200)),
                ("number", models.PositiveIntegerField()),
            ],
            options={
                "db_table": "ledger_unsealed",
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "organisation",
                        "file",
                        "number",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("organisation", kesu.ledger.models.Name(max_length=200)),
                ("file", kesu.ledger.models.Name(max_length=200)),
                ("number", models.PositiveIntegerField()),
                ("kind", kesu.ledger.models.Name(max_length=200)),
                ("person", kesu.ledger.models.Name(max_length=200)),
                ("key", kesu.ledger.models.Name(max_length=200, null=True)),
                ("digest", models.BinaryField()),
                ("body", models.BinaryField()),
            ],
            options={
                "db_table": "ledger_entry",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("key__isnull", False)),
                        fields=("organisation", "person", "key"),
                        name="ledger_entry_answers_a_key_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Leaf",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "organisation",
                        "number",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("organisation", kesu.ledger.models.Name(max_length=200)),
                ("number", models.PositiveBigIntegerField()),
                ("file", kesu.ledger.models.Name(max_length=200)),
                ("entry", models.PositiveIntegerField()),
                ("digest", models.BinaryField()),
            ],
            options={
                "db_table": "ledger_leaf",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "file", "entry"), name="ledger_leaf_seals_an_entry_once"
                    )
                ],
            },
        ),
    ]
