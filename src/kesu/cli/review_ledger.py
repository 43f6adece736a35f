"""`kesu review --ledger`: the organisation's own cases, judged and counted as a log is."""

from __future__ import annotations

import argparse
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from kesu.reading.text import Lang, Text
from kesu.review.own_cases import By, OwnFinding, OwnReport, Tally, review_own
from kesu.review.report import CaseFinding

from .listing import Listing, listing
from .moment import moment
from .printed import as_item, as_json_with_list
from .review_data import finding_data
from .review_print import SHOWN, line_of, print_listed
from .table import lined_up
from .tongue import lang as spoken
from .verdicts import VERDICTS
from .wrong_use import WrongUse

if TYPE_CHECKING:
    from kesu.people.directory import Directory
    from kesu.worktime.calendar import Calendar

HEADS: Final = {
    By.CLAUSE: Text("条款", "clause"),
    By.MONTH: Text("收到月份", "month received"),
    By.POST: Text("岗位", "post"),
}
NOBODY: Final = Text("（没有岗位）", "(no post)")
NO_CLAUSE: Final = Text("（没有条款）", "(no clause)")
TODAY: Final = Text("按现在所知违反", "broken as now known")
WAIVED: Final = Text("其中免办", "of these waived")


def add_options(parser: argparse.ArgumentParser) -> None:
    """What `kesu review` takes for one's own cases."""
    parser.add_argument(
        "--ledger",
        action="store_true",
        help=Text(
            "不看文件，审查本单位台账里的案件（--procedure 只看这个程序的）",
            "no file: the organisation's own cases, from the ledger (--procedure: those of one procedure)",
        ).in_(spoken()),
    )
    parser.add_argument(
        "--organisation",
        metavar="NAME",
        help=Text("和 --ledger 一起用：哪个单位", "with --ledger: which organisation").in_(spoken()),
    )
    parser.add_argument(
        "--by",
        choices=[by.value for by in By],
        default=By.CLAUSE.value,
        help=Text(
            "和 --ledger 一起用：按条款、收到月份或岗位合计（默认：条款）",
            "with --ledger: count by clause, month of receipt or post (default: clause)",
        ).in_(spoken()),
    )


def run(args: argparse.Namespace) -> int:
    """Judges and prints; 1 when anything is broken."""
    from . import office

    office.setup()
    from kesu.caseload.asking.own_cases import OwnCases
    from kesu.ledger import machine_clock

    directory = office.organisation_named(args.organisation)
    organisation = directory.organisation.organisation
    calendar = _calendar(directory)
    as_of = moment(args.as_of, calendar) if args.as_of else machine_clock.now()
    with _findings(args, calendar.zone_info) as findings:
        began = perf_counter()
        report = review_own(
            OwnCases(organisation, args.procedure),
            as_of=as_of,
            by=By(args.by),
            tell=findings.add,
            kept_too=args.all,
        )
        seconds = perf_counter() - began
        if args.procedure and not report.cases:
            raise WrongUse(
                zh=f"截至该时刻，“{organisation}”没有程序 {args.procedure} 的案件",
                en=f"“{organisation}” had no case of {args.procedure} at that moment",
            )
        if args.json:
            as_json_with_list(_data(report, organisation, seconds), "findings", findings, {})
        else:
            _print(report, findings, args.lang, calendar.zone_info, seconds)
    return 0 if report.clean else 1


def _calendar(directory: Directory) -> Calendar:
    """The calendar by which the organisation itself works, for moments written without a zone."""
    from kesu.caseload.folded.books import calendar_by_digest

    version = directory.calendar_at(None)
    assert version is not None, "every organisation has its calendar"
    return calendar_by_digest(directory.organisation.organisation, version.digest, "")


def _findings(args: argparse.Namespace, zone: ZoneInfo) -> Any:
    lang: Lang = args.lang
    if args.json:
        return listing(lambda listed: as_item(_finding_data(listed, lang, zone)), separator=",\n")
    return listing(lambda listed: _line(listed, lang, zone), separator="\n", most=None if args.all else SHOWN)


def _print(
    report: OwnReport, findings: Listing[OwnFinding], lang: Lang, zone: ZoneInfo, seconds: float
) -> None:
    at = report.as_of.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    print(
        Text(
            f"截至 {at}：{report.cases} 件，{report.events} 条记录，用时 {seconds:.1f} 秒",
            f"as of {at}: {report.cases} cases, {report.events} entries, {seconds:.1f} seconds",
        ).in_(lang)
    )
    if report.left_out:
        print(
            Text(
                f"此后记录的 {report.left_out} 条没有计入",
                f"{report.left_out} entries noted after that were left out",
            ).in_(lang)
        )
    print()
    names = [verdict.in_(lang) for verdict in VERDICTS.values()]
    head = [HEADS[report.by].in_(lang), *names, WAIVED.in_(lang), TODAY.in_(lang)]
    rows = [[_head(report, name, lang), *_numbers(tally)] for name, tally in report.heads.items()]
    total = [Text("合计", "all").in_(lang), *_numbers(report.totals)]
    print("\n".join(lined_up([head, *rows, total])))
    if report.backdated:
        print(
            Text(
                f"靠补填日期才按时 {report.backdated}", f"in time only by a back-dated act {report.backdated}"
            ).in_(lang)
        )
    print_listed(findings, report.listed, lang)


def _head(report: OwnReport, name: str, lang: Lang) -> str:
    if not name:
        return {By.CLAUSE: NO_CLAUSE, By.POST: NOBODY}[report.by].in_(lang)
    return report.title_of(name).in_(lang) if report.by is By.POST else name


def _numbers(tally: Tally) -> list[int]:
    return [*tally.recorded.as_dict().values(), tally.waived, tally.today.broken]


def _line(listed: OwnFinding, lang: Lang, zone: ZoneInfo) -> str:
    return line_of(_of_case(listed), listed.procedure, lang, zone=zone, unexplained_only=True)


def _of_case(listed: OwnFinding) -> CaseFinding:
    return CaseFinding(listed.case, listed.finding.at, listed.finding)


def _data(report: OwnReport, organisation: str, seconds: float) -> dict[str, Any]:
    return {
        "organisation": organisation,
        "as_of": report.as_of.isoformat(),
        "by": report.by.value,
        "cases": report.cases,
        "events": report.events,
        "left_out": report.left_out,
        "kept_only_by_back_dating": report.backdated,
        "seconds": round(seconds, 3),
        "totals": _tally_data(report.totals),
        "heads": [{"head": name or None} | _tally_data(tally) for name, tally in report.heads.items()],
    }


def _tally_data(tally: Tally) -> dict[str, Any]:
    return {
        "as_recorded": tally.recorded.as_dict(),
        "as_now_known": tally.today.as_dict(),
        "waived": tally.waived,
    }


def _finding_data(listed: OwnFinding, lang: Lang, zone: ZoneInfo) -> dict[str, Any]:
    return finding_data(_of_case(listed), listed.procedure, lang, zone=zone) | {
        "procedure": listed.procedure.id,
        "edition": listed.procedure.edition,
        "post": listed.post or None,
    }
