"""The faults: each a small function that does its harm to a `Site` and heals it again.

A fault returns when all servers are back; that is when "work goes on" begins to be measured. Those
who were killed for good have been replaced by then, though their replacement may be on its way.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.faults.harm import elasticsearch, network, redis, tickets, workers
from tests.faults.site import Site

Fault = Callable[[Site], None]

FAULTS: dict[Fault, int] = {
    workers.kill_a_pool_process: 4,
    workers.kill_a_worker: 3,
    workers.freeze_a_worker: 3,
    workers.stop_a_worker: 2,
    workers.stop_a_worker_without_grace: 2,
    redis.kill_syncing_always: 3,
    redis.kill_syncing_every_second: 3,
    redis.freeze: 3,
    redis.end_all_connections: 4,
    redis.fill_the_memory: 3,
    redis.delete_the_group: 3,
    redis.tear_the_append_only_file: 3,
    redis.put_the_clock_forward: 2,
    redis.put_the_clock_back: 2,
    elasticsearch.kill: 1,
    elasticsearch.freeze: 2,
    elasticsearch.make_the_index_read_only: 2,
    elasticsearch.reach_the_flood_stage: 2,
    elasticsearch.close_the_index: 2,
    elasticsearch.take_the_alias_away: 2,
    elasticsearch.take_the_rights_of_the_key: 2,
    network.slow_answers_of_redis: 2,
    network.slow_answers_of_elasticsearch: 2,
    network.drop_answers_of_redis: 2,
    network.drop_answers_of_elasticsearch: 2,
    tickets.lose_tickets: 3,
    tickets.double_tickets: 3,
    tickets.give_entries_to_two_workers: 3,
}
"""Fault → how often it comes in a round; the dear ones come seldom."""


def name(fault: Fault) -> str:
    """For people: `redis.freeze` → "redis: freeze"."""
    module = fault.__module__.rpartition(".")[2]
    return f"{module}: {fault.__name__.replace('_', ' ')}"
