"""批次: the products and batches under watch, and the page of one of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode

from kesu.caseload.asking.opened import CaseView
from kesu.people.permissions import BATCHES, FILE

from ..case.case_page import case_page
from ..frame.page import file_page, page
from ..frame.render import not_found, render
from ..own.batch import counts, lacking_said, listed, titles, window_of
from ..who.here import Here


@page(BATCHES)
def batch_list(request: HttpRequest, here: Here) -> HttpResponse:
    """Every watch that this person may see, the newest first; an `after` that no page gave begins the list anew."""
    try:
        watches, batches = listed(here, request.GET.get("after") or None)
    except ValueError:  # somebody wrote an `after` of his own
        watches, batches = listed(here, None)
    return render(
        request,
        here,
        "batches.html",
        batches=batches,
        heads=titles(batches),
        window=window_of(here),
        uncounted=lacking_said(watches, here),
        next="?" + urlencode({"after": watches.next}) if watches.next else None,
    )


@file_page(FILE)
def one_batch(request: HttpRequest, here: Here, view: CaseView) -> HttpResponse:
    """The page of one watch: its chart and cases, and below what every file has; 404 for a file that is no watch."""
    if not counts(view):
        return not_found(request, here)
    return case_page(request, here, view)
