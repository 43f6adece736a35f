"""Which database a test run uses: `pytest --database sqlite` (as always) or `pytest --database postgres`.

PostgreSQL is the one at TEST_DATABASE_URL, else one that the run starts itself. `make test` runs both.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.ran_on import record_of_run

_until_the_end = ExitStack()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database", choices=["sqlite", "postgres"], default="sqlite", help="where office tests run"
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "tampers: the test harms the ledger on purpose; it is not verified afterwards"
    )
    from django.conf import settings

    is_worker = hasattr(config, "workerinput")
    if not is_worker:
        record_of_run(config)
        folder = tempfile.mkdtemp(prefix="kesu-test-")
        _until_the_end.callback(shutil.rmtree, folder, ignore_errors=True)
        os.environ["KESU_TEST_FOLDER"] = folder  # pytest-xdist's workers inherit it
    _use(_postgres() if config.getoption("--database") == "postgres" else _sqlite())
    settings.LEDGER_SIGNING_KEY = Path(os.environ["KESU_TEST_FOLDER"]) / "signing-key"
    settings.LEDGER_MAC_KEY = Path(os.environ["KESU_TEST_FOLDER"]) / "mac-key"
    settings.LEDGER_MARKS = Path(os.environ["KESU_TEST_FOLDER"]) / "ledger-marks"
    own = Path(os.environ["KESU_TEST_FOLDER"]) / os.environ.get("PYTEST_XDIST_WORKER", "alone")
    own.mkdir(exist_ok=True)
    settings.STAMPS_FOLDER, settings.TSA_CERTIFICATES = own / "stamps", own / "tsa.pem"
    settings.GIVING_FAILED = own / "giving-failed"
    settings.FILES_FOLDER, settings.PREVIEWS_FOLDER = own / "files", own / "previews"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # argon2 is slow on purpose


def pytest_unconfigure(config: pytest.Config) -> None:
    _until_the_end.close()


def pytest_report_header(config: pytest.Config) -> str:
    return f"database of office tests: {config.getoption('--database')}"


def _use(database: dict[str, object]) -> None:
    """Django has read its settings before pytest reads this file: make it read this one again."""
    from django.conf import settings
    from django.db import connections

    settings.DATABASES = {"default": database}
    connections.settings = connections.configure_settings(settings.DATABASES)
    if hasattr(connections._connections, "default"):
        del connections["default"]


def _sqlite() -> dict[str, object]:
    """A file, as in the running application: the pragmas mean nothing for a database in memory."""
    from kesu.site.database import sqlite

    name = str(Path(os.environ["KESU_TEST_FOLDER"]) / "test.sqlite3")
    return sqlite(Path(name)) | {"TEST": {"NAME": name}}


def _postgres() -> dict[str, object]:
    from tests.postgres import server

    from kesu.site.database import postgres

    if "TEST_DATABASE_URL" not in os.environ:
        os.environ["TEST_DATABASE_URL"] = _until_the_end.enter_context(server())
    name = Path(os.environ["KESU_TEST_FOLDER"]).name.replace("-", "_")
    return postgres(os.environ["TEST_DATABASE_URL"]) | {"TEST": {"NAME": f"{name}_test"}}
