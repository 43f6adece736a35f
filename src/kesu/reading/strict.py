"""A strict reader of YAML: every scalar is text, a doubled key is refused, and every value knows its line.

PyYAML turns `off` into False, `1.10` into 1.1 and keeps the last of two equal keys. A procedure cannot afford
that, so only its events are used (`parse`); what a text means is decided by whoever asks for it.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from .no_yaml import trouble
from .text import Lang, Text

LOADER = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)  # the same events, many times faster, where libyaml is at hand
MOST_VALUES = 200_000
DEEPEST = 40
MOST_NAMED = 12  # right words that an error lists


class ReadError(Exception):
    """A file that cannot be taken as it stands: where, what and what to do, in both languages.

    Line 0 stands for the file as a whole, which the message names without a line.
    """

    def __init__(self, *, file: str, line: int, en: str, zh: str) -> None:
        self.file, self.line, self.en, self.zh = file, line, en, zh
        super().__init__(self.in_("en"))

    def in_(self, lang: Lang) -> str:
        """The whole message in one language."""
        where = place(self.file, self.line).in_(lang)
        return f"{where}：{self.zh}" if lang == "zh" else f"{where}: {self.en}"


def place(file: str, line: int) -> Text:
    """Where something stands, in words; line 0 is the file as a whole, of which no line is named."""
    return Text(f"{file} 第 {line} 行", f"{file}, line {line}") if line else Text(file, file)


class Scalar(str):
    """A text of the file that knows its line."""

    line: int
    file: str

    def __new__(cls, value: str, file: str = "", line: int = 0) -> Scalar:
        made = super().__new__(cls, value)
        made.file, made.line = file, line
        return made


class Block(dict[str, Any]):
    """A mapping of the file; `line` is where it starts, `lines` where each key stands."""

    def __init__(self, file: str = "", line: int = 0) -> None:
        super().__init__()
        self.file, self.line = file, line
        self.lines: dict[str, int] = {}


class Series(list[Any]):
    """A list of the file."""

    def __init__(self, items: Iterable[Any] = (), file: str = "", line: int = 0) -> None:
        super().__init__(items)
        self.file, self.line = file, line


Node = Scalar | Block | Series


def fault(node: object, *, en: str, zh: str) -> ReadError:
    """A ReadError at the place where `node` stands."""
    return ReadError(file=getattr(node, "file", "?"), line=getattr(node, "line", 0), en=en, zh=zh)


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The known word that comes closest to a mistyped one, if any does."""
    matches = difflib.get_close_matches(word, list(words), n=1, cutoff=0.6)
    return matches[0] if matches else None


def suggestion(word: str, words: Iterable[str]) -> tuple[str, str]:
    """The tail of an error that offers the nearest right word, in English and Chinese."""
    words = list(words)
    right = advice(word, words)
    return (f"; {right.en}", f"；{right.zh}") if words else ("", "")


def advice(word: str, words: Iterable[str]) -> Text:
    """What to write instead of a mistyped word: the nearest right one, or some of all of them."""
    words = list(words)
    near = nearest(word, words)
    if near is not None:
        return Text(f"是不是“{near}”？", f"did you mean “{near}”?")
    some, more = sorted(words)[:MOST_NAMED], len(words) - MOST_NAMED
    zh, en = f"可用的有 {'、'.join(some)}", f"known are {', '.join(some)}"
    return Text(f"{zh}等，共 {len(words)} 个", f"{en} and {more} more") if more > 0 else Text(zh, en)


def read_text(text: str, *, file: str) -> Node:
    """The tree of one YAML document. Anchors are allowed (examples use them); merge keys are not. Raises ReadError.

    What an anchor holds is one and the same node wherever it is used; whoever changes a node changes a copy.
    """
    try:
        root = _Growing(file).grown(yaml.parse(text, Loader=LOADER))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        found = trouble(text, line, str(error.problem))
        raise ReadError(file=file, line=found.line, en=found.reason.en, zh=found.reason.zh) from None
    except yaml.YAMLError as error:
        raise _no_yaml(file, 1, str(error)) from None
    if root is None:
        raise ReadError(file=file, line=1, en="the file is empty", zh="文件是空的")
    return root


def _no_yaml(file: str, line: int, why: str) -> ReadError:
    return ReadError(file=file, line=line, en=f"not YAML: {why}", zh=f"不是合格的 YAML：{why}")


def read_file(path: Path, *, called: str = "") -> Node:
    """The tree of a file on disk, `called` so in errors. Raises ReadError also when it cannot be opened or is not UTF-8."""
    name = called or path.name
    try:
        return read_text(path.read_text(encoding="utf-8"), file=name)
    except UnicodeDecodeError:
        raise ReadError(
            file=name, line=1, en="not UTF-8; save it as UTF-8", zh="不是 UTF-8 编码，请另存为 UTF-8"
        ) from None
    except OSError as error:
        raise ReadError(
            file=str(path), line=0, en=f"cannot be read: {error.strerror}", zh=f"读不了：{error.strerror}"
        ) from None


def node_of(data: object, *, file: str) -> Node:
    """The tree of plain data (mappings, lists, text), where each node's file is its path in the whole. Raises ReadError."""
    if isinstance(data, str):
        return Scalar(data, file)
    if isinstance(data, Mapping):
        block = Block(file)
        for key, value in data.items():
            block[str(key)], block.lines[str(key)] = node_of(value, file=f"{file}, {key}"), 0
        return block
    if isinstance(data, Sequence):
        return Series((node_of(one, file=f"{file}, {place}") for place, one in enumerate(data, 1)), file)
    raise ReadError(
        file=file,
        line=0,
        en=f"text, a list or a mapping is wanted, not {data}",
        zh=f"应是文字、列表或“键: 值”，不是 {data}",
    )


# -- from the parser's events to the tree ----------------------------------------------------------------------------


@dataclass(slots=True)
class _Branch:
    """A mapping or a list while it grows: its anchor, the key that waits for its value, and how high it has become."""

    node: Block | Series
    anchor: str | None
    left: int  # how many values the file might still have when it began
    key: str | None = None
    height: int = 1


class _Growing:
    """Makes our tree from YAML's events, one after the other, so that no depth of nesting can exhaust the stack.

    An anchor counts as often as it is used, in values and in depth, so that a few lines cannot fill the memory of
    whoever walks the tree.
    """

    def __init__(self, file: str) -> None:
        self.file, self.left = file, MOST_VALUES
        self.branches: list[_Branch] = []
        self.anchors: dict[
            str, tuple[Node, int, int]
        ] = {}  # the node, how many values it has, how high it is
        self.root: Node | None = None

    def grown(self, events: Iterable[Any]) -> Node | None:
        """The tree of the only document; None when there is none. Raises ReadError."""
        for event in events:
            line = event.start_mark.line + 1
            if isinstance(event, yaml.ScalarEvent):
                node = Scalar(event.value, self.file, line)
                if event.anchor is not None:
                    self.anchors[event.anchor] = node, 1, 0
                self._add(node, line)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._begin(event, line)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._end()
            elif isinstance(event, yaml.AliasEvent):
                self._repeat(str(event.anchor), line)
            elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
                raise _no_yaml(self.file, line, "a second document")
        return self.root

    def _begin(self, event: Any, line: int) -> None:
        branch = self.branches[-1] if self.branches else None
        if branch is not None and branch.key is None and isinstance(branch.node, Block):
            raise _no_key(self.file, line)
        self._check_depth(1, line)
        mapping = isinstance(event, yaml.MappingStartEvent)
        node = Block(self.file, line) if mapping else Series((), self.file, line)
        self.branches.append(_Branch(node, event.anchor, self.left))

    def _end(self) -> None:
        branch = self.branches.pop()
        if branch.anchor is not None:
            self.anchors[branch.anchor] = branch.node, branch.left - self.left + 1, branch.height
        self._add(branch.node, branch.node.line, height=branch.height)

    def _repeat(self, anchor: str, line: int) -> None:
        if anchor not in self.anchors:
            if any(
                branch.anchor == anchor for branch in self.branches
            ):  # it holds itself and would never end
                raise _too_deep(self.file, line)
            raise _no_yaml(self.file, line, f"nothing is called &{anchor}")
        node, values, height = self.anchors[anchor]
        self._check_depth(height, line)
        self._add(node, line, values=values, height=height)

    def _add(self, node: Node, line: int, *, values: int = 1, height: int = 0) -> None:
        """Puts the node where it belongs: the root, the next of a list, a key, or the value of the key that waits."""
        if not self.branches:
            self.root = node
            return
        branch = self.branches[-1]
        if branch.key is None and isinstance(branch.node, Block):
            branch.key = self._as_key(node, branch.node, line)
            return
        self.left -= values
        if self.left < 0:
            en = f"more than {MOST_VALUES} values, anchors counted as often as they are used"
            raise ReadError(file=self.file, line=line, en=en, zh=f"超过 {MOST_VALUES} 个值（引用按次数计）")
        branch.height = max(branch.height, height + 1)
        if isinstance(branch.node, Series):
            branch.node.append(node)
        else:
            branch.node[str(branch.key)], branch.key = node, None

    def _as_key(self, node: Node, block: Block, line: int) -> str:
        if not isinstance(node, Scalar) or node == "<<":
            raise _no_key(self.file, line)
        key = str(node)
        if key in block.lines:
            first = block.lines[key]
            raise ReadError(
                file=self.file,
                line=line,
                en=f"“{key}” stands twice; the first is on line {first}; keep one",
                zh=f"“{key}”写了两次，第一次在第 {first} 行；只留一个",
            )
        block.lines[key] = line
        return key

    def _check_depth(self, height: int, line: int) -> None:
        if len(self.branches) + height > DEEPEST:
            raise _too_deep(self.file, line)


def _no_key(file: str, line: int) -> ReadError:
    return ReadError(file=file, line=line, en="a key has to be plain text", zh="键必须是普通文字")


def _too_deep(file: str, line: int) -> ReadError:
    return ReadError(file=file, line=line, en="nested too deeply", zh="嵌套过深")
