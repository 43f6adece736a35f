"""Until when a step can be taken, where time alone shuts it; `kesu.site.prepare` makes the rows anew from the ledger."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column more."""

    dependencies: ClassVar = [("caseload", "0005_addressees_anew")]
    operations: ClassVar = [
        migrations.AddField(model_name="dutyrow", name="until", field=models.DateTimeField(null=True)),
    ]
