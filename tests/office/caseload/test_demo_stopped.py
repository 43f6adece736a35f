"""A procedure that has grown a rule stops the stories of the demo that break it, and nothing else."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from tests.office.offices import empty_database

from kesu.caseload.models import CaseRow
from kesu.caseload.rebuilding.rebuild import rebuild
from kesu.cli import demo, serve
from kesu.demo import stories
from kesu.demo.stories import Loaded, load_demo
from kesu.ledger.verify import verify
from kesu.people.demo import DEMO_TITLES
from kesu.procedure.written.library import Library

NOW = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
RULES = "\nrules:\n"
ONE_MORE = """  - rule: samples seen
    clause: ["1"]
    when: {topic: time limit}
    at: registered
    record: [sample state]

"""


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The procedures, with one rule more at the arrival of complaints about delay."""
    root = tmp_path_factory.mktemp("procedures")
    copytree(Path(__file__).parents[3] / "procedures", root, dirs_exist_ok=True)
    path = root / "lab-pd-007" / "procedure.yaml"
    path.write_text(path.read_text("utf-8").replace(RULES, RULES + ONE_MORE, 1), encoding="utf-8")
    return Library(root)


@pytest.fixture(scope="module")
def loaded(django_test_environment: None, django_db_blocker: Any, grown: Library) -> Iterator[Loaded]:
    """The demo as the grown procedure lets it happen."""
    with empty_database(django_db_blocker):
        yield load_demo(now=NOW, library=grown)


def test_only_the_stories_that_break_the_rule_stop_and_say_where_and_why(loaded: Loaded) -> None:
    where = Counter((one.organisation, one.script, one.step) for one in loaded.stopped)
    assert where == {
        ("hengce", "late reports", "handed to quality manager"): 3,
        ("hengce", "withdrawn", "handed to quality manager"): 1,
        ("hengce", "programme", "handed to quality manager"): 1,
        ("hengjian", "late reports", "handed to quality manager"): 1,
    }
    first = loaded.stopped[0]
    assert first.in_("en") == (
        f"hengce, late reports, {first.received}, handed to quality manager: “Handed to the quality manager” still lacks: state of the sample. "
        "Where topic is “Time limits”, “Registered”: put on record state of the sample; "
        "what is missing is completed before the next step. (1)"
    )
    assert first.in_("zh").startswith(f"hengce, late reports, {first.received}, handed to quality manager：“")


def test_all_others_go_on_and_what_stands_verifies(loaded: Loaded) -> None:
    assert (verify().faults, rebuild(check=True)) == ((), [])
    rows = CaseRow.objects.filter(procedure="lab-pd-007")
    about_delay = [row for row in rows if "time limit" in row.topic]
    assert {row.state for row in about_delay} == {"registered", "acknowledged"}
    assert len(about_delay) >= len(loaded.stopped)
    assert CaseRow.objects.exclude(ended=None).filter(organisation="hengce").exists()
    assert CaseRow.objects.filter(organisation="qingmu").count() > 20


def test_the_server_says_so_and_starts(
    loaded: Loaded, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(stories, "load_demo", lambda **_: loaded)
    persons = serve._demo(argparse.Namespace(lang="en"))
    assert "周小雨" in {person["name"] for person in persons}
    told = capsys.readouterr().err.splitlines()
    assert told == [f"a story of the demo stops here: {one.in_('en')}" for one in loaded.stopped]


def test_the_command_says_so_and_ends_with_status_one(
    loaded: Loaded, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(stories, "load_demo", lambda **_: loaded)
    assert demo.run(argparse.Namespace(lang="zh", json=False)) == 1
    printed = capsys.readouterr()
    assert printed.out == f"演示数据已建立：单位 {'、'.join(DEMO_TITLES)}，案卷 {loaded.cases} 件\n"
    assert printed.err.splitlines() == [f"演示案例停在这里：{one.in_('zh')}" for one in loaded.stopped]
