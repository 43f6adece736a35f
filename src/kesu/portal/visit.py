"""Who visits: in which house, in which language, and which file he has looked up.

That he knew number and code is kept in a signed cookie of the portal's own, for half an hour after his last look; there is no
session, and none of the staff's is looked at.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from kesu.caseload.asking.for_complainant import complainant_at
from kesu.caseload.sight.reader import Reader
from kesu.files.drafts import Sender
from kesu.files.from_outside import PORTAL
from kesu.intake.lookup_code import Found, still_holds
from kesu.ledger.clock_watch import steady_now
from kesu.names import OUTSIDER
from kesu.people import guessing
from kesu.people.directory import Directory, NoSuchOrganisation, directory_of
from kesu.people.models import Organisation
from kesu.procedure.words.names import STEP
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Lang
from kesu.registry.portal_settings import PortalSettings, portal_of

COOKIE: Final = "portal"
SALT: Final = "kesu portal"
HALF_AN_HOUR: Final = 1800  # seconds
LONGEST_ADDRESS: Final = 60  # characters


@dataclass(frozen=True)
class Visit:
    """One request at the portal of one organisation. `fresh`: the file was brought in just now, so that its code is shown."""

    directory: Directory
    settings: PortalSettings
    now: datetime
    address: str
    lang: Lang
    looked_up: Found | None = None
    fresh: bool = False

    @property
    def organisation(self) -> str:
        """The house, by its short name."""
        return self.directory.organisation.organisation

    @property
    def title(self) -> str:
        """The house, as it calls itself."""
        return self.directory.organisation.title

    @property
    def zone(self) -> str:
        """Where its clocks are set."""
        return self.directory.organisation.zone

    @cached_property
    def reader(self) -> Reader:
        """Whoever complains, as a reader."""
        return complainant_at(self.directory, self.now)

    @property
    def sender(self) -> Sender:
        """Whose draft a file is that this request brings: of whoever knows the code of a file, else of whoever is at this address."""
        where = self.looked_up.file if self.looked_up else self.address
        return Sender(self.organisation, OUTSIDER, self.now, guessing.key("files from", where))

    @cached_property
    def procedures(self) -> list[Procedure]:
        """The procedures in force under which somebody from outside complains."""
        return [one for one in self.reader.procedures if _complained_under(one)]


def _complained_under(procedure: Procedure) -> bool:
    return STEP.RECEIVED in procedure.steps and procedure.kind == "complaint"


def open_houses() -> list[Organisation]:
    """The organisations that have opened their portal, the eldest first."""
    houses = Organisation.objects.order_by("founded", "organisation")
    return [one for one in houses if portal_of(directory_of(one.organisation)).is_open]


def visit_of(request: HttpRequest, organisation: str) -> Visit | None:
    """The visit; None where there is no such organisation, or its portal is closed: the same."""
    try:
        directory = directory_of(organisation)
    except NoSuchOrganisation:
        return None
    portal = portal_of(directory)
    if not portal.is_open:
        return None
    address = str(request.META.get("REMOTE_ADDR", ""))[:LONGEST_ADDRESS]
    visit = Visit(directory, portal, steady_now(), address, spoken())
    known = _known(request)
    if known is None or known["organisation"] != organisation:
        return visit
    found = Found(organisation, str(known["file"]), int(known["issue"]))
    return replace(visit, looked_up=found, fresh=bool(known["fresh"])) if still_holds(found) else visit


def spoken() -> Lang:
    """The language of this request."""
    return "en" if (get_language() or "zh").startswith("en") else "zh"


def let_in(answer: HttpResponse, file: Found, *, fresh: bool = False) -> HttpResponse:
    """The answer, with which the browser may look at this file for half an hour."""
    known = {"organisation": file.organisation, "file": file.file, "issue": file.issue, "fresh": fresh}
    answer.set_cookie(
        COOKIE,
        signing.dumps(known, salt=SALT),
        max_age=HALF_AN_HOUR,
        path=PORTAL,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return answer


def let_out(answer: HttpResponse) -> HttpResponse:
    """The answer, after which the browser looks at nothing any more."""
    answer.delete_cookie(COOKIE, path=PORTAL, samesite="Lax")
    return answer


def _known(request: HttpRequest) -> dict[str, Any] | None:
    try:
        known = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=HALF_AN_HOUR)
    except signing.BadSignature:
        return None
    return known if isinstance(known, dict) else None
