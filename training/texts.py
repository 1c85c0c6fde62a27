"""The texts of an archive as it came: every title and body of JSON Lines, plain or .xz."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterable, Iterator
from pathlib import Path

_FIELDS = ("title", "body", "content", "text")


def texts(paths: Iterable[Path]) -> Iterator[str]:
    """Each field of each article in `paths` that holds text, in order."""
    for path in paths:
        opened = lzma.open if path.suffix == ".xz" else open
        with opened(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                article = json.loads(line)
                yield from (article[name] for name in _FIELDS if article.get(name))
