"""程序: each rule as its sentence with clause, reading and how it is held; settings, posts, steps."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from django.http import HttpRequest, HttpResponse

from kesu.people.models import Edition, Setting
from kesu.people.permissions import PROCEDURES, SETTLE
from kesu.procedure.saying.sentence import sentence
from kesu.procedure.written.model import Procedure
from kesu.procedure.written.rule import Rule
from kesu.reading.text import Text
from kesu.registry.drafts import signers_of

from ..frame.page import page
from ..frame.render import not_found, render
from ..own.calendars import calendar_called
from ..own.going import by_clause
from ..own.how_held import HOW, how_held
from ..own.to_sign import drafts_to_sign
from ..who.here import Here


@dataclass(frozen=True, slots=True)
class RuleCard:
    """One rule in words."""

    name: str
    sentence: Text
    clauses: tuple[str, ...]
    reading: Text | None
    how: Text
    origin: str


@page(PROCEDURES)
def procedures(request: HttpRequest, here: Here) -> HttpResponse:
    """The procedures in force and the calendars."""
    editions = {name: here.directory.edition_at(name, here.now) for name in here.directory.editions}
    rows = [(procedure, editions[procedure.id], len(procedure.rules)) for procedure in here.procedures]
    calendars = [
        (name, versions[-1], len(versions)) for name, versions in sorted(here.directory.calendars.items())
    ]
    return render(
        request,
        here,
        "procedures.html",
        rows=rows,
        calendars=calendars,
        called=partial(calendar_called, here=here),
        to_sign=drafts_to_sign(here),
        settles=here.may(SETTLE),
    )


@page(PROCEDURES)
def procedure(request: HttpRequest, here: Here, name: str) -> HttpResponse:
    """One procedure as it is in force."""
    wanted = next((procedure for procedure in here.procedures if procedure.id == name), None)
    if wanted is None:
        return not_found(request, here)
    edition = here.directory.edition_at(name, here.now)
    assert edition is not None, "it is among those in force"
    return edition_page(request, here, wanted, edition)


def edition_page(request: HttpRequest, here: Here, wanted: Procedure, edition: Edition) -> HttpResponse:
    """An edition as it was put in force, the present one or an earlier one, with all editions and who signed them."""
    signers = signers_of(here.organisation, wanted.id)
    name_of = here.directory.name_of
    present = here.directory.edition_at(wanted.id, here.now)
    return render(
        request,
        here,
        "procedure.html",
        procedure=wanted,
        edition=edition,
        present=present is not None and present.number == edition.number,
        editions=[(one, signers[one.number]) for one in reversed(here.directory.editions.get(wanted.id, ()))],
        name_of=name_of,
        settles=here.may(SETTLE),
        rules=[_card(rule, wanted) for rule in by_clause(wanted.rules)],
        settings=_settings(wanted, here),
        notes=[(note, HOW[note.how]) for note in wanted.clauses.values()],
        posts=_posts(wanted, here),
        steps=[step for step in wanted.steps.values() if step.word.own_work],
    )


def _card(rule: Rule, procedure: Procedure) -> RuleCard:
    return RuleCard(
        name=rule.name,
        sentence=Text(sentence(rule, procedure, "zh"), sentence(rule, procedure, "en")),
        clauses=procedure.own_clauses(rule.clauses),
        reading=rule.reading,
        how=how_held(rule),
        origin=rule.origin,
    )


def _settings(procedure: Procedure, here: Here) -> list[tuple[Text, str, Text | None, tuple[str, ...], str]]:
    """Title, value, reading, clauses, and who set it where somebody did."""
    rows = {
        row.name: row
        for row in Setting.objects.filter(organisation=here.organisation, procedure=procedure.id)
    }
    settings = []
    for setting in procedure.settings.values():
        row = rows.get(setting.name)
        by = here.directory.name_of(row.set_by) if row and row.value == setting.value else ""
        settings.append(
            (
                setting.title or Text(setting.name, setting.name),
                setting.value or "",
                setting.reading,
                procedure.own_clauses(setting.clauses),
                by,
            )
        )
    return settings


def _posts(procedure: Procedure, here: Here) -> list[tuple[Text, list[str], Text | None]]:
    """Title, who acts in it now, and the last resort."""
    return [
        (
            post.title,
            [here.directory.name_of(person) for person in here.directory.acting(post.name, here.now)],
            procedure.title_of(post.last_resort) if post.last_resort else None,
        )
        for post in procedure.posts.values()
    ]
