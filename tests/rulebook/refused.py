"""What the reader says to a file that it does not take."""

from __future__ import annotations

import pytest
from tests.rulebook.small import text_of, written

from kesu.reading.strict import ReadError


def refused(*rules: str, more: str = "") -> tuple[str, str]:
    """The message in English and Chinese, without the place, which `refused_at` gives."""
    with pytest.raises(ReadError) as caught:
        written(*rules, more=more)
    return caught.value.en, caught.value.zh


def refused_at(*rules: str, more: str = "") -> str:
    """The line of the file that is called wrong, as it stands there."""
    with pytest.raises(ReadError) as caught:
        written(*rules, more=more)
    assert caught.value.file == "small.yaml"
    return text_of(*rules, more=more).splitlines()[caught.value.line - 1].strip()
