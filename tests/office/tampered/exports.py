"""What somebody does to an export that he holds: each line and each part of it changed, cut, doubled, moved; seals stripped."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from tests.office.tampered.ways import NothingChanged

Line = dict[str, Any]
Lines = list[Line]
Change = Callable[[Lines], None]
PLACES = ("first", "middle", "last")
SAYS_NOTHING = {
    ("entry", "values"),  # personal values may be left out by whoever passes an export on
    ("waiting entry", "values"),
    ("waiting entry", "proof"),  # there is none of what is not sealed
    ("kesu", "personal"),  # whether there are any: each line has its own
}


def of_an_export(lines: Lines) -> Iterator[tuple[str, Change, bool]]:
    """What is done, the doing, and whether it has to be named; generated over the kinds of lines that there are."""
    for kind in sorted({kind_of(line) for line in lines}):
        for place in PLACES:
            where = f"{place} {kind}"
            yield f"{where}: gone", partial(_gone, kind, place), True
            yield f"{where}: twice", partial(_twice, kind, place), True
            yield f"{where}: after the next", partial(_moved, kind, place), True
            for key in sorted(_one(lines, kind, place)):
                named = (kind, key) not in SAYS_NOTHING
                for what in VALUES:
                    yield f"{where}, {key}: {what}", partial(_changed, kind, place, key, what), named
            if kind == "entry":
                yield f"{where}: other facts", partial(_rewritten, place, rehashed=False), True
                yield f"{where}: other facts and digest", partial(_rewritten, place, rehashed=True), True
    waiting = len(_places(lines, "waiting entry"))  # what is not sealed yet can be cut from the end
    for cut in range(1, min(11, waiting + len(_places(lines, "entry"))) + 1):
        yield f"the last {cut} entries gone, counted anew", partial(_cut, cut), cut > waiting
    yield "all checkpoints stripped, nothing sealed", _stripped, True
    yield "the newest checkpoint gone", _without_newest, True


VALUES: dict[str, Callable[[Any], Any]] = {
    "gone": lambda was: ...,
    "nothing": lambda was: None,
    "another": lambda was: _another(was),
    "of another kind": lambda was: ["x"] if not isinstance(was, list) else "x",
    "a number without end": lambda was: 10**30,
}


def kind_of(line: Line) -> str:
    """Head, checkpoint, entry (waiting ones apart), or what else its first key says."""
    if "entry" in line:
        return "entry" if line["leaf"] is not None else "waiting entry"
    return next(iter(line))


def _another(was: Any) -> Any:
    match was:
        case None:
            return 1
        case bool():
            return not was
        case int():
            return was + 1
        case str():
            return was[:-1] + ("0" if was[-1:] != "0" else "1")
        case list():
            return was[:-1] if was else ["00"]
    return {**was, next(iter(was), "x"): 999}


def _places(lines: Lines, kind: str) -> list[int]:
    return [number for number, line in enumerate(lines) if kind_of(line) == kind]


def _at(lines: Lines, kind: str, place: str) -> int:
    found = _places(lines, kind)
    return found[{"first": 0, "middle": len(found) // 2, "last": -1}[place]]


def _one(lines: Lines, kind: str, place: str) -> Line:
    return lines[_at(lines, kind, place)]


def _gone(kind: str, place: str, lines: Lines) -> None:
    del lines[_at(lines, kind, place)]


def _twice(kind: str, place: str, lines: Lines) -> None:
    number = _at(lines, kind, place)
    lines.insert(number, lines[number])


def _moved(kind: str, place: str, lines: Lines) -> None:
    number = _at(lines, kind, place)
    if number + 1 == len(lines) or kind_of(lines[number + 1]) != kind:
        raise NothingChanged
    lines.insert(number + 1, lines.pop(number))


def _changed(kind: str, place: str, key: str, what: str, lines: Lines) -> None:
    number = _at(lines, kind, place)
    line = dict(lines[number])
    value = VALUES[what](line[key])
    if value == line[key]:
        raise NothingChanged
    if value is ...:
        del line[key]
    else:
        line[key] = value
    lines[number] = line


def _rewritten(place: str, lines: Lines, *, rehashed: bool) -> None:
    number = _at(lines, "entry", place)
    body = json.loads(lines[number]["entry"])
    text = json.dumps(
        body | {"facts": {"account": "forged"}}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    lines[number] = lines[number] | {"entry": text}
    if rehashed:
        lines[number]["digest"] = hashlib.sha256(text.encode()).hexdigest()


def _cut(count: int, lines: Lines) -> None:
    """Entries with the smallest loss first, and an end that counts what is left."""
    for number in sorted((*_places(lines, "entry"), *_places(lines, "waiting entry")))[-count:][::-1]:
        del lines[number]
    _counted(lines)


def _stripped(lines: Lines) -> None:
    lines[:] = [line | {"leaf": None} if "entry" in line else line for line in lines if "body" not in line]
    _counted(lines)


def _without_newest(lines: Lines) -> None:
    del lines[_at(lines, "checkpoint", "last")]
    _counted(lines)


def _counted(lines: Lines) -> None:
    entries = sum("entry" in line for line in lines)
    checkpoints = sum("body" in line for line in lines)
    lines[-1] = {"end": {"entries": entries, "checkpoints": checkpoints}}
