"""Trying examples both ways: as commands in a file, and as an imported log; both must give the same finding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kesu.procedure.history.verdict import Finding, Verdict
from kesu.procedure.shapes.abilities import Promotes
from kesu.procedure.words import in_its_words
from kesu.procedure.words.names import FACT
from kesu.procedure.written.library import Library
from kesu.procedure.written.model import Procedure
from kesu.procedure.written.rule import Rule
from kesu.reading.strict import Block, read_file
from kesu.worktime.calendar import Calendar

from ..deciding.decide import clock_acts
from ..file.case_file import CaseFile
from ..file.promoting import PROMOTED
from ..many.example_of_watch import alarmed
from .courses import Course, Passage, as_command, as_log, run_all
from .stories import Example, Examples, read_examples, settings_of

FILE = "examples.yaml"


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of one example: `fault` is empty when it holds, else what is wrong with it."""

    example: Example
    fault: str = ""

    @property
    def holds(self) -> bool:
        """Whether it came out as its name says."""
        return not self.fault


@dataclass(frozen=True, slots=True, order=True)
class Seen:
    """A finding as both ways see it."""

    rule: str
    verdict: Verdict
    manner: str = ""


NONE_SEEN: Final[Sequence[Seen]] = ()


def exemplified(library: Library, name: str) -> tuple[Procedure, Examples]:
    """A procedure with the settings that its examples carry, and these examples. Raises ReadError."""
    path = library.find(name) / FILE
    settings = {}
    if path.is_file():
        node = read_file(path)
        settings = dict(settings_of(node.get("settings") if isinstance(node, Block) else None))
    procedure = library.load(name, settings=settings)
    return procedure, read_examples(path, procedure) if path.is_file() else Examples(Block(), procedure)


@in_its_words
def try_examples(procedure: Procedure, examples: Iterable[Example], *, calendar: Calendar) -> list[Tried]:
    """Each example tried both ways, in their order; what several stories begin with is run once for all of them."""
    listed = list(examples)
    stories = [example.acts for example in listed]
    texts, online = [""] * len(listed), [NONE_SEEN] * len(listed)
    for place, course in run_all(as_command, stories, procedure=procedure, calendar=calendar):
        texts[place] = _refused(listed[place], course)
        online[place] = outcome_of(listed[place], course)
    for place, course in run_all(as_log, stories, procedure=procedure, calendar=calendar):
        offline = outcome_of(listed[place], course)
        texts[place] = texts[place] or _wrong(procedure, listed[place], online[place], offline)
    return [Tried(example, text) for example, text in zip(listed, texts, strict=True)]


def tried(procedure: Procedure, example: Example, *, calendar: Calendar) -> str:
    """Why an example does not hold, or an empty text."""
    return try_examples(procedure, [example], calendar=calendar)[0].fault


def outcome_of(example: Example, course: Course) -> Sequence[Seen]:
    """What a course comes to at the judged line, or as of the example's moment, or counted among the other cases."""
    file = course.file
    if example.others:
        return [_among(file, example)]
    if example.judged is not None:
        return _to_compare(file.procedure, course.passages[-1].findings)
    return _as_of(file.copy(), example, example.as_of) if example.as_of is not None else NONE_SEEN


def _among(file: CaseFile, example: Example) -> Seen:
    """What a rule that counts over many cases comes to: like one that promotes, it is “broken” where it takes effect."""
    rule = file.procedure.by_name.get(example.rule)  # none where the rule was left out to see who notices
    takes_effect = rule is not None and alarmed(file, rule, example.others)
    return Seen(example.rule, Verdict.BROKEN if takes_effect else Verdict.OPEN)


def _as_of(file: CaseFile, example: Example, moment: datetime) -> Sequence[Seen]:
    """What the rule of the example has come to by then, once the clock has had its say.

    A rule that promotes by the clock is broken by nobody; in a pair its broken side is the one where it has promoted.
    """
    clock_acts(file, moment)
    rule = file.procedure.by_name.get(example.rule)  # none where the rule was left out to see who notices
    if rule is not None and rule.able(Promotes) is not None:
        promoted = any(act.facts.get(FACT.RULE) == rule.name for act in file.history.all(PROMOTED))
        return [Seen(rule.name, Verdict.BROKEN if promoted else Verdict.OPEN)]
    unmet = [finding for finding in file.open_findings(moment) if finding.rule == example.rule]
    return _to_compare(file.procedure, unmet)


def _to_compare(procedure: Procedure, findings: Iterable[Finding]) -> Sequence[Seen]:
    """A refused command names only what bars, so a breach hides the kept ones."""
    every = sorted({Seen(finding.rule, finding.verdict, finding.manner) for finding in findings})
    barring = [
        one
        for one in every
        if one.verdict in (Verdict.BROKEN, Verdict.CANNOT_TELL)
        and procedure.by_name[one.rule].bars
        and not one.manner
    ]
    return barring or every


# -- what is wrong ---------------------------------------------------------------------------------------------------


def _refused(example: Example, course: Course) -> str:
    """Why the story is none: a line before the judged one is refused, or that one is no command."""
    for passage in course.passages[: len(example.given)]:
        if passage.refused:
            line = f"“{passage.act.step}” of {passage.act.noted:%m-%d %H:%M}"
            return f"the line {line} is itself refused: {_why(passage)}"
    if example.judged is not None and course.passages[-1].problems:
        return f"the judged line is no command: {_why(course.passages[-1])}"
    return ""


def _wrong(procedure: Procedure, example: Example, online: Sequence[Seen], offline: Sequence[Seen]) -> str:
    if online != offline:
        return f"as commands it gives {_names(online)}, as a log {_names(offline)}"
    breaches = {one.rule for one in online if one.verdict not in (Verdict.KEPT, Verdict.OPEN)}
    if example.kept and breaches:
        return f"nothing should be broken, but {_names(online)}"
    meant = {example.rule, *example.too}
    if not example.kept and breaches != meant:
        return (
            f"only {', '.join(f'“{name}”' for name in sorted(meant))} should be broken, but {_names(online)}"
        )
    if example.kept and not example.paired and not _speaks(procedure, example, online):
        return f"“{example.rule}” says nothing of it"
    return ""


def _speaks(procedure: Procedure, example: Example, online: Sequence[Seen]) -> bool:
    rule: Rule | None = procedure.by_name.get(example.rule)
    if rule is None:
        return False
    return (
        any(one.rule == example.rule for one in online)
        or not rule.shape.in_findings
        or example.judged is None
    )


def _why(passage: Passage) -> str:
    rules = [f"{one.rule} ({one.verdict}: {_reason(one)})" for one in passage.findings]
    return "; ".join([*map(str, passage.problems), *rules])


def _reason(finding: Finding) -> str:
    """The reason by its name, with what is lacking; a person reads the sentence, who writes rules the names of words."""
    outcome = finding.outcome
    lacking = ", ".join(dict.fromkeys(lack.name for lack in outcome.lacks))
    return f"{outcome.reason.sentence if outcome.reason else ''} {lacking}".strip()


def _names(findings: Sequence[Seen]) -> str:
    spoken = [one for one in findings if one.verdict is not Verdict.KEPT]
    names = [f"{one.rule}: {one.verdict}{' ' + one.manner if one.manner else ''}" for one in spoken]
    return ", ".join(names) or "nothing broken"
