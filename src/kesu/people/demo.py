"""Which organisations are the demo's: where any other stands, nobody signs in by a click and no demo is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kesu.reading.text import Lang, Text

from .models import Organisation

DEMO_TITLES: Final[
    Mapping[str, str]
] = {  # by id; an organisation of such an id under another title is somebody's own
    "hengce": "恒测检测技术服务中心",
    "hengjian": "恒鉴检测技术服务中心",
    "qingmu": "青沐乳业有限公司",
    "lanting": "岚庭信息技术服务有限公司",
    "mingchuan": "明川光电器件有限公司",
    "hean": "禾岸生活超市有限公司",
    "wenku": "客诉程序库演示单位",
}


class NotForDemo(RuntimeError):
    """The demo, whose sign-ins ask for no password, was asked for where somebody's own data or a way in from outside is."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why

    def in_(self, lang: Lang) -> str:
        """What is in the way and what to do, in Chinese or English."""
        return self.why.in_(lang)


def own_organisations() -> list[str]:
    """The titles of organisations that are not the demo's, in the order of their founding."""
    houses = Organisation.objects.order_by("founded", "organisation")
    return [house.title for house in houses if DEMO_TITLES.get(house.organisation) != house.title]


def refuse_beside_own() -> None:
    """Raises NotForDemo where an organisation stands that is not the demo's."""
    own = own_organisations()
    if own:
        raise NotForDemo(
            Text(
                f"这里有自己的单位（{'、'.join(own)}），不能用作演示；演示请另用一个空的 KESU_HOME（或数据库）",
                f"an organisation of its own is here ({', '.join(own)}), so this is no place for the demo; give the demo"
                " an empty KESU_HOME (or database) of its own",
            )
        )
