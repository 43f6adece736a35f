"""On every page, as long as it holds: that the server's clock is not written by, why, and what to do."""

from __future__ import annotations

from django.utils.translation import get_language

from kesu.ledger.clock_doubt import ClockInDoubt
from kesu.ledger.clock_watch import clock_doubt


def clock_notice() -> str:
    """The sentence, without its full stop; nothing while the clock is relied on."""
    doubt = clock_doubt()
    return (
        ""
        if doubt is None
        else ClockInDoubt(doubt).in_("en" if (get_language() or "").startswith("en") else "zh")
    )
