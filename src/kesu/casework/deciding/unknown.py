"""“Not known” is an answer of the outside world only: to what is decided, reasoned or reported here it is none (semantics 1.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kesu.procedure.history.act import Value
from kesu.procedure.history.hearing import answers_nothing
from kesu.procedure.words import facts as fact_words
from kesu.procedure.written.model import Procedure, Step
from kesu.reading.text import Text


def unanswered_facts(procedure: Procedure, step: Step, given: Mapping[str, Value]) -> Iterator[Text]:
    """What is wrong with the facts of an act that are answered “not known”, though whoever takes its step says them."""
    unknowable = procedure.unknowable.get(step.name, frozenset())
    for name, value in given.items():
        if name in unknowable and answers_nothing(name, value):
            title = fact_words()[name].title
            yield Text(
                f"“{title.zh}”：“{step.title.zh}”时要写明，不能答“不清楚”；还说不上来的，先不办这一步",
                f"“{title.en}”: “{step.title.en}” says what it is, “not known” is no answer here; leave the step until it can be said",
            )
