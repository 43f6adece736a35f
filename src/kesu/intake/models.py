"""What intake itself keeps: which files can be looked up from outside, by number and code.

No rule reads it, and no code stands in it: a code follows from the key of the house (`lookup_code`).
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Admission(models.Model):
    """Whoever knows number and code of a file may look it up. `number`: that of the file, as it is compared.

    `issue`: how often a code was given; only the last one holds.
    """

    organisation = models.CharField(max_length=40)
    file = models.CharField(max_length=200)
    number = models.CharField(max_length=80)
    issue = models.PositiveIntegerField(default=1)
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "file"], name="intake_admission_once"),
            models.UniqueConstraint(fields=["organisation", "number"], name="intake_number_once"),
        ]
