"""Spans as people write them, and what is said of those that are none."""

from decimal import Decimal

import pytest

from kesu.worktime.span import Span, SpanError, SpanRange, Unit


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("5 working days", "5", Unit.WORKING_DAYS),
        ("1 working day", "1", Unit.WORKING_DAYS),
        ("5个工作日", "5", Unit.WORKING_DAYS),
        ("5工作日", "5", Unit.WORKING_DAYS),
        ("７ 自然日", "7", Unit.NATURAL_DAYS),
        ("15个日历日", "15", Unit.CALENDAR_DAYS),
        ("24小时", "24", Unit.CLOCK_HOURS),
        ("1.5 clock hours", "1.5", Unit.CLOCK_HOURS),
        ("8 个工作小时", "8", Unit.WORKING_HOURS),
        (" 2  Weeks ", "2", Unit.WEEKS),
        ("2 星期", "2", Unit.WEEKS),
        ("2个月", "2", Unit.MONTHS),
        ("3 calendar_days", "3", Unit.CALENDAR_DAYS),
        ("1年", "1", Unit.YEARS),
        ("五个工作日", "5", Unit.WORKING_DAYS),
        ("十五个工作日内", "15", Unit.WORKING_DAYS),
        ("二十个自然日以内", "20", Unit.NATURAL_DAYS),
        ("一百零五 个 日历日", "105", Unit.CALENDAR_DAYS),
        ("两周", "2", Unit.WEEKS),
    ],
)
def test_a_span_is_read(text: str, amount: str, unit: Unit) -> None:
    assert Span.parse(text) == Span(Decimal(amount), unit)


@pytest.mark.parametrize(
    "text", ["8 to 16 working hours", "8-16 working hours", "8–16 工作小时", "8至16个工作小时"]
)
def test_a_range_has_a_target_and_a_limit(text: str) -> None:
    target, limit = Span(Decimal(8), Unit.WORKING_HOURS), Span(Decimal(16), Unit.WORKING_HOURS)
    assert Span.parse(text) == SpanRange(target, limit)


@pytest.mark.parametrize("unit", Unit)
def test_a_span_is_read_back_from_its_own_words(unit: Unit) -> None:
    for amount in (Decimal(1), Decimal(5)):
        span = Span(amount, unit)
        assert [Span.parse(str(span)), Span.parse(span.label("zh")), Span.parse(span.label("en"))] == [
            span
        ] * 3


def test_a_span_is_said_in_words() -> None:
    both = Span.parse("8 to 16 working hours")
    assert [Span.parse("5 working days").label("zh"), Span.parse("1.50 clock hours").label("en")] == [
        "5个工作日",
        "1.5 clock hours",
    ]
    assert [str(both), both.label("zh")] == ["8 to 16 working hours", "8至16个工作小时"]


@pytest.mark.parametrize(
    ("text", "en", "zh"),
    [
        (
            "5 workng days",
            "“workng days” is no unit of time; did you mean “working days”?",
            "没有“workng days”这个时间单位；是不是“working days”？",
        ),
        (
            "5个工做日",
            "“个工做日” is no unit of time; did you mean “工作日”?",
            "没有“个工做日”这个时间单位；是不是“工作日”？",
        ),
        (
            "5 days",
            "“days” can mean several units; say calendar days, natural days or working days",
            "“days”有几种算法；写明是日历日、自然日还是工作日",
        ),
        (
            "7日",
            "“日” can mean several units; say calendar days, natural days or working days",
            "“日”有几种算法；写明是日历日、自然日还是工作日",
        ),
        (
            "8 hours",
            "“hours” can mean several units; say clock hours or working hours",
            "“hours”有几种算法；写明是小时（连续计算）还是工作小时",
        ),
        (
            "soon",
            "“soon” is no span of time; write a number and a unit, like 5 working days",
            "“soon”不是期限；写数字加单位，如 5个工作日",
        ),
        ("5", "“5” has no unit; write for example 5 working days", "“5”没有单位；例如写 5个工作日"),
        (
            "0 working days",
            "0 working days cannot be counted; give an amount over 0 and up to 1,000,000",
            "0个工作日无法计算；数量须大于0，不超过1,000,000",
        ),
        (
            "1.5 working days",
            "1.5 working days cannot be counted: not with this fraction; give a whole number",
            "1.5个工作日无法计算：小数不合适；写整数",
        ),
        (
            "0.0001 clock hours",
            "0.0001 clock hours cannot be counted: not with this fraction; give whole seconds",
            "0.0001小时无法计算：小数不合适；精确到秒即可",
        ),
        (
            "16 to 8 working hours",
            "“16 to 8 working hours” does not rise from target to limit; write the smaller number first",
            "“16至8个工作小时”的目标不小于期限；先写较小的数",
        ),
        (
            "-5 working days",
            "“-5 working days” is no span of time; write a number and a unit, like 5 working days",
            "“-5 working days”不是期限；写数字加单位，如 5个工作日",
        ),
    ],
)
def test_what_is_no_span_is_answered_with_what_to_write(text: str, en: str, zh: str) -> None:
    with pytest.raises(SpanError) as error:
        Span.parse(text)
    assert (str(error.value), error.value.in_("zh")) == (en, zh)
