"""Where a failure of Kesu itself is written down, so that the person sees one line and not a stack trace."""

from __future__ import annotations

import json
import os
import traceback
from pathlib import Path


def write_down(trace: BaseException | str, *, argv: list[str]) -> Path | None:
    """Appends the whole trace to a log, a line of JSON as the server writes them, and says which; None when none could be written.

    The arguments stand in the log too: they are names of files and options, never the text of a case.
    """
    from kesu.ledger import machine_clock  # here: nothing is loaded for a command that does not fail

    said = trace if isinstance(trace, str) else "".join(traceback.format_exception(trace))
    line = {"event": f"kesu {' '.join(argv)}", "level": "error", "logger": "kesu.cli", "exception": said}
    entry = json.dumps(line | {"timestamp": machine_clock.now().isoformat()}) + "\n"
    for folder in _places():
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            log = folder / "kesu.log"
            with open(log, "a", encoding="utf-8", errors="backslashreplace", opener=_private) as file:
                file.write(entry)
        except OSError:
            continue
        return log
    return None


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _places() -> list[Path]:
    home = os.environ.get("KESU_HOME")
    return [*([Path(home)] if home else []), Path.home() / ".local" / "state" / "kesu"]
