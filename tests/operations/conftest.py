"""The settings' own alias with an index that is new, an empty inbox, and a worker's delivery."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from elasticsearch import Elasticsearch
from typer.testing import CliRunner, Result

from config.settings import Settings, load_settings
from stack import Stack
from tests.emptied import emptied
from warraq.analysis.pipeline import Pipeline
from warraq.cli import app
from warraq.cli.index import prepare_elasticsearch
from warraq.cli.opening_index import administration, layout
from warraq.delivery import Delivery
from warraq.inbox.stream import Inbox
from warraq.index.client import connect
from warraq.index.lifecycle import versions
from warraq.index.writer import IndexWriter


def warraq(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def without_index(client: Elasticsearch, settings: Settings) -> None:
    """As if the cluster were new."""
    for name in versions(client, layout(settings)):
        client.indices.delete(index=name)


@pytest.fixture
def client(stack: Stack, settings: Settings) -> Iterator[Elasticsearch]:
    """The administrator's, on an index that is new."""
    with administration(settings).connect() as client:
        without_index(client, settings)
        prepare_elasticsearch(settings, stack.secrets)
        yield client


@pytest.fixture
def inbox(settings: Settings, client: Elasticsearch) -> Inbox:
    return emptied(Inbox.connect(settings.redis_login))


@pytest.fixture
def deliver(inbox: Inbox, settings: Settings) -> Iterator[Callable[[], dict[str, int]]]:
    """Works off what is in the inbox, as a worker with its own key; outcome → articles."""
    key = load_settings().elasticsearch_worker_key  # made after `settings` was
    with connect(settings.elasticsearch_url, api_key=key) as worker:
        writer = IndexWriter(worker, settings.alias)

        def run() -> dict[str, int]:
            delivery = Delivery(inbox, writer, Pipeline(), consumer="c", process="w@test")
            report = delivery.run(60)
            assert report.unavailable is None
            return dict(report.outcomes)

        yield run
