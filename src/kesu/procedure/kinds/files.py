"""Files: photographs, scans, letters, recordings. A value names each by its digest; the bytes lie elsewhere, as they came."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from kesu.reading.strict import Node, Scalar
from kesu.reading.text import Text, listed

from .kind import NOT_KNOWN, Cell, Filled, Given, Kind, Names, Value

MOST: Final = 20  # files of one fact
LONGEST_NAME: Final = 150  # characters
KEYS: Final = ("digest", "name", "size", "sort", "type")
SORTS: Final[Mapping[str, Text]] = {
    "goods": Text("实物", "Goods"),
    "receipt": Text("小票", "Till receipt"),
    "chat": Text("聊天截图", "Chat screenshot"),
    "signed receipt": Text("收条", "Signed receipt"),
    "letter": Text("函件", "Letter"),
}
_SHAPES: Final[Mapping[str, re.Pattern[str]]] = {
    "digest": re.compile(r"[0-9a-f]{64}", re.ASCII),
    "size": re.compile(r"[1-9]\d{0,11}", re.ASCII),
    "type": re.compile(r"[a-z]{1,20}/[a-z0-9][a-z0-9.+-]{0,99}", re.ASCII),
    "sort": re.compile("|".join(map(re.escape, ("", *SORTS)))),
}


class Files(Kind):
    """A list of {digest, name, size, sort, type}, all text: SHA-256 of the bytes in hexadecimal, the name as it came, how
    many bytes, what it shows (`SORTS`, or empty), and the type that its content has.

    The name can be erased, and the bytes with it; the rest stays on record.
    """

    name = "files"
    one_text = False
    comparable = False
    of_files = True
    inside = True
    own_words = False
    may_be_unknown = False
    hint = Text("可以一次选几个，也可以拖进来、粘贴或拍照", "several at once; drop, paste or take a photo")

    def from_yaml(self, node: Node, *, word: str) -> Value:
        """A short text stands for the text file of that name that holds its own name."""
        if isinstance(node, Scalar):
            return None if node == NOT_KNOWN else [named(str(node))]
        return super().from_yaml(node, word=word)

    def _item(self, node: Node, *, word: str) -> Value:
        return named(str(super()._item(node, word=word)))

    def from_form(self, filled: Filled, *, now: datetime, zone: str) -> Given | None:
        """Each text is one file as JSON, which a form gets from whoever stored it."""
        read = [_read(text) for text in filled.texts]
        once = [file for place, file in enumerate(read) if file not in read[:place]]
        return Given(once) if once else None

    def from_cell(self, cell: Cell) -> Value:
        """A log only names its files, so that each counts as one that holds its name."""
        value = [named(part) for part in cell.parts()]
        if (wrong := self.wrong(value, ())) is not None:
            cell.refuse(cell.text(), wrong)
        return value

    def wrong(self, value: Value, allowed: Sequence[str]) -> Text | None:
        if not holds_files(value):
            return Text("要传文件，只写名称不算", "has to be a file; its name alone is none")
        if len(value) > MOST:
            return Text(f"一次最多 {MOST} 个文件", f"at most {MOST} files at once")
        return next((wrong for file in value if (wrong := _wrong_file(file)) is not None), None)

    def in_words(self, value: Value, *, choices: Mapping[str, Text], names: Names) -> Text:
        """小票 IMG_0231.jpg、收条.pdf; one file alone as well."""
        if not isinstance(value, list):
            return _said(value)
        said = [_said(file) for file in value]
        return Text(listed([one.zh for one in said], "zh"), listed([one.en for one in said], "en"))


def as_typed(file: Mapping[str, str]) -> str:
    """A file as a form carries it."""
    return json.dumps(dict(file), ensure_ascii=False, sort_keys=True)


def files_typed(texts: Sequence[str]) -> list[dict[str, str]]:
    """The files that a form carries; what is none is left out."""
    return [file for text in texts if isinstance(file := _read(text), dict) and _wrong_file(file) is None]


def named(text: str) -> dict[str, str]:
    """The text file of this name that holds its own name: what stands for a file where there are no bytes."""
    content = text.encode(errors="replace")
    return {
        "digest": hashlib.sha256(content).hexdigest(),
        "name": text,
        "size": str(len(content)),
        "sort": "",
        "type": "text/plain",
    }


def holds_files(value: Value) -> bool:
    """Whether a value is made of files: what earlier editions took as the name of one is none."""
    return isinstance(value, list) and bool(value) and all(isinstance(one, Mapping) for one in value)


def parted(value: Value) -> tuple[list[dict[str, str]], list[str]]:
    """Files without their names, and the names."""
    bare = [{key: part for key, part in file.items() if key != "name"} for file in value]
    return bare, [file["name"] for file in value]


def joined(bare: Value, names: Value) -> list[dict[str, str]]:
    """The other way round; where the names were erased the files have none."""
    if not isinstance(names, list):
        return list(bare)
    return [{**file, "name": name} for file, name in zip(bare, names, strict=True)]


def title_of(file: Mapping[str, Any]) -> Text:
    """What a file is called: its name, or that it was erased."""
    name = file.get("name")
    return Text("已删除的文件", "erased file") if name is None else Text(str(name), str(name))


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _wrong_file(file: Any) -> Text | None:
    name = file.get("name")
    if sorted(map(str, file)) != list(KEYS) or not all(isinstance(part, str) for part in file.values()):
        return Text("文件的说明不完整，请重新上传", "what is said of a file is not whole; send it again")
    if any(_SHAPES[key].fullmatch(file[key]) is None for key in _SHAPES):
        return Text("文件的说明不对，请重新上传", "what is said of a file is wrong; send it again")
    return wrong_name(name)


def wrong_name(name: str) -> Text | None:
    """What is wrong with the name of a file: empty, too long, or with characters that nobody sees."""
    if not name.strip() or len(name) > LONGEST_NAME:
        return Text(f"文件名应有 1 到 {LONGEST_NAME} 个字", f"the name has 1 to {LONGEST_NAME} characters")
    if not name.isprintable() or "/" in name or "\\" in name:
        return Text("文件名里有看不见的字符或斜线", "its name holds unseen characters or slashes")
    return None


def _said(file: Any) -> Text:
    if not isinstance(file, Mapping):
        return Text(str(file), str(file))
    title, sort = title_of(file), SORTS.get(str(file.get("sort")))
    return title if sort is None else Text(f"{sort.zh} {title.zh}", f"{sort.en} {title.en}")


FILES: Final[Kind] = Files()
