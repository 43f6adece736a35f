"""The posts of the office itself, which no procedure names: they look after Kesu, not after cases."""

from __future__ import annotations

from typing import Final

from kesu.reading.text import Text

ADMINISTRATOR: Final = "administrator"
PROCEDURE_OWNER: Final = "procedure owner"
REGISTRAR: Final = "registrar"
IMPORTER: Final = "importer"
ASSESSOR: Final = "assessor"
PRIVACY_OFFICER: Final = "privacy officer"

OFFICE_POSTS: Final[dict[str, Text]] = {
    ADMINISTRATOR: Text(zh="管理员", en="Administrator"),
    PROCEDURE_OWNER: Text(zh="程序负责人", en="Procedure owner"),
    REGISTRAR: Text(zh="业务登记员", en="Registrar of subject items"),
    IMPORTER: Text(zh="历史导入员", en="Importer of history"),
    ASSESSOR: Text(zh="评审员", en="Assessor"),
    PRIVACY_OFFICER: Text(zh="个人信息负责人", en="Privacy officer"),
}
