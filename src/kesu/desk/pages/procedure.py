"""程序: each rule as its sentence with clause, reading and how it is held; settings, posts, steps."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from kesu.people.models import Setting
from kesu.people.permissions import PROCEDURES
from kesu.procedure.saying.sentence import sentence
from kesu.procedure.written.model import Procedure
from kesu.procedure.written.rule import Rule
from kesu.reading.text import Text

from ..frame.page import page
from ..frame.render import not_found, render
from ..who.here import Here

HOW = {
    "enforced": Text("当场拦住", "Enforced"),
    "timed": Text("计时", "Timed"),
    "recorded": Text("要记录", "Recorded"),
    "measured": Text("看指标", "Measured"),
    "attested": Text("请人确认", "Attested"),
    "built in": Text("软件本身保证", "Built in"),
    "partly": Text("部分落实", "Partly"),
    "declared": Text("公开写明", "Declared"),
    "outside": Text("软件管不了", "Outside the software"),
}


UNLESS_WAIVED = Text("要办，或按规定写明理由", "Done, or left out as the rule says")
BY_ITSELF = Text("系统自动记下", "Recorded by the software")


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
    return render(request, here, "procedures.html", rows=rows, calendars=calendars)


@page(PROCEDURES)
def procedure(request: HttpRequest, here: Here, name: str) -> HttpResponse:
    """One procedure as it is in force."""
    wanted = next((procedure for procedure in here.procedures if procedure.id == name), None)
    if wanted is None:
        return not_found(request, here)
    return render(
        request,
        here,
        "procedure.html",
        procedure=wanted,
        edition=here.directory.edition_at(name, here.now),
        rules=[_card(rule, wanted) for rule in sorted(wanted.rules, key=lambda one: not one.clauses)],
        settings=_settings(wanted, here),
        notes=[(note, HOW[note.how]) for note in wanted.clauses.values()],
        posts=_posts(wanted, here),
        steps=[step for step in wanted.steps.values() if step.word.own_work],
    )


def _card(rule: Rule, procedure: Procedure) -> RuleCard:
    return RuleCard(
        name=rule.name,
        sentence=Text(sentence(rule, procedure, "zh"), sentence(rule, procedure, "en")),
        clauses=rule.clauses,
        reading=rule.reading,
        how=_how(rule),
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
        by = here.directory.name_of(rows[setting.name].set_by) if setting.name in rows else ""
        settings.append(
            (
                setting.title or Text(setting.name, setting.name),
                setting.value or "",
                setting.reading,
                setting.clauses,
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


def _how(rule: Rule) -> Text:
    """How a rule is held, as people read it: what may be left out is not refused, and what refuses nobody is not either."""
    if rule.how != "enforced":
        return HOW[rule.how]
    if rule.waiver is not None:
        return UNLESS_WAIVED
    return HOW[rule.how] if rule.shape.bars else BY_ITSELF
