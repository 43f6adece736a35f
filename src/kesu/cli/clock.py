"""`kesu clock`: whether the server's clock is written by, why not, and the correction that two persons make by their passwords."""

from __future__ import annotations

import argparse
import getpass
import sys
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from kesu.reading.text import Lang, Text

from . import office
from .printed import as_json
from .tongue import lang
from .verify import must_be_there
from .wrong_use import WrongUse

if TYPE_CHECKING:
    from kesu.ledger.corrections import Correction
    from kesu.people.models import Person
    from kesu.registry.clock_correction import ClockStanding


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The options of `kesu clock`."""
    said = Text("服务器的时钟是否可信；更正", "whether the server's clock is relied on; to correct it")
    parser = commands.add_parser("clock", help=said.in_(lang()))
    only = Text("只看这一家机构；更正时必须给出", "only this organisation; needed for a correction")
    parser.add_argument("--organisation", metavar="ID", help=only.in_(lang()))
    correct = Text(
        "提出更正；已有人提出的，则确认它（两个人各做一次，各用自己的密码）",
        "propose a correction, or confirm the one that waits (two persons, each with his own password)",
    )
    parser.add_argument("--correct", action="store_true", help=correct.in_(lang()))
    by = Text(
        "更正的人的登录名；随后要输入密码", "the sign-in of who corrects it; the password is asked then"
    )
    parser.add_argument("--by", metavar="NAME", help=by.in_(lang()))
    watch = Text(
        "他的手表显示的时间，带年份，如 2026-03-06 17:10",
        "what his own watch shows, with the year, such as 2026-03-06 17:10",
    )
    parser.add_argument("--watch", metavar="TIME", help=watch.in_(lang()))
    reason = Text("时钟出过什么事；提出更正时给出", "what had happened to the clock; belongs to a proposal")
    parser.add_argument("--reason", metavar="TEXT", default="", help=reason.in_(lang()))
    return parser


def run(args: argparse.Namespace) -> int:
    """Shows how the clock stands, after a correction where one is asked for; 1 when something is wrong with it."""
    if args.correct and not (args.organisation and args.by and args.watch):
        raise WrongUse(
            zh="更正要一起给出 --organisation、--by 和 --watch：哪家机构，谁，手表是几点",
            en="--correct wants --organisation, --by and --watch: where, who, and what his watch shows",
        )
    office.setup()
    from django.utils import timezone

    from kesu.ledger.read import organisations
    from kesu.registry.clock_correction import clock_standing

    if args.organisation is not None:
        must_be_there(args.organisation)
    if args.correct:
        _correct(args)
    names = [args.organisation] if args.organisation else organisations()
    standings = {name: clock_standing(name, timezone.now()) for name in names}
    if args.json:
        as_json({"organisations": [_plain(*both) for both in standings.items()], **_machine()})
    else:
        print("\n".join(_lines(standings, args.lang)))
    return 1 if any(standing.is_wrong for standing in standings.values()) else 0


def _correct(args: argparse.Namespace) -> None:
    from django.utils import timezone

    from kesu.caseload.acting.answers import Done
    from kesu.people.directory import directory_of
    from kesu.registry.clock_correction import (
        clock_standing,
        confirm_correction,
        propose_correction,
        watch_time,
    )
    from kesu.registry.medium import by_command

    now = timezone.now()
    zone = directory_of(args.organisation).organisation.zone
    watch = watch_time(args.watch, zone=zone, now=now)
    if watch is None:
        raise WrongUse(
            zh=f"“{args.watch}”不是带年份的时间；例如 2026-03-06 17:10",
            en=f"“{args.watch}” is no time with its year; write it as in 2026-03-06 17:10",
        )
    person = _signed_in(args.by, args.organisation).person
    sent = {"organisation": args.organisation, "person": person, "watch": watch, "key": uuid4().hex}
    with by_command(office.account()):
        if clock_standing(args.organisation, now).proposal is not None and not args.reason:
            answer = confirm_correction(now=now, **sent)
        else:
            answer = propose_correction(reason=args.reason, now=now, **sent)
    if not isinstance(answer, Done):
        raise WrongUse(zh="；".join(answer.sentences("zh")), en="; ".join(answer.sentences("en")))


def _signed_in(name: str, organisation: str) -> Person:
    """Who this is, by his password. Raises WrongUse."""
    from django.utils import timezone

    from kesu.desk.who.door import TryAgain, admitted
    from kesu.people.sign_in import persons_of

    prompt = Text(f"{name} 的密码：", f"Password of {name}: ").in_(lang())
    password = getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    try:
        user = admitted(name, password, address="command line", now=timezone.now())
    except TryAgain as later:
        raise WrongUse(
            zh=f"试得太快，请在 {later.seconds} 秒后再试", en=f"too many tries; again in {later.seconds} s"
        ) from None
    persons = persons_of(user) if user else []
    person = next((one for one in persons if one.organisation == organisation), None)
    if person is None:
        raise WrongUse(
            zh="登录名或密码不对，或此人不在该机构",
            en="the sign-in or the password is wrong, or the person is not of this organisation",
        )
    return person


def _machine() -> dict[str, Any]:
    from kesu.ledger import machine_clock

    read = machine_clock.reading()
    return {
        "clock": read.wall.isoformat(),
        "running": round(read.running),
        "time_service": machine_clock.is_kept_by_a_time_service(),
    }


def _lines(standings: dict[str, ClockStanding], language: Lang) -> list[str]:
    machine = _machine()
    kept = (
        Text("有时间服务在校时", "kept by a time service")
        if machine["time_service"]
        else Text("看不到时间服务在校时", "no time service is seen to keep it")
    )
    said = [Text(f"时钟 {machine['clock']}（{kept.zh}）", f"clock {machine['clock']} ({kept.en})")]
    doubt = next((standing.doubt for standing in standings.values() if standing.doubt), None)
    if doubt is not None:
        from kesu.ledger.clock_doubt import ClockInDoubt

        wrong = ClockInDoubt(doubt)
        said.append(Text(wrong.in_("zh"), wrong.in_("en")))
    for name, standing in standings.items():
        said += _of_organisation(name, standing)
    if not any(standing.is_wrong for standing in standings.values()):
        said.append(Text("没有可疑之处，照常记录。", "Nothing contradicts it; it is written by."))
    return [one.in_(language) for one in said]


def _of_organisation(name: str, state: ClockStanding) -> list[Text]:
    said = []
    if state.written_ahead is not None:
        until = state.written_ahead.isoformat(timespec="seconds")
        said.append(
            Text(
                f"机构 {name}：台账里有写着 {until} 为止的记录，这个时间还没到；更正以后才能继续",
                f"organisation {name}: entries bear times up to {until}, which is still to come; it goes on once the clock was"
                " corrected",
            )
        )
    if state.proposal is not None and state.is_wrong:
        reason = state.proposal.facts["reason"]
        said.append(
            Text(
                f"机构 {name}：有一条更正等另一个人确认（{reason}）",
                f"organisation {name}: a correction waits for a second person ({reason})",
            )
        )
    return said + [_made(one) for one in state.corrections]


def _made(correction: Correction) -> Text:
    when = correction.time.isoformat(timespec="seconds")
    return Text(
        f"机构 {correction.organisation}：{when} 更正过（{correction.reason}）",
        f"organisation {correction.organisation}: corrected at {when} ({correction.reason})",
    )


def _plain(name: str, state: ClockStanding) -> dict[str, Any]:
    doubt, ahead = state.doubt, state.written_ahead
    return {
        "organisation": name,
        "contradicted": {
            "what": doubt.what,
            "clock": doubt.clock.isoformat(),
            "expected": doubt.expected.isoformat(),
            "zh": doubt.in_("zh"),
            "en": doubt.in_("en"),
        }
        if doubt
        else None,
        "written_ahead": ahead.isoformat() if ahead else None,
        "waits": state.is_wrong and state.proposal is not None,
        "corrections": [
            {
                "time": one.time.isoformat(),
                "since": one.since.isoformat(),
                "until": one.until.isoformat(),
                "checkpoint": one.checkpoint,
                "reason": one.reason,
                "proposed_by": one.proposed_by,
                "by": one.by,
            }
            for one in state.corrections
        ],
    }
