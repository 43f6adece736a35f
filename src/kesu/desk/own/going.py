"""Where somebody can go by what he typed: cases, customers, items, persons, pages and clauses, each of what he may see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from kesu.caseload.asking.customers import customers
from kesu.caseload.asking.listing import cases
from kesu.caseload.asking.narrowing import Wanted
from kesu.people.items import alike_items
from kesu.people.permissions import (
    CASES,
    CUSTOMERS,
    ITEMS,
    KEEP_PERSONS,
    PROCEDURES,
    REGISTER,
    RETURNED_PAPER,
    SESSION,
    Permission,
)
from kesu.procedure.kinds.alike import matched
from kesu.procedure.saying.sentence import sentence
from kesu.procedure.written.paper_numbers import paper_numbers
from kesu.procedure.written.rule import Rule
from kesu.reading.grams import folded, initials

from ..said.on_page import ident
from ..said.rows_said import CaseLine, case_lines
from ..who.here import Here
from .calendars import calendar_called

FEW: Final = 6  # of each sort
CASES_AT_ONCE: Final = 8


@dataclass(frozen=True, slots=True)
class Place:
    """One place to go to: what it is called, what else is to be known of it, its address."""

    title: str
    address: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sort:
    """Places of one sort under their title."""

    title: str
    places: list[Place]


def places(text: str, here: Here, *, entries: Sequence[tuple[str, str]]) -> list[Sort]:
    """What the text leads to, sort by sort; nothing typed leads to the entries at the side (title, address)."""
    typed = folded(text)
    found = [(_("Pages"), _pages(typed, here, entries))]
    if typed:
        found = [
            (_("Case files"), _cases(text, here)),
            (_("Customers"), _customers(text, here)),
            *found,
            (_("Items and work"), _items(text, here)),
            (_("Persons"), _persons(typed, here)),
            (_("Clauses"), _clauses(typed, here)),
        ]
    made = [Sort(title, list(listed)) for title, listed in found]
    return [one for one in made if one.places]


def case_called(text: str, here: Here) -> str:
    """The address of the only case whose number this is, however it is written; “” where there is none that he sees."""
    number = matched(text)
    rows = cases(here, wanted=Wanted(text=text), limit=CASES_AT_ONCE).rows if number else []
    named = [row for row in rows if matched(row.label) == number]
    return reverse("case", args=[ident(named[0].file)]) if len(named) == 1 else ""


def _pages(typed: str, here: Here, entries: Sequence[tuple[str, str]]) -> Iterator[Place]:
    """The entries at the side and what stands behind them, by name, first letters, or words of their titles."""
    known = [*entries]
    known += [(title, reverse(name)) for title, name, row in _behind() if here.may(row)]
    if here.may(PROCEDURES):
        known += [(one.title.in_(here.lang), reverse("procedure", args=[one.id])) for one in here.procedures]
        known += [
            (_("Calendar") + " " + calendar_called(name, here), reverse("calendar", args=[name]))
            for name in here.directory.calendars
        ]
    hits = [Place(title, address) for title, address in dict.fromkeys(known) if _is_meant(title, typed)]
    yield from hits[: FEW if typed else len(entries)]


def _behind() -> list[tuple[str, str, Permission]]:
    return [
        (_("Register"), "register", REGISTER),
        (_("Customers"), "customers", CUSTOMERS),
        (_("Meeting sheet"), "meeting", CASES),
        (_("Bring back a signed paper"), "returned paper", RETURNED_PAPER),
        (_("Change password"), "password", SESSION),
    ]


def _is_meant(title: str, typed: str) -> bool:
    said = folded(title)
    return all(word in said or initials(title).startswith(word) for word in typed.split())


def _cases(text: str, here: Here) -> Iterator[Place]:
    if not here.may(CASES):
        return
    listed = cases(here, wanted=Wanted(text=text), limit=CASES_AT_ONCE)
    for line in case_lines(listed.rows, here):
        yield _case(line, here)
    if listed.next:
        yield Place(
            _("All of them in the list"), f"{reverse('cases')}?{urlencode({'view': 'all', 'text': text})}"
        )


def _case(line: CaseLine, here: Here) -> Place:
    title = f"{line.row.label} {line.title.in_(here.lang)}"
    return Place(title, reverse("case", args=[ident(line.row.file)]), line.state.in_(here.lang))


def _customers(text: str, here: Here) -> Iterator[Place]:
    for one in customers(here, text, most=FEW):
        note = _("%(n)s cases, %(open)s open") % {"n": one.cases, "open": one.open}
        yield Place(one.name, reverse("customer", args=[one.customer]), note)


def _items(text: str, here: Here) -> Iterator[Place]:
    if here.may(ITEMS):
        for one in alike_items(organisation=here.organisation, text=text, most=FEW):
            yield Place(one.key, reverse("item", args=[one.key]), one.holder)


def _persons(typed: str, here: Here) -> Iterator[Place]:
    """Whoever keeps persons is led to their pages, everybody else to the cases in which they have part."""
    rows = here.directory.persons.items()
    hits = [(person, row.name) for person, row in rows if row.name and _is_meant(row.name, typed)]
    for person, name in hits[:FEW]:
        if here.may(KEEP_PERSONS):
            yield Place(name, reverse("person", args=[person]))
        elif here.is_offered(CASES):
            address = f"{reverse('cases')}?{urlencode({'view': 'all', 'person': person})}"
            yield Place(name, address, _("cases in which this person has part"))


def _clauses(typed: str, here: Here) -> Iterator[Place]:
    """Rules of the procedures in force, by the number that their paper prints or by what they say."""
    if not here.may(PROCEDURES):
        return
    left = FEW
    for procedure in here.procedures:
        for place, rule in enumerate(by_clause(procedure.rules), 1):
            said = sentence(rule, procedure, here.lang)
            numbers = paper_numbers(procedure.own_clauses(rule.clauses))
            if typed in map(folded, numbers) or (len(typed) > 1 and typed in folded(said)):
                address = f"{reverse('procedure', args=[procedure.id])}#rule-{place}"
                yield Place(f"{', '.join(numbers)} {said}".strip(), address, procedure.title.in_(here.lang))
                left -= 1
                if not left:
                    return


def by_clause(rules: tuple[Rule, ...]) -> list[Rule]:
    """The rules as the page of their procedure has them: those without a clause last."""
    return sorted(rules, key=lambda one: not one.clauses)
