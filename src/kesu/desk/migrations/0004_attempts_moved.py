"""Wrong tries belong to people from here on; the table stays where it is."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """The model alone."""

    dependencies: ClassVar = [("desk", "0003_form_drafts"), ("people", "0004_attempts")]
    operations: ClassVar = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel(name="Attempt")], database_operations=[]
        )
    ]
