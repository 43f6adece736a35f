"""Wrong tries belong to people, since codes are guessed as passwords are; the table stays where it is."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """The model alone: the desk made its table."""

    dependencies: ClassVar = [("people", "0003_sign_in_codes")]
    operations: ClassVar = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Attempt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=64, unique=True)),
                        ("failures", models.PositiveIntegerField(default=0)),
                        ("last", models.DateTimeField()),
                    ],
                    options={"db_table": "desk_attempt"},
                )
            ],
            database_operations=[],
        )
    ]
