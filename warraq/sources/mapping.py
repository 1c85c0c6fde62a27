"""From the columns of a file to one article of the contract, as JSON: nothing is lost on the way.

A column with the name of a field of the contract fills that field, `--map` fills fields from other
columns, and every other column goes into `extra`, in a shape that the contract allows.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any

from warraq.article import (
    EXTRA_DEPTH,
    EXTRA_KEY_LENGTH,
    EXTRA_KEYS,
    EXTRA_VALUE_LENGTH,
    Article,
    in_zone,
    iso_moment,
)
from warraq.errors import Rejected
from warraq.sources.cells import typed_cell
from warraq.sources.record import Record

FIELDS = tuple(name for name in Article.model_fields if name != "extra")
_FIELDS = frozenset(FIELDS)
_DATES = ("published_at", "updated_at")
# Scraped bylines have line breaks and tabs between name and place; the contract wants one line.
# Not so in `id` and `source`: what tells articles apart is not touched.
_ONE_LINE = ("author", "section")
_BREAK = re.compile(r"[\t\n\v\f\r]")


def parse_map(text: str) -> dict[str, str]:
    """ "body=content,id=url" → {"body": "content", "id": "url"}: field of the contract → column.

    Raises ValueError, naming what is wrong.
    """
    columns: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in text.split(","))):
        target, equals, column = (part.strip() for part in pair.partition("="))
        if not (target and equals and column):
            raise ValueError(f"{pair!r} is not of the form field=column")
        if target not in _FIELDS:
            raise ValueError(
                f"{target!r} is no field of an article; there are: {', '.join(FIELDS)}"
            )
        if target in columns:
            raise ValueError(f"{target!r} is mapped twice")
        columns[target] = column
    return columns


@dataclass(frozen=True, slots=True)
class ArticleMapping:
    """How records become articles.

    columns: field of the contract → column of the file.
    source: of every article, whatever the record says (that is kept in `extra`).
    zone: written into dates that name none, so that it is remembered.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    source: str | None = None
    zone: tzinfo | None = None

    def payload(self, record: Record) -> dict[str, Any]:
        """The record as an article, not yet validated.

        Raises Rejected where a table has no column of a name that is mapped: in JSON a field may be
        missing from one record, in a table it is missing from all.
        """
        payload, others = self._columns(record)
        if self.source is not None:
            if payload.get("source", self.source) != self.source:
                others["source"] = payload["source"]
            payload["source"] = self.source
        if self.zone is not None:
            for name in _DATES:
                if name in payload:
                    payload[name] = _with_zone(payload[name], self.zone)
        for name in _ONE_LINE:
            if isinstance(value := payload.get(name), str) and _BREAK.search(value):
                payload[name] = " ".join(value.split())
        if others:
            _add_extra(payload, others, record)
        return payload

    def _columns(self, record: Record) -> tuple[dict[str, Any], dict[str, object]]:
        """The columns that fill a field of the contract, by field, and all others by column."""
        payload: dict[str, Any] = {}
        others: dict[str, object] = {}
        mapped = frozenset(self.columns.values())
        for column, value in record.fields.items():
            if value is None or value == "":  # so other systems write a field that is not there
                continue
            if column in _FIELDS and column not in self.columns:
                payload[column] = value
            elif column not in mapped:
                others[column] = value
        for target, column in self.columns.items():
            if not record.typed and column not in record.fields:
                raise Rejected("read", "no-column", _no_column(column, record))
            value = record.fields.get(column)
            if value is not None and value != "":
                payload[target] = value
        if not record.typed:
            payload = {name: typed_cell(name, value) for name, value in payload.items()}
        return payload, others


def _no_column(column: str, record: Record) -> str:
    return f"there is no column {column!r}; there are: {', '.join(record.fields)}"[:1_000]


def _with_zone(value: object, zone: tzinfo) -> object:
    """A date without a zone gets `zone`; whatever else it is, the contract judges it."""
    if not isinstance(value, str):
        return value
    try:
        moment = iso_moment(value)
    except ValueError:
        return value
    return value if moment.tzinfo else in_zone(moment, zone).isoformat()


def _add_extra(payload: dict[str, Any], others: dict[str, object], record: Record) -> None:
    given = others.pop("extra", None)
    if not record.typed and isinstance(given, str):
        given = typed_cell("extra", given)
    extra: dict[str, object] = {}
    if isinstance(given, dict):
        extra.update(given)
    elif given is not None:
        extra["extra"] = given
    for column, value in others.items():
        extra[column] = [extra[column], value] if column in extra else value
    if extra:
        payload["extra"] = {_key(name): _allowed(value) for name, value in extra.items()}


def _allowed(value: object, depth: int = 1) -> object:
    """A value in a shape that the contract allows in `extra`: long, large and deep as text."""
    if isinstance(value, str):
        return value if len(value) <= EXTRA_VALUE_LENGTH else _pieces(value)
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, int) and abs(value) >= 2**63:
        return str(value)
    if isinstance(value, dict | list):
        if depth < EXTRA_DEPTH and _leaves(value) <= EXTRA_KEYS // 4 and _short_keys(value):
            return _inside(value, depth)
        return _allowed(json.dumps(value, ensure_ascii=False), depth)
    return value


def _inside(value: dict[str, object] | list[object], depth: int) -> object:
    if isinstance(value, dict):
        return {_key(name): _allowed(inner, depth + 1) for name, inner in value.items()}
    return [_allowed(inner, depth + 1) for inner in value]


def _key(name: str) -> str:
    # The worker takes NUL out, so a name of nothing else would end as an empty one.
    return name if name.strip("\x00") else "_"


def _short_keys(value: dict[str, object] | list[object]) -> bool:
    return isinstance(value, list) or all(len(name) <= EXTRA_KEY_LENGTH for name in value)


def _leaves(value: object) -> int:
    if isinstance(value, dict):
        return sum(map(_leaves, value.values())) + len(value)
    if isinstance(value, list):
        return sum(map(_leaves, value)) + len(value)
    return 0


def _pieces(text: str) -> list[str]:
    return [text[at : at + EXTRA_VALUE_LENGTH] for at in range(0, len(text), EXTRA_VALUE_LENGTH)]
