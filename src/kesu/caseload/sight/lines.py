"""One entry of a file as people read it in the timeline: who did what and when, and its facts as this reader gets them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from kesu.people.directory import Directory
from kesu.people.posts import OFFICE_POSTS
from kesu.procedure import words
from kesu.procedure.history.act import MISSING, Act, Value
from kesu.procedure.history.hearsay import hangs_on_a_word
from kesu.procedure.history.of_a_file import History
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.words.parts import CONTACT
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Text

from ..folded.fold import Folded
from .disclosure import NO_LABELS, Disclosed, disclosed
from .gate import NO_GATE, Disclosure, Gate

Facts = Mapping[str, Value]
OF_THE_CLOCK = (FACT.ENTRY, FACT.WORD, FACT.RULE)  # what an entry of nobody refers to; it says nothing itself


@dataclass(frozen=True, slots=True)
class Line:
    """Who did what, when it happened and when it was noted. `struck`: it no longer counts, but stays readable.

    `unconfirmed`: somebody else noted it, and its author has not confirmed it; `waiting`: so that it counts for nothing yet.
    `rule` is the one by which the clock or the house put it on record. `facts` is empty where only that is told.
    """

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
    struck: bool
    suspended: bool
    imported: bool
    unconfirmed: bool
    waiting: bool
    overridden: tuple[str, ...]
    rule: str = ""
    facts: tuple[Disclosed, ...] = ()

    @property
    def masked(self) -> bool:
        """Whether contact details stand in it, and not in full."""
        return any(fact.how is Disclosure.MASKED and fact.word in CONTACT for fact in self.facts)


def lines_of(fold: Folded, directory: Directory) -> list[Line]:
    """The entries of a file without their facts, in the order of the ledger."""
    return [line_of(fold, directory, act) for act in fold.case.history.acts]


def line_of(fold: Folded, directory: Directory, act: Act) -> Line:
    """One entry without its facts."""
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
        struck=act.number in history.struck,
        suspended=history.recused(act.number),
        imported=act.origin is not None,
        unconfirmed=hangs_on_a_word(history, act),
        waiting=act.number in history.waiting,
        overridden=act.overridden,
        rule=str(act.facts.get(FACT.RULE, "")) if act.by is None else "",
    )


def _post_title(procedure: Procedure, post: str) -> Text:
    """A post of the procedure, or one of the office, which no procedure names."""
    return (
        OFFICE_POSTS[post]
        if post in OFFICE_POSTS and post not in procedure.posts
        else procedure.title_of(post)
    )


def with_facts(
    lines: Iterable[Line],
    facts: Mapping[int, Facts],
    *,
    gate: Gate = NO_GATE,
    labels: Mapping[str, str] = NO_LABELS,
    unmasked: frozenset[int] = frozenset(),
) -> list[Line]:
    """The lines with their facts, by number of the entry, as this reader gets them; `unmasked`: entries with contact in full."""
    heads = list(lines)
    corrected = [facts[line.number] for line in heads if line.kind == STEP.CORRECTED and not line.struck]
    mended = _mended(corrected)

    def disclosed_facts(line: Line) -> Iterator[Disclosed]:
        for word, value in facts[line.number].items():
            if word not in words.facts() or (line.person is None and word in OF_THE_CLOCK):
                continue
            yield disclosed(
                word,
                value,
                gate=gate,
                labels=labels,
                about=str(facts[line.number].get(FACT.WORD)) if word == FACT.VALUE else None,
                unmasked=line.number in unmasked and word != FACT.VALUE,
                mended=mended.get(line.number, {}).get(word, MISSING),
            )

    return [replace(line, facts=tuple(disclosed_facts(line))) for line in heads]


def _mended(corrections: Iterable[Facts]) -> dict[int, dict[str, Value]]:
    """Number of the entry -> fact -> the value that stands since it was corrected."""
    mended: dict[int, dict[str, Value]] = {}
    for facts in corrections:
        entry = str(facts.get(FACT.ENTRY))
        if entry.isdecimal():
            mended.setdefault(int(entry), {})[str(facts.get(FACT.WORD))] = facts.get(FACT.VALUE)
    return mended


def as_they_stand(
    names: Iterable[str], history: History, *, gate: Gate, labels: Mapping[str, str] = NO_LABELS
) -> list[Disclosed]:
    """What the file says now of these facts, in the order of the words; those not on record are left out."""
    known = words.facts()
    order = sorted(names, key=list(known).index)
    values = ((name, history.value(name)) for name in order)
    return [
        disclosed(name, value, gate=gate, labels=labels) for name, value in values if value is not MISSING
    ]
