"""What the address of the list of cases asks: which view, narrowed to what, in which order, with which columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.http import QueryDict

from kesu.caseload.asking.listing import NEWEST, ORDERS
from kesu.caseload.asking.narrowing import Wanted
from kesu.procedure.kinds.typed_times import calendar_day

from ..who.here import Here

VIEWS: Final[Mapping[str, Wanted]] = {
    "open": Wanted(open=True),
    "overdue": Wanted(open=True, overdue=True),
    "major": Wanted(open=True, grade="major"),
    "ended": Wanted(open=False),
    "all": Wanted(),
}
TYPED: Final = ("text", "number", "since", "until")
CHOSEN: Final = ("state", "topic", "grade", "unit", "person", "worker", "owner", "site", "procedure", "kind")
COLUMNS: Final = ("received", "face", "topic", "grade", "state", "next_due", "owner", "procedure", "ended")
USUAL: Final = ("received", "face", "state", "next_due", "owner")
LONGEST: Final = 200  # characters of one thing that is asked
KEPT: Final = ("view", *TYPED, *CHOSEN, "trait", "order", "column")  # what a saved view keeps


@dataclass(frozen=True, slots=True)
class Asked:
    """A list as an address asks for it. `wrong`: dates that cannot be read, by name; they narrow nothing."""

    view: str
    wanted: Wanted
    order: str
    columns: tuple[str, ...]
    wrong: tuple[str, ...]
    query: QueryDict

    @property
    def narrowed(self) -> bool:
        """Whether more is asked than one of the views that everybody has."""
        return self.wanted != VIEWS[self.view]

    def address(self, **more: str | None) -> str:
        """The same list with this changed; None takes away."""
        query = kept_of(self.query)
        for name, value in more.items():
            query.pop(name, None)
            if value is not None:
                query[name] = value
        return "?" + query.urlencode()


def asked(query: QueryDict, here: Here) -> Asked:
    """What an address asks; what it says that no page offers is left out."""
    view = query.get("view", "")
    view = view if view in VIEWS else "open"
    said = {name: query.get(name, "").strip()[:LONGEST] or None for name in (*TYPED, *CHOSEN)}
    moments, wrong = _moments({name: said.pop(name) for name in ("since", "until")}, here)
    traits = [tuple(one.split("=", 1)) for one in query.getlist("trait")[:8] if "=" in one]
    told: dict[str, Any] = {
        name: value for name, value in {**said, **moments, "traits": tuple(traits)}.items() if value
    }
    order = query.get("order", NEWEST)
    columns = tuple(one for one in COLUMNS if one in query.getlist("column"))
    return Asked(
        view=view,
        wanted=replace(VIEWS[view], **told),
        order=order if order.removeprefix("-") in ORDERS else NEWEST,
        columns=columns or USUAL,
        wrong=tuple(wrong),
        query=query,
    )


def kept_of(query: QueryDict) -> QueryDict:
    """What of an address says which list it is, and not which page of it; blanks are left out."""
    kept = QueryDict(mutable=True)
    for name in KEPT:
        values: Sequence[str] = [one[:LONGEST] for one in query.getlist(name) if one.strip()]
        if values:
            kept.setlist(name, list(values))
    return kept


def _moments(typed: Mapping[str, str | None], here: Here) -> tuple[dict[str, datetime], list[str]]:
    """The first moment of the day from which, and of the day after the one until which; and what is no date."""
    found, wrong, zone = {}, [], ZoneInfo(here.zone)
    for name, text in typed.items():
        if text is None:
            continue
        day = calendar_day(text, now=here.now, zone=here.zone)
        if day is None:
            wrong.append(name)
        else:
            first = day + timedelta(days=name == "until")
            found[name] = datetime.combine(first, time.min, tzinfo=zone)
    return found, wrong
