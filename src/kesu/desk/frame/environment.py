"""How templates are read: what they can call, in which language they speak, and that they say what they lack."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined

from ..said import on_page, states
from ..said.clock_notice import clock_notice
from ..said.edition_notice import edition_notices
from .assets import asset
from .unbroken import Unbroken

FILTERS = (
    on_page.say,
    on_page.size,
    on_page.brackets,
    on_page.clauses,
    on_page.in_a_row,
    on_page.numbers,
    on_page.slug,
    on_page.ident,
    on_page.queried,
)
CALLED = (
    clock_notice,
    edition_notices,
    on_page.chip,
    on_page.colon,
    on_page.comma,
    on_page.day,
    on_page.draft_kept,
    on_page.full_stop,
    on_page.moment,
    on_page.in_full_until,
    on_page.setting_value,
    on_page.takers,
    on_page.until,
    states.state_looks,
    states.state_sign,
    asset,
)


@lru_cache(maxsize=10_000)
def url(name: str, *parts: object) -> str:
    """The address of a page; `parts` are what stands in it, in its order. A page holds hundreds, most of them on every look."""
    return reverse(name, args=parts)


def environment(**options: Any) -> Environment:
    """The environment of the desk's templates; `options` come from Django, and from the settings.

    A template that asks for what it was not given, or for what a value does not have, raises UndefinedError.
    """
    made = Environment(
        **{**options, "undefined": StrictUndefined, "extensions": ["jinja2.ext.i18n", Unbroken]}
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    made.filters.update({one.__name__: one for one in FILTERS})
    made.globals.update({one.__name__: one for one in CALLED} | {"_": on_page.translated, "url": url})
    return made
