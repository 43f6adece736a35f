"""Which of those from outside sent a draft in: each has space of his own."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="draft", name="visitor", field=models.CharField(blank=True, max_length=64)
        )
    ]
