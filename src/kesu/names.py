"""Names that look like text and are not: each its own type, so that one cannot stand where another belongs.

They are strings at run time: written to the ledger, to rows and to pages as they are.
"""

from __future__ import annotations

from typing import Final, NewType

StepName = NewType("StepName", str)  # a step that the words know, “received”
FactName = NewType("FactName", str)  # a fact that the words know, “topic”
RuleName = NewType("RuleName", str)  # a rule of a procedure, “answer in time”
PostName = NewType("PostName", str)  # a post of a procedure or of the office, “quality manager”
PersonId = NewType("PersonId", str)  # a person of an organisation, by an opaque id
FileName = NewType("FileName", str)  # a file of the ledger, “case/3f…”, “post/quality manager”

# Whoever complains, where he acts himself and nobody notes it for him: one in each file, and no person of the house.
OUTSIDER: Final = PersonId("complainant")
