"""A mapping that `kesu map` drafted, and the log as it is read by it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from kesu.procedure.written.library import here
from kesu.review.log import Log, open_log
from kesu.review.mapping_reading import read_mapping

Written = Callable[[str, str | bytes], Path]
HEAD = "编号,收到时间,答复时间\n"


class Drafted:
    """A draft, and the log as it is read by it."""

    def __init__(self, log: Path, said: dict[str, Any], status: int, procedure: str | None) -> None:
        self.path, self.status, self.text = log, status, said["draft"]
        self.to_do = [one["what"] for one in said["to_do"]]
        self.why = [one["why"] for one in said["guessed"]]
        self._procedure = procedure

    def line(self, key: str) -> str:
        """The line of a key, without the comment above it."""
        return next(line for line in self.text.splitlines() if line.strip().startswith(f"{key}:"))

    def log(self) -> Log:
        path = self.path.with_name("draft.yaml")
        path.write_text(self.text, encoding="utf-8")
        assert self._procedure is not None
        procedure = here().load(self._procedure)
        return open_log(self.path, mapping=read_mapping(path, procedure=procedure))


Draft = Callable[..., Drafted]


def ledger(*rows: str) -> str:
    return HEAD + "".join(f"{number},{row}\n" for number, row in enumerate(rows, start=1))
