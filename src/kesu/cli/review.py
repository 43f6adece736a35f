"""`kesu review`: a log of what happened, judged by the rules of a procedure."""

from __future__ import annotations

import argparse
from contextlib import AbstractContextManager
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

from kesu.ledger import machine_clock
from kesu.procedure.written.library import here
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Lang, Text
from kesu.review.engine import review
from kesu.review.log import open_log
from kesu.review.mapping import LogMapping
from kesu.review.mapping_reading import read_mapping
from kesu.review.report import CaseFinding, Report
from kesu.worktime.calendar import Calendar
from kesu.worktime.china import china_calendar

from . import review_ledger
from .due import calendar_of_file
from .listing import Listing, listing
from .moment import moment
from .printed import as_item, as_json_with_list
from .review_data import as_data, details_data, finding_data
from .review_print import SHOWN, finding_line, print_listed, printed, remark_lines
from .tongue import lang
from .wrong_use import WrongUse


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The options of `kesu review`."""
    parser = commands.add_parser(
        "review",
        help=Text("用程序审查一份历史记录", "judge a log of what happened against a procedure").in_(lang()),
        description=Text(
            "按程序的每条规则逐案审查一份历史记录（CSV、XLSX、XES）。没有违反时退出码为 0，有则为 1。",
            "Judges every case of a log (CSV, XLSX, XES) by each rule of a procedure. Exit status 0 when nothing is broken, else 1.",
        ).in_(lang()),
    )
    for flag, metavar, text in (
        ("--procedure", "ID", Text("用哪个程序审查", "the procedure to judge by")),
        ("--log", "FILE", Text("历史记录文件", "the log")),
        ("--map", "FILE", Text("映射文件：哪一列是什么", "the mapping file: which column is what")),
    ):
        parser.add_argument(flag, metavar=metavar, help=text.in_(lang()))
    review_ledger.add_options(parser)
    add_settings(parser)
    parser.add_argument(
        "--as-of",
        metavar="T",
        help=Text(
            "看到哪一时刻为止（默认：记录的最后时刻）",
            "how things stood at this moment (default: the log's last instant)",
        ).in_(lang()),
    )
    parser.add_argument(
        "--calendar",
        metavar="FILE",
        help=Text(
            "按哪份日历算工作日（.csv .json .yaml，同 kesu due；默认：映射所写的，否则中国日历）",
            "the calendar to count days by (.csv .json .yaml, as for kesu due; default: that of the mapping, else China's)",
        ).in_(lang()),
    )
    parser.add_argument(
        "--site", metavar="NAME", help=Text("该日历中的某个场所", "a site of that calendar").in_(lang())
    )
    parser.add_argument(
        "--all", action="store_true", help=Text("守规的也逐条列出", "list what is kept, too").in_(lang())
    )
    parser.add_argument(
        "--details",
        action="store_true",
        help=Text(
            "JSON 里另附：按现在所知的结果、单独计数、指标",
            "in JSON also: as now known, what is counted apart, measures",
        ).in_(lang()),
    )
    return parser


def run(args: argparse.Namespace) -> int:
    """Judges and prints; 1 when anything is broken."""
    if args.ledger:
        _nothing_of_a_file(args)
        return review_ledger.run(args)
    if missing := [flag for flag in ("procedure", "log", "map") if getattr(args, flag) is None]:
        flags = "、".join(f"--{flag}" for flag in missing)
        raise WrongUse(
            zh=f"还缺 {flags}；要审查台账里的案件，写 --ledger",
            en=f"missing: {flags.replace('、', ', ')}; to judge the cases of the ledger write --ledger",
        )
    procedure = chosen_procedure(args)
    mapping = read_mapping(Path(args.map), procedure=procedure)
    calendar = chosen_calendar(args, mapping)
    as_of = moment(args.as_of, calendar) if args.as_of else None
    log = open_log(Path(args.log), mapping=mapping)
    with _findings(args, procedure, calendar.zone_info) as findings:
        began = perf_counter()
        try:
            report = review(
                procedure=procedure,
                calendar=calendar,
                log=log,
                as_of=as_of,
                kept_too=args.all,
                tell=findings.add,
                now=machine_clock.now(),
            )
        finally:
            log.close()
        report.seconds = perf_counter() - began
        if (
            procedure.timed
            and not (args.calendar or mapping.calendar)
            and calendar.zone != china_calendar().zone
        ):
            report.remarks.append(CHINA_DAYS)
        _print(report, findings, args)
    return 0 if report.clean else 1


def _nothing_of_a_file(args: argparse.Namespace) -> None:
    """Raises WrongUse for what belongs to a log: our own cases have their editions, settings and calendars."""
    said = [flag for flag in ("log", "map", "set", "calendar", "site", "details") if getattr(args, flag)]
    if said:
        flags = "、".join(f"--{flag}" for flag in said)
        raise WrongUse(
            zh=f"--ledger 用的是台账里的案件和它们自己的程序版本、日历，不和 {flags} 一起用",
            en=f"--ledger judges cases by their own editions and calendars; it does not go with {flags.replace('、', ', ')}",
        )


def _findings(
    args: argparse.Namespace, procedure: Procedure, zone: ZoneInfo
) -> AbstractContextManager[Listing[CaseFinding]]:
    """Where the findings wait as they will be printed."""
    lang: Lang = args.lang
    if args.json:
        return listing(lambda one: as_item(finding_data(one, procedure, lang, zone=zone)), separator=",\n")
    most = None if args.all else SHOWN
    return listing(lambda one: finding_line(one, procedure, lang, zone=zone), separator="\n", most=most)


def _print(report: Report, findings: Listing[CaseFinding], args: argparse.Namespace) -> None:
    if args.json:
        details = {"details": details_data(report, args.lang)} if args.details else {}
        remarks: dict[str, object] = {"remarks": [remark.in_(args.lang) for remark in report.remarks]}
        as_json_with_list(as_data(report), "findings", findings, remarks | details)
        return
    print("\n".join(printed(report, args.lang)))
    print_listed(findings, report.listed, args.lang)
    print("\n".join(remark_lines(report, args.lang)))


CHINA_DAYS = Text(
    "记录的时区不在中国，工作日、休息日却按中国日历算；请用 --calendar 或映射的 calendar 指明日历",
    "the zone of the log is not China's, but working days and days off were counted by the China calendar; name another with --calendar, or calendar in the mapping",
)


def chosen_calendar(args: argparse.Namespace, mapping: LogMapping) -> Calendar:
    """The calendar that the command names, else the mapping, else that of China; with the days of the log's zone."""
    calendar = calendar_in(mapping.times.zone)
    named = Path(args.calendar) if args.calendar else mapping.calendar
    if named is not None:
        calendar = calendar_of_file(named, base=calendar)
    return calendar.for_site(args.site) if args.site else calendar


def calendar_in(zone: ZoneInfo) -> Calendar:
    """The China calendar with its days beginning and ending where the log was written."""
    calendar = china_calendar()
    if zone.key == calendar.zone:
        return calendar
    moved = {"zone": zone.key, "version": f"{calendar.version}, {zone.key}"}
    return Calendar.from_data(calendar.to_data() | moved)


def add_settings(parser: argparse.ArgumentParser) -> None:
    """`--set name=value`, for what the paper leaves open."""
    parser.add_argument(
        "--set",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help=Text(
            "给程序里待定的设定一个值，可写多次",
            "give a value to a setting that is to be set; may be repeated",
        ).in_(lang()),
    )


def chosen_procedure(args: argparse.Namespace) -> Procedure:
    """The procedure asked for, with its settings. Raises WrongUse when one is still to be set."""
    settings = {}
    for pair in args.set:
        name, equals, value = pair.partition("=")
        if not equals or not value.strip():
            raise WrongUse(
                zh=f"--set 要写成 名称=值，不是“{pair}”", en=f"--set wants NAME=VALUE, not “{pair}”"
            )
        settings[name.strip()] = value.strip()
    procedure = here().load(args.procedure, settings=settings)
    if procedure.unset:
        names = procedure.unset
        raise WrongUse(
            zh=f'程序 {procedure.id} 还有待定的设定：{"、".join(names)}。请用 --set "{names[0]}=…" 给出',
            en=f'{procedure.id} has settings to be set: {", ".join(names)}; give each with --set "{names[0]}=…"',
        )
    return procedure
