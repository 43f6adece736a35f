"""watch: how many files share a product and a batch within so many days. The shape itself says nothing of an act."""

from __future__ import annotations

import pytest
from tests.rulebook.refused import refused
from tests.rulebook.small import act, says, verdict, written

from kesu.procedure.shapes.abilities import Counts
from kesu.procedure.shapes.watch import Watch
from kesu.reading.strict import ReadError
from kesu.reading.text import Text

TEN = """
    watch: fmcg-batch-watch
    counts: received
    by: [product, batch]
    at least: "10"
    in: 7 natural days
    leaves out: [voided]
    follows: {grade: major}
"""
FIVE = (
    TEN.replace('"10"', '"5"')
    .replace("    follows: {grade: major}\n", "")
    .replace("    leaves out: [voided]\n", "")
)


def shape(rule: str) -> Watch:
    found = written(rule).by_name["the rule"].shape
    assert isinstance(found, Watch)
    return found


def test_it_says_what_is_counted_and_what_follows() -> None:
    assert says(written(TEN)) == Text(
        zh="产品、批号相同的案卷，按“收到投诉”的发生日期计，任何7个自然日之内达到 10 件的，即发出预警，其中在办的级别一律定为“重大”，"
        "以后不会自动改回。比对时不分全角半角、大小写和首尾空格；并入、划去、作废的，以及已“作废”的不计。",
        en="When files with the same product and batch number, by the date of “Complaint received”, come to 10 within any 7 natural"
        " days, an alarm is raised and grade of every open one of them is “Major”, and never falls back by itself. Width of"
        " characters, case and outer spaces make no difference; joined, struck and voided files are not counted, nor those"
        " with “Voided”.",
    )
    assert says(written(FIVE)) == Text(
        zh="产品、批号相同的案卷，按“收到投诉”的发生日期计，任何7个自然日之内达到 5 件的，即发出预警。"
        "比对时不分全角半角、大小写和首尾空格；并入、划去、作废的不计。",
        en="When files with the same product and batch number, by the date of “Complaint received”, come to 5 within any 7 natural"
        " days, an alarm is raised. Width of characters, case and outer spaces make no difference; joined, struck and voided"
        " files are not counted.",
    )


def test_it_reads_its_limit_its_window_and_what_it_compares() -> None:
    found = shape(TEN)
    assert (found.procedure, found.counts, found.by, found.least, found.days) == (
        "fmcg-batch-watch", "received", ("product", "batch"), 10, 7,
    )  # fmt: skip
    assert (found.follows, found.leaves_out) == (("grade", "major"), ("voided",))
    assert shape(TEN.replace("7 natural days", "2 weeks")).days == 14


def test_a_window_without_limit_is_a_running_total() -> None:
    total = FIVE.replace("7 natural days", "no limit")
    assert shape(total).days > 366 * 100
    assert "按“收到投诉”的发生日期计，累计达到 5 件的，即发出预警" in says(written(total)).zh
    assert "come to 5 in all, an alarm is raised" in says(written(total)).en


def test_it_bars_nothing_and_judges_nothing() -> None:
    assert verdict(written(TEN), act("received", product="milk", batch="a")) == ""


@pytest.mark.parametrize(
    ("old", "new", "en"),
    [
        ('"10"', '"ten"', "“at least” is a whole number of cases, not “ten”"),
        ('"10"', '"0"', "“at least” is a whole number of cases, not “0”"),
        ("7 natural days", "168 clock hours", "a window is counted in natural days or weeks, or has no limit; “168 clock hours”"),
        ("7 natural days", "5 working days", "a window is counted in natural days or weeks, or has no limit; “5 working days”"),
        ("7 natural days", "7 natural dys", "“natural dys” is no unit of time; did you mean “natural days”?"),
        ("{grade: major}", "[grade]", "“follows” takes one {fact: value}"),
        ("{grade: major}", "{grade: huge}", "the value of “grade” “huge” is not known"),
    ],
)  # fmt: skip
def test_what_it_cannot_take_is_refused_where_it_stands(old: str, new: str, en: str) -> None:
    assert refused(TEN.replace(old, new))[0].startswith(en)


def test_free_text_that_can_be_erased_is_nothing_to_count_by() -> None:
    said = refused(TEN.replace("[product, batch]", "account"))[0]
    assert said.startswith(
        "the rule “the rule” needs a fact of the kind choice or number or quantity or thing or unit or whole number or word"
    )


def test_two_limits_of_one_watch_have_to_mean_the_same_files() -> None:
    other = "rule: another\n" + FIVE.strip().replace("\n    ", "\n")
    with pytest.raises(ReadError) as error:
        written(TEN, other)
    assert "“the rule” and “another” count in one watch" in error.value.en
    assert "“the rule”和“another”计入同一个跟踪案卷" in error.value.zh
    same = other + "\nleaves out: [voided]"
    assert [rule.name for rule, _ in written(TEN, same).able(Counts)] == ["the rule", "another"]
