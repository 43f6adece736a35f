"""Rows of what is to be done lie with whom the rules together let, authority included."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """No column more; `kesu.site.prepare` makes the rows anew from the ledger."""

    dependencies: ClassVar = [("caseload", "0004_used_and_seen")]
    operations: ClassVar = []
