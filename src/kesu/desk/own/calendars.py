"""What a calendar is called: the organisation's own, or by the sites that work by it."""

from __future__ import annotations

from kesu.registry.sites import MAIN

from ..said.on_page import comma
from ..who.here import Here


def calendar_called(name: str, here: Here) -> str:
    """Its name for people; the name under which it is kept where nobody works by it."""
    if name == MAIN:
        return here.directory.organisation.title
    at = [site.title for site in here.directory.sites.values() if site.calendar == name]
    return comma().join(at) if at else name
