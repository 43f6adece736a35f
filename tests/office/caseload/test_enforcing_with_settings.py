"""A procedure goes in force with what the organisation settles for it, both or nothing; `kesu enforce` does it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.office.caseload.office import LIBRARY, Office, at, key

from kesu.caseload.acting.answers import Done, Refused
from kesu.cli import main as front
from kesu.ledger.read import files
from kesu.people.directory import directory_of
from kesu.people.models import Person
from kesu.procedure.written import library
from kesu.registry.enforce_with_settings import NewSetting, enforce_with_settings

NOW = at("2026-03-02 09:00")
DAYS = NewSetting("check time", "5 working days", "样品多")


def enforce(office: Office, name: str, *settings: NewSetting, by: str = "admin") -> Any:
    return enforce_with_settings(
        name, library=LIBRARY, organisation=office.organisation, person=office.persons[by], now=NOW,
        since=NOW, key=key(), settings=settings,
    )  # fmt: skip


def registers(office: Office) -> list[str]:
    """The names of all files but cases: a refusal adds none."""
    return [name for name in files(office.organisation) if not name.startswith("case/")]


def test_a_procedure_in_force_is_what_new_cases_are_judged_by(office: Office) -> None:
    assert enforce(office, "office-paths") == Done("edition/office-paths", 1)
    file = office.do("received", "zhou", "2026-03-02 10:00", procedure="office-paths").file
    assert office.attempt("closed", "gu", "2026-03-02 11:00", file=file).findings != ()


def test_the_same_again_changes_nothing(office: Office) -> None:
    enforce(office, "office-paths")
    before = registers(office)
    assert enforce(office, "office-paths") == Done("edition/office-paths", 1, again=True)
    assert registers(office) == before


@pytest.mark.parametrize(
    ("settings", "by", "zh", "en"),
    [
        ((), "gu", "此项登记由管理岗位办理", "this is done by: procedure owner, administrator"),
        (
            (NewSetting("chek time", "5 working days"),),
            "admin",
            "本程序没有设定“chek time”；是不是“check time”？",
            "the procedure has no setting “chek time”; did you mean “check time”?",
        ),
        (
            (DAYS,),
            "admin",
            "第 1 版已经生效过，不能再改；请用新的版号",
            "edition 1 was put in force before and is never changed; give the new text a new edition",
        ),
    ],
)
def test_a_refusal_leaves_no_setting_behind(
    office: Office, settings: tuple[NewSetting, ...], by: str, zh: str, en: str
) -> None:
    name = "office-trial" if settings else "office-paths"
    before = dict(directory_of("hengce").settings.get("office-trial", {}))
    answer = enforce(office, name, *settings, by=by)
    assert isinstance(answer, Refused)
    assert (answer.sentences("zh"), answer.sentences("en")) == ([zh], [en])
    assert dict(directory_of("hengce").settings.get("office-trial", {})) == before


def test_what_is_unset_and_posts_that_nobody_holds_are_named(office: Office) -> None:
    answer = enforce(office, "lab-additional-audit")
    assert isinstance(answer, Refused)
    said = answer.sentences("zh")
    assert [one for one in said if one.endswith("定了才能生效")]
    assert [one for one in said if one.endswith("先登记任职")]


# -- the command -----------------------------------------------------------------------------------------------------


@pytest.fixture
def command(office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """`kesu enforce` in this office: its exit status, and what it printed."""
    monkeypatch.setattr(library, "here", lambda: LIBRARY)

    def run(*words: str) -> tuple[int, str]:
        status = front.main(["--lang", "zh", "enforce", *words])
        out = capsys.readouterr()
        return status, (out.out + out.err).strip()

    return run


def test_the_command_puts_in_force_with_a_file_of_settings_and_says_so(command: Any, tmp_path: Path) -> None:
    said = tmp_path / "settings.yaml"
    said.write_text("number series: {value: BX, reason: 并行}\n", encoding="utf-8")
    words = ("office-paths", "--organisation", "hengce", "--by", "admin@hengce", "--settings", str(said))
    assert command(*words) == (0, "office-paths 第 1 版在 hengce 生效")
    assert directory_of("hengce").settings["office-paths"] == {"number series": "BX"}
    assert command(*words) == (0, "office-paths 第 1 版已经生效，没有变化")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["office-paths", "--by", "admin@hengce"], "kesu：用 --organisation 写明单位：hengce、hengce-2"),
        (
            ["office-paths", "--by", "nobody", "--organisation", "hengce"],
            "kesu：单位“hengce”里没有登录名或编号为“nobody”的人",
        ),
        (
            ["office-paths", "--by", "admin@hengce-2", "--organisation", "hengce"],
            "kesu：单位“hengce”里没有登录名或编号为“admin@hengce-2”的人",
        ),
        (
            ["office-paths", "--by", "p-gu", "--organisation", "hengce"],
            "kesu：此项登记由管理岗位办理",
        ),
        (
            ["office-paths", "--by", "admin@hengce", "--organisation", "hengce", "--since", "soon"],
            "kesu：--since 应写成 2026-03-01 或 2026-03-01T09:00，不是“soon”",
        ),
    ],
)
def test_the_command_says_what_is_wrong_and_writes_nothing(
    office: Office, command: Any, words: list[str], said: str
) -> None:
    before = registers(office)
    assert command(*words) == (2, said)
    assert registers(office) == before
    assert Person.objects.filter(organisation="hengce").count() == len(office.persons)
