"""How many articles come and end a second, told by samples that beat's maintenance leaves.

A sample is some 60 bytes every half minute and nothing is counted twice: what workers have counted
anyway is written down with the time. Two looks of `warraq status` itself would not do, for workers
settle hundreds of articles at once and then none for a second.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from warraq.inbox import keys
from warraq.inbox.connection import redis_errors
from warraq.inbox.insisting import insist
from warraq.inbox.scripts import script
from warraq.inbox.stream import Inbox

KEPT = 60  # samples: half an hour, at one every 30 seconds
_SHORTEST_SECONDS, _LONGEST_SECONDS = 20, 300
_ENDS = (b"created", b"updated", b"unchanged", b"outdated", b"dead")


@dataclass(frozen=True, slots=True)
class Sample:
    """at: Redis' clock, in seconds. ended: articles since the counts began. again: dead letters
    replayed since then. left: in the stream and the plain list."""

    at: float
    ended: int
    again: int
    left: int


@dataclass(frozen=True, slots=True)
class Rate:
    """Articles a second over the last `seconds`; replayed dead letters do not count as come."""

    seconds: float
    come: float
    ended: float


class Rates:
    """Samples in Redis. Methods raise Unavailable, as those of `Inbox` do."""

    def __init__(self, inbox: Inbox) -> None:
        self._client = inbox.client
        self._look = inbox.client.register_script(script("sample"))

    def sample(self) -> None:
        """Writes down how many have ended and are left; drops what is too old to be asked for."""
        sample = json.dumps(asdict(self._now()))
        with redis_errors():
            # Also while Redis is full: then whether it empties is what one wants to know.
            insist(self._client, "LPUSH", keys.SAMPLES, sample)
            self._client.ltrim(keys.SAMPLES, 0, KEPT - 1)

    def over(self, seconds: float) -> Rate | None:
        """The rate since the sample that is nearest to `seconds` old.

        None where there is none of the last five minutes (no beat, or no worker to take its task),
        or where the counts have begun anew since.
        """
        now = self._now()
        with redis_errors():
            kept = [Sample(**json.loads(one)) for one in self._client.lrange(keys.SAMPLES, 0, -1)]
        fit = [one for one in kept if _SHORTEST_SECONDS <= now.at - one.at <= _longest(seconds)]
        if not fit:
            return None
        then = min(fit, key=lambda one: abs(now.at - one.at - seconds))
        passed = now.at - then.at
        ended = now.ended - then.ended
        if ended < 0:
            return None
        come = ended + now.left - then.left - (now.again - then.again)
        return Rate(round(passed, 1), max(0, come) / passed, ended / passed)

    def _now(self) -> Sample:
        with redis_errors():
            (whole, micros), counts, waiting, listed = self._look(
                keys=[keys.COUNTS, keys.STREAM, keys.LIST], args=[*_ENDS, b"replayed"]
            )
        *ended, again = (int(count or 0) for count in counts)
        return Sample(int(whole) + int(micros) / 1e6, sum(ended), again, waiting + listed)


def _longest(seconds: float) -> float:
    return max(_LONGEST_SECONDS, seconds * 1.5)
