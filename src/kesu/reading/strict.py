"""A strict reader of YAML: every scalar is text, a doubled key is refused, and every value knows its line.

PyYAML turns `off` into False, `1.10` into 1.1 and keeps the last of two equal keys. A procedure cannot afford
that, so only its node tree is used (`compose`); what a text means is decided by whoever asks for it.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from .text import Lang, Text

LOADER = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)  # the same tree, many times faster, where libyaml is at hand
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


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that comes closest to a mistyped one, if any does."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return found[0] if found else None


def suggestion(word: str, known: Iterable[str]) -> tuple[str, str]:
    """The tail of an error that offers the nearest right word, in English and Chinese."""
    known = list(known)
    near = nearest(word, known)
    if near is not None:
        return f"; did you mean “{near}”?", f"；是不是“{near}”？"
    if not known:
        return "", ""
    some, more = sorted(known)[:MOST_NAMED], len(known) - MOST_NAMED
    en, zh = f"; known are {', '.join(some)}", f"；可用的有 {'、'.join(some)}"
    return (f"{en} and {more} more", f"{zh}等，共 {len(known)} 个") if more > 0 else (en, zh)


def read_text(text: str, *, file: str) -> Node:
    """The tree of one YAML document. Anchors are allowed (examples use them); merge keys are not."""
    try:
        root = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise ReadError(
            file=file, line=line, en=f"not YAML: {error.problem}", zh=f"不是合格的 YAML：{error.problem}"
        ) from None
    except yaml.YAMLError as error:
        raise ReadError(file=file, line=1, en=f"not YAML: {error}", zh=f"不是合格的 YAML：{error}") from None
    if root is None:
        raise ReadError(file=file, line=1, en="the file is empty", zh="文件是空的")
    return _Taking(file).node(root)


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


class _Taking:
    """Turns YAML's node tree into ours. An anchor counts as often as it is used, so that a few lines cannot fill the memory."""

    def __init__(self, file: str) -> None:
        self.file, self.left = file, MOST_VALUES

    def node(self, node: yaml.Node, depth: int = 0) -> Node:
        line = node.start_mark.line + 1
        self.left -= 1
        if depth > DEEPEST:  # an anchor that holds itself would never end
            raise ReadError(file=self.file, line=line, en="nested too deeply", zh="嵌套过深")
        if self.left < 0:
            en = f"more than {MOST_VALUES} values, anchors counted as often as they are used"
            raise ReadError(file=self.file, line=line, en=en, zh=f"超过 {MOST_VALUES} 个值（引用按次数计）")
        if isinstance(node, yaml.ScalarNode):
            return Scalar(node.value, self.file, line)
        if isinstance(node, yaml.SequenceNode):
            return Series((self.node(item, depth + 1) for item in node.value), self.file, line)
        assert isinstance(node, yaml.MappingNode)
        return self._block(node, line, depth)

    def _block(self, node: yaml.MappingNode, line: int, depth: int) -> Block:
        block = Block(self.file, line)
        for key, value in node.value:
            at = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode) or key.value == "<<":
                raise ReadError(
                    file=self.file, line=at, en="a key has to be plain text", zh="键必须是普通文字"
                )
            if key.value in block:
                first = block.lines[key.value]
                raise ReadError(
                    file=self.file,
                    line=at,
                    en=f"“{key.value}” stands twice; the first is on line {first}; keep one",
                    zh=f"“{key.value}”写了两次，第一次在第 {first} 行；只留一个",
                )
            block[key.value] = self.node(value, depth + 1)
            block.lines[key.value] = at
        return block
