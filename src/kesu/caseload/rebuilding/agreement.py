"""Whether what cases say of where they count is what the watches' files count: two sides of the ledger that must agree."""

from __future__ import annotations

from collections.abc import Iterator

from ..models import CountedRow, WatchRow


def disagreements(organisation: str) -> Iterator[tuple[str, str, bool, bool]]:
    """Watch's file, case, whether the case says that it counts there, whether the watch counts it; where these differ.

    Reads the rows, which have to be those of the ledger already. No rebuilding mends this: both stand in the ledger.
    """
    watches: set[str] = set()
    for watch, cases in (
        WatchRow.objects.filter(organisation=organisation).values_list("file", "cases").iterator()
    ):
        watches.add(watch)
        here = CountedRow.objects.filter(organisation=organisation, into=watch)
        mine, theirs = set(here.values_list("file", flat=True)), set(cases)
        for case in sorted(mine ^ theirs):
            yield watch, case, case in mine, case in theirs
    elsewhere = CountedRow.objects.filter(organisation=organisation).exclude(into="")
    for watch, case in elsewhere.order_by("into", "file").values_list("into", "file").iterator():
        if watch not in watches:
            yield watch, case, True, False
