"""The tables of caseload: rows that follow from case files, the number series, and the list of refused commands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, TypeAlias

from django.db import models

from kesu.people.models import PROJECTIONS as PEOPLE
from kesu.people.models import Projection, Revision

from .pieces import Pieces

Row: TypeAlias = tuple[
    type[Projection], Mapping[str, Any]
]  # a row to be stored: its model and its fields, organisation and file left out
Key: TypeAlias = tuple[type[Projection], tuple[Any, ...]]  # the model, and the values of its natural key
Keyed: TypeAlias = Mapping[Key, Mapping[str, Any]]  # the rows of one file


class CaseRow(Projection):
    """One case file as lists show it. `number` and `head` tell the entry up to which it is folded."""

    procedure = models.CharField(max_length=80)
    edition = models.CharField(max_length=64)
    kind = models.CharField(max_length=80)
    label = models.CharField(max_length=80)
    parent = models.CharField(max_length=200, blank=True)
    title_zh = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300)
    face = models.JSONField(default=dict)  # where the words stand by which people know it: see rows/face
    state = models.CharField(max_length=80)
    grade = models.CharField(max_length=80, blank=True)
    topic = models.JSONField(default=list)
    received = models.DateTimeField()
    next_due = models.DateTimeField(null=True)
    next_provisional = models.BooleanField(default=False)
    owner = models.CharField(max_length=80, blank=True)
    ended = models.DateTimeField(null=True)
    clock = models.DateTimeField(null=True)  # when time will next have something to add to the file
    calendar = models.CharField(max_length=64)
    site = models.CharField(max_length=80, blank=True)
    imported = models.BooleanField(default=False)
    number = models.PositiveIntegerField()
    head = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "file"], name="caseload_case_once"),
            models.UniqueConstraint(fields=["organisation", "label"], name="caseload_number_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-received", "file"], name="caseload_case_received"),
            models.Index(
                fields=["organisation", "clock"],
                condition=models.Q(clock__isnull=False),
                name="caseload_case_clock",
            ),
            models.Index(
                fields=["organisation", "parent"], condition=~models.Q(parent=""), name="caseload_case_parent"
            ),
            models.Index(
                fields=["organisation", "next_due", "file"],
                condition=models.Q(ended=None),
                name="caseload_case_open",
            ),
        ]


class DutyRow(Projection):
    """One duty of a file for one of the posts (or the person) that can answer it; a row for each of them.

    - `rule`, `number`, `thing`: as in `Duty`; of a “next” row `thing` is the step and `number` the turn, from 0.
    - `post` or `person`: in whose list it stands; both where of the holders of a post one alone is called on, none where
      anybody may and nobody has the file.
    - `left_out`: persons who may not, whatever post they hold, for what they did in the file.
    - `state`: that of the duty (open, late, met, met late, reasoned, void, taken over, void late), or one of two more:
      “left open”, nobody met it before its file ended; “next”, no duty but a step that can be taken now and that the
      file waits for. In lists of work stand open, late and next.
    - `start`: from when it counts; of a “next” row the beginning of the file, or the instant at which time opens the step.
    - `until`: of a “next” row the instant at which time shuts the step; null while nothing does, and for every duty.
    - `due_at`, `due_date`: when it runs out (UTC), and the local day that ends with it; null without a limit. Of a “next”
      row the limit that waits for the step.
    - `provisional`: a day that is not settled decided the date.
    - `steps`: any of them answers it. `able`: those that this post (or person) can take as the file stands; with none it is
      in nobody's list of work. `first`: the steps that have to be taken before any of them, where none can be yet.
    - `answered_by`: the entry that answered it, 0 before.
    """

    rule = models.CharField(max_length=120)
    number = models.PositiveIntegerField()
    thing = models.CharField(max_length=150, blank=True)
    post = models.CharField(max_length=80, blank=True)
    person = models.CharField(max_length=40, blank=True)
    left_out = models.JSONField(default=list)
    state = models.CharField(max_length=20)
    start = models.DateTimeField()
    until = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    due_date = models.DateField(null=True)
    provisional = models.BooleanField(default=False)
    steps = models.JSONField(default=list)
    able = models.JSONField(default=list)
    first = models.JSONField(default=list)
    answered_by = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "file", "rule", "number", "thing", "post", "person"],
                name="caseload_duty_once",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "post", "due_at"],
                condition=models.Q(state__in=("open", "late", "next")),
                name="caseload_duty_running",
            ),
            models.Index(
                fields=["organisation", "person", "due_at"],
                condition=models.Q(state__in=("open", "late", "next")) & ~models.Q(person=""),
                name="caseload_duty_person",
            ),
        ]


class PartRow(Projection):
    """A person who acts, or has a task, in a file: he sees it without holding a post that does."""

    person = models.CharField(max_length=40)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "person", "file"], name="caseload_part_once")
        ]


class ApartRow(Projection):
    """A person or a unit that has to stay out of a file: for them it does not exist, once it `hides`."""

    person = models.CharField(max_length=40, blank=True)
    unit = models.CharField(max_length=80, blank=True)
    hides = models.BooleanField(default=True)  # not while a naming waits to be confirmed
    named_since = models.DateTimeField(null=True)  # since when he is named for good, where somebody named him

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "person", "unit", "file"], name="caseload_apart_once"
            )
        ]


class ConcernRow(Projection):
    """The subject item that a file is about, as all its spellings: what the register learns of it later enters the file."""

    item = models.CharField(max_length=150)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "item", "file"], name="caseload_concern_once")
        ]


class CountedRow(Projection):
    """Where a case counts as it stands: `into` is the watch's own file, empty while a value that tells it is not known."""

    watch = models.CharField(max_length=80)
    into = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    values = models.JSONField(default=list)  # as they were written in this case, in the order of the rule
    lacking = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "watch", "file"], name="caseload_counted_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "into", "at"], name="caseload_counted_into")
        ]


class WatchRow(Projection):
    """The own file of a watch: what it watches, what it counts by its own entries, and its alarms."""

    watch = models.CharField(max_length=80)
    procedure = models.CharField(max_length=80)
    values = models.JSONField(default=dict)
    by = models.JSONField(default=list)  # the facts of `values` in the order of the rule
    cases = models.JSONField(default=list)
    alarms = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "file"], name="caseload_watch_once")
        ]


ONCE = "caseload_used_once"


class UsedRow(Projection):
    """A value that the file has used, by its digest. What is `held` nobody else may use (semantics 4.2, `once`)."""

    word = models.CharField(max_length=80)
    value = models.CharField(max_length=64)
    held = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "word", "value", "file"], name="caseload_used_in_file"
            ),
            models.UniqueConstraint(
                fields=["organisation", "word", "value"], condition=models.Q(held=True), name=ONCE
            ),
        ]


class SightRow(Projection):
    """A post that “see” rules name and that sees the file because one of them holds."""

    post = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "post", "file"], name="caseload_sight_once")
        ]


class TraitRow(Projection):
    """A classed fact of a case as it stands, by which lists are narrowed; numbers of items and batches as they are compared."""

    word = models.CharField(max_length=80)
    value = models.CharField(max_length=150)
    of_unit = models.BooleanField(default=False)  # the value is a unit

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "word", "value", "file"], name="caseload_trait_once"
            )
        ]


class CustomerRow(Projection):
    """Who complains in a file, as one looks for him; personal as the search is, and made anew with the file."""

    customer = models.CharField(max_length=24)  # how he is named in addresses
    name = models.CharField(max_length=150)
    called = models.CharField(max_length=150)  # the name as it is compared
    initials = models.CharField(max_length=150, blank=True)
    tail = models.CharField(max_length=4, blank=True)  # the last digits of the telephone

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "customer", "file"], name="caseload_customer_once"
            )
        ]


class SearchRow(Projection):
    """What a file is found by: lines as (fact, text), the same folded, and its pieces. Holds personal words.

    It follows the file (`rows.following`) and tells in `number` up to which entry; an erasure makes it anew.
    """

    number = models.PositiveIntegerField(default=0)
    said = models.JSONField(default=list)
    folded = models.TextField()
    grams = Pieces()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "file"], name="caseload_search_once")
        ]


class AttachedRow(Projection):
    """A file that the case holds, by its digest; none where its name was erased, and its bytes with it."""

    digest = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "digest", "file"], name="caseload_attached_once")
        ]


class Series(models.Model):
    """The last number given in a series (prefix, local year). Its row is the lock of the series."""

    organisation = models.CharField(max_length=40)
    prefix = models.CharField(max_length=60)
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "prefix", "year"], name="caseload_series_once")
        ]


class BarredRow(models.Model):
    """A command that was sent and barred. It leaves nothing in the file; here it can be looked up."""

    organisation = models.CharField(max_length=40)
    person = models.CharField(max_length=40)
    post = models.CharField(max_length=80, blank=True)
    step = models.CharField(max_length=80)
    file = models.CharField(max_length=200)
    clauses = models.JSONField(default=list)
    why = models.JSONField(default=list)
    when = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "-when"], name="caseload_barred_when")]


class SearchedRow(models.Model):
    """Up to which leaf of its organisation the search has followed: what was sealed later is still to be looked through."""

    organisation = models.CharField(max_length=40, unique=True)
    leaf = models.PositiveBigIntegerField()


class RowsMade(models.Model):
    """By which release, over which tables, every row was last made from the ledger; rows are owed where it is another."""

    by = models.TextField()


CASE_PROJECTIONS: tuple[type[Projection], ...] = (
    CaseRow,
    DutyRow,
    PartRow,
    ApartRow,
    ConcernRow,
    CountedRow,
    WatchRow,
    UsedRow,
    SightRow,
    TraitRow,
    CustomerRow,
    SearchRow,
    AttachedRow,
)
GUARDED: tuple[type[models.Model], ...] = (
    *PEOPLE,
    Revision,
    *CASE_PROJECTIONS,
    SearchedRow,
    Series,
    BarredRow,
)
