"""Each entry may carry an authentication code under a key outside the database (ADR 0022)."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("ledger", "0001_initial")]

    operations: ClassVar = [
        migrations.AddField(model_name="entry", name="mac", field=models.BinaryField(null=True)),
    ]
