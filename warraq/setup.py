"""Making an Elasticsearch ready for Warraq: the index and its alias, keys, Kibana's password.

It is the one step that needs the administrator's password, and it may be repeated at any time.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from warraq.index.access import ensure_keys, security_is_on, set_kibana_password
from warraq.index.client import Administration, wait_until_ready
from warraq.index.equivalents import Change, renew
from warraq.index.lifecycle import Layout, create
from warraq.index.reindex import finish_interrupted


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was done. index: behind the alias; created: it is new. new_keys: names of key files.

    equivalents: how those of the index changed; None where it has no place for any.
    secured: False where Elasticsearch has its security off, so that there can be no keys.
    """

    index: str
    created: bool
    new_keys: tuple[str, ...]
    secured: bool
    equivalents: Change | None


def prepare(
    admin: Administration,
    layout: Layout,
    keys_folder: Path,
    *,
    kibana_password: SecretStr | None = None,
    patience_seconds: float = 120.0,
) -> Prepared:
    """Wait for Elasticsearch, then make whatever is missing there and in `keys_folder`.

    Raises:
        Unavailable: it was not ready in time, or refuses the password.
        WarraqError: it refuses something else, or the folder cannot be written.
    """
    with admin.connect() as client:
        wait_until_ready(client, patience_seconds)
        index, created = create(client, layout)
        finish_interrupted(client, layout)
        secured = security_is_on(client)
        new_keys = ensure_keys(client, layout.alias, keys_folder) if secured else []
        if secured and kibana_password is not None:
            set_kibana_password(client, kibana_password)
        equivalents = renew(client, index, layout.equivalents)
    return Prepared(index, created, tuple(new_keys), secured, equivalents)
