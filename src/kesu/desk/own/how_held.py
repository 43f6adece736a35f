"""How a rule is held, as people read it."""

from __future__ import annotations

from kesu.procedure.written.rule import Rule
from kesu.reading.text import Text

HOW = {
    "enforced": Text("当场拦住", "Enforced"),
    "timed": Text("计时", "Timed"),
    "recorded": Text("要记录", "Recorded"),
    "measured": Text("看指标", "Measured"),
    "attested": Text("请人确认", "Attested"),
    "built in": Text("软件本身保证", "Built in"),
    "partly": Text("部分落实", "Partly"),
    "declared": Text("公开写明", "Declared"),
    "outside": Text("软件管不了", "Outside the software"),
}
UNLESS_WAIVED = Text("要办，或按规定写明理由", "Done, or left out as the rule says")
BY_ITSELF = Text("系统自动记下", "Recorded by the software")


def how_held(rule: Rule) -> Text:
    """What may be left out is not refused, and what refuses nobody is not either."""
    if rule.how != "enforced":
        return HOW[rule.how]
    if rule.waiver is not None:
        return UNLESS_WAIVED
    return HOW[rule.how] if rule.shape.bars else BY_ITSELF
