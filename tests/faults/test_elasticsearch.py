"""Elasticsearch is away, or takes nothing: articles wait, none dies, and work goes on after it."""

from __future__ import annotations

import pytest

from tests.faults.conftest import Sending
from tests.faults.harm import Fault, elasticsearch, name
from tests.faults.injecting import inject
from tests.faults.site import ALIAS, PATIENCE, Site
from tests.waiting import wait_until
from warraq.inbox.heartbeats import Heartbeats

REFUSALS = [
    elasticsearch.make_the_index_read_only,
    elasticsearch.reach_the_flood_stage,
    elasticsearch.close_the_index,
    elasticsearch.take_the_alias_away,
    elasticsearch.take_the_rights_of_the_key,
]


@pytest.mark.parametrize("refusal", REFUSALS, ids=name)
def test_articles_wait_while_the_index_takes_none(
    site: Site, sending: Sending, refusal: Fault
) -> None:
    sending.send(600)
    inject(refusal, site)
    sending.must_be_all_right()


def test_a_missing_alias_is_not_made_by_writing_to_it(site: Site, sending: Sending) -> None:
    site.elasticsearch.indices.delete_alias(index=f"{ALIAS}-000001", name=ALIAS)
    sending.send(50)
    wait_for_pauses(site, 2)
    assert not site.elasticsearch.indices.exists(index=ALIAS)
    site.prepare()
    sending.must_be_all_right()


def test_a_worker_with_a_wrong_key_kills_no_article(site: Site, sending: Sending) -> None:
    key = site.keys.parent / "wrong.key"
    key.write_text("d3Jvbmc6d3Jvbmc=\n")
    wrong = site.start_worker(WARRAQ_ELASTICSEARCH_WORKER_KEY_FILE=str(key))
    sending.send(600)
    wait_for_pauses(site, 1)
    assert "401" in str(Heartbeats(site.inbox).paused())
    wrong.kill()
    site.workers.remove(wrong)
    sending.must_be_all_right()


def test_work_goes_on_after_a_frozen_elasticsearch(site: Site, sending: Sending) -> None:
    sending.send(600)
    inject(elasticsearch.freeze, site)
    sending.must_be_all_right()


def test_an_elasticsearch_that_is_long_away_makes_no_dead_letter(
    site: Site, sending: Sending
) -> None:
    """Through more attempts than an article has, were they counted."""
    sending.send(600)
    site.kill_elasticsearch()
    sending.send(300)
    wait_for_pauses(site, 5)
    site.start_elasticsearch()
    sending.must_be_all_right()


def wait_for_pauses(site: Site, number: int) -> None:
    """Until workers have tried and been refused so often."""
    beats = Heartbeats(site.inbox)
    for _ in range(number):
        wait_until(lambda: beats.paused() is None, PATIENCE)
        wait_until(lambda: beats.paused() is not None, PATIENCE, every=0.01)
