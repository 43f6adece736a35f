"""keep: how long a record is kept, and who may destroy it then."""

from tests.rulebook.refused import refused
from tests.rulebook.small import act, says, verdict, why, written

from kesu.procedure.history.act import Shown
from kesu.reading.text import Text

LETTERS = written("keep: complaint letters\nfor: 6 years\nfrom: closed\nbars: destroyed\nby: boss")
GOOD = written("keep: complaint letters\nfor: no limit\nfrom: closed\nbars: destroyed")
CLOSED = act("closed", "2026-03-20 11:00")


def destroyed(at: str, post: str | None = "boss", record: str = "complaint letters") -> object:
    return act("destroyed", at, post=post, record=record)


def test_it_says_what_is_kept_how_long_and_by_whom() -> None:
    assert says(LETTERS) == Text(
        zh="投诉信函从“结案”起保存6年，由主任保管；期满前不得销毁。",
        en="Complaint letters: kept for 6 years from “Closed” by the boss; not destroyed before.",
    )
    assert says(GOOD) == Text(
        zh="投诉信函从“结案”起长期保存，不得销毁。",
        en="Complaint letters: kept for good from “Closed”; never destroyed.",
    )


def test_not_before_the_last_day_is_over() -> None:
    assert verdict(LETTERS, CLOSED, destroyed("2032-03-23 00:00")) == "kept"
    assert why(LETTERS, CLOSED, destroyed("2032-03-22 23:59")) == (
        "broken",
        "保存期到2032年3月22日，现在不能销毁",
        "it is kept until 2032-03-22 and may not be destroyed yet",
    )


def test_a_record_kept_for_good_is_never_destroyed() -> None:
    assert why(GOOD, CLOSED, destroyed("2099-01-01 09:00")) == (
        "broken",
        "长期保存，不得销毁",
        "it is kept for good and may not be destroyed",
    )


def test_another_post_may_not_and_another_record_is_another_rule() -> None:
    assert why(LETTERS, CLOSED, destroyed("2033-01-04 09:00", "clerk")) == (
        "broken",
        "投诉信函由主任保管，经办员不能销毁",
        "only the boss may destroy it, not the clerk",
    )
    assert verdict(LETTERS, CLOSED, destroyed("2026-03-21 09:00", record="client feedback")) == ""


def test_its_time_begins_with_its_step_and_anew_with_the_last_one() -> None:
    assert why(LETTERS, destroyed("2033-01-04 09:00")) == (
        "broken",
        "还没有“结案”，保存期没有开始",
        "there is no “Closed” yet, so its time has not begun",
    )
    again = act("closed", "2028-03-20 11:00")
    assert verdict(LETTERS, CLOSED, again, destroyed("2032-03-23 00:00")) == "broken"


def test_a_log_without_posts_cannot_tell() -> None:
    assert why(LETTERS, CLOSED, destroyed("2033-01-04 09:00", None), shown=Shown(posts=False)) == (
        "cannot tell",
        "看不出是哪个岗位办的",
        "the log does not show the post",
    )


def test_it_names_a_kind_of_record_that_the_form_offers() -> None:
    assert refused("keep: complaint letter\nfor: 6 years\nfrom: closed\nbars: destroyed") == (
        "the value of “record” “complaint letter” is not known; did you mean “complaint letters”?",
        "“record”的取值“complaint letter”没有定义；是不是“complaint letters”？",
    )
