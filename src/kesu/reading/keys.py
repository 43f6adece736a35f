"""Asking a block for its keys one by one, so that what nobody asked for is an error with the nearest right word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .naming import in_chinese
from .strict import Block, Node, ReadError, Scalar, Series, fault, suggestion
from .text import Text


class Keys:
    """The keys of one block while it is being read. `done()` refuses what was not asked for."""

    def __init__(self, block: Node, *, what: str) -> None:
        if not isinstance(block, Block):
            raise fault(
                block,
                en=f"{what} has to be a mapping (key: value)",
                zh=f"{in_chinese(what)}应写成“键: 值”的形式",
            )
        self.block, self.what = block, what
        self._asked: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self.block

    def get(self, key: str) -> Node | None:
        """The raw node, or None."""
        self._asked.add(key)
        node: Node | None = self.block.get(key)
        return node

    def need(self, key: str) -> Node:
        """The raw node, or a ReadError that names the missing key."""
        node = self.get(key)
        if node is None:
            raise fault(self.block, en=f"{self.what} needs “{key}”", zh=f"{in_chinese(self.what)}缺少“{key}”")
        return node

    def text(self, key: str) -> Scalar:
        """One plain text."""
        return scalar(self.need(key), what=f"“{key}” of {self.what}")

    def maybe(self, key: str) -> Scalar | None:
        """One plain text, or None when the key is absent."""
        node = self.get(key)
        return None if node is None else scalar(node, what=f"“{key}” of {self.what}")

    def flag(self, key: str) -> bool:
        """yes or no; absent is no. Raises ReadError."""
        node = self.maybe(key)
        if node is None or node == "no":
            return False
        if node == "yes":
            return True
        raise fault(
            node, en=f"“{key}” is yes or no, not “{node}”", zh=f"“{key}”只能写 yes 或 no，不能写“{node}”"
        )

    def words(self, key: str) -> tuple[Scalar, ...]:
        """One text or a list of texts, as a tuple; absent is empty."""
        node = self.get(key)
        return () if node is None else scalars(node, what=f"“{key}” of {self.what}")

    def items(self, key: str) -> Sequence[Node]:
        """The nodes of a list; absent is empty. Raises ReadError."""
        node = self.get(key)
        if node is None:
            return ()
        if not isinstance(node, Series):
            raise fault(
                node,
                en=f"“{key}” of {self.what} has to be a list",
                zh=f"{in_chinese(self.what)}的“{key}”应是列表",
            )
        return node

    def both(self, key: str) -> Text | None:
        """A text in both languages, or None."""
        node = self.get(key)
        return None if node is None else both(node, what=f"“{key}” of {self.what}")

    def done(self, also: Iterable[str] = ()) -> None:
        """Refuses keys that nobody asked for."""
        allowed = self._asked | set(also)
        for key in self.block:
            if key not in allowed:
                en, zh = suggestion(key, allowed)
                raise ReadError(
                    file=self.block.file,
                    line=self.block.lines[key],
                    en=f"{self.what} does not know the key “{key}”{en}",
                    zh=f"{in_chinese(self.what)}没有“{key}”这个键{zh}",
                )


def scalar(node: Node, *, what: str) -> Scalar:
    """The node as one text. Raises ReadError."""
    if not isinstance(node, Scalar):
        raise fault(node, en=f"{what} has to be one text", zh=f"{in_chinese(what)}应是一段文字")
    return node


def scalars(node: Node, *, what: str) -> tuple[Scalar, ...]:
    """The node as several texts; one text counts as a list of one. Raises ReadError."""
    if isinstance(node, Scalar):
        return (node,)
    if isinstance(node, Series):
        return tuple(scalar(item, what=what) for item in node)
    raise fault(
        node,
        en=f"{what} has to be a text or a list of texts",
        zh=f"{in_chinese(what)}应是一段文字，或若干段文字的列表",
    )


def both(node: Node, *, what: str) -> Text:
    """The node as {zh, en}."""
    keys = Keys(node, what=what)
    said = Text(zh=str(keys.text("zh")), en=str(keys.text("en")))
    keys.done()
    return said


def known_word(word: Scalar, among: Iterable[str], *, what: str) -> str:
    """The word, if it is among the known ones; else a ReadError that offers the nearest."""
    among = list(among)
    if word in among:
        return str(word)
    en, zh = suggestion(word, among)
    raise fault(word, en=f"{what} “{word}” is not known{en}", zh=f"{in_chinese(what)}“{word}”没有定义{zh}")
