"""Who complains, as one who registers looks for him: by name, first letters, last digits of the telephone."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Any, Final

from kesu.procedure.history.of_a_file import History
from kesu.procedure.words.names import FACT
from kesu.procedure.words.parts import CONTACT
from kesu.reading.grams import folded, initials

from ..folded.recorded import ERASED_VALUE

BETWEEN: Final = re.compile(r"[\s()（）·,，.]+")
LEGAL_FORM: Final = re.compile(r"(?:股份|有限|责任|集团|控股){1,4}公司$|(?:(?:co|inc|ltd|llc|gmbh))+$")
DIGITS: Final = 4  # of a telephone, as many as are shown
LONGEST: Final = 150


def customer_rows(history: History) -> Iterator[dict[str, Any]]:
    """One row for who complains, as it stands; none for somebody without a name, or whose name was erased."""
    name = history.value(FACT.COMPLAINANT)
    if not isinstance(name, str) or not name.strip() or name == ERASED_VALUE:
        return
    yield {
        "customer": customer_name(name),
        "name": name.strip()[:LONGEST],
        "called": called_alike(name)[:LONGEST],
        "initials": initials(name)[:LONGEST],
        "tail": _tail(history),
    }


def customer_name(name: str) -> str:
    """How a customer is named in addresses: his name itself is nobody's business there."""
    return hashlib.sha256(called_alike(name).encode()).hexdigest()[:24]


def called_alike(name: str) -> str:
    """What spellings of one name have in common: no width, case, spaces, brackets, and no legal form at its end."""
    plain = BETWEEN.sub("", folded(name))
    return LEGAL_FORM.sub("", plain) or plain or folded(name)


def _tail(history: History) -> str:
    """The last digits of a telephone that is on record; empty without one."""
    for word in sorted(CONTACT):
        value = history.value(word)
        digits = "".join(filter(str.isdigit, value)) if isinstance(value, str) and "@" not in value else ""
        if len(digits) > DIGITS:
            return digits[-DIGITS:]
    return ""
