"""Whether Redis keeps what it is given."""

from __future__ import annotations

from collections.abc import Iterator

from warraq.errors import Unavailable, WarraqError
from warraq.inbox import server
from warraq.inbox.server import has_group
from warraq.operations.doctor.findings import (
    Finding,
    Group,
    Severity,
    Site,
    error,
    note,
    warning,
)

_OLDEST = (6, 2)
_NEARLY_FULL = 0.8
SKEW_SECONDS = 2.0
"""Versions are often times: an article must not look older than the one before it."""
_CONF = "config/redis.conf has the settings that Warraq needs"


def answers(site: Site) -> Iterator[Finding]:
    try:
        _ = site.redis
    except Unavailable as why:
        yield error(str(why), "start it (`warraq up`), or mend WARRAQ_REDIS_URL")
    except WarraqError as why:
        yield error(str(why), "mend WARRAQ_REDIS_USERNAME and WARRAQ_REDIS_PASSWORD")


def version(site: Site) -> Iterator[Finding]:
    parts = tuple(int(part) for part in site.redis.version.split(".")[:2] if part.isdigit())
    if parts < _OLDEST:
        yield error(f"Redis {site.redis.version} is too old", "run 6.2 or newer")


def append_only_file(site: Site) -> Iterator[Finding]:
    if not site.redis.append_only:
        yield error(
            "Redis has no append-only file: acknowledged articles are lost when it ends",
            f"CONFIG SET appendonly yes, and the same in its file; {_CONF}",
        )
    elif not site.redis.written:
        yield error(
            "Redis could not write its append-only file the last time",
            "make room on its disk; its log says more",
        )


def fsync(site: Site) -> Iterator[Finding]:
    setting = server.fsync(site.inbox)
    if setting is None:
        yield Finding(
            Severity.UNSEEN,
            "appendfsync is told to Redis' administrator alone",
            "redis-cli CONFIG GET appendfsync; it should be always",
        )
    elif setting == "everysec":
        yield note(
            "appendfsync is everysec: a power failure may take the last second of articles",
            "CONFIG SET appendfsync always, if that is too much",
        )
    elif setting != "always":
        yield warning(
            f"appendfsync is {setting}: a power failure may take half a minute of articles",
            f"CONFIG SET appendfsync always; {_CONF}",
        )


def eviction(site: Site) -> Iterator[Finding]:
    if site.redis.eviction != "noeviction":
        yield error(
            f"maxmemory-policy is {site.redis.eviction}: a full Redis would delete articles that "
            "wait, and nobody would know",
            f"CONFIG SET maxmemory-policy noeviction; {_CONF}",
        )


def memory(site: Site) -> Iterator[Finding]:
    used, most = site.redis.used, site.redis.most
    if not most:
        yield warning(
            "Redis has no maxmemory: when memory runs out the system kills it, where with a bound "
            "senders would be told",
            "CONFIG SET maxmemory to half of what it may have, such as 1gb",
        )
    elif used > _NEARLY_FULL * most:
        yield warning(
            f"Redis has used {used / most:.0%} of its maxmemory; a full one refuses senders",
            "let workers catch up, look through dead letters (`warraq dead list`), or raise it",
        )


def clock(site: Site) -> Iterator[Finding]:
    skew = site.redis.skew
    if abs(skew) - site.redis.skew_within > SKEW_SECONDS:
        yield warning(
            f"Redis' clock is {_ahead(skew)} this machine's",
            "let all machines keep time (NTP): intake times are versions of articles",
        )


def consumer_group(site: Site) -> Iterator[Finding]:
    if not has_group(site.inbox):
        yield warning(
            "the stream has no consumer group: somebody deleted it",
            "any worker makes it again and takes what is there; if Redis lost its data, see the "
            "runbook",
        )


def _ahead(skew: float) -> str:
    return f"{abs(skew):.1f} s {'ahead of' if skew > 0 else 'behind'}"


GROUP = Group(
    "redis",
    answers,
    (version, append_only_file, fsync, eviction, memory, clock, consumer_group),
)
