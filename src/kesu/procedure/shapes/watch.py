"""Counting over many cases: how many share a product and a batch within so many days (semantics 3.11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from kesu.names import FactName
from kesu.reading.keys import Keys, scalar
from kesu.reading.strict import Block, Scalar, fault
from kesu.reading.text import Text
from kesu.worktime.span import Span, SpanError, SpanRange, Unit

from ..kinds import kinds_that
from ..words import facts
from .abilities import Counts
from .abilities.many import FOR_EVER
from .shape import Spoken, Unjudged, Vocabulary
from .slots import AnyOf, Facts, Length, Plain, Slots, Steps, Value
from .timed import NO_LIMIT

DAYS: Mapping[Unit, int] = {Unit.NATURAL_DAYS: 1, Unit.CALENDAR_DAYS: 1, Unit.WEEKS: 7}


@dataclass(frozen=True, slots=True)
class Window:
    """So many consecutive local days, or all time."""

    span: Span | None

    @property
    def days(self) -> int:
        """How many days it has."""
        return FOR_EVER if self.span is None else self.span.whole * DAYS[self.span.unit]

    def label(self, lang: str) -> str:
        """As it stands in the sentence."""
        if self.span is None:
            return "累计" if lang == "zh" else "in all"
        return f"任何{self.span.label('zh')}之内" if lang == "zh" else f"within any {self.span.label('en')}"


@dataclass(frozen=True)
class Watch(Unjudged, Counts):
    """`watch: procedure, counts: step, by: [facts], at least: N, in: 7 natural days | no limit, follows: {fact: value}, leaves out: [steps]`.

    It judges no act: what becomes of it are entries in the watch's own file and in the files counted.
    """

    sign: ClassVar[str] = "watch"
    keys: ClassVar[frozenset[str]] = frozenset(
        {"watch", "counts", "by", "at least", "in", "follows", "leaves out"}
    )
    bars: ClassVar[bool] = False
    does: ClassVar[Text] = Text("计入", "counts in")

    procedure: str
    counts: str
    by: tuple[FactName, ...]
    least: int
    window: Window
    follows: tuple[str, str] | None = None
    leaves_out: tuple[str, ...] = ()

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> Watch:
        out = vocabulary.steps_of(keys, "leaves out") if keys.words("leaves out") else ()
        return cls(
            procedure=str(keys.text("watch")),
            counts=vocabulary.step(keys.text("counts")),
            by=_by(keys, vocabulary),
            least=_least(keys.text("at least")),
            window=_window(keys.text("in")),
            follows=_follows(keys, vocabulary),
            leaves_out=out,
        )

    @property
    def days(self) -> int:
        """How many consecutive local days a window has."""
        return self.window.days

    def speaks_of(self) -> Spoken:
        return Spoken(frozenset((self.counts, *self.leaves_out)), self.reads())

    def wording(self) -> str:
        effect = "promotes" if self.follows else "rule"
        return f"{effect} leaving out" if self.leaves_out else effect

    def slots(self) -> Slots:
        fact, value = self.follows or ("", "")
        return {
            "by": Facts(self.by),
            "counts": Steps((self.counts,)),
            "window": Length(self.window),
            "least": Plain(str(self.least)),
            "facts": Facts((fact,)),
            "value": Value(fact, value),
            "out": AnyOf(self.leaves_out),
        }


def _by(keys: Keys, vocabulary: Vocabulary) -> tuple[FactName, ...]:
    keys.need("by")
    return vocabulary.facts_of(keys, "by", kinds=kinds_that(lambda kind: kind.tells_alike))


def _least(text: Scalar) -> int:
    if not text.isdecimal() or not 0 < int(text) <= 10_000:
        raise fault(
            text,
            en=f"“at least” is a whole number of cases, not “{text}”",
            zh=f"“at least”应是案件的件数，不是“{text}”",
        )
    return int(text)


def _window(text: Scalar) -> Window:
    """Whole days only: an hour more or less must not decide whether a case counts."""
    if text == NO_LIMIT:
        return Window(None)
    try:
        span = Span.parse(text)
    except SpanError as error:
        raise fault(text, en=error.in_("en"), zh=error.in_("zh")) from None
    if isinstance(span, SpanRange) or span.unit not in DAYS:
        raise fault(
            text,
            en=f"a window is counted in natural days or weeks, or has no limit; “{text}” is neither",
            zh=f"统计窗口按自然日或周计算，或不设期限（no limit），不能写“{text}”",
        )
    return Window(span)


def _follows(keys: Keys, vocabulary: Vocabulary) -> tuple[str, str] | None:
    node = keys.get("follows")
    if node is None:
        return None
    if not isinstance(node, Block) or len(node) != 1:
        raise fault(node, en="“follows” takes one {fact: value}", zh="“follows”下只写一个 {事实: 值}")
    ((word, said),) = node.items()
    fact = vocabulary.fact(Scalar(word, node.file, node.lines[word]))
    value = scalar(said, what="“follows”")
    return fact, vocabulary.choice(value, of=fact) if facts()[fact].choices else str(value)
