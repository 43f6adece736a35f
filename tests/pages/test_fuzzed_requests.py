"""A share of `make fuzz`: requests mutated at random, to every address: no page fails, and none takes long.

`KESU_FUZZ_REQUESTS` says how many, `KESU_FUZZ_SEED` from which seed on; a seed makes the same request again.
"""

from __future__ import annotations

import os
import random
import time
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from django.test import Client
from tests.fuzz.mutating import changed_text
from tests.pages.desk import Desk
from tests.pages.test_any_character import (
    QUERIES,
    REFUSED,
    TAKEN,
    WHO_OPENS,
    addresses,
    browsers,
    files,
    forms,
)

__all__ = ["browsers", "files"]
REQUESTS = int(os.environ.get("KESU_FUZZ_REQUESTS", "300"))
SEED = int(os.environ.get("KESU_FUZZ_SEED", "0"))
LONGEST = 2.0  # seconds of work
Form = tuple[int, str, dict[str, list[str]]]  # which browser sends it, where to, its fields as they stand


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: which browser sends it, how, where to, and what."""

    browser: int
    method: str
    path: str
    data: dict[str, list[str]] = field(default_factory=dict)
    body: bytes = b""


def text_of(chance: random.Random, before: str = "") -> str:
    """Something typed: odd as it stands, or what stood there, changed."""
    if chance.random() < 0.5:
        return chance.choice([*REFUSED, *TAKEN])
    return changed_text((before or "2026-03-09 10:20").encode(), chance).decode(errors="replace")


def request_of(seed: int, paths: list[str], known: list[Form]) -> Asked:
    """The request of a seed."""
    chance = random.Random(seed)
    way = chance.randrange(5)
    if way == 0:
        fields = {chance.choice(QUERIES): text_of(chance) for _ in range(chance.randint(1, 4))}
        return Asked(chance.randrange(3), "GET", f"{chance.choice(paths)}?{urlencode(fields)}")
    if way == 1:
        parts = chance.choice(paths).split("/")
        parts[chance.randrange(len(parts))] = quote(text_of(chance), safe=chance.choice(("", "/%")))
        return Asked(
            chance.randrange(3), chance.choice(("GET", "POST", "HEAD")), "/" + "/".join(parts).lstrip("/")
        )
    if way == 2:
        body = changed_text(b"f-at=2026-03-09&f-text=abc&key=1&seen=2&f-topic=a", chance)
        return Asked(chance.randrange(3), "POST", chance.choice(paths), body=body)
    browser, path, fields = chance.choice(known)
    data = {name: list(values) for name, values in fields.items()}
    for _ in range(chance.randint(1, 4)):
        name = chance.choice(sorted(data) or ["f-text"])
        match chance.randrange(3):
            case 0:
                data.pop(name, None)
            case 1:
                data[name] = [*data.get(name, []), text_of(chance)]
            case _:
                data[name] = [text_of(chance, "".join(data.get(name, [])))]
    return Asked(browser, "POST", path, data)


def status_of(browser: Client, asked: Asked) -> int:
    """What is answered."""
    if asked.body:
        return browser.generic(
            "POST", asked.path, asked.body, content_type="application/x-www-form-urlencoded"
        ).status_code
    if asked.method == "POST":
        return browser.post(asked.path, asked.data).status_code
    return browser.generic(asked.method, asked.path).status_code


def test_no_mutated_request_fails_or_takes_long(
    files: dict[str, str], browsers: list[Client], desk: Desk
) -> None:
    where = addresses(files)
    paths = sorted(where.values())
    known = [
        (browser, action, fields)
        for browser, names in WHO_OPENS.items()
        for name in names
        for action, fields in forms(browsers[browser], where[name])
    ]
    failed = []
    for seed in range(SEED, SEED + REQUESTS):
        asked = request_of(seed, paths, known)
        begun = time.thread_time()
        status = status_of(browsers[asked.browser], asked)
        took = time.thread_time() - begun
        if status >= 500 or took > LONGEST:
            failed.append((seed, asked, status, round(took, 1)))
        if "_auth_user_id" not in browsers[0].session or "_auth_user_id" not in browsers[1].session:
            browsers[:2] = [desk.as_(name).client for name in ("顾明", "秦越")]
            for browser in browsers:
                browser.raise_request_exception = False
    assert failed == []
