"""Files on pages: sent in by a plain form, kept through a refusal, opened by those alone who see the case."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.pages.desk import Desk
from tests.pages.test_who_sees_what import without_marks

from kesu.demo.papers import drawn
from kesu.desk.models import Access
from kesu.files.keeping import store
from kesu.files.models import Draft

PICTURE = drawn("小票")
DIGEST = sha256(PICTURE).hexdigest()


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Any) -> None:
    settings.FILES_FOLDER, settings.PREVIEWS_FOLDER = tmp_path / "files", tmp_path / "previews"


def upload(content: bytes = PICTURE, name: str = "小票.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def noted(desk: Desk, file: str, **more: Any) -> Any:
    return desk.take(file, "note", text="附上小票", evidence_files=[upload()], **more)


def opened(desk: Desk, file: str, digest: str = DIGEST, more: str = "") -> Any:
    return desk.client.get(f"/cases/{file.partition('/')[2]}/files/{digest}/{more}")


def test_a_complaint_is_registered_with_its_pictures(desk: Desk) -> None:
    clerk = desk.as_("周小雨")
    form = clerk.get("/register/").form("/register/")
    said = {
        "f-complainant": "李女士",
        "f-channel": "visit",
        "f-account": "数据对不上",
        "f-matter": "complaint",
    }
    sent = {"f-evidence-files": [upload()], "f-evidence-files--sort": "receipt"}
    page = clerk.post("/register/", {**form, **said, **sent})
    assert clerk.status == 200, page.text()
    case = clerk.get(clerk.last.redirect_chain[-1][0].replace("/register/", "/cases/"))
    said_of_it = case.one("ul", class_="files").text().replace(" ", "")
    assert said_of_it == f"小票.png小票2kB收到投诉·周小雨·3月9日（周一）10:20SHA-256{DIGEST[:16]}"
    assert Draft.objects.count() == 0


def test_what_a_refused_form_brought_is_kept_and_not_asked_again(desk: Desk) -> None:
    clerk, file = desk.as_("周小雨"), desk.house.received()
    address = clerk.step(file, "note")
    form = clerk.get(address).form(address)
    page = clerk.post(
        address, {**form, "f-text": "", "f-evidence-files": [upload(), upload(b"<html>", "a.html")]}
    )
    assert clerk.status == 422
    assert "“a.html”的内容不是能收的类型，没有收下" in page.text()
    kept = page.form(address)
    assert '"name": "小票.png"' in str(kept["f-evidence-files"])
    clerk.post(address, {**kept, "f-text": "附上小票"})
    assert clerk.status == 200
    assert opened(clerk, file).status_code == 200


@pytest.mark.parametrize(
    ("content", "said"), [(b"", "是空的，没有收下"), (bytes(1_100_000), "超过 1 MB，没有收下")]
)
def test_an_empty_or_large_file_is_refused_beside_its_field(
    desk: Desk, settings: Any, content: bytes, said: str
) -> None:
    settings.FILE_SIZE = 1
    clerk, file = desk.as_("周小雨"), desk.house.received()
    address = clerk.step(file, "note")
    sent = {"f-text": "附上", "f-evidence-files": [upload(content, "a\r\nb.png")]}
    page = clerk.post(address, {**clerk.get(address).form(address), **sent})
    assert (clerk.status, said in page.text(), page.form(address)["f-text"]) == (422, True, ["附上"])
    assert list(store().digests("hengce")) == []


def test_a_picture_is_shown_alone_and_everything_else_is_taken_away(desk: Desk) -> None:
    clerk, file = desk.as_("周小雨"), desk.house.received()
    clerk.take(file, "note", text="附上", evidence_files=[upload(), upload(b"%PDF-1.7\n%%", "报告.pdf")])
    shown, saved = opened(clerk, file), opened(clerk, file, more="?save")
    letter = opened(clerk, file, sha256(b"%PDF-1.7\n%%").hexdigest())
    assert (shown.content, shown["Content-Type"]) == (PICTURE, "image/png")
    assert [answer["Content-Disposition"].partition(";")[0] for answer in (shown, saved, letter)] == [
        "inline",
        "attachment",
        "attachment",
    ]
    for answer in (shown, saved, letter):
        assert {
            name: answer[name]
            for name in ("X-Content-Type-Options", "Cache-Control", "Content-Security-Policy")
        } == {
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        }


def test_a_small_picture_is_drawn_and_of_what_cannot_be_drawn_there_is_none(desk: Desk) -> None:
    clerk, file = desk.as_("周小雨"), desk.house.received()
    broken = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(30)
    clerk.take(file, "note", text="附上", evidence_files=[upload(), upload(broken, "坏.png")])
    small = opened(clerk, file, more="preview/")
    assert (small.status_code, small["Content-Type"], small.content[:8]) == (
        200,
        "image/png",
        b"\x89PNG\r\n\x1a\n",
    )
    assert opened(clerk, file, sha256(broken).hexdigest(), "preview/").status_code == 404


def test_who_opened_which_file_is_written_down(desk: Desk) -> None:
    clerk, file = desk.as_("周小雨"), desk.house.received()
    noted(clerk, file)
    opened(clerk, file)
    assert list(Access.objects.filter(what="file opened").values_list("person", "file")) == [
        (desk.house.persons["周小雨"], f"{file} {DIGEST[:16]}")
    ]
    about = [
        [cell.text() for cell in desk.as_(name).get("/access/").all("td") if DIGEST[:16] in cell.text()]
        for name in ("叶文", "秦越")
    ]
    assert about == [[f"TS-2026-0001 {DIGEST[:16]}"], [f"— {DIGEST[:16]}"]]


def test_who_has_to_stay_out_gets_the_answer_of_a_case_that_never_was(desk: Desk) -> None:
    clerk, file = desk.as_("周小雨"), desk.house.received(item="HC-0101")  # Wu tested it
    noted(clerk, file)
    barred = desk.as_("吴涛")
    for more in ("", "preview/"):
        hidden, never = opened(barred, file, more=more), opened(barred, "case/" + "0" * 32, more=more)
        assert (hidden.status_code, never.status_code) == (404, 404)
        name = file.partition("/")[2].encode()
        assert without_marks(hidden.content) == without_marks(never.content).replace(b"0" * 32, name)
    assert Access.objects.filter(what="file opened").count() == 0


def test_a_file_of_one_case_is_not_served_at_the_address_of_another(desk: Desk) -> None:
    clerk, file, other = desk.as_("周小雨"), desk.house.received(), desk.house.received("2026-03-09 09:30")
    noted(clerk, file)
    assert (opened(clerk, file).status_code, opened(clerk, other).status_code) == (200, 404)


@pytest.mark.tampers
def test_a_file_that_is_gone_or_altered_is_not_given_out(desk: Desk, settings: Any) -> None:
    clerk, file = desk.as_("周小雨"), desk.house.received()
    noted(clerk, file)
    (place,) = settings.FILES_FOLDER.glob("hengce/*/*")
    place.write_bytes(PICTURE + b"more")
    assert opened(clerk, file).status_code == 410
    place.unlink()
    assert opened(clerk, file).status_code == 410
    assert Access.objects.filter(what="file opened").count() == 0


def test_whoever_is_not_signed_in_leaves_nothing(desk: Desk) -> None:
    desk.client.post("/register/", {"f-evidence-files": [upload()]})
    assert (Draft.objects.count(), list(store().digests("hengce"))) == (0, [])


def test_what_is_sent_while_the_screen_is_locked_comes_back_with_its_files(desk: Desk, clock: Any) -> None:
    clerk, file = desk.as_("周小雨"), desk.house.received()
    address = clerk.step(file, "note")
    form = clerk.get(address).form(address)
    clock.set("2026-03-09 10:40")
    page = clerk.post(address, {**form, "f-text": "附上", "f-evidence-files": [upload()]})
    assert clerk.status == 401
    kept = page.form("/unlock/")
    assert [DIGEST in text for text in kept["kept.f-evidence-files"]] == [True]
    assert (kept["kept.f-text"], Draft.objects.count()) == (["附上"], 1)
