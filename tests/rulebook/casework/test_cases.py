"""`kesu try --cases`: short histories held against the verdict that the paper asks for, both ways."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.rulebook.small import text_of

from kesu.cli import main as front
from kesu.cli import tongue

SCHEMA = json.loads((Path(front.__file__).parent / "schemas" / "try.json").read_text(encoding="utf-8"))

PROCEDURE = text_of(
    "rule: looked into\nclause: [P-1]\nat: found\nafter: investigated",
    "rule: told in time\nclause: [P-2]\nwithin: 2 working days\nfrom: found\nto: result notified",
    "rule: by the lead\nclause: [P-3]\nat: found\nby: lead",
    "rule: three of a kind\nclause: [P-4]\nwatch: w\ncounts: received\nby: [product]\nat least: '3'\nin: 7 natural days\nfollows: {grade: major}",
)
EXAMPLES = """
stories:
  plain:
    - {at: 2026-03-02 09:00, step: received, by: an, product: milk}
    - {at: 2026-03-02 10:00, step: investigated, by: an, as: clerk}
    - {at: 2026-03-03 10:00, step: found, by: bo, as: lead, finding: upheld}
    - {at: 2026-03-04 10:00, step: result notified, by: an, as: clerk}
examples: []
"""


@pytest.fixture(autouse=True)
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A library with one procedure, and the language as it was."""
    folder = tmp_path / "procedures" / "small"
    folder.mkdir(parents=True)
    (folder / "procedure.yaml").write_text(PROCEDURE, encoding="utf-8")
    (folder / "examples.yaml").write_text(EXAMPLES, encoding="utf-8")
    monkeypatch.setenv("KESU_PROCEDURES", str(folder.parent))
    before = tongue.lang()
    yield
    tongue.speak(before)


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    return tmp_path / "cases.yaml"


def ran(
    path: Path, text: str, capsys: pytest.CaptureFixture[str], *words: str, head: str = "procedure: small\n"
) -> tuple[int, list[str]]:
    """The exit status, and what is printed line by line."""
    path.write_text(head + text, encoding="utf-8")
    status = front.main(["try", "--cases", str(path), *words, "--lang", "en"])
    return status, capsys.readouterr().out.splitlines()


def one(case: str) -> str:
    """A file with one case of clause P-1 on the story above."""
    return f"cases:\n  - {{case: K1, finding: F1, clause: [P-1], story: plain, {case}}}\n"


def test_a_case_of_one_side_says_what_comes_out_both_ways_and_what_would_be_right(
    cases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = one("at: found, want: kept, why: Nothing is changed.") + one(
        "at: found, want: kept, always: [{without: investigated}], right: Refused., why: Nobody looked."
    ).replace("cases:\n", "").replace("K1", "K2")
    assert ran(cases, text, capsys) == (
        1,
        [
            "K1  F1  P-1  at “found”",
            "    as command  accepted: nothing broken",
            "    as log      nothing broken",
            "    right       kept",
            "    today       right",
            "  Nothing is changed.",
            "K2  F1  P-1  at “found”",
            "    as command  refused: looked into broken",
            "    as log      looked into broken",
            "    right       kept",
            "    today       differs",
            "  Refused. Nobody looked.",
            "1 of 2 cases right",
        ],
    )


def test_short_prints_what_differs_a_line_each_and_names_choose(
    cases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = one("at: found, want: broken") + one("at: found, want: kept").replace("cases:\n", "").replace(
        "K1", "K2"
    )
    line = "K1 differs: right broken; as command accepted: nothing broken; as log nothing broken"
    assert ran(cases, text, capsys, "--short") == (1, [line, "1 of 2 cases right"])
    assert ran(cases, text, capsys, "--short", "K2") == (0, ["1 of 1 cases right"])
    assert ran(cases, one("at: found, kept: alone"), capsys, "--short") == (0, ["1 of 1 cases right"])


def test_in_chinese_too(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cases.write_text("procedure: small\n" + one("at: found, want: broken, why: 应有调查。"), encoding="utf-8")
    assert front.main(["try", "--cases", str(cases), "--lang", "zh"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "K1  F1  P-1  看“found”",
        "    办理时  已接受：没有违反",
        "    记录中  没有违反",
        "    应　为  违反",
        "    现　在  不符",
        "  应有调查。",
        "1 个案例，0 个相符",
    ]


NOTHING = "as command accepted: nothing broken; as log nothing broken"
PAIR = """
cases:
  - case: K1
    clause: [P-1]
    story: plain
    at: found
    kept: the lead finds what the clerk looked into
    broken: nobody looked
    change: {without: investigated}
"""


def test_the_second_side_of_a_pair_has_to_be_broken_or_doubtful(
    cases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ran(cases, PAIR, capsys) == (
        0,
        [
            "K1    P-1  at “found”",
            "  the lead finds what the clerk looked into",
            "    as command  accepted: nothing broken",
            "    as log      nothing broken",
            "    right       kept",
            "    today       right",
            "  nobody looked",
            "    as command  refused: looked into broken",
            "    as log      looked into broken",
            "    right       broken or cannot tell",
            "    today       right",
            "1 of 1 cases right",
        ],
    )
    harmless = PAIR.replace("{without: investigated}", "{set: {line: received, product: cream}}")
    status, lines = ran(cases, harmless, capsys, "--short")
    assert (status, lines) == (
        1,
        [
            f"K1 differs: nobody looked: right broken or cannot tell; {NOTHING}",
            "0 of 1 cases right",
        ],
    )


INSERTED = "insert: {at: 2026-03-03 09:00, step: found, by: an, as: clerk, finding: upheld}"


@pytest.mark.parametrize(
    ("changes", "breach"),
    [
        (f"[{{before: found, {INSERTED}}}]", "before it, “found”: by the lead broken"),
        (f"[{{after: investigated, {INSERTED}}}]", "before it, “found”: by the lead broken"),
        (f"[{{until: investigated}}, {{{INSERTED}}}]", "by the lead broken"),
        ("[{set: {line: found, as: clerk}}]", "by the lead broken"),
        ("[{unset: {line: found, fact: as}}]", "by the lead broken"),
        (
            "[{before: found, insert: {at: 2026-03-03 09:00, step: taken back, by: an, entry: '@investigated'}}]",
            "looked into broken",
        ),
    ],
)
def test_a_story_is_changed_step_by_step(
    cases: Path, capsys: pytest.CaptureFixture[str], changes: str, breach: str
) -> None:
    text = one(f"at: found, want: broken or cannot tell, always: {changes}")
    refused = "accepted" if breach.startswith("before it") else "refused"
    status, lines = ran(cases, text, capsys)
    assert (status, lines[1:3]) == (
        0,
        [f"    as command  {refused}: {breach}", f"    as log      {breach}"],
    )


def test_a_breach_before_the_judged_line_counts_at_a_line_of_the_case_or_by_its_clauses(
    cases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = one("at: result notified, want: broken, always: [{set: {line: found, as: clerk}}]")
    assert ran(cases, own, capsys, "--short") == (0, ["1 of 1 cases right"])
    by_clause = one("at: result notified, want: broken, always: [{without: investigated}]")
    assert ran(cases, by_clause, capsys, "--short") == (0, ["1 of 1 cases right"])
    of_another = by_clause.replace("P-1", "P-3")
    assert ran(cases, of_another, capsys, "--short")[0] == 1


def test_what_the_unchanged_story_breaks_already_does_not_count(
    cases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stories = "stories:\n  late:\n    - {at: 2026-03-02 09:00, step: found, by: an, as: clerk}\n"
    text = stories + one("at: found, want: broken").replace("story: plain", "story: late")
    status, lines = ran(cases, text, capsys)
    assert (status, lines[1:3]) == (
        1,
        ["    as command  refused: nothing broken", "    as log      nothing broken"],
    )


def test_a_kept_case_fails_when_a_line_before_the_judged_one_is_refused(
    cases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = one("at: result notified, want: kept, always: [{without: investigated}]").replace("P-1", "P-9")
    status, lines = ran(cases, text, capsys)
    assert (status, lines[1:3]) == (
        1,
        ["    as command  accepted: refused before it: found", "    as log      nothing broken"],
    )


@pytest.mark.parametrize(
    ("moment", "want", "duties"),
    [
        ("2026-03-04 09:00", "owed", "told in time open"),
        ("2026-03-06 09:00", "late", "told in time late"),
        ("2026-03-06 09:00", "owed", "told in time late"),
        ("2026-03-04 09:00", "kept", "told in time open"),
        ("2026-03-02 11:00", "not owed", "none"),
    ],
)
def test_duties_are_looked_at_as_of_a_moment(
    cases: Path, capsys: pytest.CaptureFixture[str], moment: str, want: str, duties: str
) -> None:
    text = one(f"as of: {moment}, want: {want}, always: [{{without: result notified}}]").replace("P-1", "P-2")
    assert ran(cases, text, capsys)[:2] == (
        0,
        [
            f"K1  F1  P-2  as of {moment}",
            f"    as command  duties: {duties}",
            f"    as log      duties: {duties}",
            f"    right       {want}",
            "    today       right",
            "1 of 1 cases right",
        ],
    )


def test_something_late_asks_for_any_duty(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    late = "as of: 2026-03-06 09:00, always: [{without: result notified}], want: "
    assert ran(cases, one(late + "something late"), capsys, "--short")[0] == 0
    assert ran(cases, one(late + "late"), capsys, "--short")[0] == 1


def test_line_and_duties_may_both_count(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = one("at: found, as of: 2026-03-06 09:00, want: late").replace("P-1", "P-2")
    status, lines = ran(cases, text, capsys)
    assert (status, lines[1]) == (0, "    as command  accepted: nothing broken; duties: told in time late")


def test_an_act_may_pass_that_changes_nothing(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    noted = "always: [{after: found, insert: {at: 2026-03-03 11:00, step: note, by: an, text: well}}]"
    for value, status in (("upheld", 0), ("no responsibility", 1)):
        text = one(f"at: note, want: broken, {noted}, harmless: {{finding: {value}}}")
        assert ran(cases, text, capsys, "--short")[0] == status


def test_a_case_may_stand_among_further_ones(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = """
cases:
  - case: K1
    clause: [P-4]
    story: plain
    at: received
    others: {count: "1", at: 2026-03-01 08:00, product: milk}
    kept: two are not enough
    broken: three are
    change: {others: "2"}
"""
    status, lines = ran(cases, text, capsys)
    assert (status, [line for line in lines if "counted" in line]) == (
        0,
        [
            "    as command  counted together: no",
            "    as log      counted together: no",
            "    as command  counted together: yes",
            "    as log      counted together: yes",
        ],
    )


@pytest.mark.parametrize(
    ("case", "why"),
    [
        (
            "at: found, want: kept, story: plainn",
            "cases.yaml, line 3: no story is called “plainn”; did you mean “plain”?",
        ),
        ("at: fond, want: kept", "cases.yaml, line 3: the story has no line “fond”"),
        ("at: 'found #2', want: kept", "cases.yaml, line 3: the story has no line “found #2”"),
        (
            "at: found, want: brokn",
            "cases.yaml, line 3: the verdict “brokn” is not known; did you mean “broken”?",
        ),
        ("at: found", "cases.yaml, line 3: a case has “want” or “kept”"),
        ("at: found, kept: so, broken: not so", "cases.yaml, line 3: the second side needs its “change”"),
        ("want: kept", "cases.yaml, line 3: a case is looked at “at” a line or “as of” a moment"),
        (
            "at: found, want: kept, whi: me",
            "cases.yaml, line 3: a case does not know the key “whi”; did you mean “why”?",
        ),
        (
            "at: found, want: kept, procedure: smal",
            "cases.yaml, line 3: the procedure “smal” is not known; did you mean “small”?",
        ),
        (
            "at: found, want: kept, always: [{wihtout: found}]",
            "cases.yaml, line 3: a change is one of without, set, unset, insert, until",
        ),
        (
            f"at: found, want: kept, always: [{{before: found, after: found, {INSERTED}}}]",
            "cases.yaml, line 3: an insert stands “before” one line or “after” one",
        ),
        (
            "at: found, want: kept, others: {count: some}",
            "cases.yaml, line 3: “count” is a number of cases",
        ),
        (
            "at: found, want: kept, as of: 2026-03-01 09:00",
            "cases.yaml, line 3: the judged line comes after “as of”",
        ),
    ],
)
def test_a_case_that_cannot_be_run_differs_and_says_why(
    cases: Path, capsys: pytest.CaptureFixture[str], case: str, why: str
) -> None:
    text = one(case) if "story: plainn" not in case else one(case).replace("story: plain, ", "")
    status, lines = ran(cases, text, capsys)
    assert (status, lines[1:3], lines[4]) == (
        1,
        [f"    as command  cannot be run: {why}", "    as log      cannot be run"],
        "    today       differs",
    )


@pytest.mark.parametrize(
    ("text", "words", "why"),
    [
        ("cases: none\n", (), "cases.yaml, line 2: “cases” is a list"),
        ("casses: []\n", (), "cases.yaml, line 1: a file of cases needs “cases”"),
        (one("at: found, want: kept"), ("K11",), "there is no case “K11”; did you mean “K1”?"),
    ],
)
def test_a_file_that_is_none_of_cases_is_wrong_use(
    cases: Path, capsys: pytest.CaptureFixture[str], text: str, words: tuple[str, ...], why: str
) -> None:
    cases.write_text("procedure: small\n" + text, encoding="utf-8")
    assert front.main(["try", "--cases", str(cases), *words, "--lang", "en"]) == 2
    assert capsys.readouterr().err == f"kesu: {why}\n"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--short",), "--short goes with --cases"),
        (("--without", "looked into"), "--without goes with the name of one procedure"),
        (("--without", "looked into", "--cases", "x"), "--without goes with the name of one procedure"),
    ],
)
def test_options_that_do_not_go_together_are_wrong_use(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], why: str
) -> None:
    assert front.main(["try", *words, "--lang", "en"]) == 2
    assert capsys.readouterr().err == f"kesu: {why}\n"


def test_the_json_has_its_shape(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cases.write_text("procedure: small\n" + PAIR, encoding="utf-8")
    assert front.main(["try", "--cases", str(cases), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    Draft202012Validator(SCHEMA).validate(data)
    kept, broken = data["cases"][0].pop("answers")
    assert data == {"right": 1, "cases": [{"case": "K1", "clauses": ["P-1"], "right": True}]}
    assert kept["as_command"] == {"zh": "已接受：没有违反", "en": "accepted: nothing broken"}
    assert broken == {
        "name": "nobody looked",
        "as_command": {"zh": "已拒绝：“looked into”违反", "en": "refused: looked into broken"},
        "as_log": {"zh": "“looked into”违反", "en": "looked into broken"},
        "want": "broken or cannot tell",
        "right": True,
    }


def test_a_case_of_no_procedure_cannot_be_run(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, lines = ran(cases, one("at: found, want: kept"), capsys, head="")
    assert (status, lines[1].partition(": ")[2]) == (1, "cases.yaml, line 2: the case names no procedure")
