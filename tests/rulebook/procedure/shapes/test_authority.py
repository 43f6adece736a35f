"""authority: who may settle how much, summed over the case."""

import pytest
from tests.rulebook.refused import refused
from tests.rulebook.small import act, says, verdict, why, written

from kesu.procedure.history import Shown
from kesu.procedure.text import Text

LIMITS = """
authority: amount
at: compensation agreed
limits:
  - {up to: "2000", by: [clerk]}
  - {up to: "20000", by: [lead]}
  - {by: [boss]}
"""
THREE = written(LIMITS)
CAPPED = written("authority: amount\nat: compensation agreed\nlimits: [{up to: 100, by: clerk}]")


def agreed(amount: object, post: str | None = "clerk") -> object:
    return act("compensation agreed", post=post, amount=amount)


def test_it_says_whose_limit_is_where() -> None:
    assert says(THREE) == Text(
        zh="“确定赔偿”的金额按全案累计：2000 元以内由经办员办，20000 元以内由组长办，再多由主任办。",
        en="“Compensation agreed”: by the amount of the whole case, up to 2000 yuan for the clerk, "
        "up to 20000 yuan for the lead and above that for the boss.",
    )


@pytest.mark.parametrize(
    ("amount", "post", "expected"),
    [
        ("1999.99", "clerk", "kept"),
        ("2000", "clerk", "kept"),
        ("2000.01", "clerk", "broken"),
        ("2000.01", "lead", "kept"),
        ("20000.00", "lead", "kept"),
        ("20000.01", "lead", "broken"),
        ("20000.01", "boss", "kept"),
        ("1", "boss", "kept"),
        ("1", "outsider", "broken"),
    ],
)
def test_a_limit_includes_its_amount_and_who_may_more_may_less(amount: str, post: str, expected: str) -> None:
    assert verdict(THREE, agreed(amount, post)) == expected


def test_the_sums_of_one_case_are_added_up() -> None:
    assert why(THREE, agreed("1500"), agreed("500.01")) == (
        "broken",
        "全案累计 2000.01 元，由组长批",
        "the case adds up to 2000.01 yuan, which is for the lead",
    )
    assert verdict(THREE, agreed("1500"), agreed("500")) == "kept"
    assert verdict(THREE, agreed("1500"), act("struck", entry="1", reason="x"), agreed("2000")) == "kept"
    corrected = act("corrected", entry="1", word="amount", value="1000", reason="x")
    assert verdict(THREE, agreed("1500"), corrected, agreed("1000")) == "kept"


def test_beyond_every_limit_nobody_may() -> None:
    assert why(CAPPED, agreed("100.01")) == (
        "broken",
        "全案累计 100.01 元，超过所有权限",
        "the case adds up to 100.01 yuan, over every limit",
    )


def test_without_an_amount_nobody_can_tell() -> None:
    said = ("cannot tell", "没有填金额", "amount is not given")
    assert why(THREE, act("compensation agreed", post="boss")) == said
    assert why(THREE, agreed(None)) == said


def test_a_log_without_posts_cannot_tell() -> None:
    assert why(THREE, agreed("1", None), shown=Shown(posts=False)) == (
        "cannot tell",
        "看不出是哪个岗位办的",
        "the log does not show the post",
    )


def test_it_reads_an_amount_and_limits_with_posts() -> None:
    assert refused("authority: account\nat: found\nlimits: [{by: boss}]") == (
        "the rule “the rule” needs a fact of the kind money or number; “account” is of the kind text",
        "规则“the rule”这里要用 money 或 number 类的事实；“account”是 text 类",
    )
    assert refused("authority: amount\nat: found\nlimits: []") == (
        "“limits” is a list of {up to, by}",
        "“limits”应是 {up to, by} 的列表",
    )
    assert refused("authority: amount\nat: found\nlimits: [{up to: much, by: boss}]") == (
        "“up to” wants an amount, not “much”",
        "“up to”后面应是金额，不是“much”",
    )
    assert refused("authority: amount\nat: found\nlimits: [{up to: 5}]") == (
        "a limit needs “by”",
        "限额缺少“by”",
    )
