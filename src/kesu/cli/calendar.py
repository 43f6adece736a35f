"""`kesu calendar import FILE`: lays a year's schedule over the calendars of an organisation."""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from kesu.reading.text import Text

from .printed import as_json
from .tongue import lang
from .wrong_use import WrongUse

if TYPE_CHECKING:
    from kesu.people.directory import Directory
    from kesu.worktime.calendar_text import Form

FORMS: dict[str, Form] = {".csv": "csv", ".json": "json", ".yaml": "yaml", ".yml": "yaml"}


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The options of `kesu calendar`."""
    said = Text("导入某年的工作日安排", "import a year's schedule of working days")
    parser = commands.add_parser("calendar", help=said.in_(lang()), description=said.in_(lang()))
    action = Text("做什么：import（导入）", "what to do: import")
    parser.add_argument("action", choices=("import",), help=action.in_(lang()))
    file = Text("安排文件：CSV、JSON 或 YAML", "the schedule: CSV, JSON or YAML")
    parser.add_argument("file", type=Path, metavar="FILE", help=file.in_(lang()))
    only = Text(
        "导入到哪个单位；只有一个时可以不写", "for which organisation; may be left out when there is one"
    )
    parser.add_argument("--organisation", metavar="NAME", help=only.in_(lang()))
    return parser


def run(args: argparse.Namespace) -> int:
    """Notes the new versions and lets the clock count every open case anew."""
    from . import office

    office.setup()
    from django.utils import timezone

    from kesu.caseload.acting.answers import Refused
    from kesu.caseload.acting.clock import clock
    from kesu.registry.calendars import import_calendar
    from kesu.registry.medium import by_command

    directory = office.organisation_named(args.organisation)
    name, now = directory.organisation.organisation, timezone.now()
    content = args.file.read_bytes()
    with by_command(office.account()):
        answer = import_calendar(
            content,
            source=args.file.name,
            form=_form(args.file),
            organisation=name,
            person=_administrator(directory),
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


def _form(path: Path) -> Form:
    form = FORMS.get(path.suffix.lower())
    if form is None:
        raise WrongUse(
            zh=f"认不出 {path.name} 的格式；文件名要以 .csv、.json 或 .yaml 结尾",
            en=f"{path.name} is of no known form; its name has to end in .csv, .json or .yaml",
        )
    return form


def _administrator(directory: Directory) -> str:
    """For whom the command acts. Raises WrongUse."""
    from django.utils import timezone

    from kesu.people.permissions import KEEP_CALENDARS

    person = directory.holder_who_may(KEEP_CALENDARS, timezone.now())
    if person is None:
        posts = ", ".join(KEEP_CALENDARS.to)
        raise WrongUse(
            zh=f"还没有人任“{posts}”，先登记任职", en=f"nobody holds the post “{posts}”; say who does first"
        )
    return person
