"""Loads the demo: everything that happened, in the order of its time, through the one way in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from django.db import transaction

from kesu.caseload.acting.clock import clock
from kesu.caseload.folded.books import words_of_the_house
from kesu.caseload.models import CaseRow
from kesu.caseload.rows.following import follow
from kesu.ledger.seal import seal
from kesu.people.demo import refuse_beside_own
from kesu.people.directory import directory_of
from kesu.people.models import Organisation
from kesu.procedure.words import spoken
from kesu.procedure.written.library import Library, here
from kesu.reading.strict import Block, Series, read_file
from kesu.registry.portal_settings import FILE as PORTAL
from kesu.registry.portal_settings import HELP, STATE, YES
from kesu.worktime.china import china_calendar

from .library_house import HOUSE as LIBRARY
from .library_house import load_library_house
from .repeats import repeated
from .staffing import PROCEDURES, House, calendar_of, staffed
from .story import Stopped, Story, act
from .timetable import Timetable

# The demo houses in their order, each a folder: `house` (its organisations, sites, units, staff), `scripts` (what happens in
# a case, step by step) and `cases` (which case follows which script, and when).
HOUSES: Final = ("laboratory", "dairy", "itservice", "maker", "retail")
FOLDER: Final = Path(__file__).parent / "houses"
PROCEDURE: Final = "lab-pd-007"


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
    fresh: bool  # false: it was there already
    stopped: tuple[Stopped, ...] = ()  # the stories that demo and procedures no longer tell alike


def load_demo(*, now: datetime, library: Library | None = None) -> Loaded:
    """Founds the demo organisations and performs their cases up to `now`, all of it or nothing.

    A story that a rule refuses to go on ends there and is told in `stopped`; the others go on. When the organisations
    are there already nothing happens, so that a demo can be started again. Raises NotForDemo where
    somebody's own organisation stands, and DemoRefused when one cannot be staffed or a procedure not be put in force.
    """
    houses = [tuple(_block(house, part) for part in ("house", "scripts", "cases")) for house in HOUSES]
    names = (
        *(str(said["id"]) for data, _, _ in houses for said in data["organisations"]),
        str(_read(LIBRARY)["id"]),
    )
    if Organisation.objects.filter(organisation__in=names).exists():
        return Loaded(names, _count(names), fresh=False)
    refuse_beside_own()
    stopped: list[Stopped] = []
    with transaction.atomic():
        for data, scripts, cases in houses:
            stopped += _load(data, scripts, cases, now=now, library=library or here())
        stopped += load_library_house(
            now=now,
            library=library or here(),
            elsewhere=held_elsewhere(),
            calendar=china_calendar(),
        )
    for name in names:
        follow(name)  # here and not in the server, which would carry the memory of it
    return Loaded(names, _count(names), fresh=True, stopped=tuple(stopped))


def held_elsewhere() -> frozenset[str]:
    """The procedures that some demo house works by which is not that of the library."""
    said = [one for house in HOUSES for one in _block(house, "house")["organisations"]]
    return frozenset(str(name) for one in said for name in one.get("procedures", PROCEDURES))


def _load(data: Block, scripts: Block, cases: Block, *, now: datetime, library: Library) -> Iterator[Stopped]:
    """Makes one demo house after the other; gives the stories that stopped."""
    calendar = calendar_of(data["sites"])
    times, procedure = Timetable(calendar, now), str(data.get("procedure", PROCEDURE))
    begin = times.at(times.ago(int(data["founded"])), "08:30")
    for said in data["organisations"]:
        house = staffed(said, data, calendar=calendar, now=begin, library=library)
        _open_portal(house, str(said["founder"]), begin)
        moments = [
            *_items(data.get("items", Block()), times),
            *_cases(cases[said["cases"]], scripts, times, procedure),
        ]
        for moment in sorted(moment for moment in moments if moment.at <= now):
            with spoken(words_of_the_house(directory_of(house.organisation))):
                stopped = _happen(house, moment, times)
            if stopped is not None:
                yield stopped
        clock(now=now, organisation=house.organisation, limit=100_000)
        seal(house.organisation, now)  # once for all: those of the files that end here find nothing left


def _open_portal(house: House, by: str, now: datetime) -> None:
    """Whoever tries the demo may complain too."""
    help_ = "演示热线 400-000-0000"
    for name, value in ((STATE, YES), (HELP, help_)):
        house.note(f"setting/{PORTAL}", "set", {"name": name, "value": value}, by=by, now=now)


def _count(names: tuple[str, ...]) -> int:
    return CaseRow.objects.filter(organisation__in=names).count()


def _block(house: str, part: str) -> Block:
    return _read(FOLDER / house / f"{part}.yaml")


def _read(path: Path) -> Block:
    node = read_file(path)
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
    for number, outline in enumerate(cases):
        story = Story(outline, _begun(outline, times), str(outline.get("procedure", procedure)))
        for place, line in enumerate(scripts[outline["script"]]):
            for day, each in _days(line, story, times):
                yield Moment(times.at(day, str(line["time"])), 1000 + 100 * number + place, each, story)
            if "in" not in line and line["step"] == outline.get("until"):
                break


def _begun(outline: Block, times: Timetable) -> date:
    """The day of receipt: `before` in calendar days, `ago` in working days. `quick` working days have to lie within five days, or time alone makes it major: where a
    holiday comes between, the case came before it."""
    if "before" in outline:
        return times.today - timedelta(days=int(outline["before"]))
    ago = int(outline["ago"])
    while "quick" in outline:
        day = times.ago(ago)
        if (times.after(day, int(outline["quick"])) - day).days < 5:
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
    return [(times.later(story.received, int(line["day"])), line)]


def _happen(house: House, moment: Moment, times: Timetable) -> Stopped | None:
    story = moment.story
    if story is None:
        _item(house, moment, times)
    elif not story.over:
        return act(house, story, moment.line, at=moment.at, times=times)
    return None


def _item(house: House, moment: Moment, times: Timetable) -> None:
    line, file = moment.line, f"item/{moment.item}"
    if "kind" in line:
        received = times.ago(int(line["received"])).isoformat()
        facts = {
            "kind": str(line["kind"]),
            "received": received,
            "units": [str(unit) for unit in line["units"]],
        }
        house.note(file, "item registered", facts, by=house.registrar, now=moment.at)
    for name, what in line["work"].items():
        facts = {"person": house.persons[name], "what": str(what)}
        house.note(file, "work done", facts, by=house.registrar, now=moment.at)
