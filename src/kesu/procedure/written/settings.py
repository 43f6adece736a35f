"""Whether the value of a setting is of its kind, so that a rule in which it stands can be read."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Final

from kesu.reading.keys import known_word
from kesu.reading.strict import Node, Scalar, fault, suggestion
from kesu.worktime.span import Span, SpanError

from .. import words
from ..history.periods import PERIODS, ROLLS, period_of
from ..kinds.line_sums import MODES
from ..kinds.price_list import NO_LIST, price_list
from ..shapes.timed import NO_LIMIT

NOT_ASKED: Final = "not asked"  # takes out the rules that speak of it
FORCES: Final = ("refuse", "reason", "show")
KINDS: Final = (
    "span",
    "money",
    "number",
    "force",
    "mode",
    "period",
    "roll",
    "post",
    "posts",
    "prices",
    "text",
)


def checked_setting(value: str, *, kind: Scalar | None, node: Node) -> str:
    """The value, if it is of this kind. Raises ReadError where the value stands."""
    name = "text" if kind is None else str(kind)
    if value == NOT_ASKED:
        return value
    match name:
        case "span":
            _span(value, node)
        case "money" | "number":
            _number(value, node)
        case "force":
            known_word(
                Scalar(value, getattr(node, "file", ""), getattr(node, "line", 0)), FORCES, what="the force"
            )
        case "mode":
            known_word(
                Scalar(value, getattr(node, "file", ""), getattr(node, "line", 0)), MODES, what="the mode"
            )
        case "roll":
            known_word(
                Scalar(value, getattr(node, "file", ""), getattr(node, "line", 0)), ROLLS, what="“roll”"
            )
        case "period":
            _period(value, node)
        case "prices":
            _prices(value, node)
        case "post" | "posts" | "text":
            pass
        case _:
            _choice(value, name, Scalar(name) if kind is None else kind, node)
    return value


def _span(value: str, node: Node) -> None:
    if value == NO_LIMIT:
        return
    try:
        Span.parse(value)
    except SpanError as error:
        raise fault(node, en=error.in_("en"), zh=error.in_("zh")) from None


def _period(value: str, node: Node) -> None:
    if period_of(value) is None:
        raise fault(
            node,
            en=f"“{value}” is no period; there are {PERIODS}",
            zh=f"没有“{value}”这种周期；可以写 {PERIODS}",
        )


def _prices(value: str, node: Node) -> None:
    if price_list(value) is None:
        raise fault(
            node,
            en=f"“{value}” is no price list; write “article = 5.50; article = 6”, or “{NO_LIST}”",
            zh=f"“{value}”不是价目表；请写“品名 = 5.50; 品名 = 6”，没有的写“{NO_LIST}”",
        )


def _number(value: str, node: Node) -> None:
    try:
        right = Decimal(value).is_finite()
    except InvalidOperation:
        right = False
    if not right:
        raise fault(node, en=f"a number is wanted, not “{value}”", zh=f"应是数字，不是“{value}”")


def _choice(value: str, kind: str, kind_node: Scalar, node: Node) -> None:
    """Kinds may be written “topic list”, “list of topic” or “choice of topic”: values among the choices of a fact."""
    fact = kind.removeprefix("choice of ").removeprefix("list of ").removesuffix(" list")
    word = words.facts().get(fact) if fact != kind else None
    if word is None:
        en, zh = suggestion(kind, (*KINDS, "topic list"))
        raise fault(kind_node, en=f"no setting is of the kind “{kind}”{en}", zh=f"没有“{kind}”这种设定{zh}")
    for one in value.split(", "):
        place = Scalar(one, getattr(node, "file", ""), getattr(node, "line", 0))
        known_word(place, word.choices, what=f"the value of “{fact}”")
