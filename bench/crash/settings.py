"""The settings of the real server under `make crash`: production's own, and the points of `bench.crash.faults` in front."""

from kesu.site.settings import *  # noqa: F403
from kesu.site.settings import MIDDLEWARE as OWN

MIDDLEWARE = ["bench.crash.faults.Faults", *OWN]
