"""Whether site, database, sealer, clock and disk are well; for watchdogs, so it tells nothing else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from kesu.people.permissions import HEALTH

from ..frame.page import stands_under
from ..own.wellbeing import wellbeing
from ..who.here import present


@stands_under(HEALTH)
def health(request: HttpRequest) -> HttpResponse:
    """“ok”, or 503 with a word for each thing that is not well; an error when the database does not answer."""
    unwell = wellbeing(present()).unwell
    said = f"not well: {', '.join(unwell)}\n" if unwell else "ok\n"
    return HttpResponse(said, content_type="text/plain", status=503 if unwell else 200)
