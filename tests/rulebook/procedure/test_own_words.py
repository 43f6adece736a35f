"""Words that a library and a procedure bring themselves, beside those of the software."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from kesu.procedure import words
from kesu.procedure.saying.sentence import sentence
from kesu.procedure.written.library import Library
from kesu.reading.strict import ReadError
from kesu.reading.text import Text

Write = Callable[..., Library]

OWN = """
    procedure: {name}
    title: {{zh: 鲜花投诉, en: Flower complaints}}
    edition: "1"
    kind: flower complaint
    ends: [closed]
    posts: {{florist: {{title: {{zh: 花艺师, en: Florist}}}}}}
    steps:
      received: {{by: everybody, asks: [flower colour]}}
      bouquet remade: {{by: florist}}
      closed: {{by: florist}}
    rules:
      - {{rule: faded remade, when: {{flower colour: faded}}, at: closed, after: bouquet remade}}
"""
WORDS = """
    facts:
      flower colour:
        title: {zh: 花色, en: Colour of the flowers}
        kind: choice
        choices:
          faded: {zh: 褪色, en: Faded}
          wrong: {zh: 颜色不对, en: The wrong colour}
    steps:
      bouquet remade: {title: {zh: 重做花束, en: Bouquet remade}}
    kinds:
      flower complaint: {zh: 鲜花投诉单, en: Flower complaint}
"""


@pytest.fixture
def shop(tmp_path: Path) -> Write:
    """A library with one procedure; `beside` stands in its words.yaml, `shared` in the folder of words of the library."""

    def write(beside: str = "", shared: str = "", more: str = "", name: str = "flowers") -> Library:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        text = textwrap.dedent(OWN.format(name=name)) + textwrap.dedent(more)
        (folder / "procedure.yaml").write_text(text, encoding="utf-8")
        if beside:
            (folder / "words.yaml").write_text(textwrap.dedent(beside), encoding="utf-8")
        if shared:
            (tmp_path / "words").mkdir(exist_ok=True)
            (tmp_path / "words" / "shop.yaml").write_text(textwrap.dedent(shared), encoding="utf-8")
        return Library(tmp_path)

    return write


def refusal(library: Library, name: str = "flowers") -> tuple[str, str]:
    with pytest.raises(ReadError) as caught:
        library.load(name)
    return caught.value.in_("en"), caught.value.in_("zh")


@pytest.mark.parametrize("where", ["beside", "shared"])
def test_a_procedure_is_written_in_words_that_stand_beside_it_or_in_its_library(
    shop: Write, where: str
) -> None:
    procedure = shop(**{where: WORDS}).load("flowers")
    rule = procedure.by_name["faded remade"]
    assert sentence(rule, procedure, "zh") == "花色为“褪色”的：“结案”之前要先有“重做花束”。"
    assert procedure.words.kinds["flower complaint"] == Text("鲜花投诉单", "Flower complaint")
    assert "flower colour" not in words.facts()


def test_what_somebody_may_settle_can_be_a_fact_of_the_procedure_itself(shop: Write) -> None:
    price = """
    facts:
      flower colour: {title: {zh: 花色, en: Colour of the flowers}, kind: word}
      bouquet price: {title: {zh: 花束价, en: Price of the bouquet}, kind: money}
    steps:
      bouquet remade: {title: {zh: 重做花束, en: Bouquet remade}}
    kinds:
      flower complaint: {zh: 鲜花投诉单, en: Flower complaint}
    """
    limit = """# what it may cost
  - rule: dear bouquets
    authority: bouquet price
    at: bouquet remade
    limits: [{up to: "100", by: florist}]
"""
    procedure = shop(beside=price, more=limit).load("flowers")
    assert [(rule.name, facts) for rule, facts in procedure.wanting["bouquet remade"]] == [
        ("dear bouquets", ("bouquet price",))
    ]


def test_a_word_that_nobody_brought_is_not_known(shop: Write) -> None:
    assert refusal(shop())[0].startswith(
        "flowers/procedure.yaml, line 9: the fact “flower colour” is not known"
    )


def test_a_fact_gets_more_choices_than_the_software_gives_it(shop: Write) -> None:
    more = "choices: {remedy kind: {new bouquet: {zh: 另送一束, en: Another bouquet}}}\n"
    procedure = shop(beside=WORDS + more.replace("choices", "    choices")).load("flowers")
    added = procedure.words.facts["remedy kind"].choices
    assert [*added][:-1] == [*words.facts()["remedy kind"].choices]
    assert added["new bouquet"] == Text("另送一束", "Another bouquet")


def test_a_procedure_calls_a_fact_otherwise(shop: Write) -> None:
    library = shop(
        beside=WORDS, more="facts: {flower colour: {title: {zh: 颜色, en: Hue}, choices: [faded]}}\n"
    )
    procedure = library.load("flowers")
    assert procedure.words.facts["flower colour"].title == Text("颜色", "Hue")
    assert procedure.choices == {"flower colour": ("faded",)}


@pytest.mark.parametrize(
    ("beside", "en", "zh"),
    [
        (
            "fact: {}\n",
            "flowers/words.yaml, line 1: the key “fact” is not known; did you mean “facts”?",
            "flowers/words.yaml 第 1 行：键“fact”没有定义；是不是“facts”？",
        ),
        (
            "steps:\n  closed: {title: {zh: 关, en: Shut}}\n",
            "flowers/words.yaml, line 2: the word “closed” is there already (one of the software); use it, add to it under “choices”, or take another name",
            "flowers/words.yaml 第 2 行：词“closed”已经有了（软件自带）；请直接使用，或在“choices”下增加选项，或另取一个名字",
        ),
        (
            "steps:\n  shown:\n    title: {zh: 看, en: Shown}\n    part: arrival\n",
            "flowers/words.yaml, line 4: “part” is a part that only words of the software play; leave it out",
            "flowers/words.yaml 第 4 行：“part”只有软件自带的词才能用；请删去",
        ),
        (
            "facts:\n  colour:\n    title: {zh: 色, en: Colour}\n    kind: choic\n",
            "flowers/words.yaml, line 4: kind “choic” is not known; did you mean “choice”?",
            "flowers/words.yaml 第 4 行：种类“choic”没有定义；是不是“choice”？",
        ),
        (
            "facts:\n  'a, b': {title: {zh: 色, en: Colour}, kind: text}\n",
            "flowers/words.yaml, line 2: “a, b” is no name of a word: no commas, colons, quotes or brackets, and no space at either end",
            "flowers/words.yaml 第 2 行：“a, b”不能作词名：不能有逗号、冒号、引号和括号，首尾不能有空格",
        ),
        (
            "facts:\n  of leaf: {title: {zh: 叶, en: Leaf}, kind: thing, thing of: leaf}\n",
            "flowers/words.yaml, line 2: the fact “of leaf” names things of “leaf”, which is no fact",
            "flowers/words.yaml 第 2 行：事实“of leaf”指的是“leaf”中的一项，而没有这个事实",
        ),
        (
            "facts:\n  all: {title: {zh: 总, en: All}, kind: number, derived: {sum of: [topic]}}\n",
            "flowers/words.yaml, line 2: the fact “all” rests on “topic”, which is not put on record as what can be added up",
            "flowers/words.yaml 第 2 行：事实“all”由 topic 算出，其中有的没有登记，或不能这样计算",
        ),
        (
            "choices:\n  grade:\n    major: {zh: 大, en: Big}\n",
            "flowers/words.yaml, line 3: “grade” has the choice “major” already; choose another name for the new one",
            "flowers/words.yaml 第 3 行：“grade”已经有选项“major”；请给新的选项另取一个名字",
        ),
        (
            "choices:\n  account: {long: {zh: 长, en: Long}}\n",
            "flowers/words.yaml, line 2: the fact “account” is of the kind text and has no choices to add to",
            "flowers/words.yaml 第 2 行：事实“account”是 text 类，没有可以增加的选项",
        ),
        ("- a\n", "flowers/words.yaml, line 1: a file of words is a mapping", "flowers/words.yaml 第 1 行：词表文件应是“键: 值”的形式"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_file_of_words_is_said_with_its_line(
    shop: Write, beside: str, en: str, zh: str
) -> None:
    assert refusal(shop(beside=beside)) == (en, zh)


def test_the_same_word_said_twice_alike_is_one_word_and_said_otherwise_is_a_fault(shop: Write) -> None:
    assert "flower colour" in shop(beside=WORDS, shared=WORDS).load("flowers").words.facts
    other = WORDS.replace("褪色", "掉色")
    assert (
        "the word “flower colour” is there already (words/shop.yaml, line 4)"
        in refusal(shop(beside=other, shared=WORDS))[0]
    )
