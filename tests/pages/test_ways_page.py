"""The page of the ways: read from what is kept beside the procedure, in the words of its reader."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.pages.desk import Desk

from kesu.desk.pages.ways import kept_of


def test_the_ways_stand_as_lines_with_who_takes_each_step_and_what_is_not_done(desk: Desk) -> None:
    text = desk.as_("周小雨").get("/procedures/lab-pd-007/ways/").text()
    assert "结案 · 各岗位一起办" in text
    assert "没有用到" in text
    assert "各岗位单独能办什么" in text


def test_it_is_reached_from_the_procedure_and_leads_back(desk: Desk) -> None:
    mine = desk.as_("周小雨", "en")
    assert "/procedures/lab-pd-007/ways/" in [
        link.attrs.get("href") for link in mine.get("/procedures/lab-pd-007/").all("a")
    ]
    assert "/procedures/lab-pd-007/" in [
        link.attrs.get("href") for link in mine.get("/procedures/lab-pd-007/ways/").all("a")
    ]
    assert mine.client.get("/procedures/nowhere/ways/").status_code == 404


def test_where_nothing_is_kept_it_says_so(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KESU_PROCEDURES", str(tmp_path))
    assert kept_of("lab-pd-007") is None
    assert (
        "No ways are kept for this procedure yet."
        in desk.as_("周小雨", "en").get("/procedures/lab-pd-007/ways/").text()
    )


def test_the_way_of_a_branch_says_of_which(desk: Desk) -> None:
    text = desk.as_("周小雨").get("/procedures/lab-pd-007/ways/").text()
    assert "结案 · 各岗位一起办 · 级别: 重大" in " ".join(text.split())
