"""The oracle finds each kind of harm: what it is silent about is well."""

from __future__ import annotations

import itertools

import pytest

from tests.faults.articles import Article, article, texts
from tests.faults.conftest import Sending
from tests.faults.ledger import Ledger
from tests.faults.oracle import judge
from tests.faults.site import ALIAS, Site
from warraq.identity import document_id
from warraq.inbox import keys

INDEX = f"{ALIAS}-000001"
_NUMBERS = itertools.count(1)
TEXT = ("عنوان", "متن")  # "title", "body"


@pytest.fixture
def delivered(site: Site) -> Ledger:
    """The ledger of three articles and one that is none, all delivered as promised."""
    ledger = Ledger()
    site.redis.delete(keys.DEAD)
    source = f"oracle{next(_NUMBERS)}"
    sent = [article(source, str(number), 7, TEXT) for number in range(3)]
    for one in [*sent, Article(b"no article")]:
        ledger.sending(one)
        ledger.acknowledged(one, site.inbox.add_many([one.payload])[0])
    site.drain()
    assert wrong(ledger, site) == set()
    return ledger


def wrong(ledger: Ledger, site: Site) -> set[str]:
    return judge(ledger, site.inbox, site.elasticsearch, ALIAS).wrong.keys() | set()


def first(ledger: Ledger) -> dict[str, str]:
    """Where the first article of `ledger` is in Elasticsearch."""
    return {"index": INDEX, "id": document_id(*next(iter(ledger.articles)))}


def test_all_that_a_producer_sends_is_found_as_it_was_sent(site: Site, sending: Sending) -> None:
    sending.send(300)
    sending.must_be_all_right()
    assert sending.ledger.bad


def test_it_sees_what_was_lost(site: Site, delivered: Ledger) -> None:
    site.elasticsearch.delete(**first(delivered))
    assert wrong(delivered, site) == {"lost"}


def test_it_sees_what_is_there_twice(site: Site, delivered: Ledger) -> None:
    found = site.elasticsearch.get(**first(delivered))
    site.elasticsearch.index(index=INDEX, id="another", document=found["_source"])
    assert wrong(delivered, site) == {"doubled"}
    site.elasticsearch.delete(index=INDEX, id="another")


def test_it_sees_an_older_version(site: Site, delivered: Ledger) -> None:
    newer = article(*next(iter(delivered.articles)), 8, TEXT)
    delivered.sending(newer)
    delivered.acknowledged(newer, "1-1")
    assert wrong(delivered, site) == {"stale"}


def test_it_sees_another_payload(site: Site, delivered: Ledger) -> None:
    site.elasticsearch.update(**first(delivered), doc={"original": {"payload": "eHl6"}})
    assert wrong(delivered, site) == {"altered"}
    site.elasticsearch.delete(**first(delivered))


def test_it_sees_a_good_article_among_the_dead(site: Site, delivered: Ledger) -> None:
    site.redis.xadd(keys.DEAD, {"entry": next(iter(delivered.good)), "intake": 1, "attempts": 1})
    assert wrong(delivered, site) == {"wrongly_dead"}


def test_it_sees_a_dead_letter_that_is_missing_or_doubled(site: Site, delivered: Ledger) -> None:
    (_, fields), *_ = site.redis.xrange(keys.DEAD)
    site.redis.xadd(keys.DEAD, fields)
    assert wrong(delivered, site) == {"doubled"}
    site.redis.delete(keys.DEAD)
    assert wrong(delivered, site) == {"never_buried"}


def test_texts_are_real_ones() -> None:
    assert len(texts()) > 70
    assert all(title or body for title, body in texts())
