"""How texts, times and facts are written on a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import cache
from urllib.parse import urlencode

from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext, pgettext
from markupsafe import Markup

from kesu.caseload.asking.opened import CaseView
from kesu.casework.deciding.decide import Actor
from kesu.forms.standing_of_a_person.in_words import actors_in_words
from kesu.names import StepName
from kesu.procedure import words
from kesu.procedure.shapes.abilities.persons import EVERYBODY
from kesu.procedure.words.names import FACT
from kesu.procedure.written.model import Procedure
from kesu.procedure.written.paper_numbers import paper_numbers
from kesu.reading.text import Lang, Text, listed
from kesu.worktime.span import Span
from kesu.worktime.until import Until
from kesu.worktime.wording import clock, en_date, zh_date

from ..who.here import present, spoken
from .chips import CHIPS

LABEL = Markup('<span class="chip{}">{}{}</span>')
INSTANT = Markup('<time datetime="{}" title="{}">{}</time>')
DATE = Markup('<time datetime="{}">{}</time>')

FORCES = {
    "refuse": Text("不办", "refused"),
    "reason": Text("说明理由可以办", "with a reason"),
    "show": Text("照办，注明", "done and shown"),
}

MODES = {"whole": Text("整批核对", "as a whole"), "line": Text("逐项核对", "line by line")}

ANYBODY = {EVERYBODY: Text("看得到案卷的人都可以", "whoever sees the file")}


_page: ContextVar[Lang | None] = ContextVar("page", default=None)


@contextmanager
def written_in(lang: Lang) -> Iterator[None]:
    """Meanwhile everything here is said in this language, which has to be that of the request.

    Django looks the language of a request up anew for each text; a page says a thousand.
    """
    before = _page.set(lang)
    try:
        yield
    finally:
        _page.reset(before)


def _language() -> Lang:
    return _page.get() or spoken()


def translated(text: str) -> Markup:
    """A text of a template in the language of the page; what a catalogue holds is as trusted as the template."""
    return _translated(text, _language())


@cache
def _translated(text: str, lang: Lang) -> Markup:
    return Markup(gettext(text))


def say(text: Text | str | None) -> str:
    """A text of the house in the language of the page."""
    if text is None:
        return ""
    return text.in_(_language()) if isinstance(text, Text) else str(text)


def brackets(text: Text | str | None) -> str:
    """A text in brackets of the language of the page; nothing for nothing."""
    said_ = say(text)
    if not said_:
        return ""
    return f"（{said_}）" if _language() == "zh" else f" ({said_})"


def clauses(names: Iterable[str]) -> str:
    """The numbers of clauses in their paper, in brackets, as a refusal gives them."""
    numbers = paper_numbers(names)
    if not numbers:
        return ""
    return f"（{'、'.join(numbers)}）" if _language() == "zh" else f" ({', '.join(numbers)})"


def numbers(names: Iterable[str]) -> str:
    """The same numbers without brackets."""
    return comma().join(paper_numbers(names))


def in_a_row(names: Iterable[str]) -> str:
    """Names with a comma of the language of the page between them."""
    return comma().join(names)


def colon() -> str:
    """The colon between a title and what it is about."""
    return pgettext("colon", ": ")


def comma() -> str:
    """The comma between two names."""
    return pgettext("between names", ", ")


def full_stop() -> str:
    """The end of a sentence that is put together from several texts."""
    return pgettext("full stop", ".")


def chip(name: str) -> Markup:
    """The label of this name (see CHIPS); nothing for a name that has none."""
    return _label(name, _language())


@cache
def _label(name: str, lang: Lang) -> Markup:
    if name not in CHIPS:
        return Markup()
    one = CHIPS[name]
    looks, mark = f" {one.looks}" if one.looks else "", f"{one.mark} " if one.mark else ""
    return LABEL.format(looks, mark, one.word)


def until(end: Until, short: bool = False) -> Markup:
    """Until when: the last day where the limit ends with a day, else the instant."""
    return day(end.day, short=short) if end.whole_day else moment(end.at, short=short)


def in_full_until(end: Until) -> str:
    """Until when, in full and without an element, for where none can stand."""
    local = end.at.astimezone(get_current_timezone())
    return _day(end.day, year=True) if end.whole_day else _at(local, clock(local), year=True)


def moment(value: datetime | None, short: bool = False) -> Markup:
    """An instant in the zone of the page; the machine-readable form and the full date stand in the element."""
    if value is None:
        return Markup()
    local = value.astimezone(get_current_timezone())
    full = _at(local, clock(local), year=True)
    text = _at(local, f"{local:%H:%M}", year=not short)
    return INSTANT.format(local.isoformat(), full, text)


def draft_kept(saved: datetime) -> str:
    """When a draft was kept, in the zone of the page: the time, and the day where it is another."""
    local = saved.astimezone(get_current_timezone())
    is_today = local.date() == present().astimezone(local.tzinfo).date()
    when = f"{local:%H:%M}" if is_today else _at(local, f"{local:%H:%M}", year=False)
    return gettext("Draft kept %(when)s, visible to you alone") % {"when": when}


def _at(local: datetime, clock_said: str, *, year: bool) -> str:
    """A day and a time; in Chinese the day ends in a full-width bracket, which wants no blank."""
    between = "" if _language() == "zh" else " "
    return f"{_day(local.date(), year=year)}{between}{clock_said}"


def day(value: date | None, short: bool = False) -> Markup:
    """A date with its weekday."""
    if value is None:
        return Markup()
    return DATE.format(value.isoformat(), _day(value, year=not short))


def _day(value: date, *, year: bool) -> str:
    return zh_date(value, year=year) if _language() == "zh" else en_date(value, year=year)


def slug(step: str) -> str:
    """A step as part of an address."""
    return step.replace(" ", "-")


def queried(begins: Iterable[tuple[str, Text]]) -> str:
    """What a form begins with, as the end of its address."""
    return urlencode({f"f-{slug(name)}": say(value) for name, value in begins})


def ident(file: str) -> str:
    """A file as part of an address: its name without the kind before it."""
    return file.partition("/")[2] or file


def takers(actors: Iterable[Actor], view: CaseView) -> str:
    """Who can take a step of this case: names with posts."""
    return actors_in_words(list(actors), view.case, view.directory).in_(_language())


def setting_value(value: str, procedure: Procedure) -> str:
    """The value of a setting: posts, topics and spans in words; several are held in one text with commas between."""
    return listed([_setting(part, procedure) for part in value.split(", ")], _language())


def _setting(text: str, procedure: Procedure) -> str:
    if text in procedure.posts:
        return procedure.title_of(text).in_(_language())
    if text in procedure.steps:
        return procedure.steps[StepName(text)].title.in_(_language())
    choices = (word.choices for word in words.facts().values())
    for said in (words.facts()[FACT.TOPIC].choices, FORCES, MODES, ANYBODY, *choices):
        if text in said:
            return said[text].in_(_language())
    try:
        return Span.parse(text).label(_language())
    except ValueError:
        return text


def size(bytes_: str) -> str:
    """How large a file is: 640 B, 12 kB, 1.4 MB."""
    count = int(bytes_)
    if count < 1000:
        return f"{count} B"
    return f"{count / 1000:.0f} kB" if count < 10**6 else f"{count / 10**6:.1f} MB"
