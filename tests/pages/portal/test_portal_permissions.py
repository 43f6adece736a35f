"""Every address of the portal as every kind of person: his own file opens for whoever knows number and code, and for nobody else."""

from __future__ import annotations

from django.test import Client
from django.urls import URLPattern, reverse
from tests.pages.desk import Desk
from tests.pages.portal.conftest import Visitor, given

from kesu.people.permissions import ANYBODY, COMPLAINING, SIGNED_IN, TABLE, standing_in
from kesu.portal.urls import urlpatterns

SENT = ("portal language", "portal leave")
ROUTES = sorted(
    urlpatterns, key=lambda route: route.name == "portal leave"
)  # after that nobody knows anything


def address(route: URLPattern, organisation: str = "hengce") -> str:
    given = {
        name: value
        for name, value in {"organisation": organisation, "slug": "added", "token": "over"}.items()
        if f"<str:{name}>" in str(route.pattern)
    }
    return reverse(str(route.name), kwargs=given)


def opens(client: Client, route: URLPattern, organisation: str = "hengce") -> bool:
    """Whether it opens: it is not said to be missing, and nobody is led to number and code instead."""
    path = address(route, organisation)
    answer = client.post(path) if route.name in SENT else client.get(path)
    led = answer.headers.get("Location", "")
    return answer.status_code != 404 and not led.endswith("/look-up/")


def test_every_address_stands_under_a_row_of_the_table() -> None:
    rows = [row for rows in TABLE.values() for row in rows]
    assert [
        route.name for route in urlpatterns if getattr(route.callback, "permission", None) not in rows
    ] == []


def test_an_address_opens_for_those_whom_the_table_names_and_for_nobody_else(
    visitor: Visitor, desk: Desk
) -> None:
    given(visitor.complain())
    clients = {ANYBODY: Client(), SIGNED_IN: desk.as_("顾明").client, COMPLAINING: visitor.client}
    wrong = {
        (column, route.name)
        for column, client in clients.items()
        for route in ROUTES
        if opens(client, route) != route.callback.permission.allows(standing_in(column))
    }
    assert wrong == set()


def test_where_the_portal_is_closed_nothing_opens_for_anybody(visitor: Visitor, desk: Desk) -> None:
    clients = (Client(), desk.as_("顾明").client, visitor.client)
    houses = [route for route in ROUTES if "<str:organisation>" in str(route.pattern)]
    assert [route.name for client in clients for route in houses if opens(client, route, "hengjian")] == []
