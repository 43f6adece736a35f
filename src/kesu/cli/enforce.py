"""`kesu enforce`: puts a procedure in force in an organisation, with what it settles where the paper leaves something open."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4
from zoneinfo import ZoneInfo

from kesu.reading.text import Lang, Text
from kesu.worktime.table import FIRST_YEAR, LAST_YEAR

from . import office
from .printed import as_json
from .tongue import lang
from .wrong_use import WrongUse

if TYPE_CHECKING:
    from kesu.registry.enforce_with_settings import NewSetting


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The options of `kesu enforce`."""
    parser = commands.add_parser(
        "enforce",
        help=Text("使程序在某单位生效", "put a procedure in force").in_(lang()),
        description=Text(
            "把程序的现行文本连同设定记入台账，从此新收的案件按它办。还有设定待定、还有岗位没人任职的，不予生效，什么也不写。",
            "Puts the text of a procedure with its settings into the ledger; cases received from then on are judged by it. "
            "Refused, with nothing written, while a setting is to be set or a post is held by nobody.",
        ).in_(lang()),
    )
    parser.add_argument(
        "procedure", metavar="PROCEDURE", help=Text("程序名", "the name of a procedure").in_(lang())
    )
    for flag, metavar, needed, text in (
        ("--organisation", "NAME", False, Text("哪个单位（只有一个时可不写）", "the organisation; may be left out when there is one")),
        ("--by", "PERSON", True, Text("由谁批准：登录名或人员编号，须任程序负责人或管理员", "who approves: a sign-in name or the id of a person who is procedure owner or administrator")),
        ("--settings", "FILE", False, Text("设定文件（YAML）：名称、value、reason", "a file of settings (YAML): name, value, reason")),
        ("--since", "TIME", False, Text("从何时起生效，如 2026-03-01；不写即现在；早于今天的要有第二人和理由", "from when, such as 2026-03-01; now when left out; from before today with a second person and a reason")),
        ("--second", "PERSON", False, Text("生效时间早于今天时，共同批准的另一人", "the other person who approves that it counts from before today")),
        ("--reason", "TEXT", False, Text("生效时间早于今天的理由，一直显示", "why it counts from before today; this stays shown")),
    ):  # fmt: skip
        parser.add_argument(flag, metavar=metavar, required=needed, help=text.in_(lang()))
    return parser


def run(args: argparse.Namespace) -> int:
    """Puts it in force."""
    office.setup()
    from django.utils import timezone

    from kesu.caseload.acting.answers import Refused
    from kesu.people.in_whose_name import person_called
    from kesu.procedure.written.library import here
    from kesu.registry.editions import BackDated
    from kesu.registry.enforce_with_settings import enforce_with_settings
    from kesu.registry.medium import by_command

    directory, now = office.organisation_named(args.organisation), timezone.now()
    library, settings = here(), _settings(args.settings)
    since = _since(args.since, directory.organisation.zone) or now
    with office.names_of_persons():
        person = person_called(directory, args.by)
        second = person_called(directory, args.second) if args.second else None
    back_dated = BackDated(second, args.reason or "") if second else None
    with by_command(office.account()):
        answer = enforce_with_settings(
            args.procedure,
            library=library,
            organisation=directory.organisation.organisation,
            person=person,
            now=now,
            since=since,
            key=f"enforce/{uuid4().hex}",
            settings=settings,
            back_dated=back_dated,
        )
    if isinstance(answer, Refused):
        raise WrongUse(zh="；".join(answer.sentences("zh")), en="; ".join(answer.sentences("en")))
    _say(directory.organisation.organisation, args.procedure, settings, answer.again, args)
    return 0


def _say(
    organisation: str, procedure: str, settings: Sequence[NewSetting], again: bool, args: argparse.Namespace
) -> None:
    from kesu.people.directory import directory_of

    edition = directory_of(organisation).editions[procedure][-1]
    if args.json:
        as_json(
            {
                "organisation": organisation,
                "procedure": procedure,
                "edition": edition.edition,
                "digest": edition.digest,
                "since": edition.since.isoformat(),
                "settings": {one.name: one.value for one in settings},
                "again": again,
            }
        )
        return
    lang: Lang = args.lang
    if again:
        sentence = Text(
            f"{procedure} 第 {edition.edition} 版已经生效，没有变化",
            f"{procedure}, edition {edition.edition}, is in force already; nothing changed",
        )
    else:
        sentence = Text(
            f"{procedure} 第 {edition.edition} 版在 {organisation} 生效",
            f"{procedure}, edition {edition.edition}, is in force in {organisation}",
        )
    print(sentence.in_(lang))


def _settings(path: str | None) -> list[NewSetting]:
    """The settings of a file, each with its reason. Raises ReadError."""
    from kesu.casework.examples.stories import settings_of
    from kesu.reading.keys import both
    from kesu.reading.strict import Block, fault, read_file
    from kesu.registry.enforce_with_settings import NewSetting

    if path is None:
        return []
    node = read_file(Path(path))
    values = settings_of(node)
    settings = []
    for name, value in values.items():
        block = node[name] if isinstance(node, Block) else None
        reason = block.get("reason") if isinstance(block, Block) else None
        if isinstance(block, Block) and (extra := set(block) - {"value", "reason"}):
            raise fault(
                block,
                en=f"a setting takes value and reason, not {', '.join(sorted(extra))}",
                zh=f"设定只写 value 和 reason，不写 {'、'.join(sorted(extra))}",
            )
        why = both(reason, what="reason").zh if isinstance(reason, Block) else str(reason or "")
        settings.append(NewSetting(str(name), value, why))
    return settings


def _since(text: str | None, zone: str) -> datetime | None:
    """A date or an instant of the organisation's zone. Raises WrongUse."""
    if text is None:
        return None
    try:
        when = datetime.fromisoformat(text)
        if not FIRST_YEAR < when.year < LAST_YEAR:  # a zone may move it into the year beside
            raise ValueError(text)
    except ValueError:
        raise WrongUse(
            zh=f"--since 应写成 2026-03-01 或 2026-03-01T09:00，不是“{text}”",
            en=f"--since has to be such as 2026-03-01 or 2026-03-01T09:00, not “{text}”",
        ) from None
    return when if when.tzinfo else when.replace(tzinfo=ZoneInfo(zone))
