"""Several acts of the registers, all or nothing: the first that is refused takes back those before it."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from kesu.caseload.acting.answers import Done, Refused
from kesu.ledger.oneway import writing
from kesu.people.directory import forget as forget_directories


class _Undo(Exception):
    """Takes the transaction back; carries the refusal out of it."""

    def __init__(self, refusal: Refused) -> None:
        super().__init__()
        self.refusal = refusal


def together(work: Callable[[], Done]) -> Done | Refused:
    """Does `work` in one transaction. What `taken` refuses inside is the answer, and nothing stays."""
    try:
        with writing(), transaction.atomic():
            return work()
    except _Undo as undone:
        forget_directories()  # what was read inside bears a number that will be given again
        return undone.refusal


def taken(answer: Done | Refused) -> Done:
    """An answer that has to be Done, inside `together`, where a refusal raises what takes everything back."""
    if isinstance(answer, Refused):
        raise _Undo(answer)
    return answer
