"""The demo asks for no password: it is served only to this machine, and only where nothing but the demo stands."""

from __future__ import annotations

import os

from django.conf import settings

from kesu.people.demo import NotForDemo, refuse_beside_own
from kesu.reading.text import Text

FROM_OUTSIDE = ("KESU_HOSTS", "KESU_HTTPS")  # settings of a site that others reach


def refuse_from_outside() -> None:
    """Raises NotForDemo where the demo was asked for together with a way in from outside; looks at settings alone."""
    named = [name for name in FROM_OUTSIDE if os.environ.get(name)]
    if settings.DEMO and named:
        raise NotForDemo(
            Text(
                f"演示模式不设密码，只在本机使用，不能同时设 {'、'.join(named)}；去掉它们，或去掉 --demo（KESU_DEMO）",
                f"demo mode asks for no password and is for this machine only, never with {' and '.join(named)};"
                " unset that, or leave out --demo (KESU_DEMO)",
            )
        )


def refuse_wrong_place() -> None:
    """Raises NotForDemo where the demo was asked for and must not be: every way to start the server asks here."""
    refuse_from_outside()
    if settings.DEMO:
        refuse_beside_own()
