"""What holds on every page: both languages, no script but our own files, nothing kept by the browser, titles that begin with the matter."""

from __future__ import annotations

import re

import pytest
from django.template import engines
from django.test import Client
from django.utils import translation
from jinja2 import UndefinedError
from tests.pages.desk import Desk

from kesu.reading.text import Text

PAGES = (
    "/",
    "/?view=others",
    "/register/",
    "/cases/",
    "/cases/?view=all",
    "/cases/?view=all&text=HC",
    "/cases/meeting/",
    "/signed-papers/",
    "/customers/",
    "/batches/",
    "/together/",
    "/go/?text=HC",
    "/items/",
    "/prices/",
    "/procedures/",
    "/procedures/lab-pd-007/",
    "/draw/?n=2&seed=1",
    "/procedures/lab-pd-007/flow/",
    "/procedures/lab-pd-007/ways/",
    "/programmes/",
    "/reports/",
)
PAGES += (
    "/calendars/main/?span=5+working+days",
    "/people/",
    "/barred/",
    "/ledger/",
    "/password/",
    "/sessions/",
    "/second-factor/",
    "/items/one/HC-0101/",
)
OFFICE = (
    "/people/post/",
    "/people/stand-in/",
    "/people/end-post/",
    "/access/",
    "/items/new/",
    "/prices/bring-in/",
)
OFFICE += (
    "/people/",
    "/people/new/",
    "/people/new-unit/",
    "/people/second-factor/",
    "/people/sites/",
    "/people/one/PERSON/",
    "/people/one/PERSON/leaving/",
    "/setup/portal/",
)
ANYBODY = (
    "/sign-in/",
    "/how-we-handle-complaints/",
    "/how-we-handle-complaints/hengce/lab-pd-007/",
    "/nowhere/",
)
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def every_page(desk: Desk, language: str) -> dict[str, str]:
    """Each page as sent, in one language."""
    file = desk.house.handed_over().partition("/")[2]
    of_case = [f"/cases/{file}/", f"/register/{file}/", f"/cases/{file}/limits/0/"]
    of_case += [f"/cases/{file}/for-the-complainant/", f"/cases/{file}/records/"]
    of_case += [f"/cases/{file}/letters/{name}/" for name in ("receipt", "result")]
    of_case += [
        f"/cases/{file}/steps/{step}/" for step in ("accepted", "analysed", "found", "named", "corrected")
    ]
    found: dict[str, str] = {}
    for name, paths in (("顾明", (*PAGES, *of_case)), ("秦越", OFFICE)):
        client = desk.as_(name, language).client
        paths = [path.replace("PERSON", desk.house.persons["顾明"]) for path in paths]
        found |= {f"{name} {path}": client.get(path).content.decode() for path in paths}
    nobody = desk.client
    nobody.cookies["django_language"] = "en" if language == "en" else "zh-hans"
    return found | {path: nobody.get(path).content.decode() for path in ANYBODY}


@pytest.fixture(params=["zh", "en"])
def pages(desk: Desk, request: pytest.FixtureRequest) -> tuple[str, dict[str, str]]:
    """All pages in one language."""
    return request.param, every_page(desk, request.param)


def test_every_page_speaks_its_language_and_says_so(pages: tuple[str, dict[str, str]]) -> None:
    language, sent = pages
    lang = {tuple(re.findall(r'<html lang="([^"]+)"', page)) for page in sent.values()}
    assert lang == {("en",) if language == "en" else ("zh-CN",)}


def test_english_pages_hold_no_chinese_but_names_and_what_people_wrote(desk: Desk) -> None:
    names = [*desk.house.persons, *ANYBODYS_WORDS]
    left = {}
    for path, page in every_page(desk, "en").items():
        text = re.sub(r"<[^>]+>", "\n", re.sub(r' lang="zh-CN">[^<]+<', "><", page))
        for name in sorted(names, key=len, reverse=True):
            text = text.replace(name, "")
        if found := sorted({line.strip() for line in text.split("\n") if CHINESE.search(line)}):
            left[path] = found
    assert left == {}


ANYBODYS_WORDS = (
    "总部", "恒测检测技术服务中心", "恒鉴检测技术服务中心", "客户服务部", "质量管理部", "检测部", "检测一室（化学）", "检测二室（材料）",
    "采样组", "样品室", "东区站", "李女士", "当面告知", "报告比约定晚了三天。", "报告比约定晚了三天", "晚了三天", "上周", "不清楚", "没有损失", "没有", "说明原因",
    "本机构的委托", "宏泰食品", "检测",
)  # fmt: skip


def written(template: str, **given: object) -> str:
    """What a template of the desk makes of this."""
    return engines["jinja2"].from_string(template).render(given)


@pytest.mark.parametrize("template", ["{{ colour }}", "{{ text.colour }}", "{% if text.colour %}{% endif %}"])
def test_a_template_that_asks_for_what_is_not_there_fails(template: str) -> None:
    with pytest.raises(UndefinedError, match="colour"):
        written(template, text=Text("甲", "A"))


def test_what_people_write_is_escaped_wherever_it_stands() -> None:
    template = "{{ what }}|{{ text|say }}|{% trans %}{{ what }} reached{% endtrans %}|{{ text|brackets }}"
    with translation.override("en"):
        assert written(template, what="<b>", text=Text("乙", "<i>")) == (
            "&lt;b&gt;|&lt;i&gt;|&lt;b&gt; reached| (&lt;i&gt;)"
        )


def test_unbroken_parts_stand_together_and_keep_the_breaks_of_what_they_show() -> None:
    template = (
        "{% unbroken %}\n  {{ one }}\n  {% if one %}\n    <b> {{ two }}</b>\n  {% endif %}\n{% endunbroken %}"
    )
    assert written(template, one="甲\n乙", two="丙") == "甲\n乙<b> 丙</b>"


def test_no_page_holds_a_script_an_inline_style_or_an_address_elsewhere(
    pages: tuple[str, dict[str, str]],
) -> None:
    forbidden = re.compile(
        r"<script(?! src=\"/static/desk/[a-z]+\.js\?v=[0-9a-f]+\" defer></script>)|<style|\sstyle=|\son[a-z]+=|https?://(?!www\.w3\.org)|javascript:"
    )
    assert {path: forbidden.findall(page) for path, page in pages[1].items() if forbidden.search(page)} == {}


def test_every_page_has_one_heading_a_skip_link_and_a_title_that_begins_with_it(
    pages: tuple[str, dict[str, str]],
) -> None:
    for path, page in pages[1].items():
        assert page.count("<h1") == 1, path
        assert '<a class="skip" href="#main">' in page, path
        title = re.search(r"<title>(.*?)</title>", page)
        assert title is not None
        assert title[1].endswith((" – 客诉", " – Kesu")), path


def test_every_answer_forbids_scripts_frames_and_keeping(desk: Desk) -> None:
    answers = [
        desk.client.get("/sign-in/"),
        desk.client.get("/nowhere/"),
        desk.as_("顾明").client.get("/cases/"),
    ]
    assert [one.status_code for one in answers] == [200, 404, 200]
    for answer in answers:
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "script-src 'self';" in answer.headers["Content-Security-Policy"]
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Frame-Options"] == "DENY"


def test_nothing_is_written_without_the_mark_of_this_browser(desk: Desk) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(desk.house.user("周小雨"), backend="kesu.people.sign_in.ByNameOrEmail")
    answer = client.post("/register/", {"f-account": "x"})
    assert answer.status_code == 403
    assert "页面已经过时" in answer.content.decode()


def test_writing_addresses_refuse_to_be_merely_opened(desk: Desk) -> None:
    mine = desk.as_("顾明")
    name = desk.house.received().partition("/")[2]
    writing = ("/sign-out/", "/language/", "/unlock/", "/sign-in/demo/", f"/cases/{name}/contact/")
    assert {path: mine.client.get(path).status_code for path in writing} == dict.fromkeys(writing, 405)
