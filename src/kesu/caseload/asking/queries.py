"""What pages ask: what is mine to do, what others owe me, lists and counts. All through `seeing.visible`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import F, Q, QuerySet

from kesu.casework.file.roles_in_file import Apart
from kesu.people.directory import Directory
from kesu.procedure.kinds.alike import alike
from kesu.procedure.saying.sentence import sentence
from kesu.procedure.words.parts import COMPLETING
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Text
from kesu.worktime.until import Until, until

from ..folded.books import procedure_by_digest
from ..models import ApartRow, CaseRow, DutyRow
from ..rows.place_in_list import read_place
from ..sight.reader import Reader
from ..sight.seeing import kept_out, resorts, visible

TOLD_FOR: Final = timedelta(days=7)  # that somebody is told of having been named

RUNNING = ("open", "late", "next")  # next: can be taken now, with no limit
NOBODY_KEPT_OUT = Apart(frozenset(), frozenset())
NOTHING = Text("", "")
COMPLETED = Text("补全登记", "Complete the registration")  # wanted of somebody, and not merely added
MOST_TASKS = 1000  # more than anybody can do; the earliest due are kept


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: in which case, which steps would settle it, by when, and which sentence of the paper asks it."""

    file: str
    label: str
    title: Text
    rule: str
    what: Text
    action: Text  # the first of the steps, as the procedure of this file calls it
    why: Text
    clauses: tuple[str, ...]
    steps: tuple[str, ...]
    post: str
    until: Until | None
    number: int
    thing: str
    state: str
    grade: str
    last_resort: str = ""  # who is called upon when everybody in the post has to stay out
    left_out: tuple[str, ...] = ()  # who may not, whatever post he holds
    first: Text = NOTHING  # what has to be done first, where he can do nothing yet
    person: str = ""  # the one person it is for
    able: tuple[str, ...] = ()  # of what others owe: the persons who can, in the post `post`


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a list is narrowed to; None is anything. `text` looks in number and title."""

    state: str | None = None
    grade: str | None = None
    topic: str | None = None
    kind: str | None = None
    procedure: str | None = None
    owner: str | None = None
    open: bool | None = None
    overdue: bool | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list, newest first; `next` goes into `after` for the following ones, None at the end."""

    rows: list[CaseRow]
    next: str | None


def queue(reader: Reader) -> list[Task]:
    """What the reader is to do, the earliest due first; what has no limit last."""
    return _tasks(_told_once(_rows(reader, _mine(reader))), reader)


def waiting(reader: Reader) -> list[Task]:
    """What others owe in files that the reader acts in, each with the persons who can do it; and what of his own waits for them."""
    theirs = ~_for_him(reader) & Q(file__in=_acted_in(reader)) & ~Q(able=[])
    others = theirs | _for_him(reader) & Q(able=[]) & ~Q(first=[])
    tasks = _tasks(_rows(reader, others), reader)
    kept = kept_out(reader.organisation, {task.file for task in tasks})
    return [_with_able(task, reader.directory, kept, reader.now) for task in tasks]


def named_lately(reader: Reader) -> list[tuple[str, datetime]]:
    """The numbers of the files in which the reader was named within the last week, and since when: told, and no more than that."""
    rows = ApartRow.objects.filter(organisation=reader.organisation, person=reader.person, hides=True)
    lately = reader.now - TOLD_FOR
    since = {row.file: row.named_since for row in rows if row.named_since and row.named_since > lately}
    labels = CaseRow.objects.filter(organisation=reader.organisation, file__in=since).order_by("label")
    return [(label, since[file]) for file, label in labels.values_list("file", "label")]


def _mine(reader: Reader) -> Q:
    """What he can do now: in a post that he holds, stands in for or is called to as the last resort, unless he may not; and his own."""
    return _for_him(reader) & ~Q(able=[])


def _for_him(reader: Reader) -> Q:
    """Rows for him, whether he can do anything about them or not."""
    person, in_post = reader.person, Q(post__in=sorted(reader.posts))
    for post, files in resorts(reader).items():
        in_post |= Q(post=post, file__in=files)
    for_anybody = in_post & ~Q(left_out__icontains=f'"{person}"')
    return for_anybody & Q(person__in=("", person)) | Q(post="", person=person)


def _acted_in(reader: Reader) -> QuerySet[CaseRow]:
    from ..models import PartRow

    return PartRow.objects.filter(organisation=reader.organisation, person=reader.person).values("file")  # type: ignore[return-value]


def _rows(reader: Reader, wanted: Q) -> list[DutyRow]:
    duties = DutyRow.objects.filter(
        organisation=reader.organisation, state__in=RUNNING, file__in=visible(reader).values("file")
    ).exclude(Q(state="next") & (Q(start__gt=reader.now) | Q(until__lte=reader.now)))
    return list(duties.filter(wanted).order_by(F("due_at").asc(nulls_last=True), "file", "id")[:MOST_TASKS])


def _told_once(rows: list[DutyRow]) -> list[DutyRow]:
    """Each running limit, and of what is wanted of the same step besides the one that comes first: rows stand by their limits."""
    told = {
        (row.file, step)
        for row in rows
        if row.state != "next" and row.due_at is not None
        for step in row.able
    }
    once = []
    for row in rows:
        step = (row.file, row.able[0])
        if (row.state != "next" and (row.due_at is not None or row.thing)) or step not in told:
            told.add(step)
            once.append(row)
    return once


def _tasks(rows: list[DutyRow], reader: Reader) -> list[Task]:
    case_rows = CaseRow.objects.filter(
        organisation__in={row.organisation for row in rows}, file__in={row.file for row in rows}
    )
    cases = {row.file: row for row in case_rows}
    tasks: dict[tuple[str, str, int, str], Task] = {}
    zone, now = ZoneInfo(reader.zone), reader.now
    for row in rows:  # where several posts can, the first that the procedure names is told
        key = (row.file, row.rule, row.number, row.thing)
        if key not in tasks:
            tasks[key] = _task(row, cases[row.file], zone, now)
    last = datetime.max.replace(tzinfo=now.tzinfo)
    return sorted(
        tasks.values(),
        key=lambda task: (
            task.until.at if task.until else last,
            task.grade != "major",
            task.label,
            task.rule,
        ),
    )


def _task(duty: DutyRow, case: CaseRow, zone: ZoneInfo, now: datetime) -> Task:
    procedure = procedure_by_digest(case.organisation, case.edition)
    rule = procedure.by_name.get(duty.rule)
    why = Text(*(sentence(rule, procedure, lang) for lang in ("zh", "en"))) if rule else Text("", "")
    return Task(
        file=case.file,
        label=case.label,
        title=Text(case.title_zh, case.title_en),
        rule=duty.rule,
        what=_what(procedure, duty.able or duty.steps),
        action=_what(procedure, duty.able[:1]),
        first=_what(procedure, duty.first),
        why=why,
        clauses=rule.clauses if rule else (),
        steps=tuple(duty.able or duty.steps),
        post=duty.post,
        until=_until(duty, zone, now),
        number=duty.number,
        thing=duty.thing,
        person=duty.person,
        state=case.state,
        grade=case.grade,
        last_resort=procedure.posts[duty.post].last_resort or "" if duty.post in procedure.posts else "",
        left_out=tuple(duty.left_out),
    )


def _until(duty: DutyRow, zone: ZoneInfo, now: datetime) -> Until | None:
    if duty.due_at is None:
        return None
    late = duty.state == "late" or (duty.state == "next" and duty.due_at < now)
    return until(duty.due_at, zone=zone, now=now, provisional=duty.provisional, late=late)


def _with_able(task: Task, directory: Directory, kept: Mapping[str, Apart], now: datetime) -> Task:
    """The task with the persons who can do it; where nobody in its post is left, those of the last resort."""
    if not task.post or task.first.en:
        return task
    if task.person:
        return replace(task, able=(task.person,))
    out = kept.get(task.file, NOBODY_KEPT_OUT)
    acting = directory.acting(task.post, now)
    left = [
        person
        for person in acting
        if person not in out.persons and out.units.isdisjoint(directory.units_above(person, now))
    ]
    if acting and not left and task.last_resort:
        return replace(task, post=task.last_resort, able=tuple(directory.holders(task.last_resort, now)))
    return replace(task, able=tuple(person for person in left if person not in task.left_out))


def _what(procedure: Procedure, steps: Iterable[str]) -> Text:
    titles = [
        COMPLETED if step in COMPLETING else procedure.steps[step].title
        for step in steps
        if step in procedure.steps
    ]
    return Text("或".join(title.zh for title in titles), " or ".join(title.en for title in titles))


def cases(
    reader: Reader,
    *,
    wanted: Wanted | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """The cases that the reader sees, by receipt, newest first; `after` is the `next` of the page before."""
    rows = _narrowed(visible(reader), wanted or Wanted(), reader.now)
    if after is not None:
        at, file = read_place(after)
        rows = rows.filter(Q(received__lt=at) | Q(received=at, file__gt=file))
    listed = list(rows.order_by("-received", "file")[: limit + 1])
    more = len(listed) > limit
    last = listed[limit - 1] if more else None
    return Page(listed[:limit], f"{last.received.isoformat()} {last.file}" if last else None)


def count(reader: Reader, *, wanted: Wanted | None = None) -> int:
    """How many cases `cases` would list."""
    return _narrowed(visible(reader), wanted or Wanted(), reader.now).count()


def _narrowed(rows: QuerySet[CaseRow], wanted: Wanted, now: datetime) -> QuerySet[CaseRow]:
    for name in ("state", "grade", "kind", "procedure", "owner"):
        value = getattr(wanted, name)
        if value is not None:
            rows = rows.filter(**{name: value})
    if wanted.topic is not None:
        rows = rows.filter(topic__icontains=f'"{wanted.topic}"')
    if wanted.open is not None:
        rows = rows.filter(ended__isnull=wanted.open)
    if wanted.overdue is not None:
        late = Q(next_due__lt=now)
        rows = rows.filter(late if wanted.overdue else ~late | Q(next_due=None))
    for word in alike(wanted.text or "").split():  # in any width; every word has to be there, in any order
        rows = rows.filter(
            Q(label__icontains=word) | Q(title_zh__icontains=word) | Q(title_en__icontains=word)
        )
    return rows
