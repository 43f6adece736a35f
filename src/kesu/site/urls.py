"""Addresses of the site."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [path("", include("kesu.desk.urls"))]
handler404 = "kesu.desk.frame.errors.missing"
handler500 = "kesu.desk.frame.errors.broken"
