"""Every row from the ledger again: to put rows right, or to prove that they are (`kesu rebuild --check`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import batched  # type: ignore[attr-defined,unused-ignore]
from typing import Any

from django.db import models, transaction

from kesu.ledger.oneway import writing
from kesu.ledger.read import entries_of, files, organisations
from kesu.people.cast import forget as forget_cast
from kesu.people.models import PROJECTIONS as PEOPLE
from kesu.people.models import Projection, Revision
from kesu.people.registers import REGISTERS, REVISED

from .fold import folded_from, folds
from .models import CASE_PROJECTIONS, Series
from .projection import Key, Row, insert, keyed, natural_key, refresh
from .registering import noted, rows_of
from .rows import case_rows
