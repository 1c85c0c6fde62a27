"""Fields that are not text, written as text: the cells of a CSV file."""

from __future__ import annotations

import json
import re

_TAG_SEPARATORS = re.compile("[,;|،؛]")
_TRUE, _FALSE = frozenset({"true", "1", "yes"}), frozenset({"false", "0", "no"})


def typed_cell(name: str, value: object) -> object:
    """The cell of field `name` in its type; one that does not fit is left for the contract.

    revision, contract: digits. deleted: true/false, 1/0, yes/no. tags: a JSON array, or separated
    by a comma, semicolon (Latin or Arabic) or |. extra: a JSON object.
    """
    if not isinstance(value, str):
        return value
    text = value.strip()
    if name in ("revision", "contract"):
        return int(text) if re.fullmatch("[0-9]{1,19}", text) else value
    if name == "deleted":
        return text.lower() in _TRUE if text.lower() in _TRUE | _FALSE else value
    if name == "tags":
        listed = _json(text, list)
        return listed or [tag for part in _TAG_SEPARATORS.split(text) if (tag := part.strip())]
    return _json(text, dict) or value if name == "extra" else value


def _json(text: str, kind: type[list[object] | dict[str, object]]) -> object:
    """The JSON value in `text` if it is of `kind`, else None."""
    if not text.startswith("[" if kind is list else "{"):
        return None
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, kind) else None
