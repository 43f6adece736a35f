"""Running examples both ways: as commands in a file, and as an imported log; both must give the same finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from kesu.procedure.history.verdict import Finding, Verdict
from kesu.procedure.shapes.promote import Promote
from kesu.procedure.words.names import FACT
from kesu.procedure.written.library import Library
from kesu.procedure.written.model import Procedure
from kesu.procedure.written.rule import Rule
from kesu.reading.strict import Block, read_file
from kesu.worktime.calendar import Calendar

from ..deciding.decide import Refused, clock_acts, decide
from ..deciding.replay import replay
from ..file.case_file import CaseFile
from ..file.promoting import PROMOTED
from ..many.example_of_watch import alarmed
from .courses import command_of
from .stories import Example, Examples, read_examples, settings_of

FILE = "examples.yaml"


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of one example: `said` is empty when it holds, else what is wrong with it."""

    example: Example
    said: str = ""

    @property
    def holds(self) -> bool:
        """Whether it came out as its name says."""
        return not self.said


def exemplified(library: Library, name: str) -> tuple[Procedure, Examples]:
    """A procedure with the settings that its examples carry, and these examples."""
    path = library.find(name) / FILE
    settings = {}
    if path.is_file():
        node = read_file(path)
        settings = dict(settings_of(node.get("settings") if isinstance(node, Block) else None))
    procedure = library.load(name, settings=settings)
    return procedure, read_examples(path, procedure) if path.is_file() else Examples(Block(), procedure)


def try_examples(procedure: Procedure, examples: Iterable[Example], *, calendar: Calendar) -> Iterator[Tried]:
    """Tries each example both ways."""
    for example in examples:
        yield Tried(example, tried(procedure, example, calendar=calendar))


def tried(procedure: Procedure, example: Example, *, calendar: Calendar) -> str:
    """Why an example does not hold, or an empty text."""
    online, refused = run_online(procedure, example, calendar=calendar)
    if refused:
        return refused
    offline = run_offline(procedure, example, calendar=calendar)
    if online != offline:
        return f"as commands it gives {_names(online)}, as a log {_names(offline)}"
    breaches = {
        finding.rule
        for finding in online
        if finding.verdict is not Verdict.KEPT and finding.verdict is not Verdict.OPEN
    }
    if example.kept and breaches:
        return f"nothing should be broken, but {_names(online)}"
    if not example.kept and breaches != {example.rule}:
        return f"only “{example.rule}” should be broken, but {_names(online)}"
    if example.kept and not example.paired and not _speaks(procedure, example, online):
        return f"“{example.rule}” says nothing of it"
    return ""


def run_online(procedure: Procedure, example: Example, *, calendar: Calendar) -> tuple[list[Seen], str]:
    """The findings on the judged line (or on what is open at `as of`), each given line having been accepted."""
    file = CaseFile(procedure, calendar=calendar)
    for act in example.given:
        if act.by is None:
            file.apply(replace(act, number=file.number + 1))
            continue
        decision = decide(file, command_of(act), now=act.noted)
        if isinstance(decision, Refused):
            return [], f"the line “{act.step}” of {act.noted:%m-%d %H:%M} is itself refused: {_why(decision)}"
        for one in decision.acts:
            file.apply(one)
    found: list[Finding] = []
    if example.judged is not None:
        decision = decide(file, command_of(example.judged), now=example.judged.noted)
        found = list(decision.findings)
        if isinstance(decision, Refused) and decision.problems:
            return [], f"the judged line is no command: {_why(decision)}"
        for one in decision.acts if example.others and not isinstance(decision, Refused) else ():
            file.apply(one)
    if example.others:
        return among(file, example), ""
    if example.judged is None and example.as_of is not None:
        return as_of(file, example, example.as_of), ""
    return seen(procedure, found, example), ""


def run_offline(procedure: Procedure, example: Example, *, calendar: Calendar) -> list[Seen]:
    """The same by way of a log: nothing is refused, the last line's findings count."""
    file = CaseFile(procedure, calendar=calendar)
    acts = (*example.given, *((example.judged,) if example.judged is not None else ()))
    findings = [found for _, found in replay(file, acts)]
    if example.others:
        return among(file, example)
    if example.judged is not None:
        return seen(procedure, findings[-1], example)
    return as_of(file, example, example.as_of) if example.as_of else []


def among(file: CaseFile, example: Example) -> list[Seen]:
    """What a rule that counts over many cases comes to: like one that promotes, it is “broken” where it takes effect."""
    rule = file.procedure.by_name.get(example.rule)  # none where the rule was left out to see who notices
    found = rule is not None and alarmed(file, rule, example.others)
    return [Seen(example.rule, Verdict.BROKEN if found else Verdict.OPEN)]


def as_of(file: CaseFile, example: Example, moment: datetime) -> list[Seen]:
    """What the rule of the example has come to by then, once the clock has had its say.

    A rule that promotes by the clock is broken by nobody; in a pair its broken side is the one where it has promoted.
    """
    clock_acts(file, moment)
    promoted = [act for act in file.history.all(PROMOTED) if act.facts.get(FACT.RULE) == example.rule]
    rule = file.procedure.by_name.get(example.rule)  # none where the rule was left out to see who notices
    if rule is not None and isinstance(rule.shape, Promote):
        return [Seen(example.rule, Verdict.BROKEN if promoted else Verdict.OPEN)]
    found = [finding for finding in file.open_findings(moment) if finding.rule == example.rule]
    return seen(file.procedure, found, example)


@dataclass(frozen=True, slots=True, order=True)
class Seen:
    """A finding as both ways see it."""

    rule: str
    verdict: Verdict
    manner: str = ""


def seen(procedure: Procedure, findings: Iterable[Finding], example: Example) -> list[Seen]:
    """Findings to compare. A refused command names only what bars, so a breach hides the kept ones."""
    found = sorted({Seen(finding.rule, finding.verdict, finding.manner) for finding in findings})
    barring = [
        one
        for one in found
        if one.verdict in (Verdict.BROKEN, Verdict.CANNOT_TELL) and procedure.by_name[one.rule].bars
    ]
    return [one for one in barring if one.manner == ""] or found


def _speaks(procedure: Procedure, example: Example, found: list[Seen]) -> bool:
    rule: Rule | None = procedure.by_name.get(example.rule)
    if rule is None:
        return False
    return (
        any(one.rule == example.rule for one in found)
        or rule.shape.sign in ("follows", "promote", "measure", "opens", "see")
        or example.judged is None
    )


def _why(refused: Refused) -> str:
    return "; ".join(
        [str(problem) for problem in refused.problems]
        + [
            f"{f.rule} ({f.verdict}: {f.outcome.why} {', '.join(f.outcome.missing)})"
            for f in refused.findings
        ]
    )


def _names(found: list[Seen]) -> str:
    return (
        ", ".join(
            f"{one.rule}: {one.verdict}{' ' + one.manner if one.manner else ''}"
            for one in found
            if one.verdict is not Verdict.KEPT
        )
        or "nothing broken"
    )
