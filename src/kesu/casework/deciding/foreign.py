"""A fact belongs to the steps that ask it: brought with another step it is refused, and which step may say it is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kesu.procedure.words import facts as fact_words
from kesu.procedure.written.model import Procedure, Step
from kesu.reading.text import Text

MOST_NAMED: Final = 4  # of the steps that say a fact, in one message


def foreign_facts(procedure: Procedure, step: Step, given: Iterable[str]) -> Iterator[Text]:
    """What is wrong with the facts of an act that are not its step's to say (semantics 1.6); a word that is no fact is not asked here.

    A fact that no step of the procedure asks belongs to none; that a rule reads such a fact is a fault of the file (`kesu lint`).
    """
    foreign = procedure.foreign.get(step.name, frozenset())
    for name in given:
        if name in foreign:
            title = fact_words()[name].title
            saying = [
                procedure.steps[other].title for other, facts in procedure.belonging.items() if name in facts
            ]
            yield Text(
                f"“{step.title.zh}”里不能填“{title.zh}”；这一项在{_zh(saying)}时填写",
                f"“{step.title.en}” does not say “{title.en}”; that is said with {_en(saying)}",
            )


def _zh(titles: Sequence[Text]) -> str:
    named = "、".join(f"“{title.zh}”" for title in titles[:MOST_NAMED])
    return named if len(titles) <= MOST_NAMED else f"{named}等 {len(titles)} 步"


def _en(titles: Sequence[Text]) -> str:
    named = ", ".join(f"“{title.en}”" for title in titles[:MOST_NAMED])
    return named if len(titles) <= MOST_NAMED else f"{named} and {len(titles) - MOST_NAMED} more"
