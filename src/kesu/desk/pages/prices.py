"""价目册: what products cost and from when; goods given and refunds are held against it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any, Final
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kesu.intake.price_list import read_lines, text_of
from kesu.people.permissions import KEEP_PRICES, PRICES
from kesu.people.prices import PriceRow, prices
from kesu.procedure.kinds.alike import matched
from kesu.procedure.kinds.typed_figures import typed_amount
from kesu.procedure.kinds.typed_times import calendar_day
from kesu.reading.whole import whole
from kesu.registry.prices import State, bring_in_prices, looked_at
from kesu.registry.register_acts import RegisterAct
from kesu.review.rows import LogError

from ..frame.page import page
from ..frame.render import not_found, render
from ..own.registers import answered, by, in_the_way
from ..own.sheet import Sheet, Value
from ..who.here import Here
from .list_views import FORMATS

MOST: Final = 300  # prices on one page
LONGEST: Final = 200  # characters that a search looks for
LONGEST_LIST: Final = 400_000  # characters of a list that is brought in
FILE: Final = "f-prices"
FIELDS: Final = ("article", "price", "since", "until", "origin")


@require_http_methods(["GET", "POST"])
@page(PRICES)
def price_list(request: HttpRequest, here: Here) -> HttpResponse:
    """The prices whose article holds what was asked.

    What is sent by who may not keep them is not read; what the register does not take is said (422), with what was typed.
    """
    text = request.GET.get("text", "").strip()[:LONGEST]
    typed = {name: request.POST.get(name, "").strip() for name in FIELDS}
    errors: dict[str, str] = {}
    if request.method == "POST" and here.may(KEEP_PRICES):
        act, errors = _act(request, typed, here)
        if act is not None:
            problems = in_the_way(act, here, request.POST.get("key") or uuid4().hex)
            if not problems:
                messages.success(request, _("Recorded."))
                return redirect("prices")
            errors = {"": " ".join(problems)}
    rows = prices(organisation=here.organisation, text=text, most=MOST)
    today = here.now.astimezone(ZoneInfo(here.zone)).date()
    return render(
        request, here, "prices.html", status=422 if errors else 200, rows=[(row, row.holds(today)) for row in rows],
        text=text, most=MOST, typed=typed, errors=errors, key=uuid4().hex, writes=here.may(KEEP_PRICES),
    )  # fmt: skip


def _act(
    request: HttpRequest, typed: dict[str, str], here: Here
) -> tuple[RegisterAct | None, dict[str, str]]:
    """What was asked of the register, or what of the form cannot be read."""
    sent = request.POST
    if sent.get("step") == "price struck":
        facts: dict[str, Any] = {"entry": whole(sent.get("entry", "")), "reason": sent.get("reason") or None}
        return RegisterAct(sent.get("file", ""), "price struck", _given(facts)), {}
    errors = {} if typed["article"] else {"article": _("Name the article.")}
    if not typed["price"]:
        errors["price"] = _("Write its price.")
    facts = {"article": typed["article"], "price": typed_amount(typed["price"]), "origin": typed["origin"]}
    for word in ("since", "until"):
        day = calendar_day(typed[word], now=here.now, zone=here.zone) if typed[word] else None
        if day is None and (typed[word] or word == "since"):
            errors[word] = _("This is no date; write 3.6 or 2026-03-06.")
        facts[word] = day
    act = RegisterAct(f"price/{matched(typed['article'])}", "price set", _given(facts))
    return (None if errors else act), errors


def _given(facts: dict[str, Any]) -> dict[str, Any]:
    return {word: value for word, value in facts.items() if value not in (None, "")}


@require_http_methods(["GET", "POST"])
@page(KEEP_PRICES)
def bring_in(request: HttpRequest, here: Here) -> HttpResponse:
    """A list from a file or pasted: looked at first, then brought in, all of it or nothing.

    In this order: a file that was sent is read into the list (422 where it cannot be); every line is looked at, and nothing
    written; it is brought in only where that was asked and no line is wrong (else 422 with the list as it was typed).
    """
    typed, errors = _list_of(request, here)
    lines, unread = read_lines(typed, now=here.now, zone=here.zone)
    if request.method == "POST" and not errors and not (lines or unread):
        errors = {"list": _("There is no line in it.")}
    looked = looked_at(lines, organisation=here.organisation, now=here.now)
    counts = Counter(one.state for one in looked)
    wrong = len(unread) + counts[State.WRONG]
    if request.POST.get("act") == "bring" and FILE not in request.FILES and not (errors or wrong):
        answer = answered(lambda: bring_in_prices(lines, **by(here)), here)
        if isinstance(answer, int):
            messages.success(request, _("Brought in: %(n)s prices.") % {"n": answer})
            return redirect("prices")
        errors = {"": " ".join(answer)}
    return render(
        request, here, "prices_in.html", status=422 if errors or wrong else 200, typed=typed, errors=errors,
        looked=looked, unread=unread, counts=counts, wrong=wrong, states=State, field=FILE,
    )  # fmt: skip


def _list_of(request: HttpRequest, here: Here) -> tuple[str, dict[str, str]]:
    """The list as lines of text: of the file that was sent, else as it was typed; and why the file cannot be read."""
    typed, upload = request.POST.get("list", "")[:LONGEST_LIST], request.FILES.get(FILE)
    if upload is None:
        return typed, {}
    try:
        return text_of_upload(upload), {}
    except LogError as wrong:
        return typed, {FILE: wrong.in_(here.lang)}


def text_of_upload(upload: Any) -> str:
    """What a file that was sent holds, as lines. Raises LogError."""
    return text_of(Path(upload.temporary_file_path()), str(upload.name))


@page(PRICES)
def prices_out(request: HttpRequest, here: Here, kind: str) -> HttpResponse:
    """All prices as a file that can be brought in again; 404 for a format that there is not."""
    if kind not in FORMATS:
        return not_found(request, here)
    head = (_("Article"), _("Price"), _("From"), _("Until"), _("Origin"))
    day = here.now.astimezone(ZoneInfo(here.zone))
    rows = [_row(row) for row in prices(organisation=here.organisation)]
    sheet = Sheet(head=head, rows=rows, foot="", name=f"{_('Prices')}_{day:%Y-%m-%d}")
    content_type, made = FORMATS[kind]
    name = content_disposition_header(as_attachment=True, filename=f"{sheet.name}.{kind}")
    return HttpResponse(made(sheet), content_type=content_type, headers={"Content-Disposition": str(name)})


def _row(row: PriceRow) -> tuple[Value, ...]:
    until = row.until.isoformat() if row.until else ""
    return (row.article, row.price, row.since.isoformat(), until, row.origin)
