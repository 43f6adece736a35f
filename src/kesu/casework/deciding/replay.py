"""Running acts that already happened through the rules, in order: the same judge, nothing refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from kesu.procedure.history.act import Act
from kesu.procedure.history.verdict import Finding
from kesu.procedure.shapes.abilities import Counts, FollowsFrom
from kesu.procedure.words.names import FACT

from ..duties.calling import PERIOD
from ..file.case_file import CaseFile
from ..file.effects import LATE
from ..file.promoting import PROMOTED
from .decide import clock_acts

Asked = TypeVar("Asked")
CLOCKED = (LATE, PERIOD, PROMOTED)


def replay(file: CaseFile, acts: Iterable[Act]) -> Iterator[tuple[Act, list[Finding]]]:
    """Applies each act to `file` and gives it with its findings. The clock's own entries are made anew (semantics 2.2)."""
    return ((act, said + settled) for _, act, said, settled in replayed(file, acts, ask=file.judge))


def replayed(
    file: CaseFile, acts: Iterable[Act], *, ask: Callable[[Act], Asked]
) -> Iterator[tuple[Act, Act, Asked, list[Finding]]]:
    """Each act as given and as numbered here, what `ask` (the file's own `judge` or `weigh`) says, what it settled."""
    timed, follows = bool(file.procedure.timed), bool(file.procedure.able(FollowsFrom))
    for given in acts:
        if given.by is None and given.step in CLOCKED and _made_anew(file, given):
            continue
        if timed:
            clock_acts(file, given.noted)
        so_far = file.history.acts
        number = so_far[-1].number + 1 if so_far else 1
        act = given if given.number == number else replace(given, number=number)
        said = ask(act)
        settled = file.apply(act)
        if follows:
            for one in file.following(at=act.at, noted=act.noted):
                settled += file.apply(one)
        yield given, act, said, settled


def _made_anew(file: CaseFile, given: Act) -> bool:
    """Whether the file's own rules make the entry; what a watch over many cases promoted came to it from elsewhere."""
    rule = file.procedure.by_name.get(str(given.facts.get(FACT.RULE)))
    if given.step == PROMOTED and FACT.FROM in given.facts:
        return False
    return rule is None or rule.able(Counts) is None
