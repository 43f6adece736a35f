"""A case has a face: who, what was said, which item; the same string everywhere, and kept nowhere."""

from __future__ import annotations

from typing import Any

import pytest
from tests.office.caseload.office import Office, at, key

from kesu.caseload.acting.answers import Done
from kesu.caseload.asking.opened import opened
from kesu.caseload.asking.queries import queue
from kesu.caseload.models import CaseRow
from kesu.caseload.sight.face import faces, first_sentence, short_name
from kesu.caseload.sight.reader import reader_of
from kesu.registry.erasure import erase

NOW = at("2026-03-02 16:00")
MENDED = {"entry": "1", "word": "complainant", "value": "清源饮品", "reason": "听错"}


def received(office: Office, **facts: Any) -> str:
    said = {"complainant": "清泉饮品有限公司", "account": "菌落总数差十倍。请查一查。", **facts}
    return office.receive("2026-03-02 10:00", **said).file


def face(office: Office, file: str) -> str:
    """As lists have it; the case itself, opened, has to have the same."""
    row = CaseRow.objects.get(organisation=office.organisation, file=file)
    view = opened(file, reader_of(office.organisation, office.persons["gu"], NOW))
    listed = faces([row])[file]
    assert view is not None
    assert view.face == listed
    return listed.zh


def test_a_face_is_who_complains_what_was_said_first_and_about_which_item(office: Office) -> None:
    file = received(office)
    assert face(office, file) == "清泉饮品：菌落总数差十倍"
    office.do("registered", "zhou", "2026-03-02 10:30", file=file, facts={"item": "HC-0075"})
    assert face(office, file) == "清泉饮品：菌落总数差十倍 · HC-0075"


def test_a_corrected_word_shows_as_it_stands(office: Office) -> None:
    file = received(office)
    office.do("corrected", "zhou", "2026-03-02 11:00", file=file, facts=MENDED)
    assert face(office, file) == "清源饮品：菌落总数差十倍"


def test_where_nobody_knows_who_complains_what_was_said_is_told(office: Office) -> None:
    assert face(office, received(office, complainant=None)) == "菌落总数差十倍"


def test_a_row_of_my_work_has_the_face_of_its_case(office: Office) -> None:
    file = office.accepted("2026-03-02 10:00").file
    tasks = [task for task in queue(reader_of("hengce", office.persons["shen"], NOW)) if task.file == file]
    assert {task.title.zh for task in tasks} == {face(office, file)}


def test_what_was_erased_is_gone_from_the_face(office: Office) -> None:
    file = office.accepted("2026-03-02 10:00").file
    office.do("investigated", "shen", "2026-03-02 11:00", file=file)
    office.do("closed", "gu", "2026-03-02 12:00", file=file)
    before = face(office, file)
    later, yin = at("2026-06-01 09:00"), office.persons["yin"]
    answer = erase(file, [(1, "complainant"), (1, "account")], ground="第四十七条", organisation="hengce", person=yin, now=later, key=key())  # fmt: skip
    assert isinstance(answer, Done)
    row = CaseRow.objects.get(file=file)
    assert before != face(office, file) == row.title_zh


def test_a_number_that_somebody_wrote_into_his_account_is_masked(office: Office) -> None:
    file = received(office, account="请回电 13812346621 或 li@example.com")
    assert face(office, file) == "清泉饮品：请回电 138****6621 或 l***@example.com"


@pytest.mark.parametrize(
    ("written", "short"),
    [
        ("清泉饮品有限公司", "清泉饮品"),
        ("江岸水务股份有限公司 李女士", "江岸水务"),
        ("李女士", "李女士"),
        ("宏泰食品（分厂）", "宏泰食品（分厂）"),
        ("Li Min", "Li Min"),
        ("有限公司", "有限公司"),
        ("一家名字长得写不下的检验检测认证技术服务", "一家名字长得写不下的检…"),
    ],
)
def test_a_name_is_shortened_to_what_people_say(written: str, short: str) -> None:
    assert short_name(written) == short


@pytest.mark.parametrize(
    ("account", "sentence"),
    [
        ("打开有酸味。还胀包", "打开有酸味"),
        ("  第一行\n第二行", "第一行"),
        ("一二三四五六七八九十一二三四五六七八九十一二", "一二三四五六七八九十一二三四五六七八九十一二"),
        ("一二三四五六七八九十一二三四五六七八九十一二三", "一二三四五六七八九十一二三四五六七八九十一…"),
        (
            "The report came three days later than was agreed upon",
            "The report came three days later than was…",
        ),
        ("。。。", ""),
    ],
)
def test_of_an_account_the_first_sentence_is_told_and_cut_where_it_is_long(
    account: str, sentence: str
) -> None:
    assert first_sentence(account) == sentence
