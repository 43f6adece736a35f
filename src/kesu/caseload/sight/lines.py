"""One entry of a file as people read it in the timeline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kesu.people.directory import Directory
from kesu.people.posts import OFFICE_POSTS
from kesu.procedure import words
from kesu.procedure.history.act import Act
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Text

from ..folded.fold import Folded


@dataclass(frozen=True, slots=True)
class Line:
    """Who did what, when it happened and when it was noted. `struck`: it no longer counts, but stays readable."""

    number: int
    kind: str
    title: Text
    at: datetime
    noted: datetime
    person: str | None
    by: str
    post: str | None
    post_title: Text | None
    behalf: str | None
    recorder: str | None
    medium: str
    facts: Mapping[str, Any]
    struck: bool
    suspended: bool
    imported: bool
    overridden: tuple[str, ...]


def lines_of(fold: Folded, directory: Directory, *, after: int = 0) -> list[Line]:
    """The entries of a file after `after`, in the order of the ledger."""
    return [line_of(fold, directory, act) for act in fold.case.history.acts if act.number > after]


def line_of(fold: Folded, directory: Directory, act: Act) -> Line:
    """One entry."""
    procedure, history = fold.procedure, fold.case.history
    step = procedure.steps.get(act.step)
    word = words.steps().get(act.step)
    title = step.title if step else word.title if word else Text(act.step, act.step)
    behalf = act.behalf
    return Line(
        number=act.number,
        kind=act.step,
        title=title,
        at=act.at,
        noted=act.noted,
        person=act.by,
        by=directory.name_of(act.by) if act.by else "",
        post=act.post,
        post_title=_post_title(procedure, act.post) if act.post else None,
        behalf=directory.name_of(behalf) if behalf and behalf not in procedure.posts else behalf,
        recorder=directory.name_of(act.recorder) if act.recorder else None,
        medium=act.medium,
        facts=act.facts,
        struck=act.number in history.struck,
        suspended=act.number in history.suspended,
        imported=act.origin is not None,
        overridden=act.overridden,
    )


def _post_title(procedure: Procedure, post: str) -> Text:
    """A post of the procedure, or one of the office, which no procedure names."""
    return (
        OFFICE_POSTS[post]
        if post in OFFICE_POSTS and post not in procedure.posts
        else procedure.title_of(post)
    )
