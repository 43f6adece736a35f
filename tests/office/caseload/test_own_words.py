"""An edition keeps the words that it is written in, its own ones too, whatever library and software say later (semantics 3.1)."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
from tests.office.caseload.office import Office, at, key
from tests.office.offices import forget

from kesu.caseload.acting.answers import Done, NotYours, Refused
from kesu.caseload.acting.clock import clock
from kesu.caseload.asking.opened import opened
from kesu.caseload.asking.queries import queue
from kesu.caseload.folded import books
from kesu.caseload.folded.books import not_readable, words_of_the_house
from kesu.caseload.models import CaseRow
from kesu.caseload.rebuilding.rebuild import UNREADABLE, rebuild
from kesu.caseload.sight.reader import reader_of
from kesu.caseload.sight.seeing import visible
from kesu.ledger.models import PersonalValue
from kesu.people.directory import directory_of
from kesu.procedure import words
from kesu.procedure.saying.sentence import sentence
from kesu.procedure.written.canonical import from_canonical
from kesu.procedure.written.library import Library
from kesu.procedure.written.model import Procedure
from kesu.reading.strict import Block, ReadError, read_text
from kesu.reading.text import Text
from kesu.registry.editions import put_in_force

PROCEDURE = """
    procedure: flowers
    title: {zh: 鲜花投诉, en: Flower complaints}
    edition: "1"
    kind: flower complaint
    ends: [closed]
    posts: {quality manager: {title: {zh: 质量负责人, en: Quality manager}}}
    steps:
      received: {by: everybody, asks: [flower colour, neighbour, grade, bunches faded]}
      bouquet remade: {by: quality manager}
      closed: {by: quality manager}
    rules:
      - {rule: faded remade, when: {flower colour: faded}, at: closed, after: bouquet remade}
      - {rule: many remade, when: {all faded: at least 3}, at: closed, after: bouquet remade}
"""
WORDS = """
    facts:
      flower colour: {title: {zh: 花色, en: Colour}, kind: choice, choices: {faded: {zh: 褪色, en: Faded}, fine: {zh: 好的, en: Fine}}}
      neighbour: {title: {zh: 邻居姓名, en: Name of the neighbour}, kind: text, personal: "yes"}
      bunches faded: {title: {zh: 褪色束数, en: Bunches faded}, kind: number}
      all faded: {title: {zh: 累计褪色束数, en: All bunches faded}, kind: number, derived: {sum of: [bunches faded]}}
    steps: {bouquet remade: {title: {zh: 重做花束, en: Bouquet remade}}}
    kinds: {flower complaint: {zh: 鲜花投诉单, en: Flower complaint}}
    choices: {grade: {petty: {zh: 琐碎, en: Petty}}}
"""


@pytest.fixture
def shop(office: Office, tmp_path: Path) -> Office:
    """An office with the procedure in force, whose files are gone afterwards: only the ledger has them."""
    folder = tmp_path / "flowers"
    folder.mkdir()
    for name, text in (("procedure", PROCEDURE), ("words", WORDS)):
        (folder / f"{name}.yaml").write_text(dedent(text), encoding="utf-8")
    answer = put_in_force(
        "flowers",
        library=Library(tmp_path),
        organisation=office.organisation,
        person=office.persons["admin"],
        now=at("2026-01-05 09:00"),
        since=at("2026-01-05 09:00"),
        key=key(),
    )
    assert isinstance(answer, Done), answer.sentences("en")
    for path in folder.iterdir():
        path.unlink()
    forget()
    return office


SAID = {"flower colour": "faded", "neighbour": "王大爷", "grade": "petty", "bunches faded": "2"}


def begun(shop: Office) -> str:
    """A complaint about faded flowers."""
    return str(shop.do("received", "zhou", "2026-03-02 09:00", procedure="flowers", facts=dict(SAID)).file)


def test_a_file_is_kept_and_judged_by_the_words_that_its_procedure_brought(shop: Office) -> None:
    file = begun(shop)
    refused = shop.attempt("closed", "gu", "2026-03-02 10:00", file=file)
    assert isinstance(refused, Refused)
    assert [finding.rule for finding in refused.findings] == ["faded remade"]
    shop.do("bouquet remade", "gu", "2026-03-02 10:00", file=file)
    shop.do("closed", "gu", "2026-03-02 11:00", file=file)
    assert CaseRow.objects.get(file=file).state == "closed"
    forget()
    assert rebuild(check=True) == []


def test_what_an_own_word_calls_personal_stands_beside_the_ledger(shop: Office) -> None:
    file = begun(shop)
    beside = PersonalValue.objects.filter(organisation=shop.organisation, file=file)
    assert [(one.word, bytes(one.value).decode()) for one in beside] == [("neighbour", "王大爷")]


def test_the_organisation_speaks_its_own_words_and_no_other_does(shop: Office) -> None:
    spoken = words_of_the_house(directory_of(shop.organisation))
    assert spoken.facts["flower colour"].choices["faded"] == Text("褪色", "Faded")
    assert spoken.facts["grade"].choices["petty"] == Text("琐碎", "Petty")
    assert spoken.kinds["flower complaint"] == Text("鲜花投诉单", "Flower complaint")
    assert "flower colour" not in words.facts()


def changed_software() -> words.Lexicon:
    """The software as it might be one day: words of the edition are gone, called or reckoned otherwise."""
    node = read_text(
        dedent("""
        grade: {title: {zh: 轻重, en: Weight}, kind: choice, choices: {heavy: {zh: 重, en: Heavy}}}
        all faded: {title: {zh: 翻倍, en: Doubled}, kind: number, derived: {sum of: [bunches faded, bunches faded]}}
        bunches faded: {title: {zh: 束, en: Bunches}, kind: number}
        """),
        file="facts.yaml",
    )
    assert isinstance(node, Block)
    return words.of_the_software().over({"facts": node})


def test_a_word_that_the_software_renames_changes_nothing_of_an_edition_that_holds_the_old_one(
    shop: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = begun(shop)

    def told() -> tuple[object, ...]:
        """What rules, sentences and labels say of the file."""
        forget()
        view = opened(file, reader_of(shop.organisation, shop.persons["gu"], at("2026-03-03 09:00")))
        assert view is not None
        case, known = view.case, view.case.words
        return (
            case.history.value("all faded"),
            [sentence(rule, case.procedure, "zh") for rule in case.procedure.rules],
            known.facts["grade"].title,
            dict(known.facts["grade"].choices),
            rebuild(check=True),
        )

    before = told()
    later = changed_software()
    monkeypatch.setattr(words, "of_the_software", lambda: later)
    monkeypatch.setattr("kesu.procedure.written.canonical.of_the_software", lambda: later)
    monkeypatch.setattr("kesu.caseload.folded.books.of_the_software", lambda: later)
    assert words.facts()["grade"].title == Text("轻重", "Weight")
    assert told() == before
    assert before[0] == "2"


def test_an_edition_that_cannot_be_read_hides_its_own_files_and_takes_down_nothing_else(
    shop: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden, seen = begun(shop), shop.receive().file
    gu = reader_of(shop.organisation, shop.persons["gu"], at("2026-03-03 09:00"))
    assert {row.file for row in visible(gu)} == {hidden, seen}

    def broken(text: str) -> Procedure:
        if "flower colour" in text:
            raise ReadError(file="edition", line=0, en="no such shape", zh="没有这种规则")
        return from_canonical(text)

    with monkeypatch.context() as patch:
        patch.setattr(books._editions, "_maker", broken)
        forget()
        gu = reader_of(shop.organisation, shop.persons["gu"], at("2026-03-03 09:00"))
        assert {row.file for row in visible(gu)} == {seen}
        assert (opened(hidden, gu), {task.file for task in queue(gu)}) == (None, {seen})
        assert [(edition.procedure, why.en) for edition, why in not_readable(gu.directory)] == [
            ("flowers", "no such shape")
        ]
        clock(now=at("2026-04-03 09:00"))
        with pytest.raises(NotYours):
            shop.attempt("closed", "gu", "2026-04-03 10:00", file=hidden)
        assert [(one.file, one.field) for one in rebuild(check=True)] == [(hidden, UNREADABLE)]
    forget()
