"""A file that says when an office works: a whole calendar, or a schedule laid over one that is known."""

from kesu.reading.strict import Block
from kesu.worktime.calendar import Calendar
from kesu.worktime.calendar_reading import read_parts
from kesu.worktime.calendar_text import Form, tree_of
from kesu.worktime.importing import column_of, lay_over, schedule_of

_MARKS = {"zone", "week", "shifts", "known_until"}


def read_calendar_file(content: bytes | str, *, source: str, form: Form, base: Calendar) -> Calendar:
    """The calendar of a file: a mapping with zone, week and shifts is a whole one; anything else a schedule.

    A schedule is laid over `base`. Raises ReadError with the line of `source` that cannot be.
    """
    node = tree_of(content, source=source, form=form, column=column_of)
    if isinstance(node, Block) and _MARKS & node.keys():
        return Calendar.of(read_parts(node))
    return lay_over(base, schedule_of(node), source=source)
