"""Nothing personal and nothing that may not be told leaves for somebody who is not to have it: marks are looked for everywhere.

One case is told with a mark in what is personal, another in the result that nobody has consented to, and a telephone
number; then every address is opened as every post, and every command is asked for its JSON.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from tests.pages.desk import Desk
from tests.pages.pdf import pages
from tests.pages.test_permissions import GIVEN, LISTS, SENT

from kesu.cli.main import main
from kesu.desk.urls import urlpatterns
from kesu.procedure.written.library import here

PERSONAL, RESULT, PHONE = "内情7391", "结果8842", "13812346621"
MARKS = (PERSONAL, RESULT, PHONE)
EVERYBODY = ("周小雨", "顾明", "沈立", "陆建国", "赵敏", "韩松", "叶文", "秦越", "邓颖", "吴涛")
SEARCHES = (
    "cases/?view=all",
    "cases/?view=major",
    "?view=others",
    "items/?text=HC",
)


@pytest.fixture
def file(desk: Desk) -> str:
    """A case with a mark in every corner, hidden from Shen Li, who did the work; its result is written and not consented to."""
    house = desk.house
    file = house.received(
        complainant=PERSONAL, account=PERSONAL, email="secret@example.com", phone=PHONE, item="HC-0102"
    )
    asked = dict.fromkeys(
        ("event", "time and place", "report concerned", "persons concerned", "loss suffered", "wish"), "问过"
    )
    day = "2026-03-09 "
    house.do("周小雨", "handed to quality manager", day + "09:20", file, intake_questions=asked)
    house.do("周小雨", "note", day + "09:21", file, text=PERSONAL)
    house.do("顾明", "relevance decided", day + "09:30", file, ours="yes", relevance_reason=PERSONAL)
    house.do("顾明", "graded", day + "09:35", file, grade="ordinary", grade_reason=PERSONAL)
    house.do("周小雨", "accepted", day + "09:40", file, responsible_unit="samples")
    house.do("顾明", "team appointed", day + "09:41", file, team=[house.persons["韩松"]])
    house.do("顾明", "asked", day + "09:42", file, to_person=house.persons["韩松"], question=PERSONAL)
    house.do("韩松", "statement given", day + "09:43", file, statement=PERSONAL)
    analysed = {
        "complaint_content": PERSONAL,
        "demand": PERSONAL,
        "touches_system": "no",
        "touches_duties": "no",
    }
    house.do("顾明", "analysed", day + "09:43", file, data_validity="no", **analysed)
    house.decided(file, "upheld", PERSONAL)
    house.do("顾明", "handling proposed", day + "09:45", file, handling_way=PERSONAL, reply_way="电话")
    report = {"result": RESULT, "result_reasons": RESULT, "remedy": RESULT}
    house.do("顾明", "handling report made", day + "09:46", file, **report)
    mended = {"entry": "1", "word": "account", "value": PERSONAL, "reason": PERSONAL}
    house.do("周小雨", "corrected", day + "09:50", file, **mended)
    barred(desk, file)
    return file


def barred(desk: Desk, file: str) -> None:
    """Somebody tried what the rules bar, and typed the mark."""
    mine = desk.as_("周小雨")
    mine.post(mine.step(file, "not accepted"), {"key": "barred", "f-reason": PERSONAL})
    assert mine.status == 422


def leaked(client: Client, paths: Iterable[str], marks: Iterable[str]) -> set[tuple[str, str]]:
    """Which marks an answer holds, by the address that gave it."""
    answers = {path: read_out(client.get(path, follow=True)) for path in paths}
    return {(path, mark) for path, answer in answers.items() for mark in marks if mark in answer}


def read_out(answer: Any) -> str:
    """What an answer says: the text of a page as it is sent, of a printed document as a reader gets it."""
    if answer.headers["Content-Type"] == "application/pdf":
        return "".join(pages(answer.content))
    if answer.headers["Content-Type"].endswith("spreadsheetml.sheet"):
        with ZipFile(BytesIO(answer.content)) as sheet:
            return "".join(sheet.read(name).decode() for name in sheet.namelist())
    return str(answer.content.decode())


def of_the_file(file: str) -> list[str]:
    """Every address that leads to a case, but those that are sent to."""
    named = [str(route.name) for route in urlpatterns if "case_id" in str(route.pattern)]
    case_id = file.partition("/")[2]
    given = {name: {**GIVEN.get(name, {}), "case_id": case_id} for name in named if name not in SENT}
    return [reverse(name, kwargs=kwargs) for name, kwargs in given.items()]


def forms(file: str) -> list[str]:
    """The form of every step."""
    slugs = [step.replace(" ", "-") for step in here().load("lab-pd-007").steps]
    return [reverse("step", kwargs={"case_id": file.partition("/")[2], "slug": slug}) for slug in slugs]


@pytest.mark.parametrize("name", EVERYBODY)
def test_no_list_and_no_register_holds_more_than_the_face_of_a_case_that_he_sees(
    desk: Desk, file: str, name: str
) -> None:
    """The face says who complains and the first sentence of what was said."""
    client = desk.as_(name).client
    paths = [*map(reverse, LISTS), *(f"/{one}" for one in SEARCHES)]
    marks = (RESULT, PHONE) if sees(client, file) else MARKS
    assert leaked(client, paths, marks) == set()


def sees(client: Client, file: str) -> bool:
    """Whether the case is there for whoever looks."""
    return client.get(f"/cases/{file.partition('/')[2]}/").status_code == 200


def test_a_search_finds_what_was_written_for_whoever_sees_the_case_and_never_what_is_kept_back(
    desk: Desk, file: str
) -> None:
    """Of a telephone number it finds what is shown of it, also for who types all of it."""
    found, wanted = {}, {}
    for name in EVERYBODY:
        client = desk.as_(name).client
        for typed in (PERSONAL, PHONE, "6621", RESULT, "8842", "3812", "secret"):
            page = client.get("/cases/", {"view": "all", "text": typed}).content.decode()
            # the field in which it was typed, the way back, and the head of the printed list
            for mine in (f'"{typed}"', f"text={typed}", f"“{typed}”"):
                page = page.replace(mine, "")
            found[name, typed] = ("TS-2026-0001" in page, RESULT in page, PHONE in page)
            wanted[name, typed] = (sees(client, file) and typed in (PERSONAL, PHONE, "6621"), False, False)
    assert found == wanted
    assert {name for (name, _), (there, *_) in found.items() if there} >= {"周小雨", "顾明", "叶文"}
    assert not any(there for (name, _), (there, *_) in found.items() if name == "沈立")


def test_from_whom_a_case_is_hidden_he_gets_nothing_of_it_at_any_address(desk: Desk, file: str) -> None:
    marks = (*MARKS, "HC-0102", "TS-2026-0001")
    assert leaked(desk.as_("沈立").client, of_the_file(file), marks) == set()


def test_a_mark_on_a_printed_document_would_be_found(desk: Desk, file: str) -> None:
    path = reverse("print case file", args=[file.partition("/")[2]])
    assert leaked(desk.as_("顾明").client, [path], MARKS) == {(path, PERSONAL), (path, RESULT)}
    assert leaked(desk.as_("韩松").client, [path], MARKS) == {(path, PERSONAL)}


def test_nobody_who_has_not_signed_in_gets_anything(desk: Desk, file: str) -> None:
    assert leaked(Client(), [*of_the_file(file), *map(reverse, LISTS)], MARKS) == set()


@pytest.mark.parametrize("name", ["周小雨", "韩松", "叶文"])
def test_no_address_gives_away_a_result_or_a_number_to_who_is_not_to_have_it(
    desk: Desk, file: str, name: str
) -> None:
    client = desk.as_(name).client
    assert leaked(client, of_the_file(file), (RESULT, PHONE)) == set()
    assert PERSONAL in client.get(f"/cases/{file.partition('/')[2]}/").content.decode()


def test_no_form_gives_it_away_to_who_will_tell_it_once_it_is_consented_to(desk: Desk, file: str) -> None:
    assert leaked(desk.as_("赵敏").client, forms(file), (RESULT, PHONE)) == set()


def test_what_commands_print_for_programs_and_what_is_exported_holds_none_of_it(
    desk: Desk, file: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = tmp_path / "ledger"
    commands = [
        ["rebuild", "--check"],
        ["figures"],
        ["verify"],
        ["export-ledger", "--organisation", "hengce", "--out", str(out)],
    ]
    for command in commands:
        assert main([*command, "--json"]) == 0, command
    printed = capsys.readouterr().out + out.read_text(encoding="utf-8")
    assert {mark for mark in MARKS if mark in printed} == set()
