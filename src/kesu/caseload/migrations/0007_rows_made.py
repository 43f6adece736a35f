"""By which release the rows were made, so that an upgrade that was cut short is noticed; no row is made anew for it."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """One table more, empty: rows are owed until it says otherwise."""

    dependencies: ClassVar = [("caseload", "0006_turns")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="RowsMade",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
            ],
        ),
    ]
