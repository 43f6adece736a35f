"""Choices under choices: a tree of any depth, and what a condition on a branch of it means."""

import pytest

from kesu.procedure import words
from kesu.procedure.when import Condition, read_when
from kesu.procedure.words.reading import read_fact
from kesu.procedure.words.tree import below
from kesu.reading.strict import Block, ReadError, read_text
from kesu.reading.text import Text

TREE = """\
title: {zh: 缺陷, en: Defect}
kind: choice
choices:
  food: {zh: 食品, en: Food}
  foreign: {zh: 异物, en: Foreign matter, under: food}
  hair: {zh: 毛发, en: Hair, under: foreign}
  insect: {zh: 虫子, en: Insect, under: foreign}
  label: {zh: 标签, en: Label}
"""


def fact(text: str) -> words.FactWord:
    node = read_text(text, file="words.yaml")
    assert isinstance(node, Block)
    return read_fact("defect", node)


def wrong(text: str) -> tuple[str, str]:
    with pytest.raises(ReadError) as raised:
        fact(text)
    return raised.value.in_("en").split(": ", 1)[-1], raised.value.in_("zh").split("：", 1)[-1]


def test_each_choice_is_called_by_its_whole_way_down() -> None:
    assert fact(TREE).choices == {
        "food": Text("食品", "Food"),
        "foreign": Text("食品 › 异物", "Food › Foreign matter"),
        "hair": Text("食品 › 异物 › 毛发", "Food › Foreign matter › Hair"),
        "insect": Text("食品 › 异物 › 虫子", "Food › Foreign matter › Insect"),
        "label": Text("标签", "Label"),
    }


def test_a_branch_means_all_that_stands_below_it() -> None:
    under = fact(TREE).under
    assert below(("foreign",), under) == ("foreign", "hair", "insect")
    assert below(("food",), under) == ("food", "foreign", "hair", "insect")
    assert below(("hair", "label"), under) == ("hair", "label")
    on_branch = Condition("defect", "is", ("food",), below(("food",), under))
    assert [on_branch.holds(one) for one in ("hair", "food", "label", None)] == [True, True, False, None]
    assert Condition("defect", "not", ("food",), below(("food",), under)).holds("insect") is False


def test_what_stands_under_nothing_or_under_itself_is_a_fault() -> None:
    en, zh = wrong(TREE.replace("under: food", "under: drink"))
    assert en.endswith("“foreign” stands under “drink”, which is no choice of this fact")
    assert zh.endswith("“foreign”归在“drink”之下，而这个事实没有这个选项")
    assert wrong(TREE.replace("under: food", "under: hair"))[0].endswith("“foreign” stands under itself")


def test_a_fact_without_a_tree_is_compared_as_ever() -> None:
    node = read_text("grade: major", file="x.yaml")
    assert read_when(node).conditions == (Condition("grade", "is", ("major",)),)
