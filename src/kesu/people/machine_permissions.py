"""Rows of the table of permissions that whoever runs the server has: commands that no sign-in opens."""

from __future__ import annotations

from typing import Final

from kesu.reading.text import Text

from .permission import SERVER, Permission

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
        "建立单位、启动、封存、核验、重建、重新统计、审查、备份和恢复、演示",
        "Found an organisation, serve, seal, verify, rebuild, count again, review, back up and restore, demo",
    ),
    (SERVER,),
    commands=(
        "init",
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
        "permissions",
        "backup",
        "restore",
    ),
)
RULE_BOOK: Final = Permission(
    "rule book",
    Text("查看、检查、试用程序文件，算期限", "Read, check and try procedure files, work out dates"),
    (SERVER,),
    note=Text(
        "只读写明的文件，不读单位的数据", "reads the files that it is given and nothing of an organisation"
    ),
    commands=(
        "clauses",
        "try",
        "new",
        "lint",
        "words",
        "schema",
        "ways",
        "gaps",
        "show",
        "due",
        "map",
        "docs",
    ),
)
