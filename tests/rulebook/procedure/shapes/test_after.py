from kesu.procedure.history import Shown
from kesu.procedure.reading import ReadError

import pytest

from tests.rulebook.small import act, says, verdict, why, written

BOTH = written("{at: found, after: [accepted, investigated]}".replace("{", "").replace("}", "").replace(", after", "\nafter"))
