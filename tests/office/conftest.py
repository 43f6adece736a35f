"""What every test of the office has: a database that it names, and a ledger that verifies afterwards.

`db` (pytest-django's) rolls back after the test. `fresh_database` is a copy of the migrated database of its own, for
tests that commit, use threads or harm the tables: `flush` cannot empty tables that refuse to be emptied.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection, connections
from django.test.utils import setup_databases, teardown_databases
from pytest_django import DjangoDbBlocker
from tests.office.copying import copied
from tests.ran_on import case_of, record_of_run

VENDORS = {"sqlite": "sqlite", "postgres": "postgresql"}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each test bears the name of its database."""
    if "database" in metafunc.fixturenames:
        metafunc.parametrize("database", [metafunc.config.getoption("--database")], indirect=True)


@pytest.fixture(autouse=True)
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """The database this test runs on; what it says is checked against the connection, and noted down."""
    name: str = request.param
    assert connection.vendor == VENDORS[name]
    if {"db", "transactional_db"} & set(request.fixturenames) or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
    yield name
    assert connection.vendor == VENDORS[name]
    case = case_of(request.node.nodeid, database=name)
    with record_of_run(request.config).open("a") as record:
        record.write(f"{case}\t{connection.vendor}\n")


@pytest.fixture(autouse=True)
def ledger_verifies(database: str, request: pytest.FixtureRequest) -> Iterator[None]:
    """After every test that used the database: the ledger verifies, and every post was held, whatever the test did."""
    uses = "fresh_database" if "fresh_database" in request.fixturenames else "db"
    if uses in request.fixturenames or request.node.get_closest_marker("django_db"):
        request.getfixturevalue(uses)
        yield
        if not request.node.get_closest_marker("tampers"):
            from kesu.caseload.rebuilding.claims import claims
            from kesu.ledger.verify import verify

            assert verify().faults == ()
            assert claims(None) == []
    else:
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker, django_db_modify_db_settings: None
) -> Iterator[None]:
    """The migrated database, always: pytest-django makes none for a run in which no test names `db`."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, serialized_aliases=())
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture
def fresh_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A copy of the migrated database, thrown away afterwards; commits are real, threads may use it."""
    with django_db_blocker.unblock(), copied(connections.settings["default"]["NAME"]):
        yield
