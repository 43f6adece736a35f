"""The Django application `desk`."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Pages for staff, and two small tables of its own: failed sign-ins, and who looked at what."""

    name = "kesu.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"
