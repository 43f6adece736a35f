"""Python loads this before anything else in the processes that a test of clocks starts: it sets the clock that Kesu reads.

By how many seconds stands in the file that KESU_TEST_CLOCK names, and may change while the process runs. Nothing of Kesu
itself knows of it.
"""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.utils import timezone

from kesu.ledger import machine_clock


def moved() -> datetime:
    return datetime.now(UTC) + timedelta(seconds=float(Path(os.environ["KESU_TEST_CLOCK"]).read_text()))


machine_clock.now = timezone.now = moved  # type: ignore[assignment]
