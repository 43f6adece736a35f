"""A review as people read it in a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from kesu.procedure.saying.sentence import reason, sentence
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Lang, Text
from kesu.review.counts import Count, month_named
from kesu.review.measuring import Measured
from kesu.review.report import CaseFinding, Report

from .listing import Listing
from .table import lined_up
from .verdicts import MANNERS, VERDICTS

SHOWN: Final = 20


def printed(report: Report, lang: Lang) -> Iterator[str]:
    """The lines of the report, but for the findings, which come after them."""
    yield from _head(report, lang)
    names = [verdict.in_(lang) for verdict in VERDICTS.values()]
    yield ""
    asked = [(name, count) for name, count in report.counts.by_rule.items() if count.asked]
    clauses = {rule.name: ", ".join(rule.clauses) for rule in report.procedure.rules}
    head = [Text("规则", "rule").in_(lang), Text("条款", "clause").in_(lang), *names]
    rows = [[_rule(report, name, lang), clauses[name], *_numbers(count)] for name, count in asked]
    total = [Text("合计", "all").in_(lang), "", *_numbers(report.counts.totals)]
    yield from lined_up([head, *rows, total], left=2)
    yield ""
    months = [[month_named(month), *_numbers(count)] for month, count in report.counts.by_month.items()]
    yield from lined_up([[Text("收到月份", "month received").in_(lang), *names], *months])
    yield from _apart(report, lang)
    for rule, one in report.measured.items():
        yield from _measured(rule, one, lang)


def _head(report: Report, lang: Lang) -> Iterator[str]:
    procedure = report.procedure
    title = procedure.title.in_(lang)
    moment = report.as_of.astimezone(report.zone).strftime("%Y-%m-%d %H:%M")
    yield Text(
        f"{title}（{procedure.id}，第 {procedure.edition} 版），截至 {moment}",
        f"{title} ({procedure.id}, edition {procedure.edition}), as of {moment}",
    ).in_(lang)
    yield Text(
        f"{report.cases} 件，{report.events} 个动作，用时 {report.seconds:.1f} 秒",
        f"{report.cases} cases, {report.events} acts, {report.seconds:.1f} seconds",
    ).in_(lang)
    for note in report.notes:
        yield note.in_(lang)
    if report.left_out:
        yield Text(
            f"此后记录的 {report.left_out} 个动作没有计入",
            f"{report.left_out} acts noted after that were left out",
        ).in_(lang)


def _apart(report: Report, lang: Lang) -> Iterator[str]:
    apart = [
        Text(f"{MANNERS[manner].zh} {times}", f"{MANNERS[manner].en} {times}").in_(lang)
        for manner, times in sorted(report.counts.manners.items())
        if manner in MANNERS
    ]
    if report.backdated:
        back = Text(
            f"靠补填日期才按时 {report.backdated}", f"in time only by a back-dated act {report.backdated}"
        )
        apart.append(back.in_(lang))
    if apart:
        yield ""
        yield Text("其中单独计数：" + "；".join(apart), "Counted apart: " + "; ".join(apart)).in_(lang)
    if report.changed:
        yield Text(
            f"按现在所知（更正、补记之后），{len(report.changed)} 处结论不同；违反共 {report.as_now_known.totals.broken} 处",
            f"As now known (after corrections and late notes) {len(report.changed)} findings differ; "
            f"{report.as_now_known.totals.broken} are broken",
        ).in_(lang)


def finding_line(listed: CaseFinding, procedure: Procedure, lang: Lang, *, zone: ZoneInfo) -> str:
    """One finding in a line, with the times of `zone`."""
    return line_of(listed, procedure, lang, zone=zone)


def line_of(
    listed: CaseFinding, procedure: Procedure, lang: Lang, *, zone: ZoneInfo, unexplained_only: bool = False
) -> str:
    """The same; rules bear English names, so that in Chinese one stands only where no clause says it in its place.

    With `unexplained_only` not even then where the reason says it.
    """
    moment = listed.at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    verdict = VERDICTS[listed.verdict].in_(lang)
    clauses = f" [{', '.join(listed.finding.clauses)}]" if listed.finding.clauses else ""
    why = reason(listed.finding, procedure, lang, zone=zone.key)
    tail = (f"：{why}" if lang == "zh" else f": {why}") if why else ""
    told = clauses or (why if unexplained_only else "")
    named = f"  {listed.rule}" if lang == "en" or not told else ""
    return f"{listed.case}  {moment}  {verdict}{named}{clauses}{tail}"


def print_listed(findings: Listing[Any], listed: int, lang: Lang) -> None:
    """The findings that were kept for printing, and how many of all `listed` are not among them."""
    if findings.count:
        print()
        for piece in findings:
            print(piece, end="")
        print()
    if listed > findings.count:
        print(more_line(listed - findings.count).in_(lang))


def more_line(more: int) -> Text:
    """That so many findings are not shown."""
    return Text(
        f"……另有 {more} 处，用 --all 或 --json 查看", f"… and {more} more; --all or --json shows them"
    )


def remark_lines(report: Report, lang: Lang) -> Iterator[str]:
    """The end of the report: by which calendar, what was left out or taken together, how much, and why."""
    yield ""
    yield Text(f"按日历 {report.calendar} 计算", f"Days were counted by the calendar {report.calendar}").in_(
        lang
    )
    if not report.remarks:
        yield Text("文件没有略去或合并的内容。", "Nothing of the file was left out or taken together.").in_(
            lang
        )
        return
    yield Text("略去的、合并的和值得留意的：", "Left out, taken together, or to be looked at:").in_(lang)
    for remark in report.remarks:
        yield f"  {remark.in_(lang)}"


def _measured(rule: str, measured: Measured, lang: Lang) -> Iterator[str]:
    yield ""
    left = (
        Text(f"（{measured.left_out} 件缺数据，未计）", f" ({measured.left_out} cases lack the data)")
        if measured.left_out
        else Text("", "")
    )
    yield f"{measured.name}{left.in_(lang)}"
    for group, found in measured.times.items():
        days = measured.median_of(group) / timedelta(days=1)
        said = Text(f"中位数 {days:.1f} 天，{len(found)} 件", f"median {days:.1f} days, {len(found)} cases")
        yield f"  {' / '.join(group)} {said.in_(lang)}".rstrip()
    for group, counts in measured.shares.items():
        whole = sum(counts.values())
        said_ = "; ".join(f"{value} {times / whole:.1%}" for value, times in counts.items())
        yield f"  {' / '.join(group)} {said_}".rstrip()
    for group, (good, whole) in measured.rates.items():
        yield f"  {' / '.join(group)} {good / whole:.1%} ({good}/{whole})".rstrip()
    for group, figures in measured.figures.items():
        said = Text(
            f"平均 {measured.mean_of(group):.2f}，{len(figures)} 件",
            f"mean {measured.mean_of(group):.2f}, {len(figures)} cases",
        )
        yield f"  {' / '.join(group)} {said.in_(lang)}".rstrip()


def _rule(report: Report, name: str, lang: Lang) -> str:
    """A rule as a reader of the language knows it: by its name, in Chinese by its sentence."""
    if lang == "en":
        return name
    return sentence(report.procedure.by_name[name], report.procedure, lang).rstrip("。")


def _numbers(count: Count) -> list[int]:
    return list(count.as_dict().values())
