"""Rows of values that are used once, and of posts that see a file because a rule says so."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models

ID = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    """Two tables more; `kesu.site.prepare` makes their rows anew from the ledger."""

    dependencies: ClassVar = [("caseload", "0003_watches")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="UsedRow",
            fields=[
                ("id", ID.clone()),
                ("organisation", models.CharField(max_length=40)),
                ("file", models.CharField(max_length=200)),
                ("word", models.CharField(max_length=80)),
                ("value", models.CharField(max_length=64)),
                ("held", models.BooleanField(default=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "word", "value", "file"), name="caseload_used_in_file"
                    ),
                    models.UniqueConstraint(
                        fields=("organisation", "word", "value"),
                        condition=models.Q(("held", True)),
                        name="caseload_used_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SightRow",
            fields=[
                ("id", ID.clone()),
                ("organisation", models.CharField(max_length=40)),
                ("file", models.CharField(max_length=200)),
                ("post", models.CharField(max_length=80)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "post", "file"), name="caseload_sight_once"
                    )
                ],
            },
        ),
    ]
