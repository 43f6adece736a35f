"""What the desk itself keeps: the log of sign-ins and of looking things up, the lists that people keep, and what they have typed into forms and not sent.

None of it is read by any rule; it stands beside the ledger, not in it. How the log stands is held against the marks.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from kesu.ledger.logs import register_log


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


class SavedView(models.Model):
    """A list of cases that somebody kept under a title: what its address asks. Shared, it is everybody's to look at."""

    organisation = models.CharField(max_length=40)
    person = models.CharField(max_length=40)
    title = models.CharField(max_length=40)
    query = models.CharField(max_length=2000)
    shared = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "person", "title"], name="desk_view_once")
        ]


class FormDraft(models.Model):
    """What a person has typed into a form and not sent; `form` says which. Read by nobody else, and by no rule.

    `typed` is JSON, name of an input -> everything in it; "" once the form was sent or the draft thrown away, so that a page opened
    before that (`opened`) does not bring it back.
    """

    organisation = models.CharField(max_length=40)
    person = models.CharField(max_length=40)
    form = models.CharField(max_length=200)
    typed = models.TextField(blank=True)
    opened = models.DateTimeField()
    saved = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "person", "form"], name="desk_form_draft_once")
        ]
        indexes: ClassVar = [models.Index(fields=["saved"], name="desk_form_draft_saved")]
