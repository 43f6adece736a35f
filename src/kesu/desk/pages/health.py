"""Whether site, database, sealer, clock and disk are well; for watchdogs, so it tells nothing else."""

from __future__ import annotations

import logging

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from kesu.people.permissions import HEALTH, stands_under
from kesu.upkeep.machine import fault_of

from ..own.wellbeing import wellbeing
from ..who.here import present

log = logging.getLogger(__name__)


@stands_under(HEALTH)
def health(request: HttpRequest) -> HttpResponse:
    """“ok”, or 503 with a word for each thing that is not well."""
    try:
        unwell = wellbeing(present()).unwell
    except DatabaseError as error:
        fault = fault_of(error)
        if fault is None:
            raise
        log.exception("the database of this server: %s", fault.what)
        unwell = ["database"]
    said = f"not well: {', '.join(unwell)}\n" if unwell else "ok\n"
    return HttpResponse(said, content_type="text/plain", status=503 if unwell else 200)
