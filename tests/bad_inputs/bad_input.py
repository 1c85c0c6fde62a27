"""BadInput: what somebody sends, and what must become of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import count
from typing import Any

INDEXED = "indexed"
"""The outcome of an article that is taken, cleaned where need be; any other is the reason of a
dead letter."""

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class BadInput:
    """kind: what it is listed under. name: what is wrong with this one.

    raw: the payload. entry: fields of a stream entry that has no payload. outcome: `INDEXED` or
    the reason of its dead letter. says: what stands in its detail, such as the field's name.
    title, body: the text as it must be indexed, where that is told. huge: takes seconds.
    """

    kind: str
    name: str
    raw: bytes
    outcome: str
    says: str = ""
    title: str | None = None
    body: str | None = None
    huge: bool = False
    entry: dict[str, bytes] = field(default_factory=dict)


def fields_of(**fields: Any) -> dict[str, Any]:
    """An article with `fields`, otherwise good, with a source and an id of its own.

    Of its own, so that no kind of versions is mixed and no line recurs in a source.
    """
    number = next(_numbers)
    return {"source": f"bad-{number}", "id": f"{number}", "title": "خبر عاجل", **fields}


def as_json(article: object, *, escaped: bool = False) -> bytes:
    return json.dumps(article, ensure_ascii=escaped).encode("utf-8", "surrogatepass")


def refused(kind: str, name: str, says: str, **fields: Any) -> BadInput:
    """An article that the contract refuses for one of `fields`; says: what the reason names."""
    return BadInput(kind, name, as_json(fields_of(**fields)), "invalid-field", says)


def taken(kind: str, name: str, *, becomes: str | None = None, **fields: Any) -> BadInput:
    """An article that is taken; becomes: what its body, or its title if it has none, must be."""
    of_body = becomes if "body" in fields else None
    of_title = becomes if "body" not in fields else None
    raw = as_json(fields_of(**fields), escaped=True)
    return BadInput(kind, name, raw, INDEXED, body=of_body, title=of_title)
