"""The Django application `files`."""

from __future__ import annotations

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Drafts: what was sent in and stands in no entry yet."""

    name = "kesu.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"
