"""What happens between workers and servers: answers come late, or not at all."""

from __future__ import annotations

import time

from tests.faults.site import ELASTICSEARCH_SECONDS, Site

_LATER = 0.2  # seconds, each piece of an answer
_A_WHILE = 2.0  # seconds


def slow_answers_of_redis(site: Site) -> None:
    with site.before_redis.slow(_LATER):
        time.sleep(_A_WHILE)


def slow_answers_of_elasticsearch(site: Site) -> None:
    """So slow that the worker has given up when it comes."""
    with site.before_elasticsearch.slow(ELASTICSEARCH_SECONDS + 0.5):
        time.sleep(ELASTICSEARCH_SECONDS + 1)


def drop_answers_of_redis(site: Site) -> None:
    """What was asked was done, and nobody hears of it."""
    with site.before_redis.swallowing_answers():
        time.sleep(_A_WHILE)


def drop_answers_of_elasticsearch(site: Site) -> None:
    """Batches are written, and the workers do not learn it."""
    with site.before_elasticsearch.swallowing_answers():
        time.sleep(_A_WHILE)
