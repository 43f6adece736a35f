"""A setting may hold a page of text, such as what whoever complains is told of his personal data."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """The column alone."""

    dependencies: ClassVar = [("people", "0004_attempts")]
    operations: ClassVar = [
        migrations.AlterField(model_name="setting", name="value", field=models.TextField())
    ]
