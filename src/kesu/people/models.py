"""The tables of people. `User` is a sign-in, `Attempt` one that failed; all others are projections of files of the ledger.

Every projection row carries `organisation` and the `file` that it follows from, so that the rows of one file can be
made anew and compared without knowing what they mean.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, ClassVar, Final

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models, transaction

CODED: Final = frozenset(
    {"username", "email", "password", "is_active", "second_secret", "recovery", "identities", "code"}
)
_makers: Final[list[Callable[[bytes], bytes]]] = []  # one, once a room that knows of the ledger is there


class Users(BaseUserManager["User"]):
    """Makes users; names and addresses are kept as typed and compared without regard to case."""

    def create_user(
        self, *, username: str, name: str, email: str | None = None, password: str | None = None, **other: Any
    ) -> User:
        """A new sign-in. Without a password nobody can sign in by one (the demo signs in by a click)."""
        user = self.model(username=username, name=name, email=email or None, **other)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A sign-in. Several organisations may know the same one; they share nothing else."""

    username = models.CharField(max_length=150, unique=True)
    email = models.EmailField(null=True, unique=True)
    name = models.CharField(max_length=150)
    language = models.CharField(max_length=2, default="zh", choices=(("zh", "中文"), ("en", "English")))
    is_active = models.BooleanField(default=True)
    password_due = models.BooleanField(default=False)  # somebody else chose the present one
    second_secret = models.BinaryField(null=True)  # of his app for codes, under a key outside the database
    second_step = models.BigIntegerField(default=0)  # the last half minute whose code opened: each opens once
    recovery = models.JSONField(default=list)  # digests of the codes that open without the app, once each
    identities = models.JSONField(default=dict)  # provider of sign-ins -> who he is there
    code = models.BinaryField(null=True)  # over what lets somebody in, under a key outside the database

    objects = Users()
    USERNAME_FIELD: ClassVar[str] = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    def what_lets_in(self) -> bytes:
        """What its code is over: who it is, by which names, with which password, and what else lets in or is asked."""
        held: list[Any] = [self.pk, self.username, self.email, self.password, self.is_active]
        secret = bytes(self.second_secret).hex() if self.second_secret else ""
        if (
            secret or self.recovery or self.identities
        ):  # a sign-in without them has the code that it had before
            held.append([secret, self.recovery, sorted(self.identities.items())])
        return json.dumps(held).encode()

    def save(self, *args: Any, **how: Any) -> None:
        """Writes it with its code, all or nothing."""
        fields = how.get("update_fields")
        if fields is not None and CODED.isdisjoint(fields):
            super().save(*args, **how)
            return
        with transaction.atomic():
            if fields is None:
                super().save(*args, **how)  # a new one has its number only now
            self.code = _makers[-1](self.what_lets_in()) if _makers else None
            super().save(using=how.get("using"), update_fields=[*(fields or ()), "code"])


def make_codes_by(maker: Callable[[bytes], bytes]) -> None:
    """From now on the code of a sign-in is what `maker` makes of `what_lets_in`."""
    _makers[:] = [maker]


class Attempt(models.Model):
    """Wrong tries at a password or a code. `key` is a digest of what they were about: what was typed is not kept."""

    key = models.CharField(max_length=64, unique=True)
    failures = models.PositiveIntegerField(default=0)
    last = models.DateTimeField()

    class Meta:
        db_table = "desk_attempt"  # where they stood when only sign-ins were counted


class Projection(models.Model):
    """A row that follows from one file of the ledger."""

    organisation = models.CharField(max_length=40)
    file = models.CharField(max_length=200)

    class Meta:
        abstract = True


def _unique(*fields: str, name: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(fields=["organisation", *fields], name=name)


class Organisation(Projection):
    """A group of companies is one organisation with a tree of units."""

    title = models.CharField(max_length=200)
    zone = models.CharField(max_length=60)
    founded = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [_unique(name="people_organisation_once")]


class Revision(models.Model):
    """How many entries the registers of an organisation hold: what was read at this number may be kept in memory."""

    organisation = models.CharField(max_length=40, unique=True)
    number = models.PositiveIntegerField()


class Unit(Projection):
    """A part of the organisation; `under` is the unit above it, `site` where it works if not where that one does."""

    unit = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    under = models.CharField(max_length=80, null=True)
    site = models.CharField(max_length=80, null=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [_unique("unit", "since", name="people_unit_once")]


class Site(Projection):
    """A place of work. `calendar` names the calendar file whose site of this name (or itself) it works by."""

    site = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    calendar = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [_unique("site", name="people_site_once")]


class Person(Projection):
    """Somebody the organisation knows by an opaque id; `name` reads “erased” once it was."""

    person = models.CharField(max_length=40)
    name = models.CharField(max_length=150)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="persons")
    external = models.BooleanField(default=False)
    left = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [_unique("person", name="people_person_once")]


class Holding(Projection):
    """A person in a post of a unit from `since` (inclusive) to `until` (exclusive)."""

    post = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    person = models.CharField(max_length=40)
    unit = models.CharField(max_length=80)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [_unique("post", "number", name="people_holding_once")]
        indexes: ClassVar = [models.Index(fields=["organisation", "person"], name="people_holding_person")]


class StandIn(Projection):
    """A person in the place of another holder (`behalf`) of a post for a time."""

    post = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    person = models.CharField(max_length=40)
    behalf = models.CharField(max_length=40)
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [_unique("post", "number", name="people_stand_in_once")]
        indexes: ClassVar = [models.Index(fields=["organisation", "person"], name="people_stand_in_person")]


class Item(Projection):
    """A subject item: a report, certificate, delivery or batch; `received` is when its holder got it."""

    key = models.CharField(max_length=150)
    kind = models.CharField(max_length=40)
    holder = models.CharField(max_length=200, blank=True)
    received = models.DateField(null=True)
    units = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [_unique("key", name="people_item_once")]


class Work(Projection):
    """Who did what on a subject item."""

    key = models.CharField(max_length=150)
    number = models.PositiveIntegerField()
    person = models.CharField(max_length=40)
    what = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [_unique("key", "number", name="people_work_once")]
        indexes: ClassVar = [models.Index(fields=["organisation", "person"], name="people_work_person")]


class Price(Projection):
    """What an article costs in yuan from a day on; `key` is the article as it is matched, `until` the last day if one was said."""

    key = models.CharField(max_length=150)
    number = models.PositiveIntegerField()
    article = models.CharField(max_length=150)
    price = models.CharField(max_length=24)
    since = models.DateField()
    until = models.DateField(null=True)
    origin = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [_unique("key", "number", name="people_price_once")]


class CalendarVersion(Projection):
    """One version of a calendar of the organisation, as text; the highest `number` is the present one."""

    calendar = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    noted = models.DateTimeField()
    text = models.TextField()

    class Meta:
        constraints: ClassVar = [_unique("calendar", "number", name="people_calendar_once")]
        indexes: ClassVar = [models.Index(fields=["organisation", "digest"], name="people_calendar_digest")]


class Setting(Projection):
    """What somebody set for a procedure where its paper leaves it open."""

    procedure = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    value = models.TextField()
    reason = models.CharField(max_length=400, blank=True)
    set_by = models.CharField(max_length=40)
    noted = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [_unique("procedure", "name", name="people_setting_once")]


class Edition(Projection):
    """An edition of a procedure that was put in force: its canonical text, and from when it holds."""

    procedure = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    edition = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    since = models.DateTimeField()
    withdrawn = models.DateTimeField(null=True)
    text = models.TextField()

    class Meta:
        constraints: ClassVar = [_unique("procedure", "number", name="people_edition_once")]
        indexes: ClassVar = [models.Index(fields=["organisation", "digest"], name="people_edition_digest")]


PROJECTIONS: tuple[type[Projection], ...] = (
    Organisation,
    Unit,
    Site,
    Person,
    Holding,
    StandIn,
    Item,
    Work,
    Price,
    CalendarVersion,
    Setting,
    Edition,
)
