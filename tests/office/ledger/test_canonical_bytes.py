"""One way to write an entry as bytes, held against an independent implementation of RFC 8785."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta, timezone

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st
from tests.office.ledger.writers import NINE, entry

from kesu.ledger.canonical import GREATEST, NotCanonical, canonical
from kesu.ledger.entry import UnclearInstant, UnknownVersion, body_of, commitment, instant, moment, upcast

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
keys = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0", max_codepoint=0xFFFF))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-GREATEST, GREATEST) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(keys, values, max_size=6))
def test_the_bytes_are_those_of_rfc_8785(value: dict[str, object]) -> None:
    assert canonical(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


def test_every_single_character_is_written_as_rfc_8785_writes_it() -> None:
    signs = [chr(code) for code in range(1, 0x11000) if not 0xD800 <= code <= 0xDFFF]
    assert [sign for sign in signs if canonical({"a": sign}) != rfc8785.dumps({"a": sign})] == []


def test_a_key_that_two_sort_orders_place_differently_is_refused() -> None:
    with pytest.raises(NotCanonical, match="beyond U\\+FFFF; choose another name"):
        canonical({"facts": {"\U0001f600": 1, "\uffee": 2}})


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"a": 1.0}, "entry.a: 1.0 is a fraction"),
        ({"a": float("nan")}, "entry.a: nan is a fraction"),
        ({"a": 2**53}, "entry.a: 9007199254740992 is beyond"),
        ({"a": [{"b": -(2**53)}]}, r"entry.a\[0\].b: -9007199254740992 is beyond"),
        ({"a": "\udfff"}, "entry.a: the text holds half a character"),
        ({"\ud800": 1}, "the text holds half a character"),
        ({1: "a"}, "entry: the key 1 is not text"),
        ({"a": b"x"}, "entry.a: a bytes cannot stand in the ledger"),
        ({"a": ("x",)}, "entry.a: a tuple cannot stand in the ledger"),
    ],
)
def test_what_has_two_ways_to_be_written_is_refused(value: dict[str, object], said: str) -> None:
    with pytest.raises(NotCanonical, match=said):
        canonical(value)


def test_what_is_nested_without_end_is_refused() -> None:
    value: dict[str, object] = {}
    value["a"] = value
    with pytest.raises(NotCanonical, match="nested more than 32 levels deep"):
        canonical(value)


def test_the_bytes_of_an_entry_are_these() -> None:
    body = body_of(
        entry("received", facts={"主题": "报告"}, key="k"),
        organisation="lab",
        file="case/1",
        number=2,
        noted=NINE,
        at=NINE - timedelta(hours=1),
        previous="ab" * 32,
        commitments={"name": "cd" * 32},
    )
    assert body.decode() == (
        '{"actor":null,"algorithm":"sha256","at":"2025-03-03T00:00:00.000000Z","by":"li","command":null,'
        '"commitments":{"name":"'
        + "cd"
        * 32
        + '"},"edition":null,"facts":{"主题":"报告"},"file":"case/1","key":"k",'
        '"kind":"received","medium":"system","noted":"2025-03-03T01:00:00.000000Z","number":2,"on_behalf_of":null,'
        '"organisation":"lab","post":null,"previous":"' + "ab" * 32 + '","recorder":null,"v":1}'
    )


def test_a_commitment_is_an_hmac_under_the_salt() -> None:
    salt = b"s" * 32
    assert commitment(salt=salt, value="张三") == hmac.new(salt, "张三".encode(), hashlib.sha256).hexdigest()


def test_an_instant_is_written_in_utc_with_a_fixed_width() -> None:
    shanghai = timezone(timedelta(hours=8))
    assert instant(datetime(2025, 3, 3, 9, tzinfo=shanghai)) == "2025-03-03T01:00:00.000000Z"
    assert moment("2025-03-03T01:00:00.000001Z") == datetime(2025, 3, 3, 1, 0, 0, 1, tzinfo=UTC)
    with pytest.raises(UnclearInstant, match="has no time zone"):
        instant(datetime(2025, 3, 3, 9))


def test_a_body_of_an_older_version_is_read_as_one_of_today() -> None:
    steps = {-1: lambda body: {**body, "v": 0, "b": 1}, 0: lambda body: {**body, "v": 1, "c": body["b"] + 1}}
    assert upcast({"v": -1, "a": 0}, steps=steps) == {"v": 1, "a": 0, "b": 1, "c": 2}
    with pytest.raises(UnknownVersion, match="update Kesu"):
        upcast({"v": 2}, steps=steps)
