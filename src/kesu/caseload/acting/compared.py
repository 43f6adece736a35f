"""Two cases that somebody compared: what the other one takes note of, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kesu.casework.deciding.decide import Accepted
from kesu.names import FileName
from kesu.procedure.words.names import FACT, STEP
from kesu.reading.text import Text

from ..folded.fold import Folded, NoSuchFile
from .changes import Changes
from .house_act import CannotLink, note

CASE: Final = "case/"
UNRELATED: Final = "unrelated"
NO_SUCH_CASE: Final = Text(
    zh="没有可以比对的这件案件；请从列出的案件里选",
    en="there is no such case to compare with; choose one of those that are listed",
)
NO_ANSWER: Final = Text(
    zh="比对要有两样：和哪一件比，是同一件、相关还是无关",
    en="a comparison takes two things: with which case, and whether it is the same, related or unrelated",
)


def tell_compared(
    changes: Changes, file: FileName, decided: Accepted, seen_by: Callable[[Folded], bool]
) -> None:
    """The case with which this one was compared links back to it, unless the two have nothing to do with each other.

    Raises CannotLink where the act names a case without saying how they are alike, or one that the person does not see.
    """
    act = decided.act
    named, likeness = act.facts.get(FACT.COMPARED_CASE), act.facts.get(FACT.LIKENESS)
    if named is None and likeness is None:
        return
    if named is None or likeness is None:
        raise CannotLink(NO_ANSWER)
    target = FileName(str(named))
    try:
        other = changes.take(target) if target != file and target.startswith(CASE) else None
    except NoSuchFile:
        other = None
    if other is None or not seen_by(other):
        raise CannotLink(NO_SUCH_CASE)
    if likeness != UNRELATED and decided.after.history.counts(act.number):
        note(changes, target, STEP.LINKED, {FACT.COMPARED_CASE: file, FACT.LIKENESS: likeness})
