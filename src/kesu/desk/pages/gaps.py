"""对照: what a procedure in force does not yet hold of a standard or another paper of the library, and what to add."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final

from django.http import HttpRequest, HttpResponse

from kesu.casework.examples.trying import exemplified
from kesu.gaps.compared import compared
from kesu.gaps.point import COVER_SAID, MOST_NAMED, Cover, Point
from kesu.gaps.proposal import proposed
from kesu.people.permissions import PROCEDURES
from kesu.procedure.saying.sentence import sentence
from kesu.procedure.written.library import here as library
from kesu.procedure.written.model import Procedure
from kesu.reading.strict import ReadError
from kesu.reading.text import Text, listed
from kesu.worktime.china import china_calendar

from ..frame.page import page
from ..frame.render import not_found, render
from ..who.here import Here

ORDER: Final = (
    Cover.LACKING,
    Cover.PARTLY,
    Cover.NOT_TOLD,
    Cover.COVERED,
    Cover.NO_OCCASION,
)  # what is wanting comes first


@dataclass(frozen=True, slots=True)
class Paper:
    """A standard or another paper to compare with: its name, its title, and the kind of file that it is about."""

    id: str
    title: Text
    kind: str


@dataclass(frozen=True, slots=True)
class PointCard:
    """One rule of the standard in words: its clauses, its sentence, what holds it, what lacks, and a history that comes past it."""

    clauses: tuple[str, ...]
    sentence: Text
    held_by: tuple[tuple[Text, tuple[str, ...]], ...]
    steps: Text | None
    facts: Text | None
    accepted: tuple[Text, ...]


@page(PROCEDURES)
def gaps(request: HttpRequest, here: Here, name: str) -> HttpResponse:
    """One procedure in force against the paper that `against` names; without one, the papers to choose from."""
    own = next((procedure for procedure in here.procedures if procedure.id == name), None)
    chosen = request.GET.get("against", "")
    papers = [paper for paper in papers_of_library() if paper.id != name]
    if own is None or (chosen and chosen not in (paper.id for paper in papers)):
        return not_found(request, here)
    standard = exemplified(library(), chosen)[0] if chosen else None
    points = compared(own, standard, calendar=china_calendar()) if standard else ()
    return render(
        request,
        here,
        "gaps.html",
        procedure=own,
        papers=_of_its_kind_first(papers, own.kind),
        standard=standard,
        bands=_bands(own, standard, points) if standard else [],
        notes=len(standard.clauses) if standard else 0,
        to_add=proposed(points, own, standard, library()) if standard else "",
    )


@lru_cache(maxsize=1)
def papers_of_library() -> tuple[Paper, ...]:
    """The papers of the library that hold clauses by rules: read once, as long as the server runs."""
    return tuple(
        Paper(paper.id, paper.title, paper.kind)
        for paper in _readable()
        if any(rule.of_paper(paper.id) for rule in paper.rules)
    )


def _of_its_kind_first(papers: list[Paper], kind: str) -> list[tuple[bool, list[Paper]]]:
    """Papers about files of this kind, which can say something of most steps, and then those about others."""
    ranked = sorted(papers, key=lambda paper: paper.kind != kind)
    return [(same, list(several)) for same, several in groupby(ranked, key=lambda paper: paper.kind == kind)]


def _readable() -> Iterator[Procedure]:
    """Every paper but those whose file has a fault, which `kesu lint` tells: one of them takes nothing from the others."""
    for name in library().names():
        with suppress(ReadError):
            yield exemplified(library(), name)[0]


def _bands(
    own: Procedure, standard: Procedure, points: tuple[Point, ...]
) -> list[tuple[Cover, Text, list[PointCard]]]:
    ranked = sorted(points, key=lambda point: ORDER.index(point.cover))
    return [
        (cover, COVER_SAID[cover], [_card(own, standard, point) for point in several])
        for cover, several in groupby(ranked, key=lambda point: point.cover)
    ]


def _card(own: Procedure, standard: Procedure, point: Point) -> PointCard:
    return PointCard(
        clauses=point.rule.of_paper(standard.id),
        sentence=_sentence(standard, point.rule.name),
        held_by=tuple((_sentence(own, name), own.by_name[name].clauses) for name in point.by[:MOST_NAMED]),
        steps=_listed([standard.steps[step].title for step in point.steps]),
        facts=_listed([standard.words.facts[fact].title for fact in point.facts]),
        accepted=tuple(own.steps[act.step].title for act in point.way.acts) if point.way else (),
    )


def _listed(titles: list[Text]) -> Text | None:
    if not titles:
        return None
    return Text(listed([one.zh for one in titles], "zh"), listed([one.en for one in titles], "en"))


def _sentence(procedure: Procedure, name: str) -> Text:
    rule = procedure.by_name[name]
    return Text(sentence(rule, procedure, "zh"), sentence(rule, procedure, "en"))
