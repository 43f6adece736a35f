"""How the Chinese messages name the part of a file that is wrong; callers name it once, in English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

PARTS: Final[Mapping[str, str]] = {
    "the procedure": "程序文件",
    "the mapping": "映射文件",
    "the key": "键",
    "the choices": "选项",
    "the calendar": "日历",
    "the schedule": "放假安排",
    "the day": "这一天",
    "the festival": "固定节日",
    "the closure": "停止办公",
    "the opening": "临时上班",
    "the week": "一周",
    "the site": "场所",
    "a shift": "上班时间",
    "a file of cases": "案例文件",
    "a case": "案例",
    "the examples": "例子文件",
    "an example": "例子",
    "a line of a story": "故事里的一行",
    "a line of a table": "明细的一行",
    "a line": "故事里的一行",
    "a setting": "设定",
    "a limit": "限额",
    "an act": "“acts”下的一项",
    "the rule": "规则",
    "the post": "岗位",
    "the steps": "步骤",
    "the step": "步骤",
    "the setting": "设定",
    "the clause": "条款",
    "the facts": "事实",
    "the fact": "事实",
    "the force": "效力",
    "the mode": "核对方式",
    "the kind of file": "文件种类",
    "title": "标题",
    "value": "值",
    "kind": "种类",
}
OF: Final = re.compile(r"“([^”]+)” of (.+)")
VALUE: Final = re.compile(r"the value of “([^”]+)”")


def in_chinese(what: str) -> str:
    """The Chinese name of a part: “reading” of the rule “x” becomes 规则“x”的“reading”."""
    if (parts := OF.fullmatch(what)) is not None:
        return f"{in_chinese(parts[2])}的“{parts[1]}”"
    if (parts := VALUE.fullmatch(what)) is not None:
        return f"“{parts[1]}”的取值"
    for part, chinese in PARTS.items():
        if what == part or what.startswith(part + " "):
            return chinese + what[len(part) :].strip()
    return what
