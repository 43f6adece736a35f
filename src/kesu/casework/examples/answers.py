"""Cases run both ways, and what comes out held against the verdict that is right.

Right is, by the verdict that a case wants:

- kept: no line is refused, nothing is broken at the judged one, and no duty under the clauses of the case is late;
- broken, cannot tell, broken or cannot tell: refused as a command, and that verdict in a log. A breach counts also where
  it comes earlier, at a line that the case brought or by a rule of its clauses; and the act may pass where the file says
  afterwards what the case calls harmless;
- late, owed, not owed: some duty under the clauses of the case is late; open or late; none of them. `something late`
  asks for any duty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from kesu.procedure.history.act import Act
from kesu.procedure.history.verdict import Finding, Verdict
from kesu.procedure.shapes.abilities import Counts
from kesu.reading.strict import Block, ReadError, fault
from kesu.reading.text import Text
from kesu.worktime.calendar import Calendar

from ..deciding.decide import clock_acts
from ..file.case_file import CaseFile
from ..many.example_of_watch import alarmed
from .cases import KEPT, Case, CaseInFull, Cases, Side
from .courses import Course, Way, as_command, as_log, run

ACCEPTED: Final = {  # in a log; a command that is refused is a breach whatever the verdict
    "broken": (Verdict.BROKEN,),
    "cannot tell": (Verdict.CANNOT_TELL,),
    "broken or cannot tell": (Verdict.BROKEN, Verdict.CANNOT_TELL),
}


@dataclass(frozen=True, slots=True)
class Breach:
    """What is wrong with a line: a rule that is not kept (`finding`), or the command as such (`problem`).

    `line` is the line's place in the story, from 0; `nth` tells which one of its step it is, from 1.
    """

    line: int
    step: str
    nth: int
    refused: bool
    finding: Finding | None = None
    problem: Text | None = None

    @property
    def key(self) -> tuple[str, int, str]:
        """What is the same in two versions of a story; commands that are wrong as such are all alike."""
        return self.step, self.nth, self.finding.rule if self.finding is not None else ""


@dataclass(frozen=True, slots=True)
class Heard:
    """What one way of running a side came to.

    Where a line is judged: the breaches at it, whether it was refused, breaches before it that count, and the steps that
    were refused before it. `duties` are those that nobody has met by the moment (None where none is named), `counted`
    tells whether the case counts together with the others (None where there are none).
    """

    right: bool
    judged: tuple[Breach, ...] = ()
    refused: bool = False
    earlier: tuple[Breach, ...] = ()
    barred: tuple[str, ...] = ()
    duties: tuple[Finding, ...] | None = None
    counted: bool | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One side both ways against its verdict; `fault` says why a case cannot be run, and then it differs."""

    want: str
    name: str = ""
    command: Heard | None = None
    log: Heard | None = None
    fault: ReadError | None = None

    @property
    def right(self) -> bool:
        """Whether both ways come out as they should."""
        return all(way is not None and way.right for way in (self.command, self.log))


def answers(cases: Cases, case: Case, *, calendar: Calendar) -> list[Answer]:
    """Every side of a case. One that cannot be run any more, because a story changed, differs and says why."""
    try:
        full = cases.in_full(case)
        return [
            Answer(
                side.want,
                side.name,
                command=_heard(case, full, side, as_command, calendar),
                log=_heard(case, full, side, as_log, calendar),
            )
            for side in full.sides
        ]
    except ReadError as error:
        return [Answer(str(case.block.get("want", "a pair")), fault=error)]


def _heard(case: Case, full: CaseInFull, side: Side, way: Way, calendar: Calendar) -> Heard:
    lines, acts = _by_then(case, full, side)
    course = run(way, acts, procedure=full.procedure, calendar=calendar)
    if side.others is not None:
        together = _counted_together(case, full, side.others, course.file)
        return Heard(together != (side.want == KEPT), counted=together)
    parts: list[Heard] = []
    if case.at is not None:
        before = run(way, full.examples.acts(side.before), procedure=full.procedure, calendar=calendar)
        known = {breach.key for breach in _breaches(before)}
        fresh = [breach for breach in _breaches(course) if breach.key not in known]
        parts.append(_of_line(case, full, side.want, lines, course, fresh))
    if full.moment is not None:
        duties = _unmet(case, side.want, course.file, full.moment)
        parts.append(Heard(_right_of_duties(side.want, duties), duties=duties))
    enough = all if side.want == KEPT else any
    return replace(parts[0], right=enough(part.right for part in parts), duties=parts[-1].duties)


def _by_then(case: Case, full: CaseInFull, side: Side) -> tuple[Sequence[Block], Sequence[Act]]:
    """The lines of the side that are noted by the moment, if one is named, and their acts."""
    acts = full.examples.acts(side.lines)
    if full.moment is None:
        return side.lines, acts
    if case.at is not None and acts[-1].noted > full.moment:
        raise fault(case.at, en="the judged line comes after “as of”", zh="所判的一行在“as of”之后")
    by_then = [place for place, act in enumerate(acts) if act.noted <= full.moment]
    return [side.lines[place] for place in by_then], [acts[place] for place in by_then]


def _breaches(course: Course) -> list[Breach]:
    """Whatever is neither kept nor still open, line by line."""
    breaches, nth = [], Counter[str]()
    for line, passage in enumerate(course.passages):
        step = passage.act.step
        nth[step] += 1
        breach = Breach(line, step, nth[step], passage.refused)
        breaches += [
            replace(breach, finding=finding)
            for finding in passage.findings
            if finding.verdict not in (Verdict.KEPT, Verdict.OPEN)
        ]
        breaches += [replace(breach, problem=problem) for problem in passage.problems]
    return breaches


def _of_line(
    case: Case, full: CaseInFull, want: str, lines: Sequence[Block], course: Course, fresh: Sequence[Breach]
) -> Heard:
    """The judged line, which is the last; a breach may also come earlier: at a line of the case's own, or by its clauses."""
    last = len(lines) - 1
    own = {place for place, line in enumerate(lines) if all(line is not one for one in full.story)}
    judged = tuple(breach for breach in fresh if breach.line == last)
    earlier = tuple(
        breach for breach in fresh if breach.line != last and (breach.line in own or _of_clause(case, breach))
    )
    barred = tuple(passage.act.step for passage in course.passages[:last] if passage.refused)
    refused = course.passages[last].refused
    if want == KEPT:
        return Heard(not judged and not barred, judged, refused, earlier, barred)
    accepted = ACCEPTED.get(want, ())
    right = (
        (refused and bool(judged))
        or any(_verdict(breach) in accepted for breach in judged)
        or any(breach.refused or _verdict(breach) in accepted for breach in earlier)
        or (want == "cannot tell" and bool(earlier))
        or _is_harmless(full, course.file)
    )
    return Heard(right, judged, refused, earlier)


def _verdict(breach: Breach) -> Verdict | None:
    return breach.finding.verdict if breach.finding is not None else None


def _of_clause(case: Case, breach: Breach) -> bool:
    return breach.finding is not None and not set(case.clauses).isdisjoint(breach.finding.clauses)


def _is_harmless(full: CaseInFull, file: CaseFile) -> bool:
    return bool(full.harmless) and all(
        file.history.value(word) == value for word, value in full.harmless.items()
    )


def _unmet(case: Case, want: str, file: CaseFile, moment: datetime) -> tuple[Finding, ...]:
    """The duties that nobody has met by then: those under a clause of the case, or all of them."""
    clock_acts(file, moment)
    return tuple(
        finding
        for finding in file.open_findings(moment)
        if want == "something late" or not set(case.clauses).isdisjoint(finding.clauses)
    )


def _right_of_duties(want: str, duties: Sequence[Finding]) -> bool:
    late = any(finding.verdict is Verdict.BROKEN for finding in duties)
    return {KEPT: not late, "not owed": not duties, "owed": bool(duties)}.get(want, late)


def _counted_together(case: Case, full: CaseInFull, others: Block, file: CaseFile) -> bool:
    """Whether a rule that counts over many cases, and holds a clause of this one, takes effect with the others beside it."""
    for rule, shape in full.procedure.able(Counts):
        if not set(case.clauses).isdisjoint(rule.clauses):
            arrivals = full.examples.arrivals(others, step=shape.counts) * int(others["count"])
            if alarmed(file, rule, arrivals):
                return True
    return False
