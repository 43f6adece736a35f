"""The Django application `people`."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Sign-ins, and the projections of everything that is known about persons and posts."""

    name = "kesu.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
