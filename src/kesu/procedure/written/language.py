"""Which language an edition is written in."""

from __future__ import annotations

from typing import Final

# What a text of a procedure means may change with Kesu; an edition in force keeps the meaning of its time, which its text in
# the ledger names. 1: Kesu 0.1, where a fact stood as whatever act said it last, and any entry was mended by its post or the
# owner. 2: a fact belongs to the steps that ask it; a correction is judged as the act that it touches; a missing figure is
# not known, and lists are held against each other over all acts; “not known” is an answer only where the outside world tells; what is
# noted in the name of another waits for his confirmation where it decides.
LANGUAGE: Final = 2
