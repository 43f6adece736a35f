"""`kesu init`: an empty home becomes that of an organisation with its calendar and somebody who can sign in."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.office.upkeep.homes import Home, new_home

TOLD = ("--title", "恒信检测", "--id", "hengxin", "--administrator", "秦越", "--sign-in", "qin")
PASSWORD = "Zug-Kanne-Mond-7"
TWICE = f"{PASSWORD}\n{PASSWORD}\n"
WHO_IS_THERE = """
from kesu.desk.who.door import admitted
from kesu.people.directory import directory_of
from django.utils import timezone
user = admitted("qin", "Zug-Kanne-Mond-7", address="here", now=timezone.now())
directory = directory_of("hengxin")
print(user.name, directory.organisation.title, directory.holders("administrator", timezone.now()) == [*directory.persons])
"""


@pytest.fixture
def home(tmp_path: Path, database: str) -> Home:
    return new_home(tmp_path / "home", database)


def test_an_empty_home_becomes_an_office_that_can_be_signed_in_to(home: Home) -> None:
    done = home.ran("init", *TOLD, typed=TWICE)
    assert (done.returncode, done.stderr) == (0, "")
    assert "“恒信检测” (hengxin) is founded; 秦越 administers it and signs in as qin." in done.stdout
    assert [line.split("kesu ")[-1] for line in done.stdout.splitlines() if "KESU_HOME" in line] == [
        "serve", "backup --to FOLDER",
    ]  # fmt: skip
    assert home.python(WHO_IS_THERE) == "秦越 恒信检测 True\n"
    assert home.told("verify")["faults"] == []


PORTAL = """
from kesu.people.directory import directory_of
from kesu.registry.portal_settings import portal_of
print(portal_of(directory_of("hengxin")).is_open)
"""


@pytest.mark.parametrize(("asked", "is_open"), [((), "False\n"), (("--portal",), "True\n")])
def test_the_portal_is_closed_unless_it_is_asked_for(
    home: Home, asked: tuple[str, ...], is_open: str
) -> None:
    assert home.ran("init", *TOLD, *asked, typed=TWICE).returncode == 0
    assert home.python(PORTAL) == is_open


def test_a_home_with_an_organisation_is_left_alone_unless_another_is_asked_for(home: Home) -> None:
    home.ran("init", *TOLD, typed=TWICE)
    again = home.ran("init", *TOLD, typed=TWICE, lang="zh")
    assert again.returncode == 2
    assert again.stderr.startswith("kesu：这里已经有单位（恒信检测），没有改动。")
    taken = home.ran("init", *TOLD, "--another", typed=TWICE, lang="zh")
    assert (taken.returncode, taken.stderr) == (2, "kesu：已经有简称为“hengxin”的单位，换一个 --id\n")
    other = [*TOLD[:3], "hengji", *TOLD[4:-1], "qin-2"]
    assert home.ran("init", *other, "--another", typed=TWICE).returncode == 0


WRONG = {
    "kesu：密码不能用，什么也没有建立：两遍不一样。": (TOLD, f"{PASSWORD}\nZug\n"),
    "kesu：密码不能用，什么也没有建立：不能是本人或单位的名称加几个数字。": (
        TOLD,
        "hengxin2026\nhengxin2026\n",
    ),
    "kesu：--title （单位名称）：这里要填": (TOLD[2:], TWICE),
    "kesu：--id 恒信（简称，用在命令和网址里）：只用小写字母、数字和 -，字母开头": (
        (*TOLD, "--id", "恒信"),
        TWICE,
    ),
    "kesu：没有“Mars/Base”这个时区；写成 Asia/Shanghai、Europe/Berlin 这样的名字": (
        (*TOLD, "--zone", "Mars/Base"),
        TWICE,
    ),
    "kesu：上班时间“9-5”里的“9”不是时刻；按时:分写，00:00 至 24:00": ((*TOLD, "--hours", "9-5"), TWICE),
}


def test_what_is_wrong_is_said_and_nothing_is_founded(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    done = {said: home.ran("init", *words, typed=typed, lang="zh") for said, (words, typed) in WRONG.items()}
    assert [(one.returncode, one.stdout, one.stderr.strip()) for one in done.values()] == [
        (2, "", said) for said in WRONG
    ]
    assert home.python("from kesu.people.models import User; print(User.objects.count())") == "0\n"
