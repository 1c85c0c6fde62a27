"""A Redis client that a full server does not stop: for what Celery's workers keep in Redis.

Celery notes each message that it has taken off a queue, and passes on tickets. A Redis at its
`maxmemory` refuses that: a message that was taken is then noted nowhere and lost, and the worker
ends, so that nobody makes room. These writes are small and replace one another, so they are made
all the same. Senders of articles use the ordinary client, and are refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import redis
from redis.client import Pipeline

from warraq.inbox.scripts import also_when_full, script

_SCRIPT = also_when_full(script("insist"))
_Command = Sequence[Any]


class InsistingRedis(redis.Redis):
    """redis-py's client, which makes a write that was refused for want of memory all the same."""

    def execute_command(self, *args: Any, **options: Any) -> Any:
        try:
            return super().execute_command(*args, **options)  # type: ignore[no-untyped-call]
        except redis.OutOfMemoryError:
            return _insist(super().execute_command, [args])[0]

    def register_script(self, script: Any) -> Any:
        """The script, which a full Redis lets write all the same."""
        return super().register_script(also_when_full(script))

    def pipeline(self, transaction: bool = True, shard_hint: Any = None) -> Pipeline:  # noqa: FBT001, FBT002
        # What is no transaction may be half done when it is refused.
        kind = _InsistingPipeline if transaction else Pipeline
        return kind(self.connection_pool, self.response_callbacks, transaction, shard_hint)


class _InsistingPipeline(Pipeline):
    def execute(self, raise_on_error: bool = True) -> list[Any]:  # noqa: FBT001, FBT002
        commands = [command for command, _ in self.command_stack]
        try:
            return list(super().execute(raise_on_error))
        except redis.OutOfMemoryError:
            # Redis has done nothing of the transaction.
            client = InsistingRedis(connection_pool=self.connection_pool)
            if any(str(command[0]).startswith("EVAL") for command in commands):
                # No script runs in a script. kombu renews such keys so, one as well as all.
                return [client.execute_command(*command) for command in commands]
            return _insist(client.execute_command, commands)


def insist(client: Any, *command: Any) -> Any:
    """The answer to one write, which a Redis that is full takes, too. client: any of redis-py."""
    return _insist(client.execute_command, [command])[0]


def _insist(execute: Any, commands: Sequence[_Command]) -> list[Any]:
    parts = [part for command in commands for part in (len(command), *command)]
    return list(execute("EVAL", _SCRIPT, 0, *parts))
