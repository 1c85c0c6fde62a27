"""Who may do what in Elasticsearch: one API key for the workers, one for those who search.

The rights are of the alias and follow it to the next version by themselves; they reach nothing
else. What each key cannot do is shown in tests/index/test_access_limits.py.
"""

from __future__ import annotations

import base64
import binascii
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from elasticsearch import AuthenticationException, Elasticsearch
from pydantic import SecretStr

from warraq.errors import WarraqError
from warraq.index.client import elasticsearch_errors

# Actions instead of Elasticsearch's own privileges where those allow more than is needed: `index`
# still lets its holder change mappings.
_WRITING = ("indices:data/write/index*", "indices:data/write/bulk*")
# `warraq status` makes the newest articles visible and counts tombstones, which the alias hides.
_COUNTING = ("indices:admin/refresh*", "indices:monitor/stats*")


@dataclass(frozen=True, slots=True)
class Role:
    """One kind of access. privileges: on the alias; on_versions: on all versions behind it.

    file: of the key, in the keys folder.
    """

    name: str
    privileges: tuple[str, ...]
    on_versions: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        return f"{self.name}.key"

    def descriptor(self, alias: str) -> dict[str, Any]:
        """The rights as Elasticsearch takes them with a key; none of the cluster."""
        grants = [{"names": [alias], "privileges": list(self.privileges)}]
        if self.on_versions:
            versions = f"/{alias}-[0-9]+/"  # a regular expression, to Elasticsearch
            grants.append({"names": [versions], "privileges": list(self.on_versions)})
        return {f"warraq_{self.name}": {"cluster": [], "indices": grants}}

    def key_name(self, alias: str) -> str:
        return f"warraq {self.name} {alias}"


WORKER = Role("worker", _WRITING)
# A search in a point in time is checked against the index itself, whatever it was opened by.
SEARCH = Role("search", ("read", *_COUNTING), on_versions=("indices:data/read/search*",))
ROLES = (WORKER, SEARCH)


def security_is_on(client: Elasticsearch) -> bool:
    """Whether this Elasticsearch has users and keys at all."""
    with elasticsearch_errors():
        nodes = client.nodes.info(metric="settings", flat_settings=True)["nodes"].values()
    return all(node["settings"].get("xpack.security.enabled") != "false" for node in nodes)


def ensure_keys(client: Elasticsearch, alias: str, folder: Path) -> list[str]:
    """Make sure that each role has a key that works in a file of `folder`; the names of new ones.

    A key that still works is kept, with its rights brought up to date. Where a new one is made,
    all older ones of that role and alias are revoked, so that taking away a file revokes its key.

    Raises:
        WarraqError: the folder cannot be written, or Elasticsearch refuses.
        Unavailable: it is away or does not let us.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o750)
        with _alone_in(folder), elasticsearch_errors():
            return [role.file for role in ROLES if _ensure(client, role, alias, folder)]
    except OSError as error:
        raise WarraqError(f"keys cannot be kept in {folder}: {error.strerror}") from error


def _ensure(client: Elasticsearch, role: Role, alias: str, folder: Path) -> bool:
    """Whether a new key had to be made."""
    file = folder / role.file
    key_id = _working_key(client, role.key_name(alias), file)
    descriptor = role.descriptor(alias)
    if key_id is not None:
        client.security.update_api_key(id=key_id, role_descriptors=descriptor)
        return False
    made = client.security.create_api_key(
        name=role.key_name(alias),
        role_descriptors=descriptor,
        metadata={"made_by": "warraq setup", "alias": alias, "role": role.name},
        refresh=True,
    )
    _write(file, made["encoded"])
    _revoke_others(client, role.key_name(alias), made["id"])
    return True


def _working_key(client: Elasticsearch, name: str, file: Path) -> str | None:
    """The id of the key in `file`, if it is one of that name and Elasticsearch accepts it."""
    try:
        encoded = file.read_text(encoding="ascii").strip()
        base64.b64decode(encoded, validate=True)
        if not encoded:
            return None
        who = client.options(api_key=encoded).security.authenticate()
    except (FileNotFoundError, UnicodeDecodeError, binascii.Error, AuthenticationException):
        return None
    key = who.get("api_key", {})
    return str(key["id"]) if key.get("name") == name else None


def _revoke_others(client: Elasticsearch, name: str, kept: str) -> None:
    keys = client.security.get_api_key(name=name, active_only=True)["api_keys"]
    if others := [key["id"] for key in keys if key["id"] != kept]:
        client.security.invalidate_api_key(ids=others)


def _write(file: Path, encoded: str) -> None:
    """In one step, so that nobody reads half a key; for the owner, and the group to read."""
    part = file.with_name(file.name + ".part")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        os.fchmod(descriptor, 0o640)
        stream.write(encoded + "\n")
        stream.flush()
        os.fsync(descriptor)
    part.rename(file)


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """One at a time: two that make keys at once would revoke each other's."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def set_kibana_password(client: Elasticsearch, password: SecretStr) -> None:
    """Give the built-in user of Kibana's server its password.

    Raises:
        WarraqError: it is too short; six characters at least. Unavailable: as `ensure_keys`.
    """
    with elasticsearch_errors():
        client.security.change_password(
            username="kibana_system", password=password.get_secret_value()
        )
