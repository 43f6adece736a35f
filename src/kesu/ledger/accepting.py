"""What the host's owner decides about a ledger that is not as it was: that it counts as it stands, by name and reason."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from kesu.ledger.clock_watch import require_clock
from kesu.ledger.keys import mac_key
from kesu.ledger.logs import note_logs_anew
from kesu.ledger.macs import Macs
from kesu.ledger.marked import marks_path, standing_mark
from kesu.ledger.marks import MacsBegin, Mark, add, read_marks
from kesu.ledger.seal import first_stranger, seal


def accept(organisation: str, reason: str, now: datetime) -> Mark:
    """Takes what the ledger holds now as what counts, also entries that Kesu did not write; the line that says so.

    Those are sealed at once; codes are wanted from there on, under the key that is here, which is made where there is none.
    Raises what `seal` raises; the ledger is accepted then, and entries of others still wait.
    """
    require_clock()
    accepted = standing_mark(organisation, now, "accepted", reason)
    add(marks_path(), accepted)
    macs = Macs(mac_key(settings.LEDGER_MAC_KEY))
    size = accepted.size
    strange = first_stranger(organisation, macs) is not None
    if strange and (sealed := seal(organisation, now, of_anybody=True)):
        size = sealed.size
    marks = read_marks(marks_path())
    begun = marks.macs.get(organisation) if marks else None
    if strange or begun is None or begun.key != macs.key or begun.after > size:
        add(marks_path(), MacsBegin(organisation=organisation, after=size, key=macs.key, time=now))
    note_logs_anew(now)
    return accepted
