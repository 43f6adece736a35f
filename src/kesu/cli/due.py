"""`kesu due`: when a span of time runs out, and why, day by day. Needs no database."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path
from typing import Any

from kesu.reading.text import Lang, Text
from kesu.worktime.calendar import Calendar
from kesu.worktime.calendar_file import read_calendar_file
from kesu.worktime.calendar_text import Form
from kesu.worktime.china import china_calendar
from kesu.worktime.due import Cutoff, Deemed, Due, Policy, Roll, RollOn, due, due_range
from kesu.worktime.span import Span, SpanRange

from .printed import as_json
from .tongue import lang
from .wrong_use import WrongUse

FORMS: dict[str, Form] = {".csv": "csv", ".json": "json", ".yaml": "yaml", ".yml": "yaml"}

DESCRIPTION = Text(
    """\
算出期限何时届满，并逐日（或逐段）说明理由。

due_date 是最后一日的当地日期；due_at 是届满的时刻，带日历的时区偏移：按小时计的就是那一刻；按日及更长单位
计的是最后一日24:00，写作次日00:00；加 --cutoff close 则为最后一日的下班时间。

单位：小时、工作小时、日历日、自然日、工作日、周、月、年，也可用英文（5 working days）。“8至16个工作小时”
这样的范围同时给出目标和期限；期限遇休息日顺延的，目标遇休息日提前。

默认：中国日历（含调休），Asia/Shanghai，上班时间 09:00-12:00、13:00-18:00；首日不计入；按实际收到之日起算；
日历日、周、月、年遇休息日和节假日顺延，自然日和小时不顺延。""",
    """\
Says when a span of time runs out, and why: a line for each day or stretch of days.

due_date is the local date of the last day. due_at is the moment at which it is over, with the offset of the
calendar: for hours that very moment; for units of days 24:00 of the last day, which is written as 00:00 of
the day after, or with --cutoff close the close of business of the last day.

Units: clock hours, working hours, calendar days, natural days, working days, weeks, months, years, singular
or plural, or in Chinese (5个工作日). A range, "8 to 16 working hours", gives the target as well as the limit;
where the limit rolls forward its target rolls backward.

Unless told otherwise: the China calendar with its make-up working days, Asia/Shanghai, 09:00-12:00 and
13:00-18:00; the first day does not count; receipt counts on its actual day; calendar days, weeks, months and
years roll forward off rest days and holidays, natural days and hours do not.""",
)
CHOICES = (
    ("--roll", Roll, None, Text("最后一日遇休息日怎么办", "where a last day that is a rest day goes")),
    ("--roll-on", RollOn, RollOn.REST_DAYS, Text("遇哪些日子才移动", "the days off which it rolls")),
    ("--deemed", Deemed, Deemed.ACTUAL, Text("休息日收到的算哪天收到", "when receipt on a rest day counts")),
    ("--cutoff", Cutoff, Cutoff.MIDNIGHT, Text("最后一日到几点为止", "when the last day ends")),
)
VALUES = (
    ("--shifts", "S,S", Text("每天的上班时间", "the working time of a day")),
    (
        "--calendar",
        "FILE",
        Text("日历或某年的放假安排", "a calendar, or a year's schedule (.csv .json .yaml)"),
    ),
    ("--site", "NAME", Text("该日历中的某个场所", "a site of that calendar")),
)


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The options of `kesu due`."""
    parser = commands.add_parser(
        "due",
        help=Text("算到期日，并逐日说明理由", "work out when a span of time ends, and why, day by day").in_(
            lang()
        ),
        description=DESCRIPTION.in_(lang()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    start = Text(
        "起算时间：2025-01-24 或 2025-01-24T10:00", "the start: 2025-01-24 or 2025-01-24T10:00[+08:00]"
    )
    parser.add_argument("--from", dest="start", required=True, metavar="TIME", help=start.in_(lang()))
    span = Text("期限，如 5个工作日", "the span, like 5 working days or 8 to 16 working hours")
    parser.add_argument("--span", required=True, metavar="SPAN", help=span.in_(lang()))
    for flag, kind, default, words in CHOICES:
        parser.add_argument(
            flag, choices=[one.value for one in kind], default=default, help=words.in_(lang())
        )
    first = Text("首日计入", "the day of receipt is day one")
    parser.add_argument("--first-day", action="store_true", help=first.in_(lang()))
    for flag, metavar, words in VALUES:
        parser.add_argument(flag, metavar=metavar, help=words.in_(lang()))
    return parser


def run(args: argparse.Namespace) -> int:
    """Prints the answer. What cannot be counted is raised as WrongUse or a fault of worktime."""
    calendar = _calendar(args)
    answer = _answer(args, calendar, _start(args.start, calendar), Span.parse(args.span))
    if args.json:
        as_json(answer)
    else:
        print(_as_text(answer, args.lang))
    return 0


def _calendar(args: argparse.Namespace) -> Calendar:
    calendar = china_calendar()
    if args.calendar is not None:
        calendar = calendar_of_file(Path(args.calendar), base=calendar)
    if args.site is not None:
        calendar = calendar.for_site(args.site)
    if args.shifts is not None:
        calendar = calendar.with_shifts(args.shifts.split(","))
    return calendar


def calendar_of_file(path: Path, *, base: Calendar) -> Calendar:
    """The calendar that a file holds, or `base` with the year's schedule in it laid over. Raises WrongUse."""
    form = FORMS.get(path.suffix.lower())
    if form is None:
        raise WrongUse(
            zh=f"{path} 不是日历文件；请给出 .csv、.json 或 .yaml 文件",
            en=f"{path} is no calendar file; give one that ends in .csv, .json or .yaml",
        )
    return read_calendar_file(path.read_bytes(), source=path.name, form=form, base=base)


def _start(text: str, calendar: Calendar) -> dt.datetime:
    """The start; a time without an offset is local to the calendar, and a bare date is its beginning."""
    try:
        moment = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        raise WrongUse(
            zh=f"“{text}”不是时间；请写 2025-01-24 或 2025-01-24T10:00",
            en=f"“{text}” is no moment; write 2025-01-24 or 2025-01-24T10:00",
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=calendar.zone_info)


def _answer(
    args: argparse.Namespace, calendar: Calendar, start: dt.datetime, span: Span | SpanRange
) -> dict[str, Any]:
    unit = span.limit.unit if isinstance(span, SpanRange) else span.unit
    usual = Policy.default_for(unit)
    policy = Policy(
        roll=usual.roll if args.roll is None else Roll(args.roll),
        roll_on=RollOn(args.roll_on),
        cutoff=Cutoff(args.cutoff),
        deemed=Deemed(args.deemed),
        first_day=args.first_day,
    )
    if isinstance(span, Span):
        return _one(due(calendar=calendar, start=start, span=span, policy=policy), args.lang)
    both = due_range(calendar=calendar, start=start, span=span, policy=policy)
    return _one(both.limit, args.lang) | {"target": _one(both.target, args.lang)}


def _one(due_date: Due, language: Lang) -> dict[str, Any]:
    return {
        "due_date": due_date.date.isoformat(),
        "due_at": due_date.at.isoformat(),
        "provisional": due_date.provisional,
        "explanation": due_date.explain(language),
    }


def _as_text(answer: dict[str, Any], language: Lang) -> str:
    lines = [f"{answer['due_date']}  {answer['due_at']}", *(f"  {line}" for line in answer["explanation"])]
    if "target" in answer:
        lines += [Text("目标", "Target").in_(language), _as_text(answer["target"], language)]
    return "\n".join(lines)
