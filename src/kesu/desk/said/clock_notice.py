"""On every page, as long as it holds: that the server's clock is not written by, why, and what to do."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import get_language

from kesu.ledger.clock_doubt import ClockInDoubt
from kesu.ledger.clock_watch import doubt_for


def clock_notice(organisation: str) -> str:
    """The sentence for somebody of an organisation (“”: of none), without its full stop; nothing while the clock is relied on."""
    doubt = doubt_for(organisation, timezone.now())
    lang = "en" if (get_language() or "").startswith("en") else "zh"
    return "" if doubt is None else ClockInDoubt(doubt).in_(lang)
