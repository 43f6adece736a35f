"""`kesu init`: makes the home ready and founds an organisation in it, with its calendar and its first administrator."""

from __future__ import annotations

import argparse
import getpass
import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kesu.reading.text import Lang, Text

from .printed import as_json
from .serve import prepare
from .tongue import lang
from .wrong_use import WrongUse

if TYPE_CHECKING:
    from kesu.worktime.calendar import Calendar

TRIES: Final = 3  # that somebody at the keyboard has for a password
SHORT: Final = re.compile(r"[a-z][a-z0-9-]{1,39}")
SIGN_IN: Final = re.compile(r"[^\s/@]{2,150}")
WANTED: Final = Text("这里要填", "this is wanted")


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that is asked where its option was left out; `default` is taken for an empty line."""

    option: str
    metavar: str
    text: Text
    default: str = ""
    right: Callable[[str], bool] = bool
    wrong: Text = WANTED


QUESTIONS: Final = (
    Question("title", "TITLE", Text("单位名称", "name of the organisation")),
    Question(
        "id", "NAME", Text("简称，用在命令和网址里", "short name for commands and addresses"), "office",
        lambda text: bool(SHORT.fullmatch(text)),
        Text("只用小写字母、数字和 -，字母开头", "lower-case letters, digits and - alone, a letter first"),
    ),
    Question("zone", "ZONE", Text("时区", "time zone"), "Asia/Shanghai"),
    Question(
        "hours", "SHIFTS", Text("工作时间，午休前后各写一段", "working hours, lunch left out"),
        "09:00-12:00,13:00-18:00",
    ),
    Question("administrator", "PERSON", Text("第一位管理员的姓名", "name of the first administrator")),
    Question(
        "sign-in", "NAME", Text("他的登录名", "the name with which he signs in"), "",
        lambda text: bool(SIGN_IN.fullmatch(text)),
        Text("至少两个字符，不含空格、/ 和 @", "two characters at least, without spaces, / and @"),
    ),
)  # fmt: skip


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The options of `kesu init`: what is left out is asked."""
    parser = commands.add_parser(
        "init",
        help=Text("建立单位和第一位管理员", "found an organisation with its first administrator").in_(lang()),
        description=Text(
            "建立密钥和数据库，然后建立单位、日历和第一位管理员。没有写明的逐项询问；密码总是输入两遍，从不写在命令里。",
            "Makes keys and database, then the organisation with its calendar and its first administrator. What is left out "
            "is asked; the password is typed twice and never stands in the command.",
        ).in_(lang()),
    )
    for question in QUESTIONS:
        parser.add_argument(f"--{question.option}", metavar=question.metavar, help=question.text.in_(lang()))
    another = Text("已有单位时再建一个", "where an organisation stands already: one more beside it")
    portal = Text(
        "同时开放投诉门户（以后可在“建立单位”页开放或关闭）",
        "opens the portal for complainants at once (the page “Set up” opens and closes it later)",
    )
    parser.add_argument("--portal", action="store_true", help=portal.in_(lang()))
    parser.add_argument("--another", action="store_true", help=another.in_(lang()))
    return parser


def run(args: argparse.Namespace) -> int:
    """Founds it; nothing is founded when anything is wrong. Raises WrongUse, ZoneError, ShiftError."""
    from . import office

    prepare("init")
    office.setup()
    _refuse_beside_others(args)
    answers = {question.option: _asked(question, args) for question in QUESTIONS}
    calendar = _calendar(answers["zone"], answers["hours"])
    _refuse_taken(answers)
    password = _password(answers, args.lang)
    person = _found(answers, calendar, password)
    if args.portal:
        _open_portal(answers["id"], person)
    if args.json:
        as_json(
            {
                "organisation": answers["id"],
                "title": answers["title"],
                "administrator": person,
                "sign_in": answers["sign-in"],
            }
        )
    else:
        print(_done(answers).in_(args.lang))
    return 0


def _refuse_beside_others(args: argparse.Namespace) -> None:
    from kesu.people.models import Organisation

    titles = list(Organisation.objects.order_by("founded").values_list("title", flat=True))
    if titles and not args.another:
        raise WrongUse(
            zh=f"这里已经有单位（{'、'.join(titles)}），没有改动。要再建一个加 --another；要从头开始另用一个空的 KESU_HOME",
            en=f"an organisation is here already ({', '.join(titles)}) and nothing was changed; --another founds one more, an"
            " empty KESU_HOME begins anew",
        )


def _asked(question: Question, args: argparse.Namespace) -> str:
    """The answer to a question: from its option, from whoever sits there, or its default. Raises WrongUse."""
    given = getattr(args, question.option.replace("-", "_"))
    while given is None and sys.stdin.isatty():
        default = f" [{question.default}]" if question.default else ""
        typed = input(f"{question.text.in_(lang())}{default}{'：' if lang() == 'zh' else ': '}").strip()
        typed = typed or question.default
        if question.right(typed):
            return typed
        print(question.wrong.in_(lang()), file=sys.stderr)
    answer = (question.default if given is None else given).strip()
    if not question.right(answer):
        raise WrongUse(
            zh=f"--{question.option} {answer}（{question.text.zh}）：{question.wrong.zh}",
            en=f"--{question.option} {answer} ({question.text.en}): {question.wrong.en}",
        )
    return answer


def _calendar(zone: str, hours: str) -> Calendar:
    from django.utils import timezone

    from kesu.worktime.first_calendar import first_calendar

    shifts = [part.strip() for part in hours.replace("，", ",").split(",") if part.strip()]
    return first_calendar(zone, year=timezone.now().year, shifts=shifts)


def _refuse_taken(answers: dict[str, str]) -> None:
    from kesu.people.models import Organisation
    from kesu.people.sign_in import user_called

    if Organisation.objects.filter(organisation=answers["id"]).exists():
        raise WrongUse(
            zh=f"已经有简称为“{answers['id']}”的单位，换一个 --id",
            en=f"there is an organisation “{answers['id']}”; give another --id",
        )
    if user_called(answers["sign-in"]) is not None:
        raise WrongUse(
            zh=f"登录名“{answers['sign-in']}”已有人用，换一个 --sign-in",
            en=f"somebody signs in as “{answers['sign-in']}” already; give another --sign-in",
        )


def _password(answers: dict[str, str], language: Lang) -> str:
    """A password that keeps the rules, typed twice: at the keyboard with some tries, else from two lines. Raises WrongUse."""
    from django.utils import translation

    from kesu.people.password_rules import broken_rules

    names = [answers[word] for word in ("title", "id", "administrator", "sign-in")]
    for left in reversed(range(TRIES if sys.stdin.isatty() else 1)):
        first = _typed(Text(f"{answers['sign-in']} 的密码", f"password of {answers['sign-in']}"))
        again = _typed(Text("再输一遍", "once more"))
        with translation.override("zh-hans" if language == "zh" else "en"):
            wrong = broken_rules(first, names=names)
        if first != again:
            wrong.append(Text("两遍不一样。", "The two differ.").in_(language))
        if not wrong:
            return first
        if left:
            print("\n".join(wrong), file=sys.stderr)
    said = " ".join(wrong)
    raise WrongUse(
        zh=f"密码不能用，什么也没有建立：{said}", en=f"no usable password, so nothing was founded: {said}"
    )


def _typed(what: Text) -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    return getpass.getpass(f"{what.in_(lang())}{'：' if lang() == 'zh' else ': '}")


def _found(answers: dict[str, str], calendar: Calendar, password: str) -> str:
    from django.utils import timezone

    from kesu.registry.foundation import Founder, found_organisation
    from kesu.registry.medium import by_command

    from . import office

    founder = Founder(username=answers["sign-in"], name=answers["administrator"], password=password)
    with by_command(office.account()):
        return found_organisation(
            organisation=answers["id"],
            title=answers["title"],
            zone=answers["zone"],
            administrator=founder,
            now=timezone.now(),
            calendar=calendar,
        )


def _open_portal(organisation: str, person: str) -> None:
    """The administrator opens the portal; its texts are those of the software until he writes others. Raises WrongUse."""
    from django.utils import timezone

    from kesu.caseload.acting.answers import Refused
    from kesu.people.directory import directory_of
    from kesu.registry.medium import by_command
    from kesu.registry.portal_settings import STATE, YES, set_portal

    from . import office

    with by_command(office.account()):
        answer = set_portal(
            {STATE: YES},
            directory=directory_of(organisation),
            person=person,
            now=timezone.now(),
            key="portal opened when the organisation was founded",
        )
    if isinstance(answer, Refused):
        problem = answer.problems[0]
        raise WrongUse(
            zh=f"单位已建立，网上受理没有开通：{problem.zh}",
            en=f"founded, the portal not opened: {problem.en}",
        )


def _done(answers: dict[str, str]) -> Text:
    """What there is now, and the two commands that follow."""
    home = os.environ.get("KESU_HOME")
    called = os.path.relpath(sys.argv[0]) if sys.argv[0].endswith("kesu") else "kesu"
    kesu = f"KESU_HOME={home} {called}" if home else called
    serve, backup = f"{kesu} serve", f"{kesu} backup --to FOLDER"
    return Text(
        f"已建立“{answers['title']}”（{answers['id']}），管理员 {answers['administrator']}，登录名 {answers['sign-in']}。\n"
        f"接下来：\n  {serve}\n      打开它给出的网址，用 {answers['sign-in']} 登录，按“建立单位”一页往下做\n"
        f"  {backup}\n      每天一次，把数据库和密钥备份到别处",
        f"“{answers['title']}” ({answers['id']}) is founded; {answers['administrator']} administers it and signs in as"
        f" {answers['sign-in']}.\nNext:\n  {serve}\n      open the address that it names, sign in as {answers['sign-in']}, and"
        f" follow the page “Set up”\n  {backup}\n      every day: database and keys to another place",
    )
