"""Who may see or do what outside the rules of procedures: one table, which pages, registers and commands read.

A row is one thing that can be seen or done, a column one kind of person. What a step of a case needs is not here: the
rules of its procedure say that. `kesu docs` prints the table as docs/reference/permissions.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kesu.names import PostName
from kesu.reading.text import Text

from .posts import (
    ADMINISTRATOR,
    ASSESSOR,
    IMPORTER,
    OFFICE_POSTS,
    PRIVACY_OFFICER,
    PROCEDURE_OWNER,
    REGISTRAR,
)

# The columns. Those that are not posts of the office:
ANYBODY: Final = "anybody"  # without signing in
SIGNED_IN: Final = "signed in"  # a person of the organisation who has not left, with or without a post
CASE_POST: Final = (
    "post of a procedure"  # held or stood in for, in any procedure in force; of a file: in its own
)
PART: Final = "part in the file"  # acted in it, or was given a task in it
QUALITY_MANAGER: Final = PostName("quality manager")  # a post of procedures that also looks after the office
SERVER: Final = "server"  # whoever runs commands on the machine

COLUMNS: Final[Mapping[str, Text]] = {
    ANYBODY: Text("不登录", "not signed in"),
    SIGNED_IN: Text("登录的人", "everybody signed in"),
    CASE_POST: Text("程序中的岗位", "posts of procedures"),
    PART: Text("本案经办人", "part in the file"),
    QUALITY_MANAGER: Text("质量负责人", "Quality manager"),
    **OFFICE_POSTS,
    SERVER: Text("服务器管理者", "whoever runs the server"),
}
NOTHING: Final = Text("", "")


def standing_in(column: str) -> frozenset[str]:
    """All the columns in which somebody stands who stands in this one: whoever holds a post has signed in."""
    if column in (ANYBODY, SERVER):
        return frozenset({column})
    return frozenset({column, SIGNED_IN, *((CASE_POST,) if column == QUALITY_MANAGER else ())})


@dataclass(frozen=True, slots=True)
class Permission:
    """One row. `to` are the columns that may, `offered` those at whose side the page is offered (of pages alone).

    Rows `of_a_file` are judged with the file at hand (`caseload/sight`): whoever has to stay out of it has none of them.
    `commands` are those of the command line that do it, for the first holder of a post of `to`.
    """

    name: str
    title: Text
    to: tuple[str, ...]
    offered: tuple[str, ...] = ()
    note: Text = NOTHING
    of_a_file: bool = False
    commands: tuple[str, ...] = ()

    def allows(self, columns: frozenset[str]) -> bool:
        """Whether somebody who stands in these columns may."""
        return not columns.isdisjoint(self.to)

    def is_offered(self, columns: frozenset[str]) -> bool:
        """Whether the page stands at the side of somebody in these columns."""
        return not columns.isdisjoint(self.offered)


EVERYBODY: Final = (SIGNED_IN,)
WITH_CASES: Final = (CASE_POST, ASSESSOR)
WHO_SEES_IT: Final = (CASE_POST, PART, ASSESSOR)
OWN_ONLY: Final = Text("只列出本人看得到的案卷", "lists only the files that the person sees")

# -- pages -----------------------------------------------------------------------------------------------------------

SIGN_IN: Final = Permission(
    "sign in", Text("登录、退出、换语言", "Sign in and out, change the language"), (ANYBODY, SIGNED_IN)
)
DESCRIPTION: Final = Permission(
    "description",
    Text("公开的投诉处理说明", "Published description of the process"),
    (ANYBODY, SIGNED_IN),
    note=Text("只写程序，不写案件和人；每次阅读留痕", "tells of procedures alone; every reading is logged"),
)
HEALTH: Final = Permission("health", Text("运行状态", "Health check"), (ANYBODY, SIGNED_IN))
SESSION: Final = Permission(
    "session",
    Text("解锁、选单位、改密码", "Unlock, choose the organisation, change the password"),
    EVERYBODY,
)
WORK: Final = Permission(
    "work",
    Text("我的工作", "My work"),
    EVERYBODY,
    (CASE_POST,),
    Text("不办案的人转到案件或人员页", "who handles no cases is led to the cases or the people"),
)
REGISTER: Final = Permission(
    "register",
    Text("登记", "Register"),
    EVERYBODY,
    EVERYBODY,
    Text(
        "谁能收件由程序第一步的规则决定；只来看的人没有这个按钮",
        "the rules of a procedure's first step say who may fill in its form; who is here to read has no button",
    ),
)
CASES: Final = Permission("cases", Text("案件台账、搜索", "Cases, search"), EVERYBODY, WITH_CASES, OWN_ONLY)
BATCHES: Final = Permission("batches", Text("批次", "Batches"), EVERYBODY, WITH_CASES, OWN_ONLY)
PROGRAMMES: Final = Permission("programmes", Text("年度安排", "Programmes"), EVERYBODY, note=OWN_ONLY)
REPORTS: Final = Permission("reports", Text("汇总表和调查", "Reports"), EVERYBODY, note=OWN_ONLY)
ITEMS: Final = Permission(
    "items",
    Text("报告与样品", "Items and work"),
    (QUALITY_MANAGER, ADMINISTRATOR, REGISTRAR, ASSESSOR),
    (QUALITY_MANAGER, ADMINISTRATOR, REGISTRAR, ASSESSOR),
    Text("写明谁做了哪项工作", "names who did which work"),
)
PROCEDURES: Final = Permission(
    "procedures", Text("程序、设定、日历", "Procedures, settings, calendars"), EVERYBODY, EVERYBODY
)
PEOPLE: Final = Permission("people", Text("人员和岗位", "People and posts"), EVERYBODY, EVERYBODY)
BARRED: Final = Permission(
    "barred",
    Text("被拦下的操作", "Acts that were barred"),
    (QUALITY_MANAGER, ASSESSOR),
    (QUALITY_MANAGER, ASSESSOR),
    Text("不列出对本人隐藏的案卷", "without those about files that are hidden from the reader"),
)
ACCESS_LOG: Final = Permission(
    "access log",
    Text("登录和查看记录", "Log of sign-ins and look-ups"),
    (ADMINISTRATOR, ASSESSOR),
)
CLOCK: Final = Permission(
    "clock",
    Text("服务器的时钟", "Server's clock"),
    EVERYBODY,
    note=Text("时钟可疑时，每一页都指向这里", "every page leads here while the clock is in doubt"),
)
LEDGER: Final = Permission("ledger", Text("存证和核验", "Ledger and its verification"), EVERYBODY, EVERYBODY)

# -- one file --------------------------------------------------------------------------------------------------------

FILE: Final = Permission(
    "file",
    Text("一件案卷：经过、期限、条款核对", "A file: timeline, limits, checks"),
    WHO_SEES_IT,
    note=Text(
        "岗位以本案程序为准，“see”规则可再收窄；最后人选在轮到时看得到；须回避的人和部门看不到",
        "posts of its own procedure, narrowed by “see” rules; a last resort when called upon; "
        "for who has to stay out it does not exist",
    ),
    of_a_file=True,
)
EVERY_FILE: Final = Permission(
    "every file",
    Text("不任岗位也能看所有案卷", "Every file, without a post of its procedure"),
    (ASSESSOR,),
    note=Text("须回避的除外", "but those that he has to stay out of"),
    of_a_file=True,
)
FOR_THE_COMPLAINANT: Final = Permission(
    "for the complainant",
    Text("给投诉人看的内容", "What may be handed to the complainant"),
    WHO_SEES_IT,
    note=Text(
        "只有他带来的、告知过他的和办结；内部内容不在其中",
        "what he brought, what he was told, the end; nothing from inside",
    ),
    of_a_file=True,
)
CONTACT: Final = Permission(
    "contact in full",
    Text("完整的电话和邮箱", "Phone and e-mail in full"),
    WHO_SEES_IT,
    note=Text("平时只显示一部分；每次查看留痕", "masked until asked for; every look is logged"),
    of_a_file=True,
)
CONSENTED_RESULT: Final = Permission(
    "result that was consented to",
    Text("已同意、未告知的结果", "A result that was consented to and not told yet"),
    (CASE_POST,),
    note=Text(
        "程序让其告知、编写或同意的岗位；编写或同意过的人看到草稿",
        "posts that the procedure lets tell, write or approve it; who wrote or approved it reads a draft",
    ),
    of_a_file=True,
)
RESULT_DRAFT: Final = Permission(
    "result before consent",
    Text("未经同意的结果", "A result before it was consented to"),
    (CASE_POST, PART),
    note=Text(
        "程序让其编写或同意的岗位，以及编写或同意过的人；每处都标明草稿",
        "posts that the procedure lets write or approve it, and who did; marked as a draft everywhere",
    ),
    of_a_file=True,
)

# -- acts that follow no procedure -----------------------------------------------------------------------------------

KEEP_HOUSE: Final = Permission(
    "keep the house",
    Text("登记单位、部门、场所", "Enter the organisation, units, sites"),
    (ADMINISTRATOR,),
)
KEEP_PERSONS: Final = Permission(
    "keep persons", Text("登记人员、给登录名、离任", "Enter persons, sign-ins, who left"), (ADMINISTRATOR,)
)
APPOINT: Final = Permission(
    "appoint", Text("任免岗位、指定代理", "Give and end posts and stand-ins"), (ADMINISTRATOR,)
)
KEEP_ITEMS: Final = Permission(
    "keep items",
    Text("登记对象和谁做了什么工作", "Enter items and who did which work"),
    (REGISTRAR, ADMINISTRATOR),
    note=Text("自己的工作由别人登记", "nobody enters work of his own"),
)
KEEP_CALENDARS: Final = Permission(
    "keep calendars", Text("导入日历", "Bring in calendars"), (ADMINISTRATOR,), commands=("calendar",)
)
SETTLE: Final = Permission(
    "settle",
    Text("定程序的设定", "Settle what a procedure leaves open"),
    (PROCEDURE_OWNER, ADMINISTRATOR),
    commands=("enforce",),
)
ENFORCE: Final = Permission(
    "enforce",
    Text("使程序生效、撤回一版", "Put an edition in force, withdraw one"),
    (PROCEDURE_OWNER, ADMINISTRATOR),
    commands=("enforce",),
)
MOVE_EDITION: Final = Permission(
    "move to an edition",
    Text("案卷改用另一版程序", "Move a file to another edition"),
    (PROCEDURE_OWNER,),
    note=Text("不必看得到案卷内容", "without having to see what is in the file"),
)
IMPORT: Final = Permission("import", Text("导入历史", "Bring in history"), (IMPORTER,), commands=("import",))
ERASE: Final = Permission(
    "erase",
    Text("抹去个人信息", "Erase personal values"),
    (PRIVACY_OFFICER,),
    note=Text(
        "要有法律依据；在办和保存期内不能抹", "on a legal ground; never while the file runs or is kept"
    ),
)

CORRECT_CLOCK: Final = Permission(
    "correct the clock",
    Text("更正服务器的时钟", "Correct the server's clock"),
    (ADMINISTRATOR,),
    note=Text(
        "另一个人用自己的登录确认后才生效", "counts once another person has confirmed it in his own sign-in"
    ),
    commands=("clock",),
)
CONFIRM_CLOCK: Final = Permission(
    "confirm the clock",
    Text("确认时钟的更正", "Confirm a correction of the clock"),
    EVERYBODY,
    note=Text("不能是提出更正的人", "never who proposed it"),
)

# -- the machine -----------------------------------------------------------------------------------------------------

EXPORT: Final = Permission(
    "export",
    Text("导出台账", "Export the ledger"),
    (SERVER,),
    note=Text("个人信息只在写明时带出", "personal values only when asked for by name"),
    commands=("export-ledger",),
)
RUN: Final = Permission(
    "run",
    Text(
        "启动、封存、核验、重建、重新统计、审查、演示",
        "Serve, seal, verify, rebuild, count again, review, demo",
    ),
    (SERVER,),
    commands=(
        "serve",
        "checkpoint",
        "key",
        "marks",
        "verify",
        "rebuild",
        "figures",
        "posts",
        "case-clauses",
        "review",
        "demo",
    ),
)

TABLE: Final[Mapping[str, tuple[Permission, ...]]] = {
    "pages": (
        SIGN_IN, DESCRIPTION, HEALTH, SESSION, WORK, REGISTER, CASES, BATCHES, PROGRAMMES, REPORTS, ITEMS, PROCEDURES,
        PEOPLE, BARRED, ACCESS_LOG, LEDGER, CLOCK,
    ),
    "one file": (FILE, EVERY_FILE, FOR_THE_COMPLAINANT, CONTACT, CONSENTED_RESULT, RESULT_DRAFT),
    "acts that follow no procedure": (
        KEEP_HOUSE, KEEP_PERSONS, APPOINT, KEEP_ITEMS, KEEP_CALENDARS, SETTLE, ENFORCE, MOVE_EDITION, IMPORT, ERASE,
        CORRECT_CLOCK, CONFIRM_CLOCK,
    ),
    "the machine": (EXPORT, RUN),
}  # fmt: skip
