"""Who may see or do what outside the rules of procedures: one table, which pages, registers and commands read.

A row is one thing that can be seen or done, a column one kind of person. What a step of a case needs is not here: the
rules of its procedure say that. `kesu docs` prints the table as docs/reference/permissions.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kesu.reading.text import Text

from .machine_permissions import EXPORT, RULE_BOOK, RUN
from .permission import (
    ANYBODY,
    CASE_POST,
    COLUMNS,
    COMPLAINING,
    PART,
    QUALITY_MANAGER,
    SERVER,
    SIGNED_IN,
    Permission,
    standing_in,
    stands_under,
)
from .posts import (
    ADMINISTRATOR,
    ASSESSOR,
    IMPORTER,
    PRIVACY_OFFICER,
    PROCEDURE_OWNER,
    REGISTRAR,
)

__all__ = [
    "ANYBODY",
    "CASE_POST",
    "COLUMNS",
    "COMPLAINING",
    "EXPORT",
    "PART",
    "QUALITY_MANAGER",
    "RULE_BOOK",
    "RUN",
    "SERVER",
    "SIGNED_IN",
    "Permission",
    "standing_in",
    "stands_under",
]

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
PORTAL: Final = Permission(
    "portal",
    Text("投诉门户：提出投诉、凭编号和查询码查询", "Portal: complain, look up by number and code"),
    (ANYBODY, SIGNED_IN, COMPLAINING),
    note=Text("单位开放门户后才有", "only where the organisation has opened it"),
)
OWN_FILE: Final = Permission(
    "own file",
    Text("自己的投诉：进展、回执、补充、意见", "One's own complaint: progress, receipt, additions, views"),
    (COMPLAINING,),
    note=Text(
        "只有他带来的、告知过他的和办结；只能办属于他自己的步骤",
        "what he brought, what he was told, the end; and the steps that are his own",
    ),
)
HEALTH: Final = Permission("health", Text("运行状态", "Health check"), (ANYBODY, SIGNED_IN))
SESSION: Final = Permission(
    "session",
    Text(
        "解锁、选单位、改密码、两步登录、自己的登录",
        "Unlock, choose the organisation, change the password, second factor, one's own sessions",
    ),
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
DRAW: Final = Permission(
    "draw", Text("抽样查案", "Draw cases"), (QUALITY_MANAGER, ASSESSOR), (ASSESSOR,), OWN_ONLY
)
CUSTOMERS: Final = Permission("customers", Text("客户", "Customers"), EVERYBODY, note=OWN_ONLY)
FIND: Final = Permission(
    "find",
    Text("登记时找客户、对象和同类案件", "Find customers, items, similar cases"),
    EVERYBODY,
    note=OWN_ONLY,
)
GO: Final = Permission("go", Text("从一处找到一切", "Go anywhere from one field"), EVERYBODY, note=OWN_ONLY)
TOGETHER: Final = Permission("together", Text("几件一起办", "In several cases"), EVERYBODY, note=OWN_ONLY)
RETURNED_PAPER: Final = Permission(
    "returned paper", Text("传回签字件", "Bring back a signed paper"), EVERYBODY, note=OWN_ONLY
)
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
PRICES: Final = Permission(
    "prices", Text("价目册", "Register of prices"), EVERYBODY, (REGISTRAR, ADMINISTRATOR)
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
    "access log", Text("登录和查看记录", "Log of sign-ins and look-ups"), (ADMINISTRATOR, ASSESSOR)
)
STATEMENT: Final = Permission(
    "own statement",
    Text("被列明的人陈述", "Statement of whoever is named in a file"),
    EVERYBODY,
    note=Text(
        "各人只对自己被列明的在办案卷陈述，案卷本身仍不向其显示",
        "each about the open files in which he himself is named, which stay hidden from him",
    ),
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
CASE_PRINT: Final = Permission(
    "case file on paper",
    Text("打印卷宗和签字件", "The case file and its records on paper"),
    WHO_SEES_IT,
    note=Text(
        "只有本人看得到的内容，联系方式只显示一部分；每次打印留痕",
        "what the person sees and no more, contact details masked; every print is logged",
    ),
    of_a_file=True,
)
LETTER: Final = Permission(
    "letter",
    Text("告知信", "Letters to the complainant"),
    WHO_SEES_IT,
    note=Text(
        "未经同意的结果不写进信里；草稿打印时标明",
        "a result that waits for a consent is in none; drafts are printed with a mark",
    ),
    of_a_file=True,
)
LOOKUP_CODE: Final = Permission(
    "lookup code",
    Text("给投诉人查询码", "Give the complainant a code"),
    (CASE_POST,),
    note=Text(
        "只显示一次，每次留痕；给了新的，旧的作废",
        "shown once, and logged each time; another one ends the one before",
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
SOURCE: Final = Permission(
    "source that is kept secret",
    Text("要求来源保密的投诉人", "Who complains and wants to stay unnamed"),
    (CASE_POST, PART, QUALITY_MANAGER),
    note=Text(
        "写明理由记入案卷后一小时内，只在案件页和告知信里；打印件、台账、搜索、导出里都没有",
        "for an hour after the reason is on record in the file, on its page and in letters alone; in no print, list, search or export",
    ),
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
    "keep persons",
    Text(
        "登记人员、给登录名、离任、两步登录的要求和重置、解绑外部账号",
        "Enter persons, sign-ins, who left, who has to have a second factor, resets of it, parting accounts elsewhere",
    ),
    (ADMINISTRATOR,),
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
KEEP_PRICES: Final = Permission(
    "keep prices",
    Text("登记、导入、划去价格", "Enter, bring in and strike prices"),
    (REGISTRAR, ADMINISTRATOR),
)
KEEP_CALENDARS: Final = Permission(
    "keep calendars", Text("导入日历", "Bring in calendars"), (ADMINISTRATOR,), commands=("calendar",)
)
SETTLE: Final = Permission(
    "settle",
    Text("建立单位、定程序的设定、起草", "Set up, settle what a procedure leaves open, draft editions"),
    (PROCEDURE_OWNER, ADMINISTRATOR),
    (PROCEDURE_OWNER, ADMINISTRATOR),
    commands=("enforce",),
)
ENFORCE: Final = Permission(
    "enforce",
    Text("使程序生效、撤回一版", "Put an edition in force, withdraw one"),
    (PROCEDURE_OWNER, ADMINISTRATOR),
    commands=("enforce",),
)
SIGN_EDITION: Final = Permission(
    "sign an edition",
    Text("审核、批准、退回起草的版本", "Review, approve, send back a drafted edition"),
    EVERYBODY,
    note=Text(
        "只限起草时写明的人，用自己的登录", "those alone whom the draft names, each in his own sign-in"
    ),
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

TABLE: Final[Mapping[str, tuple[Permission, ...]]] = {
    "pages": (
        SIGN_IN, DESCRIPTION, HEALTH, SESSION, WORK, REGISTER, CASES, DRAW, CUSTOMERS, FIND, GO, TOGETHER, RETURNED_PAPER, BATCHES, PROGRAMMES, REPORTS, ITEMS, PRICES, PROCEDURES,
        PEOPLE, BARRED, ACCESS_LOG, LEDGER, CLOCK, STATEMENT, PORTAL,
    ),
    "one file": (FILE, EVERY_FILE, FOR_THE_COMPLAINANT, OWN_FILE, LOOKUP_CODE, CASE_PRINT, LETTER, CONTACT, SOURCE, CONSENTED_RESULT, RESULT_DRAFT),
    "acts that follow no procedure": (
        KEEP_HOUSE, KEEP_PERSONS, APPOINT, KEEP_ITEMS, KEEP_PRICES, KEEP_CALENDARS, SETTLE, ENFORCE, SIGN_EDITION, MOVE_EDITION, IMPORT, ERASE,
        CORRECT_CLOCK, CONFIRM_CLOCK,
    ),
    "the machine": (EXPORT, RUN, RULE_BOOK),
}  # fmt: skip
