"""The page that asks for name and password; also for whoever sent a form when the session had ended."""

from __future__ import annotations

from itertools import groupby

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from kesu.people.models import Person

from ..who.demo import demo_persons
from ..who.form_drafts import OPENED, OpenForm, open_form
from ..who.here import present
from ..who.idle import in_demo
from .render import render


def sign_in_page(
    request: HttpRequest,
    *,
    status: int = 200,
    wrong: bool = False,
    wait: int = 0,
    stranger: str = "",
    left: OpenForm | None = None,
) -> HttpResponse:
    """The form. `left`: what was sent just now and is kept, for the person who had opened it and for nobody else.

    `stranger`: in words, why an account elsewhere let nobody in.
    """
    people = demo_persons(present()) if in_demo(request) else []
    houses = [
        (title, list(persons)) for title, persons in groupby(people, lambda person: person.organisation)
    ]
    there = request.POST.get("next") or request.GET.get("next") or ""
    left = left or open_form(request.POST.get(OPENED, ""), now=present())
    whose = _person(left) if left else None
    context = {
        "houses": houses,
        "next": left.path if left else there,
        "typed": request.POST.get("username") or (whose.user.username if whose and whose.user else ""),
        "whose": whose,
        "mark": left.mark if left else "",
        "wrong": wrong,
        "wait": wait,
        "stranger": stranger,
        "providers": [(one.name, one.caption) for one in settings.PROVIDERS.values()],
    }
    answer = render(request, None, "sign_in.html", status=status, **context)
    if wait:
        answer["Retry-After"] = str(wait)
    return answer


def _person(left: OpenForm) -> Person | None:
    found = Person.objects.filter(organisation=left.organisation, person=left.person, left=None)
    return found.select_related("user").first()
