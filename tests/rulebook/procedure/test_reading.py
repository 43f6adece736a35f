"""The strict reader: every scalar is text, nothing is guessed, every mistake has its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kesu.reading.keys import Keys
from kesu.reading.strict import Block, ReadError, Series, nearest, node_of, read_file, read_text
from kesu.reading.text import Text, either, listed


def refused(text: str) -> tuple[str, str]:
    with pytest.raises(ReadError) as caught:
        read_text(text, file="a.yaml")
    return str(caught.value), caught.value.in_("zh")


def test_every_scalar_is_text() -> None:
    node = read_text("a: off\nb: 1.10\nc: 2026-03-02\nd: ~\ne: [yes, 007]\nf: 0x1F\n", file="a.yaml")
    assert node == {"a": "off", "b": "1.10", "c": "2026-03-02", "d": "~", "e": ["yes", "007"], "f": "0x1F"}


def test_every_value_and_key_knows_its_line() -> None:
    node = read_text("a: x\nb:\n  c: [y,\n    z]\n", file="a.yaml")
    assert isinstance(node, Block)
    assert node.lines == {"a": 1, "b": 2}
    inner = node["b"]["c"]
    assert isinstance(inner, Series)
    assert [one.line for one in inner] == [3, 4]


def test_a_doubled_key_is_refused_with_both_places() -> None:
    assert refused("a: 1\nb: 2\na: 3\n") == (
        "a.yaml, line 3: “a” stands twice; the first is on line 1; keep one",
        "a.yaml 第 3 行：“a”写了两次，第一次在第 1 行；只留一个",
    )


def test_keys_are_plain_and_nothing_is_merged() -> None:
    said = ("a.yaml, line 2: a key has to be plain text", "a.yaml 第 2 行：键必须是普通文字")
    assert refused("a: &x {b: c}\n<<: *x\n") == said
    assert refused("a: b\n? [c]\n: d\n") == said


def test_anchors_spare_writing_a_list_twice_but_may_not_hold_themselves() -> None:
    assert read_text("a: &x [b, c]\nd: *x\n", file="a.yaml") == {"a": ["b", "c"], "d": ["b", "c"]}
    assert refused("a: &x [*x]\n") == ("a.yaml, line 1: nested too deeply", "a.yaml 第 1 行：嵌套过深")


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 100_000, "- " * 100_000 + "x", "[" * 41 + "]" * 41])
def test_no_depth_of_nesting_can_exhaust_the_reader(text: str) -> None:
    assert refused(text) == ("a.yaml, line 1: nested too deeply", "a.yaml 第 1 行：嵌套过深")
    assert read_text("[" * 40 + "]" * 40, file="a.yaml")


def test_an_anchor_may_hold_a_single_value() -> None:
    node = read_text("a: &later 3 working days\nb: *later\nc: [*later, x]\n", file="a.yaml")
    assert node == {"a": "3 working days", "b": "3 working days", "c": ["3 working days", "x"]}


def test_what_an_anchor_holds_counts_with_its_depth_too() -> None:
    text = "a: &a " + "[" * 30 + "]" * 30 + "\nb: " + "[" * 8 + "*a" + "]" * 8
    assert read_text(text + "\n", file="a.yaml")
    assert (
        refused(text.replace("b: ", "b: [[").replace("*a", "*a]]") + "\n")[0]
        == "a.yaml, line 2: nested too deeply"
    )


def test_plain_data_is_read_like_a_file_and_each_value_knows_its_path() -> None:
    node = node_of({"days": [{"date": "x"}, "y"]}, file="calendar")
    assert node == {"days": [{"date": "x"}, "y"]}
    assert isinstance(node, Block)
    assert [node.file, node["days"][0].file, node["days"][0]["date"].file] == [
        "calendar",
        "calendar, days, 1",
        "calendar, days, 1, date",
    ]
    with pytest.raises(ReadError) as caught:
        node_of({"a": ["b", 3]}, file="x")
    assert str(caught.value) == "x, a, 2: text, a list or a mapping is wanted, not 3"


def test_what_is_no_yaml_is_refused_with_its_line() -> None:
    assert refused("a: [b\nc: d\n")[0].startswith("a.yaml, line 2: not YAML: ")
    assert refused("a: b\n\tc: d\n")[0] == "a.yaml, line 2: a tab stands at the beginning; indent with blanks"
    assert refused("a: b\nc： d\ne: f\n")[0] == (
        "a.yaml, line 2: a full-width colon ： stands after “c”; write : and a blank"
    )
    assert refused("a: \x07\n")[0].startswith("a.yaml, line 1: not YAML: ")
    assert refused("a: *nobody\n")[0].startswith("a.yaml, line 1: not YAML: ")
    assert refused("") == ("a.yaml, line 1: the file is empty", "a.yaml 第 1 行：文件是空的")
    assert refused("a: b\n---\nc: d\n")[0].startswith("a.yaml, line 2: not YAML: ")


def test_a_flood_of_anchors_is_refused_before_it_fills_the_memory() -> None:
    text = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for one, other in zip("bcdefghij", "abcdefghi", strict=True):
        text += f"{one}: &{one} [{', '.join([f'*{other}'] * 9)}]\n"
    assert refused(text) == (
        "a.yaml, line 6: more than 200000 values, anchors counted as often as they are used",
        "a.yaml 第 6 行：超过 200000 个值（引用按次数计）",
    )


def test_a_file_that_is_not_there_or_not_utf8_is_answered_too(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        read_file(tmp_path / "none.yaml")
    assert caught.value.zh.startswith("读不了：")
    bad = tmp_path / "bad.yaml"
    bad.write_bytes("标题: 投诉".encode("gb18030"))
    with pytest.raises(ReadError) as caught:
        read_file(bad)
    assert str(caught.value) == "bad.yaml, line 1: not UTF-8; save it as UTF-8"
    assert caught.value.in_("zh") == "bad.yaml 第 1 行：不是 UTF-8 编码，请另存为 UTF-8"


def test_the_nearest_right_word() -> None:
    assert nearest("admited", ["admitted", "accepted"]) == "admitted"
    assert nearest("zzz", ["admitted"]) is None


def test_a_key_has_the_kind_of_value_that_is_asked_of_it() -> None:
    node = read_text("on: yes\noff: no\nperhaps: maybe\nname: [a]\nnames: a\nmore: {a: b}\n", file="a.yaml")
    keys = Keys(node, what="an act")
    assert [keys.flag(key) for key in ("on", "off", "absent")] == [True, False, False]
    assert keys.words("names") == ("a",)
    asks: dict[str, Callable[[str], object]] = {"perhaps": keys.flag, "name": keys.text, "more": keys.words}
    said = {}
    for key, ask in asks.items():
        with pytest.raises(ReadError) as wrong:
            ask(key)
        said[key] = (str(wrong.value), wrong.value.in_("zh"))
    assert said == {
        "perhaps": (
            "a.yaml, line 3: “perhaps” is yes or no, not “maybe”",
            "a.yaml 第 3 行：“perhaps”只能写 yes 或 no，不能写“maybe”",
        ),
        "name": (
            "a.yaml, line 4: “name” of an act has to be one text",
            "a.yaml 第 4 行：“acts”下的一项的“name”应是一段文字",
        ),
        "more": (
            "a.yaml, line 6: “more” of an act has to be a text or a list of texts",
            "a.yaml 第 6 行：“acts”下的一项的“more”应是一段文字，或若干段文字的列表",
        ),
    }


def test_words_are_listed_and_offered_as_each_language_does() -> None:
    few = [["a", "b", "c"][:count] for count in range(4)]
    assert [listed(words, "en") for words in few] == ["", "a", "a and b", "a, b and c"]
    assert [listed(words, "zh") for words in few] == ["", "a", "a、b", "a、b、c"]
    assert [either(words, "en") for words in few] == ["", "a", "a or b", "a, b or c"]
    assert [either(words, "zh") for words in few] == ["", "a", "a或b", "a、b或c"]
    assert [Text("甲", "a").in_("zh"), f"{Text('甲', 'a')}"] == ["甲", "a"]
