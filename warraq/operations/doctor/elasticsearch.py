"""Whether Elasticsearch takes articles, keeps them, and lets nobody do too much."""

from __future__ import annotations

from collections.abc import Iterator

from warraq.errors import Unavailable, WarraqError
from warraq.index import examining, lifecycle
from warraq.index.access import ROLES, security_is_on
from warraq.index.condition import server_version
from warraq.operations.doctor.findings import Finding, Group, Site, error, note, warning
from warraq.operations.doctor.redis import SKEW_SECONDS

_MAJOR = "9"  # the client's, which speaks to no other
_EXPIRES_SOON_DAYS = 14


def answers(site: Site) -> Iterator[Finding]:
    try:
        examining.answers(site.index.searching)
    except WarraqError as why:
        yield error(str(why), "start it (`warraq up`), or mend WARRAQ_ELASTICSEARCH_URL")


def password(site: Site) -> Iterator[Finding]:
    """Where one is at hand: with a wrong one nothing below can be looked at."""
    if site.index.administering is not None and not examining.lets_in(site.index.administering):
        yield error(
            "the administrator's password is not accepted",
            "mend WARRAQ_ELASTICSEARCH_ADMIN_PASSWORD or its file: who changes it in Elasticsearch "
            "changes it there",
        )


def version(site: Site) -> Iterator[Finding]:
    found = server_version(site.administrator.client)
    if found.partition(".")[0] != _MAJOR:
        yield error(f"this is Elasticsearch {found}", f"Warraq speaks to version {_MAJOR}")


def security(site: Site) -> Iterator[Finding]:
    if not security_is_on(site.administrator.client):
        yield warning(
            "Elasticsearch has its security off: whoever reaches it may do anything",
            "xpack.security.enabled: true, then `warraq setup --keys-to FOLDER`",
        )


def keys(site: Site) -> Iterator[Finding]:
    """Worked with, not read: a key is good if it is let in under the name of its role."""
    if site.index.administering is not None and not security_is_on(site.index.administering):
        return
    renew = "`warraq setup --keys-to FOLDER` makes a new one"
    for role in ROLES:
        key = site.keys.get(role.name)
        if key is None:
            yield error(f"there is no key of the {role.name} at hand", renew)
            continue
        name = examining.accepted(site.index.searching, key)
        if name is None:
            yield error(f"the key of the {role.name} is not accepted: revoked or expired", renew)
        elif name != role.key_name(site.layout.alias):
            yield warning(f"the key of the {role.name} is {name!r}, made otherwise", renew)


def expiry_of_keys(site: Site) -> Iterator[Finding]:
    for role in ROLES:
        key = site.keys.get(role.name)
        if key is None or examining.accepted(site.index.searching, key) is None:
            continue  # told by `keys`
        if (ends := site.administrator.expires(key)) is not None:
            days = (ends / 1000 - site.clock()) / 86_400
            what = f"the key of the {role.name} ends in {days:.1f} days"
            remedy = "revoke it, then `warraq setup --keys-to FOLDER` makes one that does not end"
            yield (warning if days < _EXPIRES_SOON_DAYS else note)(what, remedy)


def alias(site: Site) -> Iterator[Finding]:
    administrator = site.administrator
    try:
        found = _serving(site)
    except Unavailable:
        raise
    except WarraqError as why:  # it leads to several
        yield error(str(why), "docs/operations.md, the index")
        return
    if found is not None:
        return
    if administrator.has_index(site.layout.alias):
        what = f"an index has the name {site.layout.alias}, which is to be an alias"
        yield error(what, "delete that index, or set WARRAQ_ALIAS to another name")
    else:
        yield error(
            f"there is no alias {site.layout.alias}: workers wait, searches find nothing",
            "`warraq index create` makes it, and puts it back where it was taken away",
        )


def mapping(site: Site) -> Iterator[Finding]:
    found = _serving(site)
    if found is None:
        return
    client = site.administrator.client
    for words in lifecycle.differences(client, site.layout, found):
        yield error(
            f"{found} differs from this version of Warraq: {words}",
            "`warraq index reindex --analyse`; until then new articles may wait",
        )
    if lifecycle.is_filling(client, found):
        yield error(f"{found} is half filled", "`warraq index reindex` goes on")


def equivalents(site: Site) -> Iterator[Finding]:
    found = _serving(site)
    if found and not lifecycle.knows_equivalents(site.administrator.client, site.layout, found):
        yield warning(
            "searches know other equivalents than config/elasticsearch/equivalents.txt",
            "`warraq index equivalents`",
        )


def blocks(site: Site) -> Iterator[Finding]:
    for words in site.administrator.blocks(_serving(site) or site.layout.alias):
        yield error(
            f"the index is blocked: {words}",
            "closed: POST articles/_open. read-only for want of disk: make room, it is lifted by "
            "itself. Else: PUT articles/_settings with index.blocks.write null",
        )


def health(site: Site) -> Iterator[Finding]:
    """Disk marks, missing shards, an unstable master: Elasticsearch's own report."""
    for one in site.administrator.ailments():
        found = error if one.status == "red" else warning
        yield found(f"{one.name}: {one.symptom}", one.remedy)


def clock(site: Site) -> Iterator[Finding]:
    skew = site.administrator.skew(site.clock)
    if abs(skew) > SKEW_SECONDS:
        direction = "ahead of" if skew > 0 else "behind"
        yield warning(
            f"Elasticsearch's clock is {abs(skew):.1f} s {direction} this machine's",
            "let all machines keep time (NTP)",
        )


def _serving(site: Site) -> str | None:
    return lifecycle.serving(site.administrator.client, site.layout)


GROUP = Group(
    "elasticsearch",
    answers,
    (
        password,
        version,
        security,
        keys,
        expiry_of_keys,
        alias,
        mapping,
        equivalents,
        blocks,
        health,
        clock,
    ),
)
