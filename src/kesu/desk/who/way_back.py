"""Where a form wishes to lead back to, which a browser may have been told by anybody."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def way_back(request: HttpRequest, field: str = "next") -> str:
    """The path of this site that was sent in the field; `/` for another site, and for a name that `redirect` would look up."""
    return ours_alone(request, request.POST.get(field, "/"))


def ours_alone(request: HttpRequest, there: str) -> str:
    """The path itself where it is one of this site, else `/`."""
    ours = url_has_allowed_host_and_scheme(there, allowed_hosts={request.get_host()})
    return there if ours and there.startswith("/") else "/"
