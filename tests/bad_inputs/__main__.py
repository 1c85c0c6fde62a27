"""`python -m tests.bad_inputs --list`: what is tried, and what must become of it.

`python -m tests.bad_inputs --run` tries it on a Redis and an Elasticsearch of its own and prints
what did become of it; `--huge`: also what takes seconds each; `--reasons N`: with N reasons of each
kind, to be read.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from config.paths import cache_folder, state_folder
from config.settings import load_settings
from stack import Stack
from tests.bad_inputs.bad_input import INDEXED
from tests.bad_inputs.listed import bad_inputs, table
from tests.bad_inputs.trying import Try
from tests.conftest import pytest_configure, pytest_unconfigure
from tests.emptied import emptied
from warraq.inbox.stream import Inbox
from warraq.index.client import connect
from warraq.index.lifecycle import Layout, create


@contextmanager
def _servers() -> Iterator[Try]:
    """Servers and settings of the tests: nothing reaches a stack that somebody works with."""
    pytest_configure()
    try:
        Stack.of_this_machine(state_folder(), cache_folder()).start_servers()
        settings = load_settings()
        with connect(
            settings.elasticsearch_url, password=settings.elasticsearch_admin_password
        ) as client:
            index, _ = create(client, Layout(alias="bad-inputs"))
            yield Try(emptied(Inbox.connect(settings.redis_login)), client, "bad-inputs")
            client.indices.delete(index=index)
    finally:
        pytest_unconfigure()


def _run(reasons: int, *, huge: bool) -> int:
    # A line for each dead letter would be most of what is printed.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    outcomes: list[tuple[str, str]] = []
    told: dict[str, list[str]] = defaultdict(list)
    wrong: list[str] = []
    with _servers() as trying:
        for tried in trying.all(bad_inputs(huge=None if huge else False)):
            one = tried.one
            outcomes.append((one.kind, tried.outcome))
            if tried.outcome != INDEXED:
                told[one.kind].append(f"{one.name}\n    {tried.outcome}: {tried.detail}")
            wrong += (f"{one.kind}: {one.name}: {fault}" for fault in tried.faults)
    sys.stdout.write(table(outcomes))
    for kind, refusals in told.items():
        for refusal in refusals[:: max(1, len(refusals) // reasons)] if reasons else ():
            sys.stdout.write(f"{kind}: {refusal}\n")
    for fault in wrong:
        sys.stdout.write(f"WRONG {fault}\n")
    return 1 if wrong else 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bad_inputs")
    parser.add_argument("--list", action="store_true", help="what must become of them")
    parser.add_argument("--run", action="store_true", help="what does become of them")
    parser.add_argument("--huge", action="store_true")
    parser.add_argument("--reasons", type=int, default=0, metavar="N", help="to print of each kind")
    asked = parser.parse_args()
    if asked.run:
        return _run(asked.reasons, huge=asked.huge)
    sys.stdout.write(table((one.kind, one.outcome) for one in bad_inputs()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
