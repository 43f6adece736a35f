"""The drill: a real home in use is backed up, put back elsewhere, verified, served; and an act goes on there."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.office.upkeep.homes import Home, new_home, noted, signed_in

OPEN_CASES = """
from kesu.caseload.models import CaseRow
for row in CaseRow.objects.filter(organisation="hengce", procedure="lab-pd-007", ended=None).order_by("file"):
    print(row.file.partition("/")[2])
"""


@pytest.fixture(scope="module")
def demo_home(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with the data of the demo, its rows folded anew: what is tried here is what a backup holds, not how rows came."""
    home = new_home(tmp_path_factory.mktemp("drill") / "home", request.config.getoption("--database"))
    home.kesu("demo")
    home.kesu("rebuild")
    return home


@pytest.fixture
def apart(demo_home: Home) -> Iterator[Path]:
    """A folder for backups, emptied afterwards."""
    folder = demo_home.folder.parent / "backups"
    folder.mkdir()
    yield folder
    shutil.rmtree(folder)


def digests(home: Home) -> list[str]:
    """The files of cases, by the names under which they lie."""
    return sorted(path.name for path in (home.folder / "files").rglob("*") if path.is_file())


def test_a_home_in_use_is_backed_up_put_back_verified_and_goes_on(
    database: str, demo_home: Home, apart: Path
) -> None:
    before, after, stop = [], [], threading.Event()
    with demo_home.served() as port:
        browser = signed_in(port)
        cases = [
            one for one in demo_home.python(OPEN_CASES).split() if noted(browser, one, "可以记事") == 302
        ]
        assert cases

        def write() -> None:
            while not stop.is_set():
                after.append(noted(browser, cases[0], f"备份时写的第 {len(after)} 条"))

        writer = threading.Thread(target=write)
        writer.start()
        while len(after) < 3:
            stop.wait(0.05)
        before = list(after)
        taken = demo_home.told("backup", "--to", str(apart))
        stop.set()
        writer.join()
    assert set(after) == {302}
    assert len(after) > len(before)
    backup = apart / Path(taken["out"]).name
    assert backup.stat().st_mode & 0o777 == 0o600

    there = new_home(apart / "there", database)
    restored = there.ran("restore", str(backup), "--json")
    told = json.loads(restored.stdout)
    assert (told["differences"], told["faults"], told["behind"]) == ([], [], []), restored.stderr
    assert (restored.returncode, told["sound"]) == (0, True)
    assert told["entries"] == taken["entries"]
    assert digests(there) == digests(demo_home) != []
    assert there.kesu("rebuild", "--check") == "every row is what the ledger says\n"
    assert "restored from the backup of" in there.kesu("verify")
    assert {
        path.name: path.stat().st_mode & 0o077 for path in there.folder.iterdir() if path.is_file()
    } == dict.fromkeys((path.name for path in there.folder.iterdir() if path.is_file()), 0)
    texts = there.python(
        f"from kesu.ledger.read import entries_of\nprint(len(entries_of('hengce', 'case/{cases[0]}')))"
    )
    with there.served() as port:
        assert noted(signed_in(port), cases[0], "恢复之后接着办") == 302
    more = there.python(
        f"from kesu.ledger.read import entries_of\nprint(len(entries_of('hengce', 'case/{cases[0]}')))"
    )
    assert int(more) == int(texts) + 1
    assert there.told("verify")["fault_count"] == 0
