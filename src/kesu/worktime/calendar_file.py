"""A file that says when an office works: a whole calendar, or a schedule laid over one that is known."""

from kesu.worktime.calendar import Calendar
from kesu.worktime.importing import lay_over, read_schedule, schedule_of
from kesu.worktime.source_text import Document, Form, SourceError, read_document
from kesu.worktime.strict import CalendarError, path_text

_MARKS = {"zone", "week", "shifts", "known_until"}


def read_calendar_file(content: bytes | str, *, source: str, form: Form, base: Calendar) -> Calendar:
    """The calendar of a file: a mapping with zone, week and shifts is a whole one; anything else a schedule.

    A schedule is laid over `base`. Raises SourceError with the line of `source` that cannot be.
    """
    if form == "csv":
        return lay_over(base, read_schedule(content, source=source, form=form), source=source)
    document = read_document(content, source=source, form=form)
    if isinstance(document.data, dict) and _MARKS & document.data.keys():
        return _whole_calendar(document, document.data, source)
    return lay_over(base, schedule_of(document, source=source), source=source)


def _whole_calendar(document: Document, data: dict[str, object], source: str) -> Calendar:
    try:
        return Calendar.from_data(data)
    except CalendarError as error:
        line = document.line_of(error.where)
        path = path_text(error.where)
        raise SourceError(source, line, error.problem, error.remedy, path=path) from None
