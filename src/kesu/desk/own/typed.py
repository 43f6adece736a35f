"""Times that an administrator types into a form of the registers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from kesu.procedure.kinds.typed_times import calendar_day, moment

from ..who.here import Here


def instants(
    typed: Mapping[str, str], names: Sequence[str], here: Here
) -> tuple[dict[str, datetime], dict[str, str]]:
    """Those of `names` that were typed, as instants, and what is wrong beside each field.

    A day alone is its beginning, as `until` its end.
    """
    read: dict[str, datetime] = {}
    errors: dict[str, str] = {}
    for name in names:
        text = typed[name].strip()
        if not text:
            continue
        at = _instant(text, here, ends=name == "until")
        if at is None:
            errors[name] = _("Write a day or a time such as 3.6 17:10 or 2026-03-06.")
        else:
            read[name] = at
    return read, errors


def _instant(text: str, here: Here, *, ends: bool) -> datetime | None:
    day = calendar_day(text, now=here.now, zone=here.zone)
    if day is None:
        return moment(text, now=here.now, zone=here.zone)
    return datetime.combine(day + timedelta(days=ends), time(), ZoneInfo(here.zone))
