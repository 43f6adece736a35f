"""Whether the site and its database answer; for watchdogs, so it tells nothing else."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse

from kesu.people.permissions import HEALTH

from ..frame.page import stands_under


@stands_under(HEALTH)
def health(request: HttpRequest) -> HttpResponse:
    """“ok”, or an error when the database does not answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return HttpResponse("ok\n", content_type="text/plain")
