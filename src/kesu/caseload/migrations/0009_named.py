"""Who is named and sees the file still, until that is confirmed; and since when it is, so that he can be told."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns more."""

    dependencies: ClassVar = [("caseload", "0008_able")]
    operations: ClassVar = [
        migrations.AddField(model_name="apartrow", name="hides", field=models.BooleanField(default=True)),
        migrations.AddField(model_name="apartrow", name="named_since", field=models.DateTimeField(null=True)),
    ]
