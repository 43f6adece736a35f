"""The Django application `portal`: no tables, its style sheet alone."""

from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Pages for whoever complains."""

    name = "kesu.portal"
    label = "portal"
