"""How a span is counted where papers differ: roll, cut-off, deemed receipt, first day."""

from dataclasses import dataclass
from enum import StrEnum

from kesu.worktime.span import Unit


class Roll(StrEnum):
    """Where the last day goes when it is a rest day."""

    FORWARD = "forward"
    NONE = "none"
    BACKWARD = "backward"


class RollOn(StrEnum):
    """Which days make the last day roll: all rest days and holidays, or statutory festival days only."""

    REST_DAYS = "rest_days"
    FESTIVAL_DAYS = "festival_days"


class Cutoff(StrEnum):
    """When the last day ends: at 24:00, or at the close of its last shift (24:00 where it has none)."""

    MIDNIGHT = "midnight"
    CLOSE = "close"


class Deemed(StrEnum):
    """What arrives on a day that is not worked counts as received on that day, or on the next working day."""

    ACTUAL = "actual"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Policy:
    """The choices of one rule.

    `roll` moves a last day that is a rest day of the week or a holiday; a day on which only the organisation
    itself is closed does not roll, or a plant could lengthen its own limits by shutting down. Working days
    and working hours end in working time and never roll. Clock hours that roll end when the next working day
    opens, or when the one before closes. Rolling backward stops at the first counted day.
    `first_day`: the day of receipt is day one (units of days and longer; hours run from the instant).
    `deemed` next: hours run from the opening of the next working day, days from the day after it.
    """

    roll: Roll = Roll.NONE
    roll_on: RollOn = RollOn.REST_DAYS
    cutoff: Cutoff = Cutoff.MIDNIGHT
    deemed: Deemed = Deemed.ACTUAL
    first_day: bool = False

    @staticmethod
    def default_for(unit: Unit) -> "Policy":
        """Civil counting: calendar days, weeks, months and years roll forward; nothing else rolls."""
        return _DEFAULTS[unit]


_ROLLING = {Unit.CALENDAR_DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS}
_DEFAULTS = {unit: Policy(roll=Roll.FORWARD if unit in _ROLLING else Roll.NONE) for unit in Unit}
