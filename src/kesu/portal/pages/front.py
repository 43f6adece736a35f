"""Where somebody begins: the houses, what one of them offers, and the other language."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from kesu.files.from_outside import PORTAL as ADDRESS
from kesu.people.permissions import PORTAL, stands_under

from ..frame import house_page, render
from ..visit import Visit, open_houses


@stands_under(PORTAL)
def houses(request: HttpRequest) -> HttpResponse:
    """Every house whose portal is open; the only one at once."""
    found = open_houses()
    if len(found) == 1:
        return redirect("portal", found[0].organisation)
    return render(request, None, "houses.html", houses=found)


@house_page
def front(request: HttpRequest, visit: Visit) -> HttpResponse:
    """To complain, to look up, to read how complaints are handled."""
    return render(request, visit, "front.html")


@require_POST
@stands_under(PORTAL)
def language(request: HttpRequest) -> HttpResponse:
    """The other language, for this browser."""
    wanted = "en" if request.POST.get("language") == "en" else "zh-hans"
    there = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(there, allowed_hosts={request.get_host()})
    answer = redirect(there if safe and there.startswith(ADDRESS) else reverse("portals"))
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, wanted, secure=settings.HTTPS, samesite="Lax", max_age=30 * 24 * 3600
    )
    return answer
