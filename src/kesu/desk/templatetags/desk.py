"""How texts, times and facts are written on a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import template
from django.template import Context
from django.template.base import Node, NodeList, Parser, TextNode, Token
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from kesu.caseload.asking.opened import CaseView
from kesu.casework.deciding.decide import Actor
from kesu.forms.standing_of_a_person.in_words import actors_in_words
from kesu.procedure import words
from kesu.procedure.words.names import FACT
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Text
from kesu.worktime.span import Span
from kesu.worktime.until import Until
from kesu.worktime.wording import clock, en_date, zh_date

from ..who.here import spoken
from .chips import CHIPS

register = template.Library()
ZONE = "Asia/Shanghai"  # of pages that belong to no organisation
LINE_BREAK: Final = re.compile(r"\s*\n\s*")

FORCES = {
    "refuse": Text("不办", "refused"),
    "reason": Text("说明理由可以办", "with a reason"),
    "show": Text("照办，注明", "done and shown"),
}

MODES = {"whole": Text("整批核对", "as a whole"), "line": Text("逐项核对", "line by line")}


@register.filter
def say(text: Text | str | None) -> str:
    """A text of the house in the language of the page."""
    if text is None:
        return ""
    return text.in_(spoken()) if isinstance(text, Text) else str(text)


@register.filter
def brackets(text: Text | str | None) -> str:
    """A text in brackets of the language of the page; nothing for nothing."""
    said_ = say(text)
    if not said_:
        return ""
    return f"（{said_}）" if spoken() == "zh" else f" ({said_})"


@register.filter
def clauses(names: Iterable[str]) -> str:
    """Clause numbers in brackets, as a refusal gives them."""
    listed = list(names)
    if not listed:
        return ""
    return f"（{'、'.join(listed)}）" if spoken() == "zh" else f" ({', '.join(listed)})"


@register.filter
def in_a_row(names: Iterable[str]) -> str:
    """Names with a comma of the language of the page between them."""
    return comma().join(names)


@register.simple_tag
def colon() -> str:
    """The colon between a title and what it is about."""
    return pgettext("colon", ": ")


@register.simple_tag
def comma() -> str:
    """The comma between two names."""
    return pgettext("between names", ", ")


@register.simple_tag
def full_stop() -> str:
    """The end of a sentence that is put together from several texts."""
    return pgettext("full stop", ".")


class Unbroken(Node):
    """Parts of a template that stand together."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist
        for node in nodelist.get_nodes_by_type(TextNode):
            assert isinstance(node, TextNode)
            node.s = LINE_BREAK.sub("", node.s)

    def render(self, context: Context) -> SafeString:
        """They, one after the other."""
        return self.nodelist.render(context)


@register.tag
def unbroken(parser: Parser, token: Token) -> Unbroken:
    """Up to `endunbroken`: line breaks of the template, with the white space round them, are not written.

    For what has to stand together without a space, as Chinese does, and yet is too long for one line.
    """
    nodelist = parser.parse(("endunbroken",))
    parser.delete_first_token()
    return Unbroken(nodelist)


@register.simple_tag(takes_context=True)
def part(context: Context, name: str, **values: Any) -> SafeString:
    """A part in the midst of a line, with these values: without the white space before and after it."""
    engine = context.template.engine  # type: ignore[union-attr]
    with context.push(**values):
        return mark_safe(engine.get_template(f"desk/parts/{name}.html").render(context).strip())


@register.simple_tag(takes_context=True)
def chip(context: Context, name: str) -> SafeString:
    """The label of this name (see CHIPS); nothing for a name that has none."""
    return part(context, "chip", chip=CHIPS[name]) if name in CHIPS else SafeString()


@register.simple_tag(takes_context=True)
def until(context: Context, end: Until, short: bool = False) -> str:
    """Until when: the last day where the limit ends with a day, else the instant."""
    return day(end.day, short=short) if end.whole_day else moment(context, end.at, short=short)


@register.simple_tag(takes_context=True)
def moment(context: Context, value: datetime | None, short: bool = False) -> SafeString | str:
    """An instant as people write it; the machine-readable form and the full date stand in the element."""
    if value is None:
        return ""
    here = context.get("here")
    local = value.astimezone(ZoneInfo(here.zone if here else ZONE))
    full = f"{_day(local.date(), year=True)} {clock(local)}"
    text = f"{_day(local.date(), year=not short)} {local:%H:%M}"
    return format_html('<time datetime="{}" title="{}">{}</time>', local.isoformat(), full, text)


@register.simple_tag
def day(value: date | None, short: bool = False) -> SafeString | str:
    """A date with its weekday."""
    if value is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), _day(value, year=not short))


def _day(value: date, *, year: bool) -> str:
    return zh_date(value, year=year) if spoken() == "zh" else en_date(value, year=year)


@register.filter
def slug(step: str) -> str:
    """A step as part of an address."""
    return step.replace(" ", "-")


@register.filter
def ident(file: str) -> str:
    """A file as part of an address: its name without the kind before it."""
    return file.partition("/")[2] or file


@register.filter
def value_of(values: Mapping[str, object], name: str) -> object:
    """What stands under a name in a table; nothing where nothing does."""
    return values.get(name, "")


@register.simple_tag(takes_context=True)
def takers(context: Context, actors: Iterable[Actor]) -> str:
    """Who can take a step: names with posts."""
    view: CaseView = context["view"]
    return actors_in_words(list(actors), view.case, view.directory).in_(spoken())


@register.simple_tag
def setting_value(value: object, procedure: Procedure) -> str:
    """The value of a setting: posts, topics and spans in words."""
    parts = value if isinstance(value, list | tuple) else [value]
    return ("、" if spoken() == "zh" else ", ").join(_setting(str(item), procedure) for item in parts)


def _setting(text: str, procedure: Procedure) -> str:
    if text in procedure.posts:
        return procedure.title_of(text).in_(spoken())
    topics = words.facts()[FACT.TOPIC].choices
    if text in topics:
        return topics[text].in_(spoken())
    if text in FORCES:
        return FORCES[text].in_(spoken())
    if text in MODES:
        return MODES[text].in_(spoken())
    try:
        return Span.parse(text).label(spoken())
    except ValueError:
        return text
