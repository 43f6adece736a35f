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
from kesu.procedure.saying.sentence import sentence
from kesu.procedure.words.parts import COMPLETING
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Text
from kesu.worktime.by_when import ByWhen, by_when
from kesu.worktime.until import Until, until

from ..folded.books import calendar_by_digest, not_readable, procedure_by_digest
from ..models import ApartRow, CaseRow, DutyRow
from ..sight.face import faces
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
    when: ByWhen | None  # the same as its office says it
    about: str  # what the case is about, as written; “” where that is not known
    number: int
    thing: str
    state: str
    grade: str
    last_resort: str = ""  # who is called upon when everybody in the post has to stay out
    left_out: tuple[str, ...] = ()  # who may not, whatever post he holds
    first: Text = NOTHING  # what has to be done first, where he can do nothing yet
    person: str = ""  # the one person it is for
    able: tuple[str, ...] = ()  # of what others owe: the persons who can, in the post `post`


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
    titles = faces(cases.values())
    tasks: dict[tuple[str, str, int, str], Task] = {}
    zone, now = ZoneInfo(reader.zone), reader.now
    unread = {edition.digest for edition, _ in not_readable(reader.directory)}
    for row in (
        one for one in rows if cases[one.file].edition not in unread
    ):  # where several posts can, the first that the procedure names is told
        key = (row.file, row.rule, row.number, row.thing)
        if key not in tasks:
            tasks[key] = _task(row, cases[row.file], titles[row.file], zone, now)
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


def _task(duty: DutyRow, case: CaseRow, title: Text, zone: ZoneInfo, now: datetime) -> Task:
    procedure = procedure_by_digest(case.organisation, case.edition)
    rule = procedure.by_name.get(duty.rule)
    end = _until(duty, zone, now)
    why = Text(*(sentence(rule, procedure, lang) for lang in ("zh", "en"))) if rule else Text("", "")
    return Task(
        file=case.file,
        label=case.label,
        title=title,
        rule=duty.rule,
        what=_what(procedure, duty.able or duty.steps),
        action=_what(procedure, duty.able[:1]),
        first=_what(procedure, duty.first),
        why=why,
        clauses=procedure.own_clauses(rule.clauses) if rule else (),
        steps=tuple(duty.able or duty.steps),
        post=duty.post,
        until=end,
        when=_by_when(case, end, now) if end else None,
        about=str(case.face.get("about", "")),
        number=duty.number,
        thing=duty.thing,
        person=duty.person,
        state=case.state,
        grade=case.grade,
        last_resort=procedure.posts[duty.post].last_resort or "" if duty.post in procedure.posts else "",
        left_out=tuple(duty.left_out),
    )


def _by_when(case: CaseRow, end: Until, now: datetime) -> ByWhen:
    """A limit of this case as an office says it that works by the calendar of the case."""
    return by_when(end, now=now, calendar=calendar_by_digest(case.organisation, case.calendar, case.site))


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
