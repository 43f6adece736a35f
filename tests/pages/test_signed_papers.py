"""打印签字件 and 传回签字件: a record goes out in a version, and its scan comes back to it."""

from __future__ import annotations

import io
import re
from typing import Any

import pypdfium2
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from tests.pages.desk import Desk
from tests.pages.html import Element
from tests.pages.pdf import printed
from tests.pages.test_prints import reported

from kesu.caseload.models import CaseRow
from kesu.demo.papers import drawn


def record_paper(desk: Desk, file: str, title: str) -> str:
    """Where a record of the case is printed, by the title of its step."""
    listed = desk.get(f"/cases/{file.partition('/')[2]}/records/")
    (line,) = [one for one in listed.one("ul", class_="lines").all("li") if title in one.text()]
    return str(line.link("打印（PDF）"))


def scan_of(desk: Desk, path: str, kind: str = "png") -> SimpleUploadedFile:
    """The paper at an address, as a scanner gives it: askew, grey, and as a picture or a PDF."""
    answer: Any = desk.client.get(path)
    page = pypdfium2.PdfDocument(answer.content)[0].render(scale=2).to_pil().convert("L")
    out = io.BytesIO()
    if kind == "pdf":
        page.convert("RGB").save(out, "PDF", resolution=144)
    else:
        page.rotate(3, fillcolor=255, expand=True).save(out, "PNG")
    return SimpleUploadedFile(f"签字.{kind}", out.getvalue())


def send(desk: Desk, scan: SimpleUploadedFile, **more: str) -> Element:
    return desk.post("/signed-papers/", {"f-scan": scan, **more})


def test_a_record_prints_with_its_form_its_version_lines_to_be_signed_and_nothing_where_the_seal_goes(
    desk: Desk,
) -> None:
    file, mine = reported(desk), desk.as_("顾明")
    (page,) = printed(mine, record_paper(mine, file, "填写投诉处理记录"))
    assert page.startswith("恒测检测技术服务中心TD-021/3填写投诉处理记录TS-2026-0001·TD-021/3·第1版")
    assert "填写：日期：审核：日期：批准：日期：盖章处" in page
    assert re.search(r"TS-2026-0001·第1版[0-9a-f]{16}", page)
    assert "草稿" not in page


def test_a_record_whose_text_may_not_be_told_is_printed_as_a_draft_and_for_others_is_not_there(
    desk: Desk,
) -> None:
    file, writer = reported(desk), desk.as_("顾明")
    path = record_paper(writer, file, "填写投诉处理报告")
    assert "草稿·未经同意不得告知" in "".join(printed(writer, path))
    other = desk.as_("韩松")
    assert other.client.get(path).status_code == 404
    assert "填写投诉处理报告" not in other.get(f"/cases/{file.partition('/')[2]}/records/").text()


def test_a_scan_finds_its_record_and_the_consent_is_noted_from_it_and_counts(desk: Desk) -> None:
    file, mine = reported(desk), desk.as_("顾明")
    page = send(mine, scan_of(mine, record_paper(mine, file, "填写投诉处理报告")))
    assert mine.status == 200
    assert "签字对应第 1 版，就是现在这一版。" in page.text()
    assert "退还全部检测费用" in page.text()
    address = str(page.link("签的是：同意"))
    form = mine.get(address)
    action = mine.step(file, "consented")
    given = form.form(action)
    assert '"name": "签字.png"' in str(given["f-scan"])
    who = next(
        one.attrs["value"] for one in form.one("select", id="f-by").all("option") if "陆建国" in one.text()
    )
    told = {"f-by": who, "f-medium": "signed paper", "f-opinion": "同意", "f-at": "2026-03-09 10:00"}
    mine.post(action, {**given, **told, "for-other": "1"})
    assert CaseRow.objects.get(file=file).state == "consented"
    entry = mine.case(file).one(id="told").all("li")[0].text()
    assert ("同意" in entry, "陆建国" in entry, "签字.png" in entry, "未确认" in entry) == (
        True,
        True,
        True,
        False,
    )


def test_a_scan_of_an_earlier_version_says_so_and_stands_for_no_decision(desk: Desk) -> None:
    file, mine = reported(desk), desk.as_("顾明")
    scan = scan_of(mine, record_paper(mine, file, "填写投诉处理报告"), "pdf")
    number = str(desk.house.do("周小雨", "note", "2026-03-09 09:50", file, text="已打印送签").number - 1)
    mended = {"entry": number, "word": "remedy", "value": "书面道歉", "reason": "写清楚"}
    desk.house.do("顾明", "corrected", "2026-03-09 09:55", file, **mended)
    page = send(mine, scan)
    assert "签字对应第 1 版，现在是第 2 版。" in page.text()
    assert "签的是" not in page.text()
    assert "第 2 版" in page.one("h2", id="stands").text()
    assert "第2版" in printed(mine, record_paper(mine, file, "填写投诉处理报告"))[0]


def test_a_paper_that_no_code_is_read_on_is_found_by_its_number_and_kept_as_evidence(desk: Desk) -> None:
    file, mine = reported(desk), desk.as_("顾明")
    page = send(mine, SimpleUploadedFile("手机.png", drawn("签了字")))
    assert (mine.status, "上面读不出本系统的码" in page.text()) == (422, True)
    sent = page.form("/signed-papers/")
    chosen = mine.post("/signed-papers/", {**sent, "number": "ts-2026-0001"})
    (wanted,) = [one for one in chosen.one("select", id="which").all("option") if "处理报告" in one.text()]
    found = mine.post("/signed-papers/", {**chosen.form("/signed-papers/"), "which": wanted.attrs["value"]})
    assert "是按编号找到的：请自己看纸上写的是不是第 1 版。" in found.text()
    form = mine.get(str(found.link("存为证据，附一条记事")))
    mine.post(mine.step(file, "note"), form.form(mine.step(file, "note")))
    told = mine.case(file).one(id="told").text()
    assert "签字件：填写投诉处理报告 第 1 版（TS-2026-0001）" in told
    assert "手机.png" in told


def test_a_code_of_another_ledger_is_refused_and_one_of_a_hidden_case_finds_nothing(desk: Desk) -> None:
    from kesu.prints.code import PaperCode
    from kesu.prints.document import Document, Signatures
    from kesu.prints.making import pdf

    file, mine = reported(desk), desk.as_("顾明")
    number = int(record_paper(mine, file, "填写投诉处理报告").split("/")[-3])
    code = PaperCode(file.partition("/")[2], number, 1, "0" * 16)
    block = Signatures(("填写",), date="日期", seal="盖章处", code=code.svg())
    made = pdf(Document("zh", "甲", "乙", (), ("", ""), "", (block,)))
    forged = SimpleUploadedFile("签字.pdf", made)
    page = send(mine, forged)
    assert "纸上的码和账本里的任何一版都对不上" in page.text()
    assert "登记" not in [one.text() for one in page.all("h2")]
    hidden = desk.house.received(item="HC-0102")  # the work of Shen Li
    seer, barred = desk.as_("周小雨"), desk.as_("沈立")
    scan = scan_of(seer, record_paper(seer, hidden, "登记"))
    answer = send(barred, scan)
    assert (barred.status, "TS-2026-0002" in answer.text()) == (422, False)


def test_nobody_sees_the_scan_that_somebody_else_has_sent_in(desk: Desk) -> None:
    file, mine = reported(desk), desk.as_("顾明")
    page = send(mine, scan_of(mine, record_paper(mine, file, "填写投诉处理报告")))
    address = page.one("img", class_="scan").attrs["src"]
    shown: Any = mine.client.get(address)
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/png")
    assert Image.open(io.BytesIO(shown.content)).size[0] > 1000
    assert desk.as_("周小雨").client.get(address).status_code == 404


def test_sending_nothing_asks_for_the_scan(desk: Desk) -> None:
    mine = desk.as_("顾明")
    page = mine.post("/signed-papers/", {})
    assert (mine.status, "请先选扫描件或照片。" in page.text()) == (422, True)
