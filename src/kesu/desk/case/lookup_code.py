"""查询码: given to the complainant once, by whoever registers his matter or is asked for another one; each time it is logged.

Nobody of the house can read a code that was given before: whoever knew it could act as the complainant.
"""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest

from kesu.caseload.asking.opened import CaseView
from kesu.caseload.sight.complainant import has_complainant
from kesu.intake.lookup_code import admit, code_of, is_given
from kesu.registry.portal_settings import portal_of

from ..who.access import CODE_GIVEN, note_access
from ..who.here import Here

JUST_REGISTERED: Final = (
    "just registered"  # the key in the session: the file whose code is shown once, when its page opens
)


def may_give(view: CaseView, here: Here) -> bool:
    """Whether this person gives codes of this file: the portal is open, somebody complains, and he handles it."""
    handles = not here.posts.isdisjoint(view.procedure.posts)
    return handles and has_complainant(view.case) and portal_of(here.directory).is_open


def code_given(request: HttpRequest, here: Here, view: CaseView) -> str:
    """A code of the file, another one where one was given before; it is written down who asked for it."""
    found = admit(here.organisation, view.row.file, number=view.row.label, now=here.now, anew=True)
    note_access(
        request,
        CODE_GIVEN,
        organisation=here.organisation,
        person=here.person,
        file=view.row.file,
        now=here.now,
    )
    return code_of(found)


def code_at_registration(request: HttpRequest, here: Here, view: CaseView) -> str:
    """The code of a matter that this person has registered just now; “” when its page is opened again, or there is none."""
    fresh = request.session.pop(JUST_REGISTERED, None) == view.row.file
    if not fresh or not may_give(view, here) or is_given(here.organisation, view.row.file):
        return ""
    return code_given(request, here, view)
