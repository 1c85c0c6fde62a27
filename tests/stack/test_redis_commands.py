"""Each Redis user against every command that the server has, and against keys that are not its own.

The server itself lists its commands, so one that a new version brings is tried as well. Redis looks
at rights before it looks at arguments: anything but NOPERM means that the user may.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
import redis
from redis.exceptions import AuthenticationError, NoPermissionError, ResponseError

from stack import Stack
from stack.credentials import redis_name
from stack.redis import RULES

KEY = "<key>"
# Commands that say with their first argument what they do: each of those is tried by its name.
CONTAINERS = (
    "acl client cluster command config debug latency memory module object pubsub script slowlog "
    "stralgo xgroup xinfo"
)
NOT_IN_THEIR_HELP = {
    "cluster": ["info", "nodes", "reset", "failover"],
    "stralgo": ["lcs"],
    "client": ["setinfo", "no-evict"],
    "memory": ["malloc-stats"],
}
# Where keys do not stand at a place that the server tells of, or where filling would block.
ARGUMENTS = {
    "eval": ["return 1", "1", KEY],
    "evalsha": ["0" * 40, "1", KEY],
    "xread": ["STREAMS", KEY, "0"],
    "xreadgroup": ["GROUP", "workers", "me", "STREAMS", KEY, ">"],
    **{name: ["1", KEY] for name in ("zdiff", "zinter", "zunion")},
    **{name: [KEY, "1", KEY] for name in ("zdiffstore", "zinterstore", "zunionstore")},
    **{name: [KEY, "0.01"] for name in ("blpop", "brpop", "bzpopmin", "bzpopmax")},
    "brpoplpush": [KEY, KEY, "0.01"],
    "blmove": [KEY, KEY, "LEFT", "LEFT", "0.01"],
    "memory usage": [KEY],
    "stralgo lcs": ["KEYS", KEY, KEY],
    "publish": ["/0.celery.pidbox", "1"],
    "subscribe": ["/0.celery.pidbox"],
    "psubscribe": ["/0.celeryev/*"],
}  # fmt: skip
ANYBODY = {"auth", "hello", "reset"}  # Redis asks nobody's rights for these

# What is not refused, by user: this is the whole of it.
_NAMED = "ping client|setname client|setinfo "
_OF_WORKERS = (
    "xack xadd xautoclaim xclaim xdel xgroup|* xinfo|* xlen xpending xrange xread xreadgroup "
    "xrevrange xsetid xtrim "
    "blmove blpop brpop brpoplpush lindex linsert llen lmove lpop lpos lpush lpushx lrange lrem "
    "lset ltrim rpop rpoplpush rpush rpushx "
    "hdel hexists hget hgetall hincrby hincrbyfloat hkeys hlen hmget hmset hrandfield hscan hset "
    "hsetnx hstrlen hvals "
    "sadd scard sdiff sdiffstore sinter sinterstore sismember smembers smismember smove spop "
    "srandmember srem sscan sunion sunionstore "
    "bzpopmax bzpopmin zadd zcard zcount zdiff zdiffstore zincrby zinter zinterstore zlexcount "
    "zmscore zpopmax zpopmin zrandmember zrange zrangebylex zrangebyscore zrangestore zrank zrem "
    "zremrangebylex zremrangebyrank zremrangebyscore zrevrange zrevrangebylex zrevrangebyscore "
    "zrevrank zscan zscore zunion zunionstore "
    "append decr decrby get getdel getex getrange getset incr incrby incrbyfloat mget mset msetnx "
    "psetex set setex setnx setrange stralgo|* strlen substr "
    "del exists expire expireat persist pexpire pexpireat pttl ttl type unlink memory|usage "
    "eval evalsha script|exists script|load multi exec discard watch unwatch "
    "publish subscribe psubscribe unsubscribe punsubscribe pubsub|* "
    "echo client|id command|* info time "
)
ALLOWED = {
    "producer": _NAMED + "xadd",
    "list-producer": _NAMED + "lpush rpush",
    "celery-producer": _NAMED + "lpush llen smembers sadd multi exec",
    "worker": _NAMED + _OF_WORKERS,
}
OWN_KEY = {
    "producer": "warraq:articles",
    "list-producer": "warraq:list",
    "celery-producer": "warraq.ingest",
    "worker": "warraq:tried",
}
NOBODYS = ("other", "", "warraq", "Warraq:articles", "x.warraq:articles", " warraq:list", "celer")
OTHERS = {
    "producer": ("warraq:list", "warraq:dead", "warraq:articles2", "warraq.ingest", "celery"),
    "list-producer": ("warraq:articles", "warraq:list2", "warraq:dead", "warraq.ingest"),
    "celery-producer": ("warraq:articles", "warraq.pull", "warraq.maintenance", "unacked"),
    "worker": ("articles", "news:list", "unacke", "_komb", "x.celery.event"),
}


@dataclass(frozen=True, slots=True)
class Command:
    """One command, or one subcommand of a container, with arguments that Redis would look at."""

    name: str
    arguments: tuple[str, ...]

    def words(self, *keys: str) -> list[str]:
        """The whole of it, each place of a key filled with the next of `keys`, the last one on."""
        given = list(keys)
        filled = [
            (given.pop(0) if len(given) > 1 else given[0]) if word == KEY else word
            for word in self.arguments
        ]
        return [*self.name.split(), *filled]

    @property
    def key_places(self) -> int:
        return self.arguments.count(KEY)


Login = dict[str, Any]
"""Where the server is and who we are there: the arguments of a connection."""


@pytest.fixture(scope="module")
def logins(redis_stack: Stack) -> dict[str, Login]:
    port = urlsplit(redis_stack.addresses().redis).port
    return {
        user: {
            "port": port,
            "username": user,
            "password": (redis_stack.secrets / redis_name(user)).read_text().strip(),
            "socket_timeout": 20,
            "protocol": 2,  # a subscription is answered like any command
        }
        for user in RULES
    }


@pytest.fixture(scope="module")
def commands(logins: dict[str, Login]) -> list[Command]:
    """All that this server knows."""
    found: list[Command] = []
    for told, arity, _, first, last, step, *_ in answer(logins["default"], "COMMAND"):
        name = told.decode()
        if name in CONTAINERS.split():
            found += [*_subcommands(logins["default"], name, first)]
        else:
            found.append(Command(name, _arguments(name, arity, first, last, step)))
    return found


def _arguments(name: str, arity: int, first: int, last: int, step: int) -> tuple[str, ...]:
    if name in ARGUMENTS:
        return tuple(ARGUMENTS[name])
    count = abs(arity) - 1
    if last < 0:  # keys to the end, or to the last but one
        last = max(count + 1 + last, first)
    keys = set(range(first, last + 1, step)) if first else set()
    return tuple(KEY if place in keys else "1" for place in range(1, count + 1))


def _subcommands(admin: Login, name: str, first_key: int) -> Iterator[Command]:
    try:
        told = [line.decode() for line in answer(admin, name, "HELP")][1:]
    except ResponseError:
        told = []
    listed = {match[0].lower() for line in told if (match := re.match(r"[A-Z][A-Z-]+", line))}
    assert listed or name in NOT_IN_THEIR_HELP
    for each in sorted({*listed, *NOT_IN_THEIR_HELP.get(name, ()), "nonsense"}):
        whole = f"{name} {each}"
        yield Command(whole, tuple(ARGUMENTS.get(whole, [KEY, "1", "1"] if first_key else ["1"])))


def answer(login: Login, *words: str) -> Any:
    """What the server says, on a connection of its own: some commands change what follows them."""
    connection = redis.Connection(**login)
    connection.connect()
    try:
        connection.send_command(*words)
        return connection.read_response()
    finally:
        connection.disconnect()


def is_refused(login: Login, words: list[str]) -> bool:
    try:
        answer(login, *words)
    except NoPermissionError:
        return True
    except AuthenticationError:  # of AUTH itself
        return False
    except ResponseError as error:
        # A refused EXEC says that it discards what was queued "because of: NOPERM …".
        return "NOPERM" in str(error)
    return False


def is_allowed(user: str, command: Command) -> bool:
    container, _, subcommand = command.name.partition(" ")
    wanted = {f"{container}|{subcommand}", f"{container}|*"} if subcommand else {container}
    return not wanted.isdisjoint(ALLOWED[user].split())


def test_the_server_tells_of_its_commands(commands: list[Command]) -> None:
    names = {command.name for command in commands}
    assert len(names) > 250
    assert {"xadd", "flushall", "config set", "client kill", "acl setuser", "debug panic"} <= names


@pytest.mark.parametrize("user", ALLOWED)
def test_of_all_commands_a_user_may_run_those_named_and_no_others(
    logins: dict[str, Login], commands: list[Command], user: str
) -> None:
    allowed = {
        command.name
        for command in commands
        if not is_refused(logins[user], command.words(OWN_KEY[user]))
    }
    named = {command.name for command in commands if is_allowed(user, command)}
    assert allowed - ANYBODY == named
    assert len(named) >= len(ALLOWED[user].split()) - 1, "CLIENT SETINFO is of Redis 7.2"


@pytest.mark.parametrize("user", ALLOWED)
def test_no_command_reaches_a_key_that_is_not_the_user_s(
    logins: dict[str, Login], commands: list[Command], user: str
) -> None:
    reached = []
    tried = 0
    for command in commands:
        if not is_allowed(user, command):
            continue
        for key in (*NOBODYS, *OTHERS[user]):
            for place in range(command.key_places):
                keys = [OWN_KEY[user]] * command.key_places
                keys[place] = key
                tried += 1
                if not is_refused(logins[user], command.words(*keys, OWN_KEY[user])):
                    reached.append((command.name, key, place))
    assert reached == []
    assert tried >= len(NOBODYS)
