"""Reads a YAML or JSON file into plain data, every scalar as text, with the line of each entry."""

import codecs
import json
from typing import Literal, NamedTuple

import yaml

from kesu.worktime.said import NO_NAME, Fault, Name
from kesu.worktime.strict import Where

Form = Literal["csv", "json", "yaml"]

_CORRECT = Name("改正这一行", "correct this line")
_AS_TEXT = Name("另存为纯文本", "save it as plain text")
_DEEP, _FLAT = Name("嵌套过深", "nested too deep"), Name("写得扁平些", "write it flat")
_GIVE = Name("写入日历或放假安排", "give a calendar or a schedule")


class SourceError(Fault):
    """A file that cannot be read: in which line of which file, what is wrong and what to do."""

    def __init__(
        self, source: str, line: int | None, problem: Name, remedy: Name, *, path: Name = NO_NAME
    ) -> None:
        self.source, self.line = source, line
        at = NO_NAME if line is None else Name(f"第{line}行", f", line {line}")
        super().__init__(
            problem, remedy, place=Name(f"{source}{at.zh}{path.zh}", f"{source}{at.en}{path.en}")
        )


class Document(NamedTuple):
    """Plain data (text, lists, mappings) and the line on which each path in it begins."""

    data: object
    lines: dict[Where, int]

    def line_of(self, where: Where) -> int | None:
        """The line of the entry at `where`, or of the nearest one around it."""
        for size in range(len(where), -1, -1):
            if where[:size] in self.lines:
                return self.lines[where[:size]]
        return None


def decoded(content: bytes | str, *, source: str) -> str:
    """The text of a file: UTF-8 with or without mark, else GB18030, as spreadsheets in China save it."""
    if isinstance(content, str):
        return content
    content = content.removeprefix(codecs.BOM_UTF8)
    for encoding in ("utf-8", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    problem = Name("编码既不是 UTF-8 也不是 GB18030", "neither UTF-8 nor GB18030 text")
    raise SourceError(source, None, problem, Name("另存为 UTF-8 再试", "save it as UTF-8 and try again"))


def read_document(content: bytes | str, *, source: str, form: Literal["json", "yaml"]) -> Document:
    """The data of a JSON or YAML file. Doubled keys, anchors and further documents are refused."""
    text = decoded(content, source=source)
    if form == "json":
        text = _checked_json(text, source)
    try:
        root = _Plain(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        said = " ".join((error.problem or "no YAML").split())
        raise SourceError(source, line, Name(f"YAML 写法有误（{said}）", said), _CORRECT) from None
    except yaml.YAMLError as error:
        said = " ".join(str(error).split())
        raise SourceError(source, None, Name(f"不是文本文件（{said}）", said), _AS_TEXT) from None
    except RecursionError:
        raise SourceError(source, None, _DEEP, _FLAT) from None
    if root is None:
        raise SourceError(source, None, Name("文件是空的", "the file is empty"), _GIVE)
    lines: dict[Where, int] = {}
    return Document(_plain(root, (), lines, source), lines)


def _checked_json(text: str, source: str) -> str:
    """`text` when it is JSON, with tabs as spaces: inside strings JSON has none, and YAML wants none."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        problem = Name(f"JSON 写法有误（{error.msg}）", f"no JSON: {error.msg}")
        raise SourceError(source, error.lineno, problem, _CORRECT) from None
    except RecursionError:
        raise SourceError(source, None, _DEEP, _FLAT) from None
    return text.replace("\t", " ")


class _Plain(yaml.SafeLoader):
    """Composes nodes without anchors and aliases, so that a small file stays small."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise yaml.MarkedYAMLError(
                problem="anchors (&) and aliases (*) are not read here", problem_mark=event.start_mark
            )
        return super().compose_node(parent, index)


def _plain(node: yaml.Node, where: Where, lines: dict[Where, int], source: str) -> object:
    lines[where] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        data: dict[str, object] = {}
        for key_node, value in node.value:
            key = _text(key_node) if isinstance(key_node, yaml.ScalarNode) else ""
            if key in data or not key:
                raise _bad_key(key, source, key_node.start_mark.line + 1)
            data[key] = _plain(value, (*where, key), lines, source)
            lines[(*where, key)] = key_node.start_mark.line + 1
        return data
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, (*where, at), lines, source) for at, child in enumerate(node.value)]
    return _text(node)


def _bad_key(key: str, source: str, line: int) -> SourceError:
    if not key:
        return SourceError(source, line, Name("名称不是文字", "a key that is no text"), _CORRECT)
    problem = Name(f"“{key}”重复出现", f'"{key}" stands here a second time')
    return SourceError(source, line, problem, Name("两处留一处", "keep one of the two"))


def _text(node: yaml.Node) -> str:
    """The scalar as written. JSON writes rare characters as two halves (surrogates): they are joined."""
    return str(node.value).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
