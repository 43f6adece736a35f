"""What is done with the list as a whole: kept under a title, taken out as a file."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kesu.people.permissions import CASES

from ..frame.page import page
from ..frame.render import not_found
from ..models import SavedView
from ..own.asked_list import asked, kept_of
from ..own.sheet import as_csv, as_xlsx, sheet_of
from ..own.views import MOST, saved_views, tabs
from ..who.access import LIST_OUT, note_access
from ..who.here import Here

LONGEST_TITLE = 40
LONGEST_QUERY = 2000
FORMATS = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
}


@require_POST
@page(CASES)
def keep_view(request: HttpRequest, here: Here) -> HttpResponse:
    """Keeps a list under a title; one of this title is replaced. Without a title, or where there is no room, it says so."""
    title = " ".join(request.POST.get("title", "").split())[:LONGEST_TITLE]
    query = kept_of(QueryDict(request.POST.get("query", "")[:LONGEST_QUERY])).urlencode()
    if not title:
        messages.error(request, _("Give the view a title."))
    elif len(saved_views(here)) >= MOST:
        messages.error(request, _("There are as many views as fit; take one away first."))
    else:
        SavedView.objects.update_or_create(
            organisation=here.organisation,
            person=here.person,
            title=title,
            defaults={"query": query, "shared": request.POST.get("shared") == "yes"},
        )
        messages.success(request, _("Kept as a view: %(title)s") % {"title": title})
    return redirect(f"{reverse('cases')}?{query}")


@require_POST
@page(CASES)
def drop_view(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """Takes a view of one's own away; one of another person stays, with the same words as one that is gone already."""
    rows = SavedView.objects.filter(organisation=here.organisation, person=here.person, pk=number)
    rows.delete()
    messages.success(request, _("The view is taken away; the cases are as they were."))
    return redirect("cases")


@page(CASES)
def cases_out(request: HttpRequest, here: Here, kind: str) -> HttpResponse:
    """The list as a file; that it was taken out is written down. 404 for a format that there is not."""
    if kind not in FORMATS:
        return not_found(request, here)
    asked_ = asked(request.GET, here)
    title = next((tab.title for tab in tabs(here, asked_) if tab.current), _("Cases narrowed"))
    sheet = sheet_of(asked_, title, here)
    note_access(request, LIST_OUT, organisation=here.organisation, person=here.person, now=here.now)
    content_type, made = FORMATS[kind]
    name = content_disposition_header(as_attachment=True, filename=f"{sheet.name}.{kind}")
    return HttpResponse(made(sheet), content_type=content_type, headers={"Content-Disposition": str(name)})
