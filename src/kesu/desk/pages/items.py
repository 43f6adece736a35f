"""报告与样品: the register of subject items, with who did which work on each."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kesu.caseload.asking.customers import about_item, by_month
from kesu.people.items import item
from kesu.people.models import Item, Work
from kesu.people.permissions import ITEMS, KEEP_ITEMS
from kesu.procedure.kinds.typed_times import calendar_day
from kesu.reading.whole import whole
from kesu.registry.register_acts import RegisterAct

from ..case.around import persons, units
from ..frame.page import page
from ..frame.render import not_found, render
from ..own.months import month_bars
from ..own.registers import in_the_way
from ..said.rows_said import case_lines
from ..who.here import Here

MOST = 100
LONGEST = 200  # characters that a search looks for


@page(ITEMS)
def items(request: HttpRequest, here: Here) -> HttpResponse:
    """The items whose number holds what was asked, the newest first."""
    text = request.GET.get("text", "").strip()[:LONGEST]
    rows = Item.objects.filter(organisation=here.organisation, key__icontains=text).order_by("-id")[:MOST]
    return render(request, here, "items.html", rows=rows, text=text, writes=here.may(KEEP_ITEMS), most=MOST)


@require_http_methods(["GET", "POST"])
@page(KEEP_ITEMS)
def new(request: HttpRequest, here: Here) -> HttpResponse:
    """A new item: its number, then the date, can be read; then the register takes it (else 422 with what was typed)."""
    typed = {name: request.POST.get(name, "").strip() for name in ("number", "kind", "holder", "received")}
    key = request.POST.get("key") or uuid4().hex
    if request.method == "GET":
        return render(request, here, "item_new.html", typed=typed, errors={}, key=key, units=units(here))
    facts: dict[str, object] = {"kind": typed["kind"], "holder": typed["holder"] or None}
    facts["units"] = request.POST.getlist("units") or None
    errors = {} if typed["number"] else {"number": _("Give its number.")}
    errors |= _day(typed["received"], facts, here)
    if not errors:
        problems = _send(RegisterAct(f"item/{typed['number']}", "item registered", facts), here, key)
        if not problems:
            messages.success(request, _("Registered: %(item)s") % {"item": typed["number"]})
            return redirect("item", typed["number"])
        errors = {"": " ".join(problems)}
    return render(
        request, here, "item_new.html", status=422, typed=typed, errors=errors, key=key, units=units(here)
    )


@require_http_methods(["GET", "POST"])
@page(ITEMS)
def one_item(request: HttpRequest, here: Here, key: str) -> HttpResponse:
    """One item; work done on it is added or struck by those who keep the register.

    In this order: the item is known (else 404); what is sent by who may not keep the register is not read, and the page comes
    back as it is; the register takes it (else 422).
    """
    subject = item(organisation=here.organisation, key=key)
    if subject is None:
        return not_found(request, here)
    problems: list[str] = []
    if request.method == "POST" and here.may(KEEP_ITEMS):
        problems = _send(_act(request, key), here, request.POST.get("key") or uuid4().hex)
        if not problems:
            messages.success(request, _("Recorded."))
            return redirect("item", key)
    about = about_item(here, subject.key)
    work = Work.objects.filter(organisation=here.organisation, key=key).order_by("number")
    return render(
        request,
        here,
        "item.html",
        status=422 if problems else 200,
        item=subject,
        units=[here.directory.unit_title(unit) for unit in subject.units],
        work=[(row.number, here.directory.name_of(row.person), row.what) for row in work],
        persons=persons(here),
        about=case_lines(about, here),
        bars=month_bars(by_month(about, here)),
        writes=here.may(KEEP_ITEMS),
        problems=problems,
        key=uuid4().hex,
        typed={name: request.POST.get(name, "") for name in ("person", "what")},
    )


def _act(request: HttpRequest, key: str) -> RegisterAct:
    sent = request.POST
    if sent.get("step") == "work struck":
        facts: dict[str, object] = {"entry": whole(sent.get("entry", "")), "reason": sent.get("reason")}
        return RegisterAct(f"item/{key}", "work struck", facts)
    return RegisterAct(f"item/{key}", "work done", {"person": sent.get("person"), "what": sent.get("what")})


def _send(act: RegisterAct, here: Here, key: str) -> list[str]:
    """What is in the way; empty when it was noted."""
    given = {word: value for word, value in act.facts.items() if value not in (None, "", [])}
    sent = RegisterAct(act.file, act.step, given)
    return in_the_way(sent, here, key)


def _day(text: str, facts: dict[str, object], here: Here) -> dict[str, str]:
    if not text:
        return {}
    day = calendar_day(text, now=here.now, zone=here.zone)
    if day is None:
        return {"received": _("This is no date; write 3.6 or 2026-03-06.")}
    facts["received"] = day
    return {}
