"""`kesu calendar import FILE`, `kesu calendar new --from holidays:DE-BW`: a year's schedule over an organisation's calendars."""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from kesu.reading.text import Text

from . import office
from .printed import as_json
from .tongue import lang
from .wrong_use import WrongUse

if TYPE_CHECKING:
    from kesu.worktime.calendar_text import Form

FORMS: dict[str, Form] = {".csv": "csv", ".json": "json", ".yaml": "yaml", ".yml": "yaml", ".ics": "ics"}


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The options of `kesu calendar`."""
    said = Text("导入某年的工作日安排", "import a year's schedule of working days")
    parser = commands.add_parser("calendar", help=said.in_(lang()), description=said.in_(lang()))
    action = Text(
        "做什么：import（导入文件）、new（用节假日库里某地的公共假日）",
        "what to do: import (a file), new (the public holidays of a region out of the library)",
    )
    parser.add_argument("action", choices=("import", "new"), help=action.in_(lang()))
    file = Text(
        "import 的安排文件：CSV、JSON、YAML 或 iCalendar（.ics）",
        "for import, the schedule: CSV, JSON, YAML or iCalendar (.ics)",
    )
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE", help=file.in_(lang()))
    region = Text(
        "new 的地区，如 holidays:DE-BW（德国巴登-符腾堡）、holidays:FR",
        "for new, the region, such as holidays:DE-BW (Baden-Württemberg) or holidays:FR",
    )
    parser.add_argument("--from", dest="region", metavar="REGION", help=region.in_(lang()))
    year = Text(
        "new 的年份，可写多次；不写则今年和明年",
        "for new, the year, several times if need be; else this one and the next",
    )
    parser.add_argument("--year", type=int, action="append", metavar="YEAR", help=year.in_(lang()))
    only = Text(
        "导入到哪个单位；只有一个时可以不写", "for which organisation; may be left out when there is one"
    )
    parser.add_argument("--organisation", metavar="NAME", help=only.in_(lang()))
    parser.add_argument("--by", metavar="PERSON", help=office.BY.in_(lang()))
    return parser


def run(args: argparse.Namespace) -> int:
    """Notes the new versions and lets the clock count every open case anew."""
    office.setup()
    from django.utils import timezone

    from kesu.caseload.acting.answers import Refused
    from kesu.caseload.acting.clock import clock
    from kesu.people.in_whose_name import who_acts
    from kesu.people.permissions import KEEP_CALENDARS
    from kesu.registry.calendars import import_calendar
    from kesu.registry.medium import by_command

    directory = office.organisation_named(args.organisation)
    name, now = directory.organisation.organisation, timezone.now()
    with office.names_of_persons():
        person = who_acts(directory, args.by, KEEP_CALENDARS, now)
    content, source, form = _schedule(args, now.year)
    with by_command(office.account()):
        answer = import_calendar(
            content,
            source=source,
            form=form,
            organisation=name,
            person=person,
            now=now,
            key=f"calendar/{hashlib.sha256(content).hexdigest()[:32]}",
        )
    if isinstance(answer, Refused):
        raise WrongUse(zh="；".join(answer.sentences("zh")), en="; ".join(answer.sentences("en")))
    entries = clock(now=now, organisation=name, limit=1_000_000)
    if args.json:
        as_json(
            {"organisation": name, "file": answer.file, "entry": answer.number, "entries_by_clock": entries}
        )
    else:
        print(
            Text(
                f"已记入 {answer.file}；在办案件重算，写入 {entries} 条",
                f"noted in {answer.file}; open cases counted anew, {entries} entries written",
            ).in_(args.lang)
        )
    return 0


def _schedule(args: argparse.Namespace, year: int) -> tuple[bytes, str, Form]:
    """What is laid over, what it is called on record, and its form. Raises WrongUse."""
    if args.action == "import":
        if args.file is None or args.region or args.year:
            raise WrongUse(
                zh="import 要写一个文件，不用 --from、--year：kesu calendar import 2027.csv",
                en="import wants a file, and neither --from nor --year: kesu calendar import 2027.csv",
            )
        return args.file.read_bytes(), args.file.name, _form(args.file)
    if args.file is not None or not args.region:
        raise WrongUse(
            zh="new 要写地区：kesu calendar new --from holidays:DE-BW --year 2027",
            en="new wants a region: kesu calendar new --from holidays:DE-BW --year 2027",
        )
    said = " ".join([args.region, *map(str, args.year or (year, year + 1))])
    return said.encode(), said, "region"


def _form(path: Path) -> Form:
    form = FORMS.get(path.suffix.lower())
    if form is None:
        raise WrongUse(
            zh=f"认不出 {path.name} 的格式；文件名要以 .csv、.json、.yaml 或 .ics 结尾",
            en=f"{path.name} is of no known form; its name has to end in .csv, .json, .yaml or .ics",
        )
    return form
