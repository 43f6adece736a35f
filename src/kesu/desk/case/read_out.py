"""念给对方听: what the person on the telephone may be told once a matter is registered: its number, and times; never a remedy."""

from __future__ import annotations

from collections.abc import Iterable

from kesu.caseload.asking.opened import CaseView
from kesu.caseload.sight.complainant import COMPLAINANT
from kesu.reading.text import Text
from kesu.worktime.wording import en_date, zh_date

from .deadlines import Deadline


def read_out(view: CaseView, limits: Iterable[Deadline], *, code: str = "") -> Text:
    """The number, the code where one is given, and by when he hears what: of the running limits those that a telling to him answers."""
    times, number = promised_times(view, limits), view.row.label
    with_code = Text(f"，查询码 {code}", f"; your code is {code}") if code else Text("", "")
    return Text(
        f"您反映的情况已经登记，编号 {number}{with_code.zh}。{times.zh}以后来电请报这个编号。",
        f"What you told us is registered under {number}{with_code.en}. {times.en}Please give this number when you call.",
    )


def promised_times(view: CaseView, limits: Iterable[Deadline]) -> Text:
    """By when he hears what, as a sentence that another can follow; nothing where no such limit runs."""
    steps = view.procedure.steps
    due = [
        (limit.what, limit.until.day)
        for limit in limits
        if limit.running
        and limit.until
        and not limit.until.late
        and any(steps[step].audience == COMPLAINANT for step in limit.duty.steps if step in steps)
    ]
    zh = "，".join(f"最迟{zh_date(day, year=False)}{what.zh}" for what, day in due)
    en = "; ".join(f"{what.en}, at the latest {en_date(day, year=False)}" for what, day in due)
    return Text(f"我们{zh}。" if zh else "", f"You will hear from us: {en}. " if en else "")
