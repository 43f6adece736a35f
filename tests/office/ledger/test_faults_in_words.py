"""What verification finds is said with its place, in both languages; and no more than a hundred faults are kept."""

from __future__ import annotations

import pytest

from kesu.ledger.faults import MOST, SENTENCES, Fault, Faults

SAID = [
    (
        Fault(what="value missing", organisation="lab", file="case/2", number=3, detail="phone"),
        "机构 lab，卷宗 case/2 第 3 条：个人信息“phone”不见了，而没有删除它的记录",
        'organisation lab, file case/2, entry 3: the personal value "phone" is gone and no erasure is on record',
    ),
    (
        Fault(what="leaf missing", organisation="lab", leaf=7),
        "机构 lab，封存序号 7：封存序列缺号",
        "organisation lab, leaf 7: this leaf is missing",
    ),
    (
        Fault(what="root", organisation="lab", checkpoint=2, detail="leaves 1-6"),
        "机构 lab，检查点 2：树根与已封存的记录不符（leaves 1-6）",
        "organisation lab, checkpoint 2: the root is not that of the sealed entries (leaves 1-6)",
    ),
    (
        Fault(what="trigger", detail="ledger_queue is missing"),
        "数据库触发器：ledger_queue is missing",
        "database trigger: ledger_queue is missing",
    ),
]


@pytest.mark.parametrize(("fault", "zh", "en"), SAID)
def test_a_fault_names_its_place_and_what_is_wrong_there(fault: Fault, zh: str, en: str) -> None:
    assert (fault.sentence("zh"), fault.sentence("en")) == (zh, en)


@pytest.mark.parametrize("what", SENTENCES)
def test_every_kind_of_fault_is_said_in_both_languages_with_its_detail(what: str) -> None:
    zh, en = (Fault(what=what, organisation="lab", detail="THIS").sentence(lang) for lang in ("zh", "en"))
    assert zh.startswith("机构 lab：")
    assert en.startswith("organisation lab: ")
    assert ("THIS" in zh, "THIS" in en) == ("{detail}" in SENTENCES[what][0],) * 2


def test_one_fault_of_a_place_is_kept_and_beyond_a_hundred_each_is_counted() -> None:
    faults = Faults()
    for number in range(MOST + 50, 0, -1):
        for what in ("digest", "link"):
            faults(Fault(what=what, organisation="lab", file="case/1", number=number))
    faults.sort()
    first_hundred = [
        Fault(what="digest", organisation="lab", file="case/1", number=n) for n in range(51, 151)
    ]
    assert (faults.kept, faults.count) == (first_hundred, 100 + 2 * 50)
