"""Where faults happen: a Redis of its own, the run's Elasticsearch, a proxy before each, workers.

Workers reach both servers through the proxies; producers and the tests themselves go straight.
"""

from __future__ import annotations

import itertools
import os
import signal
from pathlib import Path

import redis

from config.settings import Settings
from stack import Stack
from tests.faults.proxy import Proxy
from tests.faults.redis_server import RedisServer
from tests.waiting import wait_until
from tests.workers.conftest import Worker, administrator
from warraq.cli.index import prepare_elasticsearch
from warraq.inbox import keys
from warraq.inbox.heartbeats import Heartbeats
from warraq.inbox.stream import Inbox

ALIAS = "faults"
LEASE_SECONDS = 2
ELASTICSEARCH_SECONDS = 3  # the longest wait of a worker for an answer
PATIENCE = 90.0  # seconds, on a busy machine


class Site:
    """The servers and workers of one fault test; `settings` are an administrator's."""

    def __init__(self, folder: Path, stack: Stack, settings: Settings) -> None:
        self._folder, self._stack = folder, stack
        self.redis_server = RedisServer(folder / "redis")
        self.redis_server.start_syncing()
        self.redis: redis.Redis = self.redis_server.client()
        self.inbox = Inbox.connect(self.redis_server.url("worker"))
        self.inbox.open()
        self.settings = settings.model_copy(update={"alias": ALIAS})
        self.prepare()
        self.elasticsearch = administrator(self.settings).options(request_timeout=60)
        self.elasticsearch.delete_by_query(
            index=f"{ALIAS}-000001", query={"match_all": {}}, conflicts="proceed", refresh=True
        )
        self.before_redis = Proxy(self.redis_server.port)
        self.before_elasticsearch = Proxy(int(settings.elasticsearch_url.rpartition(":")[2]))
        self.workers: list[Worker] = []
        self.fallen = 0  # workers that ended by themselves
        self._numbers = itertools.count(1)

    @property
    def keys(self) -> Path:
        """The folder of the API keys for this alias."""
        return self._folder / "keys"

    def prepare(self) -> None:
        """As `warraq setup`: the index, its alias and keys with their rights, where missing."""
        prepare_elasticsearch(self.settings, self.keys)

    def start_worker(self, *, wait: bool = True, **environment: str) -> Worker:
        """One more worker of one process; without `wait` it is on its way.

        Every second one runs no steps: what is tried here is delivery, and it delivers more.
        """
        number = next(self._numbers)
        name = f"w{number}"
        password = self._folder / "redis-password"
        password.write_text(self.redis_server.passwords["worker"])
        ours = {
            "WARRAQ_REDIS_URL": f"redis://127.0.0.1:{self.before_redis.port}/0",
            "WARRAQ_REDIS_USERNAME": "worker",
            "WARRAQ_REDIS_PASSWORD_FILE": str(password),
            "WARRAQ_ELASTICSEARCH_URL": f"http://127.0.0.1:{self.before_elasticsearch.port}",
            "WARRAQ_ELASTICSEARCH_WORKER_KEY_FILE": str(self.keys / "worker.key"),
            "WARRAQ_ELASTICSEARCH_TIMEOUT_SECONDS": str(ELASTICSEARCH_SECONDS),
            "WARRAQ_ALIAS": ALIAS,
            "WARRAQ_LEASE_SECONDS": str(LEASE_SECONDS),
            "WARRAQ_BATCH_ARTICLES": "50",
            "WARRAQ_STEPS_OFF": "all" if number % 2 else "",
        }
        log = self._folder / f"{name}.log"
        worker = Worker(name, log, ["--concurrency", "1"], ours | environment)
        self.workers.append(worker)
        if wait:
            self.wait_for(worker)
        return worker

    def wait_for(self, worker: Worker) -> None:
        """Until it is heard of; it must not have ended instead."""
        beats = Heartbeats(self.inbox)
        wait_until(
            lambda: worker.process.poll() is not None or worker.name in beats.all(), PATIENCE
        )
        assert worker.process.poll() is None, worker.log.read_text()

    def replace(self, worker: Worker) -> None:
        """Another worker in the place of one that is no more."""
        self.workers.remove(worker)
        self.start_worker(wait=False)

    def replace_the_fallen(self) -> None:
        """As who watches over the workers does, `warraq up` or an engine."""
        for worker in [one for one in self.workers if one.process.poll() is not None]:
            self.fallen += 1
            worker.kill()  # its pool, if that is still there
            self.replace(worker)

    def kill_elasticsearch(self, sign: signal.Signals = signal.SIGKILL) -> None:
        os.killpg(self.elasticsearch_pid(), sign)

    def elasticsearch_pid(self) -> int:
        """Of its launcher; the server is its child."""
        (server,) = [one for one in self._stack.processes() if one.name == "elasticsearch"]
        return server.pid

    def start_elasticsearch(self) -> None:
        """Starts it again where it was, on what it has on its disk."""
        self._stack.start_servers()

    def in_hand(self) -> list[str]:
        """Ids of the entries that workers have in hand now, 10,000 at most."""
        try:
            pending = self.redis.xpending_range(keys.STREAM, keys.GROUP, "-", "+", 10_000)
        except redis.ResponseError:  # somebody deleted the group
            return []
        return [one["message_id"].decode() for one in pending]

    def holders(self) -> set[str]:
        """Names of the workers that have entries in hand."""
        summary = self.redis.xpending(keys.STREAM, keys.GROUP)
        return {one["name"].decode().rpartition("/")[0] for one in summary["consumers"]}

    def ended(self) -> int:
        """How many deliveries have ended so far, by the product's own count."""
        return sum(int(number) for number in self.redis.hvals(keys.COUNTS))

    def waiting(self) -> int:
        """Articles that have not ended."""
        return int(self.redis.xlen(keys.STREAM))

    def drain(self, seconds: float = PATIENCE) -> None:
        """Until every article has ended; workers that end meanwhile are replaced."""

        def is_empty() -> bool:
            self.replace_the_fallen()
            return self.waiting() == 0

        wait_until(is_empty, seconds)

    def close(self) -> None:
        """Leaves nothing running and Elasticsearch as it was."""
        for worker in self.workers:
            worker.kill()
        self.redis_server.kill()
        self.redis.close()
        self.inbox.client.close()
        for proxy in (self.before_redis, self.before_elasticsearch):
            proxy.close()
        self.elasticsearch.indices.delete(index=f"{ALIAS}-000001")
        self.elasticsearch.close()
