"""A small procedure, a mapping and ways to write logs for the tests of review."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.rulebook.review.drafted import Draft, Drafted, Written
from tests.rulebook.review.small import MAPPING, PROCEDURE
from tests.rulebook.small import from_text

from kesu.cli.main import main
from kesu.procedure.written.model import Procedure
from kesu.review.log import Log, open_log
from kesu.review.mapping_reading import read_mapping


@pytest.fixture
def procedure() -> Procedure:
    return from_text(PROCEDURE)


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Writes a file and says where it is."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture
def opened(written: Callable[[str, str | bytes], Path], procedure: Procedure) -> Callable[..., Log]:
    """Opens a log that is given as text, with the mapping of these tests or another."""

    def open_(
        content: str | bytes, *, name: str = "log.csv", mapping: str = MAPPING, in_memory: int = 200_000
    ) -> Log:
        read = read_mapping(written("map.yaml", mapping), procedure=procedure)
        return open_log(written(name, content), mapping=read, in_memory=in_memory)

    return open_


@pytest.fixture
def draft(written: Written, capsys: pytest.CaptureFixture[str]) -> Draft:
    """Drafts the mapping of a log that is given as text."""

    def draft_(
        content: str | bytes,
        *more: str,
        name: str = "log.csv",
        procedure: str | None = "public-replies",
        lang: str = "en",
    ) -> Drafted:
        log = written(name, content)
        named = ["--procedure", procedure] if procedure else []
        status = main(["--lang", lang, "map", str(log), "--json", *named, *more])
        return Drafted(log, json.loads(capsys.readouterr().out), status, procedure)

    return draft_
