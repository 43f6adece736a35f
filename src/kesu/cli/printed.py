"""What commands print for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping


def as_json(value: object) -> None:
    """Prints one JSON document, readable in a terminal: Chinese as Chinese, two spaces of indent."""
    print(_dumped(value))


def as_json_with_list(
    before: Mapping[str, object], name: str, items: Iterable[str], after: Mapping[str, object]
) -> None:
    """Prints one object as `as_json` would: its first members, a list under `name`, its last members.

    `items` is the list in pieces, made of what `as_item` gives, with commas between; it may be longer than memory is.
    """
    print(_dumped(before).removesuffix("\n}"), end=f',\n  "{name}": [')
    end = "]"
    for piece in items:
        print("\n" if end == "]" else "", piece, sep="", end="")
        end = "\n  ]"
    print(end, end="")
    for key, value in after.items():
        print(f",\n  {json.dumps(key)}: ", _inside(value, "  "), sep="", end="")
    print("\n}")


def as_item(value: object) -> str:
    """One item of the list of `as_json_with_list`."""
    return "    " + _inside(value, "    ")


def _inside(value: object, indent: str) -> str:
    return _dumped(value).replace("\n", "\n" + indent)


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
