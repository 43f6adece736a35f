"""To which facts “not known” is an answer in a procedure, for prints of the whole of it (semantics 1.4)."""

from __future__ import annotations

from kesu.reading.text import Text, listed

from ..words import facts, in_its_words
from ..words.parts import MENDING
from ..written.model import Procedure, Step
from .slots_in_words import lowered


@in_its_words
def not_known_said(procedure: Procedure) -> Text:
    """The sentence: with which step what may be “not known”; all else has to be said."""
    own = [step for step in procedure.steps.values() if step.name not in MENDING]
    steps = [(step, titles) for step in own if (titles := _open(procedure, step))]
    if not steps:
        return Text(
            "本程序里没有一项可以答“不清楚”，都要写明。",
            "Nothing may be answered “not known” here; all of it has to be said.",
        )
    zh = "；".join(f"“{step.title.zh}”的{listed([one.zh for one in titles], 'zh')}" for step, titles in steps)
    en = "; ".join(
        f"with “{step.title.en}” {listed([lowered(one.en) for one in titles], 'en')}"
        for step, titles in steps
    )
    return Text(
        f"只有外面告诉的事可以答“不清楚”：{zh}。其余都要写明。",
        f"“Not known” is an answer only to what the outside world tells: {en}. All else has to be said.",
    )


def _open(procedure: Procedure, step: Step) -> list[Text]:
    known, closed = facts(), procedure.unknowable.get(step.name)
    if closed is None:
        return []
    asked = [name for name in known if name in procedure.belonging[step.name] - closed]
    return [known[name].title for name in asked]
