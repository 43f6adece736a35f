"""What the pages of the demo cost: questions put to rules, statements, processor time; the dearest first.

Every case of the demo is looked at by each of those who acted in it, once to warm up. A question is a rule asked about
an act, or asked whom it lets. My work, the list and the form of a receipt are looked at by everybody. Counts are the same on every machine; times are told for this one. Exit 1 when a case page asks more than
1,000 questions or sends more than 10 statements (the file of a watch, which lists what it counts, 12).

    python bench/pages.py [--json] [--database sqlite|postgres] [--rounds 5] [--profile]
"""

import sys
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

from measured.command import run
from measured.database import installed
from measured.profiled import profiled

AIM = 60  # milliseconds of the processor
NOW = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
OWN = ("/", "/?view=others", "/cases/", "/register/")


def measured(name: str, rounds: int, *, profile: bool) -> dict[str, Any]:
    """The figures of one database."""
    with installed(name), patch("django.utils.timezone.now", lambda: NOW):
        from measured.looks import OF_A_WATCH, QUESTIONS, STATEMENTS, Looks, over

        from kesu.demo.stories import load_demo

        load_demo(now=NOW)
        looks = Looks()
        cases = sorted((looks.cost(*look, rounds) for look in looks.of_cases()), key=_dearest)
        own = sorted((looks.cost(*look, rounds) for look in looks.of_persons(OWN)), key=_dearest)
        most = {word: max(cost[word] for cost in cases) for word in ("questions", "statements", "ms")}
        figures = {
            "bench": "pages",
            "database": name,
            "bars": {"questions": QUESTIONS, "statements": STATEMENTS, "statements of a watch": OF_A_WATCH},
            "aim_ms": AIM,
            "most_of_a_case_page": most,
            "case_pages_over_the_aim": sum(cost["ms"] > AIM for cost in cases),
            "cases": cases,
            "own_pages": [next(cost for cost in own if cost["page"] == page) for page in OWN],
            "passed": not over(cases),
        }
        if profile or not figures["passed"]:
            figures["profile"] = profiled(looks.again(cases[0]))
        return figures


def _dearest(cost: dict[str, Any]) -> tuple[Any, ...]:
    return (-cost["ms"], -cost["questions"], cost["page"], cost["person"])


def main() -> int:
    """Run the bench; 0 when no case page is over a bar on any database, else 1."""
    return run(
        __file__, __doc__, measured=measured, numbers={"rounds": (5, "looks for each time")}, lines=_said
    )


def _said(figures: dict[str, Any]) -> list[str]:
    lines = [
        f"{word}: {value}" for word, value in figures.items() if word not in ("profile", "cases", "own_pages")
    ]
    head = f"{'ms':>6} {'questions':>9} {'statements':>10}  page"
    return [
        *lines,
        head,
        *map(_line, figures["cases"]),
        "pages of one's own, by whom they cost most",
        head,
        *map(_line, figures["own_pages"]),
    ]


def _line(cost: dict[str, Any]) -> str:
    about = f"{cost['page']}  {cost['about']}  {cost['person']}".rstrip()
    return f"{cost['ms']:6.1f} {cost['questions']:9} {cost['statements']:10}  {about}"


if __name__ == "__main__":
    sys.exit(main())
