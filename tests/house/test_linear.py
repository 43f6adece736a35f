"""What people type costs no more than its length: every pattern of the sources, and every reader of typed text, gets 100 kB.

A pattern whose time grows with the square of its text stops the whole server for minutes by one link that somebody opens.
Time is counted as work of this thread, so that a busy machine changes nothing.
"""

from __future__ import annotations

import ast
import importlib
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from types import FrameType
from zoneinfo import ZoneInfo

import pytest

from kesu.caseload.acting.barred import QUOTED
from kesu.caseload.folded.masking import masked
from kesu.forms.fields.line_rows import LineRow
from kesu.procedure import words
from kesu.procedure.kinds import Filled
from kesu.procedure.kinds.alike import alike
from kesu.procedure.kinds.line_sums import figure
from kesu.procedure.kinds.typed_times import calendar_day, moment
from kesu.worktime.span import Span, SpanError

SOURCE = Path(__file__).parents[2] / "src"
LENGTH = 100_000
ALLOWED = 0.2  # seconds of work
STOPPED = 1.0  # seconds after which a reading is given up: it counts as too long
NOW = datetime(2026, 3, 9, 10, 20, tzinfo=ZoneInfo("Asia/Shanghai"))

# Modules whose patterns meet nothing but files of this project itself.
OWN_TEXT = {
    "kesu.desk.frame.unbroken": "templates",
    "kesu.site.translations": "catalogues of translations, templates",
    "kesu.demo.timetable": "the demo's files",
    "kesu.ledger.oneway": "statements that Kesu itself sends to the database",
    "kesu.ledger.role": "the name of a role, given by whoever runs the server",
}
PIECES = (
    *" \t\n.,:;-+/'\"()[]<>{}#*=_0a月点时年",
    "“", "”", "：", "，", "上午", "12", "1.", "1:", "0.", " -", "- ", "ab", "<a", "“a", "”“", "24:", "￥", "%(", "\\u",
    "case/", "１", "一", "十", "the value of “", "“a” of ", "$today-", "2026-03-", " to ",
)  # fmt: skip
WAYS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub")
ENDS = ("x", "”\n")


class TooLong(AssertionError):
    """The reading was given up."""


@contextmanager
def given_up() -> Iterator[None]:
    """Raises TooLong inside the block when it has worked too long; the engine of patterns looks at signals too."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooLong(f"given up after {STOPPED} s")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, STOPPED)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def cost(read: Callable[[], object]) -> float:
    """Seconds of work, at best of two."""
    took = []
    for _ in range(2):
        begun = time.thread_time()
        try:
            with given_up():
                read()
        except TooLong:
            return STOPPED
        took.append(time.thread_time() - begun)
        if took[-1] < ALLOWED:
            break
    return min(took)


def texts() -> Iterator[str]:
    """100 kB of one piece, with an end that may not fit, and with a number or a word before it."""
    for piece in PIECES:
        long = piece * (LENGTH // len(piece))
        for end in ENDS:
            yield long + end
        yield "1:" + long + "x"
        yield "“" + long


def patterns() -> list[tuple[str, str, int, tuple[str, ...]]]:
    """Every pattern that the sources write out: module, pattern, flags, and the ways in which it is held against texts."""
    found: dict[tuple[str, str], tuple[int, tuple[str, ...]]] = {}
    for path in sorted(SOURCE.rglob("kesu/**/*.py")):
        name = ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")
        source = path.read_text(encoding="utf-8")
        uses = [node for node in ast.walk(ast.parse(source)) if _uses(node)]
        if not uses or name in OWN_TEXT or name.startswith("kesu.cli.reference"):
            continue
        for variable, made in vars(importlib.import_module(name)).items():
            if isinstance(made, re.Pattern) and isinstance(made.pattern, str):
                ways = set(re.findall(rf"\b{variable}\.({'|'.join(WAYS)})\(", source))
                found[name, made.pattern] = (made.flags, tuple(sorted(ways)) or WAYS)
        for node in uses:
            assert isinstance(node, ast.Call)
            if node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
                assert isinstance(node.func, ast.Attribute)
                way = (node.func.attr,) if node.func.attr in WAYS else WAYS
                found.setdefault((name, node.args[0].value), (0, way))
    return sorted((*key, *how) for key, how in found.items())


def _uses(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
    )


@pytest.mark.parametrize(
    ("module", "pattern", "flags", "ways"),
    [
        pytest.param(*one, id=f"{one[0].removeprefix('kesu.')}-{number}")
        for number, one in enumerate(patterns())
    ],
)
def test_no_pattern_takes_more_than_the_length_of_its_text(
    module: str, pattern: str, flags: int, ways: tuple[str, ...]
) -> None:
    compiled = re.compile(pattern, flags)
    for way in ways:
        begin = partial(getattr(compiled, way), *([""] if way == "sub" else []))
        slow = (text for text in texts() if cost(partial(begin, text)) > ALLOWED)
        text = next(slow, None)
        assert text is None, f"{module}: {pattern} by {way} on {text[:12]!r}…{text[-6:]!r}"


def _span(text: str) -> object:
    try:
        return Span.parse(text)
    except SpanError:
        return None


READERS: dict[str, Callable[[str], object]] = {
    "a moment": partial(moment, now=NOW, zone="Asia/Shanghai"),
    "a day": partial(calendar_day, now=NOW, zone="Asia/Shanghai"),
    "a span": _span,
    "a name to compare": alike,
    "a quantity": figure,
    "a row of a table": lambda text: LineRow(text, text, text).read(),
    "a masked value": masked,
    "a refusal written down": lambda text: QUOTED.sub("…", text),
    **{
        f"the kind of “{fact.name}”": lambda text, kind=fact.kind: kind.from_form(
            Filled(texts=[text], answers={}, rows=[]), now=NOW, zone="Asia/Shanghai"
        )
        for fact in {one.kind.__class__: one for one in words.facts().values()}.values()
    },
}


@pytest.mark.parametrize("reader", READERS)
def test_no_reader_of_typed_text_takes_more_than_its_length(reader: str) -> None:
    slow = next((text for text in texts() if cost(partial(READERS[reader], text)) > ALLOWED), None)
    assert slow is None, f"{slow[:12]!r}…{slow[-6:]!r}"
