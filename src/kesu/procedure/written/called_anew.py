"""Limits that say that a step done over again opens them anew (`anew`): whether that step ever opened them but once."""

from __future__ import annotations

from collections.abc import Iterator

from kesu.reading.text import Text

from .fault import Fault
from .model import Procedure


def idle_anew(procedure: Procedure) -> Iterator[Fault]:
    """Rules whose `anew` changes nothing: of a date, for each thing, or from steps that are taken more than once by themselves."""
    single = procedure.reckoning.single
    for rule in procedure.timed:
        timed = rule.shape.timed
        if timed is None or not timed.anew:
            continue
        if timed.fact is not None or rule.each is not None or single.isdisjoint(timed.calls):
            yield Fault(
                rule.origin,
                rule.line,
                Text(
                    f"规则“{rule.name}”的 anew 不起作用：它本来就每次（或每一项）各算各的；请删去",
                    f"“anew” of the rule “{rule.name}” does nothing: each time, or each thing, counts by itself there; leave it out",
                ),
            )
