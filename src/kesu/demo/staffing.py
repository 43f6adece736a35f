"""The demo organisation before its first case: units, persons, posts, stand-ins, settings, editions in force."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from kesu.caseload.acting.answers import Refused
from kesu.casework.examples.stories import settings_of
from kesu.names import PersonId
from kesu.people.models import User
from kesu.procedure.words.names import FACT
from kesu.procedure.written.library import Library
from kesu.reading.strict import Block, read_file
from kesu.registry.editions import put_in_force
from kesu.registry.foundation import Founder, found_organisation, new_person_id
from kesu.registry.register_acts import RegisterAct, register
from kesu.worktime.calendar import Calendar
from kesu.worktime.china import china_calendar

PROCEDURES = (
    "lab-management-review",
    "lab-internal-audit",
    "lab-additional-audit",
    "lab-retest",
    "lab-corrective-action",
    "lab-preventive-action",
    "lab-pd-007",
)
AS_TOLD = "与程序自带的样例一致"
STANDING_IN = timedelta(days=365)


class DemoRefused(RuntimeError):
    """The demo asked for something that the rules do not allow: demo and procedure no longer fit together."""


@dataclass
class House:
    """A demo organisation while it is being filled: persons by their short names, and a counter for keys.

    `registrar`: who enters the items that it works on, where it has any.
    """

    organisation: str
    registrar: str = ""
    persons: dict[str, PersonId] = field(default_factory=dict)
    keys: int = 0

    def key(self) -> str:
        """The next idempotency key."""
        self.keys += 1
        return f"demo/{self.organisation}/{self.keys}"

    def note(self, file: str, step: str, facts: dict[str, Any], *, by: str, now: datetime) -> None:
        """A step in a register, which has to be taken. Raises DemoRefused."""
        act = RegisterAct(file, step, facts)
        answer = register(
            act, organisation=self.organisation, person=self.persons[by], now=now, key=self.key()
        )
        if isinstance(answer, Refused):
            raise DemoRefused(f"{file}, {step}: {'; '.join(answer.sentences('en'))}")


def calendar_of(sites: Block) -> Calendar:
    """The China calendar with what the sites have of their own."""
    data = china_calendar().to_data()
    own = {name: {"week": _plain(site["week"])} for name, site in sites.items() if "week" in site}
    return Calendar.from_data({**data, "version": f"{data['version']}, 演示", "sites": own})


def staffed(outline: Block, data: Block, *, calendar: Calendar, now: datetime, library: Library) -> House:
    """Founds one of the demo organisations and gives it everybody it needs."""
    staff: Block = data["staff"][outline["staff"]]
    founder = str(outline["founder"])
    house = House(str(outline["id"]), str(data.get("registrar", "")))
    house.persons[founder] = found_organisation(
        organisation=house.organisation,
        title=str(outline["title"]),
        zone=calendar.zone,
        administrator=Founder(str(staff[founder]["sign in"]), str(staff[founder]["name"])),
        now=now,
        calendar=calendar,
    )
    _places(house, data, founder, now)
    for name, person in staff.items():
        _person(house, str(name), person, founder, now)
    for row in data.get("stand-ins", ()):
        facts: dict[str, Any] = {word: house.persons[row[word]] for word in ("person", "behalf")}
        facts |= {"from": now, "until": now + STANDING_IN * 2}
        house.note(f"post/{row['post']}", "stand-in named", facts, by=founder, now=now)
    _in_force(house, outline, founder, now, library)
    return house


def _places(house: House, data: Block, by: str, now: datetime) -> None:
    file = f"organisation/{house.organisation}"
    for name, site in data["sites"].items():
        facts = {"site": str(name), "title": str(site["title"]), "calendar": "main"}
        house.note(file, "site set", facts, by=by, now=now)
    for name, unit in data["units"].items():
        facts = {"unit": str(name), "title": str(unit["title"]), "under": str(unit.get("under", "main"))}
        if "site" in unit:
            facts["site"] = str(unit["site"])
        house.note(file, "unit added", facts, by=by, now=now)


def _person(house: House, name: str, person: Block, by: str, now: datetime) -> None:
    if name not in house.persons:
        house.persons[name] = new_person_id()
        user = User.objects.filter(username=str(person["sign in"])).first() or User.objects.create_user(
            username=str(person["sign in"]), name=str(person["name"])
        )
        facts: dict[str, Any] = {"name": str(person["name"]), "sign in": user.pk}
        if "external" in person:
            facts["external"] = str(person["external"])
        house.note(f"person/{house.persons[name]}", "person registered", facts, by=by, now=now)
    for post, unit in person["posts"].items():
        if str(post) != "administrator":
            facts = {"person": house.persons[name], "unit": str(unit), FACT.FROM: now}
            house.note(f"post/{post}", "post taken", facts, by=by, now=now)


def _in_force(house: House, outline: Block, by: str, now: datetime, library: Library) -> None:
    for procedure in map(str, outline.get("procedures", PROCEDURES)):
        for name, (value, reason) in _settings(outline, procedure, library).items():
            facts = {"name": str(name), FACT.VALUE: value, FACT.REASON: reason}
            house.note(f"setting/{procedure}", "set", facts, by=by, now=now)
        series = {"name": "number series", "value": str(outline["series"][procedure])}
        house.note(f"setting/{procedure}", "set", series, by=by, now=now)
        answer = put_in_force(
            procedure,
            library=library,
            organisation=house.organisation,
            person=house.persons[by],
            now=now,
            since=now,
            key=house.key(),
        )
        if isinstance(answer, Refused):
            raise DemoRefused(f"{procedure}: {'; '.join(answer.sentences('en'))}")


def _settings(outline: Block, procedure: str, library: Library) -> dict[str, tuple[str, str]]:
    """What the house sets for a procedure, each with its reason: what `settings` says, else what lies beside the procedure."""
    if "settings" in outline:
        return {name: (value, AS_TOLD) for name, value in outline["settings"][procedure].items()}
    path = library.find(procedure) / "settings.demo.yaml"
    node = read_file(path) if path.is_file() else Block()
    assert isinstance(node, Block)
    return {name: (value, str(node[name]["reason"]["zh"])) for name, value in settings_of(node).items()}


def _plain(block: Block) -> dict[str, Any]:
    return {str(key): str(value) for key, value in block.items()}
