"""Documents as PDF: the same bytes for the same document, within limits, and none where one is passed."""

from __future__ import annotations

import pytest
from tests.pages.pdf import pages

from kesu.prints import making
from kesu.prints.document import Document, Paragraphs, Signatures, Table, Value
from kesu.prints.making import NotMade, pdf


def document(*blocks: object, **more: object) -> Document:
    """A document of one house with these blocks."""
    given = {
        "lang": "zh",
        "house": "甲所",
        "title": "记录",
        "under_title": (),
        "above": ("甲所", "乙"),
        "below": "丙",
    }
    return Document(**{**given, "blocks": blocks, **more})  # type: ignore[arg-type]


def test_the_same_document_is_the_same_bytes() -> None:
    made = document(Paragraphs("李女士：报告晚了三天。"))
    assert pdf(made) == pdf(made)


def test_rare_characters_of_names_are_there() -> None:
    assert "䶮㛃喆𬱖" in pages(pdf(document(Paragraphs("䶮㛃喆𬱖"))))[0]


def test_the_head_of_a_table_is_on_each_of_its_pages() -> None:
    rows = tuple((Value(str(n)), Value("报告晚了三天")) for n in range(120))
    found = pages(pdf(document(Table(("编号", "事项"), rows, (1, 4), whole=True), landscape=True)))
    assert len(found) > 3
    assert all("编号事项" in page for page in found)
    assert [place for place in range(120) if f"{place}报告晚了三天" not in "".join(found)] == []


def test_a_document_to_be_signed_has_a_line_for_each_and_nothing_stands_where_the_seal_goes() -> None:
    signatures = Signatures(("填写", "审核", "批准"), date="日期", seal="盖章处")
    (page,) = pages(pdf(document(signatures)))
    assert page.count("日期：") == 3
    assert page == "甲所乙记录填写：日期：审核：日期：批准：日期：盖章处丙第1页共1页"


def test_one_that_is_too_large_says_so_and_what_to_do() -> None:
    with pytest.raises(NotMade) as failed:
        pdf(document(Paragraphs("长" * 2_000_000)))
    assert failed.value.why.zh == "内容超过 4 MB 文字，一份 PDF 放不下；请缩小范围，分几份打印"


def test_one_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "TIME", 0.001)
    with pytest.raises(NotMade, match="within 0 seconds"):
        pdf(document(Paragraphs("甲")))


def test_one_that_cannot_be_set_is_not_made() -> None:
    """A row with too few cells is set; a code that is no picture is not."""
    broken = Signatures(("填写",), date="日期", seal="盖章处", code="<svg>")
    with pytest.raises(NotMade):
        pdf(document(broken))
