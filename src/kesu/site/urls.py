"""Addresses of the site."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from .metrics import metrics

urlpatterns: list[URLPattern | URLResolver] = [
    path("metrics", metrics),
    path("portal/", include("kesu.portal.urls")),
    path("", include("kesu.desk.urls")),
]
handler400 = "kesu.desk.frame.errors.unreadable"
handler404 = "kesu.desk.frame.errors.missing"
handler500 = "kesu.desk.frame.errors.broken"
