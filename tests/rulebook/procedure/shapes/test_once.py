"""once: a value is used once in the whole organisation."""

from dataclasses import replace

from tests.rulebook.refused import refused
from tests.rulebook.small import act, filed, judged, says, verdict, why, written

from kesu.procedure.history.act import Act
from kesu.reading.text import Text

ONCE = written("at: [accepted, found]\nonce: signature")


def claim(signature: object, step: str = "accepted") -> Act:
    return act(step, facts={"signature": signature})


def with_others(*used: str) -> str:
    """The verdict on using “R-1” where other files have used these."""
    file = filed(ONCE, act("received"))
    file.history.elsewhere = frozenset(("signature", value) for value in used)
    (found,) = file.copy().judge(replace(claim("Ｒ-1 "), number=2))
    return str(found.verdict)


def test_it_says_what_is_used_once() -> None:
    assert says(ONCE) == Text(
        zh="“受理”、“作出认定”所用的签名，在本单位只能用一次。",
        en="“Accepted” and “Finding made”: a signature is used once in the whole organisation.",
    )


def test_a_value_is_used_once_however_it_is_spelt() -> None:
    assert verdict(ONCE, claim("R-1")) == "kept"
    assert verdict(ONCE, claim("R-1"), claim("R-2")) == "kept"
    assert why(ONCE, claim("R-1"), claim(" r-１", "found")) == (
        "broken",
        "签名“r-１”已经用过，不能再用",
        "signature “r-１” has been used already",
    )


def test_what_other_files_have_used_is_used() -> None:
    assert [with_others(), with_others("r-2"), with_others("r-1")] == ["kept", "kept", "broken"]


def test_a_step_that_uses_none_has_nothing_to_say() -> None:
    assert verdict(ONCE, claim("R-1"), act("accepted")) == ""
    assert verdict(ONCE, claim("R-1"), claim(None)) == ""
    assert verdict(ONCE, act("note", signature="R-1"), claim("R-1")) == "kept"  # another step: not a use


def test_what_was_struck_or_corrected_is_free_again() -> None:
    assert verdict(ONCE, claim("R-1"), act("struck", entry="1", reason="x"), claim("R-1")) == "kept"
    corrected = act("corrected", entry="1", word="signature", value="R-2", reason="misread")
    assert verdict(ONCE, claim("R-1"), corrected, claim("R-1")) == "kept"
    assert verdict(ONCE, claim("R-1"), corrected, claim("R-2")) == "broken"


def test_a_correction_may_not_bring_in_a_value_that_is_used() -> None:
    to_used = act("corrected", entry="2", word="signature", value="R-1", reason="misread")
    assert verdict(ONCE, claim("R-1"), claim("R-2"), to_used) == "broken"
    same = act("corrected", entry="2", word="signature", value="r-2", reason="spelling")
    assert verdict(ONCE, claim("R-1"), claim("R-2"), same) == "kept"
    other = act("corrected", entry="2", word="reason", value="R-1", reason="misread")
    assert verdict(ONCE, claim("R-1"), claim("R-2"), other) == ""
    elsewhere = act("corrected", entry="1", word="signature", value="R-2", reason="misread")
    assert verdict(ONCE, act("note", signature="R-9"), claim("R-2"), elsewhere) == ""


def test_of_several_values_each_is_used_once() -> None:
    several = written("at: accepted\nonce: drawn projects")

    def use(*values: str) -> Act:
        return act("accepted", facts={"drawn projects": list(values)})

    assert verdict(several, use("a", "b")) == "kept"
    assert judged(several, use("a", "b"), use("c", "b", "a"))[0][2] == "抽中的项目“b、a”已经用过，不能再用"
    assert verdict(several, use("a", "A")) == "broken"


def test_two_who_give_a_step_together_use_the_value_once_between_them() -> None:
    together = written(
        "rule: joint\nat: accepted\ntogether: [clerk, lead]", "rule: the rule\nat: accepted\nonce: signature"
    )

    def give(post: str, by: str) -> Act:
        return act("accepted", post=post, by=by, facts={"signature": "R-1"})

    clerk, lead = give("clerk", "an"), give("lead", "li")
    assert [one[1] for one in judged(together, clerk, lead)] == ["kept", "kept"]
    assert [one[1] for one in judged(together, clerk, lead, clerk)] == ["kept", "broken"]


def test_it_always_holds_and_speaks_of_a_plain_word() -> None:
    for key, value in (("when", "{grade: major}"), ("force", "show")):
        assert refused(f"at: accepted\nonce: signature\n{key}: {value}") == (
            f"“once” of the rule “the rule” takes no “{key}”: a value is used, or it is not",
            f"规则“the rule”的“once”不能带“{key}”：一个号要么用过，要么没用过",
        )
    assert refused("at: accepted\nonce: cash paid") == (
        "the rule “the rule” needs a fact of the kind word or thing or things; “cash paid” is of the kind money",
        "规则“the rule”这里要用 word 或 thing 或 things 类的事实；“cash paid”是 money 类",
    )
