"""At least one rule of each shape, and one for each of the sentences that it can be said in; for tests over all shapes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import dedent
from typing import Final

from tests.rulebook.small import written

from kesu.procedure.written.rule import Rule

SUM: Final = "at: accepted\nadds up: cash paid\nof: settlement lines"
MATCH: Final = "at: accepted\nmatch: settlement lines\nwith: proposed lines"
PRICED: Final = "at: accepted\npriced: settlement lines\nas: {product: unit price}"
LADDER: Final = "at: accepted\nladder: [clerk, lead, boss]\nto: to post"
WATCH: Final = (
    "watch: fmcg-batch-watch\ncounts: received\nby: [product, batch]\nat least: '10'\nin: 7 natural days"
)
OPENS: Final = "opens: lab-retest\nat: retest decided"
FIGURES: Final = "figures: lab-retest\nat: found\nfrom: period from\nto: period to\nby: [grade, topic]"
WEEKLY: Final = "every: week, Monday\nfrom: accepted\ndo: progress told"
SPANS: Final = "every: 10 working days\nfrom: accepted\ndo: progress told"
PROMOTE: Final = "promote: {grade: major}\nfrom: received\nuntil: result notified"
DECIDED: Final = "before: closed\nmust have: retest decided"
COMPENSATION: Final = "at: compensation agreed\nlimits: [{up to: 100, by: clerk}, {up to: 1000, by: lead}]"
LEFT_OUT: Final = (
    "doing without: not possible\n---\nrule: told\nwhen: {finding: upheld}\nbefore: closed\nmust have: result notified\n"
    "unless waived: {by: lead, for: [cannot be reached], after: found}"
)
WINDOW: Final = "within: 15 calendar days\nfrom: report received\nbars: accepted"

RULES: Final[Mapping[str, tuple[str, ...]]] = {
    "adds up": (SUM, f"{SUM}\nless: [proposed cash]", f"{SUM}\nunless: reason", f"{SUM}\nless: [proposed cash]\nunless: reason"),
    "after": ("at: found\nafter: [accepted, investigated]", "at: found\nafter: {any of: [accepted, investigated]}"),
    "after each": (
        "after each: accepted\nmust follow: result notified",
        "after each: accepted\nmust follow: [investigated, result notified]",
        "after each: accepted\nmust follow: [investigated, found]\nbefore: [result notified, the end]",
        "after each: accepted\nmust follow: {any of: [investigated, found]}",
        "after each: accepted\nmust follow: {any of: [investigated, found]}\nbefore: [result notified, the end]",
    ),
    "at most": ("at: [found, consented]\nat most: '2'",),
    "attest": ("attest: warm reception\nby: clerk\nbefore: accepted", "attest: warm reception\nbefore: the end"),
    "authority": (f"authority: amount\n{COMPENSATION}", f"authority: settled ratio by units\n{COMPENSATION}"),
    "by": (
        "at: [accepted, found]\nby: [clerk, lead]",
        "at: found\nby: {who did: investigated}",
        "at: consented\nby: {not who did: handling report made}",
        "at: added\nby: {named in: to person}",
        "at: found\nby: {appointed in: staff member}",
        "at: [accepted, found]\nby: everybody",
    ),
    "compare": tuple(
        f"at: found\ncompare: promised until\nwith: {against}\nis: {how}{remark}"
        for remark in ("", "\nunless: quantity remark")
        for how in ("not later", "not earlier", "the same", "another")
        for against in (
            "report received",
            "accepted",
            "the day itself",
            "20 working days from report received",
            "20 working days from accepted",
            "3 calendar days before report received",
            "3 calendar days before the day itself",
        )
    )
    + tuple(
        f"at: found\ncompare: cash paid\nwith: amount\nis: {how}"
        for how in ("not more", "not less", "the same", "another")
    )
    + tuple(
        f"at: found\ncompare: settled total\nwith: amount\nis: {how}\nunless: quantity remark"
        for how in ("not more", "not less", "the same", "another")
    ),
    "complete": ("at: data checked\ncomplete: validity list",),
    "confirm": ("confirm: confirmed in person",),
    "doing without": (
        "doing without: not possible",
        LEFT_OUT,
        f"{LEFT_OUT}\n---\nrule: in time\nwithin: 1 week\nfrom: accepted\nto: result notified\nunless waived: {{by: [lead, boss]}}",
        f"{LEFT_OUT}\n---\nrule: seen\nat: consented\nafter: found\nunless waived: {{by: boss, when: {{grade: major}}}}",
    ),
    "draw": (
        "at: accepted\ndraw: drawn projects\nfrom: survey population\nseed: survey seed\nsize: sample size",
    ),
    "every": (
        f"{SPANS}\nuntil: [result notified, withdrawn]\nforce: reason",
        SPANS,
        f"{WEEKLY}\nuntil: result notified",
        WEEKLY,
        f"{WEEKLY}\nroll: forward\nuntil: result notified",
        f"{WEEKLY}\nroll: forward",
    ),
    "figures": (FIGURES, f"{FIGURES}\nwhere: {{grade: major}}"),
    "first": ("first: received",),
    "follows": ("when: {topic: conduct}\nfollows: {grade: major}", "when: {topic: conduct}\nfollows: {grade: major}\none way: 'yes'"),
    "hearsay": ("at: consented\nhearsay: opens",),
    "in order": (
        "in order: [accepted, investigated, found]",
        "in order: [accepted, investigated, found]\nanew: 'yes'",
        "for each: topic\nin order: [accepted, investigated, found]",
    ),
    "keep": (
        "keep: complaint letters\nfor: 6 years\nfrom: closed\nbars: destroyed\nby: boss",
        "keep: complaint letters\nfor: 6 years\nfrom: closed\nbars: destroyed",
        "keep: complaint letters\nfor: no limit\nfrom: closed\nbars: destroyed",
    ),
    "keep apart": (
        "keep apart: [named]\nfrom: [investigated, found]\nassigned as: [team]",
        "keep apart: [did the work]\nfrom: [investigated]",
        "keep apart: [named units]\nfrom: [investigated]",
        "keep apart: [{who did: handling report made}]\nfrom: [consented, handling report made]",
        "keep apart: [did the work]\nfrom: [accepted, investigated]\nas far as known at: accepted",
    ),
    "ladder": (LADDER, f"{LADDER}\nunless: {{grade: major, matter: opinion}}", f"{LADDER}\nupwards alone: 'yes'", f"{LADDER}\nunless: {{grade: major}}\nupwards alone: 'yes'"),
    "match": (f"{MATCH}\nmode: whole", f"{MATCH}\nmode: line", f"{MATCH}\nmode: apart"),
    "measure": (
        "measure: speed\nof: time\nfrom: received\nto: found\nby: [grade]",
        "measure: findings\nof: share\nfact: finding\nby: [complainant kind]",
        "measure: satisfied\nof: rate\nfacts: [views answer, satisfaction]\ngood: [satisfied, fairly satisfied]\nby: [grade]",
        "measure: compensation\nof: mean\nfact: settled total\nby: [grade]",
    ),
    "must have": (
        "before: found\nmust have: [investigated, accepted]",
        "before: the end\nmust have: investigated\nforce: reason",
        "for each: topic\nbefore: found\nmust have: investigated\nforce: reason",
        f"{DECIDED}\nwith: {{retest: 'yes'}}",
    ),
    "not after": ("at: [accepted, added]\nnot after: [found, consented]",),
    "once": ("at: [accepted, found]\nonce: signature",),
    "only if": ("at: closed\nonly if: {measures fit: 'yes'}", "at: found\nonly if: {amount: over 500, grade: not major}"),
    "opens": tuple(
        f"{OPENS}\nholds: {holds}{each}"
        for each in ("", "\neach: 'yes'")
        for holds in ("until closed", "until closed\nbefore: found", "until opened", "'no'")
    ),
    "promote": (f"{PROMOTE}\nover: 5 natural days", f"{PROMOTE}\nover: no limit"),
    "priced": (
        PRICED,
        f"{PRICED}\nlist: tea = 5.50; milk = 2",
        f"{PRICED}\non: bought on",
        f"{PRICED}\non: bought on\nlist: tea = 5.50; milk = 2",
    ),
    "record": (
        "at: found\nrecord: [finding, cause]",
        "at: received\nrecord: [matter, account]",
        "at: found\nrecord: [finding, cause]\nin hand: 'yes'",
        "at: received\nnoted later than: 1 working day\nrecord: [reason]",
        "at: result notified\nnoted later than: 1 working day\nrecord: [reason]",
    ),
    "same content": ("same content: [result, remedy]\nconsented at: consented\ntold at: result notified",),
    "see": ("when: {grade: major}\nsee: [clerk]",),
    "similar": ("at: found\nsimilar: [complainant kind, finding]\ngot: [remedy kind]",),
    "send": (
        "when: {topic: conduct}\nsend: [investigated, found]\nto: lead",
        "send: accepted\nto: [lead, boss]\nas: owner",
        "send: accepted\nto: lead\nas: external part",
    ),
    "starts anew": ("at: reopened\nstarts anew: [found, result notified]",),
    "together": (
        "at: data checked\ntogether: [lead, boss]\ncontent: [result]",
        "at: data checked\ntogether: [lead, boss]\nin order: 'yes'",
        "at: data checked\ntogether: [clerk, {any of: [lead, boss]}]",
    ),
    "waits": (
        "at: found\nwaits: 5 working days\nfrom: investigated",
        "at: [found, result notified]\nwaits: 5 natural days\nfrom: investigated\nunless: [consented, progress told]",
        "at: found\nwaits: no limit\nfrom: investigated",
    ),
    "watch": tuple(
        f"{WATCH}{follows}{out}"
        for follows in ("", "\nfollows: {grade: major}")
        for out in ("", "\nleaves out: [voided]")
    ),
    "within": (
        "within: 5 working days\nfrom: accepted\nto: [result notified, closed]\nforce: reason\nowner: clerk",
        "within: 8 to 16 working hours\nfrom: accepted\nto: result notified",
        "within: no limit\nfrom: accepted\nto: result notified",
        "within: 1 week\nfrom: report received\nto: accepted",
        "within: the day itself\nfrom: accepted\nto: result notified",
        "within: the same day\nfrom: report received\nto: accepted",
        "within: 1 working day\nonce late: told\nto: progress told\nuntil: result notified\n---\nrule: told\nwithin: 5 working days\nfrom: accepted\nto: result notified",
        "within: no limit\nonce late: told\nto: progress told\n---\nrule: told\nwithin: 1 week\nfrom: accepted\nto: result notified",
        *(
            f"within: {span}\nanew: 'yes'\nfrom: accepted\nto: result notified"
            for span in ("1 week", "8 to 16 working hours", "no limit", "the day itself")
        ),
        WINDOW,
        f"{WINDOW}\nto: received\nunless: window extended",
        "within: 15 calendar days\nfrom: received\nbars: accepted\nunless: window extended",
        "within: no limit\nfrom: received\nbars: accepted",
        "within: the day itself\nfrom: report received\nbars: accepted",
        "within: the day itself\nfrom: report received\nbars: accepted\nunless: window extended",
    ),
}  # fmt: skip


def one_of_each() -> Iterator[Rule]:
    """All of them, read in the small procedure."""
    for texts in RULES.values():
        for text in texts:
            yield written(dedent(text)).by_name["the rule"]
