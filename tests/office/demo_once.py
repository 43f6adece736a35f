"""The demo, loaded once a run: each file of tests that looks at it gets a copy, whichever process it runs in.

Loading it takes half a minute, a copy less than a second.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree
from typing import Any, Final

from django.conf import settings
from django.core.management import call_command
from tests.office.copying import copied, marks_of, new_database, using
from tests.office.offices import forget

from kesu.demo.stories import load_demo
from kesu.people.demo import DEMO_TITLES

NOW: Final = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)


@contextmanager
def copy_of_the_demo(blocker: Any) -> Iterator[None]:
    """A copy of it, with its files and marks, thrown away afterwards."""
    with blocker.unblock():
        template = _loaded()
        copytree(_folder() / "files", settings.FILES_FOLDER, dirs_exist_ok=True)
        with copied(template, marks_too=True):
            forget()
            yield
            forget()


def _loaded() -> str:
    """The name of the database that holds it. The first who asks loads it, and the others wait."""
    _folder().mkdir(exist_ok=True)
    said = _folder() / "database"
    with (_folder() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            name = new_database()
            with using(name):
                forget()
                call_command("migrate", verbosity=0, interactive=False)
                loaded = load_demo(now=NOW)
                assert (loaded.organisations, loaded.fresh, loaded.stopped) == (tuple(DEMO_TITLES), True, ())
                forget()
            copytree(settings.FILES_FOLDER, _folder() / "files")
            assert marks_of(name).exists()
            said.write_text(name, encoding="utf-8")
    return said.read_text(encoding="utf-8")


def _folder() -> Path:
    return Path(os.environ["KESU_TEST_FOLDER"]) / "demo"
