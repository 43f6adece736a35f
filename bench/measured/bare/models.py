"""One case with four indexes, one event of about 1 KB, unique for each case and sequence, and deadlines."""

from typing import Any, ClassVar

from django.db import models


class Case(models.Model):
    """A case as a queue lists it."""

    label = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=200)
    body = models.TextField()
    queue = models.CharField(max_length=40)
    state = models.CharField(max_length=20)
    batch = models.CharField(max_length=40)
    created = models.DateTimeField()

    class Meta:
        app_label = "bare"
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["queue", "state", "-created"], name="bare_case_queue"),
            models.Index(fields=["batch"], name="bare_case_batch"),
            models.Index(fields=["-created"], name="bare_case_created"),
        ]


class Event(models.Model):
    """What happened, as canonical bytes, and their digest."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False)
    sequence = models.PositiveIntegerField()
    digest = models.BinaryField()
    body = models.BinaryField()

    class Meta:
        app_label = "bare"
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["case", "sequence"], name="bare_event_once")
        ]


class Deadline(models.Model):
    """Something due; the index holds the open ones only."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    what = models.CharField(max_length=40)
    due = models.DateTimeField()
    done = models.DateTimeField(null=True)

    class Meta:
        app_label = "bare"
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["due"], condition=models.Q(done=None), name="bare_deadline_open")
        ]


MODELS: tuple[type[models.Model], ...] = (Case, Event, Deadline)
