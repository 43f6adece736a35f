"""Reads a YAML or JSON file into plain data, every scalar as text, with the line of each entry."""

import codecs
import json
from typing import Literal, NamedTuple

import yaml

from kesu.worktime.strict import Where

Form = Literal["csv", "json", "yaml"]


class SourceError(ValueError):
    """A file that cannot be read; the message says which line of which file, what is wrong and what to do."""

    def __init__(self, *, source: str, line: int | None, problem: str, remedy: str) -> None:
        self.source, self.line, self.problem, self.remedy = source, line, problem, remedy
        place = source if line is None else f"{source}, line {line}"
        super().__init__(f"{place}: {problem}; {remedy}")


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
    raise SourceError(
        source=source,
        line=None,
        problem="neither UTF-8 nor GB18030 text",
        remedy="save it as UTF-8 and try again",
    )


def read_document(content: bytes | str, *, source: str, form: Literal["json", "yaml"]) -> Document:
    """The data of a JSON or YAML file. Doubled keys, anchors, tags and further documents are refused."""
    text = decoded(content, source=source)
    if form == "json":
        text = _checked_json(text, source)
    try:
        root = _Plain(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        problem = " ".join((error.problem or "no YAML").split())
        raise SourceError(source=source, line=line, problem=problem, remedy="correct this line") from None
    except yaml.YAMLError as error:
        problem = " ".join(str(error).split())
        raise SourceError(source=source, line=None, problem=problem, remedy="save it as plain text") from None
    except RecursionError:
        raise SourceError(
            source=source, line=None, problem="nested too deep", remedy="write it flat"
        ) from None
    if root is None:
        raise SourceError(
            source=source, line=None, problem="the file is empty", remedy="give a calendar or schedule"
        )
    lines: dict[Where, int] = {}
    return Document(_plain(root, (), lines, source), lines)


def _checked_json(text: str, source: str) -> str:
    """`text` when it is JSON, with tabs as spaces: inside strings JSON has none, and YAML wants none."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        raise SourceError(
            source=source, line=error.lineno, problem=f"no JSON: {error.msg}", remedy="correct this line"
        ) from None
    except RecursionError:
        raise SourceError(
            source=source, line=None, problem="nested too deep", remedy="write it flat"
        ) from None
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
                problem = f'"{key}" stands here a second time' if key else "a key that is no text"
                line = key_node.start_mark.line + 1
                raise SourceError(source=source, line=line, problem=problem, remedy="keep one of the two")
            data[key] = _plain(value, (*where, key), lines, source)
            lines[(*where, key)] = key_node.start_mark.line + 1
        return data
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, (*where, at), lines, source) for at, child in enumerate(node.value)]
    return _text(node)


def _text(node: yaml.Node) -> str:
    """The scalar as written. JSON writes rare characters as two halves (surrogates): they are joined."""
    return str(node.value).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
