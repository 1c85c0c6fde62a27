"""Times on the command line: ages and ISO 8601."""

from __future__ import annotations

import pytest

from warraq.cli.moments import iso, milliseconds
from warraq.errors import WarraqError

NOW = 1_700_000_000_000


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("90s", NOW - 90_000),
        ("30m", NOW - 1_800_000),
        ("2h", NOW - 7_200_000),
        (" 3d ", NOW - 259_200_000),
        ("1w", NOW - 604_800_000),
        ("999999999w", 0),
        ("1970-01-02", 86_400_000),
        ("2018-01-08T14:30+02:00", 1_515_414_600_000),
        ("2018-01-08T12:30:00Z", 1_515_414_600_000),
        ("2018-01-08 12:30:00.250", 1_515_414_600_250),
        ("0001-01-01", 0),
    ],
)
def test_ages_and_dates(moment: str, expected: int) -> None:
    assert milliseconds(moment, NOW) == expected


@pytest.mark.parametrize("moment", ["", "2", "2y", "-2h", "2h30m", "٢h", "yesterday", "8/1/2018"])
def test_what_is_no_time_is_said(moment: str) -> None:
    with pytest.raises(WarraqError, match="is no time: write an age such as 2h"):
        milliseconds(moment, NOW)


def test_iso_is_utc_to_the_second() -> None:
    assert iso(1_515_414_600_999) == "2018-01-08T12:30:00+00:00"
