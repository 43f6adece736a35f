"""A setting is shown in the words of the page: posts, steps, choices of facts, spans; no name of the language of rules."""

from __future__ import annotations

import pytest
from django.utils import translation

from kesu.desk.said.on_page import setting_value
from kesu.procedure.written.library import here


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("industry and commerce, consumer association", "工商部门、消费者协会"),
        ("exchange made, settled on the spot", "换货预处理、现场先行处理"),
        ("salesperson", "业务员"),
        ("15 working days", "15个工作日"),
    ],
)
def test_a_setting_is_said_in_the_words_of_the_page(value: str, said: str) -> None:
    procedure = here().load("fmcg-emergency")
    with translation.override("zh-hans"):
        assert setting_value(value, procedure) == said
