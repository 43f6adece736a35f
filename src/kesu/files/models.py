"""What was sent in and stands in no entry yet. Nothing that a rule reads."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Draft(models.Model):
    """A file that a person has sent in and not put on record. `type` is that of its content, `name` as it was cleaned.

    `visitor`: which of those from outside sent it, who have no account and are one person to the house: a digest.
    """

    organisation = models.CharField(max_length=40)
    person = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=150)
    type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    when = models.DateTimeField()
    visitor = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "person", "digest", "name"], name="files_draft_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "digest"], name="files_draft_digest"),
            models.Index(fields=["when"], name="files_draft_when"),
        ]
