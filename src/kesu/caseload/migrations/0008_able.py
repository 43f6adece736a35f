"""Which steps of a duty can be taken now, and what has to come first; `kesu.site.prepare` makes the rows anew from the ledger."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns more."""

    dependencies: ClassVar = [("caseload", "0007_rows_made")]
    operations: ClassVar = [
        migrations.AddField(model_name="dutyrow", name="able", field=models.JSONField(default=list)),
        migrations.AddField(model_name="dutyrow", name="first", field=models.JSONField(default=list)),
    ]
