"""A list of prices brought into their register at once: looked at first, then noted line by line, all of them or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from django.db import transaction

from kesu.caseload.acting.answers import Busy, Refused
from kesu.caseload.acting.perform import ATTEMPTS
from kesu.caseload.rows.register import as_noted
from kesu.caseload.sight.reader import Reader
from kesu.ledger.append import Conflict
from kesu.ledger.clock_watch import require_clock
from kesu.ledger.oneway import writing
from kesu.ledger.read import entries_of
from kesu.names import PersonId
from kesu.people.directory import directory_of
from kesu.people.permissions import KEEP_PRICES
from kesu.people.registers import REGISTERS, Noted, malformed
from kesu.people.registers.price import prices_of
from kesu.procedure.kinds.alike import matched
from kesu.reading.text import Text

from .register_acts import RegisterAct, note

STEP_NAME: Final = "price set"


class State(StrEnum):
    """What becomes of a line when the list is brought in."""

    NEW = "new"
    THERE = "there"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class PriceLine:
    """A line of a list: where it stands there, the article as written, its price in yuan, and the days on which it holds."""

    place: int
    article: str
    price: str
    since: date
    until: date | None = None
    origin: str = ""

    @property
    def act(self) -> RegisterAct:
        """What notes it in the register."""
        facts: dict[str, Any] = {
            "article": self.article,
            "price": self.price,
            "since": self.since.isoformat(),
        }
        if self.until is not None:
            facts["until"] = self.until.isoformat()
        if self.origin:
            facts["origin"] = self.origin
        return RegisterAct(f"price/{matched(self.article)}", STEP_NAME, facts)


@dataclass(frozen=True, slots=True)
class Looked:
    """A line with what becomes of it, and why it cannot be taken."""

    line: PriceLine
    state: State
    reason: Text | None = None


def looked_at(lines: Sequence[PriceLine], *, organisation: str, now: datetime) -> list[Looked]:
    """What would become of each line, one after the other; nothing is written."""
    files: dict[str, list[Noted]] = {}
    return [_looked(line, files, organisation, now) for line in lines]


def _looked(line: PriceLine, files: dict[str, list[Noted]], organisation: str, now: datetime) -> Looked:
    own, act = REGISTERS["price"], line.act
    form, name = own.forms[STEP_NAME], act.file.partition("/")[2]
    if (wrong := malformed(form, act.facts)) is not None:
        return Looked(line, State.WRONG, wrong)
    if act.file not in files:
        files[act.file] = [as_noted(entry) for entry in entries_of(organisation, act.file)]
    before = files[act.file]
    if any(_same(price, line) for price in prices_of(before)):
        return Looked(line, State.THERE)
    noted = Noted(before[-1].number + 1 if before else 1, STEP_NAME, now, now, "", act.facts)
    if (wrong := own.problem(name=name, before=before, act=noted)) is not None:
        return Looked(line, State.WRONG, wrong)
    before.append(noted)
    return Looked(line, State.NEW)


def _same(price: Mapping[str, Any], line: PriceLine) -> bool:
    """Whether the register says the same already, so that a list can be brought in twice."""
    return (price["price"], price["since"], price["until"]) == (line.price, line.since, line.until)


def bring_in_prices(
    lines: Sequence[PriceLine], *, organisation: str, person: str, now: datetime
) -> int | Refused:
    """Notes every line that is new; where one cannot be taken nothing is. Gives how many. Raises Busy, ClockInDoubt."""
    require_clock()
    for _ in range(ATTEMPTS):
        try:
            with writing(), transaction.atomic():
                return _brought_in(lines, organisation, person, now)
        except Conflict:
            continue
    raise Busy("others kept writing to this register; nothing was written, please try again")


def _brought_in(lines: Sequence[PriceLine], organisation: str, person: str, now: datetime) -> int | Refused:
    if not Reader(PersonId(person), directory_of(organisation), now).may(KEEP_PRICES):
        return Refused(
            None,
            problems=(
                Text("价目册由业务登记员或管理员登记", "the registrar or the administrator keeps prices"),
            ),
        )
    looked = looked_at(lines, organisation=organisation, now=now)
    wrong = tuple(_placed(one) for one in looked if one.state is State.WRONG)
    if wrong:
        return Refused(None, problems=wrong)
    own, new = REGISTERS["price"], [one.line.act for one in looked if one.state is State.NEW]
    for act in new:
        answer = note(act, own, own.forms[STEP_NAME], organisation=organisation, person=person, now=now)
        if isinstance(answer, Refused):  # looked at in this transaction: cannot be, and then nothing may stay
            raise Conflict(act.file)
    return len(new)


def _placed(looked: Looked) -> Text:
    reason, place = looked.reason or Text("", ""), looked.line.place
    return Text(f"第 {place} 行：{reason.zh}", f"line {place}: {reason.en}")
