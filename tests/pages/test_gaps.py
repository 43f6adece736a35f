"""The page that holds a procedure against a standard: what lacks comes first, with what to add."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest
from tests.pages.desk import Desk

from kesu.desk.pages.gaps import papers_of_library
from kesu.procedure.written.library import here

PAGE = "/procedures/lab-pd-007/gaps/"


def test_the_standard_over_the_laboratory_is_covered_each_rule_with_what_holds_it(desk: Desk) -> None:
    text = " ".join(desk.as_("周小雨").get(f"{PAGE}?against=iso-17025-7-9").text().split())
    assert "已落实 28" in text
    assert "缺 " not in text
    assert "可以补进程序文件的内容" not in text


def test_of_another_paper_what_lacks_comes_first_with_the_lines_to_add(desk: Desk) -> None:
    text = desk.as_("周小雨", "en").get(f"{PAGE}?against=satisfied-before-closing").text()
    assert text.index("Lacking") < text.index("Covered")
    assert "To be added to the procedure file" in text
    assert "- rule: " in text


def test_it_is_chosen_from_the_papers_of_the_library(desk: Desk) -> None:
    mine = desk.as_("周小雨", "en")
    chosen = [one.attrs.get("value") for one in mine.get(PAGE).all("option")]
    assert "iso-17025-7-9" in chosen
    assert "lab-pd-007" not in chosen
    assert PAGE in [link.attrs.get("href") for link in mine.get("/procedures/lab-pd-007/").all("a")]


def test_papers_about_the_same_kind_of_file_come_first_and_such_as_hold_no_clause_are_not_offered(
    desk: Desk,
) -> None:
    page = desk.as_("周小雨", "en").get(PAGE)
    groups = [one.attrs.get("label") for one in page.all("optgroup")]
    chosen = [one.attrs.get("value") for one in page.all("option")]
    assert groups == ["About the same kind of file", "About other files"]
    assert chosen.index("iso-10002") < chosen.index("eight-d")
    assert not {"base", "spine", "conformity-assessment"} & {*chosen}


def test_what_the_paper_has_no_word_for_is_lacking_and_the_word_is_proposed(desk: Desk) -> None:
    text = desk.as_("周小雨", "en").get(f"{PAGE}?against=iso-17065-7-13").text()
    assert "No step asks: Consulted for the client" in " ".join(text.split())
    assert "# words.yaml" in text
    assert "ISO17065-7.13.6" in text


def test_a_paper_with_a_fault_takes_nothing_from_the_others(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("base", "public-replies", "satisfied-before-closing"):
        copytree(here().find(name), tmp_path / name)
    (tmp_path / "public-replies" / "procedure.yaml").write_text(
        "procedure: public-replies\n", encoding="utf-8"
    )
    monkeypatch.setenv("KESU_PROCEDURES", str(tmp_path))
    papers_of_library.cache_clear()
    try:
        chosen = [one.attrs.get("value") for one in desk.as_("周小雨").get(PAGE).all("option")]
    finally:
        papers_of_library.cache_clear()
    assert chosen == ["", "satisfied-before-closing"]


def test_a_paper_or_a_procedure_that_there_is_not_is_not_found(desk: Desk) -> None:
    client = desk.as_("周小雨").client
    assert client.get(f"{PAGE}?against=nowhere").status_code == 404
    assert client.get("/procedures/nowhere/gaps/").status_code == 404
