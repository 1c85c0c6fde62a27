"""Snapshots by Elasticsearch itself: the index with all that the analysis has found, and back.

They lie in a repository of its own kind in the folder that `path.repo` of the server names. A
snapshot holds what is new since the one before, so it is quick, and the first ones may be deleted.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, NotFoundError

from warraq.errors import WarraqError
from warraq.index.client import elasticsearch_errors, reason
from warraq.index.lifecycle import Layout, current, next_version, point_to

REPOSITORY = "warraq"
_LOOK_EVERY_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Snapshot:
    """state: SUCCESS, or what is wrong with it. index: the version in it. started: ISO 8601."""

    name: str
    state: str
    index: str
    started: str


@dataclass(frozen=True, slots=True)
class Restored:
    """new: the version that was made, to which the alias leads now. old: the one that it led to
    before and that is still there; None if it held nothing and was deleted."""

    new: str
    old: str | None
    documents: int


def open_repository(client: Elasticsearch, layout: Layout) -> None:
    """Makes the repository of this alias, or takes up the one in the folder.

    Raises:
        WarraqError: the server has no folder for snapshots, or may not write there.
        Unavailable: it is away or does not let us.
    """
    repository = {"type": "fs", "settings": {"location": layout.alias, "compress": True}}
    with elasticsearch_errors():
        # Anew each time: a folder that was moved or changed for another one is otherwise found not
        # to hold what was known of it, and disabled.
        if _is_at_work(client):
            return
        try:
            client.snapshot.create_repository(name=REPOSITORY, repository=repository)
        except ApiError as error:
            if "repository" not in error.message:
                raise
            raise WarraqError(
                "Elasticsearch cannot keep snapshots: does its setting path.repo name a folder, "
                f"and may it write there? {reason(error)}"
            ) from error


def _is_at_work(client: Elasticsearch) -> bool:
    """Whether a snapshot is being taken or restored just now; if not, the repository is forgotten,
    not what it holds."""
    try:
        client.snapshot.delete_repository(name=REPOSITORY)
    except NotFoundError:
        return False
    except ApiError as error:
        if "currently used" in reason(error):
            return True
        raise
    return False


def take(
    client: Elasticsearch, layout: Layout, report: Callable[[int, int], None] = lambda _d, _a: None
) -> Snapshot:
    """A snapshot of the version that the alias leads to; returns once it is whole.

    report: is told how many bytes were copied, and of how many.

    Raises:
        WarraqError: there is no index, or the snapshot failed. Unavailable: as `open_repository`.
    """
    open_repository(client, layout)
    with elasticsearch_errors():
        index = current(client, layout)
        if index is None:
            raise WarraqError(f"there is no index {layout.alias} yet: `warraq index create`")
        name = datetime.now(UTC).strftime(f"{layout.alias}-%Y%m%d-%H%M%S.%f")[:-3]
        client.snapshot.create(
            repository=REPOSITORY,
            snapshot=name,
            indices=[index],
            include_global_state=False,
            wait_for_completion=False,
        )
        while (taken := _one(client, name)).state in ("IN_PROGRESS", "STARTED"):
            time.sleep(_LOOK_EVERY_SECONDS)
            report(*_progress(client, name))
    if taken.state != "SUCCESS":
        raise WarraqError(f"the snapshot {name} is {taken.state}: do not rely on it")
    return taken


def taken(client: Elasticsearch, layout: Layout) -> list[Snapshot]:
    """All snapshots, the oldest first. Raises as `open_repository`."""
    open_repository(client, layout)
    with elasticsearch_errors():
        found = client.snapshot.get(repository=REPOSITORY, snapshot="_all", sort="start_time")
    return [_snapshot(one) for one in found["snapshots"]]


def delete(client: Elasticsearch, layout: Layout, name: str) -> None:
    """Deletes one; what others need of it stays. Raises as `restore`."""
    open_repository(client, layout)
    with elasticsearch_errors():
        _one(client, name)
        client.snapshot.delete(repository=REPOSITORY, snapshot=name)


def restore(client: Elasticsearch, layout: Layout, name: str, *, replace: bool = False) -> Restored:
    """Brings a snapshot back as a new version of the index, and moves the alias to it.

    replace: also where the index of today holds documents, which searches then find no more; that
    version is kept. Meanwhile it takes no writes: workers wait, and write to the new one.

    Raises:
        WarraqError: there is no such snapshot, it is not whole, or documents are in the way.
        Unavailable: as `open_repository`. Then the alias is where it was.
    """
    open_repository(client, layout)
    with elasticsearch_errors():
        snapshot = _one(client, name)
        if snapshot.state != "SUCCESS":
            raise WarraqError(f"the snapshot {name} is {snapshot.state}: take another one")
        old = current(client, layout)
        held = _documents(client, old) if old is not None else 0
        if held and not replace:
            raise WarraqError(
                f"{old} holds {held:,} documents, which searches would find no more; --replace "
                "does it all the same and keeps that version"
            )
        with _closed_to_writes(client, layout, old):
            held = _documents(client, old) if old is not None else 0  # what came until then, too
            new = next_version(client, layout)
            _bring_back(client, layout, snapshot, new)
            actions: list[dict[str, Any]] = [point_to(new, layout)]
            if old is not None:
                actions.insert(0, {"remove": {"index": old, "alias": layout.alias}})
            client.indices.update_aliases(actions=actions)
        if old is not None and not held:
            client.indices.delete(index=old)
        return Restored(new, old if held else None, _documents(client, new))


@contextmanager
def _closed_to_writes(client: Elasticsearch, layout: Layout, index: str | None) -> Iterator[None]:
    """Nothing is written to `index`, and so acknowledged there, that the alias then leaves behind.

    Where the alias still leads to it in the end, it is opened again.
    """
    if index is None:
        yield
        return
    # Answers when no write is under way any more; a later one fails and is sent again.
    client.indices.add_block(index=index, block="write")
    try:
        yield
    except BaseException:  # Ctrl-C, too: the workers must not wait for ever
        with suppress(ApiError, TransportError):
            if current(client, layout) == index:
                client.indices.put_settings(index=index, settings={"index.blocks.write": None})
        raise


def _bring_back(client: Elasticsearch, layout: Layout, snapshot: Snapshot, new: str) -> None:
    """What the snapshot holds as the index `new`, with all of its shards."""
    client.snapshot.restore(
        repository=REPOSITORY,
        snapshot=snapshot.name,
        indices=[snapshot.index],
        rename_pattern=".+",
        rename_replacement=new,
        include_aliases=False,
        include_global_state=False,
        # It may have been closed to writes by a reindex.
        ignore_index_settings=["index.blocks.write"],
        index_settings={"index.number_of_replicas": layout.replicas},
        wait_for_completion=False,
    )
    _wait_until_there(client, new)


def _wait_until_there(client: Elasticsearch, index: str) -> None:
    """Until all of its shards are back, however long that takes."""
    while True:
        health = client.cluster.health(index=index, level="shards", wait_for_status="yellow",
                                       timeout="1s")  # fmt: skip
        if health["status"] != "red":
            return
        shards = client.cluster.state(metric="routing_table", index=index)["routing_table"]
        for copies in shards["indices"].get(index, {}).get("shards", {}).values():
            for copy in copies:
                failure = copy.get("unassigned_info", {})
                if copy["primary"] and failure.get("allocation_status") == "deciders_no":
                    client.indices.delete(index=index)
                    raise WarraqError(f"{index} could not be brought back: {failure['details']}")


def _documents(client: Elasticsearch, index: str) -> int:
    client.indices.refresh(index=index)
    return int(client.count(index=index)["count"])


def _one(client: Elasticsearch, name: str) -> Snapshot:
    found = []
    with suppress(NotFoundError):
        if name:
            found = client.snapshot.get(repository=REPOSITORY, snapshot=name)["snapshots"]
    if [one["snapshot"] for one in found] != [name]:  # a pattern finds others, or several
        raise WarraqError(f"there is no snapshot {name}: `warraq backup list`")
    return _snapshot(found[0])


def _snapshot(found: dict[str, Any]) -> Snapshot:
    return Snapshot(
        found["snapshot"], found["state"], ", ".join(found["indices"]), found["start_time"]
    )


def _progress(client: Elasticsearch, name: str) -> tuple[int, int]:
    status = client.snapshot.status(repository=REPOSITORY, snapshot=name)["snapshots"][0]["stats"]
    return status.get("processed", {}).get("size_in_bytes", 0), status["total"]["size_in_bytes"]
