"""走法: the least with which a file of a procedure ends, what of the paper is not done on it, and where nobody gets on.

Shown from what is kept beside the procedure; nothing is searched for while somebody waits.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from kesu.names import RuleName
from kesu.people.permissions import PROCEDURES
from kesu.procedure import words
from kesu.procedure.saying.sentence import sentence
from kesu.procedure.written.library import here as library
from kesu.procedure.written.model import Procedure
from kesu.reading.strict import ReadError
from kesu.reading.text import Text
from kesu.ways.account import Standing
from kesu.ways.dead_ends import DeadEnd, Kind
from kesu.ways.kept import FILE, read_kept
from kesu.ways.survey import KeptWay, People, Survey

from ..frame.page import page
from ..frame.render import not_found, render
from ..who.here import Here

PEOPLE = {
    People.EVERYBODY: Text("各岗位一起办", "By everybody together"),
    People.ONE: Text("一个人担任全部岗位来办", "By one person in every post"),
}
UNDONE = {
    Standing.WAIVED: Text("写明理由免办", "Left out with a reason"),
    Standing.NOT_TOLD: Text("说不准", "Nobody can tell"),
    Standing.BROKEN: Text("没有做到", "Broken"),
    Standing.NEVER_ASKED: Text("没有用到", "Never asked"),
}
DEAD = {
    Kind.FILE: Text("办到这里以后，没有人能办结", "After these steps nobody ends the file"),
    Kind.STEP: Text("没有人能办到这一步", "Nobody comes to this step"),
    Kind.POST: Text("任职人被投诉时没有人代替", "Nobody stands in when the holder is named"),
}


@dataclass(frozen=True, slots=True)
class WayCard:
    """One way in words: to which end, by whom, in which branch, with what besides, its steps each with its post, what was not done, what bars it."""

    end: Text
    people: Text
    where: tuple[tuple[Text, Text], ...]
    given: tuple[tuple[Text, Text], ...]
    steps: tuple[tuple[Text, Text | None], ...]
    undone: tuple[tuple[Text, tuple[str, ...]], ...]
    barred: tuple[Text, ...]


@page(PROCEDURES)
def ways(request: HttpRequest, here: Here, name: str) -> HttpResponse:
    """The ways of one procedure in force."""
    wanted = next((procedure for procedure in here.procedures if procedure.id == name), None)
    if wanted is None:
        return not_found(request, here)
    survey = kept_of(name)
    return render(
        request,
        here,
        "ways.html",
        procedure=wanted,
        survey=survey,
        ways=[_card(wanted, way) for way in survey.ways] if survey else [],
        dead_ends=[_dead_end(wanted, dead) for dead in survey.dead_ends] if survey else [],
        posts=[
            (
                wanted.title_of(alone.post),
                _titles(wanted, alone.takes),
                _titles(wanted, (end for end, _ in alone.ends)),
            )
            for alone in survey.posts
        ]
        if survey
        else [],
    )


def kept_of(name: str) -> Survey | None:
    """What is kept beside the file of a procedure; None where that is not there, or is no such text."""
    try:
        return read_kept(library().find(name) / FILE)
    except ReadError:
        return None


def _card(procedure: Procedure, way: KeptWay) -> WayCard:
    return WayCard(
        end=_title(procedure, way.goal),
        people=PEOPLE[way.people],
        where=tuple(_value(fact, value) for fact, value in way.where),
        given=tuple(_value(fact, value) for fact, value in way.given),
        steps=tuple(
            (_title(procedure, taken.step), procedure.title_of(taken.post) if taken.post else None)
            for taken in way.steps
        ),
        undone=tuple((UNDONE[so], clauses) for so, clauses in way.undone),
        barred=_sentences(procedure, way.barred),
    )


def _dead_end(procedure: Procedure, dead: DeadEnd) -> tuple[Text, list[Text], tuple[Text, ...]]:
    if dead.kind is Kind.POST:
        names = [procedure.title_of(name) for name in dead.names]
    else:
        names = _titles(procedure, dead.names)
    return DEAD[dead.kind], names, _sentences(procedure, dead.barred)


def _sentences(procedure: Procedure, rules: Iterable[str]) -> tuple[Text, ...]:
    """What the rules say; one that the edition in force does not have is left out."""
    known = (procedure.by_name[name] for name in map(RuleName, rules) if name in procedure.by_name)
    return tuple(Text(sentence(rule, procedure, "zh"), sentence(rule, procedure, "en")) for rule in known)


def _titles(procedure: Procedure, steps: Iterable[str]) -> list[Text]:
    return [_title(procedure, step) for step in steps]


def _title(procedure: Procedure, step: str) -> Text:
    """Its title; its name where the edition in force does not have it."""
    known = procedure.steps.get(step)
    return known.title if known is not None else Text(step, step)


def _value(fact: str, value: str) -> tuple[Text, Text]:
    """A fact and its value, by their titles as far as they are known."""
    word = words.facts().get(fact)
    if word is None:
        return Text(fact, fact), Text(value, value)
    return word.title, word.choices.get(value, Text(value, value))
