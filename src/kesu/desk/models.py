"""What the desk itself keeps: failed sign-ins, so that guessing is slow, and the log of sign-ins and of looking things up.

Neither is read by any rule; both stand beside the ledger, not in it. How the log stands is held against the marks.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from kesu.ledger.logs import register_log


class Attempt(models.Model):
    """Failed sign-ins under one name from one address. `key` is a digest: what was typed is not kept."""

    key = models.CharField(max_length=64, unique=True)
    failures = models.PositiveIntegerField(default=0)
    last = models.DateTimeField()


class Access(models.Model):
    """Somebody signed in, looked at something that is logged, took the ledger out by an export, or asked for the published description."""

    organisation = models.CharField(max_length=40)
    person = models.CharField(max_length=40, blank=True)
    what = models.CharField(max_length=40)
    file = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=60, blank=True)
    when = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "-when"], name="desk_access_when")]


register_log(Access)
