"""A review as plain data, for programs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from kesu.procedure.history.verdict import Verdict
from kesu.procedure.saying.sentence import reason
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Lang
from kesu.review.counts import Counts, month_named
from kesu.review.measuring import Measured
from kesu.review.report import CaseFinding, Changed, Report


def as_data(report: Report) -> dict[str, Any]:
    """The review as JSON has it, but for the findings, which come after it, and the details, which come last."""
    return {
        "procedure": report.procedure.id,
        "edition": report.procedure.edition,
        "as_of": report.as_of.isoformat(),
        "cases": report.cases,
        "events": report.events,
        "calendar": report.calendar,
        "seconds": round(report.seconds, 3),
        "totals": report.counts.totals.as_dict(),
        "by_rule": _by_rule(report, report.counts),
        "by_month": [
            {"month": month_named(month)} | count.as_dict() for month, count in report.counts.by_month.items()
        ],
    }


def finding_data(listed: CaseFinding, procedure: Procedure, lang: Lang, *, zone: ZoneInfo) -> dict[str, Any]:
    """One finding; `because` is said in `lang`, with the times of `zone`."""
    return {
        "case": listed.case,
        "rule": listed.rule,
        "clauses": list(listed.finding.clauses),
        "verdict": _word(listed.verdict),
        "at": listed.at.isoformat(),
        "because": reason(listed.finding, procedure, lang, zone=zone.key),
    }


def _by_rule(report: Report, counts: Counts) -> list[dict[str, Any]]:
    """Every rule that was asked at least once."""
    clauses = {rule.name: list(rule.clauses) for rule in report.procedure.rules}
    return [
        {"rule": name, "clauses": clauses[name]} | count.as_dict()
        for name, count in counts.by_rule.items()
        if count.asked
    ]


def details_data(report: Report, lang: Lang) -> dict[str, Any]:
    """What is counted apart, what is now known, and measures."""
    manners = report.counts.manners
    return {
        "left_out": report.left_out,
        "notes": [note.in_(lang) for note in report.notes],
        "apart": {
            "late": manners.get("late", 0),
            "reasoned": manners.get("reasoned", 0),
            "overridden": manners.get("overridden", 0),
            "kept_only_by_back_dating": report.backdated,
        },
        "as_now_known": {
            "totals": report.as_now_known.totals.as_dict(),
            "by_rule": _by_rule(report, report.as_now_known),
            "changed": [_changed(one) for one in report.changed],
        },
        "measures": [_measured(rule, one) for rule, one in report.measured.items()],
    }


def _changed(changed: Changed) -> dict[str, Any]:
    return {
        "case": changed.case,
        "rule": changed.rule,
        "at": changed.at.isoformat(),
        "as_recorded": _word(changed.recorded),
        "as_now_known": _word(changed.as_now_known),
    }


def _measured(rule: str, measured: Measured) -> dict[str, Any]:
    times = [
        {"by": list(group), "cases": len(hours), "median_hours": _hours(measured.median_of(group))}
        for group, hours in measured.times.items()
    ]
    shares = [
        {"by": list(group), "cases": sum(counts.values()), "values": counts}
        for group, counts in measured.shares.items()
    ]
    rates = [
        {"by": list(group), "cases": whole, "good": good, "rate": round(good / whole, 4)}
        for group, (good, whole) in measured.rates.items()
    ]
    means = [
        {"by": list(group), "cases": len(figures), "mean": round(float(measured.mean_of(group)), 2)}
        for group, figures in measured.figures.items()
    ]
    return {
        "rule": rule,
        "measure": measured.name,
        "of": measured.kind,
        "left_out": measured.left_out,
        "groups": times or shares or rates or means,
    }


def _hours(span: timedelta) -> float:
    return round(span.total_seconds() / 3600, 2)


def _word(verdict: Verdict | None) -> str | None:
    return None if verdict is None else verdict.value.replace(" ", "_")
