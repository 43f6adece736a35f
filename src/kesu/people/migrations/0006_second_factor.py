"""The second factor of a sign-in: its secret, the last code that opened, and recovery codes; and who it is at providers."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Four columns of sign-ins."""

    dependencies: ClassVar = [("people", "0005_long_settings")]
    operations: ClassVar = [
        migrations.AddField("user", "second_secret", models.BinaryField(null=True)),
        migrations.AddField("user", "second_step", models.BigIntegerField(default=0)),
        migrations.AddField("user", "recovery", models.JSONField(default=list)),
        migrations.AddField("user", "identities", models.JSONField(default=dict)),
    ]
