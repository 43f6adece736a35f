"""The office as it is installed, and beside it the bare application in a database of its own on the same server."""

import os

from kesu.site.settings import *  # noqa: F403
from kesu.site.settings import DATABASES, INSTALLED_APPS

INSTALLED_APPS.append("measured.bare")
DATABASES["bare"] = {**DATABASES["default"], "NAME": os.environ["KESU_BARE"]}
