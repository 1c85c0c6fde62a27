"""`warraq setup` and `warraq index` as an operator calls them; what they make, and once only."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch
from pydantic import SecretStr

from config.settings import Settings
from stack.environment import SEARCH_KEY, WORKER_KEY
from tests.index.conftest import article
from warraq.errors import Unavailable
from warraq.index.access import ROLES
from warraq.index.client import Administration, connect
from warraq.index.equivalents import Change
from warraq.index.lifecycle import Layout, create
from warraq.setup import Prepared, prepare

_Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def warraq(layout: Layout) -> _Run:
    """The command line in a process of its own, with the alias of the test."""

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", "from warraq.cli import main; main()", *arguments],
            env={**os.environ, "WARRAQ_ALIAS": layout.alias, **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_preparing_twice_makes_everything_once(
    admin: Elasticsearch, server: Administration, layout: Layout, tmp_path: Path
) -> None:
    password = SecretStr("a password for kibana")
    first = prepare(server, layout, tmp_path, kibana_password=password)
    new_keys, rules = ("worker.key", "search.key"), Change(known=2)
    assert first == Prepared(layout.version_name(1), True, new_keys, True, rules)
    second = prepare(server, layout, tmp_path, kibana_password=password)
    assert second == Prepared(layout.version_name(1), False, (), True, rules)
    with connect(server.url, username="kibana_system", password=password) as kibana:
        assert kibana.security.authenticate()["username"] == "kibana_system"


def test_a_wrong_password_is_told(server: Administration, layout: Layout, tmp_path: Path) -> None:
    wrong = Administration(server.url, SecretStr("wrong"))
    with pytest.raises(Unavailable, match="knows no such key or password"):
        prepare(wrong, layout, tmp_path, patience_seconds=1)


def test_the_stack_knows_the_keys_by_the_same_names() -> None:
    assert [role.file for role in ROLES] == [WORKER_KEY, SEARCH_KEY]


def test_setup_tells_what_it_made_and_shows_no_secret(
    warraq: _Run, settings: Settings, layout: Layout, tmp_path: Path
) -> None:
    done = warraq("setup", "--keys-to", str(tmp_path / "keys"))
    assert done.returncode == 0, done.stderr
    assert f"{layout.alias}-000001 is new" in done.stdout
    key = (tmp_path / "keys" / "worker.key").read_text().strip()
    assert settings.elasticsearch_admin_password is not None
    for secret in (key, settings.elasticsearch_admin_password.get_secret_value()):
        assert secret not in done.stdout + done.stderr
    again = warraq("setup", "--keys-to", str(tmp_path / "keys"))
    first_line, last_line = again.stdout.splitlines()
    assert first_line == f"{layout.alias}-000001 is there"
    assert last_line.endswith(" equivalents, as before")


def test_equivalents_are_brought_up_to_date_by_command(
    warraq: _Run, admin: Elasticsearch, layout: Layout
) -> None:
    none = warraq("index", "equivalents")
    assert (none.returncode, "warraq index create" in none.stderr) == (1, True)
    create(admin, replace(layout, equivalents=("made up, invented",)))
    told = warraq("index", "status")
    assert (told.returncode, "`warraq index equivalents`" in told.stdout) == (1, True)
    done = warraq("index", "equivalents")
    assert done.returncode == 0, done.stderr
    assert re.search(r"know \d+ equivalents: \d+ new, 1 taken away$", done.stdout.strip())
    assert warraq("index", "status").returncode == 0


def test_the_index_commands_from_nothing_to_a_second_version(
    warraq: _Run, admin: Elasticsearch, layout: Layout
) -> None:
    none = warraq("index", "status")
    assert none.returncode == 1
    assert "warraq index create" in none.stdout
    assert "is new" in warraq("index", "create").stdout
    admin.index(index=layout.alias, id="1", document=article(1, 1))
    done = warraq("index", "reindex", "--drop-old")
    assert done.returncode == 0, done.stderr
    assert f"{layout.alias} leads to {layout.alias}-000002: 1 documents" in done.stdout
    shown = warraq("index", "status", "--json")
    assert shown.returncode == 0
    (version,) = json.loads(shown.stdout)["versions"]
    assert (version["name"], version["articles"]) == (layout.version_name(2), 1)
    assert version["current"] is True


def test_reindex_can_analyse_the_originals_again(
    warraq: _Run, admin: Elasticsearch, layout: Layout
) -> None:
    """An article that an older Warraq left as it was, with a tatweel and a presentation form."""
    warraq("index", "create")
    source = {
        **article(1, 7),
        "revision": 7,
        "version_kind": "revision",
        "body": "طـــرابلس ﻻ تنام",  # "Tripoli does not sleep"
        "received_at": "2026-01-01T00:00:00+00:00",
    }
    admin.index(index=layout.alias, id="1", document=source, version=7, version_type="external")
    done = warraq("index", "reindex", "--analyse")
    assert done.returncode == 0, done.stderr
    found = admin.get(index=layout.alias, id="1")
    assert found["_version"] == 7
    assert found["_source"]["body"] == "طرابلس لا تنام"
    assert found["_source"]["original"]["body"] == source["body"]
    assert found["_source"]["word_count"] == 3


def test_without_elasticsearch_one_line_says_so(warraq: _Run) -> None:
    done = warraq("index", "status", WARRAQ_ELASTICSEARCH_URL="http://127.0.0.1:1")
    assert done.returncode == 1
    assert done.stderr.startswith("warraq: Elasticsearch cannot be reached")
    assert done.stderr.count("\n") == 1
