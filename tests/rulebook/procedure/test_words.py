"""The words of the software: each has a kind and is named in both languages."""

from __future__ import annotations

import pytest

from kesu.procedure import words
from kesu.procedure.saying.sentence import templates
from kesu.procedure.shapes import shapes
from kesu.procedure.words import parts
from kesu.procedure.written.library import here
from kesu.reading.strict import Block, ReadError, read_text
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


def test_own_work_is_what_a_procedure_does_between_arrival_and_end() -> None:
    own = {name for name, word in words.steps().items() if word.own_work}
    assert {"accepted", "found", "consented", "closed"} <= own
    assert (
        not {"received", "registered", "note", "added", "corrected", "linked", "promoted", "archived"} & own
    )


def test_what_may_follow_the_end_is_what_every_file_knows_and_what_says_so_itself() -> None:
    follows = {name for name, word in words.steps().items() if word.may_follow_end}
    assert {"note", "reopened", "corrected", "link ended", "archived", "destroyed"} <= follows
    assert not {"received", "registered", "accepted", "closed", "promoted"} & follows


def test_steps_are_known_by_the_parts_that_they_play() -> None:
    assert {"received", "registered"} == parts.ARRIVAL
    assert parts.BEGINNING == ("received", "opened")
    assert {
        "linked",
        "link ended",
        "link reopened",
        "item noted",
        "price noted",
        "figures",
        "overridden",
    } == parts.BY_THE_HOUSE
    assert parts.COMPLETING == ("added",)
    assert {"joined", "voided"} == parts.ENDING_ALWAYS
    assert ({"corrected", "struck", "taken back"}, {"struck", "taken back"}) == (
        parts.MENDING,
        parts.TAKING_OUT,
    )
    assert {"named", "item noted"} == parts.NAMING
    assert not any(words.steps()[name].ours for name in ("withdrawn", "linked", "fell late"))
    assert {"received", "registered", "withdrawn", "voided", "reopened", "joined"} == parts.STAGES
    assert parts.FIRST_ASKED == ("complainant", "channel", "account")
    assert {"phone", "email"} == parts.CONTACT
    assert parts.FROM_THE_REGISTER == ("did the work",)


def test_a_word_with_a_part_that_there_is_not_is_refused() -> None:
    block = read_text("title: {zh: 移, en: Moved}\npart: arival", file="steps.yaml")
    assert isinstance(block, Block)
    with pytest.raises(ReadError) as refused:
        words.read_step("moved", block)
    assert "did you mean “arrival”" in refused.value.en


def test_every_shape_has_its_sentences_in_both_languages() -> None:
    for sign in (*shapes(), "within … bars"):
        for key, text in templates(sign).items():
            assert text.zh, (sign, key)
            assert text.en, (sign, key)
            assert not any(mark in text.zh for mark in ",;!?"), (sign, key)


def test_every_kind_of_file_of_the_house_is_called_something_in_both_languages() -> None:
    unsaid = {
        name for name in here().names() if str(here().own(name)["kind"]) not in here().load(name).words.kinds
    }
    assert unsaid == set()
    assert words.kind_said("no such kind", Text("程序", "Procedure")) == Text("程序", "Procedure")
    assert words.kind_said("return", Text("程序", "Procedure")) == Text("退货", "Returned goods")
