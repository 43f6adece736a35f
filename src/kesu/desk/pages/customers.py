"""客户: who complained, found by name, first letters or last digits of the telephone, and the page of one of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from kesu.caseload.asking.customers import customer_seen, customers
from kesu.people.permissions import CUSTOMERS

from ..frame.page import page
from ..frame.render import render
from ..own.months import month_bars
from ..said.rows_said import case_lines
from ..who.here import Here

LONGEST = 200  # characters that a search looks for
MOST = 50


@page(CUSTOMERS)
def customer_list(request: HttpRequest, here: Here) -> HttpResponse:
    """The customers of the cases that this person sees, those with most cases first; all where nothing is asked."""
    text = request.GET.get("text", "").strip()[:LONGEST]
    return render(
        request, here, "customers.html", customers=customers(here, text, most=MOST), text=text, typed=text
    )


@page(CUSTOMERS)
def one_customer(request: HttpRequest, here: Here, customer: str) -> HttpResponse:
    """Every case of one customer that this person sees; where that is none, the answer for a customer that never was."""
    seen = customer_seen(here, customer)
    if seen is None:
        return render(request, here, "customers.html", customers=[], text=customer)
    return render(
        request,
        here,
        "customer.html",
        customer=seen.customer,
        lines=case_lines(seen.rows, here),
        bars=month_bars(seen.months),
    )
