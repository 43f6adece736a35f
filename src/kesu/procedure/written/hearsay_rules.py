"""What is wrong with a rule that lets count what another noted before whoever decided confirms it."""

from __future__ import annotations

from collections.abc import Iterator

from kesu.names import StepName
from kesu.reading.text import Text

from ..shapes.abilities import TakesHearsay
from ..when import ALWAYS
from .fault import Fault
from .model import Procedure
from .rule import Rule


def unfounded_hearsay(procedure: Procedure) -> Iterator[Fault]:
    """A rule that gives no reading, hangs on a condition, or names a step that waits for nobody's word or is never noted for another."""
    for rule, shape in procedure.able(TakesHearsay):
        if rule.reading is None:
            yield _fault(
                rule,
                f"规则“{rule.name}”让代记的立即算数，要用 reading 写明原文为什么允许",
                f"the rule “{rule.name}” lets count what another noted; say under “reading” why the paper lets it",
            )
        if rule.when != ALWAYS:
            yield _fault(
                rule,
                f"规则“{rule.name}”不能带条件（when）：代记的算不算数，不随案情改变",
                f"the rule “{rule.name}” takes no “when”: whether a note counts does not change with the case",
            )
        for step in shape.steps:
            if (wrong := _wrong(step, procedure)) is not None:
                yield _fault(
                    rule,
                    f"规则“{rule.name}”：“{procedure.steps[step].title.zh}”{wrong.zh}",
                    f"the rule “{rule.name}”: “{step}” {wrong.en}",
                )


def _wrong(step: StepName, procedure: Procedure) -> Text | None:
    if procedure.steps[step].word.in_person:
        return Text("只能本人办，不能代记", "is taken in person and never noted for another")
    if step in procedure.joint or step in procedure.ends:
        return Text(
            "由几人共同办理或者办结案卷，各人要在自己的登录里办",
            "is taken by several or ends the file, which each does in his own sign-in",
        )
    if not procedure.steps[step].word.decides:
        return Text("不作决定，代记的本来就算数，不必写", "decides nothing, so a note of it counts anyway")
    return None


def _fault(rule: Rule, zh: str, en: str) -> Fault:
    return Fault(rule.origin, rule.line, Text(zh, en))
