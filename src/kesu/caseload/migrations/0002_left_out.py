"""Rows of duties name who may not answer them, whatever post he holds."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column more; `kesu.site.prepare` makes the rows anew from the ledger."""

    dependencies: ClassVar = [("caseload", "0001_initial")]
    operations: ClassVar = [
        migrations.AddField(
            model_name="dutyrow", name="left_out", field=models.JSONField(default=list)
        ),
    ]
