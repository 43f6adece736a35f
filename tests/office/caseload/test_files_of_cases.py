"""Files of cases: in the ledger by digest, brought by whoever sent them in, destroyed with their names."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import orjson
import pytest
from tests.office.caseload.office import Office, at, key

from kesu.caseload.acting.answers import Done, Refused
from kesu.caseload.acting.unused_files import destroy_strays, tidy_files
from kesu.caseload.asking.evidence import evidence_file, evidence_of
from kesu.caseload.asking.opened import opened
from kesu.caseload.models import AttachedRow
from kesu.caseload.rebuilding.files_kept import files_kept
from kesu.caseload.sight.reader import reader_of
from kesu.cli.main import main
from kesu.files.drafts import ALL_OUTSIDE, Sender, keep_draft
from kesu.files.keeping import store
from kesu.files.models import Draft
from kesu.ledger.entry import ERASED
from kesu.ledger.offline.kesu_verify import Verifier
from kesu.ledger.read import entries_of
from kesu.ledger.seal import seal_due
from kesu.names import OUTSIDER
from kesu.reading.text import Text
from kesu.registry.erasure import erase

DAY = "2026-03-02 "
PHOTO = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(30)


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Any) -> None:
    settings.FILES_FOLDER, settings.PREVIEWS_FOLDER = tmp_path / "files", tmp_path / "previews"


def sent(office: Office, name: str, content: bytes = PHOTO, now: str = DAY + "10:30") -> dict[str, str]:
    sender = Sender("hengce", office.persons[name], at(now))
    kept = keep_draft(BytesIO(content), name="王先生的小票.png", sender=sender)
    assert not isinstance(kept, Text)
    return {**kept, "sort": "receipt"}


def noted(office: Office, file: str, name: str, files: list[dict[str, str]], now: str = DAY + "11:00") -> Any:
    return office.attempt("note", name, now, file=file, facts={"text": "附上", "evidence files": files})


def kept() -> list[str]:
    return list(store().digests("hengce"))


def test_the_digest_stands_in_the_bytes_and_the_name_beside_them(office: Office) -> None:
    file, photo = office.accepted().file, sent(office, "shen")
    answer = noted(office, file, "shen", [photo])
    assert isinstance(answer, Done)
    entry = entries_of("hengce", file)[answer.number - 1]
    bare = {part: value for part, value in photo.items() if part != "name"}
    assert (entry.facts["evidence files"], entry.personal["evidence files"]) == (
        [bare],
        orjson.dumps(["王先生的小票.png"]).decode(),
    )
    assert (list(AttachedRow.objects.values_list("file", "digest")), Draft.objects.count()) == (
        [(file, photo["digest"])],
        0,
    )


def test_who_sees_the_entry_sees_the_file_with_who_brought_it(office: Office) -> None:
    file, photo = office.accepted().file, sent(office, "shen")
    noted(office, file, "shen", [photo])
    view = opened(file, reader_of("hengce", office.persons["gu"], at(DAY + "12:00")))
    assert view is not None
    assert [(one.title.zh, one.type, one.size, one.by, one.at, one.struck) for one in evidence_of(view)] == [
        ("王先生的小票.png", "image/png", "46", "shen of hengce", at(DAY + "11:00"), False)
    ]
    assert evidence_file(view, "0" * 64) is None


def test_a_file_that_this_person_never_sent_is_none_even_if_he_knows_its_digest(office: Office) -> None:
    secret, other = office.accepted().file, office.accepted("2026-03-02 10:10").file
    photo = sent(office, "shen")
    noted(office, secret, "shen", [photo])
    said = "“王先生的小票.png”不在你上传的文件里：没有登记的文件只留一天。请再传一次"
    for name in ("gu", "shen"):
        answer = noted(office, other, name, [photo])
        assert isinstance(answer, Refused)
        assert answer.sentences("zh") == [said]


def test_a_draft_is_what_it_was_found_to_be_and_not_what_a_command_says_of_it(office: Office) -> None:
    file, photo = office.accepted().file, sent(office, "shen")
    for changed in ({"type": "text/html"}, {"name": "other.png"}, {"size": "1"}):
        assert isinstance(noted(office, file, "shen", [photo | changed]), Refused)
    assert isinstance(noted(office, file, "shen", [photo]), Done)


def test_what_is_on_record_in_the_case_may_be_named_again_by_anybody_there(office: Office) -> None:
    file, photo = office.accepted().file, sent(office, "shen")
    noted(office, file, "shen", [photo])
    assert isinstance(noted(office, file, "gu", [photo], DAY + "11:10"), Done)


def test_a_file_is_not_exchanged_by_a_correction(office: Office) -> None:
    file, photo = office.accepted().file, sent(office, "shen")
    entry = noted(office, file, "shen", [photo]).number
    facts = {"entry": str(entry), "word": "evidence files", "value": [photo], "reason": "传错了"}
    answer = office.attempt("corrected", "shen", DAY + "11:10", file=file, facts=facts)
    assert isinstance(answer, Refused)
    assert answer.sentences("zh") == ["文件不能换成别的；传错的请划去那一条，再办一次"]


def ended(office: Office) -> tuple[str, int, dict[str, str]]:
    file, photo = office.accepted().file, sent(office, "shen")
    number = noted(office, file, "shen", [photo]).number
    office.do("investigated", "shen", DAY + "11:30", file=file)
    office.do("closed", "gu", DAY + "12:00", file=file)
    return file, number, photo


def erased(office: Office, file: str, number: int) -> Done | Refused:
    return erase(
        file,
        [(number, "evidence files")],
        ground="个人信息保护法第四十七条",
        organisation="hengce",
        person=office.persons["yin"],
        now=at("2026-06-01 09:00"),
        key=key(),
    )


def test_erasing_a_name_destroys_the_bytes_and_leaves_the_digest(office: Office) -> None:
    file, number, photo = ended(office)
    assert kept() == [photo["digest"]]
    assert isinstance(erased(office, file, number), Done)
    entry = entries_of("hengce", file)[number - 1]
    assert (entry.facts["evidence files"][0]["digest"], entry.personal["evidence files"]) == (
        photo["digest"],
        ERASED,
    )
    assert (kept(), AttachedRow.objects.count()) == ([], 0)
    view = opened(file, reader_of("hengce", office.persons["gu"], at("2026-06-01 09:10")))
    assert view is not None
    assert [(one.name, one.title.zh) for one in evidence_of(view)] == [(None, "已删除的文件")]
    assert evidence_file(view, photo["digest"]) is None


def test_bytes_that_another_case_or_a_draft_has_too_outlive_the_erasure(office: Office) -> None:
    file, number, photo = ended(office)
    other = office.accepted("2026-03-03 10:00").file
    noted(office, other, "gu", [sent(office, "gu")], "2026-03-03 11:00")
    assert isinstance(erased(office, file, number), Done)
    assert kept() == [photo["digest"]]


def test_a_draft_that_nobody_puts_on_record_goes_after_a_day(office: Office) -> None:
    photo, now = sent(office, "shen", now=DAY + "10:30"), at(DAY + "10:30")
    tidy_files(now + timedelta(hours=24))
    assert (kept(), Draft.objects.count()) == ([photo["digest"]], 1)
    tidy_files(now + timedelta(hours=24, seconds=1))
    assert (kept(), Draft.objects.count()) == ([], 0)


def test_what_a_crash_left_without_draft_or_entry_goes_at_the_next_start_and_nothing_else(
    office: Office,
) -> None:
    photo = sent(office, "shen")
    noted(office, office.accepted().file, "shen", [photo])
    draft = sent(office, "gu", PHOTO + b"1")
    store().put("hengce", "ab" * 32, BytesIO(b"left over"))
    destroy_strays()
    assert kept() == sorted([photo["digest"], draft["digest"]])


def test_nobody_fills_the_disk_with_what_he_never_puts_on_record(office: Office, settings: Any) -> None:
    settings.FILE_SIZE, settings.FILES_UNFILED = 1, 1
    big = PHOTO + bytes(600_000)
    sender = Sender("hengce", office.persons["shen"], at(DAY + "10:30"))
    sent(office, "shen", big)
    more = keep_draft(BytesIO(big + b"1"), name="b.png", sender=sender)
    assert more == Text(
        "你上传了还没有登记的文件已有 1 MB；先把它们登记下来，或一天以后再传",
        "you have 1 MB of files that you sent and never put on record; do that first, or wait a day",
    )
    over = keep_draft(BytesIO(PHOTO + bytes(10**6)), name="大.png", sender=sender)
    assert over == Text(
        "“大.png”超过 1 MB，没有收下；请压缩或分开再传",
        "“大.png” is over 1 MB and was not taken; make it smaller, or send it in parts",
    )
    assert len(kept()) == 1


def test_one_visitor_from_outside_leaves_the_others_their_space_and_all_of_them_have_an_end(
    office: Office, settings: Any
) -> None:
    settings.FILE_SIZE, settings.FILES_UNFILED = 1, 1
    now = at(DAY + "10:30")
    bytes_of = [PHOTO + bytes(600_000 + n) for n in range(40)]

    def brings(n: int, visitor: str) -> object:
        sender = Sender("hengce", OUTSIDER, now, visitor)
        return keep_draft(BytesIO(bytes_of[n]), name=f"{n}.png", sender=sender)

    assert not isinstance(brings(0, "one"), Text)
    full = brings(1, "one")
    assert isinstance(full, Text)
    assert full.zh == "您这里上传了还没有提交的文件已有 1 MB；请先提交，或一天以后再传"
    others = [brings(n, f"visitor {n}") for n in range(2, 36)]
    taken = [one for one in others if not isinstance(one, Text)]
    assert len(taken) == 32  # with the first 33, of 600 kB, in 20 MB
    assert {one for one in others if isinstance(one, Text)} == {ALL_OUTSIDE}


def told() -> list[tuple[str, int | None, str]]:
    return [(fault.what, fault.number, fault.detail) for fault in files_kept(None)]


@pytest.mark.tampers
def test_a_file_that_is_altered_or_gone_is_named_by_its_entry(office: Office, settings: Any) -> None:
    photo = sent(office, "shen")
    number = noted(office, office.accepted().file, "shen", [photo]).number
    assert told() == []
    (place,) = settings.FILES_FOLDER.glob("hengce/*/*")
    place.write_bytes(PHOTO[:-1] + b"1")
    assert told() == [("file altered", number, photo["digest"][:16])]
    place.unlink()
    assert told() == [("file gone", number, photo["digest"][:16])]


@pytest.mark.tampers
def test_an_erased_file_that_somebody_put_back_is_named(office: Office) -> None:
    file, number, photo = ended(office)
    erased(office, file, number)
    assert told() == []
    store().put("hengce", photo["digest"], BytesIO(PHOTO))
    assert told() == [("file kept", number, photo["digest"][:16])]


def test_an_export_with_its_files_is_verified_away_from_kesu(office: Office, tmp_path: Any) -> None:
    case, number, gone = ended(office)
    erased(office, case, number)
    photo = sent(office, "gu", PHOTO + b"1")
    noted(office, office.accepted("2026-03-03 10:00").file, "gu", [photo], "2026-03-03 11:00")
    seal_due(at("2026-06-02 09:00"))
    out, folder = tmp_path / "ledger.jsonl", tmp_path / "evidence"
    given = ["export-ledger", "--organisation", "hengce", "--out", str(out), "--files", str(folder)]
    assert main(given) == 0
    assert [path.name for path in folder.iterdir()] == [photo["digest"]]

    def away() -> list[str]:
        verifier = Verifier("en", [], [])
        with out.open("rb") as lines:
            verifier.read(lines)
        verifier.look_at_files(str(folder))
        return [what for _, what in verifier.faults]

    assert away() == []
    (folder / photo["digest"]).write_bytes(b"other")
    assert away() == [f"its file was altered (SHA-256 should be {photo['digest']})"]
    (folder / photo["digest"]).unlink()
    assert away() == [f"its file is not in the folder (SHA-256 {photo['digest']})"]
    assert gone["digest"] != photo["digest"]
