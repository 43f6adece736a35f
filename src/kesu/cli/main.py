"""The front of the `kesu` command: finds the subcommand and answers every error in words.

Exit status: 0 done, 1 found something, 2 wrong use, 3 Kesu itself failed;
130 and 141 when stopped from outside.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Final, Protocol, cast, runtime_checkable

from kesu.reading.text import Lang, Text

from . import failure, tongue
from .wrong_use import WrongUse

DONE, FOUND, WRONG, FAILED = 0, 1, 2, 3
INTERRUPTED, PIPE_CLOSED = 130, 141  # as a shell reports the signals

COMMANDS: Final[Mapping[str, Text]] = {
    "clauses": Text(
        "列出条款：由哪条规则落实，有没有示例", "list the clauses, what holds each, which examples show it"
    ),
    "try": Text("运行程序文件旁的示例", "run the examples beside a procedure"),
    "new": Text("起草一个新程序", "begin a new procedure"),
    "lint": Text("检查程序文件", "check a procedure file"),
    "ways": Text(
        "最少办哪些步骤就能办结，哪些条款没有办到", "the least with which a file ends, and what was not done"
    ),
    "gaps": Text(
        "对照标准：哪些已落实，哪些还缺，该补哪条规则",
        "what a procedure does not yet hold of a standard, and which rule to add",
    ),
    "show": Text("把程序的每条规则写成一句话", "say each rule of a procedure in a sentence"),
    "words": Text("按叫法查步骤和事实", "find steps and facts by what they are called"),
    "schema": Text(
        "输出程序文件的 JSON schema，供编辑器用", "the JSON schema of procedure files, for editors"
    ),
    "posts": Text("列出哪个岗位能办哪一步", "list which post takes which step"),
    "permissions": Text(
        "列出每个人能看哪些网页和案卷、用哪些命令、在一件案卷里办哪一步",
        "list which pages, files and commands are whose, and which steps of a case",
    ),
    "due": Text("算到期日，并逐日说明理由", "work out when a span of time ends, and why, day by day"),
    "review": Text("用程序审查一份历史记录", "judge a log of what happened against a procedure"),
    "map": Text("为一份陌生的记录起草映射文件", "draft the mapping of an unknown log"),
    "init": Text("建立单位和第一位管理员", "found an organisation with its first administrator"),
    "enforce": Text("使程序在某单位生效", "put a procedure in force"),
    "import": Text("把历史投诉导入台账", "bring past complaints into the ledger"),
    "verify": Text("核验台账未被改动", "verify that nobody altered the ledger"),
    "rebuild": Text(
        "由台账重建案件列表，或核对两者一致", "rebuild the case rows from the ledger, or check them"
    ),
    "figures": Text(
        "依台账重新统计汇总表里的数据，核对是否一致", "count again what periodic reports counted"
    ),
    "case-clauses": Text("列出一件案卷的条款核对", "list how each clause stands in one case"),
    "calendar": Text("导入某年的工作日安排", "import a year's schedule of working days"),
    "demo": Text("建立演示数据", "make the demo data"),
    "serve": Text("启动网页服务", "start the web server"),
    "export-ledger": Text("导出台账，供离线核验", "export the ledger for verification elsewhere"),
    "checkpoint": Text("封存台账并签出检查点", "seal the ledger and sign a checkpoint"),
    "key": Text("签名密钥的指纹；更换密钥", "the fingerprint of the key that signs; to replace it"),
    "marks": Text("密钥旁的标记：签到了哪里", "the marks beside the signing key: what was signed so far"),
    "backup": Text("备份整个安装，服务照常运行", "back up the whole installation while it runs"),
    "restore": Text("把备份恢复到空目录，并核验", "put a backup back into an empty home, and verify it"),
    "clock": Text("服务器的时钟是否可信；更正", "whether the server's clock is relied on; to correct it"),
    "docs": Text("生成参考文档", "write the generated reference pages"),
}
KEYWORDS: Final = ("try", "import")  # Python's own words: their modules end in an underscore


class Command(Protocol):
    """What the module of a subcommand offers."""

    def add_parser(
        self, commands: argparse._SubParsersAction[argparse.ArgumentParser]
    ) -> argparse.ArgumentParser:
        """Adds the parser of the command, without the options that every command has."""
        ...

    def run(self, args: argparse.Namespace) -> int:
        """Does it; the answer is the exit status. Raises WrongUse for what it cannot do as it was asked."""
        ...


@runtime_checkable
class Says(Protocol):
    """An error made for people: it can say itself in both languages (ReadError, WrongUse and their like)."""

    def in_(self, lang: Lang) -> str:
        """What, where, why and what to do."""
        ...


class _Version(argparse.Action):
    """Looks the version up only when asked: that takes longer than many a command."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        from importlib.metadata import version

        print(f"kesu {version('kesu')}")
        parser.exit()


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    lang = tongue.wanted(words)
    tongue.speak(lang)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(
            stream, "reconfigure"
        ):  # a terminal that cannot show a character gets its code, not an error
            stream.reconfigure(errors="backslashreplace")
    try:
        return _run(words)
    except SystemExit as stop:  # argparse's way out, after --help and after wrong use
        return stop.code if isinstance(stop.code, int) else WRONG
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except (Exception, KeyboardInterrupt) as error:
        if "--debug" in words:
            traceback.print_exc()
        status, message = _explained(error, lang=lang, argv=words)
        print(f"kesu: {message}" if lang == "en" else f"kesu：{message}", file=sys.stderr)
        return status


def module_of(name: str) -> Command:
    """The module of a subcommand, imported only now."""
    module = name.replace("-", "_") + ("_" if name in KEYWORDS else "")
    return cast(Command, importlib.import_module(f"kesu.cli.{module}"))


def parser_of(name: str | None, lang: Lang) -> argparse.ArgumentParser:
    """The whole parser, with the arguments of the named command; the others stand there by name only."""
    parser = argparse.ArgumentParser(
        prog="kesu",
        description=Text(
            "客诉：按程序处理投诉，并能证明。", "Kesu: complaints by the book, and proof of it."
        ).in_(lang),
    )
    parser.add_argument(
        "--version",
        action=_Version,
        nargs=0,
        help=Text("显示版本号后退出", "show the version and exit").in_(lang),
    )
    _common(parser, lang, default=True)
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", title=Text("命令", "commands").in_(lang)
    )
    for command, help_ in COMMANDS.items():
        if command == name:
            own = module_of(command).add_parser(commands)
            own.description = own.description or help_.in_(lang)
            _common(own, lang, default=False)
        else:
            commands.add_parser(command, help=help_.in_(lang))
    return parser


def _common(parser: argparse.ArgumentParser, lang: Lang, *, default: bool) -> None:
    """The options that every command has, before or after its name; only the outer ones have a default."""
    here = argparse.SUPPRESS
    parser.add_argument(
        "--lang",
        choices=("zh", "en"),
        default=lang if default else here,
        help=Text("使用的语言", "the language to speak").in_(lang),
    )
    for flag, words in (
        ("--json", Text("输出 JSON，供程序读取", "print JSON for programs")),
        ("--debug", Text("出错时显示调用栈", "show the stack trace of an error")),
    ):
        parser.add_argument(
            flag, action="store_true", default=False if default else here, help=words.in_(lang)
        )


def _run(words: list[str]) -> int:
    name = _named(words)
    parser = parser_of(name, tongue.lang())
    args = parser.parse_args(words)
    if args.command is None:
        parser.print_help(sys.stderr)
        return WRONG
    status = module_of(args.command).run(args)
    sys.stdout.flush()  # a closed pipe is noticed here, not while Python shuts down
    return status


def _named(words: list[str]) -> str | None:
    """The command among the words: the first that is neither an option nor the value of `--lang`."""
    skip = False
    for word in words:
        if skip or word.startswith("-"):
            skip = word == "--lang"
            continue
        if word not in COMMANDS:
            near = get_close_matches(word, COMMANDS, n=1)
            raise WrongUse(
                zh=f"没有“{word}”这个命令"
                + (f"；是不是“{near[0]}”？" if near else "；用 kesu --help 查看全部命令"),
                en=f"there is no command “{word}”"
                + (f"; did you mean “{near[0]}”?" if near else "; kesu --help lists them"),
            )
        return word
    return None


def _explained(error: BaseException, *, lang: Lang, argv: list[str]) -> tuple[int, str]:
    """The exit status of an error, and what to say of it."""
    from kesu.upkeep.machine import fault_of  # only now: no command that goes well needs it

    if not isinstance(error, Says) and (fault := fault_of(error)):
        return WRONG, fault.in_(lang)
    match error:
        case Says():
            return WRONG, error.in_(lang)
        case KeyboardInterrupt():
            return INTERRUPTED, Text("已中断", "interrupted").in_(lang)
        case UnicodeDecodeError():
            said = Text("文件不是 UTF-8 编码，请另存为 UTF-8", "the file is not UTF-8; save it as UTF-8")
            return WRONG, said.in_(lang)
        case OSError() if error.filename is not None:
            name, why = error.filename, error.strerror
            return WRONG, Text(f"打不开 {name}：{why}", f"cannot open {name}: {why}").in_(lang)
    log = failure.write_down(error, argv=argv)
    what = f"{type(error).__name__}: {error}".splitlines()[0]
    where = (
        Text(f"详情见 {log}", f"the trace is in {log}")
        if log
        else Text("加 --debug 可看详情", "--debug shows the trace")
    )
    return FAILED, Text(f"程序自身出错：{what}。{where.zh}", f"Kesu itself failed: {what}; {where.en}").in_(
        lang
    )


if __name__ == "__main__":
    sys.exit(main())
