"""Constraints of DECLARE said in Kesu's shapes: a procedure in memory and a mapping that reads any log of XES names."""

import json
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from kesu.names import StepName
from kesu.procedure.history.act import Shown
from kesu.procedure.shapes import END, Shape
from kesu.procedure.shapes.after import After
from kesu.procedure.shapes.after_each import Follow
from kesu.procedure.shapes.at_most import AtMost
from kesu.procedure.shapes.first import First
from kesu.procedure.shapes.must_have import MustHave
from kesu.procedure.words import StepWord
from kesu.procedure.written.model import Procedure, Step
from kesu.procedure.written.rule import Rule
from kesu.reading.text import Text
from kesu.review.mapping import ActColumns, FileFormat, LogMapping, Source, Times

Constraint = tuple[str, Sequence[str]]


def shapes_of(kind: str, steps: Sequence[str]) -> list[Shape]:
    """The sentences that say one constraint; it is broken when one of them is."""
    match kind, list(steps):
        case "existence", [step]:
            return [MustHave((END,), (step,))]
        case "exactly_one", [step]:
            return [MustHave((END,), (step,)), AtMost((step,), 1)]
        case "init", [step]:
            return [First(step)]
        case "precedence", [first, second]:
            return [After((second,), (first,))]
        case "response", [first, second]:
            return [Follow(first, second)]
        case "succession", [first, second]:
            return [After((second,), (first,)), Follow(first, second)]
    raise ValueError(f"no shape says {kind} of {len(steps)} steps")


def key(kind: str, steps: Sequence[str]) -> str:
    """A constraint as one text, the same on both sides."""
    return json.dumps([kind, list(steps)])


def procedure_of(constraints: Iterable[Constraint], activities: Iterable[str]) -> Procedure:
    """A procedure with a rule for each sentence; its name is the constraint's key, a slash and a number."""
    rules = [
        Rule(name=f"{key(kind, steps)}/{number}", clauses=(), shape=shape)
        for kind, steps in constraints
        for number, shape in enumerate(shapes_of(kind, steps))
    ]
    names = {name: _step(name) for name in activities}
    title = Text("挖掘出的约束", "Mined constraints")
    return Procedure(id="mined", title=title, edition="1", kind="trace", steps=names, rules=tuple(rules))


def _step(activity: str) -> Step:
    title = Text(activity, activity)
    return Step(StepWord(StepName(activity), title), title)


def mapping_of(activities: Sequence[str]) -> LogMapping:
    """Each event an act, each trace complete at its end."""
    step = Source(column="concept:name", table={name: name for name in activities})
    shown = Shown(steps=frozenset(activities), facts=frozenset(), persons=False, posts=False)
    return LogMapping(
        name="mined",
        title=Text("事件日志", "Event log"),
        file=FileFormat(),
        times=Times(ZoneInfo("UTC")),
        case="case:concept:name",
        acts=(ActColumns(step=step, at="time:timestamp"),),
        shown=shown,
        complete=True,
    )
