"""Loads the demo: everything that happened, in the order of its time, through the one way in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from kesu.caseload.acting.answers import Done, Refused
from kesu.caseload.acting.clock import clock
from kesu.caseload.acting.perform import perform
from kesu.caseload.models import CaseRow, WatchRow
from kesu.casework.deciding.command import Command
from kesu.ledger.seal import seal
from kesu.names import PostName, StepName
from kesu.people.models import Organisation
from kesu.procedure import words
from kesu.procedure.kinds.date import DATE
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.written.library import Library, here
from kesu.reading.strict import Block, Series, read_file

from .houses import DemoRefused, House, calendar_of, staffed
from .repeats import repeated
from .timetable import Timetable

HERE: Final = Path(__file__).parent
OWN: Final = frozenset(  # keys of a line; every other one is a fact
    {
        "day",
        "ago",
        "time",
        "step",
        "by",
        "as",
        "in",
        "opens",
        "refused",
        STEP.NOTED_BY,
        "medium",
        "watch",
        "before",
    }
)
HOUSES: Final = (  # each with its organisations, what happens in a case, and its cases
    ("laboratory", "scripts", "cases"),
    ("dairy", "dairy_scripts", "dairy_cases"),
)
PROCEDURE: Final = "lab-pd-007"


@dataclass
class Story:
    """One case of the demo: its lines as read, and the file it lives in once it was received."""

    said: Block
    received: date
    procedure: str
    file: str | None = None
    opened: dict[str, str] = field(default_factory=dict)  # linked files by the name that a line gave them
    over: bool = False  # a command was refused where the demo means it to be


@dataclass(frozen=True, order=True)
class Moment:
    """Something that happens at an instant; `place` keeps the order of the files where instants are equal."""

    at: datetime
    place: int
    line: Block = field(compare=False)
    story: Story | None = field(compare=False, default=None)
    item: str = field(compare=False, default="")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What stands there now."""

    organisations: tuple[str, ...]
    cases: int
    made: bool  # false: it was there already


def load_demo(*, now: datetime, library: Library | None = None) -> Loaded:
    """Founds the demo organisations and performs their cases up to `now`, all of it or nothing. Raises DemoRefused.

    When they are there already nothing happens, so that a demo can be started again.
    """
    houses = [tuple(_block(name) for name in files) for files in HOUSES]
    names = tuple(str(said["id"]) for data, _, _ in houses for said in data["organisations"])
    if Organisation.objects.filter(organisation__in=names).exists():
        return Loaded(names, _count(names), made=False)
    with transaction.atomic():
        for data, scripts, cases in houses:
            _load(data, scripts, cases, now=now, library=library or here())
    return Loaded(names, _count(names), made=True)


def _load(data: Block, scripts: Block, cases: Block, *, now: datetime, library: Library) -> None:
    calendar = calendar_of(data["sites"])
    times, procedure = Timetable(calendar, now), str(data.get("procedure", PROCEDURE))
    begin = times.at(times.ago(int(data["founded"])), "08:30")
    for said in data["organisations"]:
        house = staffed(said, data, calendar=calendar, now=begin, library=library)
        moments = [*_items(data["items"], times), *_cases(cases[said["cases"]], scripts, times, procedure)]
        for moment in sorted(moment for moment in moments if moment.at <= now):
            _happen(house, moment, times)
        clock(now=now, organisation=house.organisation, limit=100_000)
        seal(house.organisation, now)  # once for all: those of the files that end here find nothing left


def _count(names: tuple[str, ...]) -> int:
    return CaseRow.objects.filter(organisation__in=names).count()


def _block(name: str) -> Block:
    node = read_file(HERE / f"{name}.yaml")
    assert isinstance(node, Block)
    return node


# -- what happens when -------------------------------------------------------------------------------------------------


def _items(items: Block, times: Timetable) -> Iterator[Moment]:
    for place, (key, item) in enumerate(items.items()):
        day = times.ago(int(item["received"]))
        yield Moment(times.at(day, "08:40"), place, item, item=str(key))
        if "learned" in item:
            later = times.ago(int(item["learned"]["day"]))
            yield Moment(times.at(later, "16:40"), place, item["learned"], item=str(key))


def _cases(cases: Series, scripts: Block, times: Timetable, procedure: str) -> Iterator[Moment]:
    for number, said in enumerate(cases):
        story = Story(said, _begun(said, times), str(said.get("procedure", procedure)))
        for place, line in enumerate(scripts[said["script"]]):
            for day, each in _days(line, story, times):
                yield Moment(times.at(day, str(line["time"])), 1000 + 100 * number + place, each, story)
            if "in" not in line and line["step"] == said.get("until"):
                break


def _begun(said: Block, times: Timetable) -> date:
    """The day of receipt: `before` in calendar days, `ago` in working days. `quick` working days have to lie within five days, or time alone makes it major: where a
    holiday comes between, the case came before it."""
    if "before" in said:
        return times.today - timedelta(days=int(said["before"]))
    ago = int(said["ago"])
    while "quick" in said:
        day = times.ago(ago)
        if (times.after(day, int(said["quick"])) - day).days < 5:
            break
        ago += 1
    return times.ago(ago)


def _days(line: Block, story: Story, times: Timetable) -> Iterable[tuple[date, Block]]:
    """On which days a line happens: `day` counts from the receipt, `ago` and `before` back from the day of loading."""
    if "every" in line:
        return repeated(line, start=story.received, times=times)
    if "before" in line:
        return [(times.today - timedelta(days=int(line["before"])), line)]
    if "ago" in line:
        return [(times.ago(int(line["ago"])), line)]
    return [(_later(story, int(line["day"]), times), line)]


def _later(story: Story, days: int, times: Timetable) -> date:
    """So many working days after the receipt; 0 is the day itself, also where it is a day off."""
    return times.after(story.received, days) if days else story.received


def _happen(house: House, moment: Moment, times: Timetable) -> None:
    if moment.story is None:
        _item(house, moment, times)
    elif not moment.story.over:
        _act(house, moment, moment.story, times)


def _item(house: House, moment: Moment, times: Timetable) -> None:
    said, file = moment.line, f"item/{moment.item}"
    if "kind" in said:
        received = times.ago(int(said["received"])).isoformat()
        facts = {
            FACT.KIND: str(said["kind"]),
            "received": received,
            FACT.UNITS: [str(unit) for unit in said["units"]],
        }
        house.note(file, "item registered", facts, by="deng", now=moment.at)
    for name, what in said["work"].items():
        facts = {"person": house.persons[name], "what": str(what)}
        house.note(file, FACT.WORK_DONE, facts, by="deng", now=moment.at)


def _act(house: House, moment: Moment, story: Story, times: Timetable) -> None:
    line, said = moment.line, story.said
    step, name, behalf = str(line["step"]), str(line["by"]), None
    if name in said.get("by", {}):
        other = said["by"][name]
        name, behalf = str(other["person"]), other.get("behalf")
    command = Command(
        step=StepName(step),
        by=house.persons[name],
        post=PostName(str(line["as"])),
        behalf=house.persons[behalf] if behalf else None,
        medium=str(line.get("medium", "system")),
        facts=_facts(house, line, story, times),
    )
    file = _file(house, line, story, times)
    answer = perform(
        command,
        organisation=house.organisation,
        person=house.persons[str(line.get(STEP.NOTED_BY, name))],
        now=moment.at,
        key=house.key(),
        file=file,
        procedure=None if file else story.procedure,
    )
    if isinstance(answer, Done) and "refused" not in line:
        story.file = story.file or answer.file
        if "opens" in line:
            story.opened[str(line["opens"])] = _newest_child(house, answer.file)
    elif isinstance(answer, Refused) and "refused in the end" in said:
        story.over = True
    elif not isinstance(answer, Refused) or "refused" not in line:
        sentences = "; ".join(answer.sentences("en")) if isinstance(answer, Refused) else str(answer)
        raise DemoRefused(f"{house.organisation}, {said['script']} of {story.received}, {step}: {sentences}")


def _file(house: House, line: Block, story: Story, times: Timetable) -> str | None:
    """The case itself, the linked file that the line speaks of, or the file of the watch on a batch (`watch: batch`)."""
    if "watch" in line:
        batch = times.filled(str(line["watch"]))
        watches = WatchRow.objects.filter(organisation=house.organisation, values__batch=batch)
        return watches.values_list("file", flat=True).get()
    if "in" not in line:
        return story.file
    if str(line["in"]) in story.opened:
        return story.opened[str(line["in"])]
    found = CaseRow.objects.filter(
        organisation=house.organisation, parent=story.file, procedure=str(line["in"])
    )
    return found.values_list("file", flat=True).get()


def _newest_child(house: House, file: str) -> str:
    """The file that the last act in `file` opened: labels of one kind are given in order."""
    children = CaseRow.objects.filter(organisation=house.organisation, parent=file)
    return str(children.order_by("received", "label").values_list("file", flat=True).reverse()[0])


def _facts(house: House, line: Block, story: Story, times: Timetable) -> dict[str, Any]:
    said = story.said
    facts = {str(word): _plain(value) for word, value in line.items() if word not in OWN}
    if line["step"] == STEP.RECEIVED:
        facts |= {word: str(said[word]) for word in (FACT.COMPLAINANT, FACT.ACCOUNT) if word in said}
    if line["step"] == STEP.REGISTERED and FACT.TOPIC in said:
        facts[FACT.TOPIC] = [str(topic) for topic in said[FACT.TOPIC]]
        if FACT.ITEM in said:
            facts[FACT.ITEM] = str(said[FACT.ITEM])
    facts |= _plain(said.get("facts", {}).get(line["step"], {}))
    return {word: _value(house, word, value, story, times) for word, value in facts.items()}


def _value(house: House, word: str, value: Any, story: Story, times: Timetable) -> Any:
    kind = words.facts()[word].kind
    if value == "not known":
        return None
    if kind.of_persons:
        return [house.persons[one] for one in value] if isinstance(value, list) else house.persons[value]
    if kind is DATE and value.startswith("+"):
        return _later(story, int(value), times).isoformat()
    return times.filled(value) if isinstance(value, str) else value


def _plain(node: Any) -> Any:
    if isinstance(node, dict):
        return {str(key): _plain(value) for key, value in node.items()}
    return [_plain(one) for one in node] if isinstance(node, list) else str(node)
