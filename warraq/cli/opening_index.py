"""Opening the index as the settings say: as its administrator, or with the key of searches."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.resources import files

from config.settings import Settings
from warraq.analysis.encoder import load
from warraq.index.client import Administration, connect
from warraq.index.condition import IndexView
from warraq.index.lifecycle import Layout
from warraq.index.lookup import Lookup
from warraq.index.schema import Vectors, schema_digest


def layout(settings: Settings) -> Layout:
    """How the index is to be made, with the curated equivalents of config/elasticsearch.

    Raises WarraqError if there is no such encoder as they name.
    """
    equivalents = (files("config") / "elasticsearch" / "equivalents.txt").read_text("utf-8")
    encoder = load(settings.encoder)
    return Layout(
        alias=settings.alias,
        shards=settings.index_shards,
        replicas=settings.index_replicas,
        refresh_seconds=settings.index_refresh_seconds,
        equivalents=tuple(equivalents.splitlines()),
        vectors=Vectors(encoder.name, encoder.dimensions) if encoder is not None else None,
    )


def administration(settings: Settings) -> Administration:
    """Elasticsearch as the administrator reaches it."""
    return Administration(
        url=settings.elasticsearch_url,
        password=settings.elasticsearch_admin_password,
        ca=settings.elasticsearch_ca,
        timeout_seconds=settings.elasticsearch_timeout_seconds,
    )


def open_lookup(settings: Settings) -> Lookup:
    return Lookup.connect(
        settings.elasticsearch_url,
        api_key=settings.elasticsearch_search_key,
        ca=settings.elasticsearch_ca,
        alias=settings.alias,
    )


@contextmanager
def open_index(settings: Settings) -> Iterator[IndexView]:
    """The index with the key of searches, and with the administrator's password if it is there."""
    with ExitStack() as opened:
        searching = opened.enter_context(
            connect(
                settings.elasticsearch_url,
                api_key=settings.elasticsearch_search_key,
                ca=settings.elasticsearch_ca,
                timeout_seconds=settings.elasticsearch_timeout_seconds,
            )
        )
        administering = None
        if settings.elasticsearch_admin_password is not None:
            administering = opened.enter_context(administration(settings).connect())
        yield IndexView(
            settings.alias, schema_digest(layout(settings).vectors), searching, administering
        )
