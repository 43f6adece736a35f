"""The words of the software: each has a kind and is named in both languages."""

from __future__ import annotations

from kesu.procedure import words
from kesu.procedure.saying.sentence import templates
from kesu.procedure.shapes import shapes
from kesu.procedure.written.library import here
from kesu.reading.text import Text


def test_every_word_is_named_in_both_languages_and_plainly() -> None:
    for name, word in {**words.steps(), **words.facts()}.items():
        assert name == name.lower(), name
        assert name.replace(" ", "").replace("-", "").isalpha(), name
        assert word.title.zh, name
        assert word.title.en, name
        assert not word.title.zh.isascii(), name


def test_what_can_be_erased_is_personal_or_free_text() -> None:
    erasable = {name for name, word in words.facts().items() if word.erasable}
    assert {"account", "complainant", "phone", "text", "reason"} <= erasable
    assert not {"topic", "grade", "finding", "amount", "persons", "instead of", "linked file"} & erasable


def test_an_act_says_of_which_thing_it_speaks_by_a_word_of_its_own() -> None:
    assert words.per_thing("topic") == "of topic"
    assert words.per_thing("evidence") == "of evidence"
    assert words.per_thing("grade") == "grade"


def test_what_every_file_knows_is_free_and_a_step_of_the_procedure_s_own_work_is_not() -> None:
    free = {name for name, word in words.steps().items() if word.free}
    assert {"received", "registered", "note", "added", "corrected", "struck", "withdrawn", "archived"} <= free
    assert not {"accepted", "found", "consented", "closed"} & free


def test_every_shape_has_its_sentences_in_both_languages() -> None:
    for sign in (*shapes(), "within … bars"):
        for key, text in templates(sign).items():
            assert text.zh, (sign, key)
            assert text.en, (sign, key)
            assert not any(mark in text.zh for mark in ",;!?"), (sign, key)


def test_every_kind_of_file_of_the_house_is_called_something_in_both_languages() -> None:
    own = {str(here().own(name)["kind"]) for name in here().names()}
    assert own - set(words.kinds()) == set()
    assert words.kind_said("no such kind", Text("程序", "Procedure")) == Text("程序", "Procedure")
    assert words.kind_said("return", Text("程序", "Procedure")) == Text("退货", "Returned goods")
