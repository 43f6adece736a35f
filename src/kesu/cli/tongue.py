"""The language a command speaks, and argparse's own messages in Chinese."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence
from typing import Final

from kesu.reading.text import Lang

_spoken: Lang = "zh"

# What argparse says by itself; a message that is not here stays English.
ZH: Final[Mapping[str, str]] = {
    "usage: ": "用法：",
    "positional arguments": "参数",
    "options": "选项",
    "show this help message and exit": "显示本帮助后退出",
    "the following arguments are required: %s": "缺少必填参数：%s",
    "unrecognized arguments: %s": "不认识的参数：%s",
    "ambiguous option: %(option)s could match %(matches)s": "选项 %(option)s 有歧义，可能是 %(matches)s",
    "expected one argument": "后面要跟一个值",
    "expected at most one argument": "后面最多跟一个值",
    "expected at least one argument": "后面至少要跟一个值",
    "expected %s argument": "后面要跟 %s 个值",
    "expected %s arguments": "后面要跟 %s 个值",
    "ignored explicit argument %r": "不接受值 %r",
    "not allowed with argument %s": "不能与 %s 同时使用",
    "one of the arguments %s is required": "%s 中必须给出一个",
    "invalid %(type)s value: %(value)r": "%(value)r 不是有效的 %(type)s",
    "invalid choice: %(value)r (choose from %(choices)s)": "没有 %(value)r 这个选项，可选的有 %(choices)s",
    "argument %(argument_name)s: %(message)s": "参数 %(argument_name)s：%(message)s",
    "%(prog)s: error: %(message)s\n": "%(prog)s：用法不对：%(message)s\n",
}


def lang() -> Lang:
    """The language of this run."""
    return _spoken


def speak(language: Lang) -> None:
    """Sets the language of this run, for Kesu's messages and for argparse's."""
    global _spoken
    _spoken = language
    table = ZH if language == "zh" else {}
    argparse._ = lambda message: table.get(message, message)  # type: ignore[attr-defined]
    argparse.ngettext = lambda one, many, n: table.get(  # type: ignore[attr-defined]
        one if n == 1 else many, one if n == 1 else many
    )


def wanted(argv: Sequence[str], environment: Mapping[str, str] = os.environ) -> Lang:
    """The language asked for: `--lang` first, then KESU_LANG, then the locale; else Chinese.

    A locale without a language (C, POSIX) says nothing.
    """
    for number, word in enumerate(argv):
        if word.startswith("--lang="):
            return _known(word.removeprefix("--lang="))
        if word == "--lang" and number + 1 < len(argv):
            return _known(argv[number + 1])
    for name in ("KESU_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "").partition(".")[0]
        if value not in ("", "C", "POSIX"):
            return _known(value)
    return "zh"


def _known(value: str) -> Lang:
    return "zh" if value.lower().startswith("zh") else "en"
