"""The Django application `intake`."""

from __future__ import annotations

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Which files can be looked up from outside."""

    name = "kesu.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"
