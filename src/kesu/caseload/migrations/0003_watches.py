"""Rows of counting over many cases: where a case counts, and what the file of a watch says."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two tables more; `kesu.site.prepare` makes their rows anew from the ledger."""

    dependencies: ClassVar = [("caseload", "0002_left_out")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="CountedRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("organisation", models.CharField(max_length=40)),
                ("file", models.CharField(max_length=200)),
                ("watch", models.CharField(max_length=80)),
                ("into", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField()),
                ("values", models.JSONField(default=list)),
                ("lacking", models.JSONField(default=list)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation", "into", "at"], name="caseload_counted_into")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "watch", "file"), name="caseload_counted_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WatchRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("organisation", models.CharField(max_length=40)),
                ("file", models.CharField(max_length=200)),
                ("watch", models.CharField(max_length=80)),
                ("procedure", models.CharField(max_length=80)),
                ("values", models.JSONField(default=dict)),
                ("by", models.JSONField(default=list)),
                ("cases", models.JSONField(default=list)),
                ("alarms", models.JSONField(default=list)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "file"), name="caseload_watch_once")
                ],
            },
        ),
    ]
