"""Who read which confidential case: a line of the log, at most once an hour for a person and a case."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.http import HttpRequest

from kesu.caseload.asking.opened import CaseView
from kesu.casework.file.case_file import CaseFile
from kesu.casework.file.roles_in_file import apart, open_to

from ..models import Access
from ..who.access import CASE_READ, note_access
from ..who.here import Here

ONCE_IN: Final = timedelta(hours=1)


def is_confidential(file: CaseFile) -> bool:
    """Whether somebody has to stay out of it, or a post of its own procedure does not see it."""
    kept = apart(file)
    if kept.persons or kept.units:
        return True
    return any(not post.external and not open_to(file, post.name) for post in file.procedure.posts.values())


def note_reading(request: HttpRequest, here: Here, view: CaseView) -> None:
    """Writes down who reads, where the case is confidential, or he is here to read and takes no step of it."""
    only_reads = here.directory.only_reads(here.person, view.procedure.posts, here.now)
    if not only_reads and not is_confidential(view.case):
        return
    told = {"organisation": here.organisation, "person": here.person, "file": view.row.file}
    before = Access.objects.filter(what=CASE_READ, when__gt=here.now - ONCE_IN, **told)
    if not before.exists():
        note_access(request, CASE_READ, now=here.now, **told)
