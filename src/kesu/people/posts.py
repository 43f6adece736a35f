"""The posts of the office itself, which no procedure names: they look after Kesu, not after cases. And how a post is said."""

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

READING_POSTS: Final = frozenset({ASSESSOR})  # they look at everything and take no step anywhere


def seat_said(title: Text, *, for_person: str | None = None, for_post: Text | None = None) -> Text:
    """In which post somebody acts: 质量负责人; 代陆建国任总经理; 总经理，代行质量负责人.

    `for_person`: the name of the holder whom he stands in for. `for_post`: the post whose holders all have to stay out, so
    that the one of `title` is called upon.
    """
    if for_post is not None:
        return Text(f"{title.zh}，代行{for_post.zh}", f"{title.en}, in place of the {for_post.en}")
    if for_person:
        return Text(f"代{for_person}任{title.zh}", f"{title.en}, standing in for {for_person}")
    return title
