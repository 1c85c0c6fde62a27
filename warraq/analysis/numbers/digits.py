"""The value of a number in digits, with the marks of either manner: 1,250.5 and 1.250,5 are one.

Where a mark may part thousands or decimals (1.250), three digits behind it are thousands, as the
Arab press writes them, unless something else says that they cannot be.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

from warraq.text.letters import DIGITS, INVISIBLE, TATWEEL

FIRST_OR_LAST: Final = frozenset(
    chr(zero + digit) for zero in (0x30, 0x660, 0x6F0) for digit in range(10)
) | frozenset("½⅓⅔¼¾")
"""What a token that holds a number begins or ends with, unless a unit stuck to it."""

# Letters before, digits with marks, a fraction, letters behind: ب556, 4,5, 6ر1, 2½, 20كم
_TOKEN = re.compile(rf"([^\W\d]*?)([{DIGITS}]+(?:[.,٫٬ر][{DIGITS}]+)*)?([½⅓⅔¼¾]?)([^\W\d]*)")
_MARKS = re.compile("[.,٫٬ر]")
_WESTERN = str.maketrans(
    {chr(zero + digit): str(digit) for zero in (0x660, 0x6F0) for digit in range(10)}
)
_HIDDEN = dict.fromkeys(map(ord, (*INVISIBLE, TATWEEL)))
_LONGEST = 24  # figures and marks; what is longer is an account or a mistake


class Digits(NamedTuple):
    """A token that holds digits: `before` + the number + `behind`; parted: it has marks in it.

    figures: as written, in Western digits and with their marks; fraction: 0.5 of 2½.
    """

    before: str
    figures: str
    fraction: float
    behind: str
    parted: bool
    start: int
    end: int


def digits_in(form: str) -> Digits | None:
    """What a token holds, if it is a number and perhaps letters that stuck to it; `form`: as it
    stands. start, end: of the number in it.
    """
    found = _TOKEN.fullmatch(form) if len(form) <= 3 * _LONGEST else None
    if found is None or not (found[2] or found[3]) or len(found[2] or "") > _LONGEST:
        return None
    figures = (found[2] or "").translate(_WESTERN)
    return Digits(
        before=found[1].translate(_HIDDEN),
        figures=figures,
        fraction=unicodedata.numeric(found[3]) if found[3] else 0.0,
        behind=found[4].translate(_HIDDEN),
        parted=not figures.isdigit(),
        start=found.start(2) if found[2] else found.start(3),
        end=found.end(3),
    )


def value_of(figures: str, *, decimals: bool = False) -> float | None:
    """The number that `figures` write, or None if they write none (1.2.3, 007, 10.10.2015).

    decimals: whether a number follows that makes 1.250 a decimal (مليون, %).
    """
    marks, groups = _MARKS.findall(figures), _MARKS.split(figures)
    if marks == ["ر"]:
        # Agencies write the comma as ر and, from right to left, the decimals first: 6ر1 is 1.6.
        decimal, whole = groups
        return float(whole + decimal) if len(decimal) == 3 else float(f"{whole}.{decimal}")
    if len(groups[0]) > 1 and groups[0].startswith("0"):
        return None
    return _marked(marks, groups, decimals) if marks else float(figures)


def _marked(marks: list[str], groups: list[str], decimals: bool) -> float | None:  # noqa: FBT001
    if len(set(marks)) == 1 and (len(marks) > 1 or _parts_thousands(marks[0], groups, decimals)):
        return float("".join(groups)) if _are_thousands(groups) else None
    *before, last = marks
    if last in before or len(set(before)) > 1 or "ر" in marks or last == "٬":
        return None
    if before and not _are_thousands(groups[:-1]):
        return None
    return float("".join(groups[:-1]) + "." + groups[-1])


def _parts_thousands(mark: str, groups: list[str], decimals: bool) -> bool:  # noqa: FBT001
    if mark == "٬":
        return True
    if mark == "٫" or not _are_thousands(groups) or groups[0] == "0":
        return False
    return not decimals


def _are_thousands(groups: list[str]) -> bool:
    return len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
