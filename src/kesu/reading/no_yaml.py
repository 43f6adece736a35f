"""Why a text is no YAML, in our own words: where an input method left its mark, and what to write instead."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from .text import Text

LOOK_BACK: Final = 3  # lines above the one at which the parser gave up
WIDE_COLON: Final = re.compile(r"^\s*(?:- +)?(?P<key>[^\s:#\"'：][^:#\"'：]*)：")
WIDE_SIGNS: Final = {
    "，": ",",
    "［": "[",
    "］": "]",
    "｛": "{",
    "｝": "}",
    "＃": "#",
    "－": "-",
    "【": "[",
    "】": "]",
}
WIDE_BLANK: Final = "\u3000"
IN_CHINESE: Final = {
    "could not find expected ':'": "缺少冒号",
    "mapping values are not allowed in this context": "这里不能再有“键: 值”，可能是缩进不对或多了冒号",
    "mapping values are not allowed here": "这里不能再有“键: 值”，可能是缩进不对或多了冒号",
    "did not find expected key": "这里应是下一个键，可能是缩进不对",
    "did not find expected '-' indicator": "这里应是列表的下一项（以 - 开头），可能是缩进不对",
    "did not find expected ',' or ']'": "方括号没有闭合，或少了逗号",
    "did not find expected ',' or '}'": "花括号没有闭合，或少了逗号",
    "did not find expected node content": "这里少了内容",
    "found character that cannot start any token": "这个字符不能放在开头（制表符请改成空格）",
    "found unexpected end of stream": "到文件末尾引号或括号还没有闭合",
    "found unknown escape character": "引号里的反斜杠后面不是认得的字符",
    "control characters are not allowed": "含有不可见的控制字符",
    "a second document": "有第二份文档（---）",
}


class Trouble(NamedTuple):
    """The line on which to look, and what is wrong there."""

    line: int
    reason: Text


def trouble(text: str, line: int, problem: str) -> Trouble:
    """What is wrong with a text of which the parser says `problem` at a line."""
    lines = text.splitlines()
    for number in range(min(line, len(lines)), max(line - LOOK_BACK, 0), -1):
        found = _mark_of_input_method(lines[number - 1])
        if found is not None:
            return Trouble(number, found)
    zh = IN_CHINESE.get(problem, problem)
    return Trouble(line, Text(f"不是合格的 YAML：{zh}", f"not YAML: {problem}"))


def _mark_of_input_method(line: str) -> Text | None:
    colon = WIDE_COLON.match(line)
    if colon is not None:
        key = colon["key"].strip()
        return Text(
            f"“{key}”后面是全角冒号“：”；请改成半角冒号加空格（: ）",
            f"a full-width colon ： stands after “{key}”; write : and a blank",
        )
    begin = line[: len(line) - len(line.lstrip())]
    if "\t" in begin:
        return Text("行首有制表符；缩进请用空格", "a tab stands at the beginning; indent with blanks")
    if WIDE_BLANK in begin:
        return Text(
            "行首有全角空格；缩进请用半角空格",
            "a full-width blank stands at the beginning; indent with plain ones",
        )
    sign = line.strip()[:1]
    if sign in WIDE_SIGNS:
        return Text(
            f"行首是全角的“{sign}”；请改成半角的 {WIDE_SIGNS[sign]}",
            f"a full-width {sign} stands at the beginning; write {WIDE_SIGNS[sign]}",
        )
    return None
