"""Correcting, striking and taking back (semantics 3.6 and 5.8)."""

from __future__ import annotations

from tests.rulebook.casework.test_decide import found, problems, tried
from tests.rulebook.small import act, filed, written

from kesu.casework.deciding.decide import Accepted
from kesu.reading.text import Text

RULES = written(
    "rule: finding after acceptance\nat: found\nafter: accepted",
    "rule: in charge\nsend: consented\nto: boss\nas: owner",
    "rule: named stay out\nkeep apart: [named]\nfrom: [found]",
    "rule: same words\nsame content: [result]\nconsented at: consented\ntold at: result notified",
)
ACCEPTED = act("accepted", by="an", post="clerk", grade="ordinary")
FOUND = act("found", by="bo", post="lead", result="upheld")


def mend(file: object, step: str, *, by: str = "an", post: str | None = "clerk", **facts: object) -> object:
    return tried(file, step, by=by, post=post, facts={"reason": "a slip", **facts})


def test_the_same_post_or_the_owner_mends_and_nobody_else() -> None:
    file = filed(RULES, ACCEPTED, FOUND)
    for by, post in (("an", "clerk"), ("zo", "clerk"), ("lu", "boss")):
        assert isinstance(
            mend(file, "corrected", by=by, post=post, entry="1", word="grade", value="major"), Accepted
        )
    assert problems(
        mend(file, "corrected", by="bo", post="lead", entry="1", word="grade", value="major")
    ) == [Text("第 1 条由经办员或主任更正或划去", "entry 1 is mended by the clerk or boss")]


def test_nobody_who_has_to_stay_out_mends() -> None:
    file = filed(RULES, ACCEPTED, act("named", by="gu", persons=["an"]))
    assert problems(mend(file, "struck", entry="1")) == [
        Text("须回避的人不能更正或划去本案的记录", "who has to stay out of a file may not mend its entries")
    ]


def test_number_time_of_noting_and_person_stay_as_they_are() -> None:
    for word, zh, en in (
        ("number", "序号", "number"),
        ("noted", "记录时间", "time of noting"),
        ("by", "经办人", "person who acted"),
    ):
        assert problems(mend(filed(RULES, ACCEPTED), "corrected", entry="1", word=word, value="x")) == [
            Text(
                f"{zh}不能更正；办错了的请“划去”", f"the {en} cannot be corrected; strike what did not happen"
            )
        ]


def test_the_new_value_is_of_the_kind_of_its_word() -> None:
    file = filed(RULES, ACCEPTED)
    assert problems(mend(file, "corrected", entry="1", word="grade", value="mayor")) == [
        Text("“级别”：“mayor”不在可选项内：一般、重大", "“Grade”: “mayor” is none of Ordinary, Major")
    ]
    assert isinstance(mend(file, "corrected", entry="1", word="topic", value=["conduct"]), Accepted)
    assert problems(mend(file, "corrected", entry="1", word="at", value="2026-03-01 09:00")) == [
        Text(
            "这一步以记录时间为准，没有另外的发生时间可更正",
            "this step counts from when it was noted; it has no time of its own to correct",
        )
    ]


def test_a_moment_of_its_own_is_corrected_by_a_moment() -> None:
    rules = written("rule: in charge\nsend: consented\nto: boss\nas: owner")
    noted_late = act("accepted", "2026-03-02 09:00", noted="2026-03-02 10:00", post="clerk")
    for entry in (act("received", "2026-03-02 09:00", post="clerk"), noted_late):
        file = filed(rules, entry)
        assert isinstance(mend(file, "corrected", entry="1", word="at", value="2026-03-01 09:00"), Accepted)
        assert problems(mend(file, "corrected", entry="1", word="at", value="on Monday")) == [
            Text(
                "更正的时间应写成 2026-03-09 10:20",
                "the corrected time has to be one such as 2026-03-09 10:20",
            )
        ]


def test_a_log_s_correction_by_what_is_no_moment_changes_nothing() -> None:
    received = act("received", "2026-03-02 09:00")
    file = filed(RULES, received, act("corrected", entry="1", word="at", value="on Monday", reason="x"))
    assert file.history.standing_act(1) == filed(RULES, received).history.acts[0]


def test_there_has_to_be_such_an_entry_and_the_house_s_own_are_mended_where_they_come_from() -> None:
    assert problems(mend(filed(RULES, ACCEPTED), "struck", entry="7")) == [
        Text("没有第 7 条记录，或已划去", "there is no entry 7, or it has been struck")
    ]
    house = filed(RULES, act("item noted", by=None, item="R-1", did_the_work=["wu"]))
    assert problems(mend(house, "corrected", by="lu", post="boss", entry="1", word="item", value="R-2")) == [
        Text(
            "第 1 条由系统记录，请到它的来源处更正",
            "entry 1 was recorded by the house itself; mend it where it comes from",
        )
    ]


def test_what_later_entries_need_is_not_struck_and_they_are_named() -> None:
    file = filed(RULES, ACCEPTED, act("note", text="x"), FOUND)
    assert problems(mend(file, "struck", entry="1")) == [
        Text(
            "后面的记录要靠第 1 条，不能划去：第 3 条“作出认定”；请先处理这些记录，或改用“更正”",
            "later entries need entry 1, so it cannot be struck: 3 “Finding made”; mend those first, or correct it instead",
        )
    ]
    twice = filed(RULES, ACCEPTED, ACCEPTED, FOUND)
    assert isinstance(mend(twice, "struck", entry="1"), Accepted)
    last = filed(RULES, ACCEPTED, FOUND, act("struck", by="bo", entry="2", reason="x"))
    assert isinstance(mend(last, "struck", entry="1"), Accepted)


def test_the_old_stays_readable_and_the_new_counts_from_then_on() -> None:
    file = filed(RULES, ACCEPTED, act("corrected", entry="1", word="grade", value="major", reason="x"))
    assert file.history.entry(1) is not None
    assert file.history.entry(1).facts == {"grade": "ordinary"}  # type: ignore[union-attr]
    assert file.history.value("grade") == "major"
    twice = filed(
        RULES,
        ACCEPTED,
        act("corrected", entry="1", word="grade", value="major", reason="x"),
        act("note", grade="ordinary"),
        act("corrected", entry="1", word="grade", value="major", reason="y"),
    )
    assert twice.history.value("grade") == "ordinary"  # what was said later stands


def test_striking_the_correction_brings_the_old_value_back() -> None:
    corrected = act("corrected", entry="1", word="grade", value="major", reason="x")
    file = filed(RULES, ACCEPTED, corrected, act("struck", entry="2", reason="y"))
    assert file.history.value("grade") == "ordinary"
    gone = filed(RULES, ACCEPTED, corrected, act("struck", entry="1", reason="y"))
    assert list(gone.history.values("grade")) == []


def test_correcting_a_consented_fact_voids_the_consent() -> None:
    consented = act("consented", by="lu", post="boss")
    file = filed(
        RULES,
        ACCEPTED,
        FOUND,
        consented,
        act("corrected", entry="2", word="result", value="other", reason="x"),
    )
    assert found(tried(file, "result notified")) == [("same words", "broken", 5)]


def test_striking_the_end_opens_the_file_again() -> None:
    file = filed(RULES, ACCEPTED, act("closed"))
    assert file.ended
    assert not filed(RULES, ACCEPTED, act("closed"), act("struck", entry="2", reason="x")).ended


def test_ones_own_act_is_taken_back_before_the_next_person_has_acted() -> None:
    file = filed(RULES, ACCEPTED, act("note", by="an"))
    assert isinstance(mend(file, "taken back"), Accepted)
    after = filed(RULES, ACCEPTED, act("note", by="an"), act("taken back", by="an", reason="x"))
    assert after.history.struck == {2}
    assert problems(mend(filed(RULES, ACCEPTED, FOUND), "taken back")) == [
        Text(
            "只能撤回自己办的、后面还没有别人办过的事",
            "only an act of one's own can be taken back, and only before the next person has acted",
        )
    ]
    assert problems(mend(filed(RULES, FOUND), "taken back")) == [
        Text("没有第 — 条记录，或已划去", "there is no entry —, or it has been struck")
    ]
