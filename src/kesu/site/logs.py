"""What is logged, and where: a line of JSON each, on stderr (for the journal) and in a file of the home that is rotated.

A line tells when, what, from where in the program, and for a request its address, sign-in and the number that its page showed.
Nothing that was typed stands in it; a trace may quote a value, and the file is its owner's alone.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import orjson
import structlog

ROTATED_AT: Final = 5 * 2**20  # bytes
KEPT: Final = 5  # files besides the present one


class NotForStrangers(logging.Filter):
    """Leaves out what any stranger can cause as often as he likes: pages that are not there, wrong host names."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a line is written."""
        return record.name != "django.security.DisallowedHost" and not (
            record.name == "django.request" and record.levelno < logging.ERROR
        )


def logging_of(home: Path) -> dict[str, Any]:
    """The settings of logging, for `LOGGING`."""
    kept: dict[str, Any] = {"formatter": "line", "filters": ["not for strangers"]}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": [
                    structlog.stdlib.add_log_level,
                    structlog.stdlib.add_logger_name,
                    when_logged,
                    of_request,
                    structlog.processors.format_exc_info,
                ],
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, in_json],
            }
        },
        "filters": {"not for strangers": {"()": NotForStrangers}},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", **kept},
            "file": {
                "class": "logging.handlers.RotatingFileHandler",
                "filename": str(home / "kesu.log"),
                "maxBytes": ROTATED_AT,
                "backupCount": KEPT,
                "encoding": "utf-8",
                "delay": True,  # no file before the first line, and none where nothing can be written
                **kept,
            },
        },
        "root": {"handlers": ["stderr", "file"], "level": "WARNING"},
        "loggers": {"django": {"handlers": [], "level": "WARNING", "propagate": True}},
    }


def when_logged(
    _logger: logging.Logger, _name: str, line: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Adds the moment at which the program said it: the same in every place that the line goes to."""
    line["timestamp"] = datetime.fromtimestamp(line["_record"].created, UTC).isoformat()
    return line


def of_request(
    _logger: logging.Logger, _name: str, line: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Adds to a line about a request its method and path (without what was asked or sent), the sign-in and the number."""
    request = getattr(line.get("_record"), "request", None)
    if request is not None:
        for name in ("method", "path", "failure"):
            line[name] = getattr(request, name, None)
        line["sign_in"] = getattr(getattr(request, "_cached_user", None), "pk", None)
    return line


def in_json(_logger: logging.Logger, _name: str, line: structlog.typing.EventDict) -> str:
    """One line, whatever stands in it."""
    said: Mapping[str, Any] = line
    try:
        return orjson.dumps(said, default=str).decode()
    except orjson.JSONEncodeError:  # text that is no Unicode
        plain = {key: str(value).encode(errors="backslashreplace").decode() for key, value in said.items()}
        return orjson.dumps(plain).decode()
