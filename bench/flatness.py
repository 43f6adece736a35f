"""What one act costs while more and more cases of `lab-pd-007` are judged."""

import resource
import statistics
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from kesu.casework.examples.trying import exemplified
from kesu.procedure.history.act import Act
from kesu.procedure.written.library import Library
from kesu.review.cases import LoggedCase
from kesu.review.engine import Course
from kesu.review.judging import Bench
from kesu.worktime.china import china_calendar

PROCEDURE = "lab-pd-007"
CASES, SLICE = 100_000, 500
AT_EITHER_END = 10  # the median of the first tenth of the slices is compared with that of the last
WEEKS = 520  # the stories are set in 2026; they are moved back by whole weeks, never out of what the calendar knows


def flatness(procedures: Path, *, seconds: float) -> dict[str, Any]:
    """Microseconds an act in the first and the last slices, their ratio, and how many cases there was time for."""
    procedure, examples = exemplified(Library(procedures), PROCEDURE)
    stories = [examples.story(name) for name in examples.stories]
    course = Course(Bench(procedure, china_calendar(), datetime.now().astimezone()), cut=False)
    costs, judged = [], 0
    cases = made(stories)
    began = time.perf_counter()
    while judged < CASES and time.perf_counter() - began < seconds:
        batch = [next(cases) for _ in range(SLICE)]
        started = time.process_time()
        for case in batch:
            course.take(case)
        costs.append((time.process_time() - started) / sum(len(case.acts) for case in batch))
        judged += SLICE
        course.report.findings.clear()  # a review lists them; here only the judging is measured
    tenth = max(1, len(costs) // AT_EITHER_END)
    first, last = statistics.median(costs[:tenth]), statistics.median(costs[-tenth:])
    return {
        "procedure": PROCEDURE,
        "rules": len(procedure.rules),
        "cases": judged,
        "acts": course.report.events,
        "sampled": judged < CASES,
        "microseconds_an_act_first": round(first * 1e6, 1),
        "microseconds_an_act_last": round(last * 1e6, 1),
        "ratio": round(last / first, 3),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def made(stories: list[list[Act]]) -> Iterator[LoggedCase]:
    """The stories over and over, each time moved back by some weeks."""
    for number in count():
        back = timedelta(weeks=number % WEEKS)
        story = stories[number % len(stories)]
        yield LoggedCase(
            str(number), [replace(act, at=act.at - back, noted=act.noted - back) for act in story]
        )
