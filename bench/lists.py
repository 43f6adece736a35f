"""What list and search cost among many cases: statements, milliseconds, and how many times quicker than a scan a search is.

The cases of the demo are copied row by row until there are as many as asked; what is timed is the page as the quality manager
of the laboratory gets it, and for the search the same condition by reading every text. Exit 1 where a page sends more than 10
statements, or a word or a batch is found less than 20 times as quickly as by a scan.

    python bench/lists.py [--json] [--database sqlite|postgres] [--cases 20000] [--rounds 7]
"""

import sys
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

from measured.command import run
from measured.database import installed
from measured.profiled import profiled

NOW = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
STATEMENTS, QUICKER = 10, 20
ORGANISATION, WHO = "hengce", "顾明"
NEEDLE, BATCH = "霉斑", "20261111Q7"  # stand in one case of a thousand
PAGES = {
    "list": "/cases/",
    "all, page 1": "/cases/?view=all",
    "narrowed": "/cases/?view=all&trait=channel%3Dphone",
    "word": f"/cases/?view=all&text={NEEDLE}",
    "batch": f"/cases/?view=all&text={BATCH}",
}


def measured(name: str, rounds: int, cases: int, *, profile: bool) -> dict[str, Any]:
    """The figures of one database."""
    with installed(name), patch("django.utils.timezone.now", lambda: NOW):
        from django.db import connection
        from measured.looks import Looks

        from kesu.demo.stories import load_demo
        from kesu.people.models import Person

        load_demo(now=NOW)
        made = _copied(cases)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        looks, person = Looks(), Person.objects.get(organisation=ORGANISATION, name=WHO).person
        costs = {page: looks.cost(ORGANISATION, person, path, rounds) for page, path in PAGES.items()}
        found = {word: _quicker(word, person, rounds) for word in (NEEDLE, BATCH)}
        figures: dict[str, Any] = {
            "bench": "lists",
            "database": name,
            "cases": made,
            "bars": {"statements": STATEMENTS, "times quicker than a scan": QUICKER},
            "pages": {
                page: {word: cost[word] for word in ("statements", "ms")} for page, cost in costs.items()
            },
            "searches": found,
            "passed": all(cost["statements"] <= STATEMENTS for cost in costs.values())
            and all(one["times"] >= QUICKER for one in found.values()),
        }
        if profile:
            figures["profile"] = profiled(looks.again(costs["word"]))
        return figures


def _copied(cases: int) -> int:
    """Copies the rows of the complaints until there are so many; every thousandth says the needles."""
    from kesu.caseload.models import CaseRow, SearchRow, TraitRow
    from kesu.caseload.rows.following import follow
    from kesu.ledger.oneway import writing
    from kesu.reading.grams import folded, grams

    follow(ORGANISATION)
    rows = list(CaseRow.objects.filter(organisation=ORGANISATION, label__startswith="TS-"))
    said = {row.file: row for row in SearchRow.objects.filter(organisation=ORGANISATION)}
    traits = list(TraitRow.objects.filter(organisation=ORGANISATION))
    with writing():
        for first in range(0, cases, 1000):
            new: dict[type[Any], list[Any]] = {CaseRow: [], SearchRow: [], TraitRow: []}
            for number in range(first, min(first + 1000, cases)):
                row, file = rows[number % len(rows)], f"case/{number:032x}"
                text = said[row.file].folded + (
                    f"\n{folded(f'{NEEDLE} {BATCH}')}" if number % 1000 == 500 else ""
                )
                new[CaseRow].append(
                    _copy(
                        row,
                        file,
                        label=f"XX-2026-{number}",
                        received=row.received - timedelta(minutes=number),
                    )
                )
                new[SearchRow].append(_copy(said[row.file], file, folded=text, grams=" ".join(grams(text))))
                new[TraitRow] += [_copy(one, file) for one in traits if one.file == row.file]
            for model, listed in new.items():
                model.objects.bulk_create(listed)
    return CaseRow.objects.filter(organisation=ORGANISATION).count()


def _copy(row: Any, file: str, **other: Any) -> Any:
    names = [field.attname for field in row._meta.concrete_fields if not field.primary_key]
    return type(row)(**{**{name: getattr(row, name) for name in names}, "file": file, **other})


def _quicker(word: str, person: str, rounds: int) -> dict[str, Any]:
    """How long a search takes at best, how long the same by reading every text, and how often the first fits into the second."""
    import time

    from kesu.caseload.asking.listing import cases
    from kesu.caseload.asking.narrowing import Wanted
    from kesu.caseload.models import SearchRow
    from kesu.caseload.sight.reader import reader_of
    from kesu.caseload.sight.seeing import visible
    from kesu.reading.grams import folded

    reader = reader_of(ORGANISATION, person, NOW)
    scanned = SearchRow.objects.filter(organisation=ORGANISATION, folded__contains=folded(word)).values(
        "file"
    )

    def best(look: Any) -> float:
        took = []
        for _ in range(rounds):
            began = time.perf_counter()
            look()
            took.append((time.perf_counter() - began) * 1000)
        return min(took)

    search = best(lambda: cases(reader, wanted=Wanted(text=word)).rows)
    scan = best(lambda: list(visible(reader).filter(file__in=scanned).order_by("-received", "file")[:51]))
    return {"ms": round(search, 1), "scan ms": round(scan, 1), "times": round(scan / search, 1)}


def main() -> int:
    """Run the bench; 0 when it is within its bars on every database, else 1."""
    return run(
        __file__,
        __doc__,
        measured=measured,
        numbers={"rounds": (7, "looks for each time"), "cases": (20_000, "cases in the organisation")},
        lines=lambda figures: [f"{word}: {value}" for word, value in figures.items()],
    )


if __name__ == "__main__":
    sys.exit(main())
