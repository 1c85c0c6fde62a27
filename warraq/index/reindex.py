"""Making the index anew while it is written and searched: version N+1 out of version N.

Every write to a shard has a sequence number, so "what came since" is a range of numbers, without
a clock. In rounds, each over what came during the one before, the new version follows the old one
until little is left. Then the old version is closed to writes, which waits for those under way;
the last round brings over the rest, and the alias moves in one step. Workers are told "not now"
for that moment and keep their articles; those who search notice nothing.

Documents keep their external versions: the newest wins, in whatever order copies and the workers'
own writes arrive, so a round may be repeated and an interrupted run goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable

from elasticsearch import Elasticsearch

from warraq.errors import WarraqError
from warraq.index import equivalents
from warraq.index.client import elasticsearch_errors
from warraq.index.filling import Analyse, Filling, Reindexed, filled_as
from warraq.index.lifecycle import FILLING, Layout, current, next_version, versions


def reindex(
    client: Elasticsearch,
    layout: Layout,
    *,
    analyse: Analyse | None = None,
    restart: bool = False,
    drop_old: bool = False,
    report: Callable[[int, int], None] = lambda _done, _all: None,
) -> Reindexed:
    """Fill a new version of the index and move the alias to it.

    analyse: what to make of each article, tombstones excepted; None copies. restart: begin anew,
    even if an interrupted run of the same kind could go on. drop_old: delete the old version in
    the end, which otherwise stays, closed to writes. report: is told how many documents were read,
    and of how many.

    Raises:
        WarraqError: there is no index, or the new one refuses an article, which is named.
        Unavailable: Elasticsearch is away, overloaded or does not let us.
        After both, searches are as before, and calling again goes on.
    """
    with elasticsearch_errors():
        finish_interrupted(client, layout)
        old = current(client, layout)
        if old is None:
            raise WarraqError(f"there is no index {layout.alias} yet: `warraq index create`")
        filling = begin(client, layout, old, analyse, restart=restart)
        total = client.count(index=old)["count"]
        filling.follow(lambda done: report(min(done, total), total))
        filling.publish()
        filling.finish()
        if drop_old:
            client.indices.delete(index=old)
        return filling.result


def finish_interrupted(client: Elasticsearch, layout: Layout) -> None:
    """Put right what a run leaves that was killed in its last moment, around the alias's move.

    Before it, the old version is closed to writes and is opened again. After it, the old version
    is looked at for writes that were not brought over.
    """
    with elasticsearch_errors():
        name = current(client, layout)
        if name is None:
            return
        for new, meta in versions(client, layout).items():
            mark = meta.get(FILLING)
            if mark is None:
                continue
            filling = Filling(client, layout, Reindexed(mark["from"], new), mark)
            if mark["from"] == name and mark["closing"]:
                filling.reopen()
            elif new == name:
                if not client.indices.exists(index=mark["from"]):
                    # Closed to writes before the alias moved, it had nothing more to give.
                    filling.note(done=True)
                else:
                    filling.finish()


def begin(
    client: Elasticsearch, layout: Layout, old: str, analyse: Analyse | None, *, restart: bool
) -> Filling:
    """Go on with what an interrupted run has left, if it is of the same kind; else begin."""
    wanted = layout.body()
    meta = wanted["mappings"]["_meta"]
    mark = {
        "from": old,
        "uuid": client.indices.get_settings(index=old)[old]["settings"]["index"]["uuid"],
        "analyse": analyse is not None,
    }
    there = versions(client, layout)
    left = {name: found for name, found in there.items() if FILLING in found and name != old}
    for name, found in left.items():
        noted = found[FILLING]
        alike = {**meta, FILLING: {**noted, **mark}} == found
        if alike and not restart:
            equivalents.renew(client, name, layout.equivalents)
            return Filling(client, layout, Reindexed(old, name), noted, analyse)
    # Never a name again that was one of those: whoever still fills it must fail, not mix.
    new = next_version(client, layout)
    for name in left:
        client.indices.delete(index=name)
    meta[FILLING] = mark | {"positions": {}, "closing": False}
    wanted["settings"]["index"]["refresh_interval"] = "-1"  # nobody searches it yet
    with equivalents.bad_rules_named(layout.equivalents):
        client.indices.create(index=new, aliases={filled_as(layout): {}}, **wanted)
    return Filling(client, layout, Reindexed(old, new), meta[FILLING], analyse)
