"""One way to write a value as bytes: RFC 8785 (JCS), within limits that make it unmistakable.

Allowed are text, whole numbers up to 2^53 - 1, true, false, null, lists and objects with text keys. Everything
else is refused here, because two programs would write it in two ways.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import orjson

Plain: TypeAlias = "str | int | bool | list[Plain] | dict[str, Plain] | None"

GREATEST = 2**53 - 1
DEEPEST = 32


class NotCanonical(ValueError):
    """The value has a part that has no single way to be written as bytes."""


def canonical(value: Mapping[str, Any]) -> bytes:
    """The bytes of an object: keys sorted, no white space, text as it came (no Unicode normalisation).

    Raises NotCanonical.
    """
    check(value, "entry", 0)
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def check(value: object, where: str, depth: int = 0) -> None:
    """Raises NotCanonical when it cannot be written; `where` is the path that is shown, such as `entry.facts.amount`."""
    kind = type(value)
    if kind is str:
        _check_text(value, where)  # type: ignore[arg-type]
    elif kind is int:
        if not -GREATEST <= value <= GREATEST:  # type: ignore[operator]
            raise NotCanonical(f"{where}: {value} is beyond 2^53 - 1; write it as text")
    elif value is None or kind is bool:
        return
    elif kind is dict or kind is list:
        _check_parts(value, where, depth)  # type: ignore[arg-type]
    elif kind is float:
        raise NotCanonical(f"{where}: {value} is a fraction; write amounts in their smallest unit or as text")
    else:
        raise NotCanonical(f"{where}: a {kind.__name__} cannot stand in the ledger; make it text first")


def _check_parts(value: dict[object, object] | list[object], where: str, depth: int) -> None:
    if depth >= DEEPEST:
        raise NotCanonical(f"{where}: nested more than {DEEPEST} levels deep")
    if isinstance(value, list):
        for place, part in enumerate(value):
            if not _is_plain(part):
                check(part, f"{where}[{place}]", depth + 1)
        return
    for key, part in value.items():
        if not _is_plain(key):
            _check_key(key, where)
        if part is not None and not _is_plain(part):
            check(part, f"{where}.{key}", depth + 1)


def _is_plain(part: object) -> bool:
    """Text in which nothing can be wrong: most of an entry, and told without a path to it."""
    return type(part) is str and part.isascii() and "\0" not in part


def _check_text(text: str, where: str) -> None:
    if "\0" in text or (not text.isascii() and any("\ud800" <= sign <= "\udfff" for sign in text)):
        raise NotCanonical(
            f"{where}: the text holds half a character or a NUL; take it out and send it again"
        )


def _check_key(key: object, where: str) -> None:
    if type(key) is not str:
        raise NotCanonical(f"{where}: the key {key!r} is not text")
    _check_text(key, f"{where}.{key!r}")
    # RFC 8785 sorts keys by UTF-16 units, orjson by code points: they differ only beyond the basic plane.
    if not key.isascii() and any(sign > "\uffff" for sign in key):
        raise NotCanonical(f"{where}: the key {key!r} holds a character beyond U+FFFF; choose another name")
