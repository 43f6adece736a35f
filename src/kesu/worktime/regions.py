"""Public holidays of a country or a part of it, out of the `holidays` library: `holidays:DE-BW 2026 2027`.

For mainland China (`holidays:CN`) the make-up working days of the notices come along, as far as the library knows them.
"""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Final

from kesu.reading.strict import Block, ReadError, Scalar, Series
from kesu.reading.text import Text

from .parts import ListedDay, ListedKind

NAMED: Final = re.compile(
    r"holidays:([A-Za-z]{2,3})(?:-([A-Za-z0-9]{1,20}))?((?:[ ,]+\d{4})*)", re.IGNORECASE
)
MOST_YEARS: Final = 10
CHINA: Final = "CN"
SOURCE: Final = "holidays:"  # with what a text begins that names a region


def days_of_region(text: str, *, source: str) -> Series:
    """The days off of the region and the years that `text` names, as a schedule lists them.

    Raises ReadError where the library knows no such region, where no year is named, and where it has no days for one.
    """
    found = NAMED.fullmatch(text.strip())
    if found is None:
        raise _wrong(
            source,
            "name the region and the years like this: holidays:DE-BW 2026 2027",
            "请这样写地区和年份：holidays:DE-BW 2026 2027",
        )
    country, part = found[1].upper(), (found[2] or "").upper() or None
    years = sorted({int(year) for year in re.findall(r"\d{4}", found[3])})
    if not 1 <= len(years) <= MOST_YEARS:
        raise _wrong(
            source,
            f"name the years, one to {MOST_YEARS} of them: holidays:{country} 2026",
            f"请写明年份，一次一至 {MOST_YEARS} 年：holidays:{country} 2026",
        )
    listed = (
        _of_china(years, source)
        if country == CHINA and part is None
        else _listed(country, part, years, source)
    )
    return Series([_as_block(day, source) for day in listed], source, 1)


def _of_china(years: list[int], source: str) -> Iterable[ListedDay]:
    from .seeding import SeedError, schedule_rows

    try:
        return schedule_rows(years)
    except SeedError as unknown:
        raise _wrong(source, unknown.in_("en"), unknown.in_("zh")) from None


def _listed(country: str, part: str | None, years: list[int], source: str) -> Iterable[ListedDay]:
    import holidays

    known = holidays.list_supported_countries(include_aliases=True)
    if country not in known:
        raise _wrong(
            source,
            f"the library of holidays knows no country “{country}”; it is two letters, such as DE, FR, US",
            f"节假日库里没有“{country}”；国家写两个字母，如 DE、FR、US",
        )
    parts = {one.upper(): one for one in known[country]}
    if part is not None and part not in parts:
        some = ", ".join(known[country][:20])
        raise _wrong(
            source,
            f"{country} has no part “{part}” in the library" + (f"; it has {some}" if some else ""),
            f"节假日库里 {country} 没有“{part}”" + (f"；有 {some}" if some else ""),
        )
    spoken = holidays.list_localized_countries(include_aliases=True).get(country, [])

    def named(language: str) -> dict[dt.date, str]:
        chosen = language if language in spoken else None
        found = holidays.country_holidays(
            country, subdiv=parts[part] if part else None, years=years, expand=False, language=chosen
        )
        return {day: str(name) for day, name in found.items()}

    chinese, english = named("zh_CN" if "zh_CN" in spoken else "en_US"), named("en_US")
    lacking = [year for year in years if not any(day.year == year for day in english)]
    if lacking:
        raise _wrong(
            source,
            f"the library has no holidays of {country} for {lacking[0]}",
            f"节假日库里没有 {country} {lacking[0]} 年的节假日",
        )
    return [
        ListedDay(day, ListedKind.FESTIVAL, Text(chinese.get(day, name), name))
        for day, name in sorted(english.items())
    ]


def _as_block(day: ListedDay, source: str) -> Block:
    block = Block(source, 1)
    for key, value in day.to_data().items():
        block[key] = Scalar(str(value), source, 1)
        block.lines[key] = 1
    return block


def _wrong(source: str, en: str, zh: str) -> ReadError:
    return ReadError(file=source, line=1, en=en, zh=zh)
