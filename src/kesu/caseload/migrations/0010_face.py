"""Where the words stand by which people know a case."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column more."""

    dependencies: ClassVar = [("caseload", "0009_named")]
    operations: ClassVar = [
        migrations.AddField(model_name="caserow", name="face", field=models.JSONField(default=dict)),
    ]
