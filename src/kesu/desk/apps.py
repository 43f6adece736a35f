"""The Django application `desk`."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Pages for staff, and small tables of its own: who looked at what, and what somebody keeps for himself."""

    name = "kesu.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"
