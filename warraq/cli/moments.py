"""Points of time as people give them on the command line."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from warraq.errors import WarraqError

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 7 * 86_400}
_AGE = re.compile(r"(\d{1,9})([smhdw])", re.ASCII)


def milliseconds(moment: str, now_ms: int) -> int:
    """`moment` in ms since 1970. Raises WarraqError where it is none.

    It is an age before `now_ms`, as 90s, 30m, 2h, 3d or 1w, or a date and time of ISO 8601, in UTC
    where that names no zone.
    """
    age = _AGE.fullmatch(moment.strip())
    if age is not None:
        return max(0, now_ms - int(age[1]) * _SECONDS[age[2]] * 1000)
    try:
        parsed = datetime.fromisoformat(moment.strip())
        zoned = parsed if parsed.tzinfo is not None else parsed.replace(tzinfo=UTC)
        return max(0, int(zoned.timestamp() * 1000))
    except (ValueError, OverflowError):
        raise WarraqError(
            f"{moment!r} is no time: write an age such as 2h or 3d, or 2018-01-08T14:30+02:00"
        ) from None


def iso(ms: int) -> str:
    """`ms` since 1970 as ISO 8601 in UTC, to the second."""
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="seconds")
