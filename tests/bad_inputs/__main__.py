"""`python -m tests.bad_inputs --list`: what is tried, and what must become of it.

`python -m tests.bad_inputs --run` tries all of it on a Redis and an Elasticsearch of its own and
prints what did become of it; `--reasons N`: with N reasons of each kind, to be read.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.paths import cache_folder
from config.settings import load_settings
from stack import Stack, StackOptions
from tests.bad_inputs.bad_input import INDEXED
from tests.bad_inputs.listed import bad_inputs, table
from tests.bad_inputs.trying import Tried, Try
from warraq.inbox.stream import Inbox
from warraq.index.client import connect
from warraq.index.lifecycle import Layout, create


@contextmanager
def _servers() -> Iterator[Try]:
    folder = Path(tempfile.mkdtemp(prefix="warraq-bad-inputs-"))
    folder.chmod(0o755)
    stack = Stack(
        folder / "state", cache_folder(), StackOptions(redis_port=0, elasticsearch_port=0)
    )
    try:
        stack.start_servers()
        settings = load_settings()
        with connect(
            settings.elasticsearch_url, password=settings.elasticsearch_admin_password
        ) as client:
            create(client, Layout(alias="bad-inputs"))
            yield Try(Inbox.connect(settings.redis_login), client, "bad-inputs")
    finally:
        stack.remove()
        shutil.rmtree(folder, ignore_errors=True)


def _run(reasons: int) -> int:
    with _servers() as trying:
        tried = list(trying.all(bad_inputs()))
    sys.stdout.write(table((one.one.kind, one.outcome) for one in tried))
    by_kind: dict[str, list[Tried]] = defaultdict(list)
    for one in tried:
        by_kind[one.one.kind].append(one)
    for kind, several in by_kind.items():
        refused = [one for one in several if one.outcome != INDEXED]
        for one in refused[:: max(1, len(refused) // reasons)] if reasons else ():
            sys.stdout.write(f"{kind}: {one.one.name}\n    {one.outcome}: {one.detail}\n")
    wrong = [one for one in tried if one.faults]
    for one in wrong:
        sys.stdout.write(f"WRONG {one.one.kind}: {one.one.name}: {'; '.join(one.faults)}\n")
    return 1 if wrong else 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bad_inputs")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--run", action="store_true")
    parser.add_argument("--reasons", type=int, default=0, metavar="N")
    asked = parser.parse_args()
    if asked.run:
        return _run(asked.reasons)
    sys.stdout.write(table((one.kind, one.outcome) for one in bad_inputs()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
