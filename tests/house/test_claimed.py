"""The list of claims is looked at: one that its page does not make, one without a test, and a point without a claim are found."""

from __future__ import annotations

from tests.claimed import LIST, POINTS, ROOT, SECTIONS, WHAT, WHO, wrong

PAGES = {name: (ROOT / name).read_text(encoding="utf-8") for name in (*POINTS, *SECTIONS)}
TEXT = LIST.read_text(encoding="utf-8")


def test_every_claim_has_its_test() -> None:
    assert wrong(TEXT, PAGES) == []


def test_a_claim_that_its_page_no_longer_makes_is_found() -> None:
    altered = PAGES | {"README.md": PAGES["README.md"].replace("Chinese first", "English first")}
    assert wrong(TEXT, altered) == [
        "README.md: does not say “Chinese first, English complete.”",
        "README.md: nothing in the list speaks of “- English first, English complete.”",
    ]


def test_a_test_that_is_gone_is_found() -> None:
    for name, other in (
        ("test_one_file_proves_that_it_is_whole", "test_nothing"),
        ("test_macs.py::", "test_makes.py::"),
    ):
        assert any(
            f"there is no test tests/office/ledger/{other}" in said or other in said
            for said in wrong(TEXT.replace(name, other), PAGES)
        )


def test_a_claim_without_a_test_is_found() -> None:
    text = TEXT.replace("`tests/house/test_docs_rooms.py`", "–")
    assert wrong(text, PAGES) == [
        "docs/explanation/architecture.md: “tests/ follows the rooms” names no test"
    ]


def test_a_new_point_and_a_new_section_want_a_claim() -> None:
    ledger, time = "docs/explanation/ledger.md", "docs/explanation/time.md"
    more = PAGES | {
        ledger: PAGES[ledger] + "\n- **It is never wrong.**\n",
        time: PAGES[time] + "\n## Tomorrow\n\nIt comes.\n",
    }
    assert wrong(TEXT, more) == [
        f"{ledger}: nothing in the list speaks of “- It is never wrong.”",
        f"{time}: nothing in the list speaks of “## Tomorrow It comes.”",
    ]


def test_each_who_and_each_what_has_a_cell_with_its_test() -> None:
    ledger = "docs/explanation/ledger.md"
    rows = PAGES[ledger].splitlines()
    for who in WHO:
        for what in WHAT:
            (row,) = [line for line in rows if line.startswith(f"| {who} | {what} |")]
            without = PAGES | {ledger: PAGES[ledger].replace(row + "\n", "")}
            assert wrong(TEXT, without) == [
                f"{ledger}: the table does not say what finds it when {who} {what}"
            ]
